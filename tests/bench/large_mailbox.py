#!/usr/bin/env python3
"""A mailbox of 200,000 messages of 4 to 64 KiB over IMAP: Pabal beside Dovecot (sdbox, default fsync) in one run.

Both are filled by MULTIAPPEND with the same messages: sizes lean to the small side (8 KiB in the mean), those from
16 KiB on carry an attachment, one in a thousand holds the sought word in its subject and another one in its text.
Every work is run once before it is measured, which fills Dovecot's caches, and Pabal's index is complete: that is the
state a mailbox is in most of the time. Rounds of the two alternate; the table has medians of milliseconds, and
how many times as fast Pabal is. Then: how long a second session waits while the first is served, and what
sessions cost in memory (sum of the processes' PSS). What changes the mailbox comes last."""

import argparse
import json
import os
import platform
import random
import selectors
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "interop"))
import imap
from imap import literal
from pabal import Pabal
from postfix_dovecot import PostfixDovecot

SKIPPED = 77
READER, OTHER = "reader@example.test", "other@example.test"
SUBJECT_WORD, BODY_WORD = "zeppelin", "quagmire"
SIZES, WEIGHTS = (4, 8, 16, 32, 64), (70, 15, 9, 4, 2)  # KiB, of a hundred messages


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--messages", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--idle", type=int, default=5000, help="sessions held for the measure of memory (Dovecot: a tenth)")
    parser.add_argument("--smoke", action="store_true", help="a few messages, to see that it works")
    parser.add_argument("--alone", choices=["pabal", "dovecot"], help="measure only this one")
    parser.add_argument("--only", default="", help="works whose name holds this text")
    parser.add_argument("--json", type=Path, help="write all figures to this file")
    options = parser.parse_args()
    if options.smoke:
        options.messages, options.rounds, options.idle = 2000, 1, 20
    return options


class Client(imap.Client):
    """Waits for as long as a command may take on a large mailbox."""

    def connect(self):
        super().connect().socket.settimeout(900)
        return self


# -- messages

