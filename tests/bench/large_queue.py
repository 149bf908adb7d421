#!/usr/bin/env python3
"""A large queue, half of it for next hops that are dead: how soon smtpd is there, how much memory it takes, and
whether those that live wait for those that don't.

The queue is written while smtpd is down: messages of 4 KiB, all due, to as many destinations (address literals on
loopback) as asked for. One half of the destinations is a sink that takes everything (smtp_sink.cpp) and whose replies
come as late as from another place: with --distance 0 what is measured is how both halves share two cores. Of the other
half every second one refuses connections and every second one is silent: connections to it never open. Each round
measures the live half alone and the whole queue, either first in turn; what is told is the median of the rounds, and
of their ratios. In the end every message to a live destination has arrived once, and every other one is still queued,
tried once, with a reason and another attempt to come.
"""

import argparse
import json
import os
import platform
import socket
import sqlite3
import statistics
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "interop"))
from pabal import BIN, Pabal

SKIPPED = 77
START_LIMIT, MEMORY_LIMIT, SLOWER_LIMIT = 2.0, 150e6, 1.1  # seconds, octets, times
BODY = ("x" * 70 + "\r\n") * 54


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--messages", type=int, default=100_000)
    parser.add_argument("--destinations", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--distance", type=int, default=50, help="the round trip to the sink, milliseconds")
    parser.add_argument("--smoke", action="store_true", help="a few messages, to see that it works; no limits on time")
    parser.add_argument("--json", type=Path, help="write all figures to this file")
    options = parser.parse_args()
    if options.smoke:
        options.messages, options.destinations, options.rounds = 2000, 100, 1
    return options


class Sink:
    def __init__(self, port, distance, addresses):
        self.process = subprocess.Popen([BIN / "smtp_sink", str(port), str(distance), *addresses], text=True, stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE)
        if self.process.stdout.readline() != "ready\n":
            raise RuntimeError("the sink did not start")

    def tally(self):
        print(file=self.process.stdin, flush=True)
        return json.loads(self.process.stdout.readline())

    def close(self):
        self.process.stdin.close()
        self.process.wait(timeout=10)


class Silence:
    """Listens, and lets no connection open: its backlog is full from the start."""

    def __init__(self, port, addresses):
        self.sockets = []
        for address in addresses:
            listener = socket.create_server((address, port), backlog=0)
            self.sockets.append(listener)
            for _ in range(2):
                filler = socket.socket()
                filler.setblocking(False)
                filler.connect_ex((address, port))
                self.sockets.append(filler)

    def close(self):
        for one in self.sockets:
            one.close()


def destinations(options):
    """Addresses of the live, the refusing and the silent half."""
    half = options.destinations // 2
    live = [f"127.1.{i // 250}.{i % 250 + 1}" for i in range(half)]
    dead = [f"127.2.{i // 250}.{i % 250 + 1}" for i in range(options.destinations - half)]
    return live, dead[::2], dead[1::2]


def fill(queue, hosts, options):
    """As many messages to each host, in the order of a list that was mixed."""
    count = options.messages * len(hosts) // options.destinations
    now = int(time.time())
    database = sqlite3.connect(queue)
    with database:
        for number in range(count):
            host = hosts[number % len(hosts)]
            content = (f"From: <list@example.test>\r\nTo: <reader@[{host}]>\r\nSubject: Message {number}\r\n"
                       f"Message-ID: <{number}@example.test>\r\nX-Number: {number}\r\n\r\n{BODY}").encode()
            identity = database.execute(
                "INSERT INTO message (sender_local, sender_domain, login, received_at, smtputf8, body, ret, envid, size,"
                " content) VALUES (?, 'example.test', '', ?, 0, '7BIT', '', '', ?, ?)",
                (f"list{number % 7}", now, len(content), content)).lastrowid
            database.execute(
                "INSERT INTO recipient (message, number, local, domain, original, account, state, attempts, next_attempt,"
                " last_reply, notify, orcpt) VALUES (?, 0, 'reader', ?, ?, 0, 0, 0, ?, '', '', '')",
                (identity, f"[{host}]", f"reader@[{host}]", now))
    database.close()
    return count


def peak_memory(pid):
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) * 1024


def wait_for(condition, what, seconds):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise RuntimeError(f"waited {seconds} s for {what}")
        time.sleep(0.1)


def start(server):
    """Starts smtpd; the seconds until it greets."""
    began = time.monotonic()
    server.start_program("smtpd")
    while True:
        try:
            with socket.create_connection(("127.0.0.1", server.ports.smtp), 1) as connection:
                if connection.recv(100).startswith(b"220"):
                    return time.monotonic() - began
        except OSError:
            time.sleep(0.01)
        if time.monotonic() > began + 60:
            raise RuntimeError("smtpd did not start:\n" + server.log("smtpd"))


