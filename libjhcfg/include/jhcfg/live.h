/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What a target says about itself beyond its hardware: read from a running or
 * recorded Linux, looked at by rules. Its hardware is a board, see there.
 *
 * Whoever fills the struct owns what it points to; readers only look. A fact
 * counts if its bit is in `known`: an empty list is a fact as well.
 */
#ifndef JHCFG_LIVE_H
#define JHCFG_LIVE_H

#include <jhcfg/board.h>
#include <jhcfg/diag.h>

enum jhcfg_live_fact {
	JHCFG_LIVE_RELEASE = 1 << 0,	      /* kernel_release */
	JHCFG_LIVE_COMMAND_LINE = 1 << 1,     /* command_line */
	JHCFG_LIVE_ONLINE_CPUS = 1 << 2,      /* online_cpus */
	JHCFG_LIVE_FIXED_CPUS = 1 << 3,	      /* fixed_cpus */
	JHCFG_LIVE_IOMEM = 1 << 4,	      /* iomem */
	JHCFG_LIVE_IOPORTS = 1 << 5,	      /* ioports */
	JHCFG_LIVE_KERNEL_CONFIG = 1 << 6,    /* kernel_options */
	JHCFG_LIVE_MODULES = 1 << 7,	      /* modules */
	JHCFG_LIVE_VIRTUALIZATION = 1 << 8,   /* virtualization */
	JHCFG_LIVE_HYPERVISOR_FLAG = 1 << 9,  /* in_a_vm */
	JHCFG_LIVE_MODULE_REVISION = 1 << 10, /* module_revision */
	JHCFG_LIVE_MODULE_VERSION = 1 << 11,  /* module_version */
	JHCFG_LIVE_IMAGES = 1 << 12,	      /* images */
	JHCFG_LIVE_ROOT_DEVICE = 1 << 13,     /* root_device */
	JHCFG_LIVE_TTYS = 1 << 14,	      /* ttys */
	JHCFG_LIVE_IDLE_STATES = 1 << 15,     /* idle_states */
	JHCFG_LIVE_NET = 1 << 16,	      /* nets */
	JHCFG_LIVE_FINGERPRINT = 1 << 17,     /* fingerprint */
	JHCFG_LIVE_MACHINE = 1 << 18,	      /* vendor, product, bios */
};

/* JHCFG_LIVE_VIRTUALIZATION: what the processor and the firmware offer. */
enum jhcfg_live_virtualization {
	JHCFG_LIVE_EL2 = 1 << 0, /* the kernel was started in EL2 (HYP) */
	JHCFG_LIVE_VMX = 1 << 1,
	JHCFG_LIVE_SVM = 1 << 2,
	JHCFG_LIVE_BIOS_LOCK = 1 << 3,	/* VT-x or SVM is switched off */
	JHCFG_LIVE_IOMMU = 1 << 4,	/* DMAR, IVRS or SMMU found */
	JHCFG_LIVE_IOMMU_USED = 1 << 5, /* by Linux, for translation */
};

/* A line of /proc/iomem or /proc/ioports. */
struct jhcfg_live_range {
	struct jhcfg_range range;
	unsigned int depth; /* of indentation: 0 is outermost */
	const char *name;   /* "System RAM" */
};

/* A line of the kernel's .config. */
struct jhcfg_live_option {
	const char *name;  /* "CONFIG_OF_OVERLAY" */
	const char *value; /* "y", "m", "n" (also: is not set), "48" */
};

struct jhcfg_live_tty {
	const char *name; /* "ttyS0" */
	uint64_t address; /* of its registers; port if is_io */
	bool is_io;
	bool is_console;    /* the kernel's console */
	const char *driver; /* bound to it: "8250", empty: none */
	const char *user;   /* who has it open: "agetty", empty: nobody */
};

/* An idle state of a CPU. */
struct jhcfg_live_idle {
	unsigned int cpu;
	const char *name; /* "C6" */
	uint32_t exit_latency_us;
	bool disabled;
};

/* An image of the hypervisor in the firmware path. */
struct jhcfg_live_image {
	const char *file;    /* "jailhouse.bin" */
	const char *version; /* "v0.12 (4-gabcdef)", empty: not told */
	uint64_t core_size;  /* of its header, 0: not told */
	uint64_t cpu_size;   /* per CPU */
};

