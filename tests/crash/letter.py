"""Messages of the crash test: each carries an id that is given once and a digest of its own body."""

import base64
import hashlib
import itertools
import random
import re

_ID = re.compile(rb"^X-Crash-Id: (\S+)\r\n", re.MULTILINE)
_DIGEST = re.compile(rb"^X-Crash-Digest: (\S+)\r\n", re.MULTILINE)


class Letters:
    """Not shared between threads: each maker has its own name and its own dice."""

    def __init__(self, maker, seed):
        self.maker, self.dice, self.count = maker, random.Random(f"{seed} {maker}"), itertools.count(1)

    def write(self):
        """Returns (id, octets)."""
        letter_id = f"{self.maker}.{next(self.count)}"
        body = self._body()
        digest = hashlib.sha256(body).hexdigest()[:32]
        header = (f"From: sender@example.test\r\nTo: receiver@example.test\r\nSubject: {letter_id}\r\n"
                  f"Message-ID: <{letter_id}@crash.test>\r\nDate: Sat, 01 Jan 2000 00:00:00 +0000\r\n"
                  f"X-Crash-Id: {letter_id}\r\nX-Crash-Digest: {digest}\r\n\r\n")
        return letter_id, header.encode() + body

    def _body(self):
        # Mostly in the database, some over several pages, a few in files of their own.
        kind = self.dice.random()
        size = self.dice.randrange(300, 4000) if kind < 0.9 else self.dice.randrange(15_000, 60_000)
        if kind > 0.98:
            size = self.dice.randrange(70_000, 150_000)
        text = base64.b64encode(self.dice.randbytes(size * 3 // 4))
        lines = [text[i:i + 72] for i in range(0, len(text), 72)]
        lines[0] = b"." + lines[0]  # the dot of SMTP
        return b"\r\n".join(lines) + b"\r\n"


def read_letter(octets):
    """Returns (id, whole): whether the body is what its digest says; (None, False) for a stranger."""
    letter_id, digest = _ID.search(octets), _DIGEST.search(octets)
    if not letter_id or not digest:
        return None, False
    body = octets[octets.index(b"\r\n\r\n") + 4:]
    return letter_id[1].decode(), hashlib.sha256(body).hexdigest()[:32] == digest[1].decode()


def read_id(header):
    found = _ID.search(header)
    return found[1].decode() if found else None
