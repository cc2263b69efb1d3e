// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * What is in a cell's memory cannot be read back. So a record beside the
 * uploaded files says what each cell was loaded with. It goes by the number
 * of the cell's folder in sysfs, which no later cell has, and by the boot:
 * whoever destroys the cell makes the record worthless.
 *
 *	boot ID
 *	file 0xADDRESS NAME
 *	text 0xADDRESS HEX
 */
#include "deploy/state.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_IMAGES 64

void deploy_record_name(const struct deploy_cell *cell,
			char name[DEPLOY_RECORD_SIZE])
{
	snprintf(name, DEPLOY_RECORD_SIZE, "loaded-%s", cell->inode);
}

static void write_hex(FILE *out, const char *text)
{
	for (; *text; text++)
		fprintf(out, "%02x", (unsigned char)*text);
}

char *deploy_record_write(const char *boot_id,
			  const struct deploy_image *images, size_t count)
{
	char *record = NULL;
	size_t size;
	FILE *out = open_memstream(&record, &size);

	if (!out)
		return NULL;
	fprintf(out, "boot %s\n", boot_id);
	for (size_t n = 0; n < count; n++) {
		fprintf(out, "%s 0x%" PRIx64 " ",
			images[n].file ? "file" : "text", images[n].address);
		if (images[n].file)
			fputs(images[n].file, out);
		else
			write_hex(out, images[n].text);
		putc('\n', out);
	}
	if (fclose(out)) {
		free(record);
		return NULL;
	}
	return record;
}

/* --- reading -------------------------------------------------------------- */

static int hex_value(char digit)
{
	static const char digits[] = "0123456789abcdef";
	const char *found = digit ? strchr(digits, digit) : NULL;

	return found ? (int)(found - digits) : -1;
}

static const char *read_hex(struct jhcfg_arena *arena, const char *hex)
{
	size_t length = strlen(hex);
	char *text;

	if (length % 2)
		return NULL;
	text = jhcfg_arena_alloc(arena, length / 2 + 1);
	for (size_t n = 0; text && n < length / 2; n++) {
		int high = hex_value(hex[2 * n]);
		int low = hex_value(hex[2 * n + 1]);

		if (high < 0 || low < 0 || high + low == 0)
			return NULL;
		text[n] = (char)(high << 4 | low);
	}
	return text;
}

static bool read_line(struct jhcfg_arena *arena, const char *line,
		      struct deploy_image *image)
{
	char kind[5], value[16384];
	int end = -1;

	if (strlen(line) >= sizeof(value) ||
	    sscanf(line, "%4s 0x%" SCNx64 " %n", kind, &image->address, &end) <
		    2 ||
	    end < 0)
		return false;
	strcpy(value, line + end);
	if (!strcmp(kind, "text"))
		image->text = read_hex(arena, value);
	else if (!strcmp(kind, "file") && *value && !strchr(value, '/'))
		image->file = jhcfg_arena_text(arena, value);
	return image->text || image->file;
}

void deploy_record_read(struct deploy_state *state, struct deploy_cell *cell,
			const char *text, size_t size)
{
	struct deploy_image images[MAX_IMAGES] = { 0 };
	size_t count = 0;
	char *copy = strndup(text, size), *rest = copy, *line;
	bool good;

	line = copy ? strsep(&rest, "\n") : NULL;
	good = line && *state->boot_id && !strncmp(line, "boot ", 5) &&
	       !strcmp(line + 5, state->boot_id);
	while (good && (line = strsep(&rest, "\n")) && *line)
		good = count < MAX_IMAGES &&
		       read_line(&state->arena, line, &images[count++]);
	/* one that is cut off has no end of its last line */
	if (good && line) {
		cell->images_known = true;
		cell->images = jhcfg_arena_copy(&state->arena, images, count,
						sizeof(*images));
		cell->num_images = cell->images ? count : 0;
	}
	free(copy);
}

/* --- comparing ------------------------------------------------------------ */

/* Files are the same by their sums, the beginning of their names. */
static bool same_image(const struct deploy_image *a,
		       const struct deploy_image *b)
{
	if (a->address != b->address || !a->file != !b->file)
		return false;
	return a->file ? !strncmp(a->file, b->file, 64)
		       : !strcmp(a->text, b->text);
}

bool deploy_images_equal(const struct deploy_cell *a,
			 const struct deploy_cell *b)
{
	if (!a->images_known || !b->images_known ||
	    a->num_images != b->num_images)
		return false;
	for (size_t n = 0; n < a->num_images; n++)
		if (!same_image(&a->images[n], &b->images[n]))
			return false;
	return true;
}
