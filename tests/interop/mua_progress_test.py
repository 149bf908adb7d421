#!/usr/bin/env python3
"""What mua tells while one waits, in a real terminal over a slow line: bars for a folder that is fetched, for a mail that is sent,
for an attachment that comes; and that all else goes on meanwhile."""

import re
import secrets
import sys
import time

from case import ALICE, BOB, main
from cuts import Cuts
from mua_screen_case import ScreenCase

MESSAGES = 800


class MuaProgress(ScreenCase):
    """The line takes `pace` octets a second."""

    pace = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.links = [Cuts(cls.server.ports.imaps, crossing=cls.cross), Cuts(cls.server.ports.submissions, crossing=cls.cross)]
        text = cls.settings.read_text()
        for link in cls.links:
            cls.addClassCleanup(link.close)
            text = text.replace(f":{link.to}", f":{link.port}")
        cls.settings.write_text(text + '\n[screen]\nundo = "0s"\n')

    @classmethod
    def cross(cls, size):
        if cls.pace:
            time.sleep(size / cls.pace)

    def slow(self, pace):
        type(self).pace = pace
        self.addCleanup(setattr, type(self), "pace", None)

    def wait_for_bar(self, terminal, what):
        """That is neither empty nor full."""
        bar = re.compile(rf"{what} \[#+\.+\] \d+%")
        self.wait_until(lambda: bar.search(terminal.screen()), f"no bar for {what}")

    def test_a_folder_is_fetched(self):
        self.mua("import", "-", "Many", text="".join(
            f"From {ALICE} Thu Jan  1 00:00:00 2026\nFrom: {ALICE}\nSubject: number {number}\n\n.\n\n" for number in range(MESSAGES)))
        self.slow(150_000)
        terminal = self.start(shows="Many")
        self.run_command(terminal, "folder Many")
        terminal.wait_for(f"number {MESSAGES - 1}")
        self.wait_for_bar(terminal, "syncing Many")
        # Somebody who looks elsewhere meanwhile finds it whole all the same.
        self.run_command(terminal, "folder INBOX")
        self.wait_until(lambda: terminal.screen().startswith(" INBOX"), "INBOX is not opened")
        self.slow(None)
        self.wait_while(terminal, "syncing Many [", 30)
        self.run_command(terminal, "folder Many")
        terminal.wait_for(f"{MESSAGES} unread of {MESSAGES}")
        terminal.keys("End")
        terminal.wait_for("number 0")

    def test_a_mail_is_sent(self):
        file = self.write("chart.bin", secrets.token_bytes(3_000_000))
        terminal = self.start()
        self.write_letter(terminal, "a large one", "Here it is.")
        self.run_attach(terminal, file)
        self.slow(1_500_000)
        terminal.keys("C-x")
        self.wait_for_bar(terminal, "sending")
        self.slow(None)
        self.wait_for(ALICE, "a large one", seconds=60)
        self.wait_for(BOB, "a large one", "Sent", seconds=60)
        self.wait_while(terminal, "sending")

    def run_attach(self, terminal, file):
        terminal.keys("C-t")
        terminal.wait_for("Attach: ")
        terminal.type(str(file))
        terminal.keys("Enter")
        terminal.wait_for("Attached:[1 chart.bin]")

    def test_an_attachment_comes(self):
        octets = secrets.token_bytes(3_000_000)
        self.deliver("a large one for bob", attachments=[("map.bin", octets)])
        terminal = self.start()
        terminal.wait_for("a large one for bob")
        terminal.keys("Enter")
        terminal.wait_for("[1 map.bin 3.0 MB]")
        self.slow(1_500_000)
        terminal.keys("v", "Enter", "s")
        terminal.wait_for("save as: ")
        terminal.keys("C-u")
        terminal.type(str(self.home / "map.bin"))
        terminal.keys("Enter")
        self.wait_for_bar(terminal, "fetching")
        self.slow(None)
        terminal.wait_for("saved as", 60)
        self.assertEqual((self.home / "map.bin").read_bytes(), octets)
        self.wait_while(terminal, "fetching")


if __name__ == "__main__":
    sys.exit(main())
