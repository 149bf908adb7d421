"""The DNS of the small internet: nsd, authoritative for all of it, from the root down. Servers that ask it
as if it resolved for them (/etc/resolv.conf) and those that walk from the root find the same."""

import ipaddress
import shutil
import time

from network import ipv4, ipv6

SERVER = 53  # ipv4(SERVER)
ZONES = (".", "test.", "arpa.")
CONFIG = """\
server:
  ip-address: {ipv4}
  ip-address: {ipv6}
  username: root
  chroot: ""
  zonesdir: "{folder}"
  database: ""
  pidfile: "{folder}/nsd.pid"
  xfrdfile: "{folder}/xfrd.state"
  xfrdir: "{folder}"
  zonelistfile: "{folder}/zone.list"
  reuseport: yes
  server-count: 1
  verbosity: 1
remote-control:
  control-enable: no
"""
START = """\
$ORIGIN {zone}
$TTL {ttl}
@ SOA ns.test. postmaster.test. 1 3600 600 86400 {ttl}
@ NS ns.test.
"""


class Names:
    """To be filled by `record`, `host` and `domain`, then started."""

    def __init__(self, net, ttl=1):
        self.host_of_it = net.host("ns", SERVER)
        self.folder = self.host_of_it.folder
        self.ttl = ttl
        self.records = []
        self.program = None
        self.server = ipv4(SERVER)
        self.host("ns.test", SERVER)

    @staticmethod
    def missing():
        return "" if shutil.which("nsd", path="/usr/sbin:/usr/bin") else "not installed: nsd"

    def record(self, name, kind, value):
        self.records.append((name.rstrip(".") + ".", kind, value))

    def host(self, name, number, families=("A", "AAAA")):
        """A host with the addresses of `number`, and the reverse of them."""
        for kind, address in (("A", ipv4(number)), ("AAAA", ipv6(number))):
            if kind in families:
                self.record(name, kind, address)
                self.record(ipaddress.ip_address(address).reverse_pointer, "PTR", name + ".")

    def domain(self, name, *hosts):
        """MX records, the best first."""
        for preference, host in enumerate(hosts, 1):
            self.record(name, "MX", f"{10 * preference} {host.rstrip('.')}.")

    def start(self):
        config = CONFIG.format(ipv4=ipv4(SERVER), ipv6=ipv6(SERVER), folder=self.folder)
        for zone in ZONES:
            name = (zone.strip(".") or "root") + ".zone"
            config += f'zone:\n  name: "{zone}"\n  zonefile: "{name}"\n'
            (self.folder / name).write_text(self._zone(zone))
        (self.folder / "nsd.conf").write_text(config)
        self.resume()

    def _zone(self, zone):
        text = START.format(zone=zone, ttl=self.ttl)
        if zone == ".":
            return text + "".join(f"{other} NS ns.test.\n" for other in ZONES[1:]) + "".join(
                f"{name} {kind} {value}\n" for name, kind, value in self.records if name == "ns.test.")
        return text + "".join(f"{name} {kind} {value}\n" for name, kind, value in self.records if name.endswith("." + zone))

    def resume(self):
        self.program = self.host_of_it.run("nsd", "-d", "-c", self.folder / "nsd.conf", log=self.folder / "nsd.log")
        end = time.monotonic() + 20
        while True:
            try:
                return self.host_of_it.connect(self.server, 53, timeout=1).close()
            except OSError:
                if time.monotonic() > end:
                    raise TimeoutError("nsd: " + (self.folder / "nsd.log").read_text()) from None
                time.sleep(0.02)

    def pause(self):
        self.program.kill()
