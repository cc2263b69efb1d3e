// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Network interfaces, and which of them somebody is logged in through: a
 * server for SSH has an open connection, whose packets leave by that interface.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "import/linux/live.h"
#include "import/linux/text.h"

#define NETS	    "sys/class/net"
#define VIRTUAL	    "sys/devices/virtual/net"
#define MAX_NETS    64
#define MAX_SOCKETS 256
#define ESTABLISHED 1U /* TCP_ESTABLISHED of include/net/tcp_states.h */
#define ROUTE_UP    1U /* RTF_UP of route.h */

struct nets {
	struct jhcfg_live_net items[MAX_NETS];
	size_t count;
	uint64_t sockets[MAX_SOCKETS]; /* of servers for SSH: inodes */
	size_t num_sockets;
};

/* --- interfaces ----------------------------------------------------------- */

static void add_net(struct live_reader *reader, const char *name,
		    struct nets *nets)
{
	struct jhcfg_live_net net = { .manager = "" };
	char path[MACHINE_MAX_PATH], link[MACHINE_MAX_PATH], device[64] = "";
	char driver[64];

	snprintf(path, sizeof(path), NETS "/%s", name);
	if (nets->count == MAX_NETS ||
	    reader->machine->ops->link(reader->machine, path, link,
				       sizeof(link)))
		return;
	live_name_device(link, device);
	machine_link(reader->machine, driver, sizeof(driver),
		     "sys/bus/pci/devices/%s/driver", device);
	net.name = jhcfg_arena_text(&reader->arena, name);
	net.device = jhcfg_arena_text(&reader->arena, device);
	net.driver = jhcfg_arena_text(&reader->arena, driver);
	nets->items[nets->count++] = net;
}

static int add_nets(struct live_reader *reader, struct nets *nets)
{
	struct machine_names names;
	int err = machine_list(reader->machine, NETS, &names);

	for (size_t n = 0; !err && n < names.count; n++)
		add_net(reader, names.items[n], nets);
	machine_names_clear(&names);
	return err;
}

/* What it is made of, for a bridge and its like, is what matters. Each is
 * looked at once, however they are made of each other. */
static int mark_net(struct live_reader *reader, struct nets *nets,
		    const char *name)
{
	struct machine_names below;
	char path[MACHINE_MAX_PATH];
	size_t index = 0;
	int err;

	while (index < nets->count && strcmp(nets->items[index].name, name))
		index++;
	if (index == nets->count || nets->items[index].has_ssh_session)
		return 0;
	nets->items[index].has_ssh_session = true;
	snprintf(path, sizeof(path), VIRTUAL "/%s", name);
	err = machine_list(reader->machine, path, &below);
	for (size_t n = 0; !err && n < below.count; n++)
		if (!strncmp(below.items[n], "lower_", 6))
			err = mark_net(reader, nets, below.items[n] + 6);
	machine_names_clear(&below);
	return err;
}

/* --- connections of servers ----------------------------------------------- */

static bool is_server(const char *comm)
{
	return !strncmp(comm, "sshd", 4) || !strncmp(comm, "dropbear", 8) ||
	       !strcmp(comm, "tinysshd");
}

static int add_sockets(struct live_reader *reader, const char *process,
		       struct nets *nets)
{
	char path[MACHINE_MAX_PATH], link[64];
	struct machine_names files;
	int err;

	snprintf(path, sizeof(path), "proc/%s/fd", process);
	err = machine_list(reader->machine, path, &files);
	for (size_t n = 0; !err && n < files.count; n++) {
		const char *at = link;
		uint64_t inode;

		if (nets->num_sockets < MAX_SOCKETS &&
		    machine_link(reader->machine, link, sizeof(link),
				 "proc/%s/fd/%s", process, files.items[n]) &&
		    text_expect(&at, "socket:[") && text_decimal(&at, &inode))
			nets->sockets[nets->num_sockets++] = inode;
	}
	machine_names_clear(&files);
	return err;
}

static int add_servers(struct live_reader *reader, struct nets *nets)
{
	struct machine_names processes;
	char comm[32];
	int err = machine_list(reader->machine, "proc", &processes);

	for (size_t n = 0; !err && n < processes.count; n++) {
		const char *name = processes.items[n];

		if (!name[strspn(name, "0123456789")] &&
		    machine_line(reader->machine, comm, sizeof(comm),
				 "proc/%s/comm", name) &&
		    is_server(comm))
			err = add_sockets(reader, name, nets);
	}
	machine_names_clear(&processes);
	return err;
}

/* Each socket has one connection: it is asked for once. */
static bool take_of_server(struct nets *nets, uint64_t inode)
{
	for (size_t n = 0; n < nets->num_sockets; n++) {
		if (nets->sockets[n] != inode)
			continue;
		nets->sockets[n] = nets->sockets[--nets->num_sockets];
		return true;
	}
	return false;
}

/* --- which interface ------------------------------------------------------ */

/* The interface of the route to that address, the most exact of those in
 * /proc/net/route. Addresses are written alike there and in /proc/net/tcp. */
