# SPDX-License-Identifier: GPL-2.0-or-later
"""accessible.py EDITOR PROJECT: the editor as a screen reader has it.

Everything is found by its role and name and done by its actions, as AT-SPI tells
them: no pointer, no keyboard. A CPU goes to another cell, back by Undo, and by a
menu to a third one, and the saved project says so. Then each page is looked at:
whatever can be used has a name that people would read.
Needs a display, a session bus, and a project that may be written to.
"""
import json
import os
import subprocess
import sys
import time

import pyatspi
from gi.repository import GLib

SECONDS = 120  # that anything may take

# Roles of what people use; all of that must have a name of its own.
USED = {
    "check box", "combo box", "entry", "image", "list", "list item", "menu item",
    "page tab", "page tab list", "password text", "push button", "radio button",
    "slider", "spin button", "switch", "table row", "text", "toggle button",
    "tree table",
}
# Names of classes stand in for names that are missing.
CLASSES = ("Gtk", "Jhw")

# Pages, a tab in them, and a thing that says what the page is about, with how a row
# of it begins.
PAGES = (
    ("Partition", None, "panel", "cell root", None),
    ("Memory", "Map", "image", "Map of memory", None),
    ("Memory", "List", "tree table", "Memory", "physical, 0x0-"),
    ("Interrupts", None, "tree table", "Interrupt lines", "SPI "),
    ("PCI", None, "tree table", "PCI functions", "demo, shared memory"),
    ("Links", None, "tree table", "Links", "net0, Ethernet, root"),
    ("Source", None, "text", "Source", None),
    ("Run", "Graphs", "tree table", "What the target does", None),
)


class Failure(Exception):
    """What was not as it should be."""


class Program:
    """The editor, and what it says that it did (JHW_TRACE)."""

    def __init__(self, editor, project):
        environment = dict(os.environ, JHW_TRACE="1", GTK_A11Y="atspi")
        self.process = subprocess.Popen(
            [editor, project], env=environment, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True)

    def wait_for(self, beginning):
        """Reads until a line begins so."""
        for line in self.process.stdout:
            if line.startswith(beginning):
                return line.strip()
        raise Failure(f'the program ended before it said "{beginning}"')

    def end(self):
        """Ends it."""
        self.process.kill()
        self.process.wait()


def children(node):
    """Of a node; what goes away meanwhile has none."""
    try:
        count = node.childCount
    except GLib.GError:
        return
    for index in range(count):
        try:
            child = node.getChildAtIndex(index)
        except GLib.GError:
            return
        if child:
            yield child


def below(node, without=None):
    """The node and all below it; rows of tables are said by their names."""
    yield node
    if node == without or role_of(node) == "table row":
        return
    for child in children(node):
        yield from below(child, without)


def role_of(node):
    """Of what may go away at any time."""
    try:
        return node.getRoleName()
    except GLib.GError:
        return ""


def find(node, role, name):
    """The first one below with that role and name; None: there is none."""
    for found in below(node):
        try:
            if found.getRoleName() == role and found.name == name:
                return found
        except GLib.GError:
            continue
    return None


