// SPDX-License-Identifier: GPL-2.0-or-later
#include "fixture.h"

#include <cmocka_all.h>
#include <string.h>

#define RW (JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE)
#define IO (RW | JAILHOUSE_MEM_IO)

#define GICD	0x08000000U
#define PAGE	0x1000U
#define SLOT(n) ((n) << 3)

/* A second link, written in the configurations: of root and rtos. */
#define LINK	     0xaf200000U
#define LINK_BDF     SLOT(1)
#define LINK_OUTPUT  (2 * PAGE)
#define LINK_PEERS   2
#define LINK_REGIONS (2 + LINK_PEERS)
#define VPCI_BASE    116

/* State table, common section, an output section for each peer. */
static void add_regions(struct jhcfg_config *config, unsigned int id)
{
	static const uint64_t sizes[LINK_REGIONS] = { PAGE, PAGE, LINK_OUTPUT,
						      LINK_OUTPUT };
	uint64_t address = LINK;

	for (unsigned int n = 0; n < LINK_REGIONS; n++) {
		const struct jhcfg_memory region = {
			.phys_start = address,
			.virt_start = address,
			.size = sizes[n],
			.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_ROOTSHARED |
				 (n == 1 || n == 2 + id ? JAILHOUSE_MEM_WRITE
							: 0),
		};

		assert_int_equal(
			jhcfg_config_insert_memory(config, SIZE_MAX, &region),
			0);
		address += sizes[n];
	}
}

static void add_end(struct jhcfg_config *config, unsigned int id,
		    uint32_t vpci_base)
{
	const struct jhcfg_pci_device end = {
		.type = JAILHOUSE_PCI_TYPE_IVSHMEM,
		.domain = 1,
		.bdf = LINK_BDF,
		.bar_mask = { 0xfffff000 },
		.shmem_regions_start = (uint32_t)jhcfg_cell_num_memory(
			jhcfg_config_cell(config)),
		.shmem_dev_id = (uint8_t)id,
		.shmem_peers = LINK_PEERS,
		.shmem_protocol = JAILHOUSE_SHMEM_PROTO_VETH,
	};

	assert_int_equal(jhcfg_config_insert_pci_device(config, SIZE_MAX, &end),
			 0);
	add_regions(config, id);
	jhcfg_config_set_vpci_irq_base(config, vpci_base);
	assert_int_equal(jhcfg_config_add_irq(config, GICD, 32 + vpci_base + 1),
			 0);
}

static void second_link(struct fixture *fixture)
{
	add_end(edit_root(fixture), 0, 108);
	add_end(edit_rtos(fixture), 1, VPCI_BASE);
}

static struct jhcfg_pci_device *end_of(struct jhcfg_config *config)
{
	struct jhcfg_list *list = &config->cell.lists[JHCFG_LIST_PCI_DEVICES];

	assert_true(list->count > 0);
	return &list->items[0].value.pci_device;
}

static struct jhcfg_memory *section(struct jhcfg_config *config, size_t n)
{
	struct jhcfg_list *list = &config->cell.lists[JHCFG_LIST_MEMORY];

	n += end_of(config)->shmem_regions_start;
	assert_true(n < list->count);
	return &list->items[n].value.memory;
}

/* --- V01 ------------------------------------------------------------------ */

static void index_too_high(struct fixture *fixture)
{
	second_link(fixture);
	end_of(edit_rtos(fixture))->shmem_regions_start++;
}

static void regions_forgotten(struct fixture *fixture)
{
	struct jhcfg_config *config = edit_rtos(fixture);

	second_link(fixture);
	for (unsigned int n = 0; n < LINK_REGIONS; n++)
		jhcfg_config_remove_memory(
			config,
			jhcfg_cell_num_memory(jhcfg_config_cell(config)) - 1);
}

static void nobody_knows(struct fixture *fixture)
{
	add_end(edit_rtos(fixture), 1, VPCI_BASE);
	end_of(edit_rtos(fixture))->shmem_regions_start++;
}

/* --- V02 ------------------------------------------------------------------ */

