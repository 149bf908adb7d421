#!/usr/bin/env python3
"""What the store does when the ground gives way: a full disk is 452 and loses nothing; one account's
database, corrupt or missing, is said by name while the others go on."""

import imaplib
import json
import os
import shutil
import smtplib
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

from case import ALICE, BOB, CAROL, USERS, Case, letter, main
from pabal import BIN, Pabal


class FullDisk(Case):
    """The whole domain lives on a file system of 48 MiB."""

    @classmethod
    def setUpClass(cls):
        if Pabal.missing():
            raise unittest.SkipTest(Pabal.missing())
        cls.disk = tempfile.mkdtemp(prefix="full-", dir="/var/tmp")
        cls.addClassCleanup(shutil.rmtree, cls.disk, ignore_errors=True)
        mount = ["mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", cls.disk]
        if os.geteuid() != 0 or subprocess.run(mount, capture_output=True).returncode != 0:
            raise unittest.SkipTest("a small file system can't be mounted here")
        cls.addClassCleanup(subprocess.run, ["umount", "-l", cls.disk])
        cls.server = Pabal(USERS, folder=cls.disk)
        cls.server.expected_trouble = "full|space|disk"
        cls.addClassCleanup(cls.server.stop)
        cls.server.create()
        cls.server.start()

    def send(self, client, number):
        client.mail("a@example.net")
        client.rcpt(BOB)
        return client.data(f"Subject: number {number}.\r\n\r\n" + ("0123456789" * 7 + "\r\n") * 4000)

    def test_nothing_is_lost(self):
        ballast = self.server.folder / "ballast"
        ballast.write_bytes(bytes(24 << 20))
        accepted, refused = [], []
        with smtplib.SMTP(self.server.host, self.server.ports.smtp, timeout=60) as client:
            client.ehlo()
            for number in range(400):
                code, text = self.send(client, number)
                (accepted if code == 250 else refused).append((number, code, text))
                if len(refused) == 3:
                    break
            self.assertEqual([code for _, code, _ in refused], [452] * 3)
            self.assertIn(b"4.3.1", refused[0][2])
            ballast.unlink()
            self.assertEqual(self.send(client, 1000)[0], 250)
        accepted.append((1000, 250, b""))
        end = time.monotonic() + 60
        while self.count(BOB) < len(accepted) and time.monotonic() < end:
            time.sleep(0.2)
        client = self.imap(BOB)
        client.select("INBOX", readonly=True)
        _, data = client.fetch("1:*", "(BODY.PEEK[HEADER.FIELDS (SUBJECT)])")
        subjects = sorted(item[1].decode().strip() for item in data if isinstance(item, tuple))
        self.assertEqual(subjects, sorted(f"Subject: number {number}." for number, _, _ in accepted))
        print(f"{len(accepted)} accepted before, at and after a full disk, all there once")


class BrokenAccount(Case):
    """bob's database is broken while the daemons are down; alice and carol must not notice."""

    def break_it(self, how):
        self.submit(letter("before"))
        self.wait_for(BOB, "before")
        for program in list(self.server.daemons):
            self.server.stop_program(program)
        database = self.database_of(BOB)
        saved = {path: path.read_bytes() for path in database.parent.glob("mail.db*")}
        for path in list(saved):
            path.unlink() if how == "missing" else path.write_bytes(b"This is no database. " * 500)
        self.server.expected_trouble = "mail.db|accounts/"
        self.server.start()
        return database, saved

    def database_of(self, user):
        shown = json.loads(self.server.mailctl("--json", "user", "show", user).stdout)
        found = Path(shown["folder"]) / "mail.db"
        self.assertTrue(found.exists(), found)
        return found

    def others_go_on(self, mark):
        self.submit(letter(f"to carol {mark}"), recipients=[CAROL])
        self.wait_for(CAROL, f"to carol {mark}")
        self.assertEqual(self.imap(ALICE).select("INBOX")[0], "OK")

    def bob_is_told(self):
        try:
            client = self.imap(BOB)
            status, said = client.select("INBOX")
        except imaplib.IMAP4.error as refusal:
            status, said = "NO", [str(refusal).encode()]
        self.assertEqual(status, "NO", said)
        self.assertRegex(said[0], rb"UNAVAILABLE|SERVERBUG|CORRUPTION|CONTACTADMIN")

    def trouble_with(self, how):
        database, saved = self.break_it(how)
        self.others_go_on(how)
        self.bob_is_told()
        self.assertIn(str(database), self.server.log("imapd"))
        # Mail to bob: kept until the database is back, or refused for now; never lost, never bounced.
        with smtplib.SMTP(self.server.host, self.server.ports.smtp, timeout=60) as client:
            client.ehlo()
            client.mail("a@example.net")
            code = client.rcpt(BOB)[0]
            if code == 250:
                code = client.data(f"Subject: while {how}\r\n\r\nx\r\n")[0]
        self.assertIn(code, (250, 451, 452))
        for program in list(self.server.daemons):
            self.server.stop_program(program)
        for path in database.parent.glob("mail.db*"):
            path.unlink()
        for path, octets in saved.items():
            path.write_bytes(octets)
        self.server.start()
        self.wait_for(BOB, "before")
        if code == 250:
            self.wait_for(BOB, f"while {how}")

    def test_corrupt(self):
        self.trouble_with("corrupt")

    def test_missing(self):
        self.trouble_with("missing")


class LostDomain(Case):
    def not_made_where_nothing_is(self):
        """As where the disk is not mounted that holds it."""
        empty = self.server.folder / "not mounted"
        empty.mkdir()
        settings = self.server.data / "elsewhere.toml"
        settings.write_text(self.server.settings.read_text().replace('data = "."', f'data = "{empty}"'))
        for program in ("smtpd", "imapd"):
            run = subprocess.run([BIN / program, "--config", settings], capture_output=True, text=True, timeout=30)
            self.assertEqual(run.returncode, 78, run.stderr)
            self.assertRegex(run.stderr, rf"{settings}:\d+:8: data: there is no mail domain in {empty}")
        self.assertEqual(list(empty.iterdir()), [])

    def test_is_named_and_not_replaced(self):
        """An empty domain.db in its place would have every address refused for good."""
        for program in list(self.server.daemons):
            self.server.stop_program(program)
        database, backup = self.server.data / "domain.db", self.server.folder / "backup"
        database.rename(backup)
        for words in (["smtpd"], ["imapd"], ["mailctl", "user", "list"]):
            run = subprocess.run([BIN / words[0], "--config", self.server.settings, *words[1:]], capture_output=True,
                                 text=True, timeout=30)
            self.assertEqual(run.returncode, 1, words)
            self.assertIn(f"{database} is missing; restore it", run.stderr)
        self.assertFalse(database.exists())
        backup.rename(database)
        self.not_made_where_nothing_is()
        self.server.start()
        self.submit(letter("after all"))
        self.wait_for(BOB, "after all")


if __name__ == "__main__":
    sys.exit(main())
