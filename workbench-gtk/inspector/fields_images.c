// SPDX-License-Identifier: GPL-2.0-or-later
#include "inspector/fields_images.h"

#include <errno.h>
#include <jhcfg/images.h>
#include <jhcfg/linux_cell.h>
#include <string.h>

#include "model/owner.h"
#include "model/text.h"

/* A place for one image; each image has at most one. */
typedef enum {
	PROGRAM, /* what is started: an inmate, or the loader of Linux */
	KERNEL,
	INITRD,
} Slot;

/* The images of a cell; texts belong to @read. There is room for one more. */
typedef struct {
	struct jhcfg_cell_image *read;
	size_t num_read;
	struct jhcfg_cell_image *now;
	size_t count;
	uint64_t reset_address;
} Images;

static int read_images(const struct jhcfg_workspace *workspace, const JhwRef *ref,
		       struct jhcfg_diags *diags, Images *images)
{
	const struct jhcfg_config *cell = jhcfg_workspace_cell(workspace, ref->cell);
	int err;

	*images = (Images){ 0 };
	err = cell ? jhcfg_config_images(cell, diags, &images->read, &images->num_read) : -ENOMEM;
	if (err)
		return err;
	images->count = images->num_read;
	images->now = g_new0(struct jhcfg_cell_image, images->count + 1);
	if (images->count)
		memcpy(images->now, images->read, images->count * sizeof(*images->now));
	images->reset_address = jhcfg_cell_reset_address(jhcfg_config_cell(cell));
	return 0;
}

static void clear_images(Images *images)
{
	jhcfg_cell_images_free(images->read, images->num_read);
	g_free(images->now);
}

static int write_images(struct jhcfg_workspace *workspace, const JhwRef *ref, const Images *images)
{
	struct jhcfg_config *config = jhcfg_workspace_edit_cell(workspace, ref->cell);

	return config ? jhcfg_config_set_images(config, images->now, images->count) : -ENOMEM;
}

static gboolean is_in(const struct jhcfg_cell_image *image, Slot slot)
{
	switch (image->file ? image->kind : JHCFG_IMAGE_CONFIG) {
	case JHCFG_IMAGE_INMATE:
	case JHCFG_IMAGE_LOADER:
		return slot == PROGRAM;
	case JHCFG_IMAGE_KERNEL:
		return slot == KERNEL;
	case JHCFG_IMAGE_INITRD:
		return slot == INITRD;
	default:
		return FALSE;
	}
}

/* NULL: none */
static struct jhcfg_cell_image *find(const Images *images, Slot slot)
{
	for (size_t n = 0; n < images->count; n++)
		if (is_in(&images->now[n], slot))
			return &images->now[n];
	return NULL;
}

/* --- changing ----------------------------------------------------------------- */

static void put(Images *images, Slot slot, const char *file)
{
	static const enum jhcfg_image_kind kinds[] = {
		[PROGRAM] = JHCFG_IMAGE_INMATE,
		[KERNEL] = JHCFG_IMAGE_KERNEL,
		[INITRD] = JHCFG_IMAGE_INITRD,
	};
	struct jhcfg_cell_image *image = find(images, slot);

	if (*file) {
		if (!image)
			image = &images->now[images->count++];
		if (!image->file)
			image->kind = kinds[slot];
		if (!image->file && slot == PROGRAM) {
			image->address = images->reset_address;
			image->has_address = true;
		}
		image->file = file;
	} else if (image) {
		images->count--;
		memmove(image, image + 1,
			(size_t)(&images->now[images->count] - image) * sizeof(*image));
	}
}

/* What is started is the loader of a kernel, which has its place by itself, or
 * a program. */
static void settle_program(Images *images)
{
	struct jhcfg_cell_image *program = find(images, PROGRAM);
	gboolean has_kernel = find(images, KERNEL) != NULL;

	if (!program || has_kernel == (program->kind == JHCFG_IMAGE_LOADER))
		return;
	program->kind = has_kernel ? JHCFG_IMAGE_LOADER : JHCFG_IMAGE_INMATE;
	program->has_address = !has_kernel;
	program->address = has_kernel ? 0 : images->reset_address;
}

