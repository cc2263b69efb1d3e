// SPDX-License-Identifier: LGPL-2.1-or-later
/* Facts about the kernel, and about what the machine is called. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/klog.h>

#include "import/linux/cpuinfo.h"
#include "import/linux/list.h"
#include "import/linux/live.h"
#include "import/linux/text.h"

#define MAX_OPTIONS 32768
#define MAX_MODULES 4096
#define MAX_LOG	    (16 << 20)

/* syslog(2) */
#define LOG_READ_ALL 3
#define LOG_SIZE     10

static const char *keep(struct live_reader *reader, const char *text)
{
	return jhcfg_arena_text(&reader->arena, text);
}

/* The line of a file as a fact, if there is one. */
static void read_line(struct live_reader *reader, const char *path,
		      enum jhcfg_live_fact fact, const char **text)
{
	char line[4096];

	if (!machine_line(reader->machine, line, sizeof(line), "%s", path))
		return;
	*text = keep(reader, line);
	live_know(reader, fact);
}

/* --- options ------------------------------------------------------------- */

/* "CONFIG_X=y", or "# CONFIG_X is not set" */
static bool parse_option(char *line, struct jhcfg_live_option *option)
{
	static const char unset[] = " is not set";
	size_t length;
	char *value;

	if (!strncmp(line, "# CONFIG_", 9)) {
		length = strlen(line);
		if (length < sizeof(unset) + 1 ||
		    strcmp(line + length - sizeof(unset) + 1, unset) != 0)
			return false;
		line[length - sizeof(unset) + 1] = '\0';
		*option = (struct jhcfg_live_option){ line + 2, "n" };
		return true;
	}
	value = strchr(line, '=');
	if (strncmp(line, "CONFIG_", 7) != 0 || !value)
		return false;
	*value++ = '\0';
	*option = (struct jhcfg_live_option){ line, value };
	return true;
}

static int compare_options(const void *a, const void *b)
{
	const struct jhcfg_live_option *x = a, *y = b;

	return strcmp(x->name, y->name);
}

static int collect_options(struct live_reader *reader, char *text)
{
	struct jhcfg_live_option *options = NULL, option;
	struct text_lines lines = { text, 0 };
	size_t count = 0;
	char *line;

	while (count < MAX_OPTIONS && (line = text_next_line(&lines))) {
		void *items;

		if (!parse_option(line, &option))
			continue;
		items = list_room(options, count, sizeof(*options));
		if (!items) {
			free(options);
			return -ENOMEM;
		}
		options = items;
		options[count].name = keep(reader, option.name);
		options[count++].value = keep(reader, option.value);
	}
	if (count)
		qsort(options, count, sizeof(*options), compare_options);
	reader->live.kernel_options = jhcfg_arena_copy(&reader->arena, options,
						       count, sizeof(*options));
	reader->live.num_kernel_options = count;
	live_know(reader, JHCFG_LIVE_KERNEL_CONFIG);
	free(options);
	return 0;
}

static int read_options(struct live_reader *reader)
{
	char path[MACHINE_MAX_PATH], *text;
	size_t size;
	int err;

	if (snprintf(path, sizeof(path), "boot/config-%s",
		     reader->live.kernel_release) >= (int)sizeof(path) ||
	    strchr(reader->live.kernel_release, '/'))
		return 0;
	err = machine_read(reader->machine, path, &text, &size);
	if (err)
		return err == -ENOMEM ? err : 0;
	err = collect_options(reader, text);
	free(text);
	return err;
}

/* --- modules ------------------------------------------------------------- */

static int compare_texts(const void *a, const void *b)
{
	const char *const *x = a, *const *y = b;

	return strcmp(*x, *y);
}

static int read_modules(struct live_reader *reader)
{
	const char *names[MAX_MODULES];
	struct text_lines lines = { 0 };
	char *text, *line;
	size_t size, count = 0;
	int err = machine_read(reader->machine, "proc/modules", &text, &size);

	if (err)
		return err == -ENOMEM ? err : 0;
	lines.next = text;
	while (count < MAX_MODULES && (line = text_next_line(&lines))) {
		line[strcspn(line, " ")] = '\0';
		if (*line)
			names[count++] = keep(reader, line);
	}
	free(text);
	if (count)
		qsort(names, count, sizeof(*names), compare_texts);
	reader->live.modules =
		jhcfg_arena_copy(&reader->arena, names, count, sizeof(*names));
	reader->live.num_modules = count;
	live_know(reader, JHCFG_LIVE_MODULES);
	return 0;
}

/* --- the machine --------------------------------------------------------- */

#define DMI "sys/class/dmi/id/"

static void read_names(struct live_reader *reader)
{
	char version[64], date[64], both[160];

	read_line(reader, DMI "sys_vendor", JHCFG_LIVE_MACHINE,
		  &reader->live.vendor);
	read_line(reader, DMI "product_name", JHCFG_LIVE_MACHINE,
		  &reader->live.product);
	machine_line(reader->machine, version, sizeof(version),
		     DMI "bios_version");
	machine_line(reader->machine, date, sizeof(date), DMI "bios_date");
	snprintf(both, sizeof(both), "%s%s%s", version,
		 *version && *date ? " " : "", date);
	reader->live.bios = keep(reader, both);
}

