#!/usr/bin/env python3
"""How fast mailboxes are read and changed over IMAP: Pabal beside Dovecot (sdbox, default fsync) in one run.

One INBOX of 12,000 messages, a third of them with an attachment, is asked what clients ask; appends go to
accounts of their own. Every client sends its next command once the last one is answered, over loopback
without TLS; all clients of a work share one thread here, so that the servers have the rest of the machine.
Rounds of the two alternate, the table has the medians of commands a second. Both are warm: each work runs
once before it is measured, which fills Dovecot's caches and Pabal's index."""

import argparse
import base64
import json
import os
import platform
import random
import selectors
import socket
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "interop"))
from pabal import Pabal
from postfix_dovecot import PostfixDovecot

SKIPPED = 77
READER = "reader@example.test"
APPENDERS = 20


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=1.0, help="of each work in each round")
    parser.add_argument("--messages", type=int, default=12000, help="in the INBOX")
    parser.add_argument("--smoke", action="store_true", help="a few messages, to see that it works")
    parser.add_argument("--alone", choices=["pabal", "dovecot"], help="measure only this one")
    parser.add_argument("--only", default="", help="works whose name holds this text")
    parser.add_argument("--json", type=Path, help="write all figures to this file")
    options = parser.parse_args()
    if options.smoke:
        options.rounds, options.seconds, options.messages = 1, 0.05, 600
    return options


# -- messages

def words(source, count):
    return " ".join("".join(source.choices("abcdefghijklmnopqrstuvwxyz", k=source.randint(2, 9))) for _ in range(count))


def message(number, source):
    head = (f"From: Sender {number % 50} <sender{number % 50}@example.net>\r\nTo: Reader <{READER}>\r\n"
            f"Subject: Message {number} about {words(source, 3)}\r\nDate: Mon, 01 Jan 2024 12:00:00 +0000\r\n"
            f"Message-ID: <{number}.{source.random()}@example.net>\r\nMIME-Version: 1.0\r\n")
    text = "\r\n".join(words(source, 10) for _ in range(50)) + "\r\n"
    if number % 3:
        return (head + "Content-Type: text/plain; charset=utf-8\r\n\r\n" + text).encode()
    attachment = base64.encodebytes(source.randbytes(20000)).decode().replace("\n", "\r\n")
    return (head + 'Content-Type: multipart/mixed; boundary="cut"\r\n\r\n'
            "--cut\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + text +
            '--cut\r\nContent-Type: application/pdf; name="a.pdf"\r\nContent-Transfer-Encoding: base64\r\n'
            'Content-Disposition: attachment; filename="a.pdf"\r\n\r\n' + attachment + "--cut--\r\n").encode()


def literal(octets):
    return b"{%d+}\r\n" % len(octets) + octets


# -- clients

class Client:
    """One connection; `commands` is asked for each next command without its tag, None ends it."""

    TAG = b"t "

    def __init__(self, server, commands):
        self.server, self.commands = server, commands
        self.socket = self.tail = None

    def connect(self):
        self.socket = socket.create_connection(("127.0.0.1", self.server.ports.imap), timeout=60)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.recv(4096)
        return self

    def send(self, command):
        self.tail = b""
        self.socket.sendall(self.TAG + command + b"\r\n")

    def answered(self):
        """Reads what is there; whether the command is answered."""
        octets = self.socket.recv(1 << 20)
        if not octets:
            raise RuntimeError(f"{self.server.name} closed the connection after {self.tail[-200:]!r}")
        self.tail = (self.tail + octets)[-2000:]
        line = self.tail[self.tail.rfind(b"\n", 0, -1) + 1:]
        if not (line.startswith(self.TAG) and line.endswith(b"\r\n")):
            return False
        if not line.startswith(self.TAG + b"OK"):
            raise RuntimeError(f"{self.server.name}: {line!r}")
        return True

    def do(self, command):
        self.send(command)
        while not self.answered():
            pass

    def login(self, address, mailbox=b"INBOX"):
        self.connect().do(f"LOGIN {address} {self.server.users[address]}".encode())
        self.do(b"SELECT " + mailbox)
        return self

    def close(self):
        self.socket.close()


def converse(clients, seconds):
    """Commands a second, all clients together."""
    selector = selectors.EpollSelector()
    for client in clients:
        selector.register(client.socket, selectors.EVENT_READ, client)
        client.send(next(client.commands))
    start, count = time.perf_counter(), 0
    waiting = len(clients)
    while waiting:
        for key, _ in selector.select():
            if not key.data.answered():
                continue
            count += 1
            if time.perf_counter() - start < seconds:
                key.data.send(next(key.data.commands))
            else:
                waiting -= 1
    return count / (time.perf_counter() - start)


def forever(command):
    while True:
        yield command


def fetch_any(messages, seed):
    source = random.Random(seed)
    while True:
        yield b"FETCH %d (BODY.PEEK[])" % source.randint(1, messages)


def append_any(seed):
    source = random.Random(seed)
    while True:
        yield b"APPEND INBOX " + literal(message(1, source))


# -- works: each measures one server for a while

def reading(command, clients=1):
    def run(server, options):
        held = [Client(server, command(options, n) if callable(command) else forever(command)).login(READER)
                for n in range(clients)]
        rate = converse(held, options.seconds)
        for client in held:
            client.close()
        return rate
    return run


def appending(clients):
    def run(server, options):
        held = [Client(server, append_any(random.random())).login(f"user{n}@example.test") for n in range(clients)]
        rate = converse(held, options.seconds)
        for client in held:
            client.close()
        return rate
    return run


