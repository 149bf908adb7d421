#!/usr/bin/env python3
"""imaptest, the field's conformance and stress tool: its scripted groups, and 20 clients at once in each of five ways.
Debian has no package of it: $IMAPTEST names the program (else PATH), $IMAPTEST_TESTS the folder of its groups (else `tests`
beside it). `--full` keeps each way up for ten minutes instead of a few seconds."""

import os
import random
import re
import shutil
import subprocess
import sys
import unittest
from email.message import EmailMessage
from email.utils import format_datetime
from datetime import datetime, timedelta, timezone
from pathlib import Path

import case
from case import Case, main
from pabal import Pabal

PROGRAM = shutil.which(os.environ.get("IMAPTEST", "imaptest"))
PASSWORD = "testpass"  # imaptest has one for all its users
OWN_FAULT = "(client_update_plan): assertion failed: (client->plan_size == 0)"
# In profile mode a client may act on its mailbox before its SELECT is answered.
TOO_EARLY = "is not allowed in this state"
SEPARATE = 5
CLIENTS = 20
SECONDS = 5

# Everything its clients can do, besides what they do by themselves.
MORE = "qresync search=100 sort=100 thread=100 copybox=Archive copy=30 move=20 status=50".split()

PROFILE = """\
lmtp_port = {port}
lmtp_max_parallel_count = 10
total_user_count = {users}
rampup_time = 1s

user busy {{
  username_format = d%{{username_idx}}@example.test
  count = 100%
  mail_session_length = 20s
  mail_inbox_delivery_interval = 1s
  mail_spam_delivery_interval = 3s
  mail_action_delay = 1s
  mail_action_repeat_delay = 1s
  mail_send_interval = 5s
  mail_write_duration = 2s
  mail_inbox_move_filter_percentage = 10
  mail_inbox_delete_percentage = 20
  mail_inbox_move_percentage = 10
  mail_inbox_reply_percentage = 50
}}
client Phone {{
  count = 100%
  connection_max_count = 5
  imap_idle = yes
  imap_fetch_immediate = UID RFC822.SIZE FLAGS BODY.PEEK[HEADER.FIELDS (From To Cc Subject Date Message-ID References)]
  imap_fetch_manual = RFC822.SIZE BODYSTRUCTURE BODY[]
}}
"""


class WithLmtp(Pabal):
    def create(self):
        super().create()
        before, after = self.settings.read_text().split("\n[lmtp]\n")
        after = after.replace("listen = []", f'listen = ["127.0.0.1:{self.lmtp}"]', 1)
        self.settings.write_text(f"{before}\n[lmtp]\n{after}")

    @property
    def lmtp(self):
        return self.ports.offset + 24


def conversation(number, chance):
    """A letter that may answer an earlier one, for THREAD and SORT to have something to do."""
    letter = EmailMessage()
    topic, sent = number % 40, datetime(2026, 1, 1, tzinfo=timezone.utc) + timedelta(minutes=7 * chance.randrange(5000))
    letter["From"] = f"Sender {number % 9} <s{number % 9}@example.org>"
    letter["To"] = f"r{number % 7}@example.net"
    letter["Subject"] = f"topic {topic}" if number < 40 else f"Re: topic {topic}"
    letter["Date"] = format_datetime(sent)
    letter["Message-ID"] = f"<{number}.{chance.getrandbits(40)}@example.org>"
    if number >= 40:
        letter["References"] = f"<{topic}.root@example.org>"
    letter.set_content("\n".join(f"line {n} {chance.getrandbits(80):x}" for n in range(chance.randrange(1, 60))) + "\n")
    if number % 3 == 0:
        letter.add_attachment(chance.randbytes(chance.randrange(3000)), maintype="application", subtype="octet-stream")
    return letter


def mbox(count=300):
    chance = random.Random(1)
    return "".join(f"From someone Thu Jan  1 00:00:00 2026\n{conversation(n, chance).as_string()}\n" for n in range(count))


