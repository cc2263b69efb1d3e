// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * bench_target list|upload|poll: what a connection costs, against a throw-away
 * OpenSSH server of this machine. Prints a line of numbers.
 *
 *	list	round trips from asking for the cells to having them
 *	upload	MiB/s of an image of 30 MiB, by a deploy and by scp, each over
 *		a connection that is there
 *	poll	percent of a core, ours and the server's, for the state of four
 *		cells once a second; number of files
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <jhcfg/file.h>
#include <jhcfg/target.h>

#include "forwarder.h"
#include "rig.h"
#include "sshd.h"

#define DELAY_MS 100
#define RUNS	 5
#define MIB	 ((size_t)1 << 20)
#define IMAGE	 (30 * MIB)
#define SECONDS	 30

static struct sshd sshd;

static double now_s(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void trust(struct jhcfg_target *target, void *user,
		  enum jhcfg_question question, const char *prompt)
{
	(void)user;
	(void)prompt;
	jhcfg_target_answer(target, question == JHCFG_ASK_TRUST ? "yes" : NULL);
}

static struct jhcfg_target *open_port(int port)
{
	const struct jhcfg_target_options options = {
		.handler = { .ask = trust },
		.known_hosts = sshd.known_hosts,
		.identity = sshd.identity,
		.ssh_config = "/dev/null",
		.timeout_ms = 60000,
	};
	struct jhcfg_target *target;
	char name[64];

	snprintf(name, sizeof(name), "ssh://127.0.0.1:%d", port);
	if (jhcfg_target_open(name, &options, NULL, &target) ||
	    jhcfg_target_wait(target)) {
		fprintf(stderr, "%s cannot be reached\n", name);
		exit(1);
	}
	return target;
}

static void give_up(const char *what, int err)
{
	fprintf(stderr, "%s: %s\n", what, strerror(-err));
	exit(1);
}

/* --- state of four cells ---------------------------------------------------
 */

static char sysfs[96];

__attribute__((format(printf, 2, 3))) static void put(const char *text,
						      const char *format, ...)
{
	char path[256], *slash;
	va_list args;
	int length = snprintf(path, sizeof(path), "%s/", sysfs);

	va_start(args, format);
	vsnprintf(path + length, sizeof(path) - (size_t)length, format, args);
	va_end(args);
	for (slash = path + length; (slash = strchr(slash, '/')); slash++) {
		*slash = 0;
		mkdir(path, 0755);
		*slash = '/';
	}
	if (jhcfg_file_write(path, text, strlen(text)))
		give_up(path, -errno);
}

/* What the driver shows: pools, and of each cell its attributes and counters,
 * the sums and those of two CPUs. */
static void make_sysfs(void)
{
	static const char *const attributes[] = {
		"name",		 "state",
		"cpus_assigned", "cpus_assigned_list",
		"cpus_failed",	 "cpus_failed_list",
	};

	snprintf(sysfs, sizeof(sysfs), "%s/sysfs", sshd.folder);
	mkdir(sysfs, 0755);
	put("1\n", "enabled");
	put("982\n", "mem_pool_size");
	put("27\n", "mem_pool_used");
	for (int cell = 0; cell < 4; cell++) {
		for (size_t n = 0; n < 6; n++)
			put("word\n", "cells/%d/%s", cell, attributes[n]);
		for (int n = 0; n < 10; n++) {
			put("123456\n", "cells/%d/statistics/vmexits_%d", cell,
			    n);
			put("61728\n", "cells/%d/statistics/cpu0/vmexits_%d",
			    cell, n);
			put("61728\n", "cells/%d/statistics/cpu1/vmexits_%d",
			    cell, n);
		}
	}
}

static struct jhcfg_tree_request request = {
	.depth = 5,
	.max = 4 << 20,
};

static void prepare_request(void)
{
	static const char *paths[2];

	make_sysfs();
	paths[0] = sysfs;
	request.paths = paths;
}

static void on_tree(struct jhcfg_reading *reading, void *user, int error)
{
	(void)reading;
	if (error)
		give_up("reading", error);
	++*(int *)user;
}

/* --- list ----------------------------------------------------------------- */

static double time_of_look(int port)
{
	struct jhcfg_target *target = open_port(port);
	double least = 1e9;

	for (int n = 0; n < RUNS; n++) {
		struct jhcfg_tree *tree;
		double began = now_s(), took;
		int err = jhcfg_target_read_tree(target, &request, &tree);

		if (err)
			give_up("reading", err);
		took = now_s() - began;
		jhcfg_tree_free(tree);
		if (took < least)
			least = took;
	}
	jhcfg_target_close(target);
	return least;
}

static void bench_list(void)
{
	const struct forwarder_link link = { .to = sshd.port,
					     .delay_ms = DELAY_MS };
	struct forwarder forwarder;
	double alone = time_of_look(sshd.port), slow;

	forwarder_start(&forwarder, &link);
	slow = time_of_look(forwarder.port);
	forwarder_stop(&forwarder);
	/* what the server takes by itself is in both */
	printf("%.2f %.0f\n", (slow - alone) / (2 * DELAY_MS / 1000.0),
	       alone * 1000);
}

/* --- upload --------------------------------------------------------------- */

/* When the step that uploads the image began, and ended: with its checksum,
 * its sync, and the look that verifies it. */
struct watch {
	double began, took;
};

static void watch_step(struct jhcfg_deploy *deploy, void *user, size_t index)
{
	const struct jhcfg_deploy_step *step = jhcfg_deploy_step(deploy, index);
	struct watch *watch = user;

	if (step->kind != JHCFG_DEPLOY_UPLOAD || step->size != IMAGE)
		return;
	if (step->state == JHCFG_DEPLOY_WORKING && !step->sent)
		watch->began = now_s();
	if (step->state == JHCFG_DEPLOY_SUCCEEDED)
		watch->took = now_s() - watch->began;
}

/* In a whole deploy, over a connection that is there. */
static double upload(struct rig *rig)
{
	struct watch watch = { 0 };

	rig->handler.step = watch_step;
	rig->handler.user = &watch;
	if (rig_deploy(rig) != JHCFG_DEPLOY_DONE || watch.took <= 0) {
		rig_tell(rig);
		give_up("deploy", -EIO);
	}
	return watch.took;
}

__attribute__((format(printf, 1, 2))) static void run(const char *format, ...)
{
	char command[1024];
	va_list args;

	va_start(args, format);
	vsnprintf(command, sizeof(command), format, args);
	va_end(args);
	if (system(command))
		give_up(command, -EIO);
}

/* Where both write: in memory, as below /run on a target. */
static char memory[] = "/dev/shm/jhw-bench-XXXXXX";

/* The same, over a connection of its own that is there. */
static double upload_by_scp(void)
{
	double began = now_s();

	run("scp -q -O -F %s -o ControlPath=%s/control %s/image "
	    "fixture:%s/theirs",
	    sshd.config, sshd.folder, sshd.folder, memory);
	return now_s() - began;
}

static void make_image(char *data)
{
	unsigned int state = 1;
	char path[128];

	for (size_t n = 0; n < IMAGE; n++) {
		state = state * 1664525 + 1013904223;
		data[n] = (char)(state >> 24);
	}
	snprintf(path, sizeof(path), "%s/image", sshd.folder);
	if (jhcfg_file_write(path, data, IMAGE))
		give_up(path, -errno);
}

static void bench_upload(void)
{
	const struct jhcfg_target_options options = {
		.ssh_config = sshd.config,
	};
	double ours = 1e9, theirs = 1e9;
	char *data = malloc(IMAGE);
	struct rig rig = { 0 };

	if (!data)
		give_up("image", -ENOMEM);
	make_image(data);
	rig_make(&rig, sshd.folder);
	if (!mkdtemp(memory))
		give_up(memory, -errno);
	rig.options.site = memory;
	rig.images[0].bytes = data;
	rig.images[0].size = IMAGE;
	if (jhcfg_target_open("ssh://fixture", &options, NULL, &rig.target) ||
	    jhcfg_target_wait(rig.target))
		give_up("ssh://fixture", -ECONNREFUSED);
	run("ssh -F %s -o ControlPath=%s/control -MNf fixture", sshd.config,
	    sshd.folder);
	for (int n = 0; n < RUNS; n++) {
		double took;

		data[0]++; /* one that is not there yet */
		took = upload(&rig);
		ours = took < ours ? took : ours;
		took = upload_by_scp();
		theirs = took < theirs ? took : theirs;
	}
	run("ssh -F %s -o ControlPath=%s/control -O exit fixture 2>&1 | "
	    "grep -qi exit",
	    sshd.config, sshd.folder);
	rig_end(&rig);
	run("rm -rf %s", memory);
	free(data);
	printf("%.1f %.1f\n", (double)(IMAGE / MIB) / ours,
	       (double)(IMAGE / MIB) / theirs);
}

/* --- poll ----------------------------------------------------------------- */

static double own_cpu_s(void)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
	       (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

/* Parent and used time (with that of children that ended) of a process, from
 * its stat file; false: it is gone. proc(5): fields 4, 14 to 17. */
static bool process_of(const char *pid, long *parent, double *cpu_s)
{
	unsigned long user, system;
	long children_user, children_system;
	char path[64], text[1024];
	ssize_t size;
	char *rest;
	int fd;

	snprintf(path, sizeof(path), "/proc/%.20s/stat", pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	size = read(fd, text, sizeof(text) - 1);
	close(fd);
	text[size > 0 ? size : 0] = 0;
	rest = strrchr(text, ')');
	if (!rest ||
	    sscanf(rest + 1,
		   " %*c %ld %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu %ld "
		   "%ld",
		   parent, &user, &system, &children_user,
		   &children_system) != 5)
		return false;
	*cpu_s = (double)(user + system + (unsigned long)children_user +
			  (unsigned long)children_system) /
		 (double)sysconf(_SC_CLK_TCK);
	return true;
}

/* Of all that the server's listener has started. */
static double cpu_below_s(long ancestor)
{
	DIR *proc = opendir("/proc");
	struct dirent *entry;
	double sum = 0;

	while (proc && (entry = readdir(proc))) {
		double used;
		long parent;

		if (*entry->d_name < '1' || *entry->d_name > '9' ||
		    !process_of(entry->d_name, &parent, &used))
			continue;
		if (parent == ancestor)
			sum += used + cpu_below_s(atol(entry->d_name));
	}
	if (proc)
		closedir(proc);
	return sum;
}

static void bench_poll(void)
{
	struct jhcfg_target *target = open_port(sshd.port);
	struct jhcfg_reading *reading;
	double began, own, server, next;
	int seen = 0;

	if (jhcfg_reading_new(target, &request, on_tree, &seen, &reading))
		give_up("reading", -ENOMEM);
	/* the first look has costs that are not again */
	if (jhcfg_reading_start(reading, 0))
		give_up("reading", -EIO);
	while (!seen)
		jhcfg_target_dispatch(target, -1);
	began = next = now_s();
	own = own_cpu_s();
	server = cpu_below_s(sshd.listener);
	while (seen <= SECONDS) {
		int before = seen, err = jhcfg_reading_start(reading, 0);

		if (err)
			give_up("reading", err);
		while (seen == before)
			jhcfg_target_dispatch(target, -1);
		next += 1;
		while (now_s() < next)
			jhcfg_target_dispatch(
				target, (int)((next - now_s()) * 1000) + 1);
	}
	own = own_cpu_s() - own;
	server = cpu_below_s(sshd.listener) - server;
	printf("%.3f %.3f %zu\n", own / (now_s() - began) * 100,
	       server / (now_s() - began) * 100,
	       jhcfg_tree_count(jhcfg_reading_tree(reading)));
	jhcfg_reading_free(reading);
	jhcfg_target_close(target);
}

int main(int argc, char **argv)
{
	static const struct {
		const char *name;
		void (*run)(void);
	} benches[] = {
		{ "list", bench_list },
		{ "upload", bench_upload },
		{ "poll", bench_poll },
	};

	for (size_t n = 0; n < sizeof(benches) / sizeof(*benches); n++) {
		if (argc != 2 || strcmp(argv[1], benches[n].name))
			continue;
		if (!sshd_is_installed(SSHD_OPENSSH))
			return 77;
		sshd_start(&sshd, SSHD_OPENSSH);
		prepare_request();
		benches[n].run();
		fflush(stdout);
		sshd_stop(&sshd);
		return 0;
	}
	fputs("usage: bench_target list|upload|poll\n", stderr);
	return 2;
}
