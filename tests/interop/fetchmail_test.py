#!/usr/bin/env python3
"""fetchmail: takes alice's mail over IMAPS and STARTTLS and hands it on by SMTP, leaving it or not."""

import sys

from case import ALICE, BOB, CAROL, USERS, Case, letter, main


class Fetchmail(Case):
    needs = ("fetchmail",)

    def fetch(self, *options, tls="imaps", folder="INBOX", status=0):
        ports = self.server.ports
        port, sslmode = (ports.imaps, "ssl") if tls == "imaps" else (ports.imap, "sslproto tls1.2+")
        settings = self.write("fetchmailrc", f"""
poll {self.server.host} protocol IMAP port {port}
  user "{ALICE}" password "{USERS[ALICE]}" is "{CAROL}" here
  {sslmode} sslcertck sslcertfile "{self.server.ca}"
  smtphost {self.server.host}/{ports.smtp} smtpname {CAROL}
  folder "{folder}"
""")
        return self.run_client("fetchmail", "-f", settings, "--nodetach", "--pidfile", self.home / "pid", "-v", *options,
                               status=status)

    def deliver(self, *subjects, folder="INBOX"):
        client = self.imap(ALICE)
        client.create(folder)
        for subject in subjects:
            client.append(folder, "", None, bytes(letter(subject, ".\n..dots\n" * 50, to=ALICE)).replace(b"\n", b"\r\n"))

    def test_kept_and_then_taken(self):
        self.deliver("keep one", "keep two")
        self.fetch("--keep")
        self.assertIn(b"\r\n.\r\n..dots\r\n", self.wait_for(CAROL, "keep one"))
        self.wait_for(CAROL, "keep two")
        self.assertEqual(self.count(ALICE), 2)
        self.fetch("--keep", status=1)  # 1: nothing new
        self.fetch("--all", "--nokeep")
        self.assertEqual(self.count(ALICE), 0)
        self.assertEqual(self.count(CAROL), 4)

    def test_starttls_and_a_folder(self):
        self.deliver("in a folder", folder='"Lists/C++ &- more"')
        self.fetch("--nokeep", tls="starttls", folder="Lists/C++ &- more")
        self.wait_for(CAROL, "in a folder")
        self.assertEqual(self.count(ALICE, '"Lists/C++ &- more"'), 0)

    def test_wrong_password(self):
        right, USERS[ALICE] = USERS[ALICE], "wrong"
        try:
            self.assertIn("uthorization failure", self.fetch(status=3))
        finally:
            USERS[ALICE] = right


if __name__ == "__main__":
    sys.exit(main())