def logging_in(server, options):
    """Connect, LOGIN, SELECT, LOGOUT, 10 at a time, counted as one."""
    login = f"LOGIN {READER} {server.users[READER]}".encode()
    steps = [login, b"SELECT INBOX", b"LOGOUT"]
    selector, start, count, waiting = selectors.EpollSelector(), time.perf_counter(), 0, 10

    def begin():
        client = Client(server, iter(steps)).connect()
        selector.register(client.socket, selectors.EVENT_READ, client)
        client.send(next(client.commands))

    for _ in range(waiting):
        begin()
    while waiting:
        for key, _ in selector.select():
            if not key.data.answered():
                continue
            command = next(key.data.commands, None)
            if command:
                key.data.send(command)
                continue
            selector.unregister(key.data.socket)
            key.data.close()
            count += 1
            if time.perf_counter() - start < options.seconds:
                begin()
            else:
                waiting -= 1
    return count / (time.perf_counter() - start)


WORKS = {
    "FETCH 1:* (FLAGS)": reading(b"FETCH 1:* (FLAGS)"),
    "FETCH 1:* (UID FLAGS ... ENVELOPE)": reading(b"FETCH 1:* (UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE)"),
    "FETCH 1:* (UID BODYSTRUCTURE)": reading(b"FETCH 1:* (UID BODYSTRUCTURE)"),
    "FETCH 1:500 (BODY.PEEK[])": reading(b"FETCH 1:500 (BODY.PEEK[])"),
    "FETCH 1:50 (UID ... ENVELOPE), 1 client": reading(b"FETCH 1:50 (UID FLAGS RFC822.SIZE ENVELOPE)"),
    "FETCH 1:50 (UID ... ENVELOPE), 8 clients": reading(b"FETCH 1:50 (UID FLAGS RFC822.SIZE ENVELOPE)", 8),
    "FETCH n (BODY.PEEK[]), 8 clients": reading(lambda options, n: fetch_any(options.messages, n), 8),
    "NOOP, 1 client": reading(b"NOOP"),
    "NOOP, 8 clients": reading(b"NOOP", 8),
    "STORE 1:100 +FLAGS.SILENT (\\Seen)": reading(b"STORE 1:100 +FLAGS.SILENT (\\Seen)"),
    "SEARCH SUBJECT": reading(b"SEARCH SUBJECT zebra"),
    "SEARCH BODY": reading(b"SEARCH BODY zebra"),
    "APPEND, 1 client": appending(1),
    "APPEND, 20 clients": appending(APPENDERS),
    "LOGIN + SELECT + LOGOUT, 10 clients": logging_in,
}


def fill(server, options):
    source, client = random.Random(1), Client(server, None).login(READER)
    for first in range(0, options.messages, 200):
        batch = [message(number, source) for number in range(first, min(first + 200, options.messages))]
        client.do(b"APPEND INBOX " + b" ".join(literal(octets) for octets in batch))
    client.close()


def wait_for_index(server, options):
    """Pabal indexes once an account is quiet; measured is the state a mailbox is in most of the time."""
    if options.smoke or not isinstance(server, Pabal):
        return
    client, best = Client(server, None).login(READER), 0
    while True:
        start = time.perf_counter()
        client.do(b"SEARCH BODY zebra")
        taken = time.perf_counter() - start
        if taken < 0.02 or best > 60:
            return client.close()
        best += 1
        time.sleep(0.5)


# -- the report

def conditions(options):
    return (f"{os.cpu_count()} cores, {platform.system()} {platform.release()}, {options.messages} messages, "
            f"medians of {options.rounds} rounds of {options.seconds} s, loopback, plaintext, commands a second")


def print_table(rows, servers):
    names = [server.name for server in servers]
    print(f"{'':44}" + "".join(f"{name:>20}" for name in names) + (f"{'ratio':>9}" if len(names) == 2 else ""))
    for title, values in rows:
        line = f"{title:44}" + "".join(f"{value:>20,.1f}" for value in values)
        print(line + (f"{values[0] / max(values[1], 1e-9):>9.2f}" if len(values) == 2 else ""))


def measure(servers, options):
    rows = []
    for title, work in WORKS.items():
        if options.only not in title:
            continue
        rates = {server: [] for server in servers}
        for server in servers:
            work(server, options)
        for _ in range(options.rounds):
            for server in servers:
                rates[server].append(work(server, options))
        rows.append((title, [statistics.median(rates[server]) for server in servers]))
    return rows


def main():
    options = arguments()
    users = {READER: "pw-reader"} | {f"user{n}@example.test": f"pw-{n}" for n in range(APPENDERS)}
    kinds = [kind for kind, name in ((Pabal, "pabal"), (PostfixDovecot, "dovecot")) if options.alone in (None, name)]
    for kind in list(kinds):
        if kind.missing():
            print(f"skipped: {kind.name}: {kind.missing()}")
            kinds.remove(kind)
    if not kinds:
        return SKIPPED
    servers = []
    try:
        for kind in kinds:
            servers.append(kind(users))
            servers[-1].start()
            fill(servers[-1], options)
        for server in servers:
            wait_for_index(server, options)
        rows = measure(servers, options)
    finally:
        for server in servers:
            server.stop()
    print(conditions(options))
    print_table(rows, servers)
    if options.json:
        options.json.write_text(json.dumps({"conditions": conditions(options), "rows": rows}, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
