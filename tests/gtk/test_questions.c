// SPDX-License-Identifier: GPL-2.0-or-later
/* What a window asks while it connects to a real SSH server, in windows of its
 * own, and what comes of each answer. */
#include "cmocka_all.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

#include "app/application.h"
#include "app/window_private.h"
#include "sshd.h"
#include "widget_fixture.h"

/* "secret" by crypt(3) */
#define SECRET                                                                                     \
	"$6$ab$2lDVylRMp48hlYZZFOCx/xnhJEsGPynJ17rt2um9Gb8wX6ygI4uDxg3Bg43pp/"                     \
	"Hv397hwWfT8mciHws9eE4sR/"

static struct sshd sshd;
static JhwWindow *window;

/* Runs a shell command in the server's folder, which must succeed. */
__attribute__((format(printf, 1, 2))) static void sh(const char *format, ...)
{
	g_autofree char *command = NULL, *line = NULL;
	va_list args;

	va_start(args, format);
	command = g_strdup_vprintf(format, args);
	va_end(args);
	line = g_strdup_printf("cd %s && %s", sshd.folder, command);
	assert_int_equal(system(line), 0);
}

static int start(void **state)
{
	(void)state;
	sshd_start(&sshd, SSHD_OPENSSH);
	setenv("JAILHOUSE_SSH_CONFIG", sshd.config, 1);
	window = jhw_window_new(GTK_APPLICATION(g_application_get_default()));
	fixture_show(GTK_WIDGET(window));
	return 0;
}

static int stop(void **state)
{
	(void)state;
	gtk_window_destroy(GTK_WINDOW(window));
	while (g_main_context_pending(NULL))
		g_main_context_iteration(NULL, FALSE);
	sshd_stop(&sshd);
	return 0;
}

/* --- what is seen, and done --------------------------------------------------- */

/* Up to a question, or to where there is none. */
static void wait_for_outcome(void)
{
	while (!window->question && !jhw_target_is_ready(window->target) &&
	       jhw_target_state(window->target) != JHW_TARGET_LOST)
		g_main_context_iteration(NULL, TRUE);
}

static void connect_window(void)
{
	jhw_window_connect(window, "ssh://fixture");
	wait_for_outcome();
}

static gboolean has_text(GtkWidget *widget, gconstpointer part)
{
	return GTK_IS_LABEL(widget) && strstr(gtk_label_get_text(GTK_LABEL(widget)), part);
}

static gboolean is_button(GtkWidget *widget, gconstpointer label)
{
	return GTK_IS_BUTTON(widget) && !g_strcmp0(gtk_button_get_label(GTK_BUTTON(widget)), label);
}

static gboolean is_secret(GtkWidget *widget, gconstpointer data)
{
	(void)data;
	return GTK_IS_PASSWORD_ENTRY(widget);
}

static void expect_question(const char *part)
{
	if (!window->question)
		fail_msg("not asked: %s", jhw_target_reason(window->target));
	assert_string_equal(gtk_window_get_title(window->question), "ssh://fixture");
	assert_true(gtk_window_get_modal(window->question));
	if (!fixture_find(GTK_WIDGET(window->question), has_text, part))
		fail_msg("the question does not say \"%s\"", part);
	assert_string_equal(gtk_label_get_text(GTK_LABEL(window->target_words)),
			    "waits for an answer");
}

static void press(const char *label)
{
	GtkWidget *button = fixture_find(GTK_WIDGET(window->question), is_button, label);

	assert_non_null(button);
	g_signal_emit_by_name(button, "clicked");
}

/* The header says that there is no connection, and why. */
static void expect_lost(const char *part)
{
	const char *tip = gtk_widget_get_tooltip_text(window->target_button);

	assert_int_equal(jhw_target_state(window->target), JHW_TARGET_LOST);
	assert_null(window->question);
	assert_string_equal(gtk_label_get_text(GTK_LABEL(window->target_words)), "not connected");
	if (!strstr(tip, part))
		fail_msg("\"%s\" is not in: %s", part, tip);
}

/* --- the host's key ----------------------------------------------------------- */

static void test_unknown_host_is_asked_about_once(void **state)
{
	g_autofree char *shown = NULL;
	char print[128] = "";
	FILE *pipe;

	(void)state;
	sh(": >known");
	connect_window();
	shown = g_strdup_printf("ssh-keygen -lf %s/host.pub | cut -d' ' -f2", sshd.folder);
	pipe = popen(shown, "r");
	assert_non_null(pipe);
	assert_non_null(fgets(print, sizeof(print), pipe));
	pclose(pipe);
	/* what one compares is the server's own */
	expect_question(g_strchomp(print));
	press("_Trust and Connect");
	assert_null(window->question);
	wait_for_outcome();
	assert_true(jhw_target_is_ready(window->target));
	jhw_target_close(window->target);

	connect_window();
	assert_null(window->question);
	assert_true(jhw_target_is_ready(window->target));
}