static int set_file(struct jhcfg_workspace *workspace, const JhwRef *ref, Slot slot,
		    const char *file, struct jhcfg_diags *diags)
{
	Images images;
	int err = read_images(workspace, ref, diags, &images);

	if (err)
		return err;
	put(&images, slot, file);
	settle_program(&images);
	err = write_images(workspace, ref, &images);
	clear_images(&images);
	return err;
}

int jhw_program_set(struct jhcfg_workspace *workspace, const JhwRef *ref, const char *text,
		    struct jhcfg_diags *diags)
{
	return set_file(workspace, ref, PROGRAM, text, diags);
}

int jhw_kernel_set(struct jhcfg_workspace *workspace, const JhwRef *ref, const char *text,
		   struct jhcfg_diags *diags)
{
	return set_file(workspace, ref, KERNEL, text, diags);
}

int jhw_initrd_set(struct jhcfg_workspace *workspace, const JhwRef *ref, const char *text,
		   struct jhcfg_diags *diags)
{
	return set_file(workspace, ref, INITRD, text, diags);
}

int jhw_command_line_set(struct jhcfg_workspace *workspace, const JhwRef *ref, const char *text,
			 struct jhcfg_diags *diags)
{
	struct jhcfg_cell_image *kernel;
	Images images;
	int err = read_images(workspace, ref, diags, &images);

	if (err)
		return err;
	kernel = find(&images, KERNEL);
	if (kernel)
		kernel->command_line = *text ? text : NULL;
	err = kernel ? write_images(workspace, ref, &images) : -ENOENT;
	clear_images(&images);
	return err;
}

/* --- showing ------------------------------------------------------------------ */

static char *file_of(const struct jhcfg_cell_image *image)
{
	return g_strdup(image ? image->file : "");
}

static char *command_line_of(const struct jhcfg_cell_image *image)
{
	return g_strdup(image && image->command_line ? image->command_line : "");
}

static char *get(const struct jhcfg_workspace *workspace, const JhwRef *ref, Slot slot,
		 char *(*text_of)(const struct jhcfg_cell_image *image))
{
	Images images;
	char *text;

	if (read_images(workspace, ref, NULL, &images))
		return g_strdup("");
	text = text_of(find(&images, slot));
	clear_images(&images);
	return text;
}

char *jhw_program_get(const struct jhcfg_workspace *workspace, const JhwRef *ref)
{
	return get(workspace, ref, PROGRAM, file_of);
}

char *jhw_kernel_get(const struct jhcfg_workspace *workspace, const JhwRef *ref)
{
	return get(workspace, ref, KERNEL, file_of);
}

char *jhw_initrd_get(const struct jhcfg_workspace *workspace, const JhwRef *ref)
{
	return get(workspace, ref, INITRD, file_of);
}

char *jhw_command_line_get(const struct jhcfg_workspace *workspace, const JhwRef *ref)
{
	return get(workspace, ref, KERNEL, command_line_of);
}

static gboolean has(const struct jhcfg_workspace *workspace, const JhwRef *ref, Slot slot)
{
	g_autofree char *file = get(workspace, ref, slot, file_of);

	return ref->cell != JHCFG_ROOT_KEY && *file;
}

static gboolean has_linux_ram(const struct jhcfg_cell *cell)
{
	const struct jhcfg_memory *memory;

	for (size_t n = 0; (memory = jhcfg_cell_memory(cell, n)); n++)
		if (jhcfg_linux_is_ram(memory))
			return TRUE;
	return FALSE;
}

gboolean jhw_kernel_there(const struct jhcfg_workspace *workspace, const JhwRef *ref,
			  G_GNUC_UNUSED uint64_t *number)
{
	return ref->cell != JHCFG_ROOT_KEY &&
	       (has_linux_ram(jhw_cell(workspace, ref->cell)) || has(workspace, ref, KERNEL));
}

gboolean jhw_initrd_there(const struct jhcfg_workspace *workspace, const JhwRef *ref,
			  G_GNUC_UNUSED uint64_t *number)
{
	return has(workspace, ref, KERNEL) || has(workspace, ref, INITRD);
}

gboolean jhw_command_line_there(const struct jhcfg_workspace *workspace, const JhwRef *ref,
				G_GNUC_UNUSED uint64_t *number)
{
	return has(workspace, ref, KERNEL);
}
