// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/session.h"

#include "model/scenario.h"

struct _JhwSession {
	GObject parent_instance;
	JhwDocument *document;
	JhwSelection *selection;
	JhwChecker *checker;
	JhwLog *log;
	JhwTarget *target;
	char *scenario;
	JhwDeploy *deploy; /* made when somebody asks for it */
};

G_DEFINE_FINAL_TYPE(JhwSession, jhw_session, G_TYPE_OBJECT)

enum {
	SHOW_PAGE,
	NOTICE,
	SCENARIO_CHANGED,
	NUM_SIGNALS
};
static guint signals[NUM_SIGNALS]; /* set once, with the class */

static void jhw_session_dispose(GObject *object)
{
	JhwSession *session = JHW_SESSION(object);

	g_clear_object(&session->deploy);
	g_clear_object(&session->checker);
	g_clear_object(&session->selection);
	g_clear_object(&session->document);
	g_clear_object(&session->log);
	g_clear_object(&session->target);
	g_clear_pointer(&session->scenario, g_free);
	G_OBJECT_CLASS(jhw_session_parent_class)->dispose(object);
}

static void jhw_session_class_init(JhwSessionClass *class)
{
	G_OBJECT_CLASS(class)->dispose = jhw_session_dispose;
	signals[SHOW_PAGE] = g_signal_new("show-page", JHW_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL,
					  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
	signals[NOTICE] = g_signal_new("notice", JHW_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
				       NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
	signals[SCENARIO_CHANGED] =
		g_signal_new("scenario-changed", JHW_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
			     NULL, G_TYPE_NONE, 0);
}

static void jhw_session_init(JhwSession *session)
{
	session->selection = jhw_selection_new();
	session->target = jhw_target_new();
}

void jhw_session_set_target(JhwSession *session, JhwTarget *target)
{
	g_set_object(&session->target, target);
}

JhwDeploy *jhw_session_deploy(JhwSession *session)
{
	if (!session->deploy)
		session->deploy = jhw_deploy_new(session->document, session->target);
	return session->deploy;
}

JhwTarget *jhw_session_target(JhwSession *session)
{
	return session->target;
}

JhwDocument *jhw_session_document(JhwSession *session)
{
	return session->document;
}

JhwSelection *jhw_session_selection(JhwSession *session)
{
	return session->selection;
}

JhwChecker *jhw_session_checker(JhwSession *session)
{
	return session->checker;
}

JhwLog *jhw_session_log(JhwSession *session)
{
	return session->log;
}

const struct jhcfg_workspace *jhw_session_workspace(JhwSession *session)
{
	return jhw_document_workspace(session->document);
}

const char *jhw_session_scenario(JhwSession *session)
{
	return session->scenario;
}

void jhw_session_set_scenario(JhwSession *session, const char *name)
{
	char *copy = g_strdup(name);

	if (g_strcmp0(session->scenario, name) == 0) {
		g_free(copy);
		return;
	}
	g_free(session->scenario);
	session->scenario = copy;
	jhw_checker_set_scenario(session->checker, copy);
	g_signal_emit(session, signals[SCENARIO_CHANGED], 0);
}

/* Deleted, renamed, or not made yet: then it is each of them again. */
static void document_changed(JhwSession *session)
{
	if (session->scenario && !jhw_scenario(jhw_session_workspace(session), session->scenario))
		jhw_session_set_scenario(session, NULL);
}

JhwSession *jhw_session_new(JhwDocument *document, JhwLog *log)
{
	JhwSession *session = g_object_new(JHW_TYPE_SESSION, NULL);

	session->document = g_object_ref(document);
	session->log = g_object_ref(log);
	session->checker = jhw_checker_new(document);
	g_signal_connect_object(document, "changed", G_CALLBACK(document_changed), session,
				G_CONNECT_SWAPPED);
	return session;
}

void jhw_session_go_to(JhwSession *session, const JhwRef *ref)
{
	/* pages that show this kind better come into this table */
	static const char *const pages[] = {
		[JHW_REF_NONE] = "partition", [JHW_REF_CELL] = "partition",
		[JHW_REF_CPU] = "partition",  [JHW_REF_DEVICE] = "partition",
		[JHW_REF_PCI] = "pci",	      [JHW_REF_REGION] = "memory",
		[JHW_REF_RAM] = "memory",     [JHW_REF_LINK] = "links",
		[JHW_REF_IRQ] = "interrupts",
	};

	jhw_selection_set(session->selection, ref);
	g_signal_emit(session, signals[SHOW_PAGE], 0, pages[ref->kind]);
}

void jhw_session_notice(JhwSession *session, const char *format, ...)
{
	g_autofree char *text = NULL;
	va_list args;

	va_start(args, format);
	text = g_strdup_vprintf(format, args);
	va_end(args);
	jhw_log_add(session->log, JHCFG_INFO, "%s", text);
	g_signal_emit(session, signals[NOTICE], 0, text);
}

void jhw_session_complain(JhwSession *session, GError *error)
{
	if (!error)
		return;
	jhw_log_add(session->log, JHCFG_ERROR, "%s", error->message);
	g_signal_emit(session, signals[NOTICE], 0, error->message);
	g_error_free(error);
}
