// SPDX-License-Identifier: GPL-2.0-or-later
/* Findings for programs: our own JSON, and SARIF 2.1.0 (OASIS). */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "check_report.h"
#include "json_out.h"

static void add_text(struct json_object *object, const char *key,
		     const char *text)
{
	json_object_object_add(object, key, json_object_new_string(text));
}

static void add_number(struct json_object *object, const char *key,
		       uint64_t number)
{
	json_object_object_add(object, key, json_object_new_uint64(number));
}

static void add_bool(struct json_object *object, const char *key, bool value)
{
	json_object_object_add(object, key, json_object_new_boolean(value));
}

/* --- JSON ----------------------------------------------------------------- */

static const char *const elements[] = {
	[JHCFG_AT_CELL] = "cell",
	[JHCFG_AT_CPU] = "cpu",
	[JHCFG_AT_MEMORY] = "memory",
	[JHCFG_AT_CACHE] = "cache",
	[JHCFG_AT_IRQCHIP] = "irqchip",
	[JHCFG_AT_IRQ] = "irq",
	[JHCFG_AT_PIO] = "pio",
	[JHCFG_AT_PCI_DEVICE] = "pci-device",
	[JHCFG_AT_PCI_CAP] = "pci-cap",
	[JHCFG_AT_STREAM_ID] = "stream-id",
	[JHCFG_AT_CONSOLE] = "console",
	[JHCFG_AT_RESET_ADDRESS] = "reset-address",
	[JHCFG_AT_HYPERVISOR_MEMORY] = "hypervisor-memory",
	[JHCFG_AT_DEBUG_CONSOLE] = "debug-console",
	[JHCFG_AT_PLATFORM] = "platform",
	[JHCFG_AT_IOMMU] = "iommu",
	[JHCFG_AT_LINK] = "link",
	[JHCFG_AT_IMAGE] = "image",
	[JHCFG_AT_FILE] = "file",
	[JHCFG_AT_DEVICE] = "device",
	[JHCFG_AT_TARGET] = "target",
};

static struct json_object *json_finding(const struct check_report *report,
					size_t index)
{
	const struct jhcfg_finding *finding =
		jhcfg_findings_at(report->findings, index);
	struct json_object *object = json_object_new_object();

	add_text(object, "rule", finding->rule->id);
	add_text(object, "severity", jhcfg_severity_name(finding->severity));
	add_text(object, "object", finding->object);
	add_text(object, "message", finding->message);
	add_text(object, "advice", finding->advice);
	add_text(object, "scenario", finding->scenario);
	add_text(object, "file",
		 check_input_file(report->input, finding->at.cell));
	add_text(object, "element", elements[finding->at.element]);
	add_number(object, "index", finding->at.index);
	add_bool(object, "fixable", finding->fixable);
	add_bool(object, "waived", finding->waived);
	if (finding->waived)
		add_text(object, "reason", finding->reason);
	add_bool(object, "known", report->known[index]);
	return object;
}

static struct json_object *json_skipped(const struct jhcfg_findings *findings)
{
	struct json_object *list = json_object_new_array();
	const struct jhcfg_rule *rule;
	const char *reason;

	for (size_t n = 0;
	     (rule = jhcfg_findings_skipped(findings, n, &reason)); n++) {
		struct json_object *object = json_object_new_object();

		add_text(object, "rule", rule->id);
		add_text(object, "reason", reason);
		json_object_array_add(list, object);
	}
	return list;
}

static struct json_object *json_summary(const struct check_report *report)
{
	struct json_object *object = json_object_new_object();

	add_number(object, "errors", check_report_count(report, JHCFG_ERROR));
	add_number(object, "warnings",
		   check_report_count(report, JHCFG_WARNING));
	add_number(object, "remarks", check_report_count(report, JHCFG_INFO));
	add_number(object, "waived", check_report_waived(report));
	add_number(object, "known", check_report_known(report));
	add_number(object, "dropped", jhcfg_findings_dropped(report->findings));
	add_bool(object, "failed", check_report_failed(report));
	return object;
}

int check_print_json(FILE *out, const struct check_report *report)
{
	struct json_object *root = json_object_new_object();
	struct json_object *list = json_object_new_array();

	for (size_t n = 0; n < jhcfg_findings_count(report->findings); n++)
		json_object_array_add(list, json_finding(report, n));
	json_object_object_add(root, "findings", list);
	json_object_object_add(root, "skipped", json_skipped(report->findings));
	json_object_object_add(root, "summary", json_summary(report));
	return json_out_print(out, root);
}

/* --- SARIF ---------------------------------------------------------------- */

static const char *level_of(enum jhcfg_severity severity)
{
	switch (severity) {
	case JHCFG_ERROR:
		return "error";
	case JHCFG_WARNING:
		return "warning";
	default:
		return "note";
	}
}

