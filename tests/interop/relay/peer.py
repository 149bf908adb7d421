"""What Postfix, Exim and OpenSMTPD have in common here: a host with two addresses (the second offers no
TLS), a domain for each, mailboxes as maildirs, and relaying for the test's own host."""

import re
from pathlib import Path

from letters import failures, name_of
from network import eventually, ipv4, ipv6
from wire import greets

CLIENT = 1  # ipv4(CLIENT): whom the peers relay for
UNICODE = "사용자"
USERS = ["bob", "refused-later", *(f"u{n}" for n in range(150))]
NOBODY = 65534


class Peer:
    """A mail server on host `letter`, for `letter`.test and plain.`letter`.test."""

    name = ""
    letter = ""
    number = 0
    complaint = re.compile(r"(?!)")  # a line of the log that says something is wrong
    harmless = re.compile(r"(?!)")   # of those, what has nothing to do with the other side
    smtputf8 = True
    chunking = True
    tls = True  # as a server

    def __init__(self, net, names, authority):
        self.net, self.names = net, names
        self.host = net.host(self.letter, self.number, self.number + 1)
        self.folder = self.host.folder
        self.domain, self.plain_domain = f"{self.letter}.test", f"plain.{self.letter}.test"
        self.hostname = f"mail.{self.domain}"
        self.mail = self.folder / "mail"
        self.log_file = self.folder / "mail.log"
        self.program = None
        self.starts = 0
        self.read_to = 0
        names.host(self.hostname, self.number)
        names.host(f"plain.{self.hostname}", self.number + 1)
        names.domain(self.domain, self.hostname)
        names.domain(self.plain_domain, f"plain.{self.hostname}")
        self.certificate, self.key = authority.issue(self.hostname, f"plain.{self.hostname}")
        self.authority = authority

    @classmethod
    def missing(cls):
        """Why it can't run here, or ''."""
        raise NotImplementedError

    def places(self):
        """What the settings' templates name."""
        return {"folder": self.folder, "domain": self.domain, "plain_domain": self.plain_domain, "hostname": self.hostname,
                "certificate": self.certificate, "key": self.key, "ca": self.authority.certificate,
                "ipv4": ipv4(self.number), "ipv6": ipv6(self.number), "plain_ipv4": ipv4(self.number + 1),
                "plain_ipv6": ipv6(self.number + 1), "client4": ipv4(CLIENT), "client6": ipv6(CLIENT), "nobody": NOBODY}

    def command(self):
        raise NotImplementedError

    def start(self):
        self.program = self.host.run(*self.command(), log=self.folder / "start.log")
        self.starts += 1
        return self

    def wait_until_it_answers(self):
        for number in (self.number, self.number + 1):
            if not eventually(lambda: greets(self.host, ipv4(number)), 30, 0.02):
                raise TimeoutError(f"{self.name} doesn't answer\n{(self.folder / 'start.log').read_text()}\n{self.log()}")

    def kill(self):
        self.program.kill()

    # -- from outside

    def log(self):
        return self.log_file.read_text(errors="replace") if self.log_file.exists() else ""

    def complaints(self):
        """The log's lines since the last call that say something is wrong."""
        text = self.log()
        fresh, self.read_to = text[self.read_to:], len(text)
        return [line for line in fresh.splitlines() if self.complaint.search(line) and not self.harmless.search(line)]

    def queued(self):
        """How many messages wait."""
        raise NotImplementedError

    def hurry(self):
        """Tries at once what waits."""

    def files(self):
        """(user, path) of every message delivered; the maildirs' rule makes them whole."""
        for path in sorted(self.mail.glob("*/new/*")):
            yield path.parts[-3], Path(path)

    def find(self, user, name):
        """The octets of every copy of the letter in the user's mailbox."""
        found = []
        for path in (self.mail / user / "new").glob("*"):
            octets = path.read_bytes()
            if name_of(octets) == name and failures(octets) is None:
                found.append(octets)
        return found

    def mailboxes(self):
        """(address, octets) of all that was delivered."""
        for user, path in self.files():
            yield f"{user}@{self.domain}", path.read_bytes()