static void id_of_root(struct fixture *fixture)
{
	second_link(fixture);
	end_of(edit_rtos(fixture))->shmem_dev_id = 0;
	section(edit_rtos(fixture), 2)->flags |= JAILHOUSE_MEM_WRITE;
	section(edit_rtos(fixture), 3)->flags &= ~(uint64_t)JAILHOUSE_MEM_WRITE;
}

static void id_beyond_peers(struct fixture *fixture)
{
	second_link(fixture);
	end_of(edit_rtos(fixture))->shmem_dev_id = 2;
}

static void no_id_is_free(struct fixture *fixture)
{
	second_link(fixture);
	add_end(edit_guest(fixture), 1, 112);
}

/* --- V03 ------------------------------------------------------------------ */

static void front_and_back(struct fixture *fixture)
{
	second_link(fixture);
	end_of(edit_root(fixture))->shmem_protocol =
		JAILHOUSE_SHMEM_PROTO_VIRTIO_BACK + VIRTIO_DEV_CONSOLE;
	end_of(edit_rtos(fixture))->shmem_protocol =
		JAILHOUSE_SHMEM_PROTO_VIRTIO_FRONT + VIRTIO_DEV_CONSOLE;
}

static void two_fronts(struct fixture *fixture)
{
	front_and_back(fixture);
	end_of(edit_root(fixture))->shmem_protocol =
		JAILHOUSE_SHMEM_PROTO_VIRTIO_FRONT + VIRTIO_DEV_CONSOLE;
}

static void other_protocol(struct fixture *fixture)
{
	second_link(fixture);
	end_of(edit_rtos(fixture))->shmem_protocol =
		JAILHOUSE_SHMEM_PROTO_CUSTOM;
}

static void more_peers(struct fixture *fixture)
{
	struct jhcfg_memory third;

	second_link(fixture);
	third = *section(edit_root(fixture), 3);
	third.phys_start = third.virt_start += LINK_OUTPUT;
	assert_int_equal(jhcfg_config_insert_memory(edit_root(fixture),
						    SIZE_MAX, &third),
			 0);
	end_of(edit_root(fixture))->shmem_peers = 3;
	section(edit_root(fixture), 4)->flags &= ~(uint64_t)JAILHOUSE_MEM_WRITE;
}

/* --- V04 ------------------------------------------------------------------ */

static void other_address(struct fixture *fixture)
{
	second_link(fixture);
	section(edit_rtos(fixture), 3)->phys_start += PAGE;
}

static void other_sizes(struct fixture *fixture)
{
	second_link(fixture);
	section(edit_rtos(fixture), 2)->size += PAGE;
	section(edit_rtos(fixture), 3)->size += PAGE;
	section(edit_rtos(fixture), 3)->phys_start += PAGE;
	section(edit_rtos(fixture), 3)->virt_start += PAGE;
}

/* --- V05 ------------------------------------------------------------------ */

static void writable_state(struct fixture *fixture)
{
	second_link(fixture);
	section(edit_rtos(fixture), 0)->flags |= JAILHOUSE_MEM_WRITE;
}

static void output_of_peer(struct fixture *fixture)
{
	second_link(fixture);
	section(edit_rtos(fixture), 2)->flags |= JAILHOUSE_MEM_WRITE;
	section(edit_rtos(fixture), 3)->flags &= ~(uint64_t)JAILHOUSE_MEM_WRITE;
}

/* --- V06 ------------------------------------------------------------------ */

static void hole_in_guest(struct fixture *fixture)
{
	second_link(fixture);
	section(edit_rtos(fixture), 3)->virt_start += PAGE;
}

static void unequal_outputs(struct fixture *fixture)
{
	second_link(fixture);
	section(edit_root(fixture), 3)->size += PAGE;
	section(edit_rtos(fixture), 3)->size += PAGE;
}

/* --- V07 ------------------------------------------------------------------ */

static void not_shared(struct fixture *fixture)
{
	second_link(fixture);
	for (size_t n = 0; n < LINK_REGIONS; n++)
		section(edit_rtos(fixture), n)->flags &=
			~(uint64_t)JAILHOUSE_MEM_ROOTSHARED;
}

/* --- V08 ------------------------------------------------------------------ */

static void not_granted(struct fixture *fixture)
{
	second_link(fixture);
	jhcfg_config_remove_irq(edit_rtos(fixture), GICD, 32 + VPCI_BASE + 1);
}

