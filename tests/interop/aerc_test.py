#!/usr/bin/env python3
"""aerc in a terminal, with its header cache and IDLE: lists, reads, flags, moves."""

import sys
from urllib.parse import quote

from case import BOB, USERS, Case, letter, main
from terminal import Terminal


class Aerc(Case):
    needs = ("aerc", "tmux")

    def start(self):
        self.write("aerc/aerc.conf", "[general]\nunsafe-accounts-conf=true\n[viewer]\npager=cat\n[filters]\ntext/plain=cat\n")
        self.write("aerc/accounts.conf", f"""
[bob]
source = imaps://{quote(BOB)}:{quote(USERS[BOB])}@{self.server.host}:{self.server.ports.imaps}
from = Bob <{BOB}>
cache-headers = true
default = INBOX
""")
        terminal = Terminal(["env", f"SSL_CERT_FILE={self.server.ca}", "aerc"], self.home)
        self.addCleanup(terminal.close)
        return terminal

    def command(self, terminal, text):
        terminal.type(f":{text}")
        terminal.keys("Enter")

    def test_reads_flags_and_moves(self):
        for number in range(5):
            self.submit(letter(f"letter {number}", f"This is text {number}.\n"))
        self.wait_for(BOB, "letter 4")
        terminal = self.start()
        terminal.wait_for("letter 4", 30)
        self.submit(letter("while you look"))
        terminal.wait_for("while you look")
        terminal.keys("Enter")
        terminal.wait_for("This is text 4.")
        self.command(terminal, "close")
        self.command(terminal, "flag")
        self.command(terminal, "next")
        self.command(terminal, "move Archive")
        self.wait_for(BOB, "letter 3", "Archive")
        self.command(terminal, "quit -f")
        terminal.wait_for_end()
        client = self.imap(BOB)
        client.select("INBOX", readonly=True)
        self.assertEqual(client.search(None, "SUBJECT", '"letter 3"')[1], [b""])
        self.assertEqual(len(client.search(None, "FLAGGED", "SUBJECT", '"letter 4"')[1][0].split()), 1)


if __name__ == "__main__":
    sys.exit(main())
