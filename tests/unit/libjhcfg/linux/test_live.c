// SPDX-License-Identifier: GPL-2.0-or-later
/* Facts about targets: recorded ones, and one that is made up. */
#include <cmocka_all.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <tree.h>
#include <unistd.h>

#include <jailhouse/cell-config.h>
#include <jailhouse/image.h>
#include <jhcfg/live.h>

static struct jhcfg_live *recorded(const char *name)
{
	struct jhcfg_diags *diags = jhcfg_diags_new();
	struct jhcfg_live *live = NULL;
	char path[512];

	snprintf(path, sizeof(path), MACHINES "/%s.tar.gz", name);
	assert_int_equal(jhcfg_live_read(path, diags, &live), 0);
	jhcfg_diags_free(diags);
	return live;
}

/* --- recordings -------------------------------------------------------------
 */

static void test_live_of_a_recorded_pc(void **state)
{
	const uint32_t known = JHCFG_LIVE_RELEASE | JHCFG_LIVE_COMMAND_LINE |
			       JHCFG_LIVE_ONLINE_CPUS | JHCFG_LIVE_FIXED_CPUS |
			       JHCFG_LIVE_IOMEM | JHCFG_LIVE_IOPORTS |
			       JHCFG_LIVE_MODULES | JHCFG_LIVE_VIRTUALIZATION |
			       JHCFG_LIVE_HYPERVISOR_FLAG |
			       JHCFG_LIVE_ROOT_DEVICE | JHCFG_LIVE_TTYS |
			       JHCFG_LIVE_IDLE_STATES | JHCFG_LIVE_FINGERPRINT |
			       JHCFG_LIVE_MACHINE;
	struct jhcfg_live *live = recorded("q35-intel");

	(void)state;
	assert_int_equal(live->known, known);
	assert_string_equal(live->source, "recorded in q35-intel.tar.gz");
	assert_int_equal(strncmp(live->kernel_release, "6.1.0-", 6), 0);
	assert_non_null(strstr(live->command_line, "memmap=64M$0x18000000"));
	assert_int_equal(live->num_online_cpus, 8);
	assert_int_equal(live->online_cpus[7], 7);
	/* CPU 0 of a PC stays */
	assert_int_equal(live->num_fixed_cpus, 1);
	assert_int_equal(live->fixed_cpus[0], 0);
	assert_int_equal(live->num_iomem, 48);
	assert_string_equal(live->iomem[1].name, "System RAM");
	assert_int_equal(live->iomem[1].range.size, 0x9ec00);
	assert_int_equal(live->iomem[7].depth, 1);
	assert_true(jhcfg_live_has_module(live, "nvme-core"));
	assert_false(jhcfg_live_has_module(live, "kvm"));
	assert_int_equal(live->virtualization, JHCFG_LIVE_IOMMU);
	assert_true(live->in_a_vm);
	assert_string_equal(live->vendor, "QEMU");
	assert_string_equal(live->product, "Standard PC (Q35 + ICH9, 2009)");
	assert_true(strlen(live->bios) > 8);
	/* an initramfs is on no device */
	assert_string_equal(live->root_device, "");
	assert_memory_equal(live->fingerprint, "1 cpus:", 7);
	assert_non_null(live->board);
	assert_int_equal(jhcfg_board_num_cpus(live->board), 8);
	jhcfg_live_free(live);
}

static void test_live_ttys_of_a_recorded_pc(void **state)
{
	struct jhcfg_live *live = recorded("q35-intel");

	(void)state;
	assert_int_equal(live->num_ttys, 1);
	assert_string_equal(live->ttys[0].name, "ttyS0");
	assert_true(live->ttys[0].is_io);
	assert_int_equal(live->ttys[0].address, 0x3f8);
	assert_true(live->ttys[0].is_console);
	assert_string_equal(live->ttys[0].driver, "serial");
	jhcfg_live_free(live);
}

static void test_live_of_a_recorded_arm_board(void **state)
{
	struct jhcfg_live *live = recorded("virt");

	(void)state;
	assert_int_equal(live->num_online_cpus, 4);
	assert_int_equal(live->num_fixed_cpus, 0);
	/* -machine virtualization=on,iommu=smmuv3: Linux drives the IOMMU */
	assert_true(jhcfg_live_knows(live, JHCFG_LIVE_VIRTUALIZATION));
	assert_int_equal(live->virtualization, JHCFG_LIVE_EL2 |
						       JHCFG_LIVE_IOMMU |
						       JHCFG_LIVE_IOMMU_USED);
	assert_string_equal(live->ttys[0].name, "ttyAMA0");
	assert_false(live->ttys[0].is_io);
	assert_int_equal(live->ttys[0].address, 0x09000000);
	assert_string_equal(jhcfg_board_name(live->board), "dummy-virt");
	jhcfg_live_free(live);
}

