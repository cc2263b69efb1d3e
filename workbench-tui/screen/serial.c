// SPDX-License-Identifier: GPL-2.0-or-later
/* A file of its own: the kernel's termios and the C library's have the same
 * names. */
#include "screen/serial.h"

#include <asm/termbits.h>
#include <linux/serial.h>
#include <sys/ioctl.h>

#define BITS_A_BYTE 10	   /* with start and stop bit */
#define SPEED	    115200 /* of a line that does not tell */

unsigned int tui_serial_bytes_s(int fd)
{
	struct serial_struct serial;
	struct termios2 termios;

	/* only drivers of serial lines know this one */
	if (ioctl(fd, TIOCGSERIAL, &serial))
		return 0;
	if (ioctl(fd, TCGETS2, &termios) || termios.c_ospeed < 300)
		return SPEED / BITS_A_BYTE;
	return termios.c_ospeed / BITS_A_BYTE;
}
