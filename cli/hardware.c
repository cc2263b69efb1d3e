// SPDX-License-Identifier: GPL-2.0-or-later
#include "hardware.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "devicetree.h"
#include "paths.h"

#define MAX_LOG_SIZE (1024 * 1024)

static char *read_or_empty(const char *path)
{
	char *text;

	if (paths_read_line(&text, "%s", path))
		return strdup("");
	return text;
}

/* Each read() of the device is one record; there is none for its end. */
static char *read_log(void)
{
	char *path = paths_make("/dev/kmsg");
	char *log = malloc(MAX_LOG_SIZE + 1);
	int fd = path ? open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC) : -1;
	size_t size = 0;

	free(path);
	while (log && fd >= 0 && size < MAX_LOG_SIZE) {
		ssize_t got = read(fd, log + size, MAX_LOG_SIZE - size);

		if (got < 0 && (errno == EPIPE || errno == EINTR))
			continue;
		if (got <= 0)
			break;
		size += (size_t)got;
	}
	if (fd >= 0)
		close(fd);
	if (log)
		log[size] = '\0';
	return log;
}

static char *read_iomem(void)
{
	char *text;

	return paths_read(&text, NULL, "/proc/iomem") ? strdup("") : text;
}

static char *read_release(void)
{
	struct utsname name;
	char *text;

	if (!paths_read_line(&text, "/proc/sys/kernel/osrelease"))
		return text;
	return uname(&name) ? strdup("") : strdup(name.release);
}

static bool read_enabled(void)
{
	char *text;
	bool enabled;

	if (paths_read_line(&text, PATHS_SYSFS "/enabled"))
		return false;
	enabled = !strcmp(text, "1");
	free(text);
	return enabled;
}

int hardware_read_machine(struct hardware_machine *machine)
{
	*machine = (struct hardware_machine){
		.cmdline = read_or_empty("/proc/cmdline"),
		.release = read_release(),
		.log = read_log(),
		.iomem = read_iomem(),
		.enabled = read_enabled(),
	};
	machine->gic = devicetree_find_gic(&machine->gic_version);
	if (machine->cmdline && machine->release && machine->log &&
	    machine->iomem)
		return 0;
	hardware_clear_machine(machine);
	return -ENOMEM;
}

void hardware_clear_machine(struct hardware_machine *machine)
{
	free(machine->cmdline);
	free(machine->release);
	free(machine->log);
	free(machine->iomem);
	free(machine->gic);
	*machine = (struct hardware_machine){ 0 };
}

bool hardware_parameter_is(const struct hardware_machine *machine,
			   const char *name, const char *value)
{
	const char *pos = machine->cmdline;
	size_t name_length = strlen(name);
	size_t value_length = strlen(value);
	bool is = false;

	while (*pos) {
		size_t length = strcspn(pos, " \t");

		if (length > name_length && !strncmp(pos, name, name_length) &&
		    pos[name_length] == '=')
			is = length == name_length + 1 + value_length &&
			     !strncmp(pos + name_length + 1, value,
				      value_length);
		pos += length;
		pos += strspn(pos, " \t");
	}
	return is;
}

void hardware_ok(struct hardware_result *result, const char *format, ...)
{
	va_list args;

	result->status = HARDWARE_OK;
	va_start(args, format);
	vsnprintf(result->found, sizeof(result->found), format, args);
	va_end(args);
}

void hardware_missing(struct hardware_result *result, const char *advice,
		      const char *format, ...)
{
	va_list args;

	result->status = HARDWARE_MISSING;
	va_start(args, format);
	vsnprintf(result->found, sizeof(result->found), format, args);
	va_end(args);
	snprintf(result->advice, sizeof(result->advice), "%s", advice);
}

void hardware_unknown(struct hardware_result *result, const char *advice)
{
	result->status = HARDWARE_UNKNOWN;
	snprintf(result->advice, sizeof(result->advice), "%s", advice);
}