/* The same machine has the same one; a different one has another. */
static void test_live_fingerprints(void **state)
{
	struct jhcfg_live *one = recorded("q35-intel");
	struct jhcfg_live *again = recorded("q35-intel");
	struct jhcfg_live *other = recorded("q35-amd");

	(void)state;
	assert_string_equal(one->fingerprint, again->fingerprint);
	assert_string_not_equal(one->fingerprint, other->fingerprint);
	jhcfg_live_free(one);
	jhcfg_live_free(again);
	jhcfg_live_free(other);
}

/* --- one that is made up
 * ------------------------------------------------------- */

static void link_to(const char *target, const char *root, const char *path)
{
	char full[512];

	snprintf(full, sizeof(full), "%s/%s", root, path);
	assert_int_equal(symlink(target, full), 0);
}

static struct jhcfg_live *read_tree(const char *root)
{
	struct jhcfg_live *live = NULL;

	assert_int_equal(jhcfg_live_read(root, NULL, &live), 0);
	return live;
}

static void test_live_of_nothing_knows_nothing(void **state)
{
	struct jhcfg_live *live = read_tree(tree_make());

	(void)state;
	assert_int_equal(live->known, 0);
	assert_null(live->board);
	assert_string_equal(live->kernel_release, "");
	jhcfg_live_free(live);
	tree_remove();
	live = NULL;
	assert_int_equal(jhcfg_live_read("/no/such/folder", NULL, &live),
			 -ENOENT);
	assert_null(live);
	jhcfg_live_free(NULL);
}

static void test_live_kernel_options(void **state)
{
	const char *root = tree_make();
	struct jhcfg_live *live;

	(void)state;
	tree_write("/proc/sys/kernel/osrelease", "6.1.0-test\n");
	tree_write("/boot/config-6.1.0-test",
		   "#\n# Automatically generated\n#\n"
		   "CONFIG_OF_OVERLAY=y\n# CONFIG_KVM is not set\n"
		   "CONFIG_HZ=250\nCONFIG_A=m\n# CONFIG_ODD is set\n");
	live = read_tree(root);
	assert_true(jhcfg_live_knows(live, JHCFG_LIVE_KERNEL_CONFIG));
	assert_int_equal(live->num_kernel_options, 4);
	assert_string_equal(jhcfg_live_kernel_option(live, "CONFIG_OF_OVERLAY"),
			    "y");
	assert_string_equal(jhcfg_live_kernel_option(live, "CONFIG_KVM"), "n");
	assert_string_equal(jhcfg_live_kernel_option(live, "CONFIG_HZ"), "250");
	assert_string_equal(jhcfg_live_kernel_option(live, "CONFIG_A"), "m");
	jhcfg_live_free(live);
	tree_remove();
}

static void expect_virtualization(const char *log, bool known, uint32_t found)
{
	const char *root = tree_make();
	struct jhcfg_live *live;

	tree_write("/proc/cpuinfo", "processor : 0\nCPU part : 0xd03\n");
	tree_write("/var/log/dmesg", log);
	live = read_tree(root);
	assert_int_equal(jhcfg_live_knows(live, JHCFG_LIVE_VIRTUALIZATION),
			 known);
	assert_int_equal(live->virtualization, found);
	jhcfg_live_free(live);
	tree_remove();
}

static void test_live_kernel_log(void **state)
{
	(void)state;
	expect_virtualization("[    0.1] CPU: All CPU(s) started at EL2\n",
			      true, JHCFG_LIVE_EL2);
	expect_virtualization("[    0.1] CPU: All CPU(s) started at EL1\n",
			      true, 0);
	expect_virtualization("CPU: All CPU(s) started in HYP mode.\n", true,
			      JHCFG_LIVE_EL2);
	expect_virtualization("nothing of interest\n", false, 0);
}

static void expect_root(const char *link, const char *device)
{
	const char *root = tree_make();
	struct jhcfg_live *live;

	tree_write("/proc/self/mountinfo",
		   "25 30 0:23 / /sys rw - sysfs sysfs rw\n"
		   "30 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw\n");
	tree_write("/sys/dev/block/x", "");
	link_to(link, root, "sys/dev/block/8:1");
	live = read_tree(root);
	assert_true(jhcfg_live_knows(live, JHCFG_LIVE_ROOT_DEVICE));
	assert_string_equal(live->root_device, device);
	jhcfg_live_free(live);
	tree_remove();
}