/* INTID 37 is that of eth0 */
static void line_of_device(struct fixture *fixture)
{
	jhcfg_config_remove_irq(edit_rtos(fixture), GICD, 32 + VPCI_BASE + 1);
	add_end(edit_root(fixture), 0, 108);
	add_end(edit_rtos(fixture), 1, 4);
}

static void line_of_root(struct fixture *fixture)
{
	add_end(edit_root(fixture), 0, 108);
	add_end(edit_rtos(fixture), 1, 108);
}

static void line_of_derived_end(struct fixture *fixture)
{
	jhcfg_config_set_vpci_irq_base(edit_guest(fixture), 36 - 32);
}

static void derived_beyond_last_spi(struct fixture *fixture)
{
	jhcfg_config_set_vpci_irq_base(edit_guest(fixture), UINT32_MAX);
}

static void beyond_last_spi(struct fixture *fixture)
{
	second_link(fixture);
	jhcfg_config_remove_irq(edit_rtos(fixture), GICD, 32 + VPCI_BASE + 1);
	jhcfg_config_set_vpci_irq_base(edit_rtos(fixture), 1000);
}

/* --- V09 ------------------------------------------------------------------ */

static void msix_on_arm(struct fixture *fixture)
{
	second_link(fixture);
	end_of(edit_rtos(fixture))->num_msix_vectors = 2;
	end_of(edit_rtos(fixture))->bar_mask[1] = 0xfffff000;
}

static void msix_of_link(struct fixture *fixture)
{
	struct jhcfg_link link = *jhcfg_workspace_link(fixture->workspace, 0);

	link.num_msix_vectors = 2;
	assert_int_equal(
		jhcfg_workspace_set_link(fixture->workspace, &link, NULL), 0);
}

static void add_links(struct fixture *fixture, unsigned int count)
{
	struct jhcfg_link link = {
		.protocol = JAILHOUSE_SHMEM_PROTO_CUSTOM,
		.state_size = PAGE,
		.output_size = PAGE,
		.num_peers = 2,
		.peers = { JHCFG_ROOT_KEY, fixture->guest },
	};
	char name[8];
	uint32_t key;

	for (unsigned int n = 1; n <= count; n++) {
		link.name = name;
		name[0] = (char)('a' + n);
		name[1] = 0;
		link.bdf = (uint16_t)SLOT(n);
		link.base = LINK + n * 0x10000;
		assert_int_equal(jhcfg_workspace_set_link(fixture->workspace,
							  &link, &key),
				 0);
	}
}

static void four_links(struct fixture *fixture)
{
	add_links(fixture, 3);
}

static void five_links(struct fixture *fixture)
{
	add_links(fixture, 4);
}

/* --- V10 ------------------------------------------------------------------ */

static struct jhcfg_platform *platform(struct fixture *fixture)
{
	return &edit_root(fixture)->system.platform;
}

/* up to where eth0 begins */
static void just_in_front(struct fixture *fixture)
{
	add_memory(edit_root(fixture), "before", 0x08dff000, 0x08dff000, PAGE,
		   IO);
	add_memory(edit_root(fixture), "behind", 0x08f02000, 0x08f02000, PAGE,
		   IO);
}

static void over_bars(struct fixture *fixture)
{
	add_memory(edit_root(fixture), "bars", 0x08f01000, 0x08f01000, PAGE,
		   IO);
}

static void over_gic(struct fixture *fixture)
{
	platform(fixture)->pci_mmconfig_base = 0x08100000;
}

static void over_ram(struct fixture *fixture)
{
	platform(fixture)->pci_mmconfig_base = 0x50000000;
}

static void two_buses(struct fixture *fixture)
{
	platform(fixture)->pci_mmconfig_end_bus = 1;
	platform(fixture)->pci_mmconfig_base = 0x08c00000;
}

/* --- V11 ------------------------------------------------------------------ */

static const struct jhcfg_live_option with_pci[] = {
	{ "CONFIG_HOTPLUG_CPU", "y" },
	{ "CONFIG_PCI", "y" },
};

