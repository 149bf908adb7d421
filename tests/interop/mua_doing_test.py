#!/usr/bin/env python3
"""mua in a real terminal against our own servers: themes and their colours, own keys, searches that are kept, marks by pattern,
folded threads, the mouse, notes of new mail, and the line mode."""

import os
import re
import subprocess
import sys
import time

from case import ALICE, BOB, USERS, Case, letter, main
from pabal import BIN
from terminal import Terminal

SETTINGS = """
[screen]
theme = "sea"

[theme.sea]
based_on = "dark"
text = "#d0d0d0 on #001b26"

[[key]]
keys = "g i"
command = "folder INBOX"

[[key]]
keys = "x"
command = "delete"

[notify]
bell = false
command = 'printf "%s|%s|%s" "$MUA_FOLDER" "$MUA_FROM" "$MUA_SUBJECT" > told.new; mv told.new told'
"""


class MuaDoing(Case):
    needs = ("tmux",)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.settings = cls.server.folder / "mua.toml"
        cls.server.mua("--config", cls.server.settings, "--settings", cls.settings, "--account", BOB, "setup", "--name", "Bob",
                       "--password-stdin", text=(USERS[BOB] + "\n").encode())
        cls.accounts = cls.settings.read_text()

    def setUp(self):
        super().setUp()
        self.settings.write_text(self.accounts + SETTINGS)

    def command(self, *more):
        return [BIN / "mua", "--config", self.server.settings, "--settings", self.settings, "--account", BOB, *more]

    def start(self, *more, width=120, height=30, **variables):
        terminal = Terminal(["env", "-C", self.home, *(f"{name}={value}" for name, value in variables.items()),
                             *self.command(*more)], self.home, width, height)
        self.addCleanup(terminal.close)
        terminal.wait_for("live")
        return terminal

    def deliver(self, subject, text="Hello.\n", **fields):
        message = letter(subject, text)
        for name, value in fields.items():
            del message[name.replace("_", "-")]
            message[name.replace("_", "-")] = value
        self.submit(message)
        self.wait_for(BOB, subject)

    def wait_until(self, condition, what, seconds=20):
        end = time.monotonic() + seconds
        while not condition():
            self.assertLess(time.monotonic(), end, what)
            time.sleep(0.05)

    def colours(self, terminal):
        return subprocess.run(["tmux", "-S", str(terminal.folder / "socket"), "capture-pane", "-p", "-e", "-t", "t"],
                              capture_output=True, text=True, check=True).stdout

    # -- colours

    def test_true_colour(self):
        terminal = self.start(COLORTERM="truecolor")
        terminal.wait_for("INBOX")
        self.assertIn("48;2;0;27;38", self.colours(terminal))

    def test_256_colours(self):
        seen = self.colours(self.start(COLORTERM=""))
        self.assertIn("48;5;", seen)
        self.assertNotIn("48;2;", seen)

    def test_no_colour(self):
        seen = self.colours(self.start(COLORTERM="truecolor", NO_COLOR="1"))
        for colour in ("38;", "48;", "\033[3", "\033[4"):
            self.assertNotIn(colour, seen.replace("\033[39m", "").replace("\033[49m", ""))

    def test_another_theme(self):
        terminal = self.start(COLORTERM="truecolor")
        terminal.keys(":")
        terminal.type("theme light")
        terminal.keys("Enter")
        self.wait_until(lambda: "48;2;252;252;250" in self.colours(terminal), "it is not light")

    # -- keys

    def test_own_keys(self):
        self.deliver("to be gone by x")
        terminal = self.start()
        terminal.wait_for("to be gone by x")
        terminal.keys("x")
        terminal.wait_for("deleted 1 message")
        terminal.keys("u", "c")
        terminal.type("Sent")
        terminal.keys("Enter")
        terminal.wait_for(" Sent  ")
        terminal.keys("g", "i")
        terminal.wait_for(" INBOX  ")

    def test_a_mistake_in_the_settings_has_its_place(self):
        self.settings.write_text(self.accounts + '\n[[key]]\nkeys = "x"\ncommand = "explode"\n')
        line = len(self.settings.read_text().splitlines())
        done = subprocess.run(self.command(), capture_output=True, text=True, check=False, env={**os.environ, "HOME": str(self.home)})
        self.assertNotEqual(done.returncode, 0)
        self.assertIn(f"mua.toml:{line}:11", done.stderr)
        self.assertIn("explode", done.stderr)

    # -- finding

    def test_a_search_is_kept_and_opened_again(self):
        self.deliver("needle in a haystack")
        self.deliver("only hay")
        terminal = self.start()
        terminal.wait_for("only hay")
        terminal.keys("l")
        terminal.type("subject:needle")
        terminal.keys("Enter")
        terminal.wait_for("1 found")
        terminal.keys(":")
        terminal.type("save-search Needles")
        terminal.keys("Enter")
        terminal.wait_for("Searches")
        self.assertIn('[[saved_search]]\nname = "Needles"\nquery = "subject:needle"', self.settings.read_text())
        terminal.keys("q", "q")
        terminal.wait_for_end()
        terminal = self.start()
        terminal.wait_for("Needles")
        terminal.keys("c")
        terminal.type("Needl")
        terminal.keys("Enter")
        terminal.wait_for("1 found")
        self.assertNotIn("only hay", terminal.screen())

    def test_all_folders_are_searched(self):
        self.deliver("far away")
        terminal = self.start()
        terminal.wait_for("far away")
        terminal.keys("s")
        terminal.type("arch")
        terminal.keys("Enter")
        terminal.wait_for("1 message to Archive")
        terminal.keys(":")
        terminal.type("search-all subject:far")
        terminal.keys("Enter")
        screen = terminal.wait_for("1 found ")
        self.assertIn("Archive", screen)
        self.assertNotIn("searching", terminal.wait_for("All folders"))

    def test_marks_by_pattern(self):
        for number in range(3):
            self.deliver(f"bulk {number}")
        self.deliver("precious")
        terminal = self.start()
        terminal.wait_for("precious")
        terminal.keys(":")
        terminal.type("mark subject:bulk")
        terminal.keys("Enter")
        terminal.wait_for("3 marked")
        terminal.keys("d")
        screen = terminal.wait_for("deleted 3 messages")
        self.assertIn("precious", screen)
        terminal.keys("u")
        terminal.wait_for("bulk 1")

    def test_threads_fold(self):
        self.deliver("a long story", Message_ID="<story@example.test>")
        self.deliver("Re: a long story, one", References="<story@example.test>")
        self.deliver("Re: a long story, two", References="<story@example.test>")
        terminal = self.start()
        terminal.wait_for("story, two")
        terminal.keys("T", "Z")
        screen = terminal.wait_for("[3] a long story")
        self.assertNotIn("story, two", screen)
        terminal.keys("Z")
        terminal.wait_for("story, two")

    # -- the mouse

    def click(self, terminal, row, column):
        """As a terminal of the kind screen-256color tells it; from 0 on."""
        terminal.type("\033[M" + chr(32) + chr(33 + column) + chr(33 + row))

    def test_the_mouse_opens_messages_and_folders(self):
        self.deliver("click on me", "The text of it.\n")
        terminal = self.start()
        screen = terminal.wait_for("click on me").splitlines()
        row = next(i for i, line in enumerate(screen) if "click on me" in line)
        self.click(terminal, row, 60)
        self.click(terminal, row, 60)
        terminal.wait_for("The text of it.")
        row = next(i for i, line in enumerate(terminal.screen().splitlines()) if line.startswith(" Sent"))
        self.click(terminal, row, 3)
        terminal.wait_for(" Sent  ")

    # -- notes

    def test_a_command_is_told_of_new_mail(self):
        self.start()
        told = self.home / "told"
        self.assertFalse(told.exists(), "of what was there before")
        self.submit(letter("fresh as dew"))
        self.wait_until(told.exists, "nobody was told")
        self.assertRegex(told.read_text(), r"^INBOX\|.+\|fresh as dew$")

    # -- the line mode

    def test_line_by_line(self):
        self.deliver("for the ear", "Words to hear.\n")
        terminal = Terminal(self.command("--plain"), self.home, 80, 24)
        self.addCleanup(terminal.close)
        terminal.wait_for("connected")
        terminal.type("list\n")
        screen = terminal.wait_for("for the ear")
        number = re.findall(r"^(\d+)\. .*for the ear", screen, re.MULTILINE)[-1]
        terminal.type(f"{number}\n")
        terminal.wait_for("Words to hear.")
        terminal.type("reply\n")
        terminal.wait_for("Text:")
        terminal.type("\nHeard and answered.\n.\nsend\n")
        terminal.wait_for("u takes it back")
        terminal.type("outbox\n")
        terminal.wait_for("Outbox")
        terminal.type("1\ns\n")
        self.wait_for(ALICE, "Re: for the ear")
        terminal.type("back\ndelete " + number + "\n")
        terminal.wait_for("deleted 1 message")
        terminal.type("undo\nquit\n")
        terminal.wait_for_end()

    def test_lines_from_a_pipe(self):
        done = subprocess.run(self.command("--plain"), input="folder Sent\nquit\n", capture_output=True, text=True, check=False,
                              timeout=60)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("Sent: ", done.stdout)
        self.assertNotIn("\033", done.stdout)


if __name__ == "__main__":
    sys.exit(main())
