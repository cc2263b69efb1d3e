// SPDX-License-Identifier: LGPL-2.1-or-later
#include <jhcfg/follow.h>

#include <stdio.h>

/* Becomes root where that can be had; else the file has to be readable. */
static const char as_root[] =
	"[ \"$(id -u)\" = 0 ] && exec \"$@\"\n"
	"sudo -n true 2>/dev/null && exec sudo -n -- \"$@\"\n"
	"doas -n true 2>/dev/null && exec doas -n \"$@\"\n"
	"exec \"$@\"\n";

/* Exit codes of the scripts, which have the file as $1 */
enum {
	SCRIPT_UNREADABLE = 41,
	SCRIPT_GONE = 42,
	SCRIPT_NO_TTY = 43,
	SCRIPT_NO_CONSOLE = 44,
};

/*
 * The scripts end when their input does: who has lost the connection has no
 * other way to end them. @use is what is done with the input before.
 */
#define UNTIL_INPUT_ENDS(use)                                                  \
	"me=$$; { cat >" use "; kill $me; } <&3 2>/dev/null &\n"               \
	"trap 'exit 0' TERM HUP\n"
#define BEGIN                                                                  \
	"[ -r \"$1\" ] || exit 41; exec 3<&0 4<\"$1\"\n" UNTIL_INPUT_ENDS(     \
		"/dev/null")

/* A file of sysfs that grows; it cannot be waited for, only looked at. $2:
 * where to begin */
static const char follow_script[] =
	BEGIN "dd bs=1 skip=\"$2\" count=0 <&4 2>/dev/null\n"
	      "while [ -e \"$1\" ]; do cat <&4 2>/dev/null || break\n"
	      "sleep 0.1 2>/dev/null || sleep 1; done\n"
	      "[ -e \"$1\" ] || exit 42; exit 44\n";

/* A device, which is waited for. */
#define WAIT_FOR_DEVICE                                                        \
	"cat <&4 & c=$!; trap 'kill $c 2>/dev/null' EXIT; wait $c\n"
static const char device_script[] = BEGIN WAIT_FOR_DEVICE;

/* $2: speed. Input goes out where the line takes any. */
static const char tty_script[] =
	"[ -r \"$1\" ] || exit 41; exec 3<&0\n"
	"if [ -w \"$1\" ]; then exec 4<>\"$1\"; else exec 4<\"$1\"; fi\n"
	"stty raw -echo \"$2\" <&4 || exit 43\n" UNTIL_INPUT_ENDS("&4")
		WAIT_FOR_DEVICE;

static void set_words(struct jhcfg_follow *follow, const char *script,
		      const char *path, const char *more)
{
	const char *const words[] = { "sh",   "-c", as_root, "sh", "sh", "-c",
				      script, "sh", path,    more, NULL };

	for (size_t n = 0; n < sizeof(words) / sizeof(*words); n++)
		follow->argv[n] = words[n];
}

void jhcfg_follow_hypervisor(struct jhcfg_follow *follow)
{
	set_words(follow, device_script, "/dev/jailhouse", NULL);
}

void jhcfg_follow_cell(struct jhcfg_follow *follow, unsigned int id,
		       uint64_t offset)
{
	snprintf(follow->path, sizeof(follow->path),
		 "/sys/devices/jailhouse/cells/%u/console", id);
	snprintf(follow->offset, sizeof(follow->offset), "%llu",
		 (unsigned long long)offset);
	set_words(follow, follow_script, follow->path, follow->offset);
}

void jhcfg_follow_tty(struct jhcfg_follow *follow, const char *path,
		      const char *speed)
{
	set_words(follow, tty_script, path, speed);
}

const char *jhcfg_follow_end(const struct jhcfg_job_end *end)
{
	static const struct {
		int status;
		const char *text;
	} ends[] = {
		{ SCRIPT_UNREADABLE, "it cannot be opened; is the hypervisor "
				     "enabled, and does the user have the "
				     "rights of root?" },
		{ SCRIPT_GONE, "the cell is gone" },
		{ SCRIPT_NO_CONSOLE,
		  "it has no virtual console (flag VIRTUAL_CONSOLE_PERMITTED); "
		  "follow its UART instead" },
		{ SCRIPT_NO_TTY, "it is no terminal line, or has no such "
				 "speed" },
	};

	for (size_t n = 0; n < sizeof(ends) / sizeof(*ends); n++) {
		if (ends[n].status == end->status)
			return ends[n].text;
	}
	return end->status ? "the command there failed" : NULL;
}
