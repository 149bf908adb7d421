#!/usr/bin/env python3
"""Perl's Mail::IMAPClient: its commands one after the other, and its parser on what it gets back."""

import subprocess
import sys
import unittest
from pathlib import Path

from case import BOB, USERS, Case, main

SCRIPT = Path(__file__).parent / "clients/mail_imapclient.pl"


class MailImapclient(Case):
    needs = ("perl",)

    @classmethod
    def setUpClass(cls):
        if subprocess.run(["perl", "-MMail::IMAPClient", "-e", "1"], capture_output=True).returncode:
            raise unittest.SkipTest("not installed: Mail::IMAPClient")
        super().setUpClass()

    def test_every_command(self):
        said = self.run_client("perl", SCRIPT, self.server.host, self.server.ports.imaps, self.server.ca, BOB, USERS[BOB])
        self.assertEqual(said.splitlines()[-1], "done")


if __name__ == "__main__":
    sys.exit(main())
