/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Rules: what is wrong with a system, found before it runs. Each rule has an
 * id that it keeps for ever, so that people may waive it.
 *
 * Rules judge the cells of one scenario together. Where a workspace has no
 * scenario, all its cells are meant to run together; where it has some, a cell
 * that is in none is judged alone with the root.
 */
#ifndef JHCFG_CHECK_H
#define JHCFG_CHECK_H

#include <jhcfg/live.h>
#include <jhcfg/workspace.h>

/* What a rule needs beside the configurations; with both bits set, one of the
 * two is enough. */
#define JHCFG_RULE_STATIC 0U
#define JHCFG_RULE_BOARD  1U
#define JHCFG_RULE_LIVE	  2U

struct jhcfg_rule {
	const char *id; /* "M01" */
	enum jhcfg_severity severity;
	unsigned int modes; /* JHCFG_RULE_... */
	const char *title;  /* the condition, one line */
	const char *doc;    /* what happens then, and why; some sentences */
	const char *advice; /* what to do, one sentence */
	const char *fix;    /* what the fix-it does; NULL: there is none */
};

JHCFG_API size_t jhcfg_rule_count(void);
/* Rule number @index, in the order of the manual; NULL behind the last. */
JHCFG_API const struct jhcfg_rule *jhcfg_rule_at(size_t index);
/* The rule with this id, in any case of letters; NULL: none. */
JHCFG_API const struct jhcfg_rule *jhcfg_rule_find(const char *id);

/* --- what is judged ------------------------------------------------------- */

enum jhcfg_image_kind {
	JHCFG_IMAGE_INMATE, /* anything that the reset address leads to */
	JHCFG_IMAGE_LOADER, /* the loader of "cell linux" */
	JHCFG_IMAGE_KERNEL,
	JHCFG_IMAGE_INITRD,
	JHCFG_IMAGE_DTB,
	JHCFG_IMAGE_CONFIG, /* the guest kernel's .config, which is not loaded
			     */
};

/* A file that is going to be loaded into a cell. */
struct jhcfg_image {
	uint32_t cell; /* key */
	enum jhcfg_image_kind kind;
	const char *name;  /* for messages: the file's name */
	const void *bytes; /* NULL: only the size is known */
	size_t size;
	uint64_t address; /* guest-physical */
	/* the kernel's; NULL: not known. Counts at any of the cell's images. */
	const char *command_line;
};

/* A file that a configuration was read from, or was to be. */
struct jhcfg_check_file {
	uint32_t cell; /* key; 0: it could not be read */
	const char *name;
	const void *bytes;
	size_t size;
};

/* Another severity for a rule than the table's. */
struct jhcfg_override {
	const char *rule;
	enum jhcfg_severity severity;
	bool off; /* not judged at all */
};

struct jhcfg_check_options {
	const struct jhcfg_live *live; /* NULL: no target */
	const char *scenario;	       /* NULL: each */
	const struct jhcfg_image *images;
	size_t num_images;
	const struct jhcfg_check_file *files;
	size_t num_files;
	const struct jhcfg_override *overrides; /* the last that fits counts */
	size_t num_overrides;
	/* the hypervisor's image (jailhouse.bin), NULL: typical sizes */
	const void *firmware;
	size_t firmware_size;
};

/* --- what is found -------------------------------------------------------- */

enum jhcfg_element {
	JHCFG_AT_CELL, /* the cell, or the system as a whole */
	JHCFG_AT_CPU,  /* index: its number */
	JHCFG_AT_MEMORY,
	JHCFG_AT_CACHE,
	JHCFG_AT_IRQCHIP,
	JHCFG_AT_IRQ, /* index: INTID or GSI */
	JHCFG_AT_PIO,
	JHCFG_AT_PCI_DEVICE,
	JHCFG_AT_PCI_CAP,
	JHCFG_AT_STREAM_ID,
	JHCFG_AT_CONSOLE,
	JHCFG_AT_RESET_ADDRESS,
	JHCFG_AT_HYPERVISOR_MEMORY,
	JHCFG_AT_DEBUG_CONSOLE,
	JHCFG_AT_PLATFORM,
	JHCFG_AT_IOMMU,	 /* index: the unit's */
	JHCFG_AT_LINK,	 /* index: its key */
	JHCFG_AT_IMAGE,	 /* index: in the options */
	JHCFG_AT_FILE,	 /* index: in the options */
	JHCFG_AT_DEVICE, /* index: of the board's device */
	JHCFG_AT_TARGET, /* the live target */
};

struct jhcfg_place {
	uint32_t cell; /* key; 0: system wide */
	enum jhcfg_element element;
	size_t index;
};

struct jhcfg_finding {
	const struct jhcfg_rule *rule;
	enum jhcfg_severity severity;
	const char *scenario; /* the first in which it was found; or empty */
	struct jhcfg_place at;
	struct jhcfg_place related; /* the other party; cell 0: none */
	/* Stable and readable, what waivers name: "rtos/memory/ram",
	 * "root/pci/00:01.0", "link/net0" */
	const char *object;
	const char *message;
	const char *advice;
	bool fixable;
	bool waived;
	const char *reason; /* of the waiver; else empty */
	uint64_t detail[2]; /* what the fix-it goes by */
};

struct jhcfg_findings;

/*
 * Judges @workspace by all rules. On success *@findings is a new list, by
 * severity, then in the order of rules, cells and elements. @options may be
 * NULL. -ENOENT: no such scenario; -ENOMEM.
 */
JHCFG_API int jhcfg_check(const struct jhcfg_workspace *workspace,
			  const struct jhcfg_check_options *options,
			  struct jhcfg_findings **findings);
JHCFG_API void jhcfg_findings_free(struct jhcfg_findings *findings);
JHCFG_API size_t jhcfg_findings_count(const struct jhcfg_findings *findings);
/* Finding number @index or NULL behind the last; lives as long as the list. */
JHCFG_API const struct jhcfg_finding *jhcfg_findings_at(
	const struct jhcfg_findings *findings, size_t index);
/* How many of this severity are not waived. */
JHCFG_API size_t jhcfg_findings_of(const struct jhcfg_findings *findings,
				   enum jhcfg_severity severity);
/* Findings beyond what the list holds, which were only counted. */
JHCFG_API size_t jhcfg_findings_dropped(const struct jhcfg_findings *findings);

/* Rule number @index of those that were not judged, and why (a sentence);
 * NULL behind the last one. */
JHCFG_API const struct jhcfg_rule *jhcfg_findings_skipped(
	const struct jhcfg_findings *findings, size_t index,
	const char **reason);

/*
 * Applies the fix-it of a finding as one step of the workspace, which Undo
 * names after it. -ENOTSUP: there is none; -ESTALE: the workspace has changed
 * since the finding was made; -EINVAL: it cannot be done, @diags says why;
 * -ENOMEM. All failures leave the workspace as it was.
 */
JHCFG_API int jhcfg_check_fix(struct jhcfg_workspace *workspace,
			      const struct jhcfg_check_options *options,
			      const struct jhcfg_findings *findings,
			      const struct jhcfg_finding *finding,
			      struct jhcfg_diags *diags);

#endif
