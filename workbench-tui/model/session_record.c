// SPDX-License-Identifier: GPL-2.0-or-later
/* What is recorded of a session: from its begin, or from when it is asked for.
 */
#include <errno.h>
#include <string.h>

#include "model/session_private.h"
#include "model/update.h"

int session_record_open(struct tui_session *session, const char *path,
			struct jhcfg_diags *diags)
{
	uint64_t ms = session_now_ms() - session->began_ms;
	int err;

	err = jhcfg_recorder_open(path, session->store->model.target,
				  (session->began_wall_ms + (int64_t)ms) / 1000,
				  &session->recorder);
	if (err)
		jhcfg_diags_add(diags, JHCFG_ERROR, "", path, "",
				err == -EEXIST ? "choose another name, or "
						 "remove it first"
					       : NULL,
				"cannot be recorded to: %s", strerror(-err));
	else
		session->record_ms = ms;
	return err;
}

void session_record_add(struct tui_session *session, uint64_t ms,
			const struct jhcfg_tree *tree)
{
	/* it begins at a whole second */
	int64_t began = session->began_wall_ms + (int64_t)session->record_ms;
	int err = jhcfg_recorder_add(
		session->recorder,
		ms - session->record_ms + (uint64_t)began % 1000, tree);

	if (!err)
		return;
	tui_store_event(session->store, TUI_EVENT_ATTACH, TUI_ERROR, NULL,
			"recording ended: %s", strerror(-err));
	jhcfg_recorder_close(session->recorder);
	session->recorder = NULL;
}

int tui_session_record(struct tui_session *session, const char *path,
		       struct jhcfg_diags *diags)
{
	int err;

	if (session->recording)
		return -EROFS;
	if (session->recorder)
		return -EBUSY;
	err = session_record_open(session, path, diags);
	/* what was read before is to be in it, too */
	if (!err)
		update_configs_again(session->store);
	return err;
}

int tui_session_record_end(struct tui_session *session)
{
	struct jhcfg_recorder *recorder = session->recorder;

	session->recorder = NULL;
	return jhcfg_recorder_close(recorder);
}

bool tui_session_records(const struct tui_session *session)
{
	return session->recorder != NULL;
}
