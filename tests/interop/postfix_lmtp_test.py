#!/usr/bin/env python3
"""Postfix in front, our store behind: it delivers by LMTP over a Unix socket that only its group may write
to, as conf/pabal.toml shows. Postfix takes mail for any name of the domain, so that what we say to an
unknown one is its to bounce."""

import shutil
import signal
import smtplib
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import case
from case import ALICE, BOB, CAROL, Case, letter, main
from pabal import Pabal
from postfix_dovecot import MASTER_CF, _environment, _path, _wait_for
from ports import Ports, free_offset

MAIN_CF = """\
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/postfix.log
maillog_file_prefixes = {folder}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mx.example.test
mydestination =
mynetworks =
virtual_mailbox_domains = example.test
virtual_mailbox_maps = static:all
virtual_alias_maps =
alias_maps =
alias_database =
virtual_transport = lmtp:unix:{socket}
smtputf8_enable = yes
smtpd_relay_restrictions = reject_unauth_destination
message_size_limit = 52428800
mailbox_size_limit = 0
virtual_mailbox_limit = 0
minimal_backoff_time = 1s
queue_run_delay = 1s
"""


class Postfix:
    """Listens on `port`; hands everything for example.test to `socket`."""

    def __init__(self, socket):
        self.folder = Path(tempfile.mkdtemp(prefix="front-", dir="/var/tmp"))
        self.folder.chmod(0o755)
        self.port = Ports(free_offset()).smtp
        for sub in ("queue", "etc", "data"):
            (self.folder / sub).mkdir()
        shutil.chown(self.folder / "data", "postfix")
        services = [line for line in MASTER_CF.splitlines() if not line.startswith("127.")]
        (self.folder / "etc/master.cf").write_text(
            "\n".join([f"127.0.0.1:{self.port} inet n - n - - smtpd", *services, ""]))
        (self.folder / "etc/main.cf").write_text(MAIN_CF.format(folder=self.folder, socket=socket))

    def start(self):
        with open(self.folder / "start.log", "ab") as log:
            self.process = subprocess.Popen(["postfix", "-c", self.folder / "etc", "start-fg"], env=_environment(),
                                            stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        _wait_for(self.port)

    def stop(self):
        subprocess.run(["postfix", "-c", self.folder / "etc", "stop"], env=_environment(), capture_output=True)
        self.process.terminate()
        self.process.wait(timeout=30)
        shutil.rmtree(self.folder, ignore_errors=True)

    def log(self):
        return (self.folder / "postfix.log").read_text(errors="replace")


class PabalBehind(Pabal):
    @staticmethod
    def missing():
        if Pabal.missing():
            return Pabal.missing()
        if not shutil.which("postfix", path=_path()):
            return "not installed: postfix"
        return "" if Path("/proc/self").stat().st_uid == 0 else "Postfix needs root"

    @property
    def socket(self):
        return self.folder / "lmtp.sock"

    def create(self):
        self.folder.chmod(0o711)  # Postfix's user has to get past it
        super().create()
        before, after = self.settings.read_text().split("\n[lmtp]\n")
        after = after.replace("listen = []", f'listen = ["unix:{self.socket}"]', 1)
        after = after.replace('socket_group = ""', 'socket_group = "postfix"', 1)
        self.settings.write_text(f"{before}\n[lmtp]\n{after}")


class PostfixLmtp(Case):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.postfix = Postfix(cls.server.socket)
        cls.addClassCleanup(cls.postfix.stop)
        cls.postfix.start()

    def send(self, message, recipients, sender="dave@elsewhere.test", **kw):
        with smtplib.SMTP("127.0.0.1", self.postfix.port, timeout=30) as client:
            return client.send_message(message, sender, recipients, **kw)

    def test_a_letter_comes_through(self):
        self.send(letter("through the socket"), [BOB])
        octets = self.wait_for(BOB, "through the socket")
        self.assertTrue(octets.startswith(b"Return-Path: <dave@elsewhere.test>\r\nDelivered-To: bob@example.test\r\n"))
        self.assertIn(b"Received: from mx.example.test (local)\r\n", octets)
        self.assertIn(b"with LMTP", octets)

    def test_large_and_eight_bit(self):
        self.send(letter("large", attachments=[("noise.bin", bytes(range(256)) * 20_000)]), [BOB])
        self.assertGreater(len(self.wait_for(BOB, "large")), 6_000_000)
        text = "Subject: eight bits\r\nComments: 한글 머리\r\n\r\n한글 본문\r\n".encode()
        with smtplib.SMTP("127.0.0.1", self.postfix.port, timeout=30) as client:
            client.sendmail("dave@elsewhere.test", [BOB], text, mail_options=["SMTPUTF8", "BODY=8BITMIME"])
        octets = self.wait_for(BOB, "eight bits")
        self.assertIn(b"with UTF8LMTP", octets)
        for part in ("Comments: 한글 머리\r\n", "\r\n\r\n한글 본문\r\n"):
            self.assertIn(part.encode(), octets)

    def test_a_reply_for_each_recipient(self):
        """One of three is unknown: the others have it, and Postfix tells the sender of him alone."""
        self.send(letter("one of three"), [BOB, "nobody@example.test", CAROL], sender=ALICE)
        for user in (BOB, CAROL):
            self.wait_for(user, "one of three")
        bounce = self.wait_for(ALICE, "Undelivered Mail Returned to Sender")
        self.assertIn(b"550 5.1.1", bounce)
        self.assertIn(b"Final-Recipient: rfc822; nobody@example.test", bounce)
        self.assertNotIn(b"Final-Recipient: rfc822; bob@example.test", bounce)

    def test_what_was_delivered_before_is_not_delivered_again(self):
        message = letter("in a circle")
        message["Delivered-To"] = BOB
        self.send(message, [BOB, CAROL], sender=ALICE)
        self.wait_for(CAROL, "in a circle")
        self.assertIn("554 5.4.6", self.wait_for_log(r"554 5.4.6"))

    def wait_for_log(self, text, seconds=20):
        end = time.monotonic() + seconds
        while text not in self.postfix.log():
            self.assertLess(time.monotonic(), end, self.postfix.log()[-3000:])
            time.sleep(0.05)
        return self.postfix.log()

    def test_a_killed_smtpd_leaves_its_socket_and_takes_it_up_again(self):
        self.server.signal("smtpd", signal.SIGKILL)
        self.server.daemons.pop("smtpd").wait()
        self.assertTrue(self.server.socket.is_socket())
        self.send(letter("while nobody listened"), [BOB])
        self.wait_for_log("status=deferred")
        self.server.start_program("smtpd")
        self.server.wait_until_it_answers()
        self.wait_for(BOB, "while nobody listened")

    def test_the_socket_is_for_postfix(self):
        status = self.server.socket.stat()
        self.assertEqual(status.st_mode & 0o777, 0o660)
        self.assertEqual(self.server.socket.group(), "postfix")

    def test_z_postfix_had_nothing_to_warn_of(self):
        warnings = [line for line in self.postfix.log().splitlines()
                    if "warning:" in line or "fatal:" in line or "protocol" in line.lower()]
        self.assertEqual(warnings, [])


if __name__ == "__main__":
    case.server_kind = PabalBehind
    sys.exit(main())
