"""The desktop's notifications (org.freedesktop.Notifications) on a session bus of their own: notify-send finds them, and what it
tells is kept. Of D-Bus there is as much as that takes (https://dbus.freedesktop.org/doc/dbus-specification.html)."""

import os
import shutil
import socket
import struct
import subprocess
import tempfile
import threading

CALL, RETURN, ERROR = 1, 2, 3
PATH, INTERFACE, MEMBER, ERROR_NAME, REPLY_TO, DESTINATION, SENDER, SIGNATURE = range(1, 9)
KINDS = dict(zip(range(1, 9), "osssussg"))
BUS = "org.freedesktop.DBus"


def pad(octets, to):
    octets.extend(bytes(-len(octets) % to))


def put(octets, kind, value):
    if kind == "g":
        octets += bytes([len(value)]) + value.encode() + b"\0"
        return
    pad(octets, 4)
    octets += struct.pack("<I", value if kind == "u" else len(value.encode()))
    if kind in "so":
        octets += value.encode() + b"\0"


class Reading:
    def __init__(self, octets):
        self.octets, self.at = octets, 0

    def take(self, kind):
        if kind == "g":
            return self._text(self._number("B", 1))
        number = self._number("<I", 4)
        return number if kind == "u" else self._text(number)

    def _number(self, form, size):
        self.at += -self.at % size
        self.at += size
        return struct.unpack(form, self.octets[self.at - size:self.at])[0]

    def _text(self, size):
        self.at += size + 1
        return self.octets[self.at - size - 1:self.at - 1].decode()

    def fields(self):
        out = {}
        while self.at < len(self.octets):
            self.at += -self.at % 8
            code = self._number("B", 1)
            out[code] = self.take(self.take("g"))
        return out


class Notifications:
    """`told` has (title, body) of each; programs find them by the variable DBUS_SESSION_BUS_ADDRESS = `address`. Ends with
    close()."""

    needs = ("dbus-daemon", "notify-send")

    def __init__(self):
        self.told, self.serial = [], 0
        self.folder = tempfile.mkdtemp(prefix="bus-", dir="/tmp")  # a Unix socket's path must be short
        path = f"{self.folder}/bus"
        self.daemon = subprocess.Popen(["dbus-daemon", "--session", "--nofork", "--print-address", f"--address=unix:path={path}"],
                                       stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.address = self.daemon.stdout.readline().strip()
        self.bus = socket.socket(socket.AF_UNIX)
        self.bus.connect(path)
        self.bus.sendall(b"\0AUTH EXTERNAL " + str(os.getuid()).encode().hex().encode() + b"\r\n")
        assert self.bus.recv(4096).startswith(b"OK "), "the bus does not know us"
        self.bus.sendall(b"BEGIN\r\n")
        self._ask("Hello")
        self._ask("RequestName", "su", "org.freedesktop.Notifications", 0)
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self):
        self.daemon.terminate()
        self.daemon.wait()
        self.daemon.stdout.close()
        self.bus.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _ask(self, member, signature="", *values):
        self._send(CALL, {PATH: "/org/freedesktop/DBus", INTERFACE: BUS, MEMBER: member, DESTINATION: BUS}, signature, *values)
        while self._receive()[1].get(REPLY_TO) != self.serial:
            pass

    def _serve(self):
        try:
            while True:
                kind, fields, serial, body = self._receive()
                if kind == CALL:
                    self._answer({REPLY_TO: serial, DESTINATION: fields[SENDER]}, fields[MEMBER], body)
        except (OSError, EOFError):
            pass

    def _answer(self, to, member, body):
        if member == "Notify":  # (program, replaced, icon, title, body, ...)
            said = [body.take(kind) for kind in "susss"]
            self.told.append((said[3], said[4]))
            self._send(RETURN, to, "u", 1)
        elif member == "GetServerInformation":
            self._send(RETURN, to, "ssss", "a desktop", "a test", "1", "1.2")
        else:
            self._send(ERROR, to | {ERROR_NAME: f"{BUS}.Error.UnknownMethod"})

    def _send(self, kind, fields, signature="", *values):
        self.serial += 1
        body, heads = bytearray(), bytearray()
        for each, value in zip(signature, values):
            put(body, each, value)
        for code, value in (fields | ({SIGNATURE: signature} if signature else {})).items():
            pad(heads, 8)
            heads += bytes([code])
            put(heads, "g", KINDS[code])
            put(heads, KINDS[code], value)
        message = bytearray(struct.pack("<cBBBIII", b"l", kind, 0, 1, len(body), self.serial, len(heads))) + heads
        pad(message, 8)
        self.bus.sendall(message + body)

    def _receive(self):
        _, kind, _, _, length, serial, heads = struct.unpack("<cBBBIII", self._read(16))
        fields = Reading(self._read(heads)).fields()
        self._read(-heads % 8)
        return kind, fields, serial, Reading(self._read(length))

    def _read(self, size):
        octets = b""
        while len(octets) < size:
            piece = self.bus.recv(size - len(octets))
            if not piece:
                raise EOFError
            octets += piece
        return octets
