// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Members of documents that are kept as text and read elsewhere: images of
 * cells, and what makes a system a project. These rows say what they mean; the
 * readers are cell_images.c, workspace_load.c and workspace_board.c.
 */
#include "project/member_fields.h"

/* clang-format off */

const struct json_kind json_peers = { 0 };
const struct json_kind json_board_member = { 0 };

/* Kinds and sizes are for the schema only. */
#define FIELD(key_, kind_, ...) { .key = key_, .kind = &kind_, __VA_ARGS__ }
#define TEXT(key, ...) FIELD(key, board_text, __VA_ARGS__)
#define REQUIRED .presence = JSON_REQUIRED
#define LIST(key, type_, ...) \
	FIELD(key, json_list, .type = &type_, __VA_ARGS__)
#define SHAPE(table) \
	{ .fields = table, .num_fields = sizeof(table) / sizeof((table)[0]), \
	  .attrs = JSON_NO_ATTRS }

static const struct jhcfg_name image_kinds[] = {
	{ "inmate", 0, SAYS("program that is started: a file, relative "
			    "to the folder of the project, that is loaded at "
			    "the reset address. Of a Linux cell, it is the "
			    "loader of the kernel: linux-loader.bin of the "
			    "inmates") },
	{ "loader", 0, SAYS("program that starts a kernel: "
			    "linux-loader.bin of the inmates") },
	{ "kernel", 0, SAYS("a Linux kernel: an arm64 Image, as the "
			    "/boot/vmlinuz of Debian is one") },
	{ "initrd", 0, SAYS("file that the kernel has as its first "
			    "file system") },
	{ "dtb",    0, SAYS("a device tree for the kernel") },
	{ "config", 0, SAYS("the .config of the kernel, for checks; it is "
			    "not loaded") },
	{ 0 },
};

static const struct json_field image_fields[] = {
	FIELD("kind", json_choice, .names = image_kinds,
	      SAYS("what it is; absent: an inmate")),
	TEXT("file", SAYS("name of the file, relative to the folder of the "
			  "project")),
	TEXT("text", SAYS("text that is loaded instead of a file, as the "
			  "command line of an inmate")),
	FIELD("address", json_address,
	      SAYS("guest-physical address that it is loaded at; those of a "
		   "Linux cell can be left out")),
	TEXT("command_line", SAYS("what the kernel is told: console=hvc0 "
				  "shows its messages in Linux of the root")),
};
static const struct json_shape image_type = SHAPE(image_fields);

static const struct json_field link_fields[] = {
	TEXT("name", REQUIRED, SAYS("what people call the link; no other one "
				    "has the same")),
	FIELD("bdf", json_address,
	      SAYS("PCI function that it is in its cells: bus 0, device and "
		   "function")),
	FIELD("protocol", json_address,
	      SAYS("number that both ends tell each other: 1 Ethernet, 0x4000 "
		   "to 0x7fff custom, 0x8000 and more virtio")),
	FIELD("base", json_address,
	      SAYS("physical address of its memory, a multiple of 4 KiB")),
	FIELD("state_size", json_size,
	      SAYS("state table: a word for each end, read by all; a multiple "
		   "of 4 KiB")),
	FIELD("rw_size", json_size,
	      SAYS("common section, read and written by all ends; may be 0")),
	FIELD("output_size", json_size,
	      SAYS("output of each end, written by it and read by all; may be "
		   "0")),
	FIELD("msix_vectors", json_number,
	      SAYS("MSI-X vectors of each end; 0: they are told by an "
		   "interrupt line")),
	FIELD("peers", json_peers, REQUIRED,
	      SAYS("cells at its ends, 2 to 12; their place is their id; null "
		   "is free")),
};
static const struct json_shape link_type = SHAPE(link_fields);

static const struct json_field scenario_fields[] = {
	TEXT("name", REQUIRED, SAYS("what people call it")),
	FIELD("cells", board_texts, REQUIRED,
	      SAYS("cells that are meant to run together")),
};
static const struct json_shape scenario_type = SHAPE(scenario_fields);

static const struct json_field waiver_fields[] = {
	TEXT("rule", REQUIRED, SAYS("rule that is waived: M03")),
	TEXT("object", SAYS("object that it is waived for; absent: all")),
	TEXT("reason", REQUIRED, SAYS("why that is right here")),
};
static const struct json_shape waiver_type = SHAPE(waiver_fields);

static const struct json_field cell_members[] = {
	LIST("images", image_type,
	     SAYS("what is loaded into the cell, in this order")),
};
const struct json_shape json_cell_members = SHAPE(cell_members);

static const struct json_field system_members[] = {
	FIELD("board", json_board_member,
	      SAYS("the board: its file, relative to this one, or the board "
		   "itself")),
	FIELD("cells", board_texts,
	      SAYS("files of the cells, relative to this one")),
	LIST("links", link_type, SAYS("memory that cells share")),
	LIST("scenarios", scenario_type,
	     SAYS("sets of cells that are meant to run together")),
	LIST("waivers", waiver_type,
	     SAYS("findings that are accepted, with the reason")),
	TEXT("fingerprint", SAYS("the machine that it was made for")),
};
const struct json_shape json_system_members = SHAPE(system_members);

/* Any object may have them. */
static const struct json_field note_fields[] = {
	TEXT("name", SAYS("what people call it")),
	TEXT("source", SAYS("where the fact comes from")),
	TEXT("comment", SAYS("anything that people want to say")),
};
const struct json_shape json_note_members = SHAPE(note_fields);
/* clang-format on */
