// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Shared memory and interrupts between cells, from Linux: the counterpart of
 * the inmate of the same name. Prints the registers of the device, then each
 * interrupt that comes.
 */
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <ivshmem-demo.h>

#include "uio.h"

#define PROGRAM	     "ivshmem-demo"
#define NOBODY	     UINT32_MAX
#define PATIENCE_SEC 10

struct options {
	const char *device;
	uint32_t target; /* NOBODY: none */
	uint32_t pings, flood;
	bool quiet;
};

static struct uio uio;
static struct options options = { .device = "/dev/uio0", .target = NOBODY };

static volatile struct demo_section *own(void)
{
	return (volatile struct demo_section *)uio.map[UIO_OWN_OUTPUT].words;
}

/* The peer's; what stands there is the peer's word alone. */
static const volatile struct demo_section *section(uint32_t peer)
{
	return (const volatile struct demo_section
			*)((const volatile char *)uio.map[UIO_OUTPUTS].words +
			   peer * uio.map[UIO_OWN_OUTPUT].size);
}

static void dump(void)
{
	printf("%s\n", options.device);
	printf("ID:                %" PRIu32 "\n", uio.id);
	printf("Maximum Peers:     %" PRIu32 "\n", uio.peers);
	printf("Interrupt Control: 0x%" PRIx32 "\n",
	       uio_read(&uio, REG_INT_CTRL));
	printf("State:             %" PRIu32 "\n", uio_read(&uio, REG_STATE));
	printf("State Table:       0x%" PRIx64 "\n",
	       uio.map[UIO_STATE_TABLE].address);
	for (uint32_t peer = 0; peer < uio.peers; peer++)
		printf(" [%" PRIu32 "]: %" PRIu32 "\n", peer,
		       uio_state(&uio, peer));
	printf("R/W Section:       0x%" PRIx64 ", 0x%zx bytes\n",
	       uio.map[UIO_RW].address, uio.map[UIO_RW].size);
	printf("Output Sections:   0x%" PRIx64 ", 0x%zx bytes each\n",
	       uio.map[UIO_OUTPUTS].address, uio.map[UIO_OWN_OUTPUT].size);
	fflush(stdout);
}

/* --- taking interrupts
 * ------------------------------------------------------------ */

static void answer(uint32_t new)
{
	for (uint32_t peer = 0; peer < uio.peers && peer < DEMO_MAX_PEERS;
	     peer++)
		own()->seen[peer] = section(peer)->rung;
	/* Who sees the count sees the rest. */
	__atomic_thread_fence(__ATOMIC_RELEASE);
	own()->taken += new;
}

static void take(uint32_t new)
{
	static uint32_t printed;

	/* Only then the next one comes: before the peer may send it. */
	uio_write(&uio, REG_INT_CTRL, 1);
	answer(new);
	for (; printed != own()->taken && !options.quiet; printed++)
		printf("Interrupt #%" PRIu32 "\n", printed + 1);
	fflush(stdout);
}

/* Of the thread that takes interrupts. It can be ended while it waits. */
static void *take_interrupts(void *arg)
{
	uint32_t count, before = *(uint32_t *)arg;

	pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, NULL);
	for (;;) {
		int err;

		pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, NULL);
		err = uio_wait(&uio, &count);
		pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, NULL);
		if (err)
			break;
		take(count - before);
		before = count;
	}
	fprintf(stderr, PROGRAM ": %s: %s\n", options.device, strerror(errno));
	exit(1);
}

static pthread_t taker;

static void stop_taking(void)
{
	pthread_cancel(taker);
	pthread_join(taker, NULL);
	uio_write(&uio, REG_INT_CTRL, 0);
}

/* What the device counted before we came is behind *before. */
static int start_taking(uint32_t *before)
{
	FILE *file;
	char path[128];
	int err;

	snprintf(path, sizeof(path), "/sys/class/uio/%s/event",
		 strrchr(options.device, '/') ? strrchr(options.device, '/') + 1
					      : options.device);
	file = fopen(path, "re");
	if (!file || fscanf(file, "%" SCNu32, before) != 1)
		*before = 0;
	if (file)
		fclose(file);
	err = pthread_create(&taker, NULL, take_interrupts, before);
	if (err)
		fprintf(stderr, PROGRAM ": no thread: %s\n", strerror(err));
	return err;
}

/* --- waiting
 * ---------------------------------------------------------------------- */

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* Until *word has the value; false if that takes too long. */
static bool wait_for(const volatile uint32_t *word, uint32_t value)
{
	double deadline = now() + PATIENCE_SEC;

	while (*word != value)
		if (now() > deadline)
			return false;
	return true;
}

/* What our arrival made it count is over when it has been quiet for 20 ms. */
static uint32_t settled_count(void)
{
	uint32_t taken = section(options.target)->taken;
	double quiet = now() + 0.02;

	while (now() < quiet) {
		if (section(options.target)->taken == taken)
			continue;
		taken = section(options.target)->taken;
		quiet = now() + 0.02;
	}
	return taken;
}

/* --- counting
 * --------------------------------------------------------------------- */

static void ring(void)
{
	own()->rung++;
	uio_ring(&uio, options.target, 0);
}

