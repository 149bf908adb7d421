#!/usr/bin/env python3
"""alpine in a terminal: reads a part at a time, answers, deletes and expunges."""

import sys

from case import BOB, USERS, Case, letter, main
from terminal import Terminal


class Alpine(Case):
    needs = ("alpine", "tmux")

    def start(self):
        where = f"{{{self.server.host}:{self.server.ports.imaps}/ssl/novalidate-cert/user={BOB}}}"
        settings = self.write("pinerc", f"""
personal-name=Bob
user-domain=example.test
inbox-path={where}INBOX
folder-collections=Far {where}[]
default-fcc=""
feature-list=no-quit-without-confirm,quit-without-confirm,expunge-without-confirm,expunge-without-confirm-everywhere
initial-keystroke-list=
last-version-used=9.99
new-version-threshold=9.99
""")
        terminal = Terminal(["alpine", "-p", settings, "-i"], self.home)
        self.addCleanup(terminal.close)
        return terminal

    def log_in(self, terminal):
        terminal.wait_for("PASSWORD")
        terminal.type(USERS[BOB])
        terminal.keys("Enter")
        terminal.wait_for("Preserve password")
        terminal.keys("n")

    def test_reads_and_expunges(self):
        for number in range(5):
            self.submit(letter(f"letter {number}", f"This is text {number}.\n", [("big.pdf", bytes(300_000))]))
        self.wait_for(BOB, "letter 4")
        terminal = self.start()
        self.log_in(terminal)
        terminal.wait_for("letter 4")
        terminal.keys("w")
        terminal.type("letter 2")
        terminal.keys("Enter", "Enter")
        terminal.wait_for("This is text 2.")
        terminal.keys("d")
        terminal.keys("i")
        terminal.wait_for("letter 2")
        terminal.keys("x")
        terminal.wait_for("xpunged")
        self.assertNotIn("letter 2", terminal.screen())
        self.submit(letter("while you look"))
        self.wait_for(BOB, "while you look")
        terminal.keys("C-l")
        terminal.wait_for("while you look")
        terminal.keys("q")
        terminal.wait_for_end()
        client = self.imap(BOB)
        client.select("INBOX", readonly=True)
        self.assertEqual(client.search(None, "SUBJECT", '"letter 2"')[1], [b""])
        self.assertEqual(len(client.search(None, "ALL")[1][0].split()), 5)


if __name__ == "__main__":
    sys.exit(main())
