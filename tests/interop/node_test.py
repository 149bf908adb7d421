#!/usr/bin/env python3
"""npm's imapflow and imap (node-imap), with TLS. Skipped where npm can't install them (it asks its registry once)."""

import sys
import unittest

import node_modules
from case import BOB, CAROL, USERS, Case, main


class Node(Case):
    @classmethod
    def setUpClass(cls):
        if why := node_modules.missing():
            raise unittest.SkipTest(why)
        super().setUpClass()

    def run_script(self, name, user):
        said = self.run_client("node", node_modules.PLACE / name, self.server.host, self.server.ports.imaps, self.server.ca,
                               user, USERS[user])
        self.assertEqual(said.splitlines()[-1], "done")

    def test_imapflow(self):
        self.run_script("imapflow.js", BOB)

    def test_node_imap(self):
        self.run_script("imap.js", CAROL)


if __name__ == "__main__":
    sys.exit(main())
