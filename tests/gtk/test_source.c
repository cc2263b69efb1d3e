// SPDX-License-Identifier: GPL-2.0-or-later
/* The texts of a project, and what is coloured in them. */
#include "cmocka_all.h"

#include "gtk_fixture.h"
#include "model/sources.h"
#include "pages/source/syntax.h"

#define BOARD "arm64/zynqmp-zcu102"

static const struct jhw_source_form *form(const char *title)
{
	const struct jhw_source_form *found;

	for (guint n = 0; (found = jhw_source_form_at(n)); n++)
		if (g_str_equal(found->title, title))
			return found;
	fail_msg("no form \"%s\"", title);
	return NULL;
}

static void assert_has(JhwDocument *document, const char *title, uint32_t cell, const char *text)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *made = form(title)->make(jhw_document_workspace(document), cell, &error);

	if (!made)
		fail_msg("%s", error->message);
	assert_non_null(strstr(made, text));
}

static void test_source_forms_say_what_the_project_says(void **state)
{
	g_autoptr(JhwDocument) document = fixture_board(BOARD);
	uint32_t cell = fixture_cell(document, "inmate-demo");

	(void)state;
	assert_has(document, "C source", cell, "\"inmate-demo\"");
	assert_has(document, "JSON", cell, "\"name\": \"inmate-demo\"");
	assert_has(document, "Overlay for the root", 0, "/dts-v1/");
	assert_has(document, "Report", 0, "inmate-demo");
	assert_has(document, "Device tree for Linux", fixture_cell(document, "linux-demo"),
		   "/dts-v1/");
}

static void test_source_of_a_cell_that_cannot_run_linux_says_why(void **state)
{
	g_autoptr(JhwDocument) document = fixture_board(BOARD);
	g_autoptr(GError) error = NULL;

	(void)state;
	assert_null(form("Device tree for Linux")
			    ->make(jhw_document_workspace(document), 9999, &error));
	assert_non_null(error);
}

/* --- syntax ------------------------------------------------------------------ */

/* Each span as its kind's letter with its text. */
static char *spans_of(enum jhw_syntax syntax, const char *text)
{
	static const char letters[] = "csnk#";
	GString *spans = g_string_new(NULL);
	struct jhw_span span;
	size_t at = 0;

	while (jhw_syntax_next(syntax, text, at, &span)) {
		assert_true(span.start >= at && span.end > span.start && span.end <= strlen(text));
		g_string_append_printf(spans, "%c<%.*s>", letters[span.token],
				       (int)(span.end - span.start), text + span.start);
		at = span.end;
	}
	return g_string_free(spans, FALSE);
}

static void assert_spans(enum jhw_syntax syntax, const char *text, const char *expected)
{
	g_autofree char *spans = spans_of(syntax, text);

	assert_string_equal(spans, expected);
}

static void test_syntax_c_tells_its_parts(void **state)
{
	(void)state;
	assert_spans(JHW_SYNTAX_C, "#include <a.h>\n.name = \"x\\\"y\", /* c */ 0x10 // d\nu32",
		     "#<#include <a.h>>k<.name>s<\"x\\\"y\">c</* c */>n<0x10>c<// d>");
}

static void test_syntax_json_tells_keys_from_strings(void **state)
{
	(void)state;
	assert_spans(JHW_SYNTAX_JSON, "{\"a\": \"b\", \"c\": 5}", "k<\"a\">s<\"b\">k<\"c\">n<5>");
}

static void test_syntax_what_is_cut_short_ends_with_the_text(void **state)
{
	(void)state;
	assert_spans(JHW_SYNTAX_C, "/* never", "c</* never>");
	assert_spans(JHW_SYNTAX_C, "\"never\\", "s<\"never\\>");
	assert_spans(JHW_SYNTAX_C, "/", "");
	assert_spans(JHW_SYNTAX_PLAIN, "\"x\" 5", "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_source_forms_say_what_the_project_says),
		cmocka_unit_test(test_source_of_a_cell_that_cannot_run_linux_says_why),
		cmocka_unit_test(test_syntax_c_tells_its_parts),
		cmocka_unit_test(test_syntax_json_tells_keys_from_strings),
		cmocka_unit_test(test_syntax_what_is_cut_short_ends_with_the_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
