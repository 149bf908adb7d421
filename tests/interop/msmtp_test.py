#!/usr/bin/env python3
"""msmtp: as sendmail for a user, over STARTTLS and TLS, with each mechanism it knows."""

import sys

from case import ALICE, BOB, USERS, Case, letter, main


class Msmtp(Case):
    needs = ("msmtp",)

    def settings(self, mechanism, starttls, password=USERS[ALICE]):
        ports = self.server.ports
        return self.write("msmtprc", f"""
account pabal
host {self.server.host}
port {ports.submission if starttls else ports.submissions}
tls on
tls_starttls {"on" if starttls else "off"}
tls_trust_file {self.server.ca}
auth {mechanism}
user {ALICE}
password {password}
from {ALICE}
account default : pabal
""")

    def test_each_mechanism_on_each_port(self):
        for mechanism in ("plain", "login", "scram-sha-256"):
            for starttls in (True, False):
                with self.subTest(mechanism=mechanism, starttls=starttls):
                    subject = f"msmtp {mechanism} {starttls}"
                    self.run_client("msmtp", "-C", self.settings(mechanism, starttls), "-t", text=str(letter(subject)))
                    self.assertIn(b"Hello.", self.wait_for(BOB, subject))

    def test_server_information(self):
        said = self.run_client("msmtp", "-C", self.settings("plain", True), "--serverinfo")
        for word in ("SIZE", "PIPELINING", "STARTTLS", "AUTH"):
            self.assertIn(word, said)

    def test_lines_that_begin_with_dots(self):
        text = ".\n..\n...three\n.one\n"
        self.run_client("msmtp", "-C", self.settings("plain", True), BOB, text=f"Subject: dots\n\n{text}")
        self.assertTrue(self.wait_for(BOB, "dots").endswith(text.replace("\n", "\r\n").encode()))

    def test_wrong_password(self):
        said = self.run_client("msmtp", "-C", self.settings("plain", True, "wrong"), BOB, text="Subject: x\n\nx\n", status=77)
        self.assertIn("authentication failed", said)


if __name__ == "__main__":
    sys.exit(main())
