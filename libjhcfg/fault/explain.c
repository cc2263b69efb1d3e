// SPDX-License-Identifier: LGPL-2.1-or-later
#include "fault/explain.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fault/syndrome.h"

/* Texts end where there is no more room. */
__attribute__((format(printf, 3, 4))) static void add(char *text, size_t size,
						      const char *format, ...)
{
	size_t length = strlen(text);
	va_list args;

	va_start(args, format);
	vsnprintf(text + length, size - length, format, args);
	va_end(args);
}
#define ADD(text, ...) add(text, sizeof(text), __VA_ARGS__)

const struct jhcfg_config *fault_find_config(
	const struct jhcfg_fault_context *context, const char *cell)
{
	for (size_t n = 0; n < context->num_configs; n++) {
		if (!strcmp(jhcfg_cell_name(
				    jhcfg_config_cell(context->configs[n])),
			    cell))
			return context->configs[n];
	}
	return NULL;
}

/* --- what happened -------------------------------------------------------- */

static const char *access_name(enum jhcfg_access access)
{
	static const char *const names[] = {
		[JHCFG_ACCESS_NONE] = "access",
		[JHCFG_ACCESS_READ] = "read",
		[JHCFG_ACCESS_WRITE] = "write",
		[JHCFG_ACCESS_EXECUTE] = "execution",
	};

	return names[access];
}

static void tell_access(const struct jhcfg_fault *fault, const char *where,
			struct meaning *meaning)
{
	ADD(meaning->what, "%s", access_name(fault->access));
	if (fault->has & JHCFG_FAULT_SIZE &&
	    fault->access != JHCFG_ACCESS_EXECUTE)
		ADD(meaning->what, " of %" PRIu64 " byte%s", fault->size,
		    fault->size == 1 ? "" : "s");
	if (fault->has & JHCFG_FAULT_ADDRESS)
		ADD(meaning->what, " at %s0x%08" PRIx64, where, fault->address);
}

static void tell_pci(const struct jhcfg_fault *fault, struct meaning *meaning)
{
	ADD(meaning->what,
	    "%s of the configuration of PCI function %02x:%02x.%x",
	    access_name(fault->access), fault->bdf >> 8, fault->bdf >> 3 & 0x1f,
	    fault->bdf & 7);
	if (fault->has & JHCFG_FAULT_ADDRESS)
		ADD(meaning->what, ", register 0x%" PRIx64, fault->address);
}

/* The device, as its line calls it. */
static void tell_device(const struct jhcfg_fault *fault,
			struct meaning *meaning)
{
	if (fault->has & JHCFG_FAULT_FUNCTION)
		ADD(meaning->what, "PCI function %02x:%02x.%x", fault->bdf >> 8,
		    fault->bdf >> 3 & 0x1f, fault->bdf & 7);
	else
		ADD(meaning->what, "device with stream 0x%" PRIx32,
		    fault->stream);
}

static void tell_dma(const struct jhcfg_fault *fault, struct meaning *meaning)
{
	tell_device(fault, meaning);
	ADD(meaning->what, ": DMA ");
	tell_access(fault, "", meaning);
	if (fault->times > 1)
		ADD(meaning->what, ", %" PRIu64 " times", fault->times);
}

static void tell_trap(const struct jhcfg_fault *fault, struct meaning *meaning)
{
	char name[64];

	if (fault->has & JHCFG_FAULT_CLASS) {
		fault_class_text(fault->exception_class, name, sizeof(name));
		ADD(meaning->what, "%s", name);
	} else {
		ADD(meaning->what, "%s",
		    *fault->cause ? fault->cause : "something forbidden");
	}
}

static void tell_what(const struct jhcfg_fault *fault, struct meaning *meaning)
{
	if (*fault->cell)
		ADD(meaning->what, "cell \"%s\", ", fault->cell);
	if (fault->has & JHCFG_FAULT_CPU)
		ADD(meaning->what, "CPU %u: ", fault->cpu);
	switch (fault->kind) {
	case JHCFG_FAULT_MEMORY:
	case JHCFG_FAULT_REGISTERS:
		tell_access(fault, "", meaning);
		break;
	case JHCFG_FAULT_PORT:
		tell_access(fault, "port ", meaning);
		break;
	case JHCFG_FAULT_MSR:
		tell_access(fault, "MSR ", meaning);
		break;
	case JHCFG_FAULT_PCI:
		tell_pci(fault, meaning);
		break;
	case JHCFG_FAULT_SYSREG:
		ADD(meaning->what, "%s of system register %s",
		    access_name(fault->access), fault->cause);
		break;
	case JHCFG_FAULT_SMC:
		ADD(meaning->what, "SMC with function 0x%08" PRIx64,
		    fault->address);
		break;
	case JHCFG_FAULT_HVC:
		ADD(meaning->what, "HVC #0x%" PRIx64, fault->address);
		break;
	case JHCFG_FAULT_DMA:
		tell_dma(fault, meaning);
		break;
	case JHCFG_FAULT_TRAP:
		tell_trap(fault, meaning);
		break;
	case JHCFG_FAULT_HYPERVISOR:
		ADD(meaning->what, "the hypervisor itself failed: %s",
		    fault->cause);
		break;
	}
}

