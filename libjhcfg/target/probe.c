// SPDX-License-Identifier: LGPL-2.1-or-later
/* The look at a target: what it says, as lines of a key and a value. */
#include "target/probe.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "util/plain.h"

#define MAX_OUTPUT 65536

/*
 * Prints "KEY VALUE" lines. Nothing is written there, and what is not there is
 * not said. Values come from files that anybody may have made: they are text.
 */
static const char script[] =
	"PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin\n"
	"say() { [ -z \"$2\" ] || printf '%s %s\\n' \"$1\" \"$2\"; }\n"
	"first() { head -n 1 \"$1\" 2>/dev/null; }\n"
	"say machine \"$(uname -m)\"\n"
	"say release \"$(uname -r)\"\n"
	"say cmdline \"$(first /proc/cmdline)\"\n"
	"say user \"$(id -un)\"\n"
	"b=none\n"
	"if [ \"$(id -u)\" = 0 ]; then b=root\n"
	"elif sudo -n true; then b=sudo\n"
	"elif doas -n true; then b=doas; fi 2>/dev/null\n"
	"say rights $b\n"
	"as() { case $b in sudo) sudo -n -- \"$@\";; doas) doas -n \"$@\";;"
	" *) \"$@\";; esac 2>/dev/null; }\n"
	"say tool \"$(command -v jailhouse)\"\n"
	"say version \"$(jailhouse --version 2>/dev/null | head -n 1)\"\n"
	"d=/sys/devices/jailhouse\n"
	"if [ -d $d ]; then say driver loaded\n"
	"say enabled \"$(first $d/enabled)\"\n"
	"say module \"$(first /sys/module/jailhouse/version)\"\n"
	"say cells \"$(ls $d/cells 2>/dev/null | wc -l)\"\n"
	"say revision \"$(as dd if=$d/config bs=1 skip=6 count=2 | od -An -tu2"
	" | tr -d ' ')\"\n"
	"else for k in /lib/modules/$(uname -r)/*/jailhouse.ko"
	" /lib/modules/$(uname -r)/updates/dkms/jailhouse.ko; do\n"
	"[ ! -f \"$k\" ] || say driver \"$k\"; done; fi\n"
	"for f in /lib/firmware/jailhouse*.bin; do\n"
	"[ ! -f \"$f\" ] || say firmware \"$f\"; done\n"
	"[ ! -e /dev/kvm ] || say kvm there\n"
	"say flag \"$(grep -m 1 -o -w -e vmx -e svm /proc/cpuinfo "
	"2>/dev/null | head -n 1)\"\n"
	"as dmesg | grep -e 'started at EL' -e 'started in HYP'"
	" -e 'Host Extensions' -e 'disabled by BIOS' -e 'disabled (by BIOS)' |"
	" head -n 8 | while read -r l; do say log \"$l\"; done\n"
	"say cpus \"$(first /sys/devices/system/cpu/online)\"\n"
	"say offline \"$(first /sys/devices/system/cpu/offline)\"\n"
	"say reserved \"$(ls /proc/device-tree/reserved-memory 2>/dev/null |"
	" grep -c @)\"\n"
	"m=; for t in cat chmod head mv od rm sha256sum sync; do\n"
	"command -v $t >/dev/null || m=\"$m $t\"; done\n"
	"say missing \"${m# }\"\n"
	"say space \"$(df -Pk /tmp 2>/dev/null | tail -n 1 |"
	" { read -r x x x a x; echo \"$a\"; })\"\n"
	"say end here\n";

const char *const *jhcfg_probe_command(void)
{
	static const char *const argv[] = { "sh", "-c", script, NULL };

	return argv;
}

/* --- facts ---------------------------------------------------------------- */

const char *probe_fact(const struct probe_facts *facts, const char *key)
{
	for (size_t n = 0; n < facts->count; n++) {
		if (!strcmp(facts->facts[n].key, key))
			return facts->facts[n].value;
	}
	return NULL;
}

bool probe_fact_has(const struct probe_facts *facts, const char *key,
		    const char *words)
{
	for (size_t n = 0; n < facts->count; n++) {
		if (!strcmp(facts->facts[n].key, key) &&
		    strstr(facts->facts[n].value, words))
			return true;
	}
	return false;
}

/* Takes over @text, which is freed in any case. */
static int parse_facts(char *text, size_t size, struct probe_facts *facts)
{
	size_t lines = 1;

	jhcfg_make_plain(text, size, "\n", '?');
	for (size_t n = 0; n < size; n++)
		lines += text[n] == '\n';
	*facts = (struct probe_facts){
		.facts = calloc(lines, sizeof(*facts->facts)),
		.text = text,
	};
	if (!facts->facts) {
		free(text);
		return -ENOMEM;
	}
	while (*text) {
		char *line = strsep(&text, "\n"), *value = strchr(line, ' ');

		if (value) {
			*value++ = 0;
			facts->facts[facts->count].key = line;
			facts->facts[facts->count++].value = value;
		}
		if (!text)
			break;
	}
	return 0;
}

static void free_facts(struct probe_facts *facts)
{
	free(facts->facts);
	free(facts->text);
}

/* --- answers -------------------------------------------------------------- */

struct jhcfg_probe {
	size_t count;
	struct jhcfg_probe_row *rows;
	struct probe_answer *answers;
};

