// SPDX-License-Identifier: LGPL-2.1-or-later
/* The driver and the images of the hypervisor, as they are installed. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jhcfg/pool.h>

#include "import/linux/live.h"

#define FIRMWARE   "lib/firmware"
#define MAX_IMAGES 16

/* The value of "version=" among the texts of a module's section .modinfo. */
static void find_version(struct live_reader *reader, const char *data,
			 size_t size)
{
	static const char key[] = "\0version=";
	const char *at = memmem(data, size, key, sizeof(key) - 1);
	const char *end;
	char text[64];

	if (!at)
		return;
	at += sizeof(key) - 1;
	end = memchr(at, '\0', size - (size_t)(at - data));
	if (!end || (size_t)(end - at) >= sizeof(text))
		return;
	memcpy(text, at, (size_t)(end - at) + 1);
	reader->live.module_version = jhcfg_arena_text(&reader->arena, text);
}

/* Where our own build and DKMS put it */
static const char *const places[] = { "extra", "updates", "updates/dkms" };

static int read_installed(struct live_reader *reader)
{
	char path[MACHINE_MAX_PATH], *data;
	size_t size;

	for (size_t n = 0; n < sizeof(places) / sizeof(places[0]); n++) {
		int err;

		snprintf(path, sizeof(path), "lib/modules/%s/%s/jailhouse.ko",
			 reader->live.kernel_release, places[n]);
		err = machine_read(reader->machine, path, &data, &size);
		if (err == -ENOMEM)
			return err;
		if (err)
			continue;
		find_version(reader, data, size);
		free(data);
		live_know(reader, JHCFG_LIVE_MODULE_VERSION);
		return 0;
	}
	return 0;
}

static int read_module(struct live_reader *reader)
{
	struct machine_names names;
	char text[64];
	int err;

	if (machine_line(reader->machine, text, sizeof(text),
			 "sys/module/jailhouse/version")) {
		reader->live.module_version =
			jhcfg_arena_text(&reader->arena, text);
		live_know(reader, JHCFG_LIVE_MODULE_VERSION);
		return 0;
	}
	if (!*reader->live.kernel_release ||
	    strchr(reader->live.kernel_release, '/'))
		return 0;
	/* recordings have no modules: what is not there is not known then */
	err = machine_list(reader->machine, "lib/modules", &names);
	if (!err && names.count) {
		live_know(reader, JHCFG_LIVE_MODULE_VERSION);
		err = read_installed(reader);
	}
	machine_names_clear(&names);
	return err;
}

/* --- images -------------------------------------------------------------- */

static bool is_image(const char *name)
{
	size_t length = strlen(name);

	return !strncmp(name, "jailhouse", 9) && length > 4 &&
	       !strcmp(name + length - 4, ".bin");
}

static int read_image(struct live_reader *reader, const char *name,
		      struct jhcfg_live_image *image)
{
	struct jhcfg_firmware firmware;
	char path[MACHINE_MAX_PATH], *data;
	size_t size;
	int err;

	*image = (struct jhcfg_live_image){
		.file = jhcfg_arena_text(&reader->arena, name),
		.version = "",
	};
	snprintf(path, sizeof(path), FIRMWARE "/%s", name);
	err = machine_read(reader->machine, path, &data, &size);
	if (err)
		return err == -ENOMEM ? err : 0;
	if (!jhcfg_firmware_read(data, size, NULL, &firmware)) {
		image->core_size = firmware.core_size;
		image->cpu_size =
			firmware.cpu_shared_size + firmware.cpu_private_size;
		image->version =
			jhcfg_arena_text(&reader->arena, firmware.version);
	}
	free(data);
	return 0;
}

static int read_images(struct live_reader *reader)
{
	struct jhcfg_live_image images[MAX_IMAGES];
	struct machine_names names;
	size_t count = 0;
	int err = machine_list(reader->machine, FIRMWARE, &names);

	for (size_t n = 0; !err && n < names.count && count < MAX_IMAGES; n++)
		if (is_image(names.items[n]))
			err = read_image(reader, names.items[n],
					 &images[count++]);
	if (!err && names.count) {
		reader->live.images = jhcfg_arena_copy(&reader->arena, images,
						       count, sizeof(*images));
		reader->live.num_images = count;
		live_know(reader, JHCFG_LIVE_IMAGES);
	}
	machine_names_clear(&names);
	return err;
}

int live_read_driver(struct live_reader *reader)
{
	int err = read_module(reader);

	return err ? err : read_images(reader);
}
