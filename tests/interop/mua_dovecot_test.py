#!/usr/bin/env python3
"""mua's full screen in a real terminal against Postfix and Dovecot: synchronises, flags, moves, deletes and takes it back,
finds, sends with a copy in Sent, is live again by itself when Dovecot is, and outlives a kill."""

import os
import signal
import sqlite3
import sys

import case
from case import ALICE, BOB, main
from mua_screen_case import ScreenCase
from postfix_dovecot import PostfixDovecot


class MuaDovecot(ScreenCase):
    @classmethod
    def setUpClass(cls):
        case.server_kind = PostfixDovecot
        super().setUpClass()

    def test_flags_deletes_takes_back_and_moves(self):
        self.deliver("to be handled")
        terminal = self.start()
        terminal.wait_for("to be handled")
        terminal.keys("F")
        self.wait_until(lambda: self.count_of("to be handled", "INBOX", flag="FLAGGED") == 1, "it is not flagged")
        terminal.keys("d")
        self.wait_until(lambda: self.count_of("to be handled", "Trash") == 1, "it is not in Trash")
        terminal.keys("u")
        terminal.wait_for("to be handled")
        self.wait_until(lambda: self.count_of("to be handled", "INBOX") == 1, "it is not back")
        terminal.keys("s")
        terminal.type("drafts")
        terminal.keys("Enter")
        self.wait_until(lambda: self.count_of("to be handled", "Drafts") == 1, "it is not moved")

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
        self.wait_while(terminal, "changed elsewhere")

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
        self.assertEqual(self.count_of("by way of Postfix", "Sent"), 1)

    def test_dovecot_goes_and_comes_back(self):
        self.deliver("before the trouble")
        terminal = self.start()
        terminal.wait_for("before the trouble")
        self.server.restart_dovecot()
        self.deliver("after the trouble")
        self.assertIn("before the trouble", terminal.wait_for("after the trouble"))

    def test_killed_while_it_waits_to_send(self):
        before = self.settings.read_text()
        self.addCleanup(self.settings.write_text, before)
        self.settings.write_text(before + '\n[screen]\nundo = "3s"\n')
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
        self.assertEqual(self.count_of("sent after a kill", user=ALICE), 1)


if __name__ == "__main__":
    sys.exit(main())
