#!/usr/bin/env python3
"""mutt with CONDSTORE, QRESYNC and IDLE: sends by submission, and reads, deletes and comes back in a terminal."""

import sys

from case import BOB, letter, main
from mutt_case import MuttCase
from terminal import Terminal


class Mutt(MuttCase):
    needs = ("mutt", "tmux")
    program = "mutt"
    program_settings = """
set certificate_file = {ca}
set smtp_authenticators = "plain"
set imap_condstore = yes
set imap_qresync = yes
set imap_idle = yes
set imap_deflate = yes
"""

    def test_what_changed_while_it_was_away(self):
        client = self.imap(BOB)
        for number in range(20):
            client.append("INBOX", "", None, bytes(letter(f"qresync {number:02}")).replace(b"\n", b"\r\n"))
        first = Terminal([self.program, "-n", "-F", self.settings(BOB)], self.home)
        self.addCleanup(first.close)
        first.wait_for("qresync 19")
        first.keys("x")
        first.wait_for_end()
        client.select("INBOX")
        _, data = client.uid("SEARCH", "SUBJECT", '"qresync 07"')
        client.uid("STORE", data[0].decode(), "+FLAGS", r"(\Deleted)")
        client.expunge()
        _, data = client.uid("SEARCH", "SUBJECT", '"qresync 08"')
        client.uid("STORE", data[0].decode(), "+FLAGS", r"(\Flagged)")
        client.append("INBOX", "", None, bytes(letter("qresync 20")).replace(b"\n", b"\r\n"))
        second = Terminal([self.program, "-n", "-F", self.settings(BOB)], self.home)
        self.addCleanup(second.close)
        screen = second.wait_for("qresync 20")
        self.assertNotIn("qresync 07", screen)
        self.assertRegex(screen, r"(?m)^\W*\d+ .*!.*qresync 08")
        second.keys("x")


del MuttCase  # unittest would run it on its own

if __name__ == "__main__":
    sys.exit(main())
