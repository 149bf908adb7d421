#!/usr/bin/env python3
"""mbsync: a Maildir and the server kept equal in both directions: messages, flags, deletions, new folders."""

import mailbox
import sys

from case import ALICE, BOB, USERS, Case, digest, letter, main
from maildirs import mbsync_settings


class Mbsync(Case):
    needs = ("mbsync",)

    def setUp(self):
        self.maildir = self.home / "mail"
        self.maildir.mkdir(exist_ok=True)
        self.settings = self.write("mbsyncrc", mbsync_settings(self.server, BOB, USERS[BOB], self.maildir))

    def sync(self):
        return self.run_client("mbsync", "-c", self.settings, "-a")

    def near(self, name="INBOX"):
        """{digest of the message: flags}, without what mbsync itself adds."""
        found = {}
        for message in mailbox.Maildir(self.maildir / name, create=False):
            del message["X-TUID"]
            found[digest(bytes(message))] = "".join(sorted(message.get_flags()))
        return found

    def far(self, name="INBOX"):
        client = self.imap(BOB)
        client.select(name, readonly=True)
        _, data = client.fetch("1:*", "(FLAGS BODY.PEEK[])")
        letters = {rb"\Seen": "S", rb"\Answered": "R", rb"\Flagged": "F", rb"\Draft": "D", rb"\Deleted": "T"}
        found = {}
        for item in (item for item in data if isinstance(item, tuple)):
            message = mailbox.MaildirMessage(item[1].replace(b"\r\n", b"\n"))
            del message["X-TUID"]
            found[digest(bytes(message))] = "".join(sorted(l for flag, l in letters.items() if flag in item[0]))
        return found

    def assert_equal_ends(self, name, count):
        self.assertEqual(self.near(name), self.far(name))
        self.assertEqual(len(self.near(name)), count)

    def test_both_directions(self):
        for number in range(30):
            self.submit(letter(f"message {number}", attachments=[("a.bin", bytes(range(256)) * number)]))
        self.wait_for(BOB, "message 29")
        self.sync()
        self.assert_equal_ends("INBOX", 30)

        with self.subTest("flags and a message from the far side"):
            client = self.imap(BOB)
            client.select("INBOX")
            client.store("1:3", "+FLAGS", r"(\Seen \Flagged)")
            client.store("4", "+FLAGS", r"(\Answered)")
            self.submit(letter("later"))
            self.wait_for(BOB, "later")
            self.sync()
            self.assert_equal_ends("INBOX", 31)

        with self.subTest("flags, a message and a deletion from the near side"):
            box = mailbox.Maildir(self.maildir / "INBOX")
            keys = sorted(box.keys())
            message = box[keys[0]]
            message.add_flag("R")
            box[keys[0]] = message
            box.remove(keys[1])
            box.add(mailbox.MaildirMessage(bytes(letter("written here"))))
            self.sync()
            self.assert_equal_ends("INBOX", 31)

        with self.subTest("deletions from the far side"):
            client = self.imap(BOB)
            client.select("INBOX")
            client.store("1:5", "+FLAGS", r"(\Deleted)")
            client.expunge()
            self.sync()
            self.assert_equal_ends("INBOX", 26)

        with self.subTest("new folders on either side"):
            client = self.imap(BOB)
            client.create("Far")
            client.append("Far", "", None, bytes(letter("far")).replace(b"\n", b"\r\n"))
            mailbox.Maildir(self.maildir / "Near").add(mailbox.MaildirMessage(bytes(letter("near"))))
            self.sync()
            self.assert_equal_ends("Far", 1)
            self.assert_equal_ends("Near", 1)

        with self.subTest("nothing left to do"):
            before = (self.near(), self.far())
            self.sync()
            self.assertEqual((self.near(), self.far()), before)


if __name__ == "__main__":
    sys.exit(main())
