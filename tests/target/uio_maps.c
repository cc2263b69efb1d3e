// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * uio_maps DEVICE: what may be mapped of an ivshmem device and how; then, with
 * the registers mapped, says "mapped" and waits for a line on stdin: the device
 * may be gone by then. Reading a register says what is there.
 */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define PAGE 4096L

static const struct {
	const char *what;
	int map;
	long size;
	int protection;
	int expected; /* errno, 0: it works */
} rows[] = {
	{ "registers", 0, PAGE, PROT_READ | PROT_WRITE, 0 },
	{ "registers, to execute", 0, PAGE, PROT_READ | PROT_EXEC, EACCES },
	{ "registers and more", 0, 2 * PAGE, PROT_READ, EINVAL },
	{ "state table", 1, PAGE, PROT_READ, 0 },
	{ "state table, to write", 1, PAGE, PROT_READ | PROT_WRITE, EACCES },
	{ "read/write section", 2, 9 * PAGE, PROT_READ | PROT_WRITE, 0 },
	{ "read/write section and more", 2, 10 * PAGE, PROT_READ, EINVAL },
	{ "output sections", 3, 6 * PAGE, PROT_READ, 0 },
	{ "output sections, to write", 3, 6 * PAGE, PROT_READ | PROT_WRITE,
	  EACCES },
	{ "own output section", 4, 2 * PAGE, PROT_READ | PROT_WRITE, 0 },
	{ "a map that is not there", 5, PAGE, PROT_READ, EINVAL },
};

static sigjmp_buf back;

static void on_signal(int signal)
{
	siglongjmp(back, signal);
}

static int check_rows(int fd)
{
	int bad = 0;

	for (size_t n = 0; n < sizeof(rows) / sizeof(rows[0]); n++) {
		void *memory =
			mmap(NULL, (size_t)rows[n].size, rows[n].protection,
			     MAP_SHARED, fd, rows[n].map * PAGE);
		int seen = memory == MAP_FAILED ? errno : 0;

		printf("%s %s: %s\n",
		       seen == rows[n].expected ? "PASS" : "FAIL", rows[n].what,
		       strerror(seen));
		bad |= seen != rows[n].expected;
		if (memory != MAP_FAILED)
			munmap(memory, (size_t)rows[n].size);
	}
	return bad;
}

/* A mapping to read cannot become one to write later. */
static int check_later(int fd)
{
	void *memory = mmap(NULL, PAGE, PROT_READ, MAP_SHARED, fd, PAGE);
	int bad = memory == MAP_FAILED ||
		  !mprotect(memory, PAGE, PROT_READ | PROT_WRITE) ||
		  errno != EACCES;

	printf("%s state table, to write later\n", bad ? "FAIL" : "PASS");
	return bad;
}

/* After the device has gone */
static int check_gone(int fd)
{
	volatile uint32_t *regs =
		mmap(NULL, PAGE, PROT_READ, MAP_SHARED, fd, 0);
	char line[8];
	int signal;

	if (regs == MAP_FAILED)
		return 1;
	sigaction(SIGBUS, &(struct sigaction){ .sa_handler = on_signal }, NULL);
	printf("mapped, peers %u\n", regs[1]);
	fflush(stdout);
	if (!fgets(line, sizeof(line), stdin))
		return 1;
	signal = sigsetjmp(back, 1);
	if (!signal) {
		printf("FAIL there is a register: 0x%x\n", regs[1]);
		return 1;
	}
	printf("PASS no register: %s\n", strsignal(signal));
	return signal != SIGBUS;
}

int main(int argc, char **argv)
{
	int fd = argc > 1 ? open(argv[1], O_RDWR) : -1;

	if (fd < 0) {
		perror("uio_maps");
		return 2;
	}
	return check_rows(fd) | check_later(fd) | check_gone(fd);
}
