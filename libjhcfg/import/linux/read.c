// SPDX-License-Identifier: LGPL-2.1-or-later
/* Files of a machine that are read as a whole. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "import/linux/linux.h"
#include "import/linux/text.h"

#define TABLES "sys/firmware/acpi/tables"

void linux_source(const struct linux_import *import, const char *file,
		  unsigned int line, char text[LINUX_MAX_SOURCE])
{
	snprintf(text, LINUX_MAX_SOURCE, "%s/%s line %u", import->machine->name,
		 file, line);
}

void linux_table_source(const struct linux_import *import, const char *table,
			size_t offset, char text[LINUX_MAX_SOURCE])
{
	snprintf(text, LINUX_MAX_SOURCE, "%s/" TABLES "/%s offset 0x%zx",
		 import->machine->name, table, offset);
}

void linux_make_name(const char *from, char *name, size_t size)
{
	size_t used = 0;

	for (; *from && used + 1 < size; from++) {
		char c = *from;

		if (c >= 'A' && c <= 'Z')
			c = (char)(c | 0x20);
		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
			name[used++] = c;
		else if (used && name[used - 1] != '-')
			name[used++] = '-';
	}
	while (used && name[used - 1] == '-')
		used--;
	name[used] = '\0';
}

static int read_resources(struct linux_import *import,
			  struct resources *resources, const char *file)
{
	char *text;
	size_t size;
	int err = machine_read(import->machine, file, &text, &size);

	/* Not every machine has ports; who needs iomem looks at its count. */
	if (err)
		return err == -ENOMEM ? err : 0;
	return resources_parse(resources, text, file, import->diags);
}

static int read_cpuinfo(struct linux_import *import)
{
	char *text;
	size_t size;
	int err = machine_read(import->machine, "proc/cpuinfo", &text, &size);

	/* A device tree says it, too */
	if (err)
		return err == -ENOMEM ? err : 0;
	return cpuinfo_parse(&import->cpuinfo, text);
}

static int read_interrupts(struct linux_import *import)
{
	char *text;
	size_t size;
	int err =
		machine_read(import->machine, "proc/interrupts", &text, &size);

	if (err)
		return err == -ENOMEM ? err : 0;
	err = interrupts_parse(&import->interrupts, text);
	free(text);
	return err;
}

int linux_read_text(struct linux_import *import)
{
	int err = read_cpuinfo(import);

	machine_line(import->machine, import->command_line,
		     sizeof(import->command_line), "proc/cmdline");
	if (!err)
		err = read_resources(import, &import->iomem, "proc/iomem");
	if (!err)
		err = read_resources(import, &import->ioports, "proc/ioports");
	if (!err)
		err = read_interrupts(import);
	return err;
}

/* A damaged table is said and left out: what it would have told is missing
 * then, which its users say in turn. */
static int read_table(struct linux_import *import, const char *name)
{
	struct linux_tables *tables = &import->tables;
	char path[MACHINE_MAX_PATH], *data;
	size_t size;
	int err;

	if (tables->count == LINUX_MAX_TABLES)
		return 0;
	snprintf(path, sizeof(path), TABLES "/%s", name);
	err = machine_read(import->machine, path, &data, &size);
	if (err)
		return err == -ENOMEM ? err : 0;
	tables->data[tables->count++] = data;
	err = acpi_add_table(&import->acpi, data, size, name, import->diags);
	return err == -EINVAL ? 0 : err;
}

/* "APIC", or "APIC1" where there are several */
static bool is_table(const char *name, const char *signature)
{
	return text_expect(&name, signature) &&
	       !name[strspn(name, "0123456789")];
}

int linux_read_tables(struct linux_import *import)
{
	struct machine_names names;
	const char *signature;
	int err = machine_list(import->machine, TABLES, &names);

	for (size_t kind = 0; (signature = acpi_table_name(kind)); kind++)
		for (size_t n = 0; !err && n < names.count; n++)
			if (is_table(names.items[n], signature))
				err = read_table(import, names.items[n]);
	machine_names_clear(&names);
	return err;
}

static bool parse_size(const char **at, uint64_t *value)
{
	static const char units[] = "KMG";
	const char *unit;
	bool ok = text_expect(at, "0x") ? text_hex(at, value)
					: text_decimal(at, value);

	if (!ok || !**at)
		return ok;
	unit = strchr(units, **at & ~0x20);
	if (unit && **at != '$' && *unit) {
		*at += 1;
		return !__builtin_mul_overflow(
			*value, UINT64_C(1) << (10 * (unit - units + 1)),
			value);
	}
	return true;
}

static bool parse_memmap(const char **at, struct jhcfg_range *range)
{
	uint64_t start, size;

	if (!parse_size(at, &size) || !text_expect(at, "$") ||
	    !parse_size(at, &start) || !size || size > UINT64_MAX - start)
		return false;
	*range = (struct jhcfg_range){ start, size };
	return true;
}

bool linux_next_memmap(const char **at, struct jhcfg_range *range)
{
	for (;;) {
		/* there may be several in one argument */
		if (!text_expect(at, ",")) {
			*at = strstr(*at, "memmap=");
			if (!*at) {
				*at = "";
				return false;
			}
			*at += strlen("memmap=");
		}
		if (parse_memmap(at, range))
			return true;
		*at += strcspn(*at, ", ");
	}
}
