"""What the scripts about mua's full screen share: bob's account is set up, mua runs in a real terminal, and what it does is looked
at from outside."""

import subprocess
import time

from case import ALICE, BOB, letter
from mua_case import MuaCase
from pabal import BIN
from terminal import Terminal


LEFT, WHEEL_UP, WHEEL_DOWN = 0, 64, 65


class ScreenCase(MuaCase):
    needs = ("tmux",)
    accounts = (BOB,)
    size = (120, 30)

    def program(self, *arguments):
        return [BIN / "mua", "--settings", self.settings, "--account", BOB, *arguments]

    def start(self, *arguments, shows="live", size=None, **variables):
        words = ["env", "TZ=UTC", *(f"{name}={value}" for name, value in variables.items()), *self.program(*arguments)]
        return self.open_terminal(words, shows, size)

    def open_terminal(self, words, shows, size=None):
        terminal = Terminal(words, self.home, *(size or self.size))
        self.addCleanup(terminal.close)
        terminal.wait_for(shows)
        return terminal

    def describe_terminal(self, name, like="xterm-256color", colours=None):
        """A kind of terminal that this machine need not know, by the description of another one."""
        described = subprocess.run(["infocmp", "-1", like], capture_output=True, text=True, check=True).stdout
        described = described.replace(f"{like}|", f"{name}|", 1)
        if colours:
            described = described.replace("colors#0x100", f"colors#{colours}")
        subprocess.run(["tic", "-x", "-o", self.home / ".terminfo", "-"], input=described, text=True, check=True)
        return name

    # -- what is there

    def deliver(self, subject, text="Hello.\n", attachments=(), to=BOB, **fields):
        message = letter(subject, text, attachments, to=to)
        for name, value in fields.items():
            del message[name.replace("_", "-")]
            message[name.replace("_", "-")] = value
        self.submit(message, recipients=(to,))
        self.wait_for(to, subject)

    def found(self, mailbox, *criteria, user=BOB):
        """How many the server has."""
        client = self.imap(user)
        if client.select(mailbox, readonly=True)[0] != "OK":
            return 0
        return len(client.search(None, *criteria)[1][0].split())

    def count_of(self, subject, mailbox="INBOX", user=BOB, flag="ALL"):
        return self.found(mailbox, flag, "SUBJECT", f'"{subject}"', user=user)

    def wait_until(self, condition, what, seconds=30):
        end = time.monotonic() + seconds
        while not condition():
            self.assertLess(time.monotonic(), end, what)
            time.sleep(0.05)

    def wait_while(self, terminal, text, seconds=20):
        self.wait_until(lambda: text not in terminal.screen(), f"'{text}' stays on the screen", seconds)

    # -- what a person does

    def press_button(self, terminal, button, row, column):
        """As a terminal of the kind screen-256color tells it; from 0 on."""
        terminal.type(f"\033[M{chr(32 + button)}{chr(33 + column)}{chr(33 + row)}")

    def place_of(self, terminal, text):
        """Row and column of the first place at which it stands."""
        lines = terminal.wait_for(text).splitlines()
        return next((row, line.index(text)) for row, line in enumerate(lines) if text in line)

    def click(self, terminal, text):
        self.press_button(terminal, LEFT, *self.place_of(terminal, text))

    def run_command(self, terminal, line):
        terminal.keys(":")
        terminal.type(line)
        terminal.keys("Enter")

    def write_letter(self, terminal, subject, text, to=ALICE):
        terminal.keys("m")
        terminal.wait_for("Subject:")
        terminal.type(to)
        terminal.keys("Enter", "Enter", "Enter")
        terminal.type(subject)
        terminal.keys("Enter")
        terminal.type(text)
        terminal.wait_for(text)

    def discard(self, terminal):
        terminal.keys("Escape")
        terminal.wait_for("d discards it")
        terminal.keys("d")
        self.wait_while(terminal, "d discards it")
