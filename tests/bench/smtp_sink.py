#!/usr/bin/env python3
"""A next hop that takes everything at once: SMTP with PIPELINING on many loopback addresses of one port, in a
process of its own. It keeps count of who got which message, told apart by an X-Number field:

  smtp_sink.py PORT ADDRESS...     serves until its standard input ends; for each line it reads there it prints
                                   {"messages": N, "connections": C, "twice": T, "first": seconds, "last": seconds}"""

import asyncio
import json
import sys
import time


class Tally:
    def __init__(self):
        self.numbers, self.connections, self.twice, self.first, self.last = set(), 0, 0, None, None

    def add(self, number):
        self.twice += number in self.numbers
        self.numbers.add(number)
        self.last = time.monotonic()
        self.first = self.first or self.last

    def line(self):
        return json.dumps({"messages": len(self.numbers), "connections": self.connections, "twice": self.twice,
                           "first": self.first, "last": self.last})


class Session(asyncio.Protocol):
    def __init__(self, tally):
        self.tally, self.buffer, self.in_data = tally, b"", False

    def connection_made(self, transport):
        self.tally.connections += 1
        self.transport = transport
        transport.write(b"220 sink.test ESMTP\r\n")

    def data_received(self, data):
        self.buffer += data
        replies = []
        while self.take(replies):
            pass
        if replies:
            self.transport.write(b"".join(replies))

    def take(self, replies):
        """One command, or one whole message, off the buffer."""
        end = b"\r\n.\r\n" if self.in_data else b"\r\n"
        head, found, rest = self.buffer.partition(end)
        if not found:
            return False
        self.buffer = rest
        if self.in_data:
            self.in_data = False
            self.tally.add(int(head.split(b"X-Number: ", 1)[1].split(b"\r\n", 1)[0]))
            replies.append(b"250 2.0.0 taken\r\n")
        else:
            replies.append(self.answer(head[:4].upper()))
        return True

    def answer(self, verb):
        if verb == b"EHLO":
            return b"250-sink.test\r\n250 PIPELINING\r\n"
        if verb == b"DATA":
            self.in_data = True
            return b"354 go on\r\n"
        if verb == b"QUIT":
            asyncio.get_running_loop().call_soon(self.transport.close)
            return b"221 bye\r\n"
        return b"250 2.0.0 ok\r\n"


async def main(port, addresses):
    loop, tally = asyncio.get_running_loop(), Tally()
    for address in addresses:
        await loop.create_server(lambda: Session(tally), address, port, backlog=200)
    print("ready", flush=True)
    while await loop.run_in_executor(None, sys.stdin.readline):
        print(tally.line(), flush=True)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), sys.argv[2:]))
