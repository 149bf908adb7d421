#!/usr/bin/env python3
"""`mailctl queue` and `mailctl trace` on a running smtpd whose next server first refuses, then accepts; and
on a queue whose smtpd is stopped. Both forms, text and --json."""

import email
import json
import sys
import time

from case import ALICE, BOB, Case, letter, main
from next_hop import NextHop

LATER = "451 4.7.1 Greylisted, come back later"
NOTHING, USAGE, NOT_FOUND = 1, 2, 3


class Queue(Case):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hop = NextHop()
        cls.addClassCleanup(cls.hop.close)
        cls.server.stop_program("smtpd")
        text = cls.server.settings.read_text()
        old = '#smarthost = "relay.example.net:25"'
        assert old in text
        # A retry by itself would hide that a command wakes smtpd.
        cls.server.settings.write_text(text.replace(old, f'smarthost = "127.0.0.1:{cls.hop.port}"')
                                       .replace('retry_first = "5m"', 'retry_first = "1h"'))
        cls.server.start_program("smtpd")
        cls.server.wait_until_it_answers()

    def setUp(self):
        self.hop.answers = {name: LATER for name in ("dave", "erin", "frank")}
        self.hop.taken.clear()

    def tearDown(self):
        self.server.mailctl("queue", "remove", "--all", check=False)

    # -- the commands

    def run_mailctl(self, *words, status=0):
        done = self.server.mailctl(*words, check=False)
        if status is not None:
            self.assertEqual(done.returncode, status, f"{words}: {done.stdout}{done.stderr}")
        return done

    def queue(self, *words, status=0):
        done = self.run_mailctl("queue", *words, "--json", status=status)
        return json.loads(done.stdout) if done.stdout else None

    def queue_text(self, *words, status=0):
        return self.run_mailctl("queue", *words, status=status).stdout

    def trace(self, key, status=0):
        done = self.run_mailctl("trace", key, "--json", status=status)
        return json.loads(done.stdout) if done.stdout else None

    # -- the mail

    def send(self, subject, *recipients):
        """Its queue id, once every recipient was tried."""
        message = letter(subject)
        message["Message-ID"] = f"<{subject.replace(' ', '.')}@example.test>"
        self.submit(message, recipients=recipients)
        entries = self.until(lambda: self.deferred(len(recipients)), f"{subject} is deferred")
        return next(entry["name"] for entry in entries if entry["message_id"] == message["Message-ID"])

    def deferred(self, count):
        entries = [entry for entry in self.queue("list") if entry["state"] == "deferred"]
        return entries if len(entries) >= count else None

    def until(self, look, what, seconds=20):
        end = time.monotonic() + seconds
        while not (found := look()):
            self.assertLess(time.monotonic(), end, f"not in {seconds} s: {what}")
            time.sleep(0.02)
        return found

    def taken(self, count=1):
        return self.until(lambda: len(self.hop.taken) == count, f"{count} messages came out")

    def events(self, key):
        return [(step["event"], step["recipient"]) for step in self.trace(key)[0]["steps"]]


class Looking(Queue):
    def test_list_and_show_tell_why_a_message_waits(self):
        queue_id = self.send("why", "dave@far.test", "erin@far.test")
        rows = self.queue_text("list")
        for part in (queue_id, ALICE, "dave@far.test", "erin@far.test", "deferred", "Greylisted"):
            self.assertIn(part, rows)
        shown = self.queue("show", queue_id)
        self.assertEqual((shown["sender"], shown["message_id"]), (ALICE, "<why@example.test>"))
        self.assertEqual(shown["login"], ALICE)
        for recipient in shown["recipients"]:
            self.assertEqual((recipient["state"], recipient["attempts"]), ("deferred", 1))
            self.assertIn("Greylisted", recipient["last_reply"])
            self.assertGreater(recipient["next_attempt"], time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()))
        page = self.queue_text("show", queue_id)
        self.assertRegex(page, r"deferred after 1 attempt; next one .*, in \d+ minutes")
        self.assertIn("reason    451 4.7.1 Greylisted", page)

    def test_filters_combine(self):
        self.send("one", "dave@far.test", "erin@near.test")
        count = lambda *words, status=0: len(self.queue("list", *words, status=status))
        self.assertEqual(count("--domain", "far.test"), 1)
        self.assertEqual(count("--sender", ALICE), 2)
        self.assertEqual(count("--sender", "@example.test", "--recipient", "erin@near.test"), 1)
        self.assertEqual(count("--state", "deferred", "--newer-than", "10m"), 2)
        self.assertEqual(count("--limit", "1"), 2)  # one message, its two recipients
        for nothing in (("--sender", "<>"), ("--state", "held"), ("--older-than", "10m"),
                        ("--domain", "far.test", "--recipient", "@near.test")):
            self.assertEqual(count(*nothing, status=NOTHING), 0)

    def test_status_counts(self):
        self.send("counted", "dave@far.test")
        status = json.loads(self.run_mailctl("status", "--json").stdout)["queue"]
        self.assertEqual((status["messages"], status["deferred"], status["held"]), (1, 1, 0))
        self.assertIn("1 message, the oldest", self.run_mailctl("status").stdout)


