// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/shortcuts.h"

#include "model/text.h"

typedef struct {
	const char *action; /* NULL: a page or a widget has it by itself */
	const char *keys[3];
	const char *title;
} Shortcut;

typedef struct {
	const char *title;
	const Shortcut *shortcuts;
	guint count;
} Group;

/* clang-format off */
static const Shortcut projects[] = {
	{ "win.open",         { "<Control>o" },        N_("Open") },
	{ "win.save",         { "<Control>s" },        N_("Save") },
	{ "win.save-as",      { "<Control><Shift>s" }, N_("Save as") },
	{ "win.export",       { "<Control>e" },        N_("Export to a folder") },
	{ "win.save-picture", { "<Control><Shift>e" }, N_("Save a picture of the page") },
	{ "win.print",        { "<Control><Shift>p" }, N_("Print") },
	{ "win.deploy",       { "<Control>d" },        N_("Deploy to the target") },
};

static const Shortcut changes[] = {
	{ "win.undo",     { "<Control>z" },                      N_("Undo") },
	{ "win.redo",     { "<Control><Shift>z", "<Control>y" }, N_("Redo") },
	{ "win.new-cell", { "<Control><Shift>n" },               N_("New cell") },
	{ NULL,           { "Menu", "<Shift>F10" },              N_("What can be done with a chip or a cell") },
	{ NULL,           { "space" },                           N_("Select a chip or a cell") },
	{ NULL,           { "<Control>space" },                  N_("Add to the selection") },
	{ NULL,           { "Escape" },                          N_("End a drag without a drop") },
};

static const Shortcut views[] = {
	{ "win.show-problems",  { "<Control>p" }, N_("Problems and log") },
	{ NULL,                 { "plus" },       N_("Zoom in (Memory)") },
	{ NULL,                 { "minus" },      N_("Zoom out (Memory)") },
	{ NULL,                 { "0" },          N_("All of it (Memory)") },
	{ "app.new-window",     { "<Control>n" }, N_("New window") },
	{ "app.preferences",    { "<Control>comma" }, N_("Preferences") },
	{ "app.shortcuts",      { "<Control>question" }, N_("Keyboard shortcuts") },
	{ "window.close",       { "<Control>w" }, N_("Close the window") },
	{ "app.quit",           { "<Control>q" }, N_("Quit") },
};

static const Group groups[] = {
	{ N_("Project"), projects, G_N_ELEMENTS(projects) },
	{ N_("Changes"), changes,  G_N_ELEMENTS(changes) },
	{ N_("View"),    views,    G_N_ELEMENTS(views) },
};
/* clang-format on */

void jhw_shortcuts_install(GtkApplication *application)
{
	for (guint n = 0; n < G_N_ELEMENTS(groups); n++)
		for (guint m = 0; m < groups[n].count; m++) {
			const Shortcut *shortcut = &groups[n].shortcuts[m];

			if (shortcut->action)
				gtk_application_set_accels_for_action(application, shortcut->action,
								      shortcut->keys);
		}
}

/* --- the window ------------------------------------------------------------------ */

static void add_property(GString *text, const char *name, const char *value)
{
	g_autofree char *escaped = g_markup_escape_text(value, -1);

	g_string_append_printf(text, "<property name=\"%s\">%s</property>", name, escaped);
}

static void add_shortcut(GString *text, const Shortcut *shortcut)
{
	g_autofree char *keys = g_strjoinv(" ", (char **)(uintptr_t)shortcut->keys);

	g_string_append(text, "<child><object class=\"GtkShortcutsShortcut\">");
	add_property(text, "title", jhw_said(shortcut->title));
	add_property(text, "accelerator", keys);
	g_string_append(text, "</object></child>");
}

/* GTK 4.8 builds such windows from descriptions only. */
static char *describe(void)
{
	GString *text =
		g_string_new("<interface><object class=\"GtkShortcutsWindow\" id=\"window\">"
			     "<child><object class=\"GtkShortcutsSection\">"
			     "<property name=\"section-name\">all</property>");

	for (guint n = 0; n < G_N_ELEMENTS(groups); n++) {
		g_string_append(text, "<child><object class=\"GtkShortcutsGroup\">");
		add_property(text, "title", jhw_said(groups[n].title));
		for (guint m = 0; m < groups[n].count; m++)
			add_shortcut(text, &groups[n].shortcuts[m]);
		g_string_append(text, "</object></child>");
	}
	g_string_append(text, "</object></child></object></interface>");
	return g_string_free(text, FALSE);
}

GtkWidget *jhw_shortcuts_window_new(void)
{
	g_autofree char *description = describe();
	g_autoptr(GtkBuilder) builder = gtk_builder_new_from_string(description, -1);

	return GTK_WIDGET(g_object_ref(gtk_builder_get_object(builder, "window")));
}