class Imaptest(Case):
    # "d" is delivered to: its copies have trace fields, which imaptest would not know in those it appends itself.
    users = {f"{letter}{number}@example.test": PASSWORD for letter in "ud" for number in range(1, 21)}

    @classmethod
    def setUpClass(cls):
        if not PROGRAM:
            raise unittest.SkipTest("not installed: imaptest, which is in no Debian package ($IMAPTEST may name it)")
        cls.groups = Path(os.environ.get("IMAPTEST_TESTS", Path(PROGRAM).parent / "tests"))
        super().setUpClass()
        cls.letters = cls.home / "letters.mbox"  # one for all: a Message-ID stands for its octets
        cls.letters.write_text(mbox())

    def start(self, *settings):
        server = self.server
        run = subprocess.Popen([PROGRAM, f"host={server.host}", f"port={server.ports.imaps}", "ssl",
                                f"ssl_ca_file={server.ca}", f"pass={PASSWORD}", *settings], cwd=self.home, text=True,
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT, errors="replace")
        self.addCleanup(run.stdout.close)
        self.addCleanup(run.wait)
        self.addCleanup(run.kill)
        return run

    def finish(self, run, seconds, excused="^$"):
        """What it said; its own status is 0 even after errors."""
        try:
            said, _ = run.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            run.kill()
            self.fail(f"not done in {seconds} s: {run.communicate()[0][-4000:]}")
        if OWN_FAULT in said:
            self.skipTest("this imaptest stops at an assertion of its own (docs/testing.md tells which)")
        trouble = [line for line in said.splitlines()
                   if re.match("(Error|Fatal|Panic)", line) and not re.search(excused, line)]
        self.assertFalse(run.returncode or trouble, f"status {run.returncode}\n" + "\n".join(trouble[:20]) + said[-4000:])
        return said

    def test_groups(self):
        if not self.groups.is_dir():
            self.skipTest(f"no folder {self.groups} ($IMAPTEST_TESTS may name it)")
        first, second = list(self.users)[:2]
        for user in (first, second):
            self.imap(user).create("imaptest")
        said = self.finish(self.start(f"user={first}", f"user2={second}", f"test={self.groups}"), 240)
        summary = re.search(r"(\d+) test groups: (\d+) failed, (\d+) skipped", said)
        self.assertTrue(summary, said[-2000:])
        need_urlauth = [path.name for path in self.groups.iterdir()
                        if path.is_file() and re.match(r"capabilities:.*\burlauth\b", path.read_text(errors="replace"))]
        print(f"{summary[0]}; URLAUTH is for {', '.join(sorted(need_urlauth))}")
        self.assertEqual((summary[2], summary[3]), ("0", str(len(need_urlauth))), said[-4000:])
        self.assertNotRegex(said, r"[1-9]\d*/\d+ individual commands failed")

    def stress(self, *ways, clients=CLIENTS):
        """Runs all `ways` at once, each a list of imaptest's settings."""
        same = [f"mbox={self.letters}", f"clients={clients}", "msgs=100", f"secs={SECONDS}", "logout=0", "checkpoint=1", "own_msgs"]
        runs = [self.start(*same, *way) for way in ways]
        for run in runs:
            self.finish(run, SECONDS + 90)

    # Several mailboxes in one imaptest disturb each other's checkpoints (it lets the clients of all go on when one is
    # through), so that separate ones get a process each.
    def separate(self, first, *settings):
        names = list(self.users)[first:first + SEPARATE]
        self.stress(*([f"user={name}", *settings] for name in names), clients=CLIENTS // SEPARATE)

    def test_shared_mailbox(self):
        self.stress(["user=u1@example.test"])

    def test_shared_mailbox_everything(self):
        self.stress(["user=u2@example.test", *MORE])

    def test_separate_mailboxes(self):
        self.separate(5)

    def test_separate_mailboxes_everything_with_scram(self):
        self.separate(10, "mech=SCRAM-SHA-256", *MORE)

    def test_delivery_profile(self):
        users = 10
        profile = self.write("profile.conf", PROFILE.format(port=self.server.lmtp, users=users))
        self.finish(self.start("user=d%d@example.test", f"users={users}", f"profile={profile}", f"mbox={self.letters}",
                               f"clients={2 * users}", f"secs={SECONDS}"), SECONDS + 200, TOO_EARLY)


if __name__ == "__main__":
    if "--full" in sys.argv:
        sys.argv.remove("--full")
        SECONDS = 600
    case.server_kind = WithLmtp
    sys.exit(main())
