// SPDX-License-Identifier: LGPL-2.1-or-later
/* B08: files that are not what they are loaded as. */
#include <errno.h>

#include <jailhouse/cell-config.h>

#include "check/boot.h"
#include "check/image_kinds.h"

#define BIT(format) (1U << (format))

/* What a kernel for the cell has to be. */
static enum image_format wanted_kernel(const struct check *check,
				       const struct check_cell *cell)
{
	if (check_is_x86(check))
		return IMAGE_X86;
	if (check->architecture == JAILHOUSE_ARM ||
	    jhcfg_cell_flags(cell->cell) & JAILHOUSE_CELL_AARCH32)
		return IMAGE_ARM;
	return IMAGE_ARM64;
}

/* Formats that do for the kind; 0: any. */
static unsigned int wanted_formats(const struct check *check,
				   const struct check_cell *cell,
				   enum jhcfg_image_kind kind)
{
	switch (kind) {
	case JHCFG_IMAGE_KERNEL:
		return BIT(wanted_kernel(check, cell));
	case JHCFG_IMAGE_INITRD:
		return BIT(IMAGE_CPIO) | BIT(IMAGE_GZIP) | BIT(IMAGE_PACKED);
	case JHCFG_IMAGE_DTB:
		return BIT(IMAGE_FDT);
	default:
		return 0;
	}
}

static const char *advice_for(enum jhcfg_image_kind kind,
			      enum image_format format)
{
	if (kind == JHCFG_IMAGE_KERNEL && format == IMAGE_GZIP)
		return "unpack it: nobody does that for an arm64 kernel";
	if (format == IMAGE_UBOOT)
		return "take the file that mkimage was given";
	return NULL;
}

static bool is_other_width(enum image_format wanted, enum image_format format)
{
	return (wanted == IMAGE_ARM && format == IMAGE_ARM64) ||
	       (wanted == IMAGE_ARM64 && format == IMAGE_ARM);
}

static void judge_kind(struct check *check, const struct check_cell *cell,
		       const struct jhcfg_image *image, size_t number)
{
	const unsigned int wanted = wanted_formats(check, cell, image->kind);
	const enum image_format format = image_format(image);
	const enum image_format kernel = wanted_kernel(check, cell);
	struct found found = {
		.cell = cell,
		.element = JHCFG_AT_IMAGE,
		.index = number,
		.advice = advice_for(image->kind, format),
	};

	if (!image->bytes || !wanted || wanted & BIT(format))
		return;
	/* a flag tells how many bits the guest has */
	found.unfixable = image->kind != JHCFG_IMAGE_KERNEL ||
			  check->architecture != JAILHOUSE_ARM64 ||
			  !is_other_width(kernel, format);
	if (image->kind == JHCFG_IMAGE_KERNEL)
		check_report(check, &found, "cell \"%s\": \"%s\" is %s, not %s",
			     cell->name, image->name, image_format_name(format),
			     image_format_name(kernel));
	else
		check_report(check, &found, "cell \"%s\": \"%s\" is %s, no %s",
			     cell->name, image->name, image_format_name(format),
			     image->kind == JHCFG_IMAGE_DTB ? "device tree"
							    : "initrd");
}

void check_image_kinds(struct check *check, const struct check_cell *cell)
{
	const struct jhcfg_image *image;
	size_t position = 0;

	while (!cell->is_root &&
	       (image = boot_next_image(check, cell, &position)))
		judge_kind(check, cell, image, position - 1);
}

int fix_image_kinds(struct fix *fix)
{
	struct jhcfg_config *config = fix_edit(fix);

	if (!config)
		return -ENOMEM;
	jhcfg_config_set_cell_flags(config, jhcfg_cell_flags(fix->cell->cell) ^
						    JAILHOUSE_CELL_AARCH32);
	return 0;
}
