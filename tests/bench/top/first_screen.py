#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""first_screen.py TEXT PROGRAM...: milliseconds from the start of the program
in a terminal of 100x30 until it has shown TEXT."""
import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time


def main():
    wanted = sys.argv[1].encode()
    began = time.monotonic()
    pid, fd = pty.fork()
    if not pid:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
        os.execv(sys.argv[2], sys.argv[2:])
    seen = b""
    while wanted not in seen:
        if not select.select([fd], [], [], 10)[0]:
            sys.exit("not shown within 10 s")
        seen += os.read(fd, 65536)
    print(f"{(time.monotonic() - began) * 1000:.1f}")
    os.kill(pid, signal.SIGTERM)
    while True:  # it restores the terminal before it ends
        try:
            if not os.read(fd, 65536):
                break
        except OSError:
            break
    os.waitpid(pid, 0)


main()
