#!/usr/bin/env python3
"""mua's commands for scripts, with and without --json: answers, forwards, bounces, drafts, archive and undo, mailboxes, the
local store, the outbox, waiting for mail and doctor; invitations answered, OpenPGP signed, encrypted, checked and opened. `--against postfix` runs all of it with Postfix and Dovecot."""

import email
import email.policy
import json
import os
import re
import shutil
import subprocess
import sys
import time
import unittest
from pathlib import Path

from case import ALICE, BOB, letter, main
from mua_case import COUNCIL, GpgKeys, MuaCase
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

    def test_bounced_later(self):
        self.mua("sync")
        number = self.deliver("to be bounced later")
        queued = self.json("bounce", number, "--queue", "--to", ALICE)
        self.assertEqual([one["entry"] for one in self.json("outbox")], [queued["entry"]])
        self.mua("sync")
        self.assertEqual(parsed(self.wait_for(ALICE, "to be bounced later"))["Resent-Message-ID"], queued["message_id"])
        self.assertNotIn("to be bounced later", [m["subject"] for m in self.json("ls", "Sent")])

    def peak(self, *arguments):
        """The most memory the command had at once, KiB, as far as one looked."""
        process = subprocess.Popen([BIN / "mua", "--settings", self.settings, "--account", BOB, *map(str, arguments)],
                                   stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, env=os.environ | {"HOME": str(self.home)})
        most = 0
        while process.poll() is None:
            found = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{process.pid}/status").read_text())
            most = int(found[1]) if found else most
            time.sleep(0.005)
        self.assertEqual(process.returncode, 0, arguments)
        return most

    def test_memory_does_not_grow_with_what_is_attached(self):
        octets = os.urandom(7_000_000)  # what Postfix takes
        (self.home / "large.bin").write_bytes(octets)
        large = ("--attach", self.home / "large.bin")
        usual = self.peak("send", "--to", ALICE, "--subject", "a small one")
        for how in ((), ("--queue",)):
            subject = " ".join(("a large one", *how))
            more = self.peak("send", *how, "--to", ALICE, "--subject", subject, *large) - usual
            self.assertLess(more, 8_000, how)
            self.mua("sync")
            got = parsed(self.wait_for(ALICE, subject))
            self.assertEqual(next(got.iter_attachments()).get_content(), octets)
            kept = parsed(self.wait_for(BOB, subject, "Sent"))
            self.assertEqual(next(kept.iter_attachments()).get_content(), octets)
        number = self.id_of("a large one", account=ALICE)
        self.mua("forward", number, "--whole", "--to", BOB, "--subject", "on its way back", account=ALICE, text="")
        number = self.id_of("on its way back")
        self.assertLess(self.peak("save", number, "--to", self.home) - usual, 8_000)

    def test_a_signature_where_it_is_wanted(self):
        (self.home / "signature").write_text("Bob of the harbour\n")
        self.addCleanup((self.home / "signature").unlink)
        number = self.deliver("whose is it")
        self.mua("reply", number, "--body", "-", text="Mine.\n")
        self.assertNotIn("harbour", parsed(self.wait_for(ALICE, "Re: whose is it")).get_body().get_content())
        self.mua("reply", number, "--signature", "--subject", "signed off", "--body", "-", text="Mine.\n")
        text = parsed(self.wait_for(ALICE, "signed off")).get_body().get_content().replace("\r\n", "\n")
        self.assertTrue(text.endswith("> Hello.\n\n-- \nBob of the harbour\n"), text)

    def test_a_draft_of_the_server_is_sent_once(self):
        kept = self.json("send", "--draft", "--to", ALICE, "--bcc", BOB, "--subject", "long thought", "--body", "-", text="So be it.\n")
        sent = self.json("drafts", "send", kept["draft"])
        self.assertEqual(sent["message_id"], kept["message_id"])
        got = parsed(self.wait_for(ALICE, "long thought"))
        self.assertEqual((got["Message-ID"], got["Bcc"]), (kept["message_id"], None))
        self.assertNotIn("long thought", [m["subject"] for m in self.json("ls", "Drafts")])
        self.assertEqual(parsed(self.wait_for(BOB, "long thought", "Sent"))["Bcc"], BOB)
        self.mua("drafts", "send", kept["draft"], status=3)

    def test_a_draft_whose_sending_was_cut_off(self):
        kept = self.json("send", "--draft", "--to", ALICE, "--subject", "cut off", "--body", "-", text="Once.\n")
        self.mua("flag", kept["draft"], "+$SubmitPending")
        run = self.command("--account", BOB, "drafts", "send", kept["draft"])
        self.assertEqual(run.returncode, 1)
        self.assertIn(b"may have been sent", run.stderr)
        self.mua("drafts", "send", kept["draft"], "--again")
        self.wait_for(ALICE, "cut off")
        self.mua("copy", self.id_of("cut off", "Sent"), "Drafts")
        again = self.id_of("cut off", "Drafts")
        self.mua("flag", again, "+$SubmitPending")
        self.assertTrue(self.json("drafts", "send", again)["sent_before"])
        self.assertEqual([m["subject"] for m in self.json("ls", account=ALICE)].count("cut off"), 1)
        self.assertNotIn("cut off", [m["subject"] for m in self.json("ls", "Drafts")])

    def test_a_letter_begun_here_is_sent(self):
        entry = self.json("send", "--queue", "--to", ALICE, "--subject", "taken up again", "--body", "-", text="Yes.\n")["entry"]
        draft = self.json("outbox", "edit", entry)["draft"]
        self.assertEqual(self.json("drafts", "send", draft)["state"], "done")
        self.wait_for(ALICE, "taken up again")
        self.assertEqual((self.json("drafts"), self.json("outbox")), ([], []))

    def test_draft(self):
        kept = self.json("send", "--draft", "--subject", "half written", "--body", "-", text="So far.\n")
        self.assertTrue(kept["draft"].startswith("Drafts:"))
        self.wait_for(BOB, "half written", "Drafts")
        self.assertIn("\\Draft", self.flags("half written", "Drafts"))

    def test_an_invitation_is_answered(self):
        message = letter("council in summer", "You are invited.\n")
        message.add_alternative(COUNCIL.encode(), maintype="text", subtype="calendar", params={"method": "REQUEST", "charset": "utf-8"})
        self.submit(message)
        number = self.id_of("council in summer")
        sent = self.json("answer", number, "tentative")
        self.assertEqual(sent["recipients"][0]["address"], ALICE)
        self.assertTrue(sent["sent_copy"]["id"].startswith("Sent:"))
        answer = parsed(self.wait_for(ALICE, "Tentative: Harbour council"))
        self.assertEqual(answer["Message-ID"], sent["message_id"])
        calendar = next(part for part in answer.walk() if part.get_content_type() == "text/calendar")
        text = calendar.get_payload(decode=True).decode().replace("\r\n ", "")
        for words in ("METHOD:REPLY\r\n", "PARTSTAT=TENTATIVE", "UID:council@example.test"):
            self.assertIn(words, text)
        self.assertIn("\\Answered", self.flags("council in summer"))
        self.mua("answer", number, "perhaps", status=2)
        self.mua("answer", self.deliver("no invitation"), "accept", status=3)

    def test_what_is_queued_goes_with_the_next_sync(self):
        self.mua("sync")
        number = self.deliver("to be answered later")
        self.mua("sync")
        queued = self.json("reply", number, "--queue", "--body", "-", text="Later.\n")
        waiting = self.json("outbox")
        self.assertEqual([(one["entry"], one["message_id"]) for one in waiting], [(queued["entry"], queued["message_id"])])
        self.assertNotIn("\\Answered", self.flags("to be answered later"))
        self.mua("sync")
        self.assertEqual(self.json("outbox"), [])
        self.assertEqual(parsed(self.wait_for(ALICE, "Re: to be answered later"))["Message-ID"], queued["message_id"])
        self.wait_for(BOB, "Re: to be answered later", "Sent")
        self.mua("sync")
        self.assertIn("\\Answered", self.flags("to be answered later"))

    def test_what_is_queued_can_be_taken_back(self):
        entry = self.json("send", "--queue", "--to", ALICE, "--subject", "thought better of", "--body", "-", text="No.\n")["entry"]
        draft = self.json("outbox", "edit", entry)["draft"]
        self.assertEqual(self.json("drafts", "show", draft)["text"], "No.\n")
        self.mua("drafts", "discard", draft)

    def test_an_address_that_is_not_mine(self):
        run = self.command("--account", BOB, "send", "--from", ALICE, "--to", ALICE, "--body", "-", text="x\n")
        self.assertEqual(run.returncode, 2)
        self.assertIn(f"known are {BOB}".encode(), run.stderr)

    # -- changing and taking back

    def test_copy(self):
        number = self.deliver("twice")
        copied = self.json("copy", number, "Archive")
        self.assertEqual(copied[0]["id"], number)
        self.assertTrue(copied[0]["new_id"].startswith("Archive:"))
        self.assertIn(number, [m["id"] for m in self.json("ls")])
        self.mua("copy", number, "Nowhere", status=3)

    def test_nothing_is_moved_when_one_of_another_mailbox_is_missing(self):
        number = self.deliver("stays here")
        self.mua("move", number, "Sent:99999", "Archive", status=3)
        self.assertIn(number, [m["id"] for m in self.json("ls")])

    def test_delete_and_undo(self):
        number = self.deliver("now and then")
        self.mua("delete", number)
        self.wait_for(BOB, "now and then", "Trash")
        self.assertEqual(self.json("undo")["undone"], "delete 1 message")
        self.wait_for(BOB, "now and then")

    def test_undo_follows_what_was_moved(self):
        number = self.deliver("flagged and moved")
        self.mua("flag", number, "+flagged")
        self.mua("archive", number)
        self.mua("undo")
        self.wait_for(BOB, "flagged and moved")
        self.mua("undo")
        self.assertNotIn("\\Flagged", self.flags("flagged and moved"))

    def test_without_standard_files(self):
        run = subprocess.run(f"{BIN}/mua --settings {self.settings} --account {BOB} ls >&-", shell=True, capture_output=True, check=False)
        self.assertEqual((run.returncode, run.stderr[:17]), (1, b"mua: cannot write"))
        run = subprocess.run(f"{BIN}/mua --settings {self.settings} --account {BOB} send --to {ALICE} <&-", shell=True, capture_output=True, check=False)
        self.assertEqual(run.returncode, 1)
        self.assertIn(b"cannot read standard input", run.stderr)

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

    def test_search_in_all_mailboxes(self):
        archived = self.json("archive", self.deliver("a needle, archived"))[0]["new_id"]
        here = self.deliver("a needle, here")
        self.assertEqual({m["id"] for m in self.json("search", "--all", "subject:needle")}, {here, archived})
        self.assertEqual(len(self.json("search", "--all", "--limit", "1", "subject:needle")), 1)
        self.assertEqual([m["id"] for m in self.json("search", "subject:needle")], [here])

    def saved(self, *words):
        return self.command("--account", BOB, "save", *words, "--to", "-").stdout

    def test_save_to_a_pipe(self):
        number = self.deliver("with octets", attachments=[("a.bin", b"\0\xff\r\n"), ("b.bin", b"second")])
        self.assertEqual(self.saved(number), b"\0\xff\r\nsecond")
        self.assertEqual(self.saved(number, "2"), b"second")

    def test_accounts(self):
        accounts = self.json("accounts")
        self.assertEqual({one["address"] for one in accounts}, {ALICE, BOB})
        self.assertEqual({one["imap_security"] for one in accounts}, {"tls"})

    def test_ids_are_stable(self):
        number = self.deliver("an id")
        self.assertIn(number, [m["id"] for m in self.json("ls", "inbox")])
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

    def test_a_full_disk_is_no_connection_that_failed(self):
        store = self.home / "mua-store"
        store.mkdir(exist_ok=True)
        mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", store]
        if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode != 0:
            self.skipTest("a small file system can't be mounted here")
        self.addCleanup(subprocess.run, ["umount", "-l", store], check=True)
        before = self.json("sync")["messages"]
        client = self.imap(BOB)
        for number in range(60):
            client.append("INBOX", None, None, letter(f"fills the disk {number} " + "word " * 1000, ".").as_bytes())
        ballast = store / "ballast"
        for left in (0, 256 << 10):  # nothing can be opened; what came can't be kept
            disk = os.statvfs(store)
            ballast.write_bytes(bytes(disk.f_bavail * disk.f_frsize - left))
            run = self.command("--account", BOB, "sync")
            self.assertEqual(run.returncode, 1, run.stderr)
            self.assertRegex(run.stderr.decode(), r"the local store can't be written: .*: the disk is full; free some space on it\n")
            self.assertGreaterEqual(len(run.stderr.decode().splitlines()), 2, run.stderr)
            ballast.unlink()
        self.assertEqual(self.json("sync")["messages"], before + 60)

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


