// SPDX-License-Identifier: LGPL-2.1-or-later
/* From a configuration to C source. */
#include <jhcfg/c_form.h>

#include <errno.h>
#include <stdlib.h>

#include <jailhouse/cell-config.h>

#include "emit/c_emitter.h"

static void emit_head(struct c_emitter *emitter)
{
	const struct jhcfg_cell *cell = &emitter->config->cell;
	bool is_system = emitter->config->has_system;
	const struct jhcfg_attrs *notes =
		is_system ? &emitter->notes->system.attrs
			  : &emitter->notes->cell.attrs;
	struct c_out *out = &emitter->out;
	char text[1024];

	c_line(out,
	       "/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */");
	snprintf(text, sizeof(text), "%s \"%s\", in the form of %s.",
		 is_system ? "System with the root cell" : "Cell", cell->name,
		 emitter->dialect);
	c_comment(out, text);
	if (c_note(notes, "comment", text, sizeof(text)) ||
	    c_note(notes, "$comment", text, sizeof(text))) {
		c_blank(out);
		c_comment(out, text);
	}
	c_blank(out);
	c_line(out, "#include <jailhouse/types.h>");
	c_line(out, "#include <jailhouse/cell-config.h>");
	c_blank(out);
}

/* What every descriptor begins with. */
static void emit_identity(struct c_emitter *emitter, const char *signature)
{
	static const char *const architectures[] = {
		[JAILHOUSE_X86] = "JAILHOUSE_X86",
		[JAILHOUSE_ARM] = "JAILHOUSE_ARM",
		[JAILHOUSE_ARM64] = "JAILHOUSE_ARM64",
	};
	uint8_t architecture = emitter->config->architecture;

	c_line(&emitter->out, ".signature = JAILHOUSE_%s_SIGNATURE,",
	       signature);
	if (c_style_has(emitter->style, C_ARCHITECTURE))
		c_line(&emitter->out, ".architecture = %s,",
		       architectures[architecture]);
	c_line(&emitter->out, ".revision = JAILHOUSE_CONFIG_REVISION,");
}

static void emit_descriptor(struct c_emitter *emitter)
{
	const struct jhcfg_cell *cell = &emitter->config->cell;

	for (unsigned int n = 0; n < jhcfg_cell_type.num_members; n++) {
		const struct jhcfg_member *member = &jhcfg_cell_type.members[n];
		const uint8_t *value = (const uint8_t *)cell + member->offset;

		/* the sizes come between the numbers and the console */
		if (member->kind == JHCFG_MEMBER_STRUCT)
			c_count_arrays(emitter);
		if (!jhcfg_is_zero(value, member->size))
			c_emit_member(emitter, member, member->name, value);
	}
}

static void emit_declaration(struct c_emitter *emitter)
{
	struct c_out *out = &emitter->out;

	c_line(out, "struct {");
	out->indent++;
	c_line(out, emitter->config->has_system
			    ? "struct jailhouse_system header;"
			    : "struct jailhouse_cell_desc cell;");
	c_declare_arrays(emitter);
	out->indent--;
	c_line(out, "} __attribute__((packed)) config = {");
}

static void emit_system(struct c_emitter *emitter)
{
	c_open(&emitter->out, "header");
	emit_identity(emitter, "SYSTEM");
	c_emit_platform(emitter);
	c_open(&emitter->out, "root_cell");
	emit_descriptor(emitter);
	c_close(&emitter->out);
	c_close(&emitter->out);
}

static void emit_cell(struct c_emitter *emitter)
{
	c_open(&emitter->out, "cell");
	emit_identity(emitter, "CELL_DESC");
	emit_descriptor(emitter);
	c_close(&emitter->out);
}

static void emit(struct c_emitter *emitter)
{
	emit_head(emitter);
	emit_declaration(emitter);
	emitter->out.indent++;
	if (emitter->config->has_system)
		emit_system(emitter);
	else
		emit_cell(emitter);
	c_emit_arrays(emitter);
	emitter->out.indent--;
	c_line(&emitter->out, "};");
}