class Writer:
    """The messages, the same for every server; text is cut from a pool, as writing it word by word takes too long."""

    def __init__(self):
        source = random.Random(1)
        words = ["".join(source.choices("etaoinshrdlucmfwypvbgkjqxz", weights=range(26, 0, -1), k=source.randint(2, 10)))
                 for _ in range(20_000)]
        lines = (" ".join(words[int(len(words) * source.random() ** 3)] for _ in range(10)) for _ in range(8000))
        self.text = "\r\n".join(lines)
        self.subjects = [" ".join(source.choices(words[:3000], k=4)) for _ in range(5000)]
        self.attachment = "\r\n".join("".join(source.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnop0123456789+/", k=76))
                                      for _ in range(2000))

    def message(self, number):
        source = random.Random(number)
        size = source.choices(SIZES, WEIGHTS)[0] * 1024
        head = self._head(number, source)
        text = self._cut(self.text, min(size, 12 * 1024) - len(head) - 200, source)
        if number % 1000 == 700:
            text = f"{text[:1000]} {BODY_WORD} {text[1000:]}"
        if size < 16 * 1024:
            return f"{head}Content-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n".encode()
        return (f'{head}Content-Type: multipart/mixed; boundary="cut"\r\n\r\n'
                f"--cut\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n"
                '--cut\r\nContent-Type: application/pdf; name="a.pdf"\r\nContent-Transfer-Encoding: base64\r\n'
                'Content-Disposition: attachment; filename="a.pdf"\r\n\r\n'
                f"{self._cut(self.attachment, size - len(text) - 800, source, 78)}\r\n--cut--\r\n").encode()

    def _head(self, number, source):
        subject = SUBJECT_WORD if number % 1000 == 300 else self.subjects[source.randrange(len(self.subjects))]
        parent = source.randrange(max(number - 500, 0), number) if number % 3 and number else None
        date = time.strftime("%a, %d %b %Y %H:%M:%S +0000", time.gmtime(1_600_000_000 + 97 * number + source.randrange(9000)))
        return (f"Return-Path: <sender{number % 977}@example.net>\r\n"
                f"Received: from mx{number % 7}.example.net by mail.example.test with ESMTPS id {number:08x}; {date}\r\n"
                f"From: Sender {number % 977} <sender{number % 977}@example.net>\r\nTo: Reader <{READER}>\r\n"
                f"Subject: {'Re: ' if parent is not None else ''}{subject}\r\nDate: {date}\r\n"
                f"Message-ID: <{number}@example.net>\r\n"
                + (f"In-Reply-To: <{parent}@example.net>\r\nReferences: <{parent}@example.net>\r\n" if parent is not None else "")
                + "MIME-Version: 1.0\r\n")

    @staticmethod
    def _cut(pool, size, source, line=None):
        start = source.randrange(len(pool) - size)
        start = start // line * line if line else pool.index("\r\n", start) + 2
        return pool[start:start + size]


def fill(server, messages):
    """MULTIAPPEND, 100 messages at a time."""
    writer, client = Writer(), Client(server, None).login(READER)
    for begin in range(0, messages, 100):
        batch = [writer.message(number) for number in range(begin, min(begin + 100, messages))]
        client.do(b"APPEND INBOX " + b" ".join(literal(octets) for octets in batch))
    client.close()


def sync_while_filling(server, how):
    """Dovecot syncs each message by itself, which is no part of what is measured. "never" or "optimized"."""
    if isinstance(server, Pabal):
        return
    file = server.folder / "dovecot.conf"
    settings = file.read_text().replace("mail_fsync = never\n", "")
    file.write_text(settings + ("mail_fsync = never\n" if how == "never" else ""))
    if server.processes:
        server.restart_dovecot()


def make_ready(server, options):
    """Pabal indexes once an account is quiet: until SEARCH BODY takes no longer than the index needs."""
    if not isinstance(server, Pabal):
        return
    client, end = Client(server, None).login(READER), time.monotonic() + 3600
    while not options.smoke and time.monotonic() < end and timed(client, b"SEARCH BODY " + BODY_WORD.encode()) > 0.05:
        time.sleep(2)
    client.close()


# -- works

def timed(client, *commands):
    start = time.perf_counter()
    for command in commands:
        client.do(command)
    return time.perf_counter() - start


def one(*commands, prepare=()):
    """On a session that has the mailbox selected."""
    def run(server, _):
        client = Client(server, None).login(READER)
        for command in prepare:
            client.do(command)
        taken = timed(client, *commands)
        client.close()
        return taken
    return run


def select(command, prepare=()):
    def run(server, _):
        client = Client(server, None).connect()
        client.do(f"LOGIN {READER} {server.users[READER]}".encode())
        for each in prepare:
            client.do(each)
        taken = timed(client, command)
        client.close()
        return taken
    return run


def select_cold(server, options):
    """The first SELECT after nothing of the mailbox is in memory, neither the server's nor the system's."""
    restart_imap(server)
    subprocess.run(["sync"], check=True)
    Path("/proc/sys/vm/drop_caches").write_text("3\n")
    return select(b"SELECT INBOX")(server, options)


def restart_imap(server):
    if isinstance(server, Pabal):
        server.stop_program("imapd")
        server.start_program("imapd")
        server.wait_until_it_answers()
        return
    # Dovecot keeps nothing of a mailbox once its last session has ended: each is a process.


def select_known(server, options):
    """SELECT with QRESYNC by a client that has seen everything."""
    client = Client(server, None).connect()
    client.do(f"LOGIN {READER} {server.users[READER]}".encode())
    client.do(b"STATUS INBOX (UIDVALIDITY HIGHESTMODSEQ)")
    known = {word: int(client.tail.split(word + b" ")[1].replace(b")", b" ").split()[0])
             for word in (b"UIDVALIDITY", b"HIGHESTMODSEQ")}
    client.close()
    parameters = b"(QRESYNC (%d %d))" % (known[b"UIDVALIDITY"], known[b"HIGHESTMODSEQ"])
    return select(b"SELECT INBOX " + parameters, (b"ENABLE QRESYNC",))(server, options)


READING = {
    "SELECT, cold": select_cold,
    "SELECT": select(b"SELECT INBOX"),
    "SELECT (QRESYNC), nothing new": select_known,
    "FETCH 1:* (UID FLAGS)": one(b"FETCH 1:* (UID FLAGS)"),
    "FETCH 1:* (ENVELOPE)": one(b"FETCH 1:* (ENVELOPE)"),
    "FETCH 1:* (BODYSTRUCTURE)": one(b"FETCH 1:* (BODYSTRUCTURE)"),
    "FETCH 1:* (BODY.PEEK[])": one(b"FETCH 1:* (BODY.PEEK[])"),
    "SEARCH SUBJECT": one(b"SEARCH SUBJECT " + SUBJECT_WORD.encode()),
    "SEARCH BODY": one(b"SEARCH BODY " + BODY_WORD.encode()),
    "SORT (SUBJECT)": one(b"SORT (SUBJECT) UTF-8 ALL"),
    "SORT (REVERSE DATE)": one(b"SORT (REVERSE DATE) UTF-8 ALL"),
    "THREAD REFERENCES": one(b"THREAD REFERENCES UTF-8 ALL"),
}


def move(server, options):
    client = Client(server, None).login(READER)
    client.do(b"SELECT Copies")
    taken = timed(client, b"MOVE 1:%d Moved" % copied(options))
    client.close()
    return taken


def copied(options):
    return min(10_000, options.messages // 2)


CHANGING = {
    "STORE 1:* +FLAGS": one(b"STORE 1:* +FLAGS (\\Flagged)", prepare=(b"STORE 1:* -FLAGS.SILENT (\\Flagged)",)),
    "STORE 1:* -FLAGS.SILENT": one(b"STORE 1:* -FLAGS.SILENT (\\Answered)", prepare=(b"STORE 1:* +FLAGS.SILENT (\\Answered)",)),
    "COPY of 10,000": lambda server, options: one(b"COPY 1:%d Copies" % copied(options))(server, options),
    "MOVE of 10,000": move,
}


def expunge(server, options):
    """Of half of the mailbox: can be done once."""
    half = options.messages // 2
    return one(b"EXPUNGE", prepare=(b"STORE 1:%d +FLAGS.SILENT (\\Deleted)" % half,))(server, options)


# -- how long another session waits

LONG = {
    "FETCH 1:* (ENVELOPE)": b"FETCH 1:* (UID ENVELOPE)",
    "SEARCH of all text": b"SEARCH BODY q NOT BODY e",
    "SORT (SUBJECT)": b"SORT (SUBJECT) UTF-8 ALL",
    "THREAD REFERENCES": b"THREAD REFERENCES UTF-8 ALL",
    "STORE 1:*": b"STORE 1:* +FLAGS.SILENT ($Seen2)",
}


def longest_wait(command, seconds=8):
    """Milliseconds: the worst of a neighbour's STATUS and NOOP in the same account while `command` is served."""
    def run(server, _):
        busy, neighbour = Client(server, None).login(READER), Client(server, None).login(READER, b"Sent")
        neighbour.do(b"NOOP")
        busy.send(command)
        selector, worst, end = selectors.DefaultSelector(), 0.0, time.monotonic() + seconds
        selector.register(busy.socket, selectors.EVENT_READ)
        reader = threading.Thread(target=drain, args=(busy,))
        reader.start()
        while reader.is_alive() and time.monotonic() < end:
            worst = max(worst, timed(neighbour, b"STATUS Sent (MESSAGES)"), timed(neighbour, b"NOOP"))
            time.sleep(0.001)
        busy.socket.shutdown(2)
        reader.join()
        busy.close()
        neighbour.close()
        return worst
    return run


def drain(client):
    try:
        while not client.answered():
            pass
    except (OSError, RuntimeError):
        pass  # cut off after its time


# -- memory

def memory(server):
    """PSS in KB of all processes that serve IMAP."""
    children = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text()
            except OSError:
                continue
            children.setdefault(int(stat.rsplit(")", 1)[1].split()[1]), []).append(int(entry.name))
    total, waiting = 0, [server.imap_processes()]
    while waiting:
        pid = waiting.pop()
        waiting += children.get(pid, [])
        try:
            rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
        except OSError:
            continue
        total += next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
    return total


def begin_anew(server):
    """Of what others have read before, nothing is there. Dovecot has a process for each session anyway."""
    if isinstance(server, Pabal):
        server.stop_program("imapd")
        server.start_program("imapd")
        server.wait_until_it_answers()
        Client(server, None).login(OTHER).close()


def held(server, count, *commands):
    """KB a session, of `count` that have logged in and given these commands, and now do nothing."""
    begin_anew(server)
    before, clients = memory(server), []
    for _ in range(count):
        client = Client(server, None).connect()
        client.do(f"LOGIN {READER} {server.users[READER]}".encode())
        for command in commands:
            client.do(command)
        clients.append(client)
    time.sleep(2)
    taken = (memory(server) - before) / count
    for client in clients:
        client.close()
    return taken


def idle_sessions(server, options):
    return held(server, options.idle if isinstance(server, Pabal) else max(options.idle // 10, 10))


MEMORY = {
    "idle session": idle_sessions,
    "session on the mailbox": lambda server, _: held(server, 1, b"SELECT INBOX"),
    "each of 10 sessions on it": lambda server, _: held(server, 10, b"SELECT INBOX"),
    "session that has read and marked all of it": lambda server, _: held(
        server, 1, b"SELECT INBOX", b"FETCH 1:* (UID FLAGS ENVELOPE)", b"STORE 1:* +FLAGS.SILENT (\\Seen)"),
}


# -- the report

def can_sort(server):
    client = Client(server, None).login(READER)
    client.send(b"CAPABILITY")
    while not client.answered():
        pass
    client.close()
    return b" SORT" in client.tail


def measure(works, servers, options, rounds, warm):
    rows = []
    for title, work in works.items():
        if options.only not in title:
            continue
        takers = [s for s in servers if not title.startswith(("SORT", "THREAD")) or s.sorts]
        if work is select_cold and os.geteuid() != 0:
            continue
        if warm:
            for server in takers:
                work(server, options)
        figures = {server: [] for server in takers}
        for _ in range(rounds):
            for server in takers:
                figures[server].append(work(server, options))
        rows.append((title, [statistics.median(figures[s]) if s in figures else None for s in servers]))
        print(f"  {rows[-1]}", file=sys.stderr, flush=True)
    return rows


def print_table(title, unit, rows, servers, scale):
    if not rows:
        return
    names = [server.name for server in servers]
    ratio = f"{'times':>9}" if len(names) == 2 else ""
    print(f"\n{title + ' (' + unit + ')':44}" + "".join(f"{name:>20}" for name in names) + ratio)
    for name, values in rows:
        cells = "".join(f"{'-':>20}" if value is None else f"{value * scale:>20,.1f}" for value in values)
        both = len(values) == 2 and None not in values and min(values) > 0
        print(f"{name:44}{cells}" + (f"{values[1] / values[0]:>9.1f}" if both else ""))


def conditions(options):
    return (f"{os.cpu_count()} cores, {platform.system()} {platform.release()}, {options.messages} messages, "
            f"medians of {options.rounds} rounds, loopback, plaintext, one client")


def prepare(kinds, servers, options):
    for kind in kinds:
        server = kind({READER: "pw-reader", OTHER: "pw-other"})
        servers.append(server)
        sync_while_filling(server, "never")
        server.start()
        start = time.perf_counter()
        fill(server, options.messages)
        sync_while_filling(server, "optimized")
        print(f"{server.name}: filled in {time.perf_counter() - start:.0f} s", file=sys.stderr, flush=True)
        client = Client(server, None).login(READER)
        for name in (b"Copies", b"Moved"):
            client.do(b"CREATE " + name)
        client.close()
    for server in servers:
        make_ready(server, options)
        server.sorts = can_sort(server)


def run_all(servers, options):
    return {
        "reading (ms)": measure(READING, servers, options, options.rounds, warm=True),
        "longest wait of a neighbour (ms)": measure({f"{n} ": longest_wait(c) for n, c in LONG.items()}, servers, options, 1,
                                                    warm=False),
        "memory (KB)": measure(MEMORY, servers, options, 1, warm=False),
        "changing (ms)": measure(CHANGING, servers, options, options.rounds, warm=False),
        "changing, once (ms)": measure({"EXPUNGE of half of it": expunge}, servers, options, 1, warm=False),
    }


def main():
    options = arguments()
    kinds = [kind for kind, name in ((Pabal, "pabal"), (PostfixDovecot, "dovecot")) if options.alone in (None, name)]
    for kind in list(kinds):
        if kind.missing():
            print(f"skipped: {kind.name}: {kind.missing()}")
            kinds.remove(kind)
    if not kinds:
        return SKIPPED
    servers = []
    try:
        prepare(kinds, servers, options)
        tables = run_all(servers, options)
    finally:
        for server in servers:
            server.stop()
    print(conditions(options))
    for title, rows in tables.items():
        name, unit = title.rstrip(")").split(" (")
        print_table(name, unit, rows, servers, 1 if unit == "KB" else 1000)
    if options.json:
        options.json.write_text(json.dumps({"conditions": conditions(options), "tables": tables}, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
