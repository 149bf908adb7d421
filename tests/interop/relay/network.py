"""A small internet inside the machine: network namespaces on one bridge, each with addresses of its own
and the real ports free. Nothing of it shows outside: the bridge lies in a namespace too. Programs run in
a host with a mount and a process namespace, so that `/etc` is the host's own and killing the first
process kills all. The end of the test's own process ends everything; what a killed test left behind is
removed by the next one. PABAL_KEEP=1 leaves the hosts' folders, with settings, queues and logs, to look at."""

import contextlib
import ctypes
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

PREFIX = "pabal-relay"
NAMESPACES = Path("/run/netns")
FOLDERS = Path("/var/tmp")  # on a disk also where /tmp is memory, and its paths suit Unix sockets
CLONE_NEWNET = 0x40000000
TOOLS = ("ip", "unshare", "nsenter", "setpriv", "mount")

libc = ctypes.CDLL(None, use_errno=True)


def ipv4(number):
    return f"10.9.0.{number}"


def ipv6(number):
    return f"fd09::{number}"


def missing():
    """Why there can be no network here, or ''."""
    if os.geteuid() != 0:
        return "network namespaces need root"
    absent = [tool for tool in TOOLS if not shutil.which(tool)]
    if absent:
        return f"not installed: {', '.join(absent)}"
    attempt = subprocess.run(["unshare", "--net", "--mount", "--pid", "--fork", "sh", "-c",
                              "ip link add one type veth peer name two && ip link add three type bridge"],
                             capture_output=True, text=True)
    return f"network namespaces are not allowed: {attempt.stderr.strip()}" if attempt.returncode else ""


def ip(namespace, *commands):
    """Runs `ip` commands in one process; the first that fails raises."""
    run = subprocess.run(["ip", "-n", namespace, "-batch", "-"], input="\n".join(commands) + "\n", capture_output=True,
                         text=True)
    if run.returncode:
        raise RuntimeError(f"ip -n {namespace}: {run.stderr.strip()}\n" + "\n".join(commands))


class Network:
    """with Network() as net: ..."""

    def __init__(self):
        remove_leftovers()
        self.folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}-{os.getpid()}-", dir=FOLDERS))
        self.folder.chmod(0o755)
        self.hosts = {}
        self.bridge = f"{PREFIX}-{os.getpid()}"
        add(self.bridge)
        ip(self.bridge, "link add br0 type bridge", "link set br0 up", "link set lo up")

    def host(self, name, *numbers):
        """A host with the addresses ipv4(number) and ipv6(number)."""
        self.hosts[name] = Host(self, name, numbers)
        return self.hosts[name]

    def close(self):
        for host in self.hosts.values():
            host.end_programs()
        for namespace in [host.namespace for host in self.hosts.values()] + [self.bridge]:
            _remove(namespace)
        if not os.environ.get("PABAL_KEEP"):
            shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class Host:
    def __init__(self, net, name, numbers):
        self.net, self.name, self.numbers = net, name, numbers
        self.namespace = f"{net.bridge}-{name}"
        self.folder = net.folder / name
        self.folder.mkdir()
        self.port = f"to-{name}"  # the bridge's end of the cable
        self.mounts = []
        self.programs = []
        self._connect()

    def _connect(self):
        add(self.namespace)
        ip(self.net.bridge, f"link add {self.port} type veth peer name eth0 netns {self.namespace}",
           f"link set {self.port} master br0 up")
        ip(self.namespace, "link set lo up", "link set eth0 up")
        for number in self.numbers:
            self.add_address(number)

    def add_address(self, number):
        ip(self.namespace, f"address add {ipv4(number)}/24 dev eth0", f"address add {ipv6(number)}/64 dev eth0 nodad")

    # -- troubles of the network

    def cut(self):
        """The cable is out: nobody answers for the host's addresses."""
        ip(self.net.bridge, f"link set {self.port} down")

    def mend(self):
        ip(self.net.bridge, f"link set {self.port} up")

    @contextlib.contextmanager
    def unplugged(self):
        self.cut()
        try:
            yield
        finally:
            self.mend()

    @contextlib.contextmanager
    def blackhole(self, number):
        """What comes from ipv4(number) arrives and is never answered, as behind a firewall that drops."""
        routes = [f"blackhole {ipv4(number)}/32", f"blackhole {ipv6(number)}/128"]
        ip(self.namespace, *(f"route add {route}" for route in routes))
        try:
            yield
        finally:
            ip(self.namespace, *(f"route del {route}" for route in routes))

    # -- the test's own sockets in the host

    @contextlib.contextmanager
    def inside(self):
        """The sockets this thread makes are the host's, and stay so."""
        home = os.open("/proc/thread-self/ns/net", os.O_RDONLY)
        away = os.open(NAMESPACES / self.namespace, os.O_RDONLY)
        try:
            _enter(away)
            yield
        finally:
            _enter(home)
            os.close(home)
            os.close(away)

    def connect(self, address, port, timeout=30):
        with self.inside():
            return socket.create_connection((address, port), timeout=timeout)

    def wait_for(self, address, port, seconds=30):
        """Until a TCP connection opens."""
        end = time.monotonic() + seconds
        while True:
            try:
                self.connect(address, port, timeout=2).close()
                return
            except OSError:
                if time.monotonic() > end:
                    raise TimeoutError(f"{self.name}: nothing answers on {address} port {port}") from None
                time.sleep(0.02)

    # -- programs

    def own_etc(self, nameserver, users=()):
        """Gives the host an /etc; `users` (name, number) need not exist on the machine."""
        etc = self.folder / "etc"
        etc.mkdir()
        people = [("root", 0), ("nobody", 65534), *users]
        files = {
            "passwd": "".join(f"{name}:x:{number}:{number}::{self.folder}:/bin/sh\n" for name, number in people),
            "group": "".join(f"{name}:x:{number}:\n" for name, number in people) + "nogroup:x:65533:\n",
            "nsswitch.conf": "passwd: files\ngroup: files\nhosts: files dns\nservices: files\nprotocols: files\n",
            "resolv.conf": f"nameserver {nameserver}\noptions timeout:2 attempts:2\n",
            "hosts": "127.0.0.1 localhost\n::1 localhost\n",
        }
        for name, text in files.items():
            (etc / name).write_text(text)
        for name in ("services", "protocols", "ld.so.cache", "ld.so.conf", "localtime"):
            if Path("/etc", name).exists():
                shutil.copy(Path("/etc", name), etc / name)
        for name in ("ssl", "ld.so.conf.d", "alternatives"):
            if Path("/etc", name).exists():
                shutil.copytree(Path("/etc", name), etc / name, symlinks=True, ignore_dangling_symlinks=True)
        self.mount(etc, "/etc")
        return etc

    def mount(self, folder, place):
        """Programs of the host see `folder` at `place`, which the machine must have."""
        self.mounts.append((folder, place))

    def run(self, *command, log=None):
        """Starts a program; `log` is the file of its output. To be called from a thread that lives as long."""
        program = Program(self, [str(part) for part in command], log)
        self.programs.append(program)
        return program

    def call(self, *command, check=True, text=None):
        """Runs a program to its end, in the host's network and with its files."""
        run = subprocess.run(self.wrapped(command, "--mount"), input=text, capture_output=True, text=True,
                             errors="replace", timeout=60)
        if check and run.returncode:
            raise RuntimeError(f"{self.name}: {' '.join(map(str, command))}: {run.returncode}\n{run.stdout}{run.stderr}")
        return run

    def wrapped(self, command, *unshared):
        mounts = "".join(f"mount --bind {folder} {place} && " for folder, place in self.mounts)
        if "--pid" in unshared:
            mounts += "mount -t proc proc /proc && "
        return ["setpriv", "--pdeathsig", "KILL", "nsenter", f"--net={NAMESPACES / self.namespace}", "unshare", *unshared,
                "sh", "-c", mounts + 'exec "$@"', "sh", *map(str, command)]

    def end_programs(self):
        for program in self.programs:
            program.kill()
        self.programs = []


