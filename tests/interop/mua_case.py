"""What the scripts about mua share: accounts are set up, `mua` runs a command, keys of gpg."""

import json
import os
import shutil
import subprocess
import tempfile

from case import ALICE, BOB, USERS, Case
from pabal import BIN

# An invitation of alice to bob.
COUNCIL = f"""BEGIN:VCALENDAR
PRODID:-//X//Y//EN
VERSION:2.0
METHOD:REQUEST
BEGIN:VEVENT
UID:council@example.test
SEQUENCE:0
DTSTAMP:20261101T080000Z
SUMMARY:Harbour council
LOCATION:Pier 4
DTSTART:20261127T140000Z
DTEND:20261127T153000Z
RRULE:FREQ=WEEKLY;BYDAY=FR;COUNT=10
ORGANIZER;CN=Ann Miller:mailto:{ALICE}
ATTENDEE;CN=Bob;PARTSTAT=NEEDS-ACTION:mailto:{BOB}
END:VEVENT
END:VCALENDAR
""".replace("\n", "\r\n")


class GpgKeys:
    """Of a test class: keys in a GNUPGHOME of their own, which all that it starts has too."""

    @classmethod
    def make_keys(cls, *users):
        cls.keys = tempfile.mkdtemp(prefix="gpg-", dir="/tmp")
        cls.addClassCleanup(shutil.rmtree, cls.keys, ignore_errors=True)
        before = os.environ.get("GNUPGHOME")
        os.environ["GNUPGHOME"] = cls.keys
        cls.addClassCleanup(lambda: os.environ.update(GNUPGHOME=before) if before else os.environ.pop("GNUPGHOME"))
        cls.addClassCleanup(subprocess.run, ["gpgconf", "--kill", "all"], capture_output=True, check=False)
        for user in users:
            cls.gpg("--passphrase", "", "--pinentry-mode", "loopback", "--quick-gen-key",
                    f"{user.split('@')[0].title()} <{user}>", "future-default", "default", "never")

    @classmethod
    def gpg(cls, *arguments, text=b""):
        return subprocess.run(["gpg", "--batch", "--quiet", "--trust-model", "always", *arguments], input=text,
                              capture_output=True, check=True).stdout


class MuaCase(Case):
    accounts = (ALICE, BOB)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.settings = cls.home / "mua.toml"
        for user in cls.accounts:
            cls.run_setup(user)

    @classmethod
    def run_setup(cls, user):
        ports = cls.server.ports
        run = cls.command("--account", user, "setup", "--name", user.split("@")[0].title(), "--password-stdin",
                          "--imap", f"{cls.server.host}:{ports.imaps}", "--smtp", f"{cls.server.host}:{ports.submissions}",
                          "--ca", cls.server.ca, text=USERS[user] + "\n")
        assert run.returncode == 0, run.stderr.decode()

    @classmethod
    def command(cls, *arguments, text=None, **more):
        octets = text.encode() if isinstance(text, str) else text
        return subprocess.run([BIN / "mua", "--settings", cls.settings, *map(str, arguments)], input=octets, timeout=120,
                              capture_output=True, env=os.environ | {"HOME": str(cls.home), "TZ": "UTC"}, check=False, **more)

    def mua(self, *arguments, account=BOB, text=None, status=0):
        run = self.command("--account", account, *arguments, text=text)
        self.assertEqual(run.returncode, status, f"mua {arguments}: {run.stdout.decode()}{run.stderr.decode()}")
        return run.stdout

    def json(self, *arguments, **kw):
        return json.loads(self.mua("--json", *arguments, **kw))

    def id_of(self, subject, mailbox="INBOX", account=BOB):
        self.wait_for(account, subject, mailbox)
        return next(m["id"] for m in self.json("ls", mailbox, account=account) if m["subject"] == subject)
