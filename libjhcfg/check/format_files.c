// SPDX-License-Identifier: LGPL-2.1-or-later
/* F, as far as it is about the bytes of files. */
#include "check/format_files.h"

#include <errno.h>
#include <string.h>

#include <jhcfg/codec.h>
#include <jhcfg/identify.h>

#include "check/results.h"

static void report_file(struct check *check, size_t index,
			enum jhcfg_severity severity, const char *text,
			const char *advice)
{
	const struct jhcfg_check_file *file = &check->options->files[index];

	check_report(check,
		     &(struct found){
			     .cell = check_find_cell(check, file->cell),
			     .element = JHCFG_AT_FILE,
			     .index = index,
			     .other_severity = true,
			     .severity = severity,
			     .advice = *advice ? advice : NULL,
			     .unfixable = true,
		     },
		     "%s: %s", file->name, text);
}

/* What decoding the file says, as far as it is of the rule. */
static void decode_file(struct check *check, size_t index, const char *rule)
{
	const struct jhcfg_check_file *file = &check->options->files[index];
	struct jhcfg_diags *diags = jhcfg_diags_new();
	struct jhcfg_config *config = NULL;
	const struct jhcfg_diag *diag;

	if (jhcfg_codec_decode(file->bytes, file->size, diags, &config) ==
	    -ENOMEM)
		check_no_memory(check);
	jhcfg_config_free(config);
	for (size_t n = 0; diags && (diag = jhcfg_diags_get(diags, n)); n++)
		if (!strcmp(diag->rule, rule))
			report_file(check, index, diag->severity, diag->text,
				    diag->hint);
	jhcfg_diags_free(diags);
}

/* The codec and the look at the first bytes know these rules by their ids. */
void check_files(struct check *check)
{
	const char *rule = check->results->rule->info.id;

	for (size_t n = 0; n < check->options->num_files; n++) {
		const struct jhcfg_check_file *file = &check->options->files[n];
		const struct jhcfg_identity *is =
			jhcfg_identify(file->bytes, file->size);

		switch (is->kind) {
		case JHCFG_IS_JSON:
		case JHCFG_IS_C_SOURCE:
			break; /* is no binary, nor means to be */
		case JHCFG_IS_SYSTEM:
		case JHCFG_IS_CELL:
		case JHCFG_IS_OTHER_REVISION:
			decode_file(check, n, rule);
			break;
		default:
			if (!strcmp(is->rule, rule))
				report_file(check, n, JHCFG_ERROR, is->words,
					    is->hint);
		}
	}
}

void check_file_as_it_is(struct check *check, const struct check_cell *root)
{
	(void)root;
	check_files(check);
}

/* --- F08 ------------------------------------------------------------------ */

static unsigned int revision_of(const struct jhcfg_check_file *file)
{
	const struct jhcfg_dialect *dialect = NULL;
	struct jhcfg_config *config = NULL;

	if (jhcfg_codec_decode_as(file->bytes, file->size, NULL, NULL, &config,
				  &dialect))
		return 0;
	jhcfg_config_free(config);
	return jhcfg_dialect_revision(dialect);
}

void check_revision(struct check *check, const struct check_cell *root)
{
	unsigned int ours = jhcfg_dialect_revision(jhcfg_dialect_get(0));
	unsigned int theirs = check->live->module_revision;

	(void)root;
	if (!jhcfg_live_knows(check->live, JHCFG_LIVE_MODULE_REVISION) ||
	    !theirs)
		return;
	for (size_t n = 0; n < check->options->num_files; n++) {
		const struct jhcfg_check_file *file = &check->options->files[n];
		unsigned int revision = revision_of(file);

		if (revision && revision != theirs)
			check_report(check,
				     &(struct found){ .element = JHCFG_AT_FILE,
						      .index = n },
				     "%s has revision %u, the target's driver "
				     "takes %u",
				     file->name, revision, theirs);
	}
	if (!check->options->num_files && ours != theirs)
		check_report(check,
			     &(struct found){ .element = JHCFG_AT_TARGET },
			     "the target's driver takes revision %u, not %u",
			     theirs, ours);
}
