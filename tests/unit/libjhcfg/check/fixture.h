/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Fixtures of rules. A case is a rule with a good and a bad fixture; both
 * begin with a sample, a system in which nothing is wrong, and change it:
 * "good" in a way that the rule must accept (NULL: not at all), "bad" in
 * exactly one way that it must not.
 */
#ifndef TEST_CHECK_FIXTURE_H
#define TEST_CHECK_FIXTURE_H

#include <jailhouse/cell-config.h>
#include <jhcfg/check.h>

#include "model/board.h"
#include "model/private.h"

#define FIXTURE_MAX_IMAGES 4

/* What a board is made of; a fixture changes it and makes it anew. */
struct board_spec {
	uint8_t architecture;
	const char *command_line;
	const char *psci_method;
	unsigned int address_bits;
	struct jhcfg_hw_cpu cpus[16];
	struct jhcfg_hw_cache caches[8];
	struct jhcfg_hw_memory memories[12];
	struct jhcfg_hw_device devices[24];
	struct jhcfg_hw_irqchip irqchips[2];
	struct jhcfg_hw_iommu iommus[2];
	struct jhcfg_hw_pci_host pci_hosts[2];
	struct jhcfg_hw_pci_function pci_functions[8];
	size_t num_cpus, num_caches, num_memories, num_devices, num_irqchips;
	size_t num_iommus, num_pci_hosts, num_pci_functions;
};

struct fixture {
	struct jhcfg_workspace *workspace;
	struct board_spec spec;
	struct jhcfg_check_options options; /* use the calls below */
	struct jhcfg_live live;
	struct jhcfg_image images[FIXTURE_MAX_IMAGES];
	struct jhcfg_check_file file;
	uint8_t bytes[8192];  /* of the file */
	uint32_t rtos, guest; /* keys of the sample's cells */
	uint32_t link;
};

/* The samples; see sample_arm64.c and sample_x86.c for who has what. */
void sample_arm64(struct fixture *fixture);
void sample_x86(struct fixture *fixture);
/* The workspace that they fill, for the board of the spec. */
void fixture_start(struct fixture *fixture);
void fixture_clear(struct fixture *fixture);

/* --- changes, within the step that the runner has begun ------------------- */

struct jhcfg_config *edit_root(struct fixture *fixture);
/* The first cell of the sample, bare metal, and the second, Linux. */
struct jhcfg_config *edit_rtos(struct fixture *fixture);
struct jhcfg_config *edit_guest(struct fixture *fixture);
/* The region with that name, to be changed in place; fails without one. */
struct jhcfg_memory *memory(struct jhcfg_config *config, const char *name);
size_t memory_index(const struct jhcfg_config *config, const char *name);
/* Appends a region with a name. */
void add_memory(struct jhcfg_config *config, const char *name, uint64_t phys,
		uint64_t virt, uint64_t size, uint64_t flags);
/* Adds an empty cell of the system's architecture; returns its key. */
uint32_t add_cell(struct fixture *fixture, const char *name);
/* The device of the spec with that name; fails without one. */
struct jhcfg_hw_device *device(struct fixture *fixture, const char *name);
/* Makes the workspace's board anew, from the changed spec. */
void remake_board(struct fixture *fixture);
void drop_board(struct fixture *fixture);
/* Turns the live facts on, and says that those are known as well. */
struct jhcfg_live *live(struct fixture *fixture, uint32_t facts);
/* Binds an image to a cell. */
struct jhcfg_image *add_image(struct fixture *fixture, uint32_t cell,
			      enum jhcfg_image_kind kind, const void *bytes,
			      size_t size, uint64_t address);

/* --- cases ---------------------------------------------------------------- */

struct check_case {
	const char *rule;
	void (*sample)(struct fixture *fixture);
	void (*good)(struct fixture *fixture); /* NULL: the sample */
	void (*bad)(struct fixture *fixture);
	/* rules that cannot but find the same: "M01 M02"; NULL: none */
	const char *also;
	bool beyond; /* the fix-it cannot repair this one, and says so */
};

#define CASE(rule, sample, good, bad)                                          \
	{                                                                      \
		rule, sample, good, bad, NULL, false                           \
	}
/* Inherent in the bad fixture are findings of these rules as well. */
#define CASE_ALSO(rule, sample, good, bad, also)                               \
	{                                                                      \
		rule, sample, good, bad, also, false                           \
	}
#define CASE_BEYOND(rule, sample, good, bad, also)                             \
	{                                                                      \
		rule, sample, good, bad, also, true                            \
	}
#define END_OF_CASES                                                           \
	{                                                                      \
		NULL, NULL, NULL, NULL, NULL, false                            \
	}

/* All end with a NULL rule. A rule may have several rows; where it has a
 * fix-it, at least one that is not beyond it. */
extern const struct check_case cases_format[];
extern const struct check_case cases_cpus[];
extern const struct check_case cases_hypervisor[];
extern const struct check_case cases_memory[];
extern const struct check_case cases_boot[];
extern const struct check_case cases_serial[];
extern const struct check_case cases_irq[];
extern const struct check_case cases_pci[];
extern const struct check_case cases_virtual[];
extern const struct check_case cases_other[];

#endif