/* { "text": ... } */
static void add_message(struct json_object *object, const char *key,
			const char *text)
{
	struct json_object *message = json_object_new_object();

	add_text(message, "text", text);
	json_object_object_add(object, key, message);
}

static struct json_object *sarif_rule(const struct jhcfg_rule *rule)
{
	struct json_object *object = json_object_new_object();
	struct json_object *configuration = json_object_new_object();

	add_text(object, "id", rule->id);
	add_message(object, "shortDescription", rule->title);
	add_message(object, "fullDescription", rule->doc);
	add_message(object, "help", rule->advice);
	add_text(configuration, "level", level_of(rule->severity));
	json_object_object_add(object, "defaultConfiguration", configuration);
	return object;
}

static struct json_object *sarif_tool(void)
{
	struct json_object *tool = json_object_new_object();
	struct json_object *driver = json_object_new_object();
	struct json_object *rules = json_object_new_array();
	const struct jhcfg_rule *rule;

	for (size_t n = 0; (rule = jhcfg_rule_at(n)); n++)
		json_object_array_add(rules, sarif_rule(rule));
	add_text(driver, "name", "jailhouse config check");
	add_text(driver, "version", JH_VERSION);
	json_object_object_add(driver, "rules", rules);
	json_object_object_add(tool, "driver", driver);
	return tool;
}

/* A URI may not have what a file name may. */
static void add_uri(struct json_object *object, const char *path)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789/._~-";
	char *uri = malloc(3 * strlen(path) + 1), *to = uri;

	for (; uri && *path; path++)
		if (strchr(plain, *path))
			*to++ = *path;
		else
			to += sprintf(to, "%%%02X", (unsigned char)*path);
	if (uri)
		*to = 0;
	add_text(object, "uri", uri ? uri : "");
	free(uri);
}

static struct json_object *sarif_location(const struct check_report *report,
					  const struct jhcfg_finding *finding)
{
	struct json_object *list = json_object_new_array();
	struct json_object *location = json_object_new_object();
	struct json_object *physical = json_object_new_object();
	struct json_object *artifact = json_object_new_object();
	struct json_object *logical = json_object_new_array();
	struct json_object *name = json_object_new_object();

	add_uri(artifact, check_input_file(report->input, finding->at.cell));
	json_object_object_add(physical, "artifactLocation", artifact);
	json_object_object_add(location, "physicalLocation", physical);
	add_text(name, "fullyQualifiedName", finding->object);
	json_object_array_add(logical, name);
	json_object_object_add(location, "logicalLocations", logical);
	json_object_array_add(list, location);
	return list;
}

static struct json_object *sarif_suppressions(const struct check_report *report,
					      size_t index)
{
	const struct jhcfg_finding *finding =
		jhcfg_findings_at(report->findings, index);
	struct json_object *list = json_object_new_array();
	struct json_object *object = json_object_new_object();

	add_text(object, "kind", "external");
	add_text(object, "justification",
		 finding->waived ? finding->reason : "in the baseline");
	json_object_array_add(list, object);
	return list;
}

static size_t number_of(const struct jhcfg_rule *rule)
{
	size_t n = 0;

	while (jhcfg_rule_at(n) && jhcfg_rule_at(n) != rule)
		n++;
	return n;
}

static struct json_object *sarif_result(const struct check_report *report,
					size_t index)
{
	const struct jhcfg_finding *finding =
		jhcfg_findings_at(report->findings, index);
	struct json_object *object = json_object_new_object();

	add_text(object, "ruleId", finding->rule->id);
	add_number(object, "ruleIndex", number_of(finding->rule));
	add_text(object, "level", level_of(finding->severity));
	add_message(object, "message", finding->message);
	json_object_object_add(object, "locations",
			       sarif_location(report, finding));
	if (check_report_is_accepted(report, index))
		json_object_object_add(object, "suppressions",
				       sarif_suppressions(report, index));
	return object;
}

int check_print_sarif(FILE *out, const struct check_report *report)
{
	struct json_object *root = json_object_new_object();
	struct json_object *runs = json_object_new_array();
	struct json_object *run = json_object_new_object();
	struct json_object *results = json_object_new_array();

	for (size_t n = 0; n < jhcfg_findings_count(report->findings); n++)
		json_object_array_add(results, sarif_result(report, n));
	json_object_object_add(run, "tool", sarif_tool());
	json_object_object_add(run, "results", results);
	json_object_array_add(runs, run);
	add_text(root, "$schema",
		 "https://json.schemastore.org/sarif-2.1.0.json");
	add_text(root, "version", "2.1.0");
	json_object_object_add(root, "runs", runs);
	return json_out_print(out, root);
}
