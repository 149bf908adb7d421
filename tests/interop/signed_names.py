"""A small DNS from the root down on addresses of loopback: root, top level and leaves each with an nsd of its
own, signed by ldns. Needs port 53 for itself: see `alone`."""

import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT, TOP, LEAVES = "127.0.1.1", "127.0.1.2", "127.0.1.3"
PROGRAMS = ("nsd", "ldns-keygen", "ldns-signzone", "unshare", "ip")
os.environ["PATH"] += ":/usr/sbin:/sbin"

CONFIG = """\
server:
  ip-address: {address}
  username: ""
  chroot: ""
  zonesdir: "{folder}"
  database: ""
  pidfile: "{folder}/nsd.pid"
  xfrdfile: "{folder}/xfrd.state"
  xfrdir: "{folder}"
  zonelistfile: "{folder}/zone.list"
  server-count: 1
  verbosity: 1
remote-control:
  control-enable: no
"""
START = "$ORIGIN {zone}\n$TTL 60\n@ SOA ns.{name} root.{name} 1 3600 600 86400 60\n@ NS ns.{name}\n"


def missing():
    absent = [program for program in PROGRAMS if not shutil.which(program)]
    if absent:
        return f"not installed: {', '.join(absent)}"
    allowed = subprocess.run(["unshare", "--net", "ip", "link", "set", "lo", "up"], capture_output=True, text=True)
    return f"network namespaces are not allowed: {allowed.stderr.strip()}" if allowed.returncode else ""


def alone():
    """Starts the script again where every port is free and nobody else hears it, unless it is there already."""
    if os.environ.get("PABAL_ALONE") or missing():
        return
    script = 'ip link set lo up && exec "$@"'
    os.environ["PABAL_ALONE"] = "1"
    os.execvp("unshare", ["unshare", "--net", "sh", "-c", script, "sh", sys.executable, *sys.argv])


class Zone:
    """`records` in the form of a zone file; `delegate` adds other zones, with their keys when they are signed."""

    def __init__(self, folder, name, address, records=""):
        self.folder, self.name, self.address = folder, name, address
        self.text = START.format(zone=name, name="" if name == "." else name) + f"ns A {address}\n" + records
        self.file = folder / ((name.strip(".") or "root") + ".zone")
        self.key = None

    def make_key(self):
        made = subprocess.run(["ldns-keygen", "-r", "/dev/urandom", "-a", "ECDSAP256SHA256", "-k", self.name],
                              cwd=self.folder, check=True, capture_output=True, text=True)
        self.key = made.stdout.strip()
        return self

    def keys(self):
        """The file with its DS record."""
        return self.folder / f"{self.key}.ds"

    def delegate(self, zone):
        self.text += f"{zone.name} NS ns.{zone.name}\nns.{zone.name} A {zone.address}\n"
        if zone.key:
            self.text += zone.keys().read_text()
        return self

    def write(self, expires=None):
        self.file.write_text(self.text)
        if self.key:
            end = ["-e", expires, "-i", "20200101"] if expires else []
            subprocess.run(["ldns-signzone", *end, "-f", self.file, self.file.name, self.key], cwd=self.folder,
                           check=True, capture_output=True, text=True)
        return self

    def forge(self, text, other):
        """Somebody on the way changes what was signed."""
        signed = self.file.read_text()
        if text not in signed:
            raise ValueError(f"{text!r} is not in {self.file}")
        self.file.write_text(signed.replace(text, other))


class NameServer:
    def __init__(self, folder, address, zones):
        self.folder, self.address = folder / address, address
        self.folder.mkdir()
        config = CONFIG.format(address=address, folder=self.folder)
        config += "".join(f'zone:\n  name: "{zone.name}"\n  zonefile: "{zone.file}"\n' for zone in zones)
        (self.folder / "nsd.conf").write_text(config)

    def start(self):
        with open(self.folder / "nsd.log", "wb") as log:
            self.process = subprocess.Popen(["nsd", "-d", "-c", self.folder / "nsd.conf"], stdout=log, stderr=log)
        end = time.monotonic() + 20
        while True:
            try:
                return socket.create_connection((self.address, 53), timeout=1).close()
            except OSError:
                if time.monotonic() > end or self.process.poll() is not None:
                    raise RuntimeError((self.folder / "nsd.log").read_text()) from None
                time.sleep(0.02)

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=20)


class SignedNames:
    """The zones below test.: good (signed), plain (unsigned), forged, expired, stripped (of its signatures), null."""

    def __init__(self, folder, sinks):
        self.folder = Path(folder)
        leaf = lambda name, sink, more="": Zone(self.folder, name, LEAVES, f"@ MX 10 mx\nmx A {sink}\n" + more)  # noqa: E731
        good = leaf("good.test.", sinks["good"]).make_key().write()
        plain = leaf("plain.test.", sinks["plain"]).write()
        forged = leaf("forged.test.", sinks["honest"], f"evil A {sinks['evil']}\n").make_key().write()
        forged.forge("10 mx.forged.test.", "10 evil.forged.test.")
        expired = leaf("expired.test.", sinks["evil"]).make_key().write(expires="20200201")
        stripped = leaf("stripped.test.", sinks["evil"]).make_key()
        stripped.file.write_text(stripped.text)
        null = Zone(self.folder, "null.test.", LEAVES, "@ MX 0 .\n").make_key().write()
        leaves = [good, plain, forged, expired, stripped, null]
        top = Zone(self.folder, "test.", TOP).make_key()
        for zone in leaves:
            top.delegate(zone)
        root = Zone(self.folder, ".", ROOT).make_key().delegate(top.write()).write()
        self.trust_anchor = root.keys()
        self.hints = self.folder / "hints"
        self.hints.write_text(f". 3600 NS ns.\nns. 3600 A {ROOT}\n")
        self.servers = [NameServer(self.folder, address, zones)
                        for address, zones in ((ROOT, [root]), (TOP, [top]), (LEAVES, leaves))]

    def start(self):
        for server in self.servers:
            server.start()

    def stop(self):
        for server in self.servers:
            server.stop()
