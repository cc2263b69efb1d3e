/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * hardware check: whether the hypervisor can run on this machine, and what to
 * change if not. A check is a row of its architecture's table.
 */
#ifndef CLI_HARDWARE_H
#define CLI_HARDWARE_H

#include <stdbool.h>
#include <stddef.h>

enum hardware_status {
	HARDWARE_OK,
	HARDWARE_MISSING,
	HARDWARE_UNKNOWN, /* cannot be told from here */
};

#define HARDWARE_TEXT_SIZE 256

struct hardware_result {
	enum hardware_status status;
	char found[HARDWARE_TEXT_SIZE];	 /* what is there, may be empty */
	char advice[HARDWARE_TEXT_SIZE]; /* what to change, may be empty */
};

/* What several checks look at, read once. Absent text is "". */
struct hardware_machine {
	char *cmdline;
	char *release; /* of the kernel */
	char *log;     /* what is left of the kernel's log */
	char *iomem;
	char *gic; /* the GIC's node in the device tree, or NULL */
	unsigned int gic_version;
	bool enabled; /* the hypervisor runs */
};

struct hardware_check {
	const char *name;
	bool optional;
	void (*run)(const struct hardware_machine *machine,
		    struct hardware_result *result);
};

/* Ends with a NULL name. */
extern const struct hardware_check hardware_arm64_checks[];

/* Reads what is common; -ENOMEM. */
int hardware_read_machine(struct hardware_machine *machine);
void hardware_clear_machine(struct hardware_machine *machine);

/* Setters of a result, for checks. */
void hardware_ok(struct hardware_result *result, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
void hardware_missing(struct hardware_result *result, const char *advice,
		      const char *format, ...)
	__attribute__((format(printf, 3, 4)));
void hardware_unknown(struct hardware_result *result, const char *advice);

/*
 * Whether the kernel command line gives @name the value @value. Of several
 * words with that name the kernel takes the last.
 */
bool hardware_parameter_is(const struct hardware_machine *machine,
			   const char *name, const char *value);

#endif
