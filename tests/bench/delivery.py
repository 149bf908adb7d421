#!/usr/bin/env python3
"""How fast messages reach mailboxes, and what an idle connection costs: Pabal beside Postfix + Dovecot
(LMTP, sdbox, default fsync) in one run.

Both get the same messages from the same load generator (delivery_load.cpp): SMTP on loopback, no TLS,
4 KiB messages to 100 accounts in turn, over 1 and over 50 sessions. `accepted` counts until the last 250,
`delivered` until IMAP STATUS shows the last message in its mailbox. Rounds of the two alternate, each begun when both
are at rest; the table has the medians. What runs once the mail is there (Pabal's search index) is thus in
neither's figures. Idle connections are logged in and held open; their memory is the PSS (shared pages divided
by their sharers) of all processes that serve IMAP, less what it was before."""

import argparse
import imaplib
import json
import os
import platform
import resource
import socket
import ssl
import statistics
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "interop"))
from pabal import BIN, Pabal, tls_context
from postfix_dovecot import PostfixDovecot

SKIPPED = 77
LOAD = BIN / "delivery_load"


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--sessions", type=int, nargs="+", default=[1, 50])
    parser.add_argument("--messages", type=int, default=5000, help="a round with 50 sessions; a third with 1")
    parser.add_argument("--octets", type=int, default=4096)
    parser.add_argument("--accounts", type=int, default=100)
    parser.add_argument("--idle", type=int, default=2000, help="idle connections held; 0: not measured")
    parser.add_argument("--smoke", action="store_true", help="a few messages, to see that it works")
    parser.add_argument("--alone", choices=["pabal", "postfix"], help="measure only this one")
    parser.add_argument("--json", type=Path, help="write all figures to this file")
    options = parser.parse_args()
    if options.smoke:
        options.rounds, options.messages, options.accounts, options.idle = 1, 400, 20, 200
    return options


def deliver(server, sessions, options):
    """Messages accepted and delivered a second, in one round."""
    messages = options.messages if sessions > 1 else max(options.messages // 3, options.accounts)
    accounts = "".join(f"{address} {password}\n" for address, password in server.users.items())
    command = [LOAD, str(server.ports.smtp), str(server.ports.imap), str(sessions), str(messages), str(options.octets)]
    os.sync()  # no round pays for what another left to be written
    run = subprocess.run(command, input=accounts, capture_output=True, text=True, timeout=600)
    if run.returncode != 0:
        raise RuntimeError(f"{server.name}: {run.stderr}")
    return {what: messages / seconds for what, seconds in json.loads(run.stdout).items()}


# -- processes

def descendants(pid):
    children = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except (OSError, ValueError):
                continue
            children.setdefault(parent, []).append(int(entry.name))
    found, waiting = [], [pid]
    while waiting:
        found.append(waiting.pop())
        waiting += children.get(found[-1], [])
    return found


def processor_seconds(pid):
    ticks = 0
    for process in descendants(pid):
        try:
            fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def rest(servers):
    """Waits, a minute at most, until nothing that follows deliveries has run for some seconds."""
    used, since, end = 0.0, time.monotonic(), time.monotonic() + 60
    while time.monotonic() < min(since + 4, end):
        time.sleep(0.5)
        now = sum(processor_seconds(server.imap_processes()) for server in servers)
        if now - used > 0.03:
            used, since = now, time.monotonic()


def proportional_memory(pid):
    total = 0
    for process in descendants(pid):
        try:
            rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
        except OSError:
            continue
        total += next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
    return total  # KiB


def login(server, tls, number):
    address, password = list(server.users.items())[number % len(server.users)]
    port = server.ports.imaps if tls else server.ports.imap
    connection = socket.create_connection(("127.0.0.1", port), timeout=60)
    if tls:
        connection = tls.wrap_socket(connection, server_hostname=server.host)
    connection.sendall(f"a LOGIN {address} {password}\r\n".encode())
    answer = b""
    while b"\r\na " not in answer and not answer.startswith(b"a "):
        answer += connection.recv(4096) or b"\r\na BYE"
    if b"a OK" not in answer:
        raise RuntimeError(f"{server.name}: {answer!r}")
    return connection


def idle_memory(server, count, encrypted):
    """KiB a connection."""
    tls = tls_context(server) if encrypted else None
    warm = [login(server, tls, number) for number in range(len(server.users))]  # caches are no connection's cost
    for connection in warm:
        connection.close()
    before = proportional_memory(server.imap_processes())
    held = [login(server, tls, number) for number in range(count)]
    memory = proportional_memory(server.imap_processes()) - before
    for connection in held:
        connection.close()
    return memory / count


# -- the report

def conditions(options):
    return (f"{os.cpu_count()} cores, {platform.system()} {platform.release()}, {options.accounts} accounts, "
            f"{options.octets} octets a message, medians of {options.rounds} rounds, loopback, plaintext")


def print_table(rows, servers):
    names = [server.name for server in servers]
    print(f"{'':46}" + "".join(f"{name:>20}" for name in names) + (f"{'ratio':>9}" if len(names) == 2 else ""))
    for title, unit, values in rows:
        line = f"{title:46}" + "".join(f"{value:>14,.1f} {unit:<5}" for value in values)
        if len(values) == 2:
            line += f"{values[0] / max(values[1], 1e-9):>9.2f}"
        print(line)


def measure(servers, options):
    rows = []
    for sessions in options.sessions:
        rounds = {server: [] for server in servers}
        for _ in range(options.rounds):
            for server in servers:
                if not options.smoke:
                    rest(servers)
                rounds[server].append(deliver(server, sessions, options))
        for what in ("accepted", "delivered"):
            medians = [statistics.median(r[what] for r in rounds[server]) for server in servers]
            rows.append((f"{what}, {sessions} session{'s' if sessions > 1 else ''}", "/s", medians))
    for encrypted in (False, True) if options.idle else ():
        title = f"memory of an idle connection, {options.idle} held" + (", TLS" if encrypted else "")
        rows.append((title, "KiB", [idle_memory(server, options.idle, encrypted) for server in servers]))
    return rows


def main():
    options = arguments()
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    users = {f"user{number}@example.test": f"pw-{number}" for number in range(options.accounts)}
    kinds = [kind for kind, name in ((Pabal, "pabal"), (PostfixDovecot, "postfix"))
             if options.alone in (None, name)]
    for kind in list(kinds):
        if kind.missing():
            print(f"skipped: {kind.name}: {kind.missing()}")
            kinds.remove(kind)
    if not kinds or not LOAD.exists():
        return SKIPPED
    servers = []
    try:
        for kind in kinds:
            servers.append(kind(users))
            servers[-1].start()
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
