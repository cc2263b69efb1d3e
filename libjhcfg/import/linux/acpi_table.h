/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Range-checked access to the bytes of one table. */
#ifndef IMPORT_LINUX_ACPI_TABLE_H
#define IMPORT_LINUX_ACPI_TABLE_H

#include "import/linux/acpi.h"
#include "util/bytes.h"

struct acpi_table {
	const uint8_t *data;
	size_t size; /* as its header says */
	const char *name;
	struct jhcfg_diags *diags;
	struct acpi *acpi;
};

/* An entry: bytes of a table, which begin with a type and a length. */
struct acpi_entry {
	const uint8_t *data;
	size_t offset, size;
	unsigned int type;
};

/* How types and lengths are laid out. */
struct acpi_layout {
	uint8_t type_width;
	uint8_t length_at, length_width;
	uint8_t minimum; /* length */
};

/* Adds one to a list of struct acpi: a struct to fill, or NULL. */
#define acpi_append(acpi, list)                                                \
	acpi_append_((void **)&(acpi)->list, &(acpi)->num_##list,              \
		     sizeof(*(acpi)->list))
void *acpi_append_(void **items, size_t *count, size_t size);

/* The number of @width bytes at @at; 0 where the entry is too short. */
uint64_t acpi_get(const struct acpi_entry *entry, size_t at, size_t width);

/*
 * Calls @add for each entry of bytes @from to @to of the table. -EINVAL: one
 * does not fit, said in a diagnostic; or what @add returned.
 */
int acpi_each(const struct acpi_table *table, size_t from, size_t to,
	      const struct acpi_layout *layout,
	      int (*add)(const struct acpi_table *table,
			 const struct acpi_entry *entry));

/* A diagnostic of a table; -EINVAL. */
int acpi_refuse(const struct acpi_table *table, size_t offset,
		const char *text);

int acpi_read_madt(const struct acpi_table *table);
int acpi_read_mcfg(const struct acpi_table *table);
int acpi_read_dmar(const struct acpi_table *table);
int acpi_read_ivrs(const struct acpi_table *table);
int acpi_read_fadt(const struct acpi_table *table);

#endif
