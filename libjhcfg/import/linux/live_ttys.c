// SPDX-License-Identifier: LGPL-2.1-or-later
/* Serial ports, and who has them open. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "import/linux/live.h"
#include "import/linux/text.h"

#define TTYS	 "sys/class/tty"
#define MAX_TTYS 64
#define IO_PORT	 0 /* SERIAL_IO_PORT */

struct ttys {
	struct jhcfg_live_tty items[MAX_TTYS];
	size_t count;
};

/* --- users --------------------------------------------------------------- */

static struct jhcfg_live_tty *find_tty(struct ttys *ttys, const char *name)
{
	for (size_t n = 0; n < ttys->count; n++)
		if (!strcmp(ttys->items[n].name, name))
			return &ttys->items[n];
	return NULL;
}

static int add_user(struct live_reader *reader, const char *process,
		    struct ttys *ttys)
{
	char path[MACHINE_MAX_PATH], name[64], comm[32];
	struct machine_names files;
	struct jhcfg_live_tty *tty;
	int err;

	snprintf(path, sizeof(path), "proc/%s/fd", process);
	err = machine_list(reader->machine, path, &files);
	for (size_t n = 0; !err && n < files.count; n++) {
		if (!machine_link(reader->machine, name, sizeof(name),
				  "proc/%s/fd/%s", process, files.items[n]))
			continue;
		tty = find_tty(ttys, name);
		if (!tty || *tty->user)
			continue;
		machine_line(reader->machine, comm, sizeof(comm),
			     "proc/%s/comm", process);
		tty->user = jhcfg_arena_text(&reader->arena, comm);
	}
	machine_names_clear(&files);
	return err;
}

static int add_users(struct live_reader *reader, struct ttys *ttys)
{
	struct machine_names processes;
	int err = machine_list(reader->machine, "proc", &processes);

	for (size_t n = 0; !err && n < processes.count; n++) {
		const char *name = processes.items[n];

		if (!name[strspn(name, "0123456789")])
			err = add_user(reader, name, ttys);
	}
	machine_names_clear(&processes);
	return err;
}

/* --- ports --------------------------------------------------------------- */

static uint64_t number_of(struct live_reader *reader, const char *tty,
			  const char *what, uint64_t fallback)
{
	uint64_t value;

	return machine_number(reader->machine, &value, TTYS "/%s/%s", tty, what)
		       ? value
		       : fallback;
}

static void add_tty(struct live_reader *reader, const char *name,
		    const char *consoles, struct ttys *ttys)
{
	uint64_t type = number_of(reader, name, "io_type", UINT64_MAX);
	struct jhcfg_live_tty tty = { .is_io = type == IO_PORT, .user = "" };
	char driver[64];

	/* no serial port, or one that was not found */
	if (type == UINT64_MAX || !number_of(reader, name, "type", 1))
		return;
	tty.address = tty.is_io ? number_of(reader, name, "port", 0)
				: number_of(reader, name, "iomem_base", 0);
	if (!tty.address)
		return;
	tty.name = jhcfg_arena_text(&reader->arena, name);
	tty.is_console = text_has_word(consoles, name);
	machine_link(reader->machine, driver, sizeof(driver),
		     TTYS "/%s/device/driver", name);
	tty.driver = jhcfg_arena_text(&reader->arena, driver);
	ttys->items[ttys->count++] = tty;
}

int live_read_ttys(struct live_reader *reader)
{
	struct machine_names names;
	struct ttys ttys = { .count = 0 };
	char consoles[256];
	int err = machine_list(reader->machine, TTYS, &names);

	machine_line(reader->machine, consoles, sizeof(consoles),
		     TTYS "/console/active");
	for (size_t n = 0; !err && n < names.count && ttys.count < MAX_TTYS;
	     n++)
		add_tty(reader, names.items[n], consoles, &ttys);
	if (!err && names.count) {
		err = add_users(reader, &ttys);
		reader->live.ttys =
			jhcfg_arena_copy(&reader->arena, ttys.items, ttys.count,
					 sizeof(*ttys.items));
		reader->live.num_ttys = ttys.count;
		live_know(reader, JHCFG_LIVE_TTYS);
	}
	machine_names_clear(&names);
	return err;
}
