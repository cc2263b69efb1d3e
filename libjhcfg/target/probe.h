/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is judged, and the judgement. */
#ifndef JHCFG_TARGET_PROBE_H
#define JHCFG_TARGET_PROBE_H

#include <stdbool.h>
#include <stddef.h>

#include <jhcfg/probe.h>

#define PROBE_TEXT 480

/* What the target said: keys and values, a key may come several times. */
struct probe_facts {
	struct probe_fact {
		const char *key, *value;
	} * facts;
	size_t count;
	char *text; /* that they point into */
};

/* The value of the first one; NULL: it was not said. */
const char *probe_fact(const struct probe_facts *facts, const char *key);
/* Some value of this key has @words in it. */
bool probe_fact_has(const struct probe_facts *facts, const char *key,
		    const char *words);

/* A row while it is made. */
struct probe_answer {
	enum jhcfg_probe_state state;
	char found[PROBE_TEXT], advice[PROBE_TEXT];
};

struct probe_question {
	const char *topic, *title;
	void (*judge)(const struct probe_facts *facts,
		      struct probe_answer *answer);
};

/* probe_rows.c: in the order of the answers; ends with a NULL topic. */
extern const struct probe_question probe_questions[];

#endif
