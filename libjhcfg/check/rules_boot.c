// SPDX-License-Identifier: LGPL-2.1-or-later
/* B: what a cell needs to start and to be stopped. */
#include <errno.h>
#include <inttypes.h>

#include "check/boot.h"
#include "check/regions.h"

/* --- B02 ------------------------------------------------------------------ */

static bool is_code(const struct check_cell *cell, uint64_t address)
{
	const struct jhcfg_memory *memory =
		check_region_of_virt(cell, address, 4, NULL);

	return memory && memory->flags & JAILHOUSE_MEM_EXECUTE;
}

static bool must_be_zero(const struct check *check,
			 const struct check_cell *cell)
{
	return check_is_x86(check) && check_is_linux(check, cell);
}

static void check_entry(struct check *check, const struct check_cell *cell)
{
	const uint64_t address = jhcfg_cell_reset_address(cell->cell);
	const struct found found = {
		.cell = cell,
		.element = JHCFG_AT_RESET_ADDRESS,
	};

	if (cell->is_root)
		return;
	if (must_be_zero(check, cell) && address)
		check_report(check, &found,
			     "cell \"%s\" is for Linux on x86, whose loader "
			     "must be entered at 0, not 0x%" PRIx64,
			     cell->name, address);
	else if (!is_code(cell, address))
		check_report(check, &found,
			     "cell \"%s\" starts at 0x%" PRIx64
			     ", which is in no region that can be executed",
			     cell->name, address);
}

/* Where the cell can start: its image, or the first memory for code. */
static bool find_entry(const struct fix *fix, uint64_t *address)
{
	static const enum jhcfg_image_kind kinds[] = { JHCFG_IMAGE_LOADER,
						       JHCFG_IMAGE_INMATE };
	const struct jhcfg_memory *memory;

	for (size_t n = 0; n < sizeof(kinds) / sizeof(kinds[0]); n++) {
		const struct jhcfg_image *image =
			boot_image(fix->check, fix->cell, kinds[n]);

		if (image && is_code(fix->cell, image->address)) {
			*address = image->address;
			return true;
		}
	}
	for (size_t n = 0; (memory = jhcfg_cell_memory(fix->cell->cell, n));
	     n++)
		if (region_is_backed(memory) &&
		    is_code(fix->cell, memory->virt_start)) {
			*address = memory->virt_start;
			return true;
		}
	return false;
}

static int fix_entry(struct fix *fix)
{
	uint64_t address = 0;
	struct jhcfg_config *config;

	if (must_be_zero(fix->check, fix->cell) ? !is_code(fix->cell, 0)
						: !find_entry(fix, &address))
		return fix_refuse(
			fix, "add memory for the image",
			"cell \"%s\" has no memory for code%s", fix->cell->name,
			must_be_zero(fix->check, fix->cell) ? " at 0" : "");
	config = fix_edit(fix);
	if (!config)
		return -ENOMEM;
	jhcfg_config_set_reset_address(config, address);
	return 0;
}

/* --- B05 ------------------------------------------------------------------ */

#define LOADER_FLAGS                                                           \
	((uint64_t)(JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE |                 \
		    JAILHOUSE_MEM_EXECUTE | JAILHOUSE_MEM_LOADABLE))

static uint64_t loader_size(const struct check *check)
{
	/* all that real mode reaches, or loader and parameters */
	return check_is_x86(check) ? 0x100000 : 0x10000;
}

static void check_loader(struct check *check, const struct check_cell *cell)
{
	const struct jhcfg_memory *memory =
		check_region_of_virt(cell, 0, CHECK_PAGE, NULL);

	if (!check_is_linux(check, cell) ||
	    (memory && (memory->flags & LOADER_FLAGS) == LOADER_FLAGS))
		return;
	check_report(check, &(struct found){ .cell = cell },
		     "cell \"%s\" is for Linux, but has no region at 0 that "
		     "the loader could be loaded to",
		     cell->name);
}

