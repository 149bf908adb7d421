#!/usr/bin/env python3
"""Delivery reports (RFC 3464) as Python's email package and mua read them: of failures, delays and
arrivals, to those who asked and to those who didn't, and never about a report."""

import email
import email.policy
import email.utils
import re
import smtplib
import sys
import time

from case import ALICE, BOB, Case, USERS, letter, main
from next_hop import NextHop
from pabal import tls_context


class Report:
    """What is in a report, by an independent reader."""

    def __init__(self, octets):
        self.message = email.message_from_bytes(octets)
        self.words, self.status, self.original = self.message.get_payload()

    def text(self):
        return self.words.get_payload(decode=True).decode()

    def groups(self):
        """Fields of the message, then of each recipient."""
        if self.status.get_content_type() == "message/delivery-status":
            return self.status.get_payload()
        octets = self.status.get_payload(decode=True) or self.status.get_payload(0).as_bytes()
        return [email.message_from_string(group) for group in re.split(r"\r?\n\r?\n", octets.decode().strip())]

    def recipients(self):
        return {group["Final-Recipient"].split(";")[1].strip(): group for group in self.groups()[1:]}


class Reports(Case):
    extensions = ("PIPELINING", "8BITMIME", "SMTPUTF8", "ENHANCEDSTATUSCODES")
    changed = {}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hop = NextHop(cls.extensions)
        cls.addClassCleanup(cls.hop.close)
        cls.hop.answers = {
            "nobody": "550 5.1.1 No such user here",
            "full": "552 5.2.2 Mailbox full, says an essay: " + "word " * 90,
            "later": "450 4.2.1 Come back later",
        }
        cls.server.stop_program("smtpd")
        text = cls.server.settings.read_text()
        for old, new in {'#smarthost = "relay.example.net:25"': f'smarthost = "127.0.0.1:{cls.hop.port}"',
                         **cls.changed}.items():
            assert old in text, old
            text = text.replace(old, new)
        cls.server.settings.write_text(text)
        cls.server.start_program("smtpd")
        cls.server.wait_until_it_answers()

    def send(self, subject, *recipients, mail=(), rcpt=(), sender=ALICE, text="Hello.\n"):
        message = letter(subject, text)
        policy = email.policy.SMTPUTF8 if "SMTPUTF8" in mail else email.policy.SMTP
        with smtplib.SMTP_SSL(self.server.host, self.server.ports.submissions, context=tls_context(self.server),
                              timeout=30) as client:
            client.login(ALICE, USERS[ALICE])
            client.ehlo()
            self.assertEqual(client.docmd("MAIL", " ".join((f"FROM:<{sender}>", *mail)))[0], 250)
            for recipient in recipients:
                self.assertEqual(client.docmd("RCPT", " ".join((f"TO:<{recipient}>", *rcpt)))[0], 250)
            self.assertEqual(client.data(message.as_bytes(policy=policy))[0], 250)
        return message

    def report(self, subject):
        return Report(self.wait_for(ALICE, subject))

    def reports_about(self, subject):
        client = self.imap(ALICE)
        client.select("INBOX", readonly=True)
        _, found = client.uid("SEARCH", "SUBJECT", f'"{subject}"')
        return len(found[0].split())

    def wait_for_empty_queue(self):
        end = time.monotonic() + 30
        while "is empty" not in self.server.mailctl("queue", "list").stdout:
            self.assertLess(time.monotonic(), end, self.server.mailctl("queue", "list").stdout)
            time.sleep(0.05)


