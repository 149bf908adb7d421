"""What the interop scripts share: a domain with alice, bob and carol for each test class, and a main that
takes `--against postfix` (the scripts' own proof) and ends with 77, ctest's "skipped", when nothing could
be run."""

import hashlib
import imaplib
import os
import shutil
import smtplib
import subprocess
import sys
import tempfile
import time
import unittest
from email.message import EmailMessage
from pathlib import Path

from pabal import Pabal, tls_context
from postfix_dovecot import PostfixDovecot

ALICE, BOB, CAROL = (f"{name}@example.test" for name in ("alice", "bob", "carol"))
USERS = {ALICE: "alice-Secret-1", BOB: "bob-Secret-2", CAROL: "carol Secret 3"}
SKIPPED = 77

imaplib._MAXLINE = 10_000_000
server_kind = Pabal


class Case(unittest.TestCase):
    """self.server is running; self.home is an empty folder for the client's settings."""

    needs = ()  # programs that must be installed
    users = USERS

    @classmethod
    def setUpClass(cls):
        absent = [program for program in cls.needs if not shutil.which(program)]
        if absent:
            raise unittest.SkipTest(f"not installed: {', '.join(absent)}")
        if server_kind.missing():
            raise unittest.SkipTest(server_kind.missing())
        cls.home = Path(tempfile.mkdtemp(prefix="client-"))
        cls.addClassCleanup(shutil.rmtree, cls.home, ignore_errors=True)
        cls.server = server_kind(cls.users)
        cls.addClassCleanup(cls.server.stop)
        cls.server.start()

    # -- the clients' side

    def run_client(self, *command, text=None, status=0, seconds=60):
        """Runs a client; its output as text. A status other than the expected fails."""
        environment = os.environ | {"HOME": str(self.home), "LC_ALL": "C.UTF-8", "XDG_CONFIG_HOME": str(self.home)}
        run = subprocess.run([str(part) for part in command], input=text, env=environment, text=True, timeout=seconds,
                             stdout=subprocess.PIPE, stderr=subprocess.STDOUT, errors="replace")
        if status is not None:
            self.assertEqual(run.returncode, status, f"{command[0]}: {run.stdout[-4000:]}")
        return run.stdout

    def write(self, name, content):
        path = self.home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        path.chmod(0o600)
        return path

    # -- the outside view, by Python's own libraries

    def imap(self, user, server=None):
        server = server or self.server
        client = imaplib.IMAP4_SSL(server.host, server.ports.imaps, ssl_context=tls_context(server), timeout=30)
        self.addCleanup(_log_out, client)
        client.login(user, self.users[user])
        return client

    def submit(self, message, sender=ALICE, recipients=(BOB,)):
        with smtplib.SMTP_SSL(self.server.host, self.server.ports.submissions, context=tls_context(self.server),
                              timeout=30) as client:
            client.login(sender, USERS[sender])
            return client.send_message(message, sender, list(recipients))

    def wait_for(self, user, subject, mailbox="INBOX", seconds=20):
        """The octets of the newest message with the subject, as soon as it is there."""
        client, end = self.imap(user), time.monotonic() + seconds
        while time.monotonic() < end:
            client.select(mailbox, readonly=True)
            _, found = client.uid("SEARCH", "SUBJECT", f'"{subject}"')
            if found[0]:
                _, fetched = client.uid("FETCH", found[0].split()[-1], "(BODY.PEEK[])")
                return fetched[0][1]
            time.sleep(0.02)
        self.fail(f"no message '{subject}' in {user} {mailbox} after {seconds} s")

    def count(self, user, mailbox="INBOX"):
        _, answer = self.imap(user).status(mailbox, "(MESSAGES)")
        return int(answer[0].split()[-1].strip(b")"))


def _log_out(client):
    try:
        client.logout()
    except (OSError, imaplib.IMAP4.error):
        pass


def letter(subject, text="Hello.\n", attachments=(), sender=ALICE, to=BOB):
    """attachments: (name, octets) pairs."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, subject
    message.set_content(text)
    for name, octets in attachments:
        message.add_attachment(octets, maintype="application", subtype="octet-stream", filename=name)
    return message


def digest(octets):
    return hashlib.sha256(octets).hexdigest()


def pabal_only(test):
    return unittest.skipIf("postfix" in sys.argv, "for Pabal alone")(test)


def main():
    global server_kind
    if "--against" in sys.argv:
        place = sys.argv.index("--against")
        server_kind = {"postfix": PostfixDovecot, "pabal": Pabal}[sys.argv[place + 1]]
        del sys.argv[place:place + 2]
    program = unittest.main(module="__main__", exit=False, verbosity=2)
    result = program.result
    if not result.wasSuccessful():
        return 1
    return SKIPPED if result.skipped and result.testsRun == len(result.skipped) or result.testsRun == 0 else 0