static bool ping(uint32_t pings)
{
	uint32_t before = settled_count();

	for (uint32_t n = 1; n <= pings; n++) {
		ring();
		if (wait_for(&section(options.target)->taken, before + n))
			continue;
		printf("Ping %" PRIu32 ": peer %" PRIu32 " has taken %" PRIu32
		       " interrupts\n",
		       n, options.target,
		       section(options.target)->taken - before);
		return false;
	}
	before = settled_count() - before;
	printf("Pings: %" PRIu32 " sent, %" PRIu32 " taken by peer %" PRIu32
	       "\n",
	       pings, before, options.target);
	return before == pings;
}

static bool flood(uint32_t count)
{
	uint32_t before = settled_count();

	for (uint32_t n = 0; n < count; n++)
		ring();
	if (!wait_for(&section(options.target)->seen[uio.id], own()->rung)) {
		printf("Flood: the last one did not arrive\n");
		return false;
	}
	before = settled_count() - before;
	printf("Flood: %" PRIu32 " sent, %" PRIu32 " taken by peer %" PRIu32
	       "\n",
	       count, before, options.target);
	return before >= 1 && before <= count;
}

static bool count(void)
{
	bool good = true;

	if (!wait_for(&uio.map[UIO_STATE_TABLE].words[options.target],
		      DEMO_READY)) {
		printf("Peer %" PRIu32 " is not there\n", options.target);
		return false;
	}
	if (options.pings)
		good = ping(options.pings);
	if (good && options.flood)
		good = flood(options.flood);
	printf("%s\n", good ? "Counts are right" : "Counts are WRONG");
	return good;
}

/* --- the program
 * ------------------------------------------------------------------ */

/* Rings once a second until a signal ends it. */
static void run(const sigset_t *ends)
{
	const struct timespec second = { .tv_sec = 1 };

	while (sigtimedwait(ends, NULL, &second) < 0)
		if (errno == EAGAIN && options.target != NOBODY)
			ring();
}

static int work(void)
{
	uint32_t before;
	sigset_t ends;
	bool good = true;

	sigemptyset(&ends);
	sigaddset(&ends, SIGINT);
	sigaddset(&ends, SIGTERM);
	sigprocmask(SIG_BLOCK, &ends, NULL);
	if (uio.map[UIO_OWN_OUTPUT].size < sizeof(struct demo_section) ||
	    (options.target != NOBODY && options.target >= uio.peers)) {
		fprintf(stderr, PROGRAM ": no such peer, or no room\n");
		return 1;
	}
	dump();
	own()->rung = own()->taken = 0;
	if (start_taking(&before))
		return 1;
	uio_write(&uio, REG_INT_CTRL, 1);
	uio_write(&uio, REG_STATE, DEMO_READY);
	if (options.pings || options.flood)
		good = count();
	else
		run(&ends);
	uio_write(&uio, REG_STATE, DEMO_ABSENT);
	stop_taking();
	printf("Interrupts: %" PRIu32 "\n", own()->taken);
	return good ? 0 : 1;
}

static const char usage[] =
	"usage: " PROGRAM " [OPTIONS]\n"
	"  -d, --device FILE  of the driver uio_ivshmem (/dev/uio0)\n"
	"  -t, --target N     peer to ring, once a second\n"
	"  -p, --pings N      ring it N times, each when it answered the last\n"
	"  -f, --flood N      ring it N times without waiting\n"
	"  -q, --quiet        no line for each interrupt\n";

static bool parse_u32(const char *text, uint32_t *value)
{
	unsigned long number;
	char *end;

	errno = 0;
	number = strtoul(text, &end, 0);
	if (errno || end == text || *end || number > UINT32_MAX)
		return false;
	*value = (uint32_t)number;
	return true;
}

/* 0: go on; 1: the user asked for help; -1: wrong usage */
static int parse(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "device", required_argument, NULL, 'd' },
		{ "target", required_argument, NULL, 't' },
		{ "pings", required_argument, NULL, 'p' },
		{ "flood", required_argument, NULL, 'f' },
		{ "quiet", no_argument, NULL, 'q' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	bool good = true;
	int letter;

	while ((letter = getopt_long(argc, argv, "d:t:p:f:qh", longs, NULL)) !=
	       -1) {
		switch (letter) {
		case 'd':
			options.device = optarg;
			break;
		case 't':
			good &= parse_u32(optarg, &options.target);
			break;
		case 'p':
			good &= parse_u32(optarg, &options.pings);
			break;
		case 'f':
			good &= parse_u32(optarg, &options.flood);
			break;
		case 'q':
			options.quiet = true;
			break;
		case 'h':
			return 1;
		default:
			good = false;
		}
	}
	if ((options.pings || options.flood) && options.target == NOBODY)
		good = false;
	return good && optind == argc ? 0 : -1;
}

int main(int argc, char **argv)
{
	int err = parse(argc, argv);

	if (err) {
		fputs(usage, err > 0 ? stdout : stderr);
		return err > 0 ? 0 : 2;
	}
	if (uio_open(&uio, options.device))
		return 1;
	return work();
}