struct jhcfg_live_net {
	const char *name;     /* "enp0s1" */
	const char *driver;   /* "ivshmem-net" */
	const char *device;   /* sysfs name of its device: "0000:00:01.0" */
	const char *manager;  /* who configures it: "NetworkManager",
				 "systemd-networkd", "ifupdown"; empty: nobody */
	bool has_ssh_session; /* somebody is logged in through it */
};

struct jhcfg_live {
	uint32_t known;	    /* JHCFG_LIVE_... */
	const char *source; /* "this machine", "recorded in DIR" */
	/* What importers made of its hardware; may be NULL. */
	const struct jhcfg_board *board;

	const char *kernel_release; /* "6.1.0-26-arm64" */
	const char *command_line;
	const unsigned int *online_cpus; /* ascending */
	size_t num_online_cpus;
	/* those that cannot be taken offline, ascending */
	const unsigned int *fixed_cpus;
	size_t num_fixed_cpus;
	const struct jhcfg_live_range *iomem; /* in the file's order */
	size_t num_iomem;
	const struct jhcfg_live_range *ioports;
	size_t num_ioports;
	const struct jhcfg_live_option *kernel_options; /* sorted by name */
	size_t num_kernel_options;
	const char *const *modules; /* loaded: "kvm_intel"; sorted */
	size_t num_modules;
	uint32_t virtualization; /* JHCFG_LIVE_EL2, ... */
	bool in_a_vm;		 /* the processor says so (CPUID), or DMI */
	const char *vendor;	 /* DMI or device tree: "QEMU" */
	const char *product;
	const char *bios; /* version and date */

	/* The driver: installed or loaded; revision of configurations that it
	 * takes, 0: it is not there */
	unsigned int module_revision;
	const char *module_version; /* empty: not there */
	const struct jhcfg_live_image *images;
	size_t num_images;

	/* where "/" is: sysfs name of the device below, "0000:00:1f.2",
	 * "mmc0"; empty: none (initramfs, network) */
	const char *root_device;
	const struct jhcfg_live_tty *ttys;
	size_t num_ttys;
	const struct jhcfg_live_idle *idle_states;
	size_t num_idle_states;
	const struct jhcfg_live_net *nets;
	size_t num_nets;
	/* of CPUs, firmware tables and memory map; opaque, only compared */
	const char *fingerprint;
};

/*
 * What the machine at @path says: "/" for this one, a folder with its /proc and
 * /sys, or an archive of such (see jhcfg_import_machine()). What cannot be
 * found is not known; that is no failure. The result and all in it is one
 * object for jhcfg_live_free(). -ENOENT and others: there is no such machine;
 * -ENOMEM. @diags has it in words.
 */
JHCFG_API int jhcfg_live_read(const char *path, struct jhcfg_diags *diags,
			      struct jhcfg_live **live);
/* The same with an archive in memory, @name for messages. -ENOTSUP: this
 * library was built without libarchive. */
JHCFG_API int jhcfg_live_read_archive(const void *data, size_t size,
				      const char *name,
				      struct jhcfg_diags *diags,
				      struct jhcfg_live **live);
/* The shell script that packs such an archive, "sh -s -- - <SCRIPT" of its
 * output; for any machine with a POSIX shell, run by root. */
JHCFG_API const char *jhcfg_collect_script(void);
/* Only for what the calls above made; NULL is legal. */
JHCFG_API void jhcfg_live_free(struct jhcfg_live *live);

/* The fact is known. */
static inline bool jhcfg_live_knows(const struct jhcfg_live *live,
				    enum jhcfg_live_fact fact)
{
	return live && live->known & (uint32_t)fact;
}

/* The value of a kernel option ("CONFIG_OF_OVERLAY"), "n" if it is not there;
 * O(log n). */
JHCFG_API const char *jhcfg_live_kernel_option(const struct jhcfg_live *live,
					       const char *name);
/* Whether the module is loaded; '-' and '_' are the same. O(n). */
JHCFG_API bool jhcfg_live_has_module(const struct jhcfg_live *live,
				     const char *name);

#endif
