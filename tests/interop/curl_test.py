#!/usr/bin/env python3
"""curl: mail sent by smtp, smtps and STARTTLS, read, searched and uploaded by imap and imaps."""

import secrets
import sys

from case import ALICE, BOB, USERS, Case, letter, main


class Curl(Case):
    needs = ("curl",)

    def curl(self, *arguments, user=ALICE, **kw):
        return self.run_client("curl", "-sS", "--cacert", self.server.ca, "-u", f"{user}:{USERS[user]}", *arguments, **kw)

    def url(self, scheme, port, path=""):
        return f"{scheme}://{self.server.host}:{port}/{path}"

    def send(self, url, subject, *options):
        message = self.write("message", bytes(letter(subject)).replace(b"\n", b"\r\n"))
        self.curl(url, *options, "--mail-from", ALICE, "--mail-rcpt", BOB, "-T", message)
        self.assertIn(b"Hello.", self.wait_for(BOB, subject))

    def test_smtps(self):
        self.send(self.url("smtps", self.server.ports.submissions, "client.test"), "by smtps")

    def test_smtp_starttls(self):
        self.send(self.url("smtp", self.server.ports.submission), "by starttls", "--ssl-reqd")

    def test_each_mechanism(self):
        for mechanism in ("PLAIN", "LOGIN"):
            with self.subTest(mechanism):
                self.send(self.url("smtps", self.server.ports.submissions), f"by {mechanism}",
                          "--login-options", f"AUTH={mechanism}")

    def test_wrong_password(self):
        message = self.write("message", b"Subject: x\r\n\r\nx\r\n")
        answer = self.run_client("curl", "-sS", "--cacert", self.server.ca, "-u", f"{ALICE}:wrong",
                                 self.url("smtps", self.server.ports.submissions), "--mail-from", ALICE, "--mail-rcpt", BOB,
                                 "-T", message, status=67)
        self.assertIn("denied", answer.lower())

    def test_upload_and_fetch(self):
        octets = bytes(letter("uploaded", attachments=[("a.bin", secrets.token_bytes(300_000))])).replace(b"\n", b"\r\n")
        self.curl(self.url("imaps", self.server.ports.imaps, "INBOX"), "-T", self.write("upload", octets))
        uid = self.curl(self.url("imaps", self.server.ports.imaps, "INBOX?SUBJECT%20uploaded")).split()[-1]
        self.curl(self.url("imaps", self.server.ports.imaps, f"INBOX;MAILINDEX={uid}"), "-o", self.home / "fetched")
        self.assertEqual((self.home / "fetched").read_bytes(), octets)

    def test_sections(self):
        self.submit(letter("in sections", "One line.\n"))
        self.wait_for(BOB, "in sections")
        base = self.url("imap", self.server.ports.imap)
        found = self.curl(base + "INBOX?SUBJECT%20%22in%20sections%22", "--ssl-reqd", user=BOB).split()
        text = self.curl(base + f"INBOX;MAILINDEX={found[-1]};SECTION=TEXT", "--ssl-reqd", user=BOB)
        self.assertEqual(text.strip(), "One line.")

    def test_verbs(self):
        base = self.url("imaps", self.server.ports.imaps)
        self.curl(base, "-X", "CREATE Made")
        self.assertIn("Made", self.curl(base))
        self.assertIn("MESSAGES 0", self.curl(base, "-X", "STATUS Made (MESSAGES)"))
        self.curl(base, "-X", "DELETE Made")
        self.assertNotIn("Made", self.curl(base))


if __name__ == "__main__":
    sys.exit(main())
