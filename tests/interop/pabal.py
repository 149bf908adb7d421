"""A whole Pabal domain in a folder of its own: made by mailctl, served by smtpd and imapd on free ports,
ended with its owner. Anything a sanitizer or the programs' own error log says fails the test that ran."""

import os
import re
import shutil
import signal
import smtplib
import imaplib
import ssl
import subprocess
import tempfile
import time
from pathlib import Path

from ports import Ports, free_offset

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(os.environ.get("PABAL_BIN", ROOT / "build/bin"))
TROUBLE = re.compile(r"AddressSanitizer|LeakSanitizer|runtime error:|terminate called|^\S+Z (error|critical) ")


class Pabal:
    """A running smtpd and imapd with the accounts of `users` ({address: password})."""

    name = "Pabal"
    host = "localhost"

    def __init__(self, users, domain="example.test", folder=None):
        self.users, self.domain = users, domain
        self.temporary = folder is None
        # /var/tmp is on a disk also where /tmp is memory, and its paths suit Unix sockets.
        self.folder = Path(folder or tempfile.mkdtemp(prefix="pabal-", dir="/var/tmp"))
        self.data = self.folder / "data"
        self.settings = self.data / "pabal.toml"
        self.ca = self.data / "ca.pem"
        self.ports = Ports(free_offset())
        self.daemons = {}
        self.expected_trouble = None  # a regular expression of error lines that a test provokes

    @staticmethod
    def missing():
        """Why it can't run here, or ''."""
        absent = [p for p in ("smtpd", "imapd", "mua", "mailctl", "sendmail") if not (BIN / p).exists()]
        return f"not built in {BIN}: {', '.join(absent)}" if absent else ""

    def create(self):
        names = [address.split("@")[0] for address in self.users]
        subprocess.run([BIN / "mailctl", "init", "--data", self.data, "--domain", self.domain,
                        "--port-offset", str(self.ports.offset)], check=True, capture_output=True, text=True)
        for address, password in self.users.items():
            self.mailctl("user", "add", address, "--password-stdin", text=password + "\n")
        return names

    def mailctl(self, *arguments, text=None, check=True):
        return subprocess.run([BIN / "mailctl", "--config", self.settings, *arguments], input=text, check=check,
                              capture_output=True, text=True, timeout=60)

    def mua(self, *arguments, home=None, text=None, check=True):
        environment = os.environ | {"HOME": str(home or self.folder)}
        return subprocess.run([BIN / "mua", *map(str, arguments)], input=text, check=check, capture_output=True,
                              env=environment, timeout=60)

    # -- the daemons

    def log_file(self, program):
        return self.folder / f"{program}.log"

    def log(self, program):
        return self.log_file(program).read_text(errors="replace")

    def start_program(self, program, wrapper=()):
        with open(self.log_file(program), "ab") as log:
            self.daemons[program] = subprocess.Popen([*wrapper, BIN / program, "--config", self.settings],
                                                     stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        return self.daemons[program]

    def start(self):
        if not self.settings.exists():
            self.create()
        self.start_program("smtpd")
        self.start_program("imapd")
        self.wait_until_it_answers()
        return self

    def wait_until_it_answers(self, seconds=20):
        end = time.monotonic() + seconds
        for answers in (self._smtp_answers, self._imap_answers):
            while not answers():
                for program, daemon in self.daemons.items():
                    if daemon.poll() is not None:
                        raise RuntimeError(f"{program} ended with {daemon.returncode}:\n{self.log(program)}")
                if time.monotonic() > end:
                    raise TimeoutError(f"{answers.__name__}: not in {seconds} s")
                time.sleep(0.02)

    def _smtp_answers(self):
        try:
            with smtplib.SMTP(self.host, self.ports.smtp, timeout=5) as client:
                return client.ehlo()[0] == 250
        except OSError:
            return False

    def _imap_answers(self):
        try:
            with imaplib.IMAP4(self.host, self.ports.imap, timeout=5):
                return True
        except OSError:
            return False

    def signal(self, program, number):
        self.daemons[program].send_signal(number)

    def stop_program(self, program, seconds=20):
        """SIGTERM; returns the exit status. A daemon that doesn't end is killed and fails the test."""
        daemon = self.daemons.pop(program)
        daemon.send_signal(signal.SIGTERM)
        try:
            return daemon.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            daemon.kill()
            daemon.wait()
            raise

    def stop(self):
        statuses = {program: self.stop_program(program) for program in list(self.daemons)}
        trouble = self.trouble()
        if self.temporary:
            shutil.rmtree(self.folder, ignore_errors=True)
        if any(statuses.values()):
            raise AssertionError(f"exit statuses {statuses}\n{trouble}")
        if trouble:
            raise AssertionError(f"the daemons logged:\n{trouble}")

    def trouble(self):
        lines = []
        for log in sorted(self.folder.glob("*.log")):
            lines += [f"{log.name}: {line}" for line in log.read_text(errors="replace").splitlines()
                      if TROUBLE.search(line)
                      and not (self.expected_trouble and re.search(self.expected_trouble, line))]
        return "\n".join(lines)

    def imap_processes(self):
        """The pid whose process and descendants serve IMAP."""
        return self.daemons["imapd"].pid

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.stop()


def tls_context(server):
    return ssl.create_default_context(cafile=server.ca)