/* DMA that Linux translates shows as groups of devices. */
static bool uses_iommu(struct live_reader *reader)
{
	struct machine_names names;
	char group[MACHINE_MAX_NAME];
	bool found = false;

	if (machine_list(reader->machine, "sys/bus/pci/devices", &names))
		return false;
	for (size_t n = 0; !found && n < names.count; n++)
		found = machine_link(reader->machine, group, sizeof(group),
				     "sys/bus/pci/devices/%s/iommu_group",
				     names.items[n]);
	machine_names_clear(&names);
	return found;
}

/* The kernel's log: of this machine, or what was recorded of it. The caller
 * frees it; NULL without one. */
static char *read_log(struct live_reader *reader)
{
	char *text = NULL;
	size_t size;
	int length;

	if (*reader->machine->name) {
		machine_read(reader->machine, "var/log/dmesg", &text, &size);
		return text;
	}
	length = klogctl(LOG_SIZE, NULL, 0);
	if (length <= 0 || length > MAX_LOG)
		return NULL;
	text = malloc((size_t)length + 1);
	if (text)
		length = klogctl(LOG_READ_ALL, text, length);
	if (!text || length < 0) {
		free(text);
		return NULL;
	}
	text[length] = '\0';
	return text;
}

/* Words of the log, and what they tell. Those of Arm say where CPUs were
 * started; after a long time the log has lost them. */
static const struct {
	const char *words;
	uint32_t found;
	bool arm; /* then it is known, in any case */
} log_words[] = {
	{ "CPU(s) started at EL2", JHCFG_LIVE_EL2, true },
	{ "CPU(s) started in HYP mode", JHCFG_LIVE_EL2, true },
	{ "CPU(s) started at EL1", 0, true },
	{ "CPU(s) started in SVC mode", 0, true },
	{ "VMX (outside TXT) disabled by BIOS", JHCFG_LIVE_BIOS_LOCK, false },
	{ "SVM disabled (by BIOS)", JHCFG_LIVE_BIOS_LOCK, false },
};

static void judge_log(struct live_reader *reader, const char *log)
{
	for (size_t n = 0; n < sizeof(log_words) / sizeof(log_words[0]); n++) {
		if (!strstr(log, log_words[n].words))
			continue;
		reader->live.virtualization |= log_words[n].found;
		if (log_words[n].arm)
			live_know(reader, JHCFG_LIVE_VIRTUALIZATION);
	}
}

static void read_iommus(struct live_reader *reader)
{
	struct machine_names names;

	if (machine_list(reader->machine, "sys/class/iommu", &names))
		return;
	if (names.count ||
	    machine_exists(reader->machine, "sys/firmware/acpi/tables/DMAR") ||
	    machine_exists(reader->machine, "sys/firmware/acpi/tables/IVRS"))
		reader->live.virtualization |= JHCFG_LIVE_IOMMU;
	if (uses_iommu(reader))
		reader->live.virtualization |= JHCFG_LIVE_IOMMU_USED;
	machine_names_clear(&names);
}

/* Of x86, /proc/cpuinfo has it; Linux takes "vmx" out if the firmware has
 * locked it. */
static int read_virtualization(struct live_reader *reader)
{
	struct cpuinfo info;
	char *text;
	size_t size;
	int err = machine_read(reader->machine, "proc/cpuinfo", &text, &size);

	if (!err)
		err = cpuinfo_parse(&info, text);
	if (err)
		return err == -ENOMEM ? err : 0;
	read_iommus(reader);
	if (info.x86) {
		if (info.flags & CPUINFO_VMX)
			reader->live.virtualization |= JHCFG_LIVE_VMX;
		if (info.flags & CPUINFO_SVM)
			reader->live.virtualization |= JHCFG_LIVE_SVM;
		live_know(reader, JHCFG_LIVE_VIRTUALIZATION);
		reader->live.in_a_vm = info.flags & CPUINFO_HYPERVISOR;
		live_know(reader, JHCFG_LIVE_HYPERVISOR_FLAG);
	}
	cpuinfo_clear(&info);
	text = read_log(reader);
	if (text)
		judge_log(reader, text);
	free(text);
	return 0;
}

int live_read_kernel(struct live_reader *reader)
{
	int err;

	read_line(reader, "proc/sys/kernel/osrelease", JHCFG_LIVE_RELEASE,
		  &reader->live.kernel_release);
	read_line(reader, "proc/cmdline", JHCFG_LIVE_COMMAND_LINE,
		  &reader->live.command_line);
	read_names(reader);
	err = read_options(reader);
	if (!err)
		err = read_modules(reader);
	return err ? err : read_virtualization(reader);
}
