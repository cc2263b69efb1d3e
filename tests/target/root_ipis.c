// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * root_ipis CELL COUNT: on the board. Starts the cell COUNT times while a
 * thread on each CPU of the root calls all others by interrupt and waits until
 * they have answered. Ends with 0 if all threads still come through after the
 * last start. A call that gets lost holds its sender for ever.
 */
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <jailhouse/driver.h>
#include <linux/membarrier.h>

#define MAX_CPUS  64
#define ROUNDS	  10 /* that each thread must manage after the last start */
#define LIMIT_SEC 60
#define POLL_NS	  1000000L

/* Shared with the process of the callers */
static atomic_ulong *rounds;

static pid_t callers;

static void end_callers(void)
{
	kill(callers, SIGKILL);
}

static void *call_others(void *arg)
{
	uintptr_t cpu = (uintptr_t)arg;
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET(cpu, &set);
	if (sched_setaffinity(0, sizeof(set), &set) < 0)
		err(1, "CPU %u", (unsigned int)cpu);
	for (;;) {
		if (syscall(SYS_membarrier, MEMBARRIER_CMD_PRIVATE_EXPEDITED, 0,
			    0) < 0)
			err(1, "membarrier");
		atomic_fetch_add(&rounds[cpu], 1);
	}
}

/* In a process of their own: they call the CPUs that it runs on, and must not
 * have to wait for the one that starts the cell. */
static void start_callers(const cpu_set_t *cpus)
{
	pthread_t thread;

	rounds = mmap(NULL, MAX_CPUS * sizeof(*rounds), PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (rounds == MAP_FAILED)
		err(1, "shared memory");
	callers = fork();
	if (callers < 0)
		err(1, "fork");
	if (callers > 0) {
		atexit(end_callers);
		return;
	}
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (syscall(SYS_membarrier, MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED,
		    0, 0) < 0)
		err(1, "membarrier");
	for (uintptr_t cpu = 0; cpu < MAX_CPUS; cpu++) {
		if (!CPU_ISSET(cpu, cpus))
			continue;
		errno = pthread_create(&thread, NULL, call_others, (void *)cpu);
		if (errno)
			err(1, "thread");
	}
	for (;;)
		pause();
}

/* Until each thread has called that often since now */
static void wait_for_calls(const cpu_set_t *cpus, unsigned long count)
{
	const struct timespec poll = { .tv_nsec = POLL_NS };
	time_t deadline = time(NULL) + LIMIT_SEC;
	unsigned long before[MAX_CPUS];
	int cpu;

	for (cpu = 0; cpu < MAX_CPUS; cpu++)
		before[cpu] = atomic_load(&rounds[cpu]);
	for (cpu = 0; cpu < MAX_CPUS; cpu++)
		while (CPU_ISSET(cpu, cpus) &&
		       atomic_load(&rounds[cpu]) - before[cpu] < count) {
			if (time(NULL) > deadline)
				errx(1,
				     "CPU %d waits for others since %lu calls",
				     cpu, before[cpu]);
			nanosleep(&poll, NULL);
		}
}

int main(int argc, char **argv)
{
	struct jailhouse_cell_id id = { .id = JAILHOUSE_CELL_ID_UNUSED };
	unsigned long calls = 0;
	cpu_set_t cpus;
	int device;

	if (argc != 3)
		errx(2, "usage: root_ipis CELL COUNT");
	snprintf(id.name, sizeof(id.name), "%s", argv[1]);
	device = open("/dev/jailhouse", O_RDWR);
	if (device < 0)
		err(1, "/dev/jailhouse");
	if (sched_getaffinity(0, sizeof(cpus), &cpus) < 0)
		err(1, "CPUs");

	start_callers(&cpus);
	for (int n = atoi(argv[2]); n > 0; n--) {
		if (ioctl(device, JAILHOUSE_CELL_START, &id) < 0)
			err(1, "starting cell \"%s\"", argv[1]);
		wait_for_calls(&cpus, 1);
	}
	wait_for_calls(&cpus, ROUNDS);
	for (int cpu = 0; cpu < MAX_CPUS; cpu++)
		calls += atomic_load(&rounds[cpu]);
	printf("%lu calls\n", calls);
	return 0;
}
