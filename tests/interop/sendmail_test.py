#!/usr/bin/env python3
"""The sendmail command as cron, mailx, git and scripts call it, by several users of the machine."""

import email
import os
import shutil
import subprocess
import sys
import time

from case import ALICE, BOB, CAROL, USERS, Case, main
from pabal import BIN

SENDMAIL = BIN / "sendmail"
OK, USAGE, DATAERR, NOUSER, TEMPFAIL, NOPERM, CONFIG = 0, 64, 65, 67, 75, 77, 78
IS_ROOT = os.geteuid() == 0
ANOTHER = "games"  # a user that every Debian has


class Sendmail(Case):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server.folder.chmod(0o711)  # mkdtemp's 0700 would keep other users out

    def sendmail(self, *words, text="", status=OK, user=None, program=SENDMAIL):
        environment = {"PATH": "/usr/bin:/bin", "PABAL_CONFIG": str(self.server.settings), "LC_ALL": "C.UTF-8"}
        run = subprocess.run([program, *words], input=text.encode(), env=environment, cwd="/", timeout=60,
                             capture_output=True, user=user)
        self.assertEqual(run.returncode, status, run.stderr.decode())
        return run.stdout.decode() + run.stderr.decode()

    def message(self, user, subject):
        return email.message_from_bytes(self.wait_for(user, subject))


class Callers(Sendmail):
    def test_as_cron(self):
        me = "root" if IS_ROOT else os.environ["USER"]
        self.sendmail("-FCronDaemon", "-i", "-odi", "-oem", "-oi", "-t", "-f", me, text=f"""\
From: "(Cron Daemon)" <{me}>
To: bob
Subject: Cron <{me}@host> run-parts
MIME-Version: 1.0
Content-Type: text/plain; charset=UTF-8
Content-Transfer-Encoding: 8bit
Auto-Submitted: auto-generated
X-Cron-Env: <SHELL=/bin/sh>

Größe: 1
.
still there
""")
        message = self.message(BOB, "run-parts")
        self.assertEqual(message["Return-Path"], f"<{me}@example.test>")
        self.assertEqual(message["From"], f'"(Cron Daemon)" <{me}@example.test>')
        self.assertEqual(message["To"], BOB)
        self.assertIsNotNone(message["Message-ID"])
        self.assertIsNotNone(email.utils.parsedate_tz(message["Date"]))
        self.assertEqual(message.get_payload(decode=True).decode(), "Größe: 1\r\n.\r\nstill there\r\n")

    def test_text_alone(self):
        self.sendmail("bob", "carol@example.test", text="Subject: bare words\n\nHello.\n.\nnot sent\n")
        for user in (BOB, CAROL):
            message = self.message(user, "bare words")
            self.assertEqual(message.get_payload(), "Hello.\r\n")
            self.assertIn("@example.test", message["From"])

    def test_blind_copies_stay_blind(self):
        self.sendmail("-t", text=f"To: {BOB}\nBcc: {CAROL}\nSubject: blind\n\nx\n")
        self.assertIsNone(self.message(BOB, "blind")["Bcc"])
        self.assertIsNone(self.message(CAROL, "blind")["Bcc"])

    def test_s_nail(self):
        if not shutil.which("s-nail"):
            self.skipTest("s-nail is not installed")
        self.write(".mailrc", "")
        environment = os.environ | {"HOME": str(self.home), "PABAL_CONFIG": str(self.server.settings), "LC_ALL": "C.UTF-8"}
        run = subprocess.run(["s-nail", "-n", f"-Smta={SENDMAIL}", "-Ssendwait", "-s", "von s-nail: schön", BOB],
                             input="Grüße\n.punkt\n.\n", env=environment, text=True, capture_output=True, timeout=60)
        self.assertEqual(run.returncode, 0, run.stderr)
        message = self.message(BOB, "von s-nail")
        self.assertEqual(message.get_payload(decode=True).decode().splitlines(), ["Grüße", ".punkt", "."])

    def test_git_send_email(self):
        if not os.path.exists("/usr/lib/git-core/git-send-email"):
            self.skipTest("git send-email is not installed")
        folder = self.home / "repository"
        folder.mkdir()
        environment = os.environ | {"HOME": str(self.home), "PABAL_CONFIG": str(self.server.settings),
                                    "GIT_CONFIG_NOSYSTEM": "1"}

        def git(*words):
            run = subprocess.run(["git", "-c", "user.name=Ann", "-c", f"user.email={ALICE}", *words], cwd=folder,
                                 env=environment, text=True, capture_output=True, timeout=60)
            self.assertEqual(run.returncode, 0, run.stderr + run.stdout)

        git("init", "-q")
        git("commit", "-q", "--allow-empty", "-m", "Begin")
        (folder / "dots").write_text(".\n..\nFrom here\n")
        git("add", "dots")
        git("commit", "-q", "-m", "Add dots")
        options = [f"--sendmail-cmd={SENDMAIL}", "--confirm=never", "--to", BOB]
        if not IS_ROOT:
            options.append(f"--from={os.environ['USER']}@example.test")
        git("send-email", *options, "-1")
        self.assertIn("+From here", self.message(BOB, "Add dots").get_payload())

    def test_smtp_on_stdin(self):
        said = self.sendmail("-bs", text=f"EHLO x.test\r\nMAIL FROM:<{ALICE}>\r\nRCPT TO:<{BOB}>\r\nDATA\r\n"
                                         "Subject: by hand\r\n\r\nx\r\n.\r\nQUIT\r\n" if IS_ROOT else "QUIT\r\n")
        self.assertTrue(said.startswith("220 "), said)
        self.assertIn("221 2.0.0", said)
        if IS_ROOT:
            self.message(BOB, "by hand")

    def test_the_queue_is_shown(self):
        end = time.monotonic() + 20
        while "empty" not in self.sendmail("-bp"):
            self.assertLess(time.monotonic(), end)
            time.sleep(0.05)
        self.assertIn("waits to be tried", self.sendmail("-q"))
        link = self.home / "mailq"
        link.symlink_to(SENDMAIL)
        self.assertIn("empty", self.sendmail(program=link))