class Failures(Reports):
    def test_recipients_that_fail_together_share_a_report(self):
        sent = self.send("two fail", "bob@far.test", "nobody@far.test", "full@far.test",
                         mail=("ENVID=QQ+2B1",), rcpt=("ORCPT=rfc822;as+2Bgiven@x.test",))
        report = self.report("two fail")
        self.assertEqual(report.message["Subject"], "Not delivered to 2 recipients: two fail")
        self.assertEqual(report.message["Return-Path"], "<>")
        self.assertEqual(report.message["Auto-Submitted"], "auto-replied")
        self.assertEqual(report.message["To"], ALICE)
        self.assertEqual(report.message["In-Reply-To"], sent["Message-ID"] or report.message["In-Reply-To"])
        self.assertEqual(report.message.get_content_type(), "multipart/report")
        self.assertEqual(report.message.get_param("report-type"), "delivery-status")
        self.assertEqual(report.status.get_content_type(), "message/delivery-status")
        of_message = report.groups()[0]
        self.assertEqual(of_message["Original-Envelope-Id"], "QQ+1")
        self.assertRegex(of_message["Reporting-MTA"], "^dns;")
        self.assertIsNotNone(email.utils.parsedate_tz(of_message["Arrival-Date"]))
        nobody = report.recipients()["nobody@far.test"]
        self.assertEqual((nobody["Action"], nobody["Status"]), ("failed", "5.1.1"))
        self.assertEqual(nobody["Original-Recipient"], "rfc822;as+given@x.test")
        self.assertIn("550 5.1.1 No such user here", nobody["Diagnostic-Code"])
        self.assertRegex(nobody["Remote-MTA"], "^dns;")
        self.assertEqual(set(report.recipients()), {"nobody@far.test", "full@far.test"})
        self.assertEqual(report.original.get_content_type(), "message/rfc822")
        self.assertEqual(report.original.get_payload(0)["Subject"], "two fail")
        self.assertIn("Hello.", report.original.get_payload(0).get_payload())
        self.assertEqual(self.reports_about("two fail"), 1)

    def test_plain_words_come_first(self):
        self.send("in words", "full@far.test")
        text = self.report("in words").text()
        self.assertTrue(text.startswith('Your message "in words" could not be delivered to:\r\n'), text)
        self.assertIn("    > 552 5.2.2 Mailbox full", text)
        self.assertIn("The mailbox is full.", text)
        self.assertLessEqual(max(map(len, text.splitlines())), 72)

    def test_mua_shows_them(self):
        settings = self.server.folder / "mua.toml"
        self.server.mua("setup", "--config", self.server.settings, "--settings", settings, "--account", ALICE,
                        "--password-stdin", text=USERS[ALICE].encode() + b"\n")
        self.send("shown by mua", "nobody@far.test")
        self.report("shown by mua")
        listed = self.server.mua("--settings", settings, "--account", ALICE, "ls").stdout.decode()
        self.assertIn("Not delivered to nobody@far.test: shown", listed)
        number = re.search(r"^\s*(\S+).*shown by mua", listed, re.M).group(1)
        read = self.server.mua("--settings", settings, "--account", ALICE, "read", number).stdout.decode()
        self.assertIn("    > 550 5.1.1 No such user here", read)
        self.assertIn("There is no such address.", read)

    def test_ret_is_honoured(self):
        self.send("headers only", "nobody@far.test", mail=("RET=HDRS",))
        report = self.report("headers only")
        self.assertEqual(report.original.get_content_type(), "text/rfc822-headers")
        self.assertNotIn("Hello.", report.original.as_string())
        large = "line of a large message\n" * 5000
        self.send("large without ret", "nobody@far.test", text=large)
        self.assertEqual(self.report("large without ret").original.get_content_type(), "text/rfc822-headers")
        self.send("large in full", "nobody@far.test", mail=("RET=FULL",), text=large)
        self.assertGreater(len(self.report("large in full").original.as_bytes()), len(large))

    def test_those_who_want_none_get_none(self):
        self.send("want none", "nobody@far.test", rcpt=("NOTIFY=NEVER",))
        self.send("want success", "nobody@far.test", rcpt=("NOTIFY=SUCCESS",))
        self.wait_for_empty_queue()
        self.assertEqual(self.reports_about("want none") + self.reports_about("want success"), 0)

    def test_reports_are_not_reported_on(self):
        self.send("nobody is told", "nobody@far.test", sender="")
        self.wait_for_empty_queue()
        self.assertIn("double_bounce", self.server.log("smtpd"))

    def test_international_mail(self):
        self.send("nach außen", "nobody@far.test", mail=("SMTPUTF8",))
        octets = self.wait_for(ALICE, "Not delivered to nobody@far.test: nach")
        report = Report(octets)
        self.assertTrue(octets.split(b"\r\n\r\n")[0].isascii())
        self.assertEqual(report.status.get_content_type(), "message/global-delivery-status")
        self.assertEqual(report.original.get_content_type(), "message/global")
        self.assertEqual(report.recipients()["nobody@far.test"]["Status"], "5.1.1")


