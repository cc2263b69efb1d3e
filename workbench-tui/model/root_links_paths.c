// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The files of links. Below /sys/class there are links to folders, which are
 * followed only where they are asked for by name: so names come first.
 */
#include <stdio.h>
#include <string.h>

#include "model/root_links.h"

static void add(struct links_paths *paths, const char *class, const char *name,
		const char *file)
{
	if (paths->count < LINKS_PATHS)
		snprintf(paths->texts[paths->count++], sizeof(paths->texts[0]),
			 "/sys/class/%s/%.23s/%s", class, name, file);
}

static const char *const uio_files[] = {
	"device/uevent", "device/irq", "device/msi_irqs", "event", NULL,
};
static const char *const net_files[] = {
	"device/uevent", "device/irq", "device/msi_irqs",
	"operstate",	 "flags",      NULL,
};

static void set_paths(struct links_paths *paths)
{
	char name[24];

	paths->count = 0;
	for (unsigned int n = 0; n < paths->num_uio; n++) {
		snprintf(name, sizeof(name), "uio%u", n);
		for (size_t f = 0; uio_files[f]; f++)
			add(paths, "uio", name, uio_files[f]);
	}
	for (size_t n = 0; n < paths->num_net; n++) {
		for (size_t f = 0; net_files[f]; f++)
			add(paths, "net", paths->net[n], net_files[f]);
	}
}

/* Devices are numbered from 0, mostly without gaps: one behind is looked for */
static unsigned int count_uio(const struct jhcfg_tree *tree)
{
	unsigned int count = 0;
	char path[64];

	for (unsigned int n = 0; n < LINKS_MAX_UIO; n++) {
		snprintf(path, sizeof(path), "/sys/class/uio/uio%u/event", n);
		if (jhcfg_tree_find(tree, path))
			count = n + 1;
	}
	return count < LINKS_MAX_UIO ? count + 1 : LINKS_MAX_UIO;
}

/* A name that cannot lead elsewhere. */
static bool is_name(const char *text, size_t length)
{
	if (!length || length >= 16 || *text == '.')
		return false;
	for (size_t n = 0; n < length; n++) {
		if (text[n] <= ' ' || text[n] == '/' || text[n] >= 0x7f)
			return false;
	}
	return true;
}

/* "  eth0: 0 0 ...": the names of interfaces, but the loopback. */
static size_t list_net(const struct jhcfg_tree *tree,
		       char names[LINKS_MAX_NET][24])
{
	const struct jhcfg_tree_file *file =
		jhcfg_tree_find(tree, "/proc/net/dev");
	const char *line = file ? file->text : NULL;
	size_t count = 0;

	for (; line && count < LINKS_MAX_NET; line = strchr(line, '\n')) {
		const char *name = line + (*line == '\n');
		size_t length;

		name += strspn(name, " ");
		length = strcspn(name, ":\n |");
		if (name[length] == ':' && is_name(name, length) &&
		    (length != 2 || memcmp(name, "lo", 2)))
			snprintf(names[count++], 24, "%.*s", (int)length, name);
		line = name + length;
	}
	return count;
}

bool links_choose(struct links_paths *paths, const struct jhcfg_tree *tree)
{
	char net[LINKS_MAX_NET][24] = { 0 };
	unsigned int num_uio = count_uio(tree);
	size_t num_net = list_net(tree, net);

	if (paths->count && paths->num_uio == num_uio &&
	    paths->num_net == num_net && !memcmp(paths->net, net, sizeof(net)))
		return false;
	paths->num_uio = num_uio;
	paths->num_net = num_net;
	memcpy(paths->net, net, sizeof(net));
	set_paths(paths);
	return true;
}