static int judge(const struct probe_facts *facts, struct jhcfg_probe **probe)
{
	struct jhcfg_probe *new = calloc(1, sizeof(*new));
	size_t count = 0;

	while (probe_questions[count].topic)
		count++;
	if (new) {
		new->rows = calloc(count, sizeof(*new->rows));
		new->answers = calloc(count, sizeof(*new->answers));
	}
	if (!new || !new->rows || !new->answers) {
		jhcfg_probe_free(new);
		return -ENOMEM;
	}
	new->count = count;
	for (size_t n = 0; n < count; n++) {
		const struct probe_question *question = &probe_questions[n];
		struct probe_answer *answer = &new->answers[n];

		question->judge(facts, answer);
		new->rows[n] = (struct jhcfg_probe_row){
			.topic = question->topic,
			.title = question->title,
			.state = answer->state,
			.found = answer->found,
			.advice = answer->advice,
		};
	}
	*probe = new;
	return 0;
}

int jhcfg_probe_parse(const char *output, size_t size,
		      struct jhcfg_probe **probe)
{
	struct probe_facts facts;
	char *copy = strndup(output, size);
	int err = copy ? parse_facts(copy, strlen(copy), &facts) : -ENOMEM;

	if (err)
		return err;
	err = judge(&facts, probe);
	free_facts(&facts);
	return err;
}

void jhcfg_probe_free(struct jhcfg_probe *probe)
{
	if (!probe)
		return;
	free(probe->rows);
	free(probe->answers);
	free(probe);
}

const struct jhcfg_probe_row *jhcfg_probe_at(const struct jhcfg_probe *probe,
					     size_t index)
{
	return index < probe->count ? &probe->rows[index] : NULL;
}

const struct jhcfg_probe_row *jhcfg_probe_find(const struct jhcfg_probe *probe,
					       const char *topic)
{
	for (size_t n = 0; n < probe->count; n++) {
		if (!strcmp(probe->rows[n].topic, topic))
			return &probe->rows[n];
	}
	return NULL;
}

const char *jhcfg_probe_state_name(enum jhcfg_probe_state state)
{
	static const char *const names[] = {
		[JHCFG_PROBE_OK] = "ok",
		[JHCFG_PROBE_ADVICE] = "advice",
		[JHCFG_PROBE_PROBLEM] = "problem",
		[JHCFG_PROBE_UNKNOWN] = "unknown",
	};

	return names[state];
}

/* --- a recording ---------------------------------------------------------- */

/* Nothing runs there: what files say. */
static const struct {
	const char *key, *path;
} recorded[] = {
	{ "machine", "/proc/sys/kernel/arch" },
	{ "release", "/proc/sys/kernel/osrelease" },
	{ "kernel", "/proc/version" },
	{ "cmdline", "/proc/cmdline" },
	{ "enabled", "/sys/devices/jailhouse/enabled" },
	{ "module", "/sys/module/jailhouse/version" },
	{ "cpus", "/sys/devices/system/cpu/online" },
};

static int read_recorded(struct jhcfg_target *target, char **text, size_t *size)
{
	FILE *out = open_memstream(text, size);

	if (!out)
		return -ENOMEM;
	for (size_t n = 0; n < sizeof(recorded) / sizeof(*recorded); n++) {
		size_t length;
		void *data;

		if (jhcfg_target_read(target, recorded[n].path, MAX_OUTPUT,
				      &data, &length))
			continue;
		fprintf(out, "%s %.*s\n", recorded[n].key,
			(int)strcspn(data, "\n"), (char *)data);
		if (!strcmp(recorded[n].key, "enabled"))
			fputs("driver loaded\n", out);
		free(data);
	}
	fputs("recorded yes\n", out);
	if (!fclose(out))
		return 0;
	free(*text);
	return -ENOMEM;
}

static int read_running(struct jhcfg_target *target, struct jhcfg_diags *diags,
			char **text, size_t *size)
{
	const char *name = jhcfg_target_name(target);
	struct jhcfg_result result;
	int err = jhcfg_target_exec(target, jhcfg_probe_command(), NULL, 0,
				    MAX_OUTPUT, 0, &result);

	if (err) {
		jhcfg_diags_add(diags, JHCFG_ERROR, "", name, "", NULL,
				"cannot be looked at: %s", strerror(-err));
		return err;
	}
	if (!strstr(result.output, "end here")) {
		jhcfg_diags_add(diags, JHCFG_ERROR, "", name, "",
				"it needs a POSIX shell",
				"its shell gave no answer that makes sense: %s",
				result.errors);
		jhcfg_result_clear(&result);
		return -EIO;
	}
	*text = result.output;
	*size = result.output_size;
	free(result.errors);
	return 0;
}

int jhcfg_probe_run(struct jhcfg_target *target, struct jhcfg_diags *diags,
		    struct jhcfg_probe **probe)
{
	char *text;
	size_t size;
	int err;

	if (jhcfg_target_kind(target) == JHCFG_TARGET_RECORDED)
		err = read_recorded(target, &text, &size);
	else
		err = read_running(target, diags, &text, &size);
	if (err)
		return err;
	err = jhcfg_probe_parse(text, size, probe);
	free(text);
	return err;
}
