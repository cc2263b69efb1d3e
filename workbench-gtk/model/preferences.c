// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/preferences.h"

#include <errno.h>

#include "model/text.h"

#define GROUP "workbench"

#define MAX_CHOICES 4

/* clang-format off */
static const struct {
	const char *key, *title;
	JhwPreferenceChoice choices[MAX_CHOICES + 1]; /* the first one unless another is kept */
} table[JHW_NUM_PREFERENCES] = {
	[JHW_PREFERENCE_THEME] = { "theme", N_("Appearance"),
		{ { 0, N_("As the desktop") }, { 1, N_("Light") }, { 2, N_("Dark") } } },
	[JHW_PREFERENCE_COPIES] = { "copies", N_("Copies for recovery"),
		{ { 2, N_("2 seconds after a change") }, { 10, N_("10 seconds after a change") },
		  { 60, N_("A minute after a change") } } },
	[JHW_PREFERENCE_SNAP] = { "snap", N_("Edges of memory"),
		{ { 1, N_("Snap to 4 KiB, 64 KiB or 2 MiB") }, { 0, N_("Snap to 4 KiB only") } } },
	[JHW_PREFERENCE_ADDRESSES] = { "addresses", N_("Addresses"),
		{ { 16, N_("Hexadecimal: 0x40000000") }, { 10, N_("Decimal: 1073741824") } } },
	[JHW_PREFERENCE_INTERRUPTS] = { "interrupts", N_("Interrupts"),
		{ { 10, N_("Decimal: 33") }, { 16, N_("Hexadecimal: 0x21") } } },
};
/* clang-format on */

/* Of the main thread. */
static int values[JHW_NUM_PREFERENCES];
static gboolean loaded;
static GHookList followers;

static char *file_name(void)
{
	return g_build_filename(g_get_user_config_dir(), "jailhouse-workbench", "preferences.ini",
				NULL);
}

const char *jhw_preference_title(JhwPreference which)
{
	return table[which].title;
}

const JhwPreferenceChoice *jhw_preference_choices(JhwPreference which)
{
	return table[which].choices;
}

static gboolean is_choice(JhwPreference which, int value)
{
	for (const JhwPreferenceChoice *choice = table[which].choices; choice->label; choice++)
		if (choice->value == value)
			return TRUE;
	return FALSE;
}

/* What the file does not say, or nobody could have chosen, is as it comes. */
void jhw_preferences_load(void)
{
	g_autoptr(GKeyFile) file = g_key_file_new();
	g_autofree char *path = file_name();

	g_key_file_load_from_file(file, path, G_KEY_FILE_NONE, NULL);
	for (guint n = 0; n < JHW_NUM_PREFERENCES; n++) {
		g_autoptr(GError) error = NULL;
		int value = g_key_file_get_integer(file, GROUP, table[n].key, &error);

		values[n] = !error && is_choice(n, value) ? value : table[n].choices[0].value;
	}
	loaded = TRUE;
}

int jhw_preference(JhwPreference which)
{
	if (!loaded)
		jhw_preferences_load();
	return values[which];
}

guint jhw_preferences_follow(void (*changed)(gpointer data), gpointer data)
{
	GHook *hook;

	if (!followers.is_setup)
		g_hook_list_init(&followers, sizeof(GHook));
	hook = g_hook_alloc(&followers);
	hook->func = (gpointer)changed;
	hook->data = data;
	g_hook_append(&followers, hook);
	return (guint)hook->hook_id;
}

void jhw_preferences_leave(guint follower)
{
	g_hook_destroy(&followers, follower);
}

static void tell(void)
{
	if (followers.is_setup)
		g_hook_list_invoke(&followers, FALSE);
}

gboolean jhw_preference_set(JhwPreference which, int value, GError **error)
{
	g_autoptr(GKeyFile) file = g_key_file_new();
	g_autofree char *path = file_name(), *folder = g_path_get_dirname(path);

	g_return_val_if_fail(is_choice(which, value), FALSE);
	if (jhw_preference(which) == value)
		return TRUE;
	values[which] = value;
	tell();
	g_key_file_load_from_file(file, path, G_KEY_FILE_KEEP_COMMENTS, NULL);
	for (guint n = 0; n < JHW_NUM_PREFERENCES; n++)
		g_key_file_set_integer(file, GROUP, table[n].key, values[n]);
	if (g_mkdir_with_parents(folder, 0700)) {
		g_set_error(error, G_FILE_ERROR, (gint)g_file_error_from_errno(errno),
			    _("%s cannot be made: %s"), folder, g_strerror(errno));
		return FALSE;
	}
	return g_key_file_save_to_file(file, path, error);
}
