#!/usr/bin/env python3
"""How soon an idling client learns of what another session or process does. That it does is tested; how
soon is printed, since a busy machine proves nothing."""

import socket
import statistics
import sys
import time

from case import ALICE, USERS, Case, letter, main

ROUNDS = 20


class Latency(Case):
    def connect(self):
        connection = socket.create_connection((self.server.host, self.server.ports.imap), timeout=30)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.addCleanup(connection.close)
        connection.recv(4096)
        self.ask(connection, f"LOGIN {ALICE} {USERS[ALICE]}")
        self.ask(connection, "SELECT INBOX")
        return connection

    def ask(self, connection, command):
        connection.sendall(f"x {command}\r\n".encode())
        self.assertIn(b"x OK", self.read_until(connection, b"\nx "))

    def read_until(self, connection, wanted):
        seen = b"\n"
        while wanted not in seen:
            octets = connection.recv(65536)
            self.assertTrue(octets, f"closed after {seen!r}")
            seen += octets
        while not seen.endswith(b"\r\n"):
            seen += connection.recv(65536)
        return seen

    def measure(self, title, act, wanted):
        """`act` is done while alice idles; the time until her client hears `wanted`."""
        idle, times = self.connect(), []
        idle.sendall(b"i IDLE\r\n")
        self.read_until(idle, b"+ ")
        for number in range(ROUNDS):
            start = time.perf_counter()
            act(number)
            self.read_until(idle, wanted)
            times.append(1000 * (time.perf_counter() - start))
        print(f"{title:40} {statistics.median(times):7.1f} ms median, {max(times):7.1f} ms at most", file=sys.stderr)

    def test_another_session(self):
        other = self.connect()
        message = b"Subject: x\r\n\r\nx\r\n"
        self.measure("new mail by APPEND",
                     lambda n: self.ask(other, f"APPEND INBOX {{{len(message)}+}}\r\n{message.decode()}"), b" EXISTS")
        self.measure("a flag, by another session",
                     lambda n: self.ask(other, f"STORE 1 {'+-'[n % 2]}FLAGS (\\Flagged)"), b" FETCH ")
        self.ask(other, "STORE 1:* +FLAGS.SILENT (\\Deleted)")
        self.measure("an expunge, by another session", lambda n: self.ask(other, f"UID EXPUNGE {n + 1}"), b" EXPUNGE")

    def test_another_process(self):
        self.measure("new mail by SMTP", lambda n: self.submit(letter(f"number {n}"), recipients=(ALICE,)), b" EXISTS")


if __name__ == "__main__":
    sys.exit(main())
