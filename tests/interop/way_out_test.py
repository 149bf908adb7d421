#!/usr/bin/env python3
"""Ways out that the settings name, with a real Postfix and Dovecot at the other end: LMTP into Dovecot's
Unix socket, and Postfix as a smarthost that wants a login over TLS with a certificate that is checked."""

import imaplib
import smtplib
import sys
import time
import unittest

from case import ALICE, USERS, Case, letter, main
from pabal import Pabal, tls_context
from postfix_dovecot import PostfixDovecot

FAR = {f"{name}@other.test": f"{name}-Far-1" for name in ("dan", "erin", "fay")}
DAN, ERIN, FAY = FAR


class ByTheSettings(Case):
    """`peer` serves other.test; `settings` makes our mail for it go there."""

    @classmethod
    def setUpClass(cls):
        missing = Pabal.missing() or PostfixDovecot.missing()
        if missing:
            raise unittest.SkipTest(missing)
        cls.peer = PostfixDovecot(FAR, domain="other.test")
        cls.addClassCleanup(cls.peer.stop)
        cls.peer.start()
        cls.server = Pabal(USERS)
        cls.addClassCleanup(cls.server.stop)
        cls.server.create()
        cls.server.settings.write_text(cls.settings(cls.server.settings.read_text()))
        cls.server.start()

    def far_message(self, user, subject, seconds=20):
        end = time.monotonic() + seconds
        with imaplib.IMAP4_SSL("localhost", self.peer.ports.imaps, ssl_context=tls_context(self.peer)) as client:
            client.login(user, FAR[user])
            while time.monotonic() < end:
                client.select("INBOX", readonly=True)
                _, found = client.uid("SEARCH", "SUBJECT", f'"{subject}"')
                if found[0]:
                    numbers = found[0].split()
                    self.assertEqual(len(numbers), 1, "delivered more than once")
                    return client.uid("FETCH", numbers[0], "(BODY.PEEK[])")[1][0][1]
                time.sleep(0.05)
        self.fail(f"no message '{subject}' for {user}:\n{self.server.log('smtpd')}")

    def submit_octets(self, octets, recipients, options=()):
        with smtplib.SMTP_SSL("localhost", self.server.ports.submissions, context=tls_context(self.server),
                              timeout=60) as client:
            client.login(ALICE, USERS[ALICE])
            return client.sendmail(ALICE, recipients, octets, mail_options=list(options))


class LmtpIntoDovecot(ByTheSettings):
    @classmethod
    def settings(cls, text):
        host = f"unix:{cls.peer.folder}/lmtp"
        return f'{text}\n[[relay.policy]]\ndomain = "other.test"\nhost = "{host}"\ntransport = "lmtp"\n'

    def test_a_reply_for_each_recipient(self):
        self.submit(letter("three and nobody"), recipients=[DAN, ERIN, FAY, "nobody@other.test"])
        for user in FAR:
            self.assertIn(b"Hello.", self.far_message(user, "three and nobody"))
        bounce = self.wait_for(ALICE, "nobody@other.test")
        self.assertIn(b"Final-Recipient: rfc822;nobody@other.test", bounce)
        self.assertIn(b"550 5.1.1", bounce)

    def test_large_binary_and_eight_bit(self):
        noise = bytes(range(256)) * 20_000
        self.submit(letter("large", attachments=[("noise.bin", noise)]), recipients=[DAN])
        self.assertGreater(len(self.far_message(DAN, "large")), 6_000_000)
        text = "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nSubject: eight bits\r\n\r\n한글 본문\r\n"
        self.submit_octets(text.encode(), [DAN], ["BODY=8BITMIME"])
        self.assertIn("한글 본문".encode(), self.far_message(DAN, "eight bits"))

    def test_a_long_line(self):
        text = "MIME-Version: 1.0\r\nSubject: a long line\r\n\r\n" + "x" * 5000 + "\r\n"
        self.submit_octets(text.encode(), [ERIN])
        octets = self.far_message(ERIN, "a long line")
        self.assertLessEqual(max(map(len, octets.split(b"\r\n"))), 998)
        self.assertIn(b"quoted-printable", octets)


class SmarthostWithLogin(ByTheSettings):
    @classmethod
    def settings(cls, text):
        password = cls.server.data / "smarthost.password"
        password.write_text(FAR[DAN] + "\n")
        password.chmod(0o600)
        return text.replace('smarthost_tls = "may"\n', f"""smarthost_tls = "verify"
smarthost = "localhost:{cls.peer.ports.submission}"
smarthost_user = "{DAN}"
smarthost_password_file = "{password}"
ca = "{cls.peer.ca}"
""", 1)

    def test_by_a_verified_host_that_knows_us(self):
        self.submit(letter("by the smarthost"), recipients=[ERIN, FAY])
        for user in (ERIN, FAY):
            octets = self.far_message(user, "by the smarthost")
            self.assertIn(b"(Postfix) with ESMTPSA", octets)
        self.assertIn(" verified", self.server.log("smtpd"))
        self.assertNotIn(FAR[DAN], self.server.log("smtpd"))


del ByTheSettings, Case  # bases, not tests


if __name__ == "__main__":
    sys.exit(main())
