"""Pabal on host `a`, for a.test and plain.a.test (to which the peers talk without TLS)."""

import base64
import json
import os
import re
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from letters import name_of  # noqa: E402
from network import ipv4, ipv6  # noqa: E402
from pabal import BIN, Pabal  # noqa: E402
from peer import UNICODE  # noqa: E402
from ports import Ports  # noqa: E402
from wire import Imap, Smtp, trusting  # noqa: E402

NUMBER = 10
ALICE, BOB = "alice@a.test", "bob@a.test"
USERS = {address: "a-Secret-1" for address in (ALICE, BOB, f"{UNICODE}@a.test")}
COMPLAINT = re.compile(r"^\S+ (warning|error|critical) ")
SETTINGS = {
    "relay": {"retry_first": '"2s"', "retry_longest": '"4s"', "connect_timeout": '"5s"'},
    "imap": {"plaintext_login": '"always"', "max_connections_per_address": "1000"},
    "smtp": {"max_connections_per_address": "1000"},
}


class Ours(Pabal):
    """The settings can be changed by `configure` before `start`."""

    domain, plain_domain, hostname = "a.test", "plain.a.test", "mail.a.test"
    name, letter, number = "Pabal", "a", NUMBER
    smtputf8 = chunking = tls = True

    def __init__(self, net, names, authority, users=None):
        self.host_of_it = net.host(self.letter, NUMBER)
        super().__init__(users or USERS, "a.test", self.host_of_it.folder)
        self.ports = Ports(0)
        self.net, self.names, self.authority = net, names, authority
        self.read_to = 0
        self.nameserver = names.server
        names.host(self.hostname, NUMBER)
        for domain in (self.domain, self.plain_domain):
            names.domain(domain, self.hostname)
        self.certificate, self.key = authority.issue(self.hostname)
        self.starts = 0

    def set_up(self):
        etc = self.host_of_it.own_etc(self.nameserver)
        bundle = etc / "ssl/certs/ca-certificates.crt"
        if bundle.exists():
            bundle.write_text(bundle.read_text() + Path(self.authority.certificate).read_text())
        self.host_of_it.call(BIN / "mailctl", "init", "--data", self.data, "--domain", self.domain,
                             "--hostname", self.hostname, "--listen", "*", "--port-offset", "0")
        self.add_users(self.users)
        self.mailctl("domain", "add", self.plain_domain)
        for user in self.users:
            local = user.split("@")[0]
            self.mailctl("alias", "add", f"{local}@{self.plain_domain}", user)
        self.configure({"tls": {"certificate": f'"{self.certificate}"', "key": f'"{self.key}"'}} | SETTINGS)

    def add_users(self, users):
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            list(pool.map(self._add_user, users.items()))
        self.users = self.users | users

    def _add_user(self, user):
        self.mailctl("user", "add", user[0], "--password-stdin", text=user[1] + "\n")

    def mailctl(self, *arguments, text=None, check=True):
        run = super().mailctl(*arguments, text=text, check=False)
        if check and run.returncode:
            raise RuntimeError(f"mailctl {' '.join(map(str, arguments))}: {run.returncode}\n{run.stdout}{run.stderr}")
        return run

    def configure(self, sections):
        """{section: {key: value as TOML}} over what the file has."""
        lines, section, left = [], None, {name: dict(keys) for name, keys in sections.items()}
        for line in [*self.settings.read_text().splitlines(), "[end]"]:
            if line.startswith("["):
                lines += [f"{key} = {value}" for key, value in left.pop(section, {}).items()]
                section = line.strip("[] ")
            key = line.partition("=")[0].strip()
            if key in left.get(section, {}):
                line = f"{key} = {left[section].pop(key)}"
            lines.append(line)
        for name, keys in left.items():
            lines[-1:-1] = [f"[{name}]", *(f"{key} = {value}" for key, value in keys.items())]
        self.settings.write_text("\n".join(lines[:-1]) + "\n")

    def append(self, text):
        self.settings.write_text(self.settings.read_text() + text)

    # -- the daemons

    def start_program(self, program, wrapper=()):
        self.daemons[program] = self.host_of_it.run(*wrapper, BIN / program, "--config", self.settings,
                                                    log=self.log_file(program))
        self.starts += 1
        return self.daemons[program]

    def start(self):
        for program in ("smtpd", "imapd"):
            self.start_program(program)
        return self

    def wait_until_it_answers(self, seconds=20):
        for port in (self.ports.smtp, self.ports.submissions, self.ports.imap):
            try:
                self.host_of_it.wait_for(ipv4(NUMBER), port, seconds)
            except TimeoutError as error:
                raise TimeoutError(f"{error}\n{self.log('smtpd')}") from None

    def kill(self, program="smtpd"):
        self.daemons[program].kill()

    # -- from outside

    def complaints(self):
        text = self.log("smtpd")
        fresh, self.read_to = text[self.read_to:], len(text)
        return [line for line in fresh.splitlines() if COMPLAINT.search(line)]

    def submit(self, host, user=ALICE):
        """A client that has logged in."""
        client = Smtp(host, ipv4(NUMBER), self.ports.submissions, context=trusting(self.authority.certificate),
                      hostname=self.hostname)
        client.ehlo()
        secret = base64.b64encode(f"\0{user}\0{self.users[user]}".encode()).decode()
        code, reply = client.docmd("AUTH", f"PLAIN {secret}")
        if code != 235:
            client.close()
            raise RuntimeError(f"login of {user}: {code} {reply.decode()}")
        return client

    def imap(self, user):
        client = Imap(self.host_of_it, ipv6(NUMBER), self.ports.imap)
        client.authenticate("PLAIN", lambda _: f"\0{user}\0{self.users[user]}".encode())
        client.select("INBOX", readonly=True)
        return client

    def mailbox(self, user, what="BODY.PEEK[]"):
        client = self.imap(user)
        _, answer = client.uid("FETCH", "1:*", f"({what})")
        client.logout()
        return [part[1] for part in answer if isinstance(part, tuple)]

    def find(self, user, name):
        """The octets of every copy of the letter in the user's INBOX."""
        address = user if "@" in user else f"{user}@{self.domain}"
        client = self.imap(address)
        _, found = client.uid("SEARCH", "HEADER", "X-Letter", name)
        copies = []
        for uid in found[0].split() if found[0] else []:
            _, answer = client.uid("FETCH", uid, "(BODY.PEEK[])")
            copies.append(answer[0][1])
        client.logout()
        return [copy for copy in copies if name_of(copy) == name]

    def mailboxes(self):
        """(address, octets) of all that was delivered."""
        for user in self.users:
            for octets in self.mailbox(user):
                yield user, octets

    def queue(self):
        """What `mailctl queue list --json` tells."""
        return json.loads(self.mailctl("queue", "list", "--json").stdout)

    def queued(self):
        return len(self.queue())
