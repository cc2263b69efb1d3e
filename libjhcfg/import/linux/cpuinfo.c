// SPDX-License-Identifier: LGPL-2.1-or-later
#include "import/linux/cpuinfo.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "import/linux/list.h"
#include "import/linux/text.h"

static const struct {
	const char *word;
	enum cpuinfo_flag flag;
} flag_words[] = {
	{ "vmx", CPUINFO_VMX },
	{ "svm", CPUINFO_SVM },
	{ "x2apic", CPUINFO_X2APIC },
	{ "hypervisor", CPUINFO_HYPERVISOR },
};

static struct cpuinfo_cpu *last_cpu(struct cpuinfo *info)
{
	return info->num_cpus ? &info->cpus[info->num_cpus - 1] : NULL;
}

static void read_vendor(struct cpuinfo *info, const char *value)
{
	if (!*info->vendor)
		info->vendor = value;
	info->x86 = true;
}

static void read_model(struct cpuinfo *info, const char *value)
{
	if (!*info->model)
		info->model = value;
}

static void read_apic_id(struct cpuinfo *info, const char *value)
{
	struct cpuinfo_cpu *cpu = last_cpu(info);
	uint64_t id;

	if (cpu && text_number(value, &id) && id <= UINT32_MAX)
		cpu->apic_id = (uint32_t)id;
}

static void read_package(struct cpuinfo *info, const char *value)
{
	struct cpuinfo_cpu *cpu = last_cpu(info);
	uint64_t id;

	if (cpu && text_number(value, &id) && id <= UINT32_MAX)
		cpu->package = (unsigned int)id;
}

static void read_core(struct cpuinfo *info, const char *value)
{
	struct cpuinfo_cpu *cpu = last_cpu(info);
	uint64_t id;

	if (cpu && text_number(value, &id) && id <= UINT32_MAX)
		cpu->core = (unsigned int)id;
}

static void read_flags(struct cpuinfo *info, const char *value)
{
	for (size_t n = 0; n < sizeof(flag_words) / sizeof(flag_words[0]); n++)
		if (text_has_word(value, flag_words[n].word))
			info->flags |= flag_words[n].flag;
}

/* "40 bits physical, 48 bits virtual" */
static void read_sizes(struct cpuinfo *info, const char *value)
{
	uint64_t bits;

	if (!info->address_bits && text_decimal(&value, &bits) &&
	    text_expect(&value, " bits physical") && bits <= 64)
		info->address_bits = (unsigned int)bits;
}

/* Each key, and who takes its value; flags of the first CPU only, since they
 * are long and alike. */
static const struct {
	const char *key;
	void (*read)(struct cpuinfo *info, const char *value);
	bool first_only;
} keys[] = {
	{ "vendor_id", read_vendor, true },
	{ "model name", read_model, true },
	{ "apicid", read_apic_id, false },
	{ "physical id", read_package, false },
	{ "core id", read_core, false },
	{ "flags", read_flags, true },
	{ "address sizes", read_sizes, true },
};

static int add_cpu(struct cpuinfo *info, const char *value, unsigned int line)
{
	uint64_t id;
	void *cpus;

	/* 32-bit Arm has a line "Processor" with a name, too */
	if (!text_number(value, &id) || id >= CPUINFO_MAX_CPUS ||
	    info->num_cpus == CPUINFO_MAX_CPUS)
		return 0;
	cpus = list_room(info->cpus, info->num_cpus, sizeof(*info->cpus));
	if (!cpus)
		return -ENOMEM;
	info->cpus = cpus;
	info->cpus[info->num_cpus++] = (struct cpuinfo_cpu){
		.id = (unsigned int)id,
		.apic_id = UINT32_MAX,
		.line = line,
	};
	return 0;
}

static int parse_line(struct cpuinfo *info, const char *line,
		      unsigned int number)
{
	const char *value = text_value(line, "processor");

	if (value)
		return add_cpu(info, value, number);
	for (size_t n = 0; n < sizeof(keys) / sizeof(keys[0]); n++) {
		if (keys[n].first_only && info->num_cpus > 1)
			continue;
		value = text_value(line, keys[n].key);
		if (!value)
			continue;
		keys[n].read(info, value);
		break;
	}
	return 0;
}

int cpuinfo_parse(struct cpuinfo *info, char *text)
{
	struct text_lines lines = { text, 0 };
	const char *line;
	int err = 0;

	*info = (struct cpuinfo){ .text = text, .vendor = "", .model = "" };
	while (!err && (line = text_next_line(&lines)))
		err = parse_line(info, line, lines.number);
	if (err)
		cpuinfo_clear(info);
	return err;
}

void cpuinfo_clear(struct cpuinfo *info)
{
	free(info->cpus);
	free(info->text);
	*info = (struct cpuinfo){ 0 };
}

const struct cpuinfo_cpu *cpuinfo_find(const struct cpuinfo *info,
				       unsigned int id)
{
	/* in order as a rule, without those that are offline */
	if (id < info->num_cpus && info->cpus[id].id == id)
		return &info->cpus[id];
	for (size_t n = 0; n < info->num_cpus; n++)
		if (info->cpus[n].id == id)
			return &info->cpus[n];
	return NULL;
}
