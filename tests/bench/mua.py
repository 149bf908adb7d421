#!/usr/bin/env python3
"""How soon a person sees what: mua beside neomutt, aerc and alpine on the same large INBOX of our own server, in one run.

Each client runs in a pseudo-terminal of its own (120 columns, 40 rows) and keeps what it keeps: mua its local store,
neomutt and aerc their header caches, alpine nothing. Times are from the start of the program, or from a key, to the
first octet painted of what is waited for. Octets are those of TCP both ways, TLS included and IP's headers not, from
the start of the connection. The slow link, 20 Mbit/s and 40 ms there and back, is `tc netem` in a network namespace with
packets of 1500 octets; where the kernel has no netem it is imitated by what counts the octets, without TCP's slow start,
which flatters those who fetch much. Limits are those that mua is made for; nothing fails here when one is missed.

A figure ">60 s" is one that didn't come within that time. The machine wants to be quiet: neomutt's header cache (Tokyo
Cabinet) yields the processor several times for each header, so that beside other work its first list takes minutes. What
is most easily disturbed is measured once the processors are idle, and the load average stands among the conditions."""

import argparse
import json
import os
import platform
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "interop"))
from imap import Client, literal
from pabal import BIN, Pabal
from screen import Link, Screen

SKIPPED = 77
READER, PASSWORD = "reader@example.test", "pw-reader"
NEEDLE = "quagmire"
SOUGHT = "ZXQVWKJY"  # begins the subject of what has it; nowhere the letter that subjects have there: all is painted
ENTER = "\r"


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--messages", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5, help="starts of each program from its cache")
    parser.add_argument("--keys", type=int, default=400, help="pressed during a synchronisation")
    parser.add_argument("--smoke", action="store_true", help="a few messages, to see that it works")
    parser.add_argument("--alone", choices=["mua", "neomutt", "aerc", "alpine"], help="measure only this one")
    parser.add_argument("--json", type=Path, help="write all figures to this file")
    parser.add_argument("--in-namespace", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.smoke:
        options.messages, options.rounds, options.keys = 1000, 1, 20
    options.load = os.getloadavg()[0]
    return options


# -- the mailbox

def subject(number):
    return f"s{number:06}e"


def body(number, messages):
    """The newest two carry an attachment; one in the middle has the sought word."""
    if number >= messages - 2:
        return f"One line, {body_word(number)}."
    return NEEDLE if number == messages // 2 else "The lines of an ordinary letter, which nobody will look for.\r\n" * 12


def body_word(number):
    """No letter of two that follow one another is in the same place: a terminal is told only what changed."""
    return "".join(random.Random(number).choices("bcdfghjkl" if number % 2 else "mnpqrstvw", k=10))


def message(number, messages):
    head = (f"From: Sender {number % 50} <sender{number % 50}@example.net>\r\nTo: Reader <{READER}>\r\n"
            f"Subject: {SOUGHT if number == messages // 2 else subject(number)} about the harbour\r\nDate: Mon, 01 Jan 2024 12:00:00 +0000\r\n"
            f"Message-ID: <{number}.bench@example.net>\r\nMIME-Version: 1.0\r\n")
    plain = "Content-Type: text/plain; charset=utf-8\r\n\r\n" + body(number, messages) + "\r\n"
    if number < messages - 2:
        return (head + plain).encode()
    attachment = "\r\n".join("A" * 76 for _ in range(205_000 * 4 // 3 // 76))
    return (head + 'Content-Type: multipart/mixed; boundary="cut"\r\n\r\n--cut\r\n' + plain +
            '--cut\r\nContent-Type: application/pdf; name="a.pdf"\r\nContent-Transfer-Encoding: base64\r\n'
            'Content-Disposition: attachment; filename="a.pdf"\r\n\r\n' + attachment + "\r\n--cut--\r\n").encode()


def fill(server, messages):
    client = Client(server, None).login(READER)
    for first in range(0, messages, 500):
        numbers = range(first, min(first + 500, messages))
        client.do(b"APPEND INBOX " + b" ".join(b"(\\Seen) " + literal(message(n, messages)) for n in numbers))
    client.close()


def wait_for_index(server, seconds=120):
    """The server indexes texts once an account is quiet; measured is the state a mailbox is in most of the time."""
    client, end = Client(server, None).login(READER), time.monotonic() + seconds
    while time.monotonic() < end:
        start = time.perf_counter()
        client.do(b"SEARCH BODY " + NEEDLE.encode())
        if time.perf_counter() - start < 0.02:
            break
        time.sleep(0.5)
    client.close()


# -- the clients, each with what it needs to be started and where its keys are

class Peer:
    """One client; `home` keeps its settings and caches."""

    environment = {}
    caches = True
    quit = ("q",)
    search = ("/", NEEDLE)  # what is typed, the last of it is what the time begins with

    def __init__(self, folder, server, link):
        self.home = folder / self.name
        self.home.mkdir()
        self.server, self.link = server, link
        self.configure()

    @classmethod
    def missing(cls):
        return not shutil.which(cls.name)

    def configure(self):
        pass

    def forget(self):
        shutil.rmtree(self.home)
        self.home.mkdir()
        self.configure()

    def write(self, name, text):
        path = self.home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        path.chmod(0o600)
        return path

    def start(self):
        home = {"HOME": str(self.home), "XDG_CONFIG_HOME": str(self.home), "XDG_CACHE_HOME": f"{self.home}/cache",
                "XDG_DATA_HOME": f"{self.home}/data", "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "ESCDELAY": "25"}
        screen = Screen(self.command(), home | self.environment)
        self.log_in(screen)
        return screen

    def log_in(self, screen):
        pass

    def open(self, screen):
        return screen.keys(ENTER)

    def next(self, screen):
        return screen.keys("j")

    def look_for(self, screen):
        for text in self.search[:-1]:
            screen.keys(text)
            screen.settle(0.3, 3)
        return screen.keys(self.search[-1])


class Mua(Peer):
    name = "mua"

    @classmethod
    def missing(cls):
        return False

    def configure(self):
        settings = self.home / "mua.toml"
        self.server.mua("--config", self.server.settings, "--settings", settings, "--account", READER, "setup",
                        "--password-stdin", text=(PASSWORD + "\n").encode(), home=self.home)
        settings.write_text(settings.read_text().replace(str(self.server.ports.imaps), str(self.link.port)))

    def command(self):
        return [BIN / "mua", "--config", self.server.settings, "--settings", self.home / "mua.toml", "--account", READER]


class Neomutt(Peer):
    name = "neomutt"
    quit = ("x",)
    search = ("/=b ", NEEDLE + ENTER)

    def configure(self):
        where = f"imaps://localhost:{self.link.port}/"
        self.rc = self.write("neomuttrc", f"""
set ssl_force_tls = yes
set ssl_ca_certificates_file = {self.server.ca}
set imap_authenticators = "plain"
set imap_user = "{READER}"
set imap_pass = "{PASSWORD}"
set folder = {where}
set spoolfile = {where}INBOX
set header_cache = {self.home}/headers
set message_cachedir = {self.home}/bodies
set sort = reverse-mailbox-order
set connect_timeout = 5
""")
        for name in ("headers", "bodies"):
            (self.home / name).mkdir(exist_ok=True)

    def command(self):
        return ["neomutt", "-n", "-F", self.rc]

    def next(self, screen):
        return screen.keys("j")


class Aerc(Peer):
    name = "aerc"
    quit = (":quit -f\r",)
    search = (":search -b ", NEEDLE + ENTER)

    def configure(self):
        self.environment = {"SSL_CERT_FILE": str(self.server.ca)}
        self.write("aerc/aerc.conf", "[general]\nunsafe-accounts-conf=true\n[viewer]\npager=cat\n[filters]\ntext/plain=cat\n")
        self.write("aerc/accounts.conf", f"[bench]\nsource = imaps://{quote(READER)}:{PASSWORD}@localhost:{self.link.port}\n"
                   f"from = Reader <{READER}>\ncache-headers = true\ndefault = INBOX\n")

    def command(self):
        return ["aerc"]

    def next(self, screen):
        return screen.keys("J")


class Alpine(Peer):
    name = "alpine"
    caches = False
    quit = ("q",)
    search = (";", "t", "b", NEEDLE + ENTER)

    def configure(self):
        where = f"{{localhost:{self.link.port}/ssl/novalidate-cert/user={READER}}}"
        self.rc = self.write("pinerc", f"""
personal-name=Reader
user-domain=example.test
inbox-path={where}INBOX
folder-collections=Far {where}[]
default-fcc=
sort-key=Arrival/Reverse
incoming-startup-rule=first
feature-list=quit-without-confirm,enable-aggregate-command-set
initial-keystroke-list=
last-version-used=9.99
new-version-threshold=9.99
""")

    def command(self):
        return ["alpine", "-p", self.rc, "-i"]

    def log_in(self, screen):
        """What a person takes to answer is not counted."""
        asked = screen.wait_for("PASSWORD", seconds=10)
        if not asked:
            return
        screen.keys(PASSWORD)
        screen.started += screen.keys(ENTER) - asked
        if asked := screen.wait_for("reserve password", seconds=10):
            screen.started += screen.keys("n") - asked

    def next(self, screen):
        return screen.keys("n")


PEERS = (Mua, Neomutt, Aerc, Alpine)


# -- works: each measures one client, None where it can't, ">60 s" where it took longer

FIRST_LIST = 60 * 15  # seconds, once, for those that fetch every header before they show one


def ms(begin, end, seconds):
    return late(seconds) if end is None else (end - begin) * 1000


def late(seconds):
    return f">{seconds} s"


def is_late(figure):
    return isinstance(figure, str)


def busy():
    """Ticks that all processors worked, and those that there were."""
    times = [int(word) for word in Path("/proc/stat").read_text().split("\n")[0].split()[1:9]]
    return sum(times) - times[3] - times[4], sum(times)


def calm(share=0.15, seconds=30):
    """Until the processors have next to nothing to do: what came before is over."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        worked, had = busy()
        time.sleep(0.5)
        worked_then, had_then = busy()
        if worked_then - worked <= share * (had_then - had):
            return


def newest(options):
    return subject(options.messages - 1)


def started(peer, options, seconds=120):
    """A client whose first list is painted, and how long that took."""
    peer.link.octets = 0
    screen = peer.start()
    listed = screen.wait_for(newest(options), seconds=seconds)
    return screen, ms(screen.started, listed, seconds)


def synchronise(peer, options):
    """Until all it keeps is kept."""
    screen, _ = started(peer, options, seconds=FIRST_LIST)
    screen.settle(2, 5)
    peer.link.quiet(3, 600)
    screen.close(*peer.quit)


def first_list_slow(peer, options):
    """ms and octets, from nothing."""
    peer.forget()
    with (netem(peer.link.port) if options.in_namespace else peer.link.slowly()):
        peer.link.octets = 0
        screen, taken = started(peer, options, seconds=60)
        octets = peer.link.octets
        screen.close(*peer.quit)
    peer.link.quiet(0.5, 5)
    return taken, None if is_late(taken) else octets


def cached_list(peer, options):
    figures, octets = [], []
    for _ in range(options.rounds):
        screen, taken = started(peer, options)
        figures.append(taken)
        octets.append(peer.link.quiet(1.5, 60))
        screen.close(*peer.quit)
        peer.link.quiet(0.3, 3)
        if is_late(taken):
            return taken, None
    return statistics.median(figures), statistics.median(octets) / 1024


def unreachable(peer, options):
    """The server takes the connection and says nothing."""
    calm()
    peer.link.silent = True
    try:
        screen, taken = started(peer, options, seconds=8)
        screen.close(*peer.quit)
    finally:
        peer.link.silent = False
        peer.link.cut()
    return taken


def reading(peer, options):
    """Octets until the text is painted: of the newest message, and of the one after it."""
    screen, _ = started(peer, options)
    screen.settle(1, 10)
    peer.link.quiet(1.5, 300)
    figures = []
    for number, show in ((options.messages - 1, peer.open), (options.messages - 2, peer.next)):
        before = peer.link.octets
        show(screen)
        painted = screen.wait_for(body_word(number), seconds=20)
        figures.append((peer.link.octets - before) / 1024 if painted else late(20))
        screen.settle(0.5, 5)
        peer.link.quiet(1, 10)
    screen.close("q", *peer.quit)
    return figures


def searching(peer, options):
    screen, _ = started(peer, options)
    screen.settle(1, 10)
    peer.link.quiet(1.5, 300)
    resident = screen.resident()
    begin = peer.look_for(screen)
    found = screen.wait_for(SOUGHT, "1 message selected", seconds=60)
    screen.close("\x1b", *peer.quit)
    return ms(begin, found, 60), resident


def keys_while_syncing(peer, options):
    """99 of 100 keys are painted within so many ms, while all headers are fetched."""
    peer.forget()
    calm()
    screen, taken = started(peer, options)
    if is_late(taken):
        screen.close(*peer.quit)
        return taken
    times, down, line = [], True, 0
    for _ in range(options.keys):
        line += 1 if down else -1
        begin = screen.keys("j" if down else "k")
        painted = screen.wait_for(subject(options.messages - 1 - line), seconds=5)
        times.append(5000.0 if painted is None else (painted - begin) * 1000)
        down = line < 30 if down else line <= 0
        screen.read(0.005)
    syncing = peer.link.last > time.perf_counter() - 0.5
    screen.close(*peer.quit)
    times.sort()
    if not syncing:
        print("  the synchronisation was over before the keys were", file=sys.stderr)
    return times[min(len(times) - 1, len(times) * 99 // 100)]


# -- the slow link

class netem:
    """with netem(port): what goes to and from that port of the namespace's loopback."""

    def __init__(self, port):
        self.port = port

    def __enter__(self):
        tc("qdisc add dev lo root handle 1: prio bands 3 priomap 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0")
        tc("qdisc add dev lo parent 1:3 handle 30: netem delay 20ms rate 20mbit limit 10000")
        for end in ("sport", "dport"):
            tc(f"filter add dev lo protocol ip parent 1:0 prio 1 u32 match ip {end} {self.port} 0xffff flowid 1:3")

    def __exit__(self, *_):
        tc("qdisc del dev lo root")


def tc(command):
    subprocess.run(["tc", *command.split()], check=True, capture_output=True)


def no_netem():
    """Why it can't be had here, or ''."""
    if os.geteuid() != 0:
        return "network namespaces need root"
    if absent := [tool for tool in ("ip", "tc", "unshare") if not shutil.which(tool)]:
        return f"not installed: {', '.join(absent)}"
    attempt = subprocess.run(["unshare", "--net", "sh", "-c", "ip link set lo up && tc qdisc add dev lo root netem delay 1ms"],
                             capture_output=True, text=True)
    return attempt.stderr.strip() if attempt.returncode else ""


# -- the report

ROWS = (  # title, unit, limit, the figure's name
    ("first list from the cache", "ms", 50, "cached"),
    ("first list, the server silent", "ms", 50, "silent"),
    ("first list without a cache, 20 Mbit/s, 40 ms", "ms", 500, "slow"),
    ("  octets until then", "KB", 12, "slow_octets"),
    ("reopened, nothing changed", "KB", 2, "reopened"),
    ("one line and a PDF of 205 KB, read", "KB", 0.6, "read"),
    ("  the next one", "KB", 0, "read_next"),
    ("a word found in the texts", "ms", 100, "search"),
    ("key to paint during a sync, 99 of 100", "ms", 16, "keys"),
    ("resident memory", "MB", 40, "resident"),
)


def measure(peer, options):
    figures = {}
    figures["slow"], octets = first_list_slow(peer, options)
    figures["slow_octets"] = None if octets is None else octets / 1024
    if peer.name == "mua":
        figures["keys"] = keys_while_syncing(peer, options)
    synchronise(peer, options)
    figures["cached"], figures["reopened"] = cached_list(peer, options)
    figures["read"], figures["read_next"] = reading(peer, options)
    figures["search"], figures["resident"] = searching(peer, options)
    figures["silent"] = unreachable(peer, options)
    print(f"  {peer.name}: {figures}", file=sys.stderr, flush=True)
    return figures


def shown(figure):
    return "-" if figure is None else figure if is_late(figure) else f"{figure:,.1f}"


def compared(results, name):
    """mua beside the best of the others: "3.0 x neomutt" is how much more that one takes."""
    ours = results.get("mua", {}).get(name)
    others = {peer: figures[name] for peer, figures in results.items()
              if peer != "mua" and isinstance(figures.get(name), (int, float))}
    if not others or not isinstance(ours, (int, float)):
        return ""
    best = min(others, key=others.get)
    return f"{others[best] / ours:.1f} x {best}" if ours > 0 else f"{others[best]:.1f} : 0 {best}"


def print_table(results):
    names = list(results)
    print(f"{'':46}{'limit':>10}" + "".join(f"{name:>10}" for name in names) + ("   best other" if len(names) > 1 else ""))
    for title, unit, limit, name in ROWS:
        figures = [results[peer].get(name) for peer in names]
        if any(figure is not None for figure in figures):
            print(f"{f'{title} ({unit})':46}{limit:>10g}" + "".join(f"{shown(figure):>10}" for figure in figures) +
                  f"   {compared(results, name)}".rstrip())


def conditions(options):
    slow_link = f", the slow link by {'netem' if options.in_namespace else 'imitation'}"
    return (f"{os.cpu_count()} cores, {platform.system()} {platform.release()}, INBOX of {options.messages} messages on Pabal, "
            f"TLS on loopback, medians of {options.rounds} starts{slow_link}, load average {options.load:.2f} before")


def run(options):
    peers = [peer for peer in PEERS if options.alone in (None, peer.name)]
    for peer in list(peers):
        if peer.missing():
            print(f"skipped: {peer.name}: not installed")
            peers.remove(peer)
    folder = Path(tempfile.mkdtemp(prefix="mua-bench-", dir="/var/tmp"))
    try:
        with Pabal({READER: PASSWORD}) as server:
            fill(server, options.messages)
            wait_for_index(server)
            return {kind.name: measure(kind(folder, server, Link(server.ports.imaps)), options) for kind in peers}
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main():
    options = arguments()
    if Pabal.missing():
        print(f"skipped: {Pabal.missing()}")
        return SKIPPED
    if not options.in_namespace:
        if why := no_netem():
            print(f"no netem: {why}")
        else:
            os.execvp("unshare", ["unshare", "--net", sys.executable, *sys.argv, "--in-namespace"])
    else:
        subprocess.run("ip link set lo mtu 1500 up", shell=True, check=True)
    results = run(options)
    print(conditions(options))
    print_table(results)
    if options.json:
        options.json.write_text(json.dumps({"conditions": conditions(options), "figures": results}, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
