"""Messages made by chance, from a seed: well-formed trees, of which everything can be asked, and what is left of the
corpus after octets of it were lost, doubled or exchanged, of which only what always holds can be asked."""

import base64
import quopri
import random

from mime_corpus import ALL, Entry, crlf

LEAVES = ("text/plain; charset=utf-8", "text/html; charset=us-ascii", "image/png; name=a.png", "application/pdf",
          "application/x-odd+json; q=\"a; b\"")
WORDS = ("파발", "courier", "Жёлтый", "مرحبا", "line with  blanks ", "=3D", ".", "--b", "From here", "été")
NAMES = ("", "Ann Example ", "\"Quoted, \\\"Name\\\"\" ", "=?utf-8?b?7YyM67Cc?= ")


def trees(seed, count):
    chance = random.Random(seed)
    for number in range(count):
        yield Entry(f"generated tree {seed}.{number}", crlf(_head(chance, number) + _entity(chance, 4)), ALL)


def damaged(seed, entries):
    """One of each, those of enormous size left out."""
    chance = random.Random(seed)
    for entry in entries:
        if 10 < len(entry.octets) < 50_000:
            yield Entry(f"damaged {seed}: {entry.name}", _damage(chance, entry.octets), ())


def _damage(chance, octets):
    lines = octets.splitlines(keepends=True)
    for _ in range(chance.randrange(1, 4)):
        at = chance.randrange(len(lines))
        kind = chance.randrange(5)
        if kind == 0:
            del lines[at]
        elif kind == 1:
            lines.insert(at, lines[chance.randrange(len(lines))])
        elif kind == 2:
            lines[at] = lines[at][:chance.randrange(len(lines[at]) + 1)]
        elif kind == 3:
            other = chance.randrange(len(lines))
            lines[at], lines[other] = lines[other], lines[at]
        else:
            lines = lines[:at + 1]
        lines = lines or [b"x\r\n"]
    # A NUL or a bare line end would be refused, and is tested elsewhere.
    return b"".join(lines).replace(b"\r", b"").replace(b"\n", b"\r\n") or b"x\r\n"


def _head(chance, number):
    addresses = [_address(chance) for _ in range(chance.randrange(1, 5))]
    fold = chance.choice((" ", "\n ", "\n\t"))
    return (f"From: {_address(chance)}\nTo: {(',' + fold).join(addresses)}\nDate: Sat, {1 + number % 28} Nov 2026 10:00:00 +0900\n"
            f"Subject: number {number}{fold}of them\nMessage-ID: <{number}.{chance.getrandbits(32)}@example.test>\n"
            f"In-Reply-To: <{number - 1}@example.test>\nMIME-Version: 1.0\n")


def _address(chance):
    return f"{chance.choice(NAMES)}<u{chance.randrange(100)}@h{chance.randrange(9)}.example>"


def _entity(chance, depth):
    """From Content-Type on."""
    kind = chance.random()
    if depth and kind < 0.45:
        boundary = f"b{chance.getrandbits(40):x}"
        parts = [_entity(chance, depth - 1) for _ in range(chance.randrange(1, 5))]
        body = "".join(f"--{boundary}\n{part}" + "\n" for part in parts)
        subtype = chance.choice(("mixed", "alternative", "related", "signed"))
        preamble = chance.choice(("", "This is MIME.\n"))
        return f"Content-Type: multipart/{subtype};\n boundary=\"{boundary}\"\n\n{preamble}{body}--{boundary}--\n"
    if depth and kind < 0.6:
        return f"Content-Type: message/rfc822\n\n{_head(chance, chance.randrange(99))}{_entity(chance, depth - 1)}"
    return _leaf(chance)


def _leaf(chance):
    text = "".join(" ".join(chance.choices(WORDS, k=4)) + "\n" for _ in range(chance.randrange(5)))
    octets = crlf(text)
    encoding = chance.choice(("7bit", "base64", "quoted-printable"))
    kind = chance.choice(LEAVES)
    if encoding == "base64":
        body = base64.encodebytes(octets).decode()
    elif encoding == "quoted-printable":
        body = quopri.encodestring(octets.replace(b"\r\n", b"\n")).decode()
    else:
        body = text.encode("ascii", "replace").decode()
    disposition = chance.choice(("", "Content-Disposition: attachment; filename=\"x.bin\"\n", "Content-ID: <c@x>\n"))
    return f"Content-Type: {kind}\nContent-Transfer-Encoding: {encoding}\n{disposition}\n{body}"
