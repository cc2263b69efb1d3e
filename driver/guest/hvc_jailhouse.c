// SPDX-License-Identifier: GPL-2.0-only
/*
 * The hypervisor's virtual console as console and terminal hvc0 of a cell. It
 * has no input.
 *
 * A driver of its own and no back end of the kernel's hvc_console: the header
 * of that is not among those that modules can be built with. The name is the
 * same, so that "console=hvc0" means what it does elsewhere.
 */
#include <linux/console.h>
#include <linux/module.h>
#include <linux/of.h>
#include <linux/platform_device.h>
#include <linux/tty.h>
#include <linux/tty_driver.h>
#include <linux/tty_port.h>

#include <jailhouse/hypercall.h>

#include "compat.h"
#include "hypercall.h"

static bool force;
module_param(force, bool, 0444);
MODULE_PARM_DESC(
	force, "there is a hypervisor, though the device tree does not say so");

static struct tty_driver *terminal;
static struct tty_port port;

static void put_text(const char *text, size_t size)
{
	size_t n;

	for (n = 0; n < size; n++)
		jh_hypercall1(JAILHOUSE_HC_DEBUG_CONSOLE_PUTC,
			      (unsigned char)text[n]);
}

/* --- the console
 * ------------------------------------------------------------------ */

static void console_write(struct console *console, const char *text,
			  unsigned int size)
{
	put_text(text, size);
}

static struct tty_driver *console_terminal(struct console *console, int *index)
{
	*index = console->index;
	return terminal;
}

static struct console console = {
	.name = "hvc",
	.write = console_write,
	.device = console_terminal,
	.flags = CON_PRINTBUFFER,
	.index = 0,
};

/* --- the terminal
 * ----------------------------------------------------------------- */

static int terminal_open(struct tty_struct *tty, struct file *file)
{
	return tty_port_open(&port, tty, file);
}

static void terminal_close(struct tty_struct *tty, struct file *file)
{
	tty_port_close(&port, tty, file);
}

static tty_count terminal_write(struct tty_struct *tty,
				const unsigned char *text, tty_size size)
{
	put_text((const char *)text, size);
	return size;
}

/* The hypervisor takes all there is. */
static unsigned int terminal_write_room(struct tty_struct *tty)
{
	return PAGE_SIZE;
}

static const struct tty_operations terminal_ops = {
	.open = terminal_open,
	.close = terminal_close,
	.write = terminal_write,
	.write_room = terminal_write_room,
};

static const struct tty_port_operations port_ops = {};

static int add_terminal(void)
{
	int err;

	terminal = tty_alloc_driver(1, TTY_DRIVER_REAL_RAW |
					       TTY_DRIVER_RESET_TERMIOS);
	if (IS_ERR(terminal)) {
		err = PTR_ERR(terminal);
		terminal = NULL;
		return err;
	}
	terminal->driver_name = "hvc_jailhouse";
	terminal->name = "hvc";
	terminal->type = TTY_DRIVER_TYPE_SYSTEM;
	terminal->subtype = SYSTEM_TYPE_CONSOLE;
	terminal->init_termios = tty_std_termios;
	/* Lines end by a newline alone, there. */
	terminal->init_termios.c_oflag = OPOST;
	tty_set_operations(terminal, &terminal_ops);
	tty_port_init(&port);
	port.ops = &port_ops;
	tty_port_link_device(&port, terminal, 0);
	err = tty_register_driver(terminal);
	if (err) {
		tty_port_destroy(&port);
		tty_driver_kref_put(terminal);
		terminal = NULL;
	}
	return err;
}

static void remove_terminal(void)
{
	tty_unregister_driver(terminal);
	tty_port_destroy(&port);
	tty_driver_kref_put(terminal);
}

/* --- the device
 * ------------------------------------------------------------------- */

static int probe(struct platform_device *device)
{
	int err;

	if (!force &&
	    !of_property_read_bool(device->dev.of_node, "virtual-console"))
		return -ENODEV;
	/* One character that shows nothing: may the cell do this? */
	if (jh_hypercall1(JAILHOUSE_HC_DEBUG_CONSOLE_PUTC, '\n')) {
		dev_err(&device->dev,
			"the cell may not use the virtual console\n");
		return -EPERM;
	}
	err = add_terminal();
	if (err)
		return err;
	register_console(&console);
	return 0;
}

static const struct of_device_id ids[] = {
	{ .compatible = "jailhouse,cell" },
	{},
};
MODULE_DEVICE_TABLE(of, ids);

static struct platform_driver hvc_driver = {
	.driver = {
		.name = "hvc_jailhouse",
		.of_match_table = ids,
		/* One console for good: it stays as long as the module. */
		.suppress_bind_attrs = true,
	},
	.probe = probe,
};

static struct platform_device *forced;

static int __init hvc_init(void)
{
	int err;

	if (force) {
		forced = platform_device_register_simple("hvc_jailhouse", -1,
							 NULL, 0);
		if (IS_ERR(forced))
			return PTR_ERR(forced);
	}
	err = platform_driver_register(&hvc_driver);
	if (err && force)
		platform_device_unregister(forced);
	return err;
}

static void __exit hvc_exit(void)
{
	platform_driver_unregister(&hvc_driver);
	if (force)
		platform_device_unregister(forced);
	if (terminal) {
		unregister_console(&console);
		remove_terminal();
	}
}

module_init(hvc_init);
module_exit(hvc_exit);

MODULE_DESCRIPTION("Console of a cell on the hypervisor's virtual console");
MODULE_LICENSE("GPL");