static void test_live_root_device(void **state)
{
	(void)state;
	expect_root("../../devices/pci0000:00/0000:00:1c.0/0000:02:00.0/ata1/"
		    "host0/target0:0:0/0:0:0:0/block/sda/sda1",
		    "0000:02:00.0");
	expect_root("../../devices/platform/soc/fe340000.mmc/mmc_host/mmc0/"
		    "mmc0:0001/block/mmcblk0/mmcblk0p2",
		    "fe340000.mmc");
	expect_root("../../devices/platform/a003e00.virtio_mmio/virtio5/block/"
		    "vda/vda1",
		    "a003e00.virtio_mmio");
	expect_root("../../devices/virtual/block/dm-0", "virtual");
}

static void test_live_users_of_ttys(void **state)
{
	const char *root = tree_make();
	struct jhcfg_live *live;

	(void)state;
	tree_write("/sys/class/tty/ttyS0/io_type", "0\n");
	tree_write("/sys/class/tty/ttyS0/port", "0x3F8\n");
	tree_write("/sys/class/tty/ttyS0/type", "4\n");
	tree_write("/sys/class/tty/ttyS1/io_type", "0\n");
	tree_write("/sys/class/tty/ttyS1/port", "0x2F8\n");
	tree_write("/sys/class/tty/ttyS1/type", "4\n");
	tree_write("/sys/class/tty/ttyS2/io_type", "0\n");
	tree_write("/sys/class/tty/ttyS2/port", "0x3E8\n");
	tree_write("/sys/class/tty/ttyS2/type", "0\n");
	tree_write("/sys/class/tty/tty1/active", "");
	tree_write("/sys/class/tty/console/active", "tty0 ttyS1\n");
	tree_write("/proc/120/comm", "agetty\n");
	tree_write("/proc/120/fd/9", "");
	link_to("/dev/ttyS0", root, "proc/120/fd/0");
	link_to("socket:[1]", root, "proc/120/fd/1");
	live = read_tree(root);
	assert_int_equal(live->num_ttys, 2);
	assert_string_equal(live->ttys[0].user, "agetty");
	assert_false(live->ttys[0].is_console);
	assert_string_equal(live->ttys[0].driver, "");
	assert_string_equal(live->ttys[1].user, "");
	assert_true(live->ttys[1].is_console);
	jhcfg_live_free(live);
	tree_remove();
}

/* --- who is logged in ------------------------------------------------------
 */

static void make_nets(const char *root)
{
	tree_write("/sys/class/net/x", "");
	link_to("../../devices/pci0000:00/0000:00:1c.0/0000:02:00.0/net/eth0",
		root, "sys/class/net/eth0");
	link_to("../../devices/platform/soc/30be0000.ethernet/net/eth1", root,
		"sys/class/net/eth1");
	link_to("../../devices/virtual/net/br0", root, "sys/class/net/br0");
	tree_write("/sys/devices/virtual/net/br0/mtu", "1500\n");
	link_to("../../../platform/soc/30be0000.ethernet/net/eth1", root,
		"sys/devices/virtual/net/br0/lower_eth1");
	/* 10.1.0.0/16 by br0, all else by eth0 */
	tree_write(
		"/proc/net/route",
		"Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\t"
		"Mask\t\tMTU\tWindow\tIRTT\n"
		"br0\t0000010A\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0\n"
		"eth0\t00000000\t0102A8C0\t0003\t0\t0\t0\t00000000\t0\t0\t0\n");
	tree_write("/proc/net/if_inet6",
		   "fe80000000000000021122fffe334455 03 40 20 80     eth1\n"
		   "00000000000000000000000000000001 01 80 10 80       lo\n");
}

static const struct jhcfg_live_net *find_net(const struct jhcfg_live *live,
					     const char *name)
{
	for (size_t n = 0; n < live->num_nets; n++)
		if (!strcmp(live->nets[n].name, name))
			return &live->nets[n];
	fail_msg("no interface %s", name);
	return NULL;
}

/* A server of this name has the socket 4711, which @line tells of. */
static void expect_session(const char *comm, const char *table,
			   const char *line, bool eth0, bool eth1)
{
	const char *root = tree_make();
	struct jhcfg_live *live;

	make_nets(root);
	tree_write("/proc/77/comm", comm);
	tree_write("/proc/77/fd/9", "");
	link_to("socket:[4711]", root, "proc/77/fd/3");
	tree_write(table, line);
	live = read_tree(root);
	assert_true(jhcfg_live_knows(live, JHCFG_LIVE_NET));
	assert_string_equal(find_net(live, "eth0")->device, "0000:02:00.0");
	assert_string_equal(find_net(live, "eth1")->device,
			    "30be0000.ethernet");
	assert_int_equal(find_net(live, "eth0")->has_ssh_session, eth0);
	assert_int_equal(find_net(live, "eth1")->has_ssh_session, eth1);
	jhcfg_live_free(live);
	tree_remove();
}