@unittest.skipUnless(shutil.which("gpg"), "gpg is not installed")
class MuaSealed(GpgKeys, MuaCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_keys(ALICE, BOB)

    def test_signed_and_encrypted(self):
        sent = self.json("send", "--sign", "--encrypt", "--to", BOB, "--subject", "between us", "--body", "-", account=ALICE,
                         text="Below the pier.\n")
        self.assertTrue(sent["recipients"][0]["accepted"])
        octets = self.wait_for(BOB, "between us")
        self.assertEqual(parsed(octets).get_content_type(), "multipart/encrypted")
        self.assertNotIn(b"Below the pier.", octets)
        number = self.id_of("between us")
        seals = self.json("verify", number)
        self.assertEqual([one["state"] for one in seals["encryptions"]], ["opened"])
        self.assertEqual([(one["verdict"], one["addresses"], one["good"]) for one in seals["signatures"]], [("good", [ALICE], True)])
        self.assertNotIn("Below the pier.", self.json("read", "--peek", number)["text"])
        read = self.json("read", "--decrypt", number)
        self.assertEqual(read["text"], "Below the pier.\n")
        self.assertFalse(next(m["unread"] for m in self.json("ls") if m["id"] == number))
        self.mua("verify", sent["sent_copy"]["id"], account=ALICE)

    def saved(self, account, number):
        return self.command("--account", account, "save", number, "--decrypt", "--to", "-").stdout

    def test_what_came_encrypted_is_read_and_answered_encrypted(self):
        plan = self.home / "plan.bin"
        plan.write_bytes(bytes(range(256)))
        self.mua("send", "--encrypt", "--to", BOB, "--subject", "plan", "--attach", plan, "--body", "-", account=ALICE,
                 text="Behind the crane.\n")
        number = self.id_of("plan")
        self.assertEqual(self.saved(BOB, number), plan.read_bytes())
        out = self.home / "opened"
        self.mua("pipe", number, "--decrypt", f"cat > {out}")
        self.assertEqual(out.read_text(), "Behind the crane.\n")
        self.mua("reply", number, "--body", "-", text="Agreed.\n")
        octets = self.wait_for(ALICE, "Re: plan")
        self.assertNotIn(b"crane", octets)
        answer = self.id_of("Re: plan", account=ALICE)
        text = self.json("read", answer, "--decrypt", account=ALICE)["text"]
        self.assertIn("Agreed.", text)
        self.assertIn("> Behind the crane.", text)
        self.mua("verify", answer, account=ALICE)
        self.mua("reply", number, "--draft", "--body", "-", text="x\n", status=1)
        self.mua("reply", number, "--no-quote", "--subject", "in the clear", "--body", "-", text="Agreed.\n")
        self.assertNotIn(b"crane", self.wait_for(ALICE, "in the clear"))
        self.mua("forward", number, "--to", ALICE, "--body", "-", text="See.\n")
        forwarded = self.id_of("Fwd: plan", account=ALICE)
        self.assertEqual(self.saved(ALICE, forwarded), plan.read_bytes())

    def test_an_invitation_that_came_encrypted(self):
        message = letter("[...]", "You are invited.\n")
        message.add_alternative(COUNCIL.encode(), maintype="text", subtype="calendar", params={"method": "REQUEST", "charset": "utf-8"})
        inside = b"\r\n".join(message.as_bytes().replace(b"\r\n", b"\n").split(b"\n"))
        armour = self.gpg("--armor", "--encrypt", "-r", BOB, text=inside).decode()
        outer = email.message_from_string(
            f"From: {ALICE}\nTo: {BOB}\nSubject: a sealed council\nMIME-Version: 1.0\nContent-Type: multipart/encrypted; "
            'protocol="application/pgp-encrypted"; boundary=e\n\n--e\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n\n'
            f"--e\nContent-Type: application/octet-stream\n\n{armour}\n--e--\n")
        self.submit(outer)
        self.mua("answer", self.id_of("a sealed council"), "accept")
        octets = self.wait_for(ALICE, "[...]")
        self.assertNotIn(b"Harbour council", octets)
        self.assertEqual(parsed(octets).get_content_type(), "multipart/encrypted")

    def test_signed_reply_and_forward(self):
        self.submit(letter("unsigned", "Hello.\n"))
        number = self.id_of("unsigned")
        self.mua("verify", number, status=3)
        self.mua("reply", number, "--sign", "--body", "-", text="Truly.\n")
        self.mua("forward", number, "--sign", "--to", ALICE, "--body", "-", text="See below.\n")
        for subject in ("Re: unsigned", "Fwd: unsigned"):
            out = self.mua("verify", self.id_of(subject, account=ALICE), account=ALICE).decode()
            self.assertIn(f"good signature by Bob <{BOB}>", out)

    def test_without_a_key_nothing_is_sent(self):
        run = self.command("--account", BOB, "send", "--encrypt", "--to", "carol@example.test", "--body", "-", text="x\n")
        self.assertEqual(run.returncode, 1)
        self.assertIn(b"there is no key for carol@example.test", run.stderr)


if __name__ == "__main__":
    sys.exit(main())