/* --- why, and what to do about it ------------------------------------------
 */

/* Kinds that need no address to be looked up. */
static const struct {
	enum jhcfg_fault_kind kind;
	const char *why, *rule, *advice;
} plain[] = {
	{ JHCFG_FAULT_PCI,
	  "the function is not the cell's, or that field is "
	  "not for it to write",
	  "P01",
	  "give the function to the cell (config edit SYSTEM give-device "
	  "CELL 00:01.0), or keep its driver from that field" },
	{ JHCFG_FAULT_PORT, "no port range of the cell has it", "",
	  "list the ports in the cell, or take the driver out of the image" },
	{ JHCFG_FAULT_MSR, "guests may not access this MSR", "",
	  "take the access out of the image" },
	{ JHCFG_FAULT_SYSREG, "guests may not access this register", "",
	  "take the access out of the image: debug, performance counters and "
	  "what belongs to the hypervisor are not for cells" },
	{ JHCFG_FAULT_SMC,
	  "no firmware answers cells but by PSCI and the "
	  "SMC calling convention",
	  "T06",
	  "take the call out of the image, or ask the root cell for it over a "
	  "link" },
	{ JHCFG_FAULT_HVC, "it is a call of another hypervisor", "",
	  "switch support for Xen or KVM off in the guest" },
	{ JHCFG_FAULT_TRAP, "guests may not do that", "",
	  "look at the instruction at the PC; with --elf it has a name" },
	{ JHCFG_FAULT_HYPERVISOR, "this is no fault of a cell", "",
	  "keep the whole dump and report it with the configurations" },
};

static void explain_plain(const struct jhcfg_fault *fault,
			  struct meaning *meaning)
{
	for (size_t n = 0; n < sizeof(plain) / sizeof(*plain); n++) {
		if (plain[n].kind != fault->kind)
			continue;
		ADD(meaning->why, "%s", plain[n].why);
		ADD(meaning->advice, "%s", plain[n].advice);
		meaning->public.rule = plain[n].rule;
	}
}

/* --- all of it ------------------------------------------------------------ */

static void tell_function(const struct jhcfg_fault *fault,
			  const struct jhcfg_symbols *symbols,
			  struct meaning *meaning)
{
	const char *name;
	uint64_t offset;

	if (!symbols || !(fault->has & JHCFG_FAULT_PC))
		return;
	name = jhcfg_symbols_find(symbols, fault->pc, &offset);
	if (name)
		ADD(meaning->function, "%s+0x%" PRIx64, name, offset);
	name = jhcfg_symbols_find(symbols, fault->lr, &offset);
	if (name && *meaning->function)
		ADD(meaning->function, ", called from %s+0x%" PRIx64, name,
		    offset);
}

static void publish(struct meaning *meaning)
{
	meaning->public.what = meaning->what;
	meaning->public.why = meaning->why;
	meaning->public.syndrome = meaning->syndrome;
	meaning->public.function = meaning->function;
	meaning->public.device = meaning->device;
	meaning->public.owner = meaning->owner;
	meaning->public.advice = meaning->advice;
}

int jhcfg_fault_explain(const struct jhcfg_fault *fault,
			const struct jhcfg_fault_context *context,
			struct jhcfg_fault_meaning **meaning)
{
	static const struct jhcfg_fault_context nothing;
	struct meaning *new = calloc(1, sizeof(*new));

	if (!new)
		return -ENOMEM;
	if (!context)
		context = &nothing;
	new->public.region = JHCFG_NO_INDEX;
	new->public.rule = "";
	tell_what(fault, new);
	if (fault->has & JHCFG_FAULT_SYNDROME && fault->esr)
		fault_syndrome_text(fault->esr, new->syndrome,
				    sizeof(new->syndrome));
	tell_function(fault, context->symbols, new);
	if (fault->kind == JHCFG_FAULT_MEMORY ||
	    fault->kind == JHCFG_FAULT_REGISTERS)
		fault_explain_memory(fault, context, new);
	else if (fault->kind == JHCFG_FAULT_DMA)
		fault_explain_dma(fault, context, new);
	else
		explain_plain(fault, new);
	publish(new);
	*meaning = &new->public;
	return 0;
}

void jhcfg_fault_meaning_free(struct jhcfg_fault_meaning *meaning)
{
	/* it is the first member of a struct meaning */
	free(meaning);
}

char *jhcfg_fault_meaning_text(const struct jhcfg_fault_meaning *meaning)
{
	const struct {
		const char *label, *text;
	} rows[] = {
		{ "", meaning->what },
		{ "  why:    ", meaning->why },
		{ "  by:     ", meaning->function },
		{ "  cpu:    ", meaning->syndrome },
		{ "  device: ", meaning->device },
		{ "  rule:   ", meaning->rule },
		{ "  advice: ", meaning->advice },
	};
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	if (!out)
		return NULL;
	for (size_t n = 0; n < sizeof(rows) / sizeof(*rows); n++) {
		if (*rows[n].text)
			fprintf(out, "%s%s\n", rows[n].label, rows[n].text);
	}
	if (!fclose(out))
		return text;
	free(text);
	return NULL;
}
