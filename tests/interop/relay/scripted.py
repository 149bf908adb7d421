"""SMTP servers that misbehave on purpose, in the test's own process but on hosts of the small internet.
`Script` takes everything; each kind below does one thing differently. All keep what they took, so that
the account can be drawn up."""

import asyncio
import socket
import ssl
import struct
import threading
from collections import Counter

from letters import name_of
from network import ipv4, ipv6

RESET = struct.pack("ii", 1, 0)  # SO_LINGER: close sends RST


class Reset(Exception):
    """The connection is to break here."""


class Session:
    """One connection: what was said in it so far."""

    def __init__(self, reader, writer):
        self.reader, self.writer = reader, writer
        self.sender, self.recipients = None, []
        self.tls = False

    async def say(self, text):
        self.writer.write(text.encode() + b"\r\n")
        await self.writer.drain()

    async def line(self):
        line = await self.reader.readline()
        if not line.endswith(b"\n"):
            raise EOFError
        return line.rstrip(b"\r\n").decode("utf-8", "replace")


class Script:
    extensions = ["PIPELINING", "8BITMIME", "SIZE 60000000", "ENHANCEDSTATUSCODES"]
    context = None  # for STARTTLS

    def __init__(self):
        self.taken = Counter()  # (letter, recipient), each time that it was taken
        self.connections = 0
        self.octets = 0
        self.over_tls = 0

    # -- the steps, to be changed

    async def greet(self, session):
        await session.say("220 scripted ESMTP")

    async def rcpt(self, session, address):
        session.recipients.append(address)
        await session.say("250 2.1.5 Ok")

    async def content(self, session, line):
        """Each line of DATA."""

    async def take(self, session, octets):
        self.count(session, octets)
        await session.say("250 2.0.0 Taken")

    async def starttls(self, session):
        await session.say("220 2.0.0 Go ahead")
        await session.writer.start_tls(self.context)
        session.tls = True

    # -- the rest

    def count(self, session, octets):
        for recipient in session.recipients:
            self.taken[name_of(octets), recipient] += 1
        self.over_tls += session.tls

    async def talk(self, session):
        self.connections += 1
        await self.greet(session)
        while True:
            command = await session.line()
            verb = command.partition(" ")[0].upper()
            if verb in ("EHLO", "HELO"):
                await self.hello(session)
            elif verb == "STARTTLS" and self.context:
                await self.starttls(session)
            elif verb == "MAIL":
                session.sender, session.recipients = address_in(command), []
                await session.say("250 2.1.0 Ok")
            elif verb == "RCPT":
                await self.rcpt(session, address_in(command))
            elif verb == "DATA":
                await self.data(session)
            elif verb == "QUIT":
                return await session.say("221 2.0.0 Bye")
            else:
                await session.say("250 2.0.0 Ok" if verb in ("RSET", "NOOP") else "502 5.5.1 Not here")

    async def hello(self, session):
        offered = ["scripted", *self.extensions]
        if self.context and not session.tls:
            offered.append("STARTTLS")
        await session.say("\r\n".join(f"250{' ' if word is offered[-1] else '-'}{word}" for word in offered))

    async def data(self, session):
        if not session.recipients:
            return await session.say("554 5.5.1 No recipients")
        await session.say("354 Go on")
        lines = []
        while (line := await session.line()) != ".":
            self.octets += len(line)
            await self.content(session, line)
            lines.append(line[1:] if line.startswith(".") else line)
        await self.take(session, "\r\n".join(lines).encode())

    async def serve(self, reader, writer):
        session = Session(reader, writer)
        try:
            await self.talk(session)
        except Reset:
            writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
            writer.transport.abort()
        except (EOFError, OSError, ssl.SSLError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # the other side is gone, or the test is over
        finally:
            writer.close()


def address_in(command):
    return command.partition("<")[2].partition(">")[0]


class Greylisting(Script):
    """Each recipient is to come again after some seconds."""

    def __init__(self, seconds=3):
        super().__init__()
        self.seconds, self.seen, self.put_off = seconds, {}, 0

    async def rcpt(self, session, address):
        now = asyncio.get_running_loop().time()
        if now < self.seen.setdefault(address, now) + self.seconds:
            self.put_off += 1
            return await session.say("450 4.7.1 Greylisted, come again")
        await super().rcpt(session, address)


class Choosy(Script):
    """Recipients that begin with "no" don't exist."""

    async def rcpt(self, session, address):
        if address.startswith("no"):
            return await session.say("550 5.1.1 No such user here")
        await super().rcpt(session, address)


class Slow(Script):
    """One octet of a reply each `pause` seconds. (No extensions: their announcement would take minutes.)"""

    extensions = []

    def __init__(self, pause=1.0):
        super().__init__()
        self.pause = pause

    async def serve(self, reader, writer):
        await super().serve(reader, SlowWriter(writer, self.pause))

    async def greet(self, session):
        await session.say("220 s")

    async def rcpt(self, session, address):
        session.recipients.append(address)
        await session.say("250 k")

    async def take(self, session, octets):
        self.count(session, octets)
        await session.say("250 k")


class SlowWriter:
    def __init__(self, writer, pause):
        self.writer, self.pause, self.waiting = writer, pause, b""

    def write(self, octets):
        self.waiting += octets

    async def drain(self):
        for octet in self.waiting:
            self.writer.write(bytes([octet]))
            await asyncio.sleep(self.pause)
        self.waiting = b""

    def __getattr__(self, name):
        return getattr(self.writer, name)


class ResetsInData(Script):
    """The first `times` messages meet a reset in the middle of their content."""

    def __init__(self, times=2):
        super().__init__()
        self.left = times

    async def content(self, session, line):
        if self.left and line.startswith("x-half-way") or self.left and self.octets > 100_000:
            self.left -= 1
            self.octets = 0
            raise Reset


class ResetsAfterDot(Script):
    """Takes the first `times` messages and breaks the connection before it says so: the known window in
    which a sender can't tell, and must send again (RFC 5321 section 4.5.3.2.6, RFC 1047)."""

    def __init__(self, times=1):
        super().__init__()
        self.left = times

    async def take(self, session, octets):
        if self.left:
            self.left -= 1
            self.count(session, octets)
            raise Reset
        await super().take(session, octets)


class BrokenTls(Script):
    """Offers STARTTLS, and talks nonsense then."""

    context = object()

    async def starttls(self, session):
        await session.say("220 2.0.0 Go ahead")
        session.writer.write(b"this is no TLS record at all\r\n" * 4)
        await session.writer.drain()
        raise EOFError


class Busy(Script):
    """Has no time at the first `times` connections."""

    def __init__(self, times=2):
        super().__init__()
        self.left = times

    async def greet(self, session):
        if self.left:
            self.left -= 1
            await session.say("421 4.3.2 Too busy, come again")
            raise EOFError
        await super().greet(session)


class Loop:
    """The thread of all scripts of a test."""

    def __init__(self):
        self.servers = []
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()

    def call(self, coroutine):
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result(30)

    async def _end(self):
        for server in self.servers:
            server.close()
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def serve(self, host, number, script, families=(socket.AF_INET, socket.AF_INET6)):
        """Lets the script answer on port 25 of ipv4(number) and ipv6(number)."""
        sockets = []
        for family in families:
            with host.inside():
                listening = socket.socket(family)
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind((ipv4(number) if family == socket.AF_INET else ipv6(number), 25))
            sockets.append(listening)
        for each in sockets:
            self.servers.append(self.call(asyncio.start_server(script.serve, sock=each, limit=1 << 24)))

    def close(self):
        self.call(self._end())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(10)
        self.loop.close()


def tls_context(certificate, key):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context