static bool find_route(char *text, uint32_t address, char name[32])
{
	struct text_lines lines = { text, 0 };
	unsigned int to, flags, mask, bits = 0;
	bool found = false;
	char one[32], *line;

	while ((line = text_next_line(&lines))) {
		if (sscanf(line, "%31s %8x %*8x %4x %*d %*d %*d %8x", one, &to,
			   &flags, &mask) != 4 ||
		    !(flags & ROUTE_UP) || (address & mask) != to)
			continue;
		if (found && (unsigned int)__builtin_popcount(mask) <= bits)
			continue;
		found = true;
		bits = (unsigned int)__builtin_popcount(mask);
		strcpy(name, one);
	}
	return found;
}

/* The interface that has the address, of /proc/net/if_inet6, which writes
 * bytes in their order; /proc/net/tcp6 has words of the CPU's order, which is
 * little endian on all that run cells. */
static bool find_address(char *text, const uint32_t words[4], char name[32])
{
	struct text_lines lines = { text, 0 };
	char wanted[33], address[33], *line;

	for (int n = 0; n < 4; n++)
		snprintf(wanted + 8 * n, 9, "%08x",
			 __builtin_bswap32(words[n]));
	while ((line = text_next_line(&lines)))
		if (sscanf(line, "%32s %*x %*x %*x %*x %31s", address, name) ==
			    2 &&
		    !strcmp(address, wanted))
			return true;
	return false;
}

/* A connection of /proc/net/tcp or tcp6. */
struct connection {
	uint32_t here[4], there[4]; /* the last word is that of IPv4 */
	bool is_v4;
	uint64_t inode;
};

static bool read_address(const char *text, uint32_t words[4])
{
	size_t count = strlen(text) / 8;
	char word[9];

	if (strlen(text) != 8 && strlen(text) != 32)
		return false;
	memset(words, 0, 4 * sizeof(*words));
	for (size_t n = 0; n < count; n++) {
		snprintf(word, sizeof(word), "%.8s", text + 8 * n);
		words[4 - count + n] = (uint32_t)strtoul(word, NULL, 16);
	}
	return true;
}

/* "0: 0100007F:0016 0100007F:C350 01 0:0 0:0 0 0 0 4711 ..." */
static bool read_connection(const char *line, struct connection *connection)
{
	unsigned long long inode;
	char here[33], there[33];
	unsigned int state;

	if (sscanf(line,
		   " %*[0-9]: %32[0-9A-F]:%*x %32[0-9A-F]:%*x %2x %*s %*s %*s "
		   "%*s %*s %llu",
		   here, there, &state, &inode) != 4 ||
	    state != ESTABLISHED || !read_address(here, connection->here) ||
	    !read_address(there, connection->there))
		return false;
	connection->inode = inode;
	/* ::ffff:192.0.2.1 is IPv4 over a socket of IPv6 */
	connection->is_v4 = strlen(here) == 8 ||
			    (!connection->here[0] && !connection->here[1] &&
			     connection->here[2] == __builtin_bswap32(0xffff));
	return true;
}

static bool find_net(const struct connection *connection, char *routes,
		     char *addresses, char name[32])
{
	/* from here to here is through no card */
	if (!memcmp(connection->here, connection->there,
		    sizeof(connection->here)))
		return false;
	return connection->is_v4
		       ? find_route(routes, connection->there[3], name)
		       : find_address(addresses, connection->here, name);
}

/* "" if there is none. text_next_line() changes it. */
static char *read_text(struct live_reader *reader, const char *path)
{
	char *text;
	size_t size;
	int err = machine_read(reader->machine, path, &text, &size);

	return !err ? text : err == -ENOMEM ? NULL : strdup("");
}

static int mark_of(struct live_reader *reader, struct nets *nets,
		   const struct connection *connection)
{
	char *routes = read_text(reader, "proc/net/route");
	char *addresses = read_text(reader, "proc/net/if_inet6");
	char name[32];
	int err = routes && addresses ? 0 : -ENOMEM;

	if (!err && find_net(connection, routes, addresses, name))
		err = mark_net(reader, nets, name);
	free(routes);
	free(addresses);
	return err;
}

static int mark_sessions(struct live_reader *reader, struct nets *nets,
			 const char *path)
{
	char *text = read_text(reader, path), *line;
	struct text_lines lines = { text, 0 };
	struct connection connection;
	int err = text ? 0 : -ENOMEM;

	while (!err && (line = text_next_line(&lines)))
		if (read_connection(line, &connection) &&
		    take_of_server(nets, connection.inode))
			err = mark_of(reader, nets, &connection);
	free(text);
	return err;
}

int live_read_nets(struct live_reader *reader)
{
	struct nets nets = { .count = 0 };
	int err = add_nets(reader, &nets);

	if (!err)
		err = add_servers(reader, &nets);
	if (!err)
		err = mark_sessions(reader, &nets, "proc/net/tcp");
	if (!err)
		err = mark_sessions(reader, &nets, "proc/net/tcp6");
	if (err || !nets.count)
		return err;
	reader->live.nets = jhcfg_arena_copy(&reader->arena, nets.items,
					     nets.count, sizeof(*nets.items));
	reader->live.num_nets = reader->live.nets ? nets.count : 0;
	live_know(reader, JHCFG_LIVE_NET);
	return 0;
}