static void test_host_that_is_not_trusted_is_left(void **state)
{
	(void)state;
	sh(": >known");
	connect_window();
	expect_question("is not known yet");
	press("_Cancel");
	wait_for_outcome();
	expect_lost("the host is not trusted");
	sh("[ ! -s known ]");
	/* it is asked again, and closing the window is no answer, too */
	connect_window();
	expect_question("is not known yet");
	gtk_window_close(window->question);
	wait_for_outcome();
	expect_lost("the host is not trusted");
}

static void test_another_target_takes_the_question_away(void **state)
{
	(void)state;
	sh(": >known");
	connect_window();
	expect_question("is not known yet");
	jhw_window_connect(window, "local");
	assert_null(window->question);
	assert_true(jhw_target_is_ready(window->target));
}

/* What the message says to type, from "ssh-keygen" up to a semicolon. */
static void take_remedy(void)
{
	const char *from = strstr(jhw_target_reason(window->target), "ssh-keygen");

	assert_non_null(from);
	sh("{ %.*s; } >keygen.log 2>&1 || { cat keygen.log >&2; false; }", (int)strcspn(from, ";"),
	   from);
}

static void test_changed_key_is_refused_and_can_be_repaired(void **state)
{
	(void)state;
	sshd_change_key(&sshd);
	connect_window();
	assert_null(window->question);
	expect_lost("its host key has changed");
	take_remedy();
	connect_window();
	expect_question("is not known yet");
	press("_Trust and Connect");
	wait_for_outcome();
	assert_true(jhw_target_is_ready(window->target));
}

/* --- a password --------------------------------------------------------------- */

static void know_the_secret(const struct sshd *server)
{
	g_autofree char *shadow = g_build_filename(server->folder, "shadow", NULL);

	if (mount(shadow, "/etc/shadow", NULL, MS_BIND, NULL))
		_exit(127);
}

/* Nobody's key is let in; root has a password, for this server. */
static void ask_for_password(void)
{
	if (geteuid()) {
		print_message("skipped: a password is given by root\n");
		skip();
	}
	sh("echo 'root:%s:19000:0:99999:7:::' >shadow && : >authorized_keys && "
	   "sed -i 's/^PasswordAuthentication.*/PasswordAuthentication yes/; "
	   "s/^PermitRootLogin.*/PermitRootLogin yes/' sshd_config",
	   SECRET);
	sshd_prepare(&sshd, know_the_secret);
}

static void type(const char *password)
{
	GtkWidget *entry = fixture_find(GTK_WIDGET(window->question), is_secret, NULL);

	assert_non_null(entry);
	gtk_editable_set_text(GTK_EDITABLE(entry), password);
	press("_Connect");
	wait_for_outcome();
}

static void test_password_is_asked_for_until_it_is_right(void **state)
{
	(void)state;
	ask_for_password();
	connect_window();
	expect_question("Password for fixture");
	type("wrong");
	expect_question("Password for fixture");
	type("secret");
	if (!jhw_target_is_ready(window->target))
		fail_msg("%s", jhw_target_reason(window->target));
}

static void test_wrong_passwords_come_to_an_end(void **state)
{
	(void)state;
	ask_for_password();
	connect_window();
	for (int n = 0; n < 3; n++) {
		expect_question("Password for fixture");
		type("wrong");
	}
	expect_lost("it does not let us in");
	connect_window();
	expect_question("Password for fixture");
	press("_Cancel");
	wait_for_outcome();
	expect_lost("it does not let us in");
}

/* Somebody who comes back finds no question that nobody asks any more. */
static void test_closed_window_answers_nothing(void **state)
{
	(void)state;
	sh(": >known");
	connect_window();
	expect_question("is not known yet");
	/* stop() closes it with its question */
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, start, stop)
	const struct CMUnitTest tests[] = {
		CASE(test_unknown_host_is_asked_about_once),
		CASE(test_host_that_is_not_trusted_is_left),
		CASE(test_another_target_takes_the_question_away),
		CASE(test_changed_key_is_refused_and_can_be_repaired),
		CASE(test_password_is_asked_for_until_it_is_right),
		CASE(test_wrong_passwords_come_to_an_end),
		CASE(test_closed_window_answers_nothing),
	};
	g_autoptr(JhwApplication) application = NULL;

	if (!gtk_init_check() || !sshd_is_installed(SSHD_OPENSSH)) {
		print_message("no display, or no OpenSSH server here\n");
		return 77;
	}
	application = jhw_application_new();
	if (!g_application_register(G_APPLICATION(application), NULL, NULL))
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