def left_over(queue):
    """Recipients still queued, and how many of them were tried once, with a reason and a later attempt."""
    database = sqlite3.connect(queue)
    count, well = database.execute(
        "SELECT count(*), coalesce(sum(state = 0 AND attempts = 1 AND last_reply <> '' AND next_attempt > ?), 0)"
        " FROM recipient", (time.time(),)).fetchone()
    moments = database.execute("SELECT count(DISTINCT next_attempt) FROM recipient").fetchone()[0]
    database.close()
    return count, well, moments


def measure(options, port, live, dead):
    """The figures of one round: a queue for these destinations is written, and smtpd started on it."""
    server = Pabal({"alice@example.test": "secret"})
    sink = Sink(port, options.distance, live)
    try:
        server.create()
        text = server.settings.read_text()
        if options.smoke:
            text = text.replace('connect_timeout = "30s"', 'connect_timeout = "3s"')
        policy = f'\n[[relay.policy]]\ndomain = "*"\nport = {port}\ntls = "none"\n'
        server.settings.write_text(text + policy)
        start(server)
        server.stop_program("smtpd")
        hosts = [host for pair in zip(live, dead) for host in pair] if dead else live
        messages = fill(server.data / "queue.db", hosts, options)
        os.sync()
        return run(server, sink, messages, messages * len(live) // len(hosts))
    finally:
        sink.close()
        server.stop()


def run(server, sink, messages, wanted):
    queue = server.data / "queue.db"
    began = time.monotonic()
    figures = {"messages": messages, "wanted": wanted, "start": start(server)}
    wait_for(lambda: sink.tally()["messages"] >= wanted, f"{wanted} deliveries", 600)
    figures["delivered"] = sink.tally()["last"] - began
    wait_for(lambda: left_over(queue)[:2] == (messages - wanted,) * 2, "the dead to be found so", 300)
    figures["all"] = time.monotonic() - began
    figures["moments"] = left_over(queue)[2]
    figures["memory"] = peak_memory(server.daemons["smtpd"].pid)
    server.stop_program("smtpd")
    tally = sink.tally()
    return figures | {key: tally[key] for key in ("messages", "connections", "twice")} | {
        "messages": messages, "arrived": tally["messages"]}


def show(name, rounds):
    middle = {key: statistics.median(one[key] for one in rounds) for key in rounds[0]}
    rate = middle["wanted"] / middle["delivered"]
    print(f"{name:<24} {middle['messages']:>9.0f} {middle['start']:>8.2f} s {middle['delivered']:>8.1f} s {rate:>8.0f}/s "
          f"{middle['memory'] / 1e6:>7.0f} MB {middle['connections']:>8.0f} {middle.get('all', 0):>8.1f} s")
    return middle


def main():
    options = arguments()
    if reason := Pabal.missing():
        print(f"skipped: {reason}")
        return SKIPPED
    with socket.create_server(("127.0.0.1", 0)) as chosen:
        port = chosen.getsockname()[1]
    live, refusing, silent = destinations(options)
    dead = [host for pair in zip(refusing, silent) for host in pair]
    silence = Silence(port, silent)
    alone, whole = [], []
    for number in range(options.rounds):
        kinds = [(alone, []), (whole, dead)]
        for rounds, also in kinds if number % 2 == 0 else reversed(kinds):
            rounds.append(measure(options, port, live, also))
    silence.close()
    print(f"{platform.machine()}, {os.cpu_count()} cores; {len(live)} live destinations, {options.distance} ms away, {len(dead)} dead")
    print(f"{'queue':<24} {'messages':>9} {'start':>10} {'delivered':>10} {'rate':>10} {'memory':>10} {'conns':>8} {'all':>10}")
    show("live half alone", alone)
    after = show("with the dead half", whole)
    ratios = [two["delivered"] / one["delivered"] for one, two in zip(alone, whole)]
    slower = statistics.median(ratios)
    print(f"the live half takes {slower:.2f} times as long beside the dead one; round by round "
          + " ".join(f"{ratio:.2f}" for ratio in ratios))
    if options.json:
        options.json.write_text(json.dumps({"alone": alone, "whole": whole}, indent=1))
    failures = [f"{one['arrived']} of {one['wanted']} arrived, {one['twice']} twice"
                for one in alone + whole if one["arrived"] != one["wanted"] or one["twice"]]
    if after["memory"] > MEMORY_LIMIT:
        failures.append(f"more than {MEMORY_LIMIT / 1e6:.0f} MB of memory")
    if not options.smoke and after["start"] > START_LIMIT:
        failures.append(f"more than {START_LIMIT} s to start")
    if not options.smoke and slower > SLOWER_LIMIT:
        failures.append(f"slower than {SLOWER_LIMIT} times")
    for failure in failures:
        print(f"FAILED: {failure}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
