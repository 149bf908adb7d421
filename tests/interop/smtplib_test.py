#!/usr/bin/env python3
"""Python's smtplib: the verbs one by one, with the replies that other servers and clients rely on."""

import smtplib
import sys

from case import ALICE, BOB, CAROL, USERS, Case, letter, main, pabal_only
from pabal import tls_context


class Smtplib(Case):
    def relay(self):
        client = smtplib.SMTP(self.server.host, self.server.ports.smtp, "client.test", timeout=30)
        self.addCleanup(client.close)
        client.ehlo()
        return client

    def submission(self, user=ALICE):
        client = smtplib.SMTP(self.server.host, self.server.ports.submission, "client.test", timeout=30)
        self.addCleanup(client.close)
        client.starttls(context=tls_context(self.server))
        client.login(user, USERS[user])
        return client

    def test_announces(self):
        client = self.relay()
        for word in ("pipelining", "size", "8bitmime", "smtputf8", "chunking", "enhancedstatuscodes", "starttls", "dsn"):
            self.assertTrue(client.has_extn(word), word)
        self.assertFalse(client.has_extn("auth"))
        self.assertTrue(self.submission().has_extn("auth"))

    def test_harmless_verbs(self):
        client = self.relay()
        self.assertEqual(client.noop()[0], 250)
        self.assertEqual(client.rset()[0], 250)
        self.assertEqual(client.docmd("VRFY", BOB)[0], 252)
        self.assertEqual(client.expn("list")[0] // 100, 5)
        self.assertEqual(client.docmd("NONSENSE")[0] // 100, 5)
        self.assertEqual(client.helo()[0], 250)
        self.assertEqual(client.quit()[0], 221)

    def test_out_of_order(self):
        client = self.relay()
        self.assertEqual(client.docmd("RCPT", f"TO:<{BOB}>")[0], 503)
        self.assertEqual(client.docmd("DATA")[0], 503)
        self.assertEqual(client.mail(ALICE)[0], 250)
        self.assertEqual(client.docmd("MAIL", "FROM:<a@example.net>")[0], 503)
        self.assertEqual(client.docmd("DATA")[0] // 100, 5)
        self.assertEqual(client.rset()[0], 250)

    def test_unknown_beside_known(self):
        client = self.relay()
        refused = client.sendmail("a@example.net", [BOB, "nobody@example.test"], "Subject: one of two\r\n\r\nx\r\n")
        self.assertEqual(list(refused), ["nobody@example.test"])
        self.assertEqual(refused["nobody@example.test"][0], 550)
        self.wait_for(BOB, "one of two")

    def test_many_messages_one_session(self):
        client = self.submission()
        for number in range(20):
            client.send_message(letter(f"number {number} of twenty"))
        self.wait_for(BOB, "number 19 of twenty")

    def test_plus_address(self):
        self.relay().sendmail("a@example.net", ["bob+lists@example.test"], "Subject: plus\r\n\r\nx\r\n")
        self.wait_for(BOB, "plus")

    def test_size(self):
        client = self.relay()
        limit = int(client.esmtp_features["size"])
        self.assertGreater(limit, 1 << 20)
        self.assertEqual(client.mail("a@example.net", [f"SIZE={limit + 1}"])[0], 552)
        self.assertEqual(client.mail("a@example.net", ["SIZE=1000"])[0], 250)

    def test_smtputf8(self):
        message = letter("파발이 왔다", "안녕, bob.\n")
        self.submission().send_message(message, ALICE, [BOB], mail_options=["SMTPUTF8", "BODY=8BITMIME"])
        self.imap(BOB)
        self.submission().send_message(letter("after utf8"))
        self.wait_for(BOB, "after utf8")

    def test_8bit(self):
        text = "Subject: eight bits\r\nContent-Type: text/plain; charset=utf-8\r\n\r\ngrüße\r\n".encode()
        self.relay().sendmail("a@example.net", [BOB], text, mail_options=["BODY=8BITMIME"])
        self.assertIn("grüße".encode(), self.wait_for(BOB, "eight bits"))

    def test_chunks(self):
        client = self.relay()
        client.mail("a@example.net")
        client.rcpt(BOB)
        client.send(b"BDAT 21\r\nSubject: in chunks\r\n\r")
        self.assertEqual(client.getreply()[0], 250)
        client.send(b"BDAT 8 LAST\r\n\n.\r\nend\r")
        code = client.getreply()[0]
        self.assertIn(code, (250, 550, 554))

    def test_dsn_parameters(self):
        client = self.relay()
        self.assertEqual(client.mail("a@example.net", ["RET=HDRS", "ENVID=Q1"])[0], 250)
        self.assertEqual(client.rcpt(BOB, ["NOTIFY=SUCCESS,FAILURE", "ORCPT=rfc822;bob@example.test"])[0], 250)
        self.assertEqual(client.data("Subject: dsn\r\n\r\nx\r\n")[0], 250)
        self.wait_for(BOB, "dsn")

    def test_null_sender_and_postmaster(self):
        client = self.relay()
        self.assertEqual(client.docmd("MAIL", "FROM:<>")[0], 250)
        self.assertEqual(client.rcpt(BOB)[0], 250)
        self.assertEqual(client.data("Subject: a bounce\r\n\r\nx\r\n")[0], 250)
        self.assertIn(b"Return-Path: <>", self.wait_for(BOB, "a bounce"))

    @pabal_only
    def test_postmaster(self):
        client = self.relay()
        self.assertEqual(client.mail("a@example.net")[0], 250)
        self.assertEqual(client.docmd("RCPT", "TO:<postmaster@example.test>")[0], 250)
        self.assertEqual(client.docmd("RCPT", "TO:<Postmaster>")[0], 250)

    @pabal_only
    def test_another_sender_is_refused(self):
        client = self.submission(CAROL)
        codes = [client.mail(ALICE)[0]]
        if codes[0] == 250:
            codes.append(client.rcpt(BOB)[0])
        self.assertIn(codes[-1], (550, 553))

    @pabal_only
    def test_submission_completes_the_message(self):
        client = self.submission()
        client.sendmail(ALICE, [BOB, CAROL], f"From: {ALICE}\r\nBcc: {CAROL}\r\nSubject: bare\r\n\r\nx\r\n")
        message = self.wait_for(BOB, "bare")
        for header in (b"\r\nDate: ", b"\r\nMessage-ID: <", b"\r\nReceived: ", b"Return-Path: <alice@example.test>"):
            self.assertIn(header, message)
        self.assertNotIn(b"Bcc:", message)
        self.wait_for(CAROL, "bare")

    @pabal_only
    def test_bare_login_name(self):
        client = smtplib.SMTP_SSL(self.server.host, self.server.ports.submissions, context=tls_context(self.server), timeout=30)
        self.addCleanup(client.close)
        self.assertEqual(client.login("alice", USERS[ALICE])[0], 235)


if __name__ == "__main__":
    sys.exit(main())
