#!/usr/bin/env python3
"""swaks: TLS on each port, each mechanism, pipelining, attachments, and what is refused."""

import re
import secrets
import sys

from case import ALICE, BOB, CAROL, USERS, Case, main


class Swaks(Case):
    needs = ("swaks",)

    def swaks(self, port, *arguments, **kw):
        return self.run_client("swaks", "--server", f"{self.server.host}:{port}", "--tls-ca-path", self.server.ca,
                               "--from", ALICE, "--to", BOB, *arguments, **kw)

    def login(self, mechanism="PLAIN", user=ALICE):
        return ["--auth", mechanism, "--auth-user", user, "--auth-password", USERS[user]]

    def test_mail_comes_in(self):
        self.swaks(self.server.ports.smtp, "--from", "stranger@example.net", "--header", "Subject: from outside")
        self.assertIn(b"from outside", self.wait_for(BOB, "from outside"))

    def test_mail_comes_in_over_tls(self):
        said = self.swaks(self.server.ports.smtp, "--tls", "--tls-verify", "--header", "Subject: over TLS", "--from",
                          "stranger@example.net")
        self.assertIn("TLS started with cipher TLSv1.", said)
        self.wait_for(BOB, "over TLS")

    def test_each_mechanism_on_each_port(self):
        for mechanism in ("PLAIN", "LOGIN"):
            for port, tls in ((self.server.ports.submission, "--tls"), (self.server.ports.submissions, "--tls-on-connect")):
                with self.subTest(mechanism=mechanism, port=port):
                    subject = f"{mechanism} at {tls}"
                    self.swaks(port, tls, "--tls-verify", *self.login(mechanism), "--header", f"Subject: {subject}")
                    self.wait_for(BOB, subject)

    def test_password_with_spaces(self):
        self.swaks(self.server.ports.submission, "--tls", *self.login(user=CAROL), "--from", CAROL, "--header", "Subject: spaces")
        self.wait_for(BOB, "spaces")

    def test_pipelining(self):
        said = self.swaks(self.server.ports.submission, "--tls", *self.login(), "--pipeline", "--to", f"{BOB},{CAROL}",
                          "--header", "Subject: in one write")
        self.assertIn("PIPELINING", said)
        for user in (BOB, CAROL):
            self.wait_for(user, "in one write")

    def test_attachment(self):
        octets = self.write("attached.bin", secrets.token_bytes(200_000))
        self.swaks(self.server.ports.submission, "--tls", *self.login(), "--attach", f"@{octets}", "--header",
                   "Subject: with attachment", "--suppress-data")
        self.assertIn(b"attached.bin", self.wait_for(BOB, "with attachment"))

    def test_wrong_password(self):
        said = self.swaks(self.server.ports.submission, "--tls", "--auth", "PLAIN", "--auth-user", ALICE, "--auth-password",
                          "wrong", status=28)
        self.assertIn(" 535 5.7.8", said)

    def test_no_login_no_submission(self):
        said = self.swaks(self.server.ports.submission, "--tls", status=None)
        self.assertTrue(re.search(r"<\S* +5(30|54|50) 5\.7\.", said), said)

    def test_never_an_open_relay(self):
        said = self.swaks(self.server.ports.smtp, "--from", "a@example.net", "--to", "b@example.org", status=24)
        self.assertTrue(re.search(r"<\S* +55[014] 5\.7\.1", said), said)

    def test_unknown_user(self):
        said = self.swaks(self.server.ports.smtp, "--from", "a@example.net", "--to", "nobody@example.test", status=24)
        self.assertIn(" 550 5.1.1", said)

    def test_early_quit_delivers_nothing(self):
        before = self.count(BOB)
        self.swaks(self.server.ports.smtp, "--quit-after", "RCPT")
        self.swaks(self.server.ports.smtp, "--drop-after", "DATA", status=None)
        self.assertEqual(self.count(BOB), before)


if __name__ == "__main__":
    sys.exit(main())
