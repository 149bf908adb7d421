#!/usr/bin/env python3
"""mua's commands for scripts, with and without --json: answers, forwards, bounces, drafts, archive and undo, mailboxes, the
local store, the outbox, waiting for mail and doctor. `--against postfix` runs all of it with Postfix and Dovecot."""

import email
import email.policy
import json
import subprocess
import sys
import time

from case import ALICE, BOB, letter, main
from mua_case import MuaCase
from pabal import BIN


def parsed(octets):
    return email.message_from_bytes(octets, policy=email.policy.default)


class MuaCommands(MuaCase):
    def deliver(self, subject, text="Hello.\n", attachments=()):
        self.submit(letter(subject, text, attachments))
        return self.id_of(subject)

    def flags(self, subject, mailbox="INBOX", account=BOB):
        return next(m["flags"] for m in self.json("ls", mailbox, account=account) if m["subject"] == subject)

    # -- writing

    def test_reply_and_mark(self):
        number = self.deliver("a question")
        sent = self.json("reply", number, "--body", "-", text="An answer.\n")
        self.assertTrue(sent["recipients"][0]["accepted"])
        answer = parsed(self.wait_for(ALICE, "Re: a question"))
        self.assertIn("An answer.", answer.get_body().get_content())
        self.assertIn("> Hello.", answer.get_body().get_content())
        self.assertIn("\\Answered", self.flags("a question"))
        self.assertEqual(sent["message_id"], answer["Message-ID"])

    def test_forward_with_attachments_and_whole(self):
        number = self.deliver("with a file", attachments=[("a.bin", b"\0\1\2" * 1000)])
        original = self.wait_for(BOB, "with a file")
        self.mua("forward", number, "--to", ALICE, "--body", "-", text="See below.\n")
        inline = parsed(self.wait_for(ALICE, "Fwd: with a file"))
        self.assertIn("Forwarded message", inline.get_body().get_content())
        self.assertEqual(next(inline.iter_attachments()).get_content(), b"\0\1\2" * 1000)
        self.assertIn("$Forwarded", self.flags("with a file"))
        self.mua("forward", number, "--whole", "--to", ALICE, "--subject", "all of it", "--body", "-", text="Attached.\n")
        whole = parsed(self.wait_for(ALICE, "all of it"))
        attached = next(whole.iter_attachments())
        self.assertEqual(attached.get_content_type(), "message/rfc822")
        self.assertEqual(attached.get_content()["Message-ID"], parsed(original)["Message-ID"])

    def test_bounce(self):
        number = self.deliver("to be bounced")
        self.mua("bounce", number, "--to", ALICE)
        bounced = parsed(self.wait_for(ALICE, "to be bounced"))
        self.assertEqual(bounced["Resent-From"], "Bob <bob@example.test>")
        self.assertEqual(bounced["From"], ALICE)

    def test_draft(self):
        kept = self.json("send", "--draft", "--subject", "half written", "--body", "-", text="So far.\n")
        self.assertTrue(kept["draft"].startswith("Drafts:"))
        self.wait_for(BOB, "half written", "Drafts")
        self.assertIn("\\Draft", self.flags("half written", "Drafts"))

    # -- changing and taking back

    def test_delete_and_undo(self):
        number = self.deliver("now and then")
        self.mua("delete", number)
        self.wait_for(BOB, "now and then", "Trash")
        self.assertEqual(self.json("undo")["undone"], "delete 1 message")
        self.wait_for(BOB, "now and then")

    def test_archive_and_undo(self):
        number = self.deliver("for later")
        moved = self.json("archive", number)
        self.assertTrue(moved[0]["new_id"].startswith("Archive:"))
        self.mua("flag", moved[0]["new_id"], "+flagged", "+$work", "-seen")
        self.assertIn("$work", self.flags("for later", "Archive"))
        self.mua("undo")
        self.assertNotIn("$work", self.flags("for later", "Archive"))
        self.mua("undo")
        self.wait_for(BOB, "for later")

    def test_mailboxes(self):
        names = lambda: [m["name"] for m in self.json("mailboxes")]
        self.mua("mailboxes", "create", "Projekte 2026 ü")
        self.assertIn("Projekte 2026 ü", names())
        self.mua("mailboxes", "rename", "Projekte 2026 ü", "Old")
        self.assertIn("Old", names())
        self.mua("mailboxes", "delete", "Old")
        self.assertNotIn("Old", names())
        self.mua("mailboxes", "delete", "Old", status=3)
        self.mua("mailboxes", "rename", "Old", status=2)

    # -- reading

    def test_pipe_headers_links(self):
        number = self.deliver("look there", "See https://example.test/a and https://example.test/b\n")
        out = self.home / "piped"
        self.mua("pipe", number, f"cat > {out}")
        self.assertIn("See https://example.test/a", out.read_text())
        self.mua("pipe", "--raw", number, f"cat > {out}")
        self.assertEqual(out.read_bytes(), self.wait_for(BOB, "look there"))
        self.assertEqual(self.json("read", number, "--links")["links"], ["https://example.test/a", "https://example.test/b"])
        fields = {f["name"]: f["value"] for f in self.json("read", number, "--headers")["fields"]}
        self.assertEqual(fields["Subject"], "look there")
        self.assertTrue(next(m["unread"] for m in self.json("ls") if m["subject"] == "look there"))

    def test_ids_are_stable(self):
        number = self.deliver("an id")
        mailbox, validity, uid = number.split(":")
        self.mua("read", uid)
        self.mua("read", f"{mailbox}:{uid}")
        self.mua("read", f"{mailbox}:{int(validity) + 1}:{uid}", status=3)

    # -- the local store

    def test_sync_threads_contacts(self):
        number = self.deliver("the first")
        self.mua("reply", number, "--to", BOB, "--body", "-", text="To both.\n")
        self.wait_for(BOB, "Re: the first")
        self.assertGreater(self.json("sync")["messages"], 1)
        thread = next(t for t in self.json("threads") if any(m["id"] == number for m in t["messages"]))
        self.assertEqual([m["depth"] for m in thread["messages"]], [0, 1])
        self.assertIn({"name": "", "address": ALICE}, [p | {"name": ""} for p in self.json("contacts", "ali")])
        self.mua("contacts", "nobody-at-all", status=3)
        self.assertEqual(self.json("outbox"), [])
        self.assertEqual(self.json("drafts"), [])

    # -- watching

    def test_wait_for_new_mail(self):
        waiting = subprocess.Popen([BIN / "mua", "--settings", self.settings, "--account", BOB, "--json", "wait", "--timeout", "30"],
                                   stdout=subprocess.PIPE)
        time.sleep(1)  # it has to be waiting, not to be listing
        begin = time.monotonic()
        self.submit(letter("while you wait"))
        out, _ = waiting.communicate(timeout=30)
        self.assertEqual(waiting.returncode, 0)
        self.assertEqual(json.loads(out)[0]["subject"], "while you wait")
        self.assertLess(time.monotonic() - begin, 15)
        self.mua("wait", "--timeout", "1", status=3)

    def test_doctor(self):
        steps = self.json("doctor")
        self.assertTrue(all(step["ok"] for step in steps), steps)
        self.assertGreaterEqual(len(steps), 6)
        self.assertTrue(all(isinstance(step["milliseconds"], int) for step in steps))

    def test_failures_say_what_to_do(self):
        for status, words in ((3, ("read", "99999")), (3, ("ls", "Nowhere")), (2, ("read", "x")), (2, ("import",)),
                              (1, ("import", "/nowhere")), (3, ("outbox", "retry", "7")), (3, ("drafts", "show", "7"))):
            run = self.command("--account", BOB, *words)
            self.assertEqual(run.returncode, status, (words, run.stderr))
            self.assertGreaterEqual(len(run.stderr.decode().splitlines()), 2, run.stderr)


if __name__ == "__main__":
    sys.exit(main())
