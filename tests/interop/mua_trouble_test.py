#!/usr/bin/env python3
"""mua's full screen in trouble, in a real terminal against our own servers: no server at the start, connections cut, the
program killed while a letter is written and at every step of its sending, the terminal suspended, a certificate that is
another than before, and any keys at all while connections break at any octet."""

import os
import random
import shlex
import shutil
import signal
import sqlite3
import subprocess
import sys
import time

from case import ALICE, BOB, letter, main
from cuts import Cuts
from mua_screen_case import ScreenCase
from terminal import Terminal

UNFINISHED = "SELECT count(*) FROM journal WHERE state NOT IN (5, 6, 7)"
FAILED = "SELECT count(*) FROM journal WHERE state = 6"


class MuaTrouble(ScreenCase):
    accounts = ()

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.imap_link, cls.smtp_link = Cuts(cls.server.ports.imaps), Cuts(cls.server.ports.submissions)
        cls.addClassCleanup(cls.imap_link.close)
        cls.addClassCleanup(cls.smtp_link.close)

    def setUp(self):
        self.folder = self.home / self.id().rsplit(".", 1)[1]
        self.folder.mkdir()
        type(self).settings = self.folder / "mua.toml"
        self.run_setup(BOB)
        text = self.settings.read_text()
        for link in (self.imap_link, self.smtp_link):
            text = text.replace(f":{link.to}", f":{link.port}")
        self.settings.write_text(text + '\n[screen]\nundo = "2s"\n')
        self.empty(BOB)
        self.empty(ALICE)

    def empty(self, user):
        client = self.imap(user)
        for mailbox in ("INBOX", "Sent", "Trash", "Archive"):
            status, count = client.select(mailbox)
            if status == "OK" and count != [b"0"]:
                client.store("1:*", "+FLAGS.SILENT", "\\Deleted")
                client.expunge()

    @property
    def store(self):
        return self.folder / "mua-store" / f"{BOB}.db"

    def asked(self, question, *values):
        """Of the local store, from outside."""
        database = sqlite3.connect(f"file:{self.store}?mode=ro", uri=True, timeout=10)
        try:
            return database.execute(question, values).fetchall()
        finally:
            database.close()

    def kill(self, terminal):
        try:
            os.kill(terminal.pid(), signal.SIGKILL)
        except (ProcessLookupError, ValueError):
            pass
        terminal.wait_for_end()

    def deliver_all(self, *subjects):
        for subject in subjects:
            self.deliver(subject)

    # -- the server

    def test_without_a_server_all_but_the_server_is_there(self):
        self.deliver_all("the silver needle", "the haystack")
        terminal = self.start()
        terminal.wait_for("the haystack")
        terminal.keys("q")
        terminal.wait_for_end()
        for program in ("imapd", "smtpd"):
            self.server.stop_program(program)
        terminal = self.start(shows="offline")
        terminal.wait_for("the haystack")
        terminal.keys("/")
        terminal.type("needle")
        terminal.wait_for("the silver needle")
        self.wait_while(terminal, "the haystack")
        terminal.keys("Enter", "q")
        terminal.wait_for("the haystack")
        terminal.keys("F")
        self.write_letter(terminal, "queued without a server", "Patience.")
        terminal.keys("C-x")
        terminal.wait_for("sending")
        terminal.wait_for("unread of")
        for program in ("imapd", "smtpd"):
            self.server.start_program(program)
        self.server.wait_until_it_answers()
        terminal.wait_for("live")
        self.wait_for(ALICE, "queued without a server", seconds=60)
        self.wait_for(BOB, "queued without a server", "Sent")
        self.wait_until(lambda: self.asked(UNFINISHED) == [(0,)], "the journal is not done")
        self.assertEqual(self.count_of("queued without a server", user=ALICE), 1)
        self.assertEqual(self.found("INBOX", "FLAGGED"), 1)

    def test_a_cut_connection_blanks_nothing_and_is_mended_without_a_key(self):
        self.deliver("always on the screen")
        terminal = self.start()
        terminal.wait_for("always on the screen")
        self.server.stop_program("imapd")
        self.assertIn("always on the screen", terminal.wait_for("offline"))
        self.server.start_program("imapd")
        self.server.wait_until_it_answers()
        back = time.monotonic()
        while "live" not in (screen := terminal.screen()):
            self.assertIn("always on the screen", screen)
            self.assertLess(time.monotonic() - back, 30, screen)
        print(f"live {time.monotonic() - back:.2f} s after the server's return")
        for _ in range(3):
            self.imap_link.cut()
            self.submit(letter(f"after cut {_}"))
            self.assertIn("always on the screen", terminal.wait_for(f"after cut {_}"))

    def test_another_certificate_is_explained_and_not_waved_through(self):
        self.deliver("before the certificate changed")
        terminal = self.start()
        terminal.wait_for("before the certificate changed")
        kept = {name: (self.server.data / name).read_bytes() for name in ("cert.pem", "key.pem")}
        self.server.stop_program("imapd")
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days",
                        "30", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout",
                        self.server.data / "key.pem", "-out", self.server.data / "cert.pem"], check=True, capture_output=True)
        try:
            self.server.start_program("imapd")
            screen = terminal.wait_for("refused")
            self.assertIn("certificate", screen)
            self.assertIn("before the certificate changed", screen)
            terminal.wait_for("Expected was a certificate")
            terminal.keys("Escape")
            self.wait_while(terminal, "Expected was")
            terminal.keys("F")
            self.wait_until(lambda: self.asked(UNFINISHED) == [(1,)], "what is done meanwhile waits")
            self.assertNotIn("live", terminal.screen())
        finally:
            self.server.stop_program("imapd")
            for name, octets in kept.items():
                (self.server.data / name).write_bytes(octets)
            self.server.start_program("imapd")
        terminal.keys("$")
        terminal.wait_for("live")
        self.wait_until(lambda: self.asked(UNFINISHED) == [(0,)], "what waited is not told")

    # -- the program

    def test_killed_while_a_letter_is_written(self):
        terminal = self.start()
        begun = time.monotonic()
        self.write_letter(terminal, "cut short", "These words were written.")
        self.wait_until(lambda: self.asked("SELECT 1 FROM draft WHERE content LIKE '%These words were written.%'"), "it is not saved")
        print(f"saved {time.monotonic() - begun:.1f} s after the first key")
        self.kill(terminal)
        terminal = self.start()
        terminal.wait_for("not sent; e goes on writing")
        terminal.keys("e")
        terminal.wait_for("Go on writing")
        terminal.keys("Enter")
        terminal.wait_for("These words were written.")

    def test_killed_at_every_step_of_sending(self):
        """The same letter is sent again and again, from the same store; the program is killed before the n-th piece of TLS
        crosses, to or from the submission server or, for the copy, the IMAP server. Started anew it sends what was not sent, finds out what was, or says that nobody can know."""
        terminal = self.start()
        self.server.stop_program("smtpd")
        self.write_letter(terminal, "the one letter", "Once.")
        terminal.keys("C-x")
        self.wait_until(lambda: self.asked("SELECT 1 FROM journal WHERE action = 3"), "it is not in the journal")
        self.kill(terminal)
        database = sqlite3.connect(self.store)
        database.execute("UPDATE journal SET not_before = 0")
        database.commit()
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        database.close()
        shutil.copy(self.store, self.folder / "before.db")
        self.server.start_program("smtpd")
        self.server.wait_until_it_answers()
        outcomes, step = [], 0
        while not outcomes or outcomes[-1][1]:
            step += 1
            outcomes.append(self.send_killed_at(step))
        print("killed before piece: " + ", ".join(f"{n}: {what}" for n, (what, killed) in enumerate(outcomes, 1) if killed))
        self.assertGreater(len(outcomes), 8)

    def send_killed_at(self, step):
        """What became of it, and whether the program lived until that step."""
        self.empty(ALICE)
        self.empty(BOB)
        for end in ("", "-wal", "-shm"):
            self.store.with_name(self.store.name + end).unlink(missing_ok=True)
        shutil.copy(self.folder / "before.db", self.store)
        steps, killed = [0], [False]
        terminal = Terminal(self.program(), self.home, 120, 30)
        self.addCleanup(terminal.close)
        pid = terminal.pid()

        sent = "SELECT state FROM journal WHERE action = 3"

        def crossing(_):
            steps[0] += 1
            if steps[0] == step:
                killed[0] = True
                os.kill(pid, signal.SIGKILL)

        def crossing_to_sent(size):
            if not killed[0] and self.asked(sent) == [(4,)]:
                crossing(size)

        self.smtp_link.crossing, self.imap_link.crossing = crossing, crossing_to_sent
        try:
            self.wait_until(lambda: killed[0] or self.asked(sent) in ([(5,)], [(6,)]), "it is neither sent nor killed", 60)
        finally:
            self.smtp_link.crossing = self.imap_link.crossing = lambda _: None
        if killed[0]:
            terminal.wait_for_end()
            terminal = self.start()
        self.wait_until(lambda: self.asked(sent) in ([(5,)], [(6,)]), "it is not settled", 60)
        (state,), = self.asked(sent)
        self.kill(terminal)
        arrived, copies = self.count_of("the one letter", user=ALICE), self.count_of("the one letter", "Sent")
        if state == 5:
            self.wait_for(ALICE, "the one letter")
            self.assertEqual((self.count_of("the one letter", user=ALICE), copies), (1, 1), f"step {step}")
            return "sent once", killed[0]
        # Accepted or not, nobody can know: it is still in the outbox, and not in Sent.
        self.assertLessEqual(arrived, 1, f"step {step}")
        self.assertEqual(copies, 0)
        return "in the outbox" + (", and it came" if arrived else ""), killed[0]

    def test_suspended_resized_and_going_on(self):
        self.deliver("to be read", text="A text that stays open.\n")
        terminal = Terminal(["bash", "--norc", "--noprofile", "-i"], self.home, 120, 30)
        self.addCleanup(terminal.close)
        terminal.type(shlex.join(map(str, self.program())))
        terminal.keys("Enter")
        terminal.wait_for("to be read")
        terminal.keys("Enter")
        terminal.wait_for("A text that stays open.")
        terminal.keys("C-z")
        terminal.wait_for("Stopped")
        self.assertNotIn("A text that stays open.", terminal.screen())
        terminal.resize(100, 24)
        self.submit(letter("came meanwhile"))
        self.wait_for(BOB, "came meanwhile")
        terminal.type("clear; fg")
        terminal.keys("Enter")
        terminal.wait_for("A text that stays open.")
        terminal.type(":pipe echo begun; sleep 2")
        terminal.keys("Enter")
        terminal.wait_for("begun")
        terminal.keys("C-z")
        terminal.wait_for("[1]+  Stopped")
        terminal.type("clear; fg")
        terminal.keys("Enter")
        terminal.wait_for("[Enter returns to mua]")
        terminal.keys("Enter")
        terminal.wait_for("A text that stays open.")
        terminal.keys("q")
        terminal.wait_for("came meanwhile")
        terminal.wait_for("live")

    # -- both

    def test_any_keys_while_connections_break_at_any_octet(self):
        """What the person saw done is done, on the server too, and once."""
        subjects = [f"letter {number:02}" for number in range(16)]
        self.deliver_all(*subjects)
        seed = int.from_bytes(os.urandom(4), "big")
        source = random.Random(seed)
        terminal = self.start()
        terminal.wait_for("letter 15")
        self.imap_link.limit = lambda: source.randint(500, 6000)
        self.imap_link.cut()
        cuts, keys, end = self.imap_link.cuts, 0, time.monotonic() + 60
        try:
            while keys < 80 or self.imap_link.cuts < cuts + 12:
                self.assertLess(time.monotonic(), end, "too few were cut")
                terminal.keys(source.choice(["j", "k", "d", "a", "F", "N", "F", "j", "u", "Home"]))
                keys += 1
        finally:
            self.imap_link.limit = lambda: None
            self.imap_link.cut()
        print(f"seed {seed}, {self.imap_link.cuts} cut, {self.asked('SELECT count(*) FROM journal')[0][0]} actions")
        terminal.wait_for("live", 60)
        self.wait_until(lambda: self.asked(UNFINISHED) == [(0,)], f"seed {seed}: the journal is not done", 60)
        self.assertEqual(self.asked(FAILED), [(0,)], f"seed {seed}: {self.asked('SELECT label, said FROM journal WHERE state = 6')}")
        here = self.seen_here()
        self.assertEqual(sorted(subject for _, subject, _ in here), subjects, f"seed {seed}: not each once in the store")
        self.assertEqual(here, self.seen_there(), f"seed {seed}")

    def seen_here(self):
        rows = self.asked("SELECT f.name, m.subject, m.flags FROM message AS m JOIN folder AS f ON f.id = m.folder")
        return sorted((name, subject, (bool(flags & 1), bool(flags & 4))) for name, subject, flags in rows)

    def seen_there(self):
        client, seen = self.imap(BOB), []
        for mailbox in ("INBOX", "Trash", "Archive"):
            if client.select(mailbox, readonly=True)[0] != "OK":
                continue
            _, fetched = client.fetch("1:*", "(FLAGS BODY.PEEK[HEADER.FIELDS (SUBJECT)])")
            for part in fetched:
                if isinstance(part, tuple):
                    flags = part[0].decode()
                    subject = part[1].decode().split(":", 1)[1].strip()
                    seen.append((mailbox, subject, ("\\Seen" in flags, "\\Flagged" in flags)))
        return sorted(seen)


if __name__ == "__main__":
    sys.exit(main())
