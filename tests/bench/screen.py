"""A program in a pseudo-terminal of its own and the link it talks over: keys in, what it paints and when out; octets counted."""

import contextlib
import fcntl
import os
import pty
import queue
import re
import select
import signal
import socket
import struct
import termios
import threading
import time
from pathlib import Path

CONTROL = re.compile(rb"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07]*\x07|\x1b[()][A-Z0-9]|\x1b[=>78MH]|[\x00-\x1f]")
ROWS, COLUMNS = 40, 120


class Screen:
    """What is painted is kept as it comes; a wait looks at what came since the last `mark`."""

    def __init__(self, command, environment):
        self.started = time.perf_counter()
        self.pid, self.file = pty.fork()
        if self.pid == 0:
            os.execvpe(str(command[0]), [str(part) for part in command], os.environ | environment)
        fcntl.ioctl(self.file, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self.painted = b""
        self.ended = False

    def mark(self):
        self.painted = b""

    def keys(self, text):
        self.mark()
        if not self.ended:
            os.write(self.file, text.encode())
        return time.perf_counter()

    def read(self, seconds):
        """What is painted within that time, at the first moment something is; False: nothing."""
        if not select.select([self.file], [], [], max(seconds, 0))[0]:
            return False
        try:
            octets = os.read(self.file, 1 << 16)
        except OSError:
            octets = b""
        self.ended = self.ended or not octets
        self.painted += octets
        return bool(octets)

    def text(self):
        return CONTROL.sub(b"", self.painted).decode(errors="replace")

    def wait_for(self, *texts, seconds=60):
        """The moment at which one of them is painted; None: not in time."""
        end = time.perf_counter() + seconds
        while not any(text in self.text() for text in texts):
            if self.ended or not self.read(end - time.perf_counter()) and time.perf_counter() >= end:
                return None
        return time.perf_counter()

    def settle(self, quiet=0.5, seconds=30):
        """Until nothing is painted for a while."""
        end = time.perf_counter() + seconds
        while time.perf_counter() < end and self.read(quiet):
            self.painted = self.painted[-100_000:]

    def resident(self):
        """MB; None when it has ended."""
        found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{self.pid}/status").read_text())
        return int(found[1]) / 1000 if found else None

    def close(self, *keys):
        """Asked to end by these keys, then made to."""
        for text in keys:
            if not self.ended:
                os.write(self.file, text.encode())
                self.settle(0.3, 3)
        end = time.perf_counter() + 3
        while not self.ended and time.perf_counter() < end:
            self.read(0.1)
        if not self.ended:
            os.kill(self.pid, signal.SIGKILL)
        os.close(self.file)
        os.waitpid(self.pid, 0)


class Link:
    """A port that leads to the server's: octets of TCP in both directions are counted, TLS and all, headers of IP not."""

    RATE, DELAY = 20e6 / 8, 0.02  # of slowly(): octets a second, seconds one way

    def __init__(self, port):
        self.to, self.octets, self.last, self.silent, self.is_slow = port, 0, 0.0, False, False
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self.listener.getsockname()[1]
        self.open = set()
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            near, _ = self.listener.accept()
            self.open.add(near)
            if self.silent:
                continue
            far = socket.create_connection(("127.0.0.1", self.to))
            self.open.add(far)
            for one in (near, far):
                one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for source, sink, ways in ((near, far, 3), (far, near, 1)):
                threading.Thread(target=self._pump, args=(source, sink, ways), daemon=True).start()

    def _pump(self, source, sink, ways):
        """Slowly: each piece leaves once those before it have, and is on its way for a while; the client's first
        one after the two journeys that open a connection."""
        due = queue.SimpleQueue()
        threading.Thread(target=self._deliver, args=(due, sink), daemon=True).start()
        free = 0.0
        try:
            while octets := source.recv(1 << 16):
                self.octets += len(octets)
                self.last = now = time.perf_counter()
                free = max(free, now) + len(octets) / self.RATE
                due.put((octets, free + ways * self.DELAY if self.is_slow else now))
                ways = 1
        except OSError:
            pass
        due.put((b"", 0))

    def _deliver(self, due, sink):
        try:
            while True:
                octets, at = due.get()
                if not octets:
                    return sink.shutdown(socket.SHUT_WR)
                time.sleep(max(0, at - time.perf_counter()))
                sink.sendall(octets)
        except OSError:
            pass

    @contextlib.contextmanager
    def slowly(self):
        self.is_slow = True
        try:
            yield
        finally:
            self.is_slow = False

    def quiet(self, seconds=0.5, longest=60):
        """Until nothing crosses for a while."""
        end = time.perf_counter() + longest
        while time.perf_counter() - self.last < seconds and time.perf_counter() < end:
            time.sleep(0.02)
        return self.octets

    def cut(self):
        for one in self.open:
            one.close()
        self.open.clear()