/* The end of the cell's largest region for code becomes the loader's. */
static int fix_loader(struct fix *fix)
{
	const uint64_t size = loader_size(fix->check);
	const struct jhcfg_memory *memory;
	struct jhcfg_memory ram,
		loader = { .size = size, .flags = LOADER_FLAGS };
	struct jhcfg_config *config;
	size_t best = JHCFG_NO_INDEX;
	int err;

	for (size_t n = 0; (memory = jhcfg_cell_memory(fix->cell->cell, n));
	     n++) {
		if (memory->size && memory->virt_start < size)
			return fix_refuse(fix, "move that region first",
					  "%s is where the loader must be",
					  region_text(fix->cell, n).text);
		if (n < fix->cell->num_own_memory && !fix->cell->shmem[n] &&
		    memory->size > 2 * size &&
		    memory->flags & JAILHOUSE_MEM_EXECUTE &&
		    (best == JHCFG_NO_INDEX || memory->size > ram.size)) {
			best = n;
			ram = *memory;
		}
	}
	if (best == JHCFG_NO_INDEX)
		return fix_refuse(fix, "give it memory",
				  "it has no memory of "
				  "which a part could be "
				  "the loader's");
	config = fix_edit(fix);
	if (!config)
		return -ENOMEM;
	ram.size -= size;
	loader.phys_start = ram.phys_start + ram.size;
	err = jhcfg_config_replace_memory(config, best, &ram);
	return err ? err : jhcfg_config_insert_memory(config, best, &loader);
}

/* --- B06 ------------------------------------------------------------------ */

static bool has_comm(const struct check_cell *cell)
{
	const struct jhcfg_memory *memory;

	for (size_t n = 0; (memory = jhcfg_cell_memory(cell->cell, n)); n++)
		if (region_is_comm(memory))
			return true;
	return false;
}

static void check_test_device(struct check *check,
			      const struct check_cell *cell)
{
	if (jhcfg_cell_flags(cell->cell) & JAILHOUSE_CELL_TEST_DEVICE &&
	    !has_comm(cell))
		check_report(check, &(struct found){ .cell = cell },
			     "cell \"%s\" has the flag TEST_DEVICE, but no "
			     "communication region before the device",
			     cell->name);
}

static int fix_test_device(struct fix *fix)
{
	struct jhcfg_config *config = fix_edit(fix);
	uint32_t flags = jhcfg_cell_flags(fix->cell->cell);

	if (!config)
		return -ENOMEM;
	jhcfg_config_set_cell_flags(
		config, flags & ~(uint32_t)JAILHOUSE_CELL_TEST_DEVICE);
	return 0;
}

/* --- B07 ------------------------------------------------------------------ */

#define TIMEOUT_US 1000000U

static void check_answers(struct check *check, const struct check_cell *cell)
{
	if (cell->is_root ||
	    jhcfg_cell_flags(cell->cell) & JAILHOUSE_CELL_PASSIVE_COMMREG ||
	    jhcfg_cell_msg_reply_timeout(cell->cell))
		return;
	check_report(check, &(struct found){ .cell = cell },
		     "cell \"%s\" is neither PASSIVE_COMMREG, nor has it a "
		     "msg_reply_timeout",
		     cell->name);
}

static int fix_answers(struct fix *fix)
{
	struct jhcfg_config *config = fix_edit(fix);

	if (!config)
		return -ENOMEM;
	jhcfg_config_set_msg_reply_timeout(config, TIMEOUT_US);
	return 0;
}

