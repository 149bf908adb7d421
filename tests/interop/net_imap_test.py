#!/usr/bin/env python3
"""Ruby's Net::IMAP: its commands one after the other, and its parser on what it gets back."""

import sys
from pathlib import Path

from case import BOB, USERS, Case, main

SCRIPT = Path(__file__).parent / "clients/net_imap.rb"


class NetImap(Case):
    needs = ("ruby",)

    def test_every_command(self):
        said = self.run_client("ruby", SCRIPT, self.server.host, self.server.ports.imaps, self.server.ca, BOB, USERS[BOB])
        self.assertEqual(said.splitlines()[-1], "done")


if __name__ == "__main__":
    sys.exit(main())