def until(what, function):
    """Asks again until there is an answer: what was done needs a while."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        try:
            answer = function()
        except GLib.GError:
            continue  # it went away while it was asked
        if answer:
            return answer
    raise Failure(f"there is no {what}")


def wanted(node, role, name):
    """Waits for it."""
    return until(f'{role} "{name}"', lambda: find(node, role, name))


def act(node, name):
    """Does what a screen reader offers under that name."""
    actions = node.queryAction()
    for index in range(actions.nActions):
        if actions.getName(index) == name:
            if not actions.doAction(index):
                raise Failure(f'"{name}" of "{node.name}" is refused')
            return
    raise Failure(f'"{node.name}" has no action "{name}"')


def application():
    """Our program on the bus; None: not yet."""
    for child in children(pyatspi.Registry.getDesktop(0)):
        if "jailhouse-workbench" in (child.name or ""):
            return child
    return None


def move_a_cpu(program, editor, project):
    """By actions of chips and lanes, by a button, by a menu."""
    for cell in ("root", "inmate-demo", "tick-demo"):
        wanted(editor, "list item", cell)
        wanted(editor, "panel", f"cell {cell}")
    act(wanted(editor, "push button", "CPU 1 of root"), "chip.select")
    program.wait_for("selected 1 ")
    act(wanted(editor, "panel", "cell inmate-demo"), "lane.put")
    wanted(editor, "push button", "CPU 1 of inmate-demo")
    act(wanted(editor, "push button", "Undo: Move CPU 1 to inmate-demo"), "click")
    chip = wanted(editor, "push button", "CPU 1 of root")
    act(chip, "chip.menu")
    act(wanted(editor, "menu item", "tick-demo"), "click")
    wanted(editor, "push button", "CPU 1 of tick-demo")
    act(wanted(editor, "frame", editor.getChildAtIndex(0).name), "win.save")
    program.wait_for("notice Saved")
    path = os.path.join(os.path.dirname(project), "cells", "tick-demo.json")
    with open(path, encoding="utf-8") as file:
        cpus = json.load(file)["cpus"]
    if cpus != ["1-2"]:
        raise Failure(f"{path} has the CPUs {cpus}")


def sounds_like_nothing(name):
    """Whether nobody would know what that is."""
    words = name.split()
    half = len(words) // 2
    return (not words or name.startswith(CLASSES) or any(w.startswith("_") for w in words) or
            len(words) % 2 == 0 and words[:half] == words[half:])


def check_names(what, top, without=None):
    """Fails if something can be used, and has no name that people would read."""
    missing = set()
    for node in below(top, without):
        try:
            role, name = node.getRoleName(), node.name
            if role in USED and sounds_like_nothing(name):
                missing.add(f'{role} "{name}" ({node.description}) in {place_of(node)}')
        except GLib.GError:
            continue
    if missing:
        raise Failure(f"{what}: no names for\n  " + "\n  ".join(sorted(missing)))


def place_of(node):
    """Names of what it is in."""
    names = []
    while node.parent and node.getRoleName() != "frame":
        node = node.parent
        names.append(f"{node.getRoleName()} {node.name}".strip())
    return ", in ".join(names[:4])


def rows_of(table):
    """Names of the rows of a list or a table."""
    return [node.name for node in below(table) if node.getRoleName() in ("table row", "list item")]


def look_at_pages(editor):
    """Goes to each page by its tab; what a canvas shows is said by a list, too."""
    tabs = wanted(editor, "page tab list", "Pages")
    stack = wanted(editor, "panel", "Partition").parent
    for page, tab, role, name, row in PAGES:
        act(wanted(tabs, "page tab", page), "click")
        shown = until(f"page {page}", lambda: next(
            (child for child in children(stack) if child.name == page), None))
        if tab:
            act(wanted(shown, "page tab", tab), "click")
        found = wanted(shown, role, name)
        if row:
            until(f'row "{row}" of {name}', lambda: any(
                text.startswith(row) for text in rows_of(found)))
        check_names(page, shown)
    check_names("window", editor, without=stack)


def look_at_forms(editor):
    """What opens above: a form at a button, a window by the menu."""
    frame = editor.getChildAtIndex(0)
    act(wanted(frame, "push button", "New cell…"), "click")
    wanted(frame, "text", "Name")
    check_names("New cell", frame)
    menu = wanted(frame, "push button", "Menu")
    act(wanted(next(children(menu)), "push button", "Menu"), "click")
    act(wanted(menu, "menu item", "Preferences"), "click")
    check_names("Preferences", wanted(editor, "frame", "Preferences"))


def main():
    """See above."""
    editor_path, project = sys.argv[1:]
    program = Program(editor_path, project)
    try:
        program.wait_for("SETTLED")
        editor = until("program on the bus", application)
        move_a_cpu(program, editor, project)
        look_at_pages(editor)
        look_at_forms(editor)
    except Failure as failure:
        sys.exit(f"accessible.py: {failure}")
    finally:
        program.end()


main()
