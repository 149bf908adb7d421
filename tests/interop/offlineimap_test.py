#!/usr/bin/env python3
"""offlineimap: a Maildir kept in step with the server, both ways."""

import mailbox
import sys

from case import BOB, USERS, Case, letter, main
from maildirs import offlineimap_settings


class Offlineimap(Case):
    needs = ("offlineimap",)

    def setUp(self):
        self.maildir = self.home / "offline"
        self.settings = self.write("offlineimaprc", offlineimap_settings(
            self.server, BOB, USERS[BOB], self.maildir, self.home / "metadata"))

    def sync(self):
        self.run_client("offlineimap", "-c", self.settings, "-o", "-u", "basic", seconds=120)

    def near(self):
        return sorted((message["Subject"], "".join(sorted(message.get_flags())))
                      for message in mailbox.Maildir(self.maildir / "INBOX", create=False))

    def far(self):
        client = self.imap(BOB)
        client.select("INBOX", readonly=True)
        seen = set(client.search(None, "SEEN")[1][0].split())
        _, data = client.fetch("1:*", "(BODY.PEEK[HEADER.FIELDS (SUBJECT)])")
        return sorted((item[1].decode().partition(": ")[2].strip(), "S" if item[0].split()[0] in seen else "")
                      for item in data if isinstance(item, tuple))

    def test_both_directions(self):
        for number in range(10):
            self.submit(letter(f"message {number}"))
        self.wait_for(BOB, "message 9")
        self.sync()
        self.assertEqual(len(self.near()), 10)
        self.assertEqual(self.near(), self.far())

        client = self.imap(BOB)
        client.select("INBOX")
        client.store("1:2", "+FLAGS", r"(\Seen)")
        client.store("3", "+FLAGS", r"(\Deleted)")
        client.expunge()
        mailbox.Maildir(self.maildir / "INBOX").add(mailbox.MaildirMessage(bytes(letter("written here"))))
        self.sync()
        self.assertEqual(self.near(), self.far())
        self.assertEqual(len(self.near()), 10)
        self.assertIn(("written here", ""), self.far())


if __name__ == "__main__":
    sys.exit(main())
