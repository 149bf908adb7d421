"""Senders: sessions on port 25, some by BDAT, some authenticated on 465. Every attempt is a message of
its own, so that what was answered, refused or left open is known of each."""

import base64
import random
import socket
import threading
import time

from letter import Letters


class Refused(Exception):
    pass


class SmtpSession:
    def __init__(self, host, port, login=None, trust=None):
        self.socket = socket.create_connection((host, port), timeout=30)
        if trust:
            self.socket = trust.wrap_socket(self.socket, server_hostname="localhost")
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.file = self.socket.makefile("rb")
        self.sent = "the connection"
        self.expect("2")
        self.command("EHLO crash.test", "2")
        if login:
            self.command("AUTH PLAIN " + base64.b64encode("\0".join(("", *login)).encode()).decode(), "2")

    def reply(self):
        while True:
            try:
                line = self.file.readline()
            except TimeoutError as silence:
                raise TimeoutError(self.sent) from silence
            if not line.endswith(b"\n"):
                raise ConnectionError("the connection ended")
            if line[3:4] != b"-":
                return line.decode().strip()

    def expect(self, first):
        reply = self.reply()
        if reply.startswith("421"):
            raise ConnectionError(reply)
        if not reply.startswith(first):
            raise Refused(reply)
        return reply

    def command(self, line, first):
        self.sent = line.split(":")[0]
        self.socket.sendall(line.encode() + b"\r\n")
        return self.expect(first)

    def envelope(self, sender, recipients):
        self.command(f"MAIL FROM:<{sender}>", "2")
        for recipient in recipients:
            self.command(f"RCPT TO:<{recipient}>", "2")

    def data(self, octets):
        self.command("DATA", "3")
        self.sent = "the message"
        self.socket.sendall(octets.replace(b"\r\n.", b"\r\n..") + b".\r\n")

    def bdat(self, octets):
        middle = len(octets) // 2
        self.sent = "BDAT"
        self.socket.sendall(f"BDAT {middle}\r\n".encode() + octets[:middle])
        self.expect("2")
        self.socket.sendall(f"BDAT {len(octets) - middle} LAST\r\n".encode() + octets[middle:])

    def close(self):
        self.file.close()
        self.socket.close()


class Sender(threading.Thread):
    def __init__(self, number, domain, ledger, stop, pause):
        super().__init__(daemon=True)
        self.domain, self.ledger, self.stop, self.pause = domain, ledger, stop, pause
        self.letters = Letters(f"s{number}", domain.seed)
        self.dice = random.Random(f"{domain.seed} sender {number}")
        self.by_bdat = number % 5 == 0
        self.authenticated = number % 10 == 1

    def run(self):
        while not self.stop.is_set():
            begun = self.domain.starts["smtpd"]
            try:
                self.hold_session()
            except TimeoutError as silence:
                self.ledger.no_answer(self.name, silence, begun == self.domain.starts["smtpd"])
            except (OSError, Refused):
                time.sleep(self.dice.uniform(0.02, 0.2))

    def hold_session(self):
        session = self.connect()
        try:
            for _ in range(20):
                if self.stop.is_set():
                    break
                self.send(session)
                time.sleep(self.dice.expovariate(1 / self.pause))
        finally:
            session.close()

    def connect(self):
        ports = self.domain.ports
        if not self.authenticated:
            return SmtpSession("127.0.0.1", ports.smtp)
        return SmtpSession("127.0.0.1", ports.submissions, self.domain.login(0), self.domain.trust)

    def send(self, session):
        letter_id, octets = self.letters.write()
        accounts = self.dice.sample(self.domain.addresses, self.dice.choice((1, 1, 1, 2, 3)))
        sender = self.domain.addresses[0] if self.authenticated else "somebody@elsewhere.test"
        how = "unsent"
        try:
            session.envelope(sender, accounts)
            how = "unknown"
            (session.bdat if self.by_bdat else session.data)(octets)
            session.expect("2")
            how = "answered"
        except Refused as reply:
            how = "refused"
            self.ledger.refusals[str(reply)] += 1
            if not str(reply).startswith("4"):
                self.ledger.fault(f"{letter_id}: {reply}")
            raise ConnectionError("begin anew") from reply
        finally:
            self.ledger.smtp_ended(how, letter_id, accounts)