class Successes(Reports):
    def test_passed_on_to_a_server_that_tells_nothing(self):
        self.send("relayed", "bob@far.test", rcpt=("NOTIFY=SUCCESS",))
        report = self.report("relayed")
        self.assertEqual(report.message["Subject"], "Sent on to bob@far.test: relayed")
        self.assertEqual(report.recipients()["bob@far.test"]["Action"], "relayed")
        self.assertEqual(report.original.get_content_type(), "text/rfc822-headers")

    def test_delivered_here(self):
        self.send("arrived", BOB, rcpt=("NOTIFY=SUCCESS,FAILURE",))
        self.assertEqual(self.report("arrived").recipients()[BOB]["Action"], "delivered")
        self.assertEqual(self.report("arrived").recipients()[BOB]["Status"], "2.0.0")

    def test_an_address_of_several(self):
        self.server.mailctl("alias", "add", "team@example.test", BOB, "carol@example.test", "dave@far.test")
        self.send("to the team", "team@example.test", rcpt=("NOTIFY=SUCCESS,FAILURE",))
        report = self.report("to the team")
        self.assertEqual({name: group["Action"] for name, group in report.recipients().items()},
                         {"team@example.test": "expanded"})
        self.wait_for_empty_queue()
        self.assertEqual(self.reports_about("to the team"), 1)


class ServerThatTellsItself(Reports):
    extensions = (*Reports.extensions, "DSN")

    def test_the_duty_goes_on(self):
        self.send("theirs to tell", "bob@far.test", mail=("RET=HDRS", "ENVID=E1"),
                  rcpt=("NOTIFY=SUCCESS,DELAY", "ORCPT=rfc822;b@x.test"))
        self.wait_for_empty_queue()
        self.assertEqual(self.reports_about("theirs to tell"), 0)
        mail, recipients, _ = self.hop.taken[-1]
        self.assertIn(" RET=HDRS ENVID=E1", mail)
        self.assertEqual(recipients, ["RCPT TO:<bob@far.test> NOTIFY=SUCCESS,DELAY ORCPT=rfc822;b@x.test"])


class Delays(Reports):
    changed = {'delay_notice = "4h"': 'delay_notice = "1s"', 'retry_first = "5m"': 'retry_first = "1s"',
               'retry_longest = "4h"': 'retry_longest = "1s"', 'give_up_after = "5d"': 'give_up_after = "5s"'}

    def test_a_delay_is_told_once_and_the_end_too(self):
        self.send("patience", "later@far.test")
        delay = Report(self.wait_for(ALICE, "Not yet delivered to later@far.test: patience"))
        group = delay.recipients()["later@far.test"]
        self.assertEqual((group["Action"], group["Status"]), ("delayed", "4.2.1"))
        self.assertIsNotNone(email.utils.parsedate_tz(group["Will-Retry-Until"]))
        self.assertIn("need not send it again", " ".join(delay.text().split()))
        end = Report(self.wait_for(ALICE, "Not delivered to later@far.test: patience", seconds=40))
        self.assertEqual(end.recipients()["later@far.test"]["Status"], "5.4.7")
        self.assertIn("It was tried for", end.text())
        self.wait_for_empty_queue()
        self.assertEqual(self.reports_about("patience"), 2)

    def test_no_word_to_those_who_want_failures_alone(self):
        self.send("quiet", "later@far.test", rcpt=("NOTIFY=FAILURE",))
        self.wait_for(ALICE, "Not delivered to later@far.test: quiet", seconds=40)
        self.assertEqual(self.reports_about("quiet"), 1)


if __name__ == "__main__":
    sys.exit(main())
