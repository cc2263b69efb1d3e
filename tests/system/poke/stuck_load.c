// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Loads an image of two pages of which the second never arrives: the driver
 * waits in the middle of the copy, until this process is killed. Says "stuck"
 * when it is there.
 */
#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "poke.h"

struct request {
	struct jailhouse_cell_load head;
	struct jailhouse_preload_image image;
};

static void *load(void *arg)
{
	struct request *request = arg;
	int fd = open(DEVICE, O_RDWR | O_CLOEXEC);

	if (fd < 0)
		give_up(DEVICE);
	printf("load returned %d\n", ioctl(fd, JAILHOUSE_CELL_LOAD, request));
	fflush(stdout);
	return NULL;
}

/* Two pages whose absence the returned descriptor tells */
static int watch(char **pages)
{
	struct uffdio_api api = { .api = UFFD_API };
	struct uffdio_register range = { .mode = UFFDIO_REGISTER_MODE_MISSING };
	int fd = (int)syscall(SYS_userfaultfd, O_CLOEXEC);

	*pages = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE,
		      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	range.range.start = (uintptr_t)*pages;
	range.range.len = 2 * PAGE;
	if (fd < 0 || *pages == MAP_FAILED || ioctl(fd, UFFDIO_API, &api) ||
	    ioctl(fd, UFFDIO_REGISTER, &range))
		give_up("userfaultfd");
	return fd;
}

static void provide(int fd, char *page)
{
	static char content[PAGE] __attribute__((aligned(PAGE)));
	struct uffdio_copy copy = {
		.dst = (uintptr_t)page,
		.src = (uintptr_t)content,
		.len = PAGE,
	};

	memset(content, 0xa5, sizeof(content));
	if (ioctl(fd, UFFDIO_COPY, &copy))
		give_up("UFFDIO_COPY");
}

int poke_stuck_load(int argc, char **argv)
{
	static struct request request;
	struct uffd_msg event;
	pthread_t thread;
	char *pages;
	int fd = watch(&pages);

	(void)argc;
	request.head.cell_id.id = (int)strtol(argv[0], NULL, 0);
	request.head.num_preload_images = 1;
	request.image.source_address = (uintptr_t)pages;
	request.image.size = 2 * PAGE;
	request.image.target_address = strtoull(argv[1], NULL, 0);
	if (pthread_create(&thread, NULL, load, &request))
		give_up("pthread_create");

	while (read(fd, &event, sizeof(event)) == sizeof(event)) {
		if (event.event != UFFD_EVENT_PAGEFAULT)
			continue;
		if (event.arg.pagefault.address < (uintptr_t)pages + PAGE) {
			provide(fd, pages);
			continue;
		}
		printf("stuck\n");
		fflush(stdout);
		pause();
	}
	give_up("userfaultfd");
}