class Deciding(Queue):
    def test_retry_wakes_smtpd_at_once(self):
        queue_id = self.send("again", "dave@far.test")
        self.hop.answers.clear()
        self.assertTrue(self.queue("retry", queue_id)["smtpd_told"])
        self.taken()
        self.until(lambda: not self.queue("list"), "the queue is empty")

    def test_a_retry_that_is_refused_waits_again(self):
        queue_id = self.send("refused again", "dave@far.test")
        self.assertIn("retried 1 recipient of 1 message", self.queue_text("retry", "--domain", "far.test"))
        self.until(lambda: self.queue("show", queue_id)["recipients"][0]["attempts"] == 2, "a second attempt")

    def test_held_mail_stays_until_released(self):
        queue_id = self.send("held", "dave@far.test", "erin@far.test")
        self.assertEqual(self.queue("hold", queue_id)["recipients"], 2)
        self.hop.answers.clear()
        self.queue("retry", queue_id, status=NOTHING)
        self.assertEqual(self.queue("flush")["messages"], 0)
        self.assertEqual({entry["state"] for entry in self.queue("list")}, {"held"})
        self.assertIn("held", self.queue_text("show", queue_id))
        self.assertIn("released 1 recipient", self.queue_text("release", "--recipient", "dave@far.test"))
        self.taken()
        self.assertIn("dave@far.test", self.hop.taken[0][1][0])
        self.until(lambda: [entry["recipient"] for entry in self.queue("list")] == ["erin@far.test"],
                   "one is delivered, one held")
        self.queue("release", "--all")
        self.taken(2)

    def test_flush_tries_everything(self):
        for name in ("dave", "erin", "frank"):
            self.submit(letter(f"to {name}"), recipients=(f"{name}@{name}.test",))
        self.until(lambda: self.deferred(3), "three wait")
        self.hop.answers.clear()
        self.assertEqual(self.queue("flush")["messages"], 3)
        self.taken(3)
        self.until(lambda: not self.queue("list"), "the queue is empty")

    def test_what_is_removed_is_gone_and_nobody_is_told(self):
        queue_id = self.send("unwanted", "dave@far.test")
        before = self.count(ALICE)
        self.assertIn("removed 1 recipient of 1 message", self.queue_text("remove", queue_id))
        self.assertEqual(self.queue("list"), [])
        self.queue("show", queue_id, status=NOT_FOUND)
        self.hop.answers.clear()
        self.assertEqual(self.queue("flush")["messages"], 0)
        self.assertEqual((self.hop.taken, self.count(ALICE)), ([], before))

    def test_remove_can_tell_the_sender(self):
        queue_id = self.send("given up", "dave@far.test")
        self.assertEqual(self.queue("remove", queue_id, "--report")["reports"], 1)
        report = email.message_from_bytes(self.wait_for(ALICE, "Not delivered to dave@far.test"))
        self.assertEqual(report.get_content_type(), "multipart/report")
        words = report.get_payload(0).get_payload(decode=True).decode()
        self.assertIn("administrator", words)
        self.assertIn("Greylisted", words)
        self.until(lambda: ("reported", "") in self.events(queue_id), "the report is in the history")

    def test_everything_takes_all(self):
        self.send("careful", "dave@far.test")
        for verb in ("hold", "remove", "retry", "release"):
            self.assertIn("--all", self.run_mailctl("queue", verb, status=USAGE).stderr)
        self.assertEqual(self.queue("hold", "--all")["recipients"], 1)
        self.assertEqual(self.queue("remove", "--all")["recipients"], 1)

    def test_decisions_while_smtpd_is_down_count_when_it_is_back(self):
        kept, gone = self.send("kept", "dave@far.test"), None
        self.submit(letter("gone"), recipients=("erin@far.test",))
        gone = self.until(lambda: self.deferred(2), "both wait")[1]["name"]
        self.server.stop_program("smtpd")
        self.assertFalse(self.queue("remove", gone)["smtpd_told"])
        self.assertIn("smtpd does not run", self.queue_text("retry", kept))
        self.hop.answers.clear()
        self.server.start_program("smtpd")
        self.server.wait_until_it_answers()
        self.taken()
        self.until(lambda: not self.queue("list"), "the queue is empty")
        self.assertIn("dave@far.test", self.hop.taken[0][1][0])

    def test_decisions_in_the_midst_of_traffic(self):
        for number in range(20):
            self.submit(letter(f"number {number}"), recipients=(f"{('dave', 'erin')[number % 2]}@far.test",))
            self.queue(("hold", "release", "retry")[number % 3], "--domain", "far.test", status=None)
        self.hop.answers.clear()
        self.queue("release", "--all", status=None)
        self.until(lambda: not self.queue("list") or self.queue("flush", status=None) and False, "all came out")
        self.taken(20)


