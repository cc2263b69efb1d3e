// SPDX-License-Identifier: GPL-2.0-or-later
/* What "perf stat -e cycles" does: counts while a loop runs; prints them. */
#include <linux/perf_event.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void)
{
	struct perf_event_attr attr = {
		.type = PERF_TYPE_HARDWARE,
		.size = sizeof(attr),
		.config = PERF_COUNT_HW_CPU_CYCLES,
	};
	int fd = (int)syscall(SYS_perf_event_open, &attr, 0, -1, -1, 0);
	uint64_t first = 0, second = 0;

	if (fd < 0) {
		perror("cycles");
		return 1;
	}
	for (volatile int n = 0; n < 1000000; n++)
		;
	if (read(fd, &first, sizeof(first)) != sizeof(first))
		return 1;
	for (volatile int n = 0; n < 1000000; n++)
		;
	if (read(fd, &second, sizeof(second)) != sizeof(second))
		return 1;
	printf("cycles %llu %llu\n", (unsigned long long)first,
	       (unsigned long long)(second - first));
	return first > 1000000 && second > first + 1000000 ? 0 : 1;
}
