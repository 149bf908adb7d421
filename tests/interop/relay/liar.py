"""A name server that others sit beside: each answer that it passes on from nsd comes after a swarm of forged
ones, that lead to a host of the forger's. They have wrong ids, so they must not be believed (RFC 5452)."""

import asyncio
import os
import socket
import struct

from network import ipv4

NUMBER = 54  # ipv4(NUMBER)
FORGED_EACH = 40
TYPES = {"A": 1, "MX": 15, "AAAA": 28}
POINTER = b"\xc0\x0c"  # to the question's name


class Liar(asyncio.DatagramProtocol):
    """`mute`: the forgers alone are heard."""

    def __init__(self, host, upstream, evil_name, evil_number):
        self.host, self.upstream = host, upstream
        self.evil_name, self.evil_number = evil_name, evil_number
        self.mute = False
        self.questions = self.forged = 0

    def start(self, loop):
        with self.host.inside():
            here = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        here.bind((ipv4(NUMBER), 53))
        loop.call(self._listen(here))
        return self

    async def _listen(self, here):
        await asyncio.get_running_loop().create_datagram_endpoint(lambda: self, sock=here)

    def connection_made(self, transport):
        self.transport = transport

    def datagram_received(self, query, client):
        self.questions += 1
        for answer in self.forgeries(query):
            self.forged += 1
            self.transport.sendto(answer, client)
        if not self.mute:
            asyncio.ensure_future(self._pass_on(query, client))

    async def _pass_on(self, query, client):
        loop = asyncio.get_running_loop()
        with self.host.inside():
            there = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        with there:
            there.setblocking(False)
            await loop.sock_connect(there, (self.upstream, 53))
            await loop.sock_sendall(there, query)
            try:
                answer = await asyncio.wait_for(loop.sock_recv(there, 65535), 5)
            except (OSError, asyncio.TimeoutError):
                return
        self.transport.sendto(answer, client)

    def forgeries(self, query):
        """Answers to the question, with ids that weren't asked for."""
        own_id = struct.unpack("!H", query[:2])[0]
        question = query[12:query.index(b"\0", 12) + 5]
        kind = struct.unpack("!H", question[-4:-2])[0]
        for _ in range(FORGED_EACH):
            wrong_id = own_id ^ (1 + os.urandom(1)[0])
            yield self._answer(wrong_id, question, kind)

    def _answer(self, number, question, kind):
        if kind == TYPES["A"]:
            value = socket.inet_aton(ipv4(self.evil_number))
        elif kind == TYPES["MX"]:
            value = struct.pack("!H", 1) + encode(self.evil_name)
        else:
            value = None
        header = struct.pack("!HHHHHH", number, 0x8580, 1, 1 if value else 0, 0, 0)
        record = POINTER + struct.pack("!HHIH", kind, 1, 3600, len(value)) + value if value else b""
        return header + question + record


def encode(name):
    return b"".join(bytes([len(label)]) + label.encode() for label in name.split(".")) + b"\0"