class Tracing(Queue):
    def test_each_step_with_host_tls_and_reply(self):
        queue_id = self.send("traced", "dave@far.test")
        self.queue("hold", queue_id)
        self.queue("release", queue_id)
        self.until(lambda: self.queue("show", queue_id)["recipients"][0]["attempts"] == 2, "a second attempt")
        self.hop.answers.clear()
        self.queue("retry", queue_id)
        self.taken()
        story = self.until(lambda: (found := self.trace(queue_id)[0])["steps"][-1]["event"] == "delivered" and found,
                           "the history knows of it")
        self.assertEqual([step["event"] for step in story["steps"]],
                         ["accepted", "deferred", "held", "released", "deferred", "retried", "delivered"])
        accepted, deferred, *_, delivered = story["steps"]
        self.assertIn(accepted["host"], ("127.0.0.1", "::1"))
        self.assertIn("TLSv1.", accepted["tls"])
        self.assertIn("Greylisted", deferred["reply"])
        self.assertEqual((delivered["host"], delivered["tls"]), ("127.0.0.1", ""))
        self.assertIn("250 2.0.0 Taken", delivered["reply"])
        self.assertEqual((story["in_queue"], story["recipients"][0]["state"]), (False, "delivered"))
        page = self.run_mailctl("trace", queue_id).stdout
        self.assertLess(page.count("\n"), 40)
        for part in ("delivered dave@far.test at 127.0.0.1, plain text", "451 4.7.1 Greylisted",
                     "now         dave@far.test: delivered", "accepted from "):
            self.assertIn(part, page)

    def test_by_message_id_and_by_address(self):
        queue_id = self.send("sought", "frank@far.test")
        self.until(lambda: len(self.trace(queue_id)[0]["steps"]) == 2, "the history knows of it")
        for key in ("<sought@example.test>", "sought@example.test", "frank@far.test", queue_id.split("-")[1]):
            self.assertEqual([story["name"] for story in self.trace(key)], [queue_id], key)
        self.assertIn(queue_id, [story["name"] for story in self.trace(ALICE)])
        self.assertIn("frank@far.test", self.run_mailctl("trace", ALICE).stdout)

    def test_local_mail_too(self):
        self.submit(letter("at home"), recipients=(BOB,))
        self.wait_for(BOB, "at home")
        story = self.until(lambda: next((story for story in self.trace(BOB, status=None) or []
                                         if any(step["event"] == "delivered" for step in story["steps"])), None),
                           "the history knows of it")
        self.assertEqual(story["recipients"][0]["recipient"], BOB)
        self.assertIn("into the mailbox", self.run_mailctl("trace", story["name"]).stdout)

    def test_what_nobody_knows(self):
        for key in ("nobody@nowhere.test", "<none@nowhere.test>", "999999", "nonsense"):
            self.trace(key, status=NOT_FOUND)


if __name__ == "__main__":
    sys.exit(main())