static void our_driver(struct fixture *fixture)
{
	struct jhcfg_live *target = live(fixture, JHCFG_LIVE_KERNEL_CONFIG);

	target->kernel_options = with_pci;
	target->num_kernel_options = sizeof(with_pci) / sizeof(with_pci[0]);
}

static void other_driver(struct fixture *fixture)
{
	our_driver(fixture);
	live(fixture, JHCFG_LIVE_MODULE_VERSION)->module_version = "v0.12";
}

/* --- V12 ------------------------------------------------------------------ */

static void any_domain(struct fixture *fixture)
{
	platform(fixture)->pci_domain = 0xffff;
}

static void domain_of_board(struct fixture *fixture)
{
	second_link(fixture);
	platform(fixture)->pci_domain = 0;
}

static void link_at_sound(struct fixture *fixture)
{
	struct jhcfg_link link = *jhcfg_workspace_link(fixture->workspace, 0);

	link.bdf = SLOT(0x1b);
	assert_int_equal(
		jhcfg_workspace_set_link(fixture->workspace, &link, NULL), 0);
}

/* --- V13 ------------------------------------------------------------------ */

static void net_of(struct fixture *fixture, const char *manager)
{
	static struct jhcfg_live_net net = {
		.name = "enP1p0s0",
		.driver = "ivshmem-net",
		.device = "0001:00:00.0",
	};

	net.manager = manager;
	live(fixture, JHCFG_LIVE_NET)->nets = &net;
	live(fixture, JHCFG_LIVE_NET)->num_nets = 1;
}

static void left_alone(struct fixture *fixture)
{
	net_of(fixture, "");
}

static void managed(struct fixture *fixture)
{
	net_of(fixture, "NetworkManager");
}

/* -------------------------------------------------------------------------- */

/* clang-format off */
const struct check_case cases_virtual[] = {
	CASE("V01", sample_arm64, second_link, index_too_high),
	CASE("V01", sample_arm64, NULL, regions_forgotten),
	CASE_BEYOND("V01", sample_arm64, NULL, nobody_knows, "M04"),
	CASE("V02", sample_arm64, second_link, id_of_root),
	CASE("V02", sample_arm64, NULL, id_beyond_peers),
	CASE_BEYOND("V02", sample_arm64, NULL, no_id_is_free, NULL),
	CASE("V03", sample_arm64, front_and_back, two_fronts),
	CASE("V03", sample_arm64, second_link, other_protocol),
	CASE("V03", sample_arm64, NULL, more_peers),
	CASE_ALSO("V04", sample_arm64, second_link, other_address, "M04"),
	CASE_ALSO("V04", sample_arm64, NULL, other_sizes, "M04"),
	CASE("V05", sample_arm64, second_link, writable_state),
	CASE("V05", sample_arm64, NULL, output_of_peer),
	CASE("V06", sample_arm64, second_link, hole_in_guest),
	CASE("V06", sample_arm64, NULL, unequal_outputs),
	CASE("V07", sample_arm64, second_link, not_shared),
	CASE("V08", sample_arm64, second_link, not_granted),
	CASE_ALSO("V08", sample_arm64, NULL, line_of_device, "I03"),
	CASE("V08", sample_arm64, NULL, line_of_root),
	CASE("V08", sample_arm64, NULL, line_of_derived_end),
	CASE("V08", sample_arm64, NULL, beyond_last_spi),
	CASE("V08", sample_arm64, NULL, derived_beyond_last_spi),
	CASE("V09", sample_arm64, four_links, msix_on_arm),
	CASE("V09", sample_arm64, NULL, msix_of_link),
	CASE_BEYOND("V09", sample_arm64, NULL, five_links, NULL),
	CASE("V10", sample_arm64, just_in_front, over_bars),
	CASE("V10", sample_arm64, NULL, over_gic),
	CASE("V10", sample_arm64, NULL, over_ram),
	CASE("V10", sample_arm64, NULL, two_buses),
	CASE("V11", sample_arm64, our_driver, other_driver),
	CASE("V12", sample_arm64, any_domain, domain_of_board),
	CASE("V12", sample_x86, NULL, link_at_sound),
	CASE("V13", sample_arm64, left_alone, managed),
	END_OF_CASES,
};
/* clang-format on */