/* clang-format off */
static const struct rule rules[] = {
	{ .info = {
		.id = "B01",
		.severity = JHCFG_ERROR,
		.title =
		"the communication region is missing, twice, no page, over "
		"RAM, or elsewhere",
		.doc =
		"Through this page a cell is asked to stop, and tells its "
		"state and its console. Guests of the established library "
		"look for it at 0x80000000 (Arm) or 0x100000 (x86); a second "
		"one, or more than a page, shows them pages that are the "
		"hypervisor's.",
		.advice =
		"give the cell one page with COMM_REGION where its guest "
		"expects it",
		.fix = "places one page at the usual address" },
	  .scope = RULE_CELL,
	  .check = check_comm,
	  .fix = fix_comm },
	{ .info = {
		.id = "B02",
		.severity = JHCFG_ERROR,
		.title = "a cell starts where it has no code",
		.doc =
		"The first CPU of the cell enters at this guest address: "
		"outside of memory that can be executed its first fetch parks"
		" it. The loader for Linux on x86 only works from 0.",
		.advice = "set the reset address to where the image is loaded",
		.fix =
		"sets it to where the image, or the first memory for code is" },
	  .scope = RULE_CELL,
	  .check = check_entry,
	  .fix = fix_entry },
	{ .info = {
		.id = "B03",
		.severity = JHCFG_ERROR,
		.title =
		"an image does not lie within one region that can be loaded",
		.doc =
		"The driver loads an image into one region that is LOADABLE "
		"and WRITE; it refuses (EINVAL) what begins outside of such a"
		" region or goes on behind its end.",
		.advice = "move the image, or make the region larger",
		.fix = "makes the region larger, or LOADABLE" },
	  .scope = RULE_CELL,
	  .check = check_images_fit,
	  .fix = fix_images_fit },
	{ .info = {
		.id = "B04",
		.severity = JHCFG_ERROR,
		.title =
		"kernel, initrd and device tree do not fit into the cell's "
		"RAM",
		.doc =
		"They are loaded one behind the other, each at a multiple of "
		"2 MiB, and the kernel unpacks itself beside them: \"cell "
		"linux\" finds no space, or the kernel overwrites its initrd.",
		.advice = "give the cell more RAM",
		.fix = "makes the RAM as large as needed" },
	  .scope = RULE_CELL,
	  .check = check_linux_fits,
	  .fix = fix_linux_fits },
	{ .info = {
		.id = "B05",
		.severity = JHCFG_ERROR,
		.title = "a cell for Linux has no region at 0 for the loader",
		.doc =
		"A small loader at the reset address 0 starts the kernel; "
		"\"cell linux\" cannot load it without memory there. Cells "
		"whose name says Linux, or that a kernel is bound to, count.",
		.advice =
		"add a region at guest address 0: 64 KiB, on x86 1 MiB",
		.fix =
		"makes the end of the cell's RAM the loader's region" },
	  .scope = RULE_CELL,
	  .check = check_loader,
	  .fix = fix_loader },
	{ .info = {
		.id = "B06",
		.severity = JHCFG_ERROR,
		.title = "a test device without a communication region",
		.doc =
		"The registers of the test device are in the page behind the "
		"communication region; without that the cell cannot be "
		"created. It exists in test builds only.",
		.advice = "clear the flag TEST_DEVICE",
		.fix = "clears the flag" },
	  .scope = RULE_CELL,
	  .check = check_test_device,
	  .fix = fix_test_device },
	{ .info = {
		.id = "B07",
		.severity = JHCFG_WARNING,
		.title = "nothing ends the wait for an answer of the cell",
		.doc =
		"Before a cell is stopped or destroyed it is asked, and the "
		"CPU that asks waits in the hypervisor. A guest that never "
		"looks at its communication region never answers: the "
		"established hypervisor then waits for ever, this one 10 s.",
		.advice =
		"set PASSIVE_COMMREG if the guest does not read its "
		"communication region; else msg_reply_timeout",
		.fix = "sets msg_reply_timeout to a second" },
	  .scope = RULE_CELL,
	  .check = check_answers,
	  .fix = fix_answers },
	{ .info = {
		.id = "B08",
		.severity = JHCFG_WARNING,
		.title = "a file is not what it is loaded as",
		.doc =
		"Nobody looks at the contents when a cell is loaded: a kernel"
		" of another architecture, one that is still compressed "
		"(arm64 has no unpacker), or an initrd that is none stops "
		"without a word.",
		.advice = "choose another file, or unpack it",
		.fix =
		"sets the number of bits of the guest (AARCH32) as the kernel"
		" has it" },
	  .scope = RULE_CELL,
	  .check = check_image_kinds,
	  .fix = fix_image_kinds },
	{ .info = {
		.id = "B09",
		.severity = JHCFG_WARNING,
		.title =
		"the guest's kernel lacks options that the cell needs",
		.doc =
		"A distribution's kernel may be built without what a cell "
		"has: the PCI host behind which links are, the driver for "
		"them, x2APIC on x86.",
		.advice = "build the guest's kernel with these options" },
	  .scope = RULE_CELL,
	  .check = check_guest_config },
	{ .info = {
		.id = "B10",
		.severity = JHCFG_WARNING,
		.title =
		"the guest's command line names a device that the cell does "
		"not have",
		.doc =
		"A kernel whose console= is another cell's UART touches "
		"registers that are not its own, and is parked; one whose "
		"root= never appears waits for it for ever.",
		.advice =
		"name the cell's own console, and a root that it has (an "
		"initrd, or its disk)" },
	  .scope = RULE_CELL,
	  .check = check_guest_options },
};
/* clang-format on */

const struct rule_table check_rules_boot = RULE_TABLE(rules);
