/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the files of the window share. */
#ifndef JHW_WINDOW_PRIVATE_H
#define JHW_WINDOW_PRIVATE_H

#include "app/window.h"
#include "model/export.h"
#include "model/recovery.h"
#include "model/watch.h"

struct _JhwWindow {
	GtkApplicationWindow parent_instance;
	JhwLog *log;
	JhwTarget *target;
	JhwTargetState target_state; /* the last that was logged */
	JhwSession *session;	     /* NULL: nothing is open */

	/* of the template */
	GtkWidget *title;
	GtkWidget *subtitle;
	GtkWidget *undo_button;
	GtkWidget *redo_button;
	GtkWidget *menu_button;
	GtkWidget *problems_button;
	GtkWidget *problems_count;
	GtkWidget *problems_label;
	GtkWidget *target_button;
	GtkWidget *target_dot;
	GtkWidget *target_name;
	GtkWidget *target_words;
	GtkWidget *deploy_button;
	GtkWidget *cancel_button; /* of loading */
	GtkWidget *views;	  /* "welcome", "loading", "review", "editor" */
	GtkWidget *welcome;
	GtkWidget *review;
	GtkWidget *loading_label;
	GtkWidget *sidebar;
	GtkWidget *pages_switcher;
	GtkWidget *pages;
	GtkWidget *bottom;
	GtkWidget *bottom_switcher;
	GtkWidget *bottom_pages;
	GtkWidget *inspector_place; /* has the two below */
	GtkWidget *inspector;
	GtkWidget *run_side;
	GtkWidget *toast;
	guint toast_timeout;
	guint traced_problems; /* errors and warnings that were told last */
	GtkWindow *question;   /* of the target; NULL: none */
	/* of an export that needs to be told more */
	GtkWindow *export_question;
	char *export_path;
	JhwExportFlags export_flags;

	GtkWindow *import_question; /* NULL: it is not open */
	JhwDocument *reviewed;	    /* what may become a project, NULL: nothing */
	JhwRecovery *recovery;
	JhwWatch *watch;
	GtkWidget *banners;

	GCancellable *loading;
	gboolean save_again;	   /* what changed while it was saved, too */
	gboolean close_when_saved; /* somebody chose that */
	gboolean close_confirmed;
};

/* window_actions.c */
void jhw_window_install_actions(GtkWidgetClass *class);
void jhw_window_update_actions(JhwWindow *window);
void jhw_window_import_target(JhwWindow *window, const char *name);
/* window_header.c: follows the session */
void jhw_window_update_header(JhwWindow *window);
/* window_files.c */
void jhw_window_choose_file(JhwWindow *window);
void jhw_window_save(JhwWindow *window, gboolean elsewhere);
void jhw_window_export(JhwWindow *window);
void jhw_window_export_to(JhwWindow *window, const char *path);
void jhw_window_open_recording(JhwWindow *window);
/* FALSE: there is something to lose, and somebody was asked. */
gboolean jhw_window_may_close(JhwWindow *window);
/* window_guard.c: keeps what is typed from being lost */
void jhw_window_guard(JhwWindow *window, JhwDocument *document);
void jhw_window_unguard(JhwWindow *window);
/* Offers what a crash left of this project, or of those that had no file yet. */
void jhw_window_offer_lost_work(JhwWindow *window, const char *path);
/* window_review.c: of what is no project yet; @path: what was opened */
void jhw_window_review(JhwWindow *window, JhwDocument *document, const char *path,
		       const struct jhcfg_diags *diags);
void jhw_window_accept(JhwWindow *window);
void jhw_window_decline(JhwWindow *window);
/* window_target.c: has the window follow its target */
void jhw_window_follow_target(JhwWindow *window);
void jhw_window_choose_target(JhwWindow *window);
/* The menu of them in the header. */
void jhw_window_show_targets(JhwWindow *window);
void jhw_window_choose_import(JhwWindow *window);
/* Plans, or has somebody choose a target first. */
void jhw_window_deploy(JhwWindow *window);
/* window_picture.c */
void jhw_window_save_picture(JhwWindow *window);
void jhw_window_print(JhwWindow *window);
/* window_notice.c */
void jhw_window_add_banner(JhwWindow *window, GtkWidget *banner);
void jhw_window_notice(JhwWindow *window, const char *text);
void jhw_window_complain(JhwWindow *window, GError *error);

#endif