#define REST " 00000000:00000000 00:00000000 00000000     0        0 "

static void test_live_ssh_sessions(void **state)
{
	static const char v4[] = "/proc/net/tcp", v6[] = "/proc/net/tcp6";

	(void)state;
	/* from 192.0.2.9, by the default route */
	expect_session("sshd\n", v4,
		       "   1: 0502A8C0:0016 090200C0:C350 01" REST "4711 1\n",
		       true, false);
	/* from 10.1.0.9, through the bridge, whose card is eth1 */
	expect_session("dropbear\n", v4,
		       "   1: 0100010A:08AE 0900010A:C350 01" REST "4711 1\n",
		       false, true);
	/* the same to a server that listens for IPv6 */
	expect_session("sshd-session\n", v6,
		       "   1: 0000000000000000FFFF00000100010A:0016 "
		       "0000000000000000FFFF00000900010A:C350 01" REST
		       "4711 1\n",
		       false, true);
	expect_session("sshd\n", v6,
		       "   1: 000080FE00000000FF22110255443 3FE:0016 "
		       "000080FE00000000FF22110200000001:C350 01" REST
		       "4711 1\n",
		       false, false);
	expect_session("sshd\n", v6,
		       "   1: 000080FE00000000FF221102554433FE:0016 "
		       "000080FE00000000FF22110200000001:C350 01" REST
		       "4711 1\n",
		       false, true);
	/* one that only listens, one from here, and somebody else's */
	expect_session("sshd\n", v4,
		       "   1: 00000000:0016 00000000:0000 0A" REST "4711 1\n",
		       false, false);
	expect_session("sshd\n", v4,
		       "   1: 0502A8C0:0016 0502A8C0:C350 01" REST "4711 1\n",
		       false, false);
	expect_session("sshd\n", v4,
		       "   1: 0502A8C0:0016 090200C0:C350 01" REST "4712 1\n",
		       false, false);
	expect_session("nginx\n", v4,
		       "   1: 0502A8C0:0050 090200C0:C350 01" REST "4711 1\n",
		       false, false);
}

/* Each of them is made of all others: they are looked at once. */
static void test_live_nets_that_are_made_of_each_other(void **state)
{
	const char *root = tree_make();
	struct jhcfg_live *live;
	char path[128];

	(void)state;
	make_nets(root);
	for (int n = 0; n < 120; n++) {
		snprintf(path, sizeof(path), "sys/class/net/v%d", n);
		if (n < 50)
			link_to("../../devices/virtual/net/v", root, path);
		snprintf(path, sizeof(path), "/sys/devices/virtual/net/v%d/mtu",
			 n);
		tree_write(path, "1500\n");
		for (int below = 0; below < 120; below++) {
			snprintf(path, sizeof(path),
				 "sys/devices/virtual/net/v%d/lower_v%d", n,
				 below);
			link_to("../eth", root, path);
		}
	}
	link_to("../eth1", root, "sys/devices/virtual/net/v49/lower_br0");
	tree_write("/proc/net/route",
		   "Iface\n"
		   "v0\t00000000\t0102A8C0\t0003\t0\t0\t0\t00000000\t0\n");
	tree_write("/proc/77/comm", "sshd\n");
	tree_write("/proc/77/fd/9", "");
	link_to("socket:[4711]", root, "proc/77/fd/3");
	tree_write("/proc/net/tcp",
		   "   1: 0502A8C0:0016 090200C0:C350 01" REST "4711 1\n");
	alarm(60);
	live = read_tree(root);
	alarm(0);
	assert_true(find_net(live, "v49")->has_ssh_session);
	assert_true(find_net(live, "eth1")->has_ssh_session);
	assert_false(find_net(live, "eth0")->has_ssh_session);
	jhcfg_live_free(live);
	tree_remove();
}

