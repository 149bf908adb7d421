"""IMAP's parenthesised lists (RFC 9051 §9) as Python lists: strings and atoms are bytes, NIL is None."""


def parse(octets):
    """The first list in the octets."""
    return _list(octets, octets.index(b"("))[0]


def _list(octets, at):
    items, stack = [], []
    while True:
        char = octets[at:at + 1]
        if char == b"(":
            stack.append(items)
            items = []
            at += 1
        elif char == b")":
            done, items = items, stack.pop()
            items.append(done)
            at += 1
            if not stack:
                return done, at
        elif char == b" ":
            at += 1
        elif char == b'"':
            text, at = _quoted(octets, at + 1)
            items.append(text)
        elif octets[at:at + 1] == b"{" or octets[at:at + 2] == b"~{":
            end = octets.index(b"}\r\n", at)
            size = int(octets[octets.index(b"{", at) + 1:end].rstrip(b"+"))
            items.append(octets[end + 3:end + 3 + size])
            assert len(items[-1]) == size
            at = end + 3 + size
        else:
            atom, at = _atom(octets, at)
            items.append(None if atom == b"NIL" else atom)


def _quoted(octets, at):
    text = bytearray()
    while octets[at] != ord('"'):
        at += octets[at] == ord("\\")
        assert octets[at] not in b"\r\n\0"
        text.append(octets[at])
        at += 1
    return bytes(text), at + 1


def _atom(octets, at):
    """FETCH's BODY[HEADER.FIELDS (To)]<0> counts as one."""
    begin, brackets = at, 0
    while brackets or octets[at:at + 1] not in (b" ", b"(", b")", b""):
        brackets += {b"[": 1, b"]": -1}.get(octets[at:at + 1], 0)
        at += 1
    assert at > begin, octets[begin:begin + 40]
    return octets[begin:at], at
