#!/usr/bin/env python3
"""mua's full screen in a real terminal against Postfix and Dovecot: synchronises, flags, moves, deletes and takes it back,
finds, sends with a copy in Sent, is live again by itself when Dovecot is, and outlives a kill."""

import os
import signal
import sqlite3
import subprocess
import sys
import time

import case
from case import ALICE, BOB, USERS, Case, letter, main
from pabal import BIN
from postfix_dovecot import PostfixDovecot
from terminal import Terminal


class MuaDovecot(Case):
    needs = ("tmux",)

    @classmethod
    def setUpClass(cls):
        case.server_kind = PostfixDovecot
        super().setUpClass()
        cls.settings = cls.home / "mua.toml"
        subprocess.run([BIN / "mua", "--settings", cls.settings, "--account", BOB, "setup", "--name", "Bob", "--ca", cls.server.ca,
                        "--imap", f"localhost:{cls.server.ports.imaps}", "--smtp", f"localhost:{cls.server.ports.submissions}",
                        "--password-stdin"], input=USERS[BOB] + "\n", text=True, check=True, capture_output=True,
                       env=os.environ | {"HOME": str(cls.home)})

    def start(self):
        terminal = Terminal([BIN / "mua", "--settings", self.settings, "--account", BOB], self.home, 120, 30)
        self.addCleanup(terminal.close)
        terminal.wait_for("live")
        return terminal

    def deliver(self, subject, text="Hello.\n"):
        self.submit(letter(subject, text))
        self.wait_for(BOB, subject)

    def found(self, mailbox, *criteria):
        client = self.imap(BOB)
        if client.select(mailbox, readonly=True)[0] != "OK":
            return 0
        return len(client.search(None, *criteria)[1][0].split())

    def wait_until(self, condition, what, seconds=30):
        end = time.monotonic() + seconds
        while not condition():
            self.assertLess(time.monotonic(), end, what)
            time.sleep(0.05)

    def write_letter(self, terminal, subject, text):
        terminal.keys("m")
        terminal.wait_for("Subject:")
        terminal.type(ALICE)
        terminal.keys("Enter", "Enter", "Enter")
        terminal.type(subject)
        terminal.keys("Enter")
        terminal.type(text)
        terminal.wait_for(text)

    def test_flags_deletes_takes_back_and_moves(self):
        self.deliver("to be handled")
        terminal = self.start()
        terminal.wait_for("to be handled")
        terminal.keys("F")
        self.wait_until(lambda: self.found("INBOX", "FLAGGED", "SUBJECT", '"to be handled"') == 1, "it is not flagged")
        terminal.keys("d")
        self.wait_until(lambda: self.found("Trash", "SUBJECT", '"to be handled"') == 1, "it is not in Trash")
        terminal.keys("u")
        terminal.wait_for("to be handled")
        self.wait_until(lambda: self.found("INBOX", "SUBJECT", '"to be handled"') == 1, "it is not back")
        terminal.keys("s")
        terminal.type("drafts")
        terminal.keys("Enter")
        self.wait_until(lambda: self.found("Drafts", "SUBJECT", '"to be handled"') == 1, "it is not moved")

    def test_what_others_do_is_seen(self):
        self.deliver("changed elsewhere")
        terminal = self.start()
        terminal.wait_for("changed elsewhere")
        self.deliver("came while you look")
        terminal.wait_for("came while you look")
        client = self.imap(BOB)
        client.select("INBOX")
        number = client.search(None, "SUBJECT", '"changed elsewhere"')[1][0]
        client.store(number, "+FLAGS", "\\Deleted")
        client.expunge()
        self.wait_until(lambda: "changed elsewhere" not in terminal.screen(), "what was expunged stays on the screen")

    def test_finds_what_was_never_read(self):
        self.deliver("haystack one", "Nothing here.\n")
        self.deliver("haystack two", "A silver needle lies here.\n")
        terminal = self.start()
        terminal.wait_for("haystack two")
        terminal.keys("/")
        terminal.type("needle")
        terminal.wait_for("1 found")
        terminal.keys("Enter", "Enter")
        terminal.wait_for("A silver needle")

    def test_sends_with_a_copy(self):
        terminal = self.start()
        self.write_letter(terminal, "by way of Postfix", "Greetings.")
        terminal.keys("C-x")
        terminal.wait_for("sending")
        self.wait_for(ALICE, "by way of Postfix", seconds=40)
        self.wait_for(BOB, "by way of Postfix", "Sent")
        self.assertEqual(self.found("Sent", "SUBJECT", '"by way of Postfix"'), 1)

    def test_dovecot_goes_and_comes_back(self):
        self.deliver("before the trouble")
        terminal = self.start()
        terminal.wait_for("before the trouble")
        self.server.restart_dovecot()
        self.deliver("after the trouble")
        self.assertIn("before the trouble", terminal.wait_for("after the trouble"))

    def test_killed_while_it_waits_to_send(self):
        terminal = self.start()
        self.write_letter(terminal, "sent after a kill", "Once.")
        terminal.keys("C-x")
        store = self.home / "mua-store" / f"{BOB}.db"

        def entered():
            database = sqlite3.connect(f"file:{store}?mode=ro", uri=True)
            try:
                return database.execute("SELECT 1 FROM journal WHERE label = 'sent after a kill'").fetchall()
            finally:
                database.close()

        self.wait_until(entered, "it is not in the journal")
        os.kill(terminal.pid(), signal.SIGKILL)
        terminal.wait_for_end()
        self.start()
        self.wait_for(ALICE, "sent after a kill", seconds=40)
        self.wait_for(BOB, "sent after a kill", "Sent")
        client = self.imap(ALICE)
        client.select("INBOX", readonly=True)
        self.assertEqual(len(client.search(None, "SUBJECT", '"sent after a kill"')[1][0].split()), 1)


if __name__ == "__main__":
    sys.exit(main())