class Program:
    """A program of a host, with the face of a subprocess.Popen. Signals reach the program itself; `kill` takes
    all its descendants along and returns when they are gone."""

    def __init__(self, host, command, log):
        with open(log or os.devnull, "ab") as output:
            self.process = subprocess.Popen(host.wrapped(command, "--mount", "--pid", "--fork", "--kill-child"),
                                            stdin=subprocess.DEVNULL, stdout=output, stderr=output)

    def first(self):
        """The process that is number 1 in there."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        while self.process.poll() is None:
            with contextlib.suppress(OSError):
                if found := children.read_text().split():
                    return int(found[0])
            time.sleep(0.005)
        return None

    @property
    def pid(self):
        return self.first()

    def poll(self):
        return self.process.poll()

    def wait(self, timeout=None):
        return self.process.wait(timeout)

    def send_signal(self, number):
        if first := self.first():
            os.kill(first, number)

    def kill(self):
        self.send_signal(signal.SIGKILL)
        self.process.wait(30)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.kill()


def _enter(namespace):
    if libc.setns(namespace, CLONE_NEWNET):
        raise OSError(ctypes.get_errno(), "setns")


def add(namespace):
    subprocess.run(["ip", "netns", "add", namespace], check=True, capture_output=True)


def _remove(namespace):
    """With what still runs in it: only programs of this test or of one that died are there."""
    found = subprocess.run(["ip", "netns", "pids", namespace], capture_output=True, text=True)
    for process in found.stdout.split():
        # A thread of the test that is just looking in isn't meant.
        if int(process) != os.getpid():
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(process), signal.SIGKILL)
    subprocess.run(["ip", "netns", "delete", namespace], capture_output=True)


def remove_leftovers():
    """Namespaces and folders of tests that were killed, or told to keep them."""
    for path in [*NAMESPACES.glob(f"{PREFIX}-*"), *FOLDERS.glob(f"{PREFIX}-*")]:
        owner = re.match(rf"{PREFIX}-(\d+)", path.name)
        if not owner or Path("/proc", owner[1]).exists():
            continue
        if path.parent == NAMESPACES:
            _remove(path.name)
        else:
            shutil.rmtree(path, ignore_errors=True)


def eventually(condition, seconds=30, step=0.1):
    """What `condition` returns as soon as that is true, or the last it returned."""
    end = time.monotonic() + seconds
    while not (result := condition()) and time.monotonic() < end:
        time.sleep(step)
    return result