/* Marks @count entries from @first on, as far as there are any, unless they
 * have a user already. */
static void mark(uint32_t *users, size_t size, size_t first, size_t count,
		 uint32_t user)
{
	for (size_t n = first; n < size && n - first < count; n++) {
		if (!users[n])
			users[n] = user;
	}
}

static int find_users(struct c_emitter *emitter)
{
	const struct jhcfg_list *lists = emitter->config->cell.lists;
	const struct jhcfg_list *devices = &lists[JHCFG_LIST_PCI_DEVICES];
	size_t num_regions = lists[JHCFG_LIST_MEMORY].count;
	size_t num_caps = lists[JHCFG_LIST_PCI_CAPS].count;

	emitter->region_users =
		calloc(num_regions + 1, sizeof(*emitter->region_users));
	emitter->cap_users = calloc(num_caps + 1, sizeof(*emitter->cap_users));
	if (!emitter->region_users || !emitter->cap_users)
		return -ENOMEM;
	for (size_t n = 0; n < devices->count; n++) {
		const struct jhcfg_pci_device *device =
			&devices->items[n].value.pci_device;
		size_t num_own =
			device->shmem_peers ? 2u + device->shmem_peers : 1;

		/* many may share capabilities: the first one names them */
		mark(emitter->cap_users, num_caps, device->caps_start,
		     device->num_caps ? 1 : 0, (uint32_t)n + 1);
		if (device->type == JAILHOUSE_PCI_TYPE_IVSHMEM)
			mark(emitter->region_users, num_regions,
			     device->shmem_regions_start, num_own,
			     (uint32_t)n + 1);
	}
	return 0;
}

static int write_text(struct c_emitter *emitter, char **text)
{
	char *buffer = NULL;
	size_t size;
	int err;

	err = find_users(emitter);
	if (err)
		goto out;
	emitter->out.file = open_memstream(&buffer, &size);
	if (!emitter->out.file) {
		err = -ENOMEM;
		goto out;
	}
	emit(emitter);
	if (ferror(emitter->out.file) || emitter->out_of_memory)
		err = -ENOMEM;
	if (fclose(emitter->out.file))
		err = -ENOMEM;
	if (err)
		free(buffer);
	else
		*text = buffer;
out:
	free(emitter->region_users);
	free(emitter->cap_users);
	return err;
}

/* The configuration as the dialect has it: through its binary form, which
 * also reports what it cannot hold. */
static int through_dialect(const struct jhcfg_config *config,
			   const struct jhcfg_encode_options *options,
			   const struct jhcfg_dialect *dialect,
			   struct jhcfg_diags *diags,
			   struct jhcfg_config **result)
{
	const struct jhcfg_decode_options decode = {
		.dialect = dialect,
		.architecture = config->architecture,
	};
	void *data;
	size_t size;
	int err;

	err = jhcfg_codec_encode_as(config, options, diags, &data, &size);
	if (err)
		return err;
	err = jhcfg_codec_decode_as(data, size, &decode, NULL, result, NULL);
	free(data);
	return err;
}

int jhcfg_c_form_write(const struct jhcfg_config *config,
		       const struct jhcfg_encode_options *options,
		       struct jhcfg_diags *diags, char **text)
{
	const struct jhcfg_dialect *dialect = options ? options->dialect : NULL;
	struct c_emitter emitter = { .notes = config };
	struct jhcfg_config *copy;
	int err;

	if (!dialect)
		dialect = jhcfg_dialect_get(0);
	emitter.dialect = jhcfg_dialect_title(dialect);
	emitter.style = c_style_find(jhcfg_dialect_name(dialect));
	if (!emitter.style)
		return -ENOTSUP;
	err = through_dialect(config, options, dialect, diags, &copy);
	if (err)
		return err;
	emitter.config = copy;
	err = write_text(&emitter, text);
	jhcfg_config_free(copy);
	return err;
}
