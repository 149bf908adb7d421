#!/usr/bin/env python3
"""./quickstart as a person runs it: a domain from nothing, its settings on one screen, status, stop, and a
second start that keeps everything."""

import imaplib
import os
import re
import shutil
import signal
import smtplib
import ssl
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

from case import letter, main
from pabal import BIN, ROOT
from ports import Ports, free_offset


@unittest.skipUnless(BIN == ROOT / "build/bin", "quickstart runs what is in build/")
class Quickstart(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp(prefix="quickstart-", dir="/var/tmp"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.data = self.folder / "data"
        self.ports = Ports(free_offset())
        self.addCleanup(self.quickstart, "--stop", status=None)

    def quickstart(self, *arguments, status=0):
        run = subprocess.run([ROOT / "quickstart", "--data", self.data, *arguments], capture_output=True, text=True,
                             timeout=600, stdin=subprocess.DEVNULL)
        if status is not None:
            self.assertEqual(run.returncode, status, f"quickstart {arguments}:\n{run.stdout}{run.stderr}")
        return run.stdout + run.stderr

    def start(self):
        return self.quickstart("--detach", "--port-offset", str(self.ports.offset), "--user", "alice", "--user", "bob",
                               "--domain", "example.test")

    def password(self, screen, user):
        """The word that follows the address on the screen."""
        found = re.search(rf"{user}@example\.test\s+(?:\S*[Pp]assword:?\s+)?(\S+)", screen)
        self.assertTrue(found, screen)
        return found.group(1)

    def imap(self, user, password):
        client = imaplib.IMAP4_SSL("localhost", self.ports.imaps, timeout=20,
                                   ssl_context=ssl.create_default_context(cafile=self.data / "ca.pem"))
        client.login(f"{user}@example.test", password)
        return client

    def test_life(self):
        self.assertNotEqual(self.quickstart("--status", status=None), "")
        screen = self.start()
        for word in (str(self.ports.imaps), str(self.ports.submission), str(self.data / "ca.pem"), "mua", "Thunderbird"):
            self.assertIn(word, screen)
        self.assertLessEqual(len(screen.splitlines()), 24, "one screen")
        passwords = {user: self.password(screen, user) for user in ("alice", "bob")}
        with smtplib.SMTP_SSL("localhost", self.ports.submissions, timeout=20,
                              context=ssl.create_default_context(cafile=self.data / "ca.pem")) as client:
            client.login("alice@example.test", passwords["alice"])
            client.send_message(letter("first message"))
        self.assertEqual(self.messages("bob", passwords), 1)
        self.quickstart("--status")

        self.quickstart("--stop")
        self.quickstart("--status", status=None)
        with self.assertRaises(OSError):
            imaplib.IMAP4("localhost", self.ports.imap, timeout=5)

        begin = time.monotonic()
        again = self.start()
        print(f"second start: {time.monotonic() - begin:.2f} s")
        self.assertEqual(self.password(again, "bob"), passwords["bob"])
        self.assertEqual(self.messages("bob", passwords), 1)

        self.mailctl("user", "passwd", "alice@example.test", "--password-stdin", text="another password\n")
        self.mailctl("user", "remove", "bob@example.test")
        self.assertIn("alice@example.test: its password was changed", self.quickstart("--status"))
        self.quickstart("--stop")
        screen = self.quickstart("--detach")
        self.assertRegex(screen, r"bob@example\.test +\(removed with mailctl\)")
        self.assertNotIn(passwords["alice"], screen)

    def test_names_that_a_shell_reads_otherwise(self):
        self.data = self.folder / "it's mine"
        self.quickstart("--detach", "--port-offset", str(self.ports.offset), "--user", "o'neil", "--user", "b/c")
        self.quickstart("--stop")
        self.mailctl("user", "remove", "b/c@example.test")
        screen = self.quickstart("--detach", "--user", "b/c", "--user", "carol@example.test", "--domain", "other.test", "--port-offset",
                                 str(self.ports.offset + 1))
        self.assertEqual(self.data.stat().st_mode & 0o777, 0o711)
        self.assertIn("The domain stays example.test", screen)
        self.assertIn("The ports stay", screen)
        self.assertRegex(screen, r"(?m)^  carol@example\.test +\S+$")
        for line in re.findall(r"(?m)^  .*build/bin/mua .*", screen)[:2]:
            run = subprocess.run(["bash", "-c", line], cwd=ROOT, capture_output=True, text=True, timeout=60,
                                 stdin=subprocess.DEVNULL)
            self.assertEqual(run.returncode, 0, f"{line}\n{run.stderr}")

    def test_told_to_end(self):
        self.start()
        self.quickstart("--stop")
        for told in (signal.SIGTERM, signal.SIGINT):
            run = subprocess.Popen([ROOT / "quickstart", "--data", self.data], stdout=subprocess.PIPE, text=True,
                                   start_new_session=True)
            while "Ctrl-C ends it" not in run.stdout.readline():
                self.assertIsNone(run.poll())
            os.killpg(run.pid, told)
            self.assertEqual(run.wait(20), 0, told)
            run.stdout.close()

    def test_given_up_while_it_starts(self):
        """Ctrl-C before the screen is there, or a terminal that is closed: nothing goes on running."""
        self.start()
        self.quickstart("--stop")
        pids = self.data / "quickstart.pids"
        for told in (signal.SIGINT, signal.SIGHUP):
            pids.unlink()
            run = subprocess.Popen([ROOT / "quickstart", "--data", self.data], stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL, start_new_session=True)
            while not (pids.exists() and len(pids.read_text().splitlines()) == 2):
                self.assertIsNone(run.poll())
                time.sleep(0.01)
            os.killpg(run.pid, told)
            run.wait(20)
            self.assertIn("not running", self.quickstart("--status", status=1), told)

    def test_the_terminal_is_closed(self):
        self.start()
        self.quickstart("--stop")
        run = subprocess.Popen([ROOT / "quickstart", "--data", self.data], stdout=subprocess.PIPE, text=True,
                               start_new_session=True)
        while "Ctrl-C ends it" not in run.stdout.readline():
            self.assertIsNone(run.poll())
        run.stdout.close()
        os.killpg(run.pid, signal.SIGHUP)
        run.wait(20)
        self.assertIn("not running", self.quickstart("--status", status=1))

    def test_a_daemon_that_dies_is_told(self):
        self.start()
        self.quickstart("--stop")
        run = subprocess.Popen([ROOT / "quickstart", "--data", self.data], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                               text=True)
        while "Ctrl-C ends it" not in run.stdout.readline():
            self.assertIsNone(run.poll())
        pids = dict(line.split() for line in (self.data / "quickstart.pids").read_text().splitlines())
        os.kill(int(pids["imapd"]), signal.SIGKILL)
        self.assertIn("a daemon failed", run.communicate(timeout=20)[1])
        self.assertNotEqual(run.returncode, 0)
        self.assertFalse(Path("/proc", pids["smtpd"]).exists())

    def mailctl(self, *arguments, text=""):
        subprocess.run([BIN / "mailctl", "--config", self.data / "pabal.toml", *arguments], input=text, text=True,
                       check=True, capture_output=True)

    def messages(self, user, passwords, seconds=10):
        client, end = self.imap(user, passwords[user]), time.monotonic() + seconds
        count = 0
        while count == 0 and time.monotonic() < end:
            count = int(client.status("INBOX", "(MESSAGES)")[1][0].split()[-1].strip(b")"))
        client.logout()
        return count


if __name__ == "__main__":
    sys.exit(main())
