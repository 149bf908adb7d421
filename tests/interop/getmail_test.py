#!/usr/bin/env python3
"""getmail: takes mail into a Maildir by UID, remembers what it has seen, deletes what it took."""

import mailbox
import os
import secrets
import subprocess
import sys

from case import BOB, USERS, Case, digest, letter, main


def without_trace(message):
    for name in ("Return-Path", "X-getmail-retrieved-from-mailbox"):
        del message[name]
    return bytes(message)


class Getmail(Case):
    needs = ("getmail",)

    def get(self, delete):
        maildir = self.home / "mail"
        for name in ("cur", "new", "tmp"):
            (maildir / name).mkdir(parents=True, exist_ok=True)
        ca = self.write("ca.pem", self.server.ca.read_bytes())
        self.write("getmail/rc", f"""
[retriever]
type = SimpleIMAPSSLRetriever
server = {self.server.host}
port = {self.server.ports.imaps}
username = {BOB}
password = {USERS[BOB]}
ca_certs = {ca}
mailboxes = ("INBOX", "보낸 것")
[destination]
type = Maildir
path = {maildir}/
[options]
read_all = false
delete = {"true" if delete else "false"}
delivered_to = false
received = false
""")
        as_somebody = []
        if os.geteuid() == 0:  # getmail delivers nothing as root
            subprocess.run(["chown", "-R", "nobody:nogroup", self.home], check=True)
            as_somebody = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]
        self.run_client(*as_somebody, "getmail", f"--getmaildir={self.home / 'getmail'}", "--rcfile=rc")
        return sorted(digest(without_trace(message)) for message in mailbox.Maildir(maildir, create=False))

    def test_each_once_then_gone(self):
        client = self.imap(BOB)
        client.create('"&vPSwuA- &rIM-"')
        sent = [letter(f"message {n}", attachments=[("a.bin", secrets.token_bytes(9_999 * n))]) for n in range(12)]
        for number, message in enumerate(sent):
            client.append('"&vPSwuA- &rIM-"' if number % 2 else "INBOX", "", None, bytes(message).replace(b"\n", b"\r\n"))
        wanted = sorted(digest(bytes(message)) for message in sent)
        self.assertEqual(self.get(delete=False), wanted)
        self.assertEqual(self.get(delete=False), wanted)
        self.assertEqual(self.count(BOB), 6)
        self.assertEqual(self.get(delete=True), wanted)
        self.assertEqual((self.count(BOB), self.count(BOB, '"&vPSwuA- &rIM-"')), (0, 0))


if __name__ == "__main__":
    sys.exit(main())
