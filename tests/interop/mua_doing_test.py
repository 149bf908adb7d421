#!/usr/bin/env python3
"""mua in a real terminal against our own servers: themes and their colours, own keys, searches that are kept, marks by pattern,
folded threads, the mouse, notes of new mail on the desktop, by the terminal, a bell or a command, and the line mode."""

import os
import re
import shutil
import subprocess
import sys
import unittest

from case import ALICE, letter, main
from mua_screen_case import LEFT, WHEEL_DOWN, WHEEL_UP, ScreenCase
from notifications import Notifications

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


class MuaDoing(ScreenCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plain_settings = cls.settings.read_text()

    def setUp(self):
        super().setUp()
        self.settings.write_text(self.plain_settings + SETTINGS)

    def program(self, *arguments):
        return ["env", "-C", self.home, *super().program(*arguments)]

    # -- colours

    def test_true_colour(self):
        terminal = self.start(COLORTERM="truecolor")
        terminal.wait_for("INBOX")
        self.assertIn("48;2;0;27;38", terminal.styled())

    def test_256_colours(self):
        seen = self.start(COLORTERM="").styled()
        self.assertIn("48;5;", seen)
        self.assertNotIn("48;2;", seen)

    def test_16_and_8_colours(self):
        for kind, brightest in ((self.describe_terminal("of-16-colours", colours=16), 15), ("xterm", 7)):
            terminal = self.start(COLORTERM="", TERM=kind)
            seen = terminal.styled()
            self.assertRegex(seen, r"\033\[(?:\d+;)*(?:3|4|9|10)[0-7][;m]", kind)
            self.assertNotRegex(seen, r"[34]8;[25];", kind)
            if brightest < 8:
                self.assertNotRegex(seen, r"\033\[(?:\d+;)*(?:9|10)[0-7][;m]", kind)
            terminal.keys("q")
            terminal.wait_for_end()

    def test_no_colour(self):
        seen = self.start(COLORTERM="truecolor", NO_COLOR="1").styled()
        for colour in ("38;", "48;", "\033[3", "\033[4"):
            self.assertNotIn(colour, seen.replace("\033[39m", "").replace("\033[49m", ""))

    def test_another_theme(self):
        terminal = self.start(COLORTERM="truecolor")
        self.run_command(terminal, "theme light")
        self.wait_until(lambda: "48;2;252;252;250" in terminal.styled(), "it is not light")

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
        self.settings.write_text(self.plain_settings + '\n[[key]]\nkeys = "x"\ncommand = "explode"\n')
        line = len(self.settings.read_text().splitlines())
        done = subprocess.run(self.program(), capture_output=True, text=True, check=False, env={**os.environ, "HOME": str(self.home)})
        self.assertNotEqual(done.returncode, 0)
        self.assertIn(f"mua.toml:{line}:11", done.stderr)
        self.assertIn("explode", done.stderr)

    def test_keys_of_other_programs(self):
        self.deliver("for any fingers", "Words.\n")
        terminal = self.start("--keys", "aerc")
        terminal.wait_for("for any fingers")
        terminal.keys("Enter")
        terminal.wait_for("Words.")
        terminal.keys("r", "r")
        terminal.wait_for("Re: for any fingers")
        terminal.keys("Escape")
        terminal.wait_for("From: alice")
        terminal.keys("q", "C")
        terminal.wait_for("Subject:")
        terminal.keys("Escape")
        terminal.close()
        terminal = self.start("--keys", "alpine")
        terminal.wait_for("for any fingers")
        terminal.keys(">")
        terminal.wait_for("Words.")
        terminal.keys("<", "c")
        terminal.wait_for("Subject:")

    # -- commands

    def test_commands_are_typed_and_completed(self):
        terminal = self.start()
        terminal.keys(":")
        terminal.type("thr")
        terminal.wait_for("threads: threads or a flat list")
        terminal.keys("Tab", "Enter")
        terminal.wait_for("  threads")
        terminal.keys(":")
        terminal.type("folder Se")
        terminal.keys("Tab")
        terminal.wait_for(":folder Sent")
        terminal.keys("Enter")
        terminal.wait_for(" Sent  ")
        self.run_command(terminal, "nonsense")
        terminal.wait_for('there is no command "nonsense"')

    def test_commands_are_found_by_what_they_do(self):
        self.deliver("to the archive")
        terminal = self.start()
        terminal.wait_for("to the archive")
        for popup in ("C-p", "?"):
            terminal.keys(popup)
            terminal.type("archive")
            screen = terminal.wait_for("move to the archive")
            self.assertNotIn("write a mail", screen)
            terminal.keys("Enter")
            terminal.wait_for("1 message to Archive")
            terminal.keys("u")
            terminal.wait_for("taken back: move 1 message to Archive")

    def test_a_flag_is_taken_back(self):
        self.deliver("of note")
        terminal = self.start()
        terminal.wait_for("of note")
        terminal.keys("F")
        self.wait_until(lambda: self.count_of("of note", flag="FLAGGED") == 1, "it is not flagged")
        terminal.keys("u")
        terminal.wait_for("taken back: flag 1 message")
        self.wait_until(lambda: self.count_of("of note", flag="FLAGGED") == 0, "it is still flagged")

    # -- finding

    def test_patterns(self):
        self.deliver("plain and read")
        self.deliver("with an enclosure", attachments=[("a.bin", b"octets")])
        terminal = self.start()
        terminal.wait_for("with an enclosure")
        for query, found in (("has:attachment after:2020-01", 1), ("subject:plain -has:attachment is:unread", 1),
                             ("from:alice before:2020", 0), ("is:flagged subject:plain", 0)):
            terminal.keys("l", "C-u")
            terminal.type(query)
            terminal.keys("Enter")
            terminal.wait_for(f"/{query}  {found} found ")
        self.run_command(terminal, "limit after:never")
        terminal.wait_for("is no date")

    def test_a_search_is_kept_and_opened_again(self):
        self.deliver("needle in a haystack")
        self.deliver("only hay")
        terminal = self.start()
        terminal.wait_for("only hay")
        terminal.keys("l")
        terminal.type("subject:needle")
        terminal.keys("Enter")
        terminal.wait_for("1 found")
        self.run_command(terminal, "save-search Needles")
        terminal.wait_for("Searches")
        self.assertIn('[[saved_search]]\nname = "Needles"\nquery = "subject:needle"', self.settings.read_text())
        terminal.keys("q", "q")
        terminal.wait_for_end()
        terminal = self.start()
        self.wait_until(lambda: re.search(r"Needles +1 │", terminal.screen()), "its unread messages are not counted")
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
        self.run_command(terminal, "search-all subject:far")
        screen = terminal.wait_for("1 found ")
        self.assertIn("Archive", screen)
        self.assertNotIn("searching", terminal.wait_for("All folders"))

    def test_marks_by_pattern(self):
        for number in range(3):
            self.deliver(f"bulk {number}")
        self.deliver("precious")
        terminal = self.start()
        terminal.wait_for("precious")
        self.run_command(terminal, "mark subject:bulk")
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
        listed = screen.splitlines()[:-1]  # below stands what came last, for a while
        self.assertFalse([row for row in listed if "story, two" in row])
        terminal.keys("Z")
        terminal.wait_for("story, two")

    # -- the mouse

    def test_the_mouse_opens_messages_and_folders(self):
        self.deliver("click on me", "".join(f"line {number} of it.\n" for number in range(60)))
        terminal = self.start()
        self.click(terminal, "click on me")
        self.click(terminal, "click on me")
        terminal.wait_for("line 0 of it.")
        for _ in range(3):
            self.press_button(terminal, WHEEL_DOWN, 10, 60)
        self.wait_while(terminal, "line 0 of it.")
        for _ in range(3):
            self.press_button(terminal, WHEEL_UP, 10, 60)
        terminal.wait_for("line 0 of it.")
        self.press_button(terminal, LEFT, next(i for i, line in enumerate(terminal.screen().splitlines()) if line.startswith(" Sent")), 3)
        terminal.wait_for(" Sent  ")
        terminal.keys("c")
        terminal.type("arch")
        self.click(terminal, "│ Archive")
        terminal.wait_for(" Archive  ")

    def test_the_mouse_of_wide_terminals(self):
        """Which tell rows and columns as numbers (mode 1006)."""
        self.deliver("far to the right", "The text of it.\n")
        terminal = self.start(TERM="xterm-256color", size=(260, 20))
        row, column = self.place_of(terminal, "far to the right")
        terminal.type(f"\033[<0;{column + 1};{row + 1}M\033[<0;{column + 1};{row + 1}m")
        terminal.wait_for("│ The text of it.")
        row, column = self.place_of(terminal, "│ The text of it.")
        terminal.type(f"\033[<0;{column + 90};{row + 1}M\033[<0;{column + 90};{row + 1}m")
        self.wait_until(lambda: self.count_of("far to the right", flag="SEEN") == 1, "it is not read")

    # -- notes

    def test_a_command_is_told_of_new_mail(self):
        self.start()
        told = self.home / "told"
        self.assertFalse(told.exists(), "of what was there before")
        self.submit(letter("fresh as dew"))
        self.wait_until(told.exists, "nobody was told")
        self.assertRegex(told.read_text(), r"^INBOX\|.+\|fresh as dew$")

    def notify_by(self, words):
        self.settings.write_text(f"{self.plain_settings}\n[notify]\n{words}\n")

    def sent_on_news(self, subject, kind):
        """What a terminal of that kind gets when new mail comes, and there is no desktop."""
        terminal = self.start(TERM=kind, DISPLAY="", WAYLAND_DISPLAY="", DBUS_SESSION_BUS_ADDRESS="")
        record = self.home / f"{subject[:7]}.record"
        terminal.record(record)
        self.submit(letter(subject, sender=ALICE))
        terminal.wait_for(f"new: {ALICE}: {subject}")
        self.wait_until(lambda: record.exists() and subject.encode() in record.read_bytes(), "nothing is recorded")
        terminal.keys("q")
        terminal.wait_for_end()
        return record.read_bytes()

    def test_a_bell_and_notes_of_the_terminal(self):
        self.notify_by("desktop = true")
        sent = self.sent_on_news("to hear; and see", "screen-256color")
        self.assertIn(f"\033]777;notify;{ALICE};to hear, and see\033\\".encode(), sent)
        self.assertEqual(sent.count(b"\a"), 1)
        sent = self.sent_on_news("to see", self.describe_terminal("xterm-kitty"))
        self.assertIn(f"\033]99;i=mua:d=0;{ALICE}\033\\\033]99;i=mua:p=body;to see\033\\".encode(), sent)
        self.notify_by("bell = false")
        sent = self.sent_on_news("to find", "screen-256color")
        self.assertNotIn(b"\a", sent)
        self.assertNotIn(b"\033]", sent)

    def test_a_note_on_the_desktop(self):
        absent = [program for program in Notifications.needs if not shutil.which(program)]
        if absent:
            raise unittest.SkipTest(f"not installed: {', '.join(absent)}")
        desktop = Notifications()
        self.addCleanup(desktop.close)
        self.notify_by("bell = false\ndesktop = true")
        terminal = self.start(DBUS_SESSION_BUS_ADDRESS=desktop.address)
        record = self.home / "desktop.record"
        terminal.record(record)
        self.submit(letter("--help & <more>"))
        self.wait_until(lambda: desktop.told, "the desktop is not told")
        self.assertEqual(desktop.told, [(ALICE, "--help & <more>")])
        self.assertNotIn(b"\033]", record.read_bytes())

    # -- the line mode

    def test_line_by_line(self):
        self.deliver("for the ear", "Words to hear.\n")
        terminal = self.start("--plain", shows="connected", size=(80, 24))
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

    def test_terminals_that_can_not_paint_are_told_of_it(self):
        for kind in ("dumb", "nobody-knows"):
            terminal = self.open_terminal(["sh", "-c", '"$@"; sleep 60', "sh", "env", f"TERM={kind}", *self.program()], "mua --plain")
            self.assertIn("terminal (TERM)", terminal.screen())

    def test_lines_from_a_pipe(self):
        done = subprocess.run(self.program("--plain"), input="folder Sent\nquit\n", capture_output=True, text=True, check=False,
                              timeout=60)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("Sent: ", done.stdout)
        self.assertNotIn("\033", done.stdout)


if __name__ == "__main__":
    sys.exit(main())
