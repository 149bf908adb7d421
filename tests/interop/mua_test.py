#!/usr/bin/env python3
"""mua, our own client: alice writes to bob with attachments, bob lists, reads, searches and saves them octet
for octet, replies, and alice gets the reply."""

import email
import email.policy
import json
import secrets
import sys

from case import ALICE, BOB, USERS, Case, main


class Mua(Case):
    def setUp(self):
        self.settings = self.server.folder / "mua.toml"
        for user in (ALICE, BOB):
            self.mua("setup", "--name", user.split("@")[0].title(), "--password-stdin", account=user, text=USERS[user] + "\n")

    def mua(self, *arguments, account=ALICE, text=None, status=0):
        run = self.server.mua("--config", self.server.settings, "--settings", self.settings, "--account", account, *arguments,
                              text=text and text.encode(), check=False)
        self.assertEqual(run.returncode, status, f"mua {arguments}: {run.stdout.decode()}{run.stderr.decode()}")
        return run.stdout

    def json(self, *arguments, **kw):
        return json.loads(self.mua("--json", *arguments, **kw))

    def messages(self, account, mailbox="INBOX"):
        listed = self.json("ls", mailbox, account=account)
        return listed["messages"] if isinstance(listed, dict) else listed

    def test_there_and_back(self):
        files = {"photo.jpg": secrets.token_bytes(400_000), "보고서.pdf": secrets.token_bytes(3_000), "empty": b""}
        attach = [word for name, octets in files.items() for word in ("--attach", self.write(f"out/{name}", octets))]
        self.mua("send", "--to", BOB, "--subject", "사진 and more", "--body", "-", *attach, text="Hello bob,\n.\nyours\n")
        self.wait_for(ALICE, "and more", "Sent")
        self.wait_for(BOB, "and more")

        found = next(m for m in self.messages(BOB) if m["subject"] == "사진 and more")
        self.assertIn("Hello bob,", self.mua("read", found["id"], account=BOB).decode())
        (self.home / "in").mkdir()
        self.mua("save", found["id"], "--to", self.home / "in", account=BOB)
        for name, octets in files.items():
            self.assertEqual((self.home / "in" / name).read_bytes(), octets, name)

        self.mua("send", "--reply-to-message", found["id"], "--body", "-", account=BOB, text="Thank you.\n")
        reply = email.message_from_bytes(self.wait_for(ALICE, "Re:"), policy=email.policy.default)
        self.assertEqual(reply["Subject"], "Re: 사진 and more")
        original = email.message_from_bytes(self.wait_for(BOB, "and more"), policy=email.policy.default)
        self.assertEqual(reply["In-Reply-To"], original["Message-ID"])
        self.assertIn("Thank you.", reply.get_body().get_content())

    def test_raw_is_what_the_server_has(self):
        self.mua("send", "--to", BOB, "--subject", "raw", "--body", "-", text="x\n")
        octets = self.wait_for(BOB, "raw")
        found = next(m for m in self.messages(BOB) if m["subject"] == "raw")
        self.assertEqual(self.mua("read", "--raw", found["id"], account=BOB), octets)

    def test_bcc_stays_hidden(self):
        self.mua("send", "--to", ALICE, "--bcc", BOB, "--subject", "hidden copy", "--body", "-", text="x\n")
        self.assertNotIn(BOB.encode(), self.wait_for(ALICE, "hidden copy"))
        self.wait_for(BOB, "hidden copy")

    def test_search_flag_move_delete(self):
        for subject in ("first of three", "second of three", "third of three"):
            self.mua("send", "--to", BOB, "--subject", subject, "--body", "-", text="x\n")
            self.wait_for(BOB, subject)
        listed = self.json("search", "of three", account=BOB)
        ids = {m["subject"]: m["id"] for m in (listed["messages"] if isinstance(listed, dict) else listed)}
        self.assertEqual(len(ids), 3)
        self.mua("flag", ids["first of three"], "+flagged", account=BOB)
        self.mua("move", ids["second of three"], "Archive", account=BOB)
        self.mua("delete", ids["third of three"], account=BOB)
        client = self.imap(BOB)
        client.select("INBOX", readonly=True)
        self.assertEqual(len(client.search(None, "FLAGGED", "SUBJECT", '"first of three"')[1][0].split()), 1)
        self.assertEqual(client.search(None, "SUBJECT", '"third of three"')[1], [b""])
        self.wait_for(BOB, "second of three", "Archive")
        self.wait_for(BOB, "third of three", "Trash")

    def test_mailboxes(self):
        self.assertIn(b"INBOX", self.mua("mailboxes"))

    def test_failures_say_what_to_do(self):
        self.mua("read", "INBOX:99999", status=3)
        self.mua("send", "--to", "nobody@example.test", "--subject", "x", "--body", "-", text="x\n", status=6)
        self.mua("nonsense", status=2)


if __name__ == "__main__":
    sys.exit(main())