class WhoSends(Sendmail):
    def setUp(self):
        if not IS_ROOT:
            self.skipTest("needs to be several users")

    def test_each_for_himself(self):
        self.sendmail("bob", text="Subject: a game\n\nx\n", user=ANOTHER)
        message = self.message(BOB, "a game")
        self.assertEqual(message["Return-Path"], f"<{ANOTHER}@example.test>")
        self.assertIn(ANOTHER, message["Received"])

    def test_not_for_others(self):
        for sender in (ALICE, "root", "someone@elsewhere.test"):
            said = self.sendmail("-f", sender, "bob", text="Subject: forged\n\nx\n", user=ANOTHER, status=NOPERM)
            self.assertIn("550 5.7.1", said)
        self.sendmail("-f", "<>", "bob", text="Subject: from nobody\n\nx\n", user=ANOTHER)
        self.assertEqual(self.message(BOB, "from nobody")["Return-Path"], "<>")

    def test_root_for_the_local_domains(self):
        self.sendmail("-f", ALICE, "bob", text="Subject: as alice\n\nx\n")
        self.assertEqual(self.message(BOB, "as alice")["Return-Path"], f"<{ALICE}>")
        self.sendmail("-f", "x@elsewhere.test", "bob", text="Subject: x\n\nx\n", status=NOPERM)

    def test_a_user_without_a_name(self):
        self.sendmail("bob", text="Subject: a number\n\nx\n", user=54321)
        self.assertEqual(self.message(BOB, "a number")["Return-Path"], "<uid54321@example.test>")

    def test_by_smtp_too(self):
        said = self.sendmail("-bs", text=f"EHLO x.test\r\nMAIL FROM:<{ALICE}>\r\nQUIT\r\n", user=ANOTHER)
        self.assertIn("550 5.7.1", said)
        self.assertNotIn("AUTH", said)


class Trouble(Sendmail):
    def test_unknown_recipients(self):
        said = self.sendmail("bob", "nobody-here", text="Subject: half\n\nx\n", status=NOUSER)
        self.assertIn("nobody-here@example.test", said)
        self.message(BOB, "half")

    def test_wrong_usage(self):
        self.sendmail(text="x\n", status=USAGE)
        self.sendmail("-t", text="Subject: x\n\n", status=USAGE)
        self.sendmail("-Z", "bob", status=USAGE)
        self.sendmail("bob@far..test", status=DATAERR)
        self.sendmail("-C", "/nowhere/pabal.toml", "bob", text="x\n", status=CONFIG)

    def test_without_smtpd_the_caller_keeps_it(self):
        self.server.stop_program("smtpd")
        try:
            said = self.sendmail("bob", text="Subject: kept\n\nx\n", status=TEMPFAIL)
            self.assertIn("smtpd doesn't run here. Nothing was sent", said)
        finally:
            self.server.start_program("smtpd")
            self.server.wait_until_it_answers()
        self.sendmail("bob", text="Subject: kept\n\nx\n")
        self.message(BOB, "kept")

    def test_after_smtpd_was_killed(self):
        self.server.daemons["smtpd"].kill()
        self.server.daemons.pop("smtpd").wait()
        self.server.start_program("smtpd")
        end = time.monotonic() + 20
        while not (self.server.data / "run/smtp.sock").exists():
            self.assertLess(time.monotonic(), end)
            time.sleep(0.02)
        self.server.wait_until_it_answers()
        self.sendmail("bob", text="Subject: after\n\nx\n")
        self.message(BOB, "after")

    def test_large_ones(self):
        text = "Subject: large\n\n" + "a line of some length, again and again\n" * 300000
        self.sendmail("bob", text=text)
        self.assertGreater(len(self.wait_for(BOB, "large")), 11_000_000)


if __name__ == "__main__":
    sys.exit(main())