static void test_live_idle_states_and_fixed_cpus(void **state)
{
	const char *root = tree_make();
	struct jhcfg_live *live;

	(void)state;
	tree_write("/sys/devices/system/cpu/online", "0,2-3\n");
	tree_write("/sys/devices/system/cpu/cpu0/uevent", "");
	tree_write("/sys/devices/system/cpu/cpu2/online", "1\n");
	tree_write("/sys/devices/system/cpu/cpu2/cpuidle/state0/name", "WFI\n");
	tree_write("/sys/devices/system/cpu/cpu2/cpuidle/state1/name", "C6\n");
	tree_write("/sys/devices/system/cpu/cpu2/cpuidle/state1/latency",
		   "133\n");
	tree_write("/sys/devices/system/cpu/cpu2/cpuidle/state1/disable",
		   "1\n");
	live = read_tree(root);
	assert_int_equal(live->num_online_cpus, 3);
	assert_int_equal(live->online_cpus[1], 2);
	assert_int_equal(live->num_fixed_cpus, 1);
	assert_int_equal(live->num_idle_states, 2);
	assert_int_equal(live->idle_states[1].cpu, 2);
	assert_string_equal(live->idle_states[1].name, "C6");
	assert_int_equal(live->idle_states[1].exit_latency_us, 133);
	assert_true(live->idle_states[1].disabled);
	assert_false(live->idle_states[0].disabled);
	jhcfg_live_free(live);
	tree_remove();
}

static void test_live_driver_and_images(void **state)
{
	static const char module[] = "\177ELF\0license=GPL\0version=v1.2\0x";
	struct jailhouse_image_header header = {
		.abi = JAILHOUSE_IMAGE_ABI,
		.architecture = JAILHOUSE_ARM64,
		.core_size = 0x20000,
		.cpu_private_size = 0x3000,
		.cpu_shared_size = 0x180,
		.version = "v1.2",
	};
	const char *root = tree_make();
	struct jhcfg_live *live;

	(void)state;
	memcpy(header.signature, JAILHOUSE_IMAGE_SIGNATURE,
	       sizeof(header.signature));
	tree_write("/proc/sys/kernel/osrelease", "6.1.0-test\n");
	tree_write("/lib/modules/6.1.0-test/modules.dep", "");
	tree_write_bytes("/lib/firmware/jailhouse.bin", &header,
			 sizeof(header));
	tree_write("/lib/firmware/jailhouse-old.bin", "no image");
	tree_write("/lib/firmware/regulatory.db", "");
	live = read_tree(root);
	assert_true(jhcfg_live_knows(live, JHCFG_LIVE_MODULE_VERSION));
	assert_string_equal(live->module_version, "");
	assert_int_equal(live->num_images, 2);
	assert_string_equal(live->images[0].file, "jailhouse-old.bin");
	assert_int_equal(live->images[0].core_size, 0);
	assert_string_equal(live->images[1].version, "v1.2");
	assert_int_equal(live->images[1].core_size, 0x20000);
	assert_int_equal(live->images[1].cpu_size, 0x3180);
	jhcfg_live_free(live);

	tree_write_bytes("/lib/modules/6.1.0-test/extra/jailhouse.ko", module,
			 sizeof(module));
	live = read_tree(root);
	assert_string_equal(live->module_version, "v1.2");
	jhcfg_live_free(live);

	tree_write("/sys/module/jailhouse/version", "v1.3\n");
	live = read_tree(root);
	assert_string_equal(live->module_version, "v1.3");
	jhcfg_live_free(live);
	tree_remove();
}

/* The machine that the test runs on has a kernel and CPUs. */
static void test_live_of_this_machine(void **state)
{
	struct jhcfg_live *live = read_tree("/");

	(void)state;
	assert_string_equal(live->source, "this machine");
	assert_true(jhcfg_live_knows(live, JHCFG_LIVE_RELEASE));
	assert_true(jhcfg_live_knows(live, JHCFG_LIVE_COMMAND_LINE));
	jhcfg_live_free(live);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_live_of_a_recorded_pc),
		cmocka_unit_test(test_live_ttys_of_a_recorded_pc),
		cmocka_unit_test(test_live_of_a_recorded_arm_board),
		cmocka_unit_test(test_live_fingerprints),
		cmocka_unit_test(test_live_of_nothing_knows_nothing),
		cmocka_unit_test(test_live_kernel_options),
		cmocka_unit_test(test_live_kernel_log),
		cmocka_unit_test(test_live_root_device),
		cmocka_unit_test(test_live_users_of_ttys),
		cmocka_unit_test(test_live_ssh_sessions),
		cmocka_unit_test(test_live_nets_that_are_made_of_each_other),
		cmocka_unit_test(test_live_idle_states_and_fixed_cpus),
		cmocka_unit_test(test_live_driver_and_images),
		cmocka_unit_test(test_live_of_this_machine),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
