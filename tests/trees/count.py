#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
#
# count.py FILE.dtb...: "NAME cpus memory interrupts windows" of each tree,
# counted from what dtc prints. It shares nothing with the library: that is
# what it is for.
#
# cpus: nodes of /cpus that are CPUs and have not failed
# memory: ranges of memory nodes and of reserved-memory that are not empty, and
#     entries of /memreserve/
# interrupts: specifiers of "interrupts" and "interrupts-extended" of all
#     devices, as long as their parents can be found
# windows: entries of "reg" of all devices that "ranges" lead to the CPU

import os
import re
import subprocess
import sys

ESCAPES = {'n': 10, 't': 9, 'r': 13, 'b': 8, 'a': 7, 'v': 11, 'f': 12}
NOT_DEVICES = {'cpus', 'reserved-memory', 'memory', 'aliases', 'chosen',
               '__symbols__', '__fixups__', '__local_fixups__', 'options'}
TOKEN = re.compile(r'"((?:[^"\\]|\\.)*)"|<([^>]*)>|\[([^\]]*)\]')
ESCAPE = re.compile(r'\\(x[0-9a-fA-F]{1,2}|[0-7]{1,3}|.)')


def unescape(match):
    code = match.group(1)
    if code[0] == 'x':
        return chr(int(code[1:], 16))
    if code[0].isdigit():
        return chr(int(code, 8))
    return chr(ESCAPES.get(code, ord(code)))


def value_bytes(text):
    out = bytearray()
    for string, cells, data in TOKEN.findall(text):
        if cells:
            for cell in cells.split():
                out += int(cell, 0).to_bytes(4, 'big')
        elif data:
            out += bytes.fromhex(data)
        else:
            out += ESCAPE.sub(unescape, string).encode('latin-1') + b'\0'
    return bytes(out)


class Node:
    def __init__(self, name, parent):
        self.name, self.parent = name, parent
        self.props, self.children = {}, []

    def cells(self, name):
        data = self.props.get(name, b'')
        return [int.from_bytes(data[n:n + 4], 'big')
                for n in range(0, len(data) - len(data) % 4, 4)]

    def number(self, name, default):
        return (self.cells(name) or [default])[0]

    def texts(self, name):
        return self.props.get(name, b'').decode('latin-1').split('\0')[:-1]

    @property
    def na(self):
        return self.number('#address-cells', 2)

    @property
    def ns(self):
        return self.number('#size-cells', 1)

    def walk(self):
        yield self
        for child in self.children:
            yield from child.walk()


def parse(path):
    lines = subprocess.run(['dtc', '-q', '-I', 'dtb', '-O', 'dts', path],
                           check=True, capture_output=True,
                           text=True, errors='surrogateescape').stdout
    root, node, reserved = None, None, 0
    for line in lines.split('\n'):
        line = line.strip()
        if line.startswith('/memreserve/'):
            reserved += int(line.split()[2].rstrip(';'), 0) > 0
        elif line.endswith('{'):
            child = Node(line[:-1].strip(), node)
            if node:
                node.children.append(child)
            else:
                root = child
            node = child
        elif line == '};':
            node = node.parent
        elif line.endswith(';') and node:
            name, _, text = line[:-1].partition(' = ')
            node.props[name] = value_bytes(text)
    return root, reserved


def join(cells):
    value = 0
    for cell in cells:
        value = value << 32 | cell
    return value


def split(bus, cells):
    """An address of that bus: what must be equal, and the number."""
    high, low = list(cells[:-2]), cells[-2:]
    pci = bus.na == 3 and any(
        text.startswith('pci') for text in bus.texts('device_type'))
    if high and pci:
        high[0] &= 0x03000000
    return high, join(low)


def translate(bus, cells):
    high, number = split(bus, cells)
    while bus.parent:
        up = bus.parent
        if 'ranges' not in bus.props:
            return None
        entries = bus.cells('ranges')
        if entries:
            step = bus.na + up.na + bus.ns
            for n in range(0, len(entries) - step + 1, step):
                entry = entries[n:n + step]
                base = split(bus, entry[:bus.na])
                size = join(entry[bus.na + up.na:])
                if base[0] == high and 0 <= number - base[1] < size:
                    above = split(up, entry[bus.na:bus.na + up.na])
                    high, number = above[0], above[1] + number - base[1]
                    break
            else:
                return None
        elif bus.na != up.na and high:
            return None
        bus = up
    return None if any(high) else number


def windows(node):
    if not node.parent:
        return 0
    na, ns = node.parent.na, node.parent.ns
    reg, count = node.cells('reg'), 0
    for n in range(0, len(reg) - na - ns + 1, na + ns or 1):
        size = join(reg[n + na:n + na + ns])
        if size and translate(node.parent, reg[n:n + na]) is not None:
            count += 1
    return count


def irq_parent(node, handles):
    while node:
        if 'interrupt-parent' in node.props:
            node = handles.get(node.number('interrupt-parent', 0))
        else:
            node = node.parent
        if node and '#interrupt-cells' in node.props:
            return node
    return None


def interrupts(node, handles):
    if 'interrupts-extended' in node.props:
        cells, count, at = node.cells('interrupts-extended'), 0, 0
        while at < len(cells):
            if cells[at] == 0:
                at += 1
                continue
            parent = handles.get(cells[at])
            if not parent:
                break
            at += 1 + parent.number('#interrupt-cells', 0)
            count += at <= len(cells)
        return count
    parent = irq_parent(node, handles)
    width = parent.number('#interrupt-cells', 0) if parent else 0
    return len(node.cells('interrupts')) // width if width else 0


def is_memory(node):
    return 'memory' in node.texts('device_type')[:1]


def devices(root):
    for top in root.children:
        if top.name.split('@')[0] not in NOT_DEVICES:
            yield from (node for node in top.walk() if not is_memory(node))


def count_cpus(root):
    folder = next((n for n in root.children if n.name == 'cpus'), None)
    return sum('cpu' in node.texts('device_type')[:1] and
               not (node.texts('status') or [''])[0].startswith('fail')
               for node in (folder.children if folder else []))


def count_memory(root):
    count = 0
    for node in root.children:
        if is_memory(node):
            count += windows(node)
        if node.name == 'reserved-memory':
            count += sum(windows(child) for child in node.children)
    return count


def main():
    for path in sys.argv[1:]:
        root, reserved = parse(path)
        handles = {}
        for node in root.walk():
            handle = node.number('phandle', node.number('linux,phandle', 0))
            if handle:
                handles.setdefault(handle, node)
        found = list(devices(root))
        print(os.path.basename(path), count_cpus(root),
              count_memory(root) + reserved,
              sum(interrupts(node, handles) for node in found),
              sum(windows(node) for node in found))


main()
