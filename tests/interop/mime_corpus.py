"""Messages as they should not be, and as they may be but seldom are: octets, and what Python's email package
may be asked about them (where it has a clear answer)."""

from dataclasses import dataclass

SHAPE, PAYLOADS, HEADERS = "part types and nesting", "decoded payloads", "number and values of fields"
ADDRESSES = "the addresses of the envelope"
DEPTHS = "part types, nesting and octets as far as BODYSTRUCTURE goes, and the octets that are left where it ends"
ALL = (SHAPE, PAYLOADS, HEADERS, ADDRESSES)


@dataclass(frozen=True)
class Entry:
    name: str
    octets: bytes
    asked: tuple = ALL


def crlf(text):
    return (text.encode() if isinstance(text, str) else text).replace(b"\n", b"\r\n")


def multipart(parts, boundary="b", subtype="mixed", end=True):
    """Octets of a message whose parts are given as texts."""
    head = f"Subject: {subtype}\nMIME-Version: 1.0\nContent-Type: multipart/{subtype}; boundary=\"{boundary}\"\n\n"
    text = head + "".join(f"--{boundary}\n{part}\n" for part in parts)
    return crlf(text + (f"--{boundary}--\n" if end else ""))


def nested(levels):
    head = "".join(f"Content-Type: multipart/mixed; boundary=\"l{n}\"\n\n--l{n}\n" for n in range(levels))
    tail = "".join(f"\n--l{n}--\n" for n in reversed(range(levels)))
    return crlf(f"Subject: {levels} levels\n{head}\ndeep inside\n{tail}")


def rfc822(levels):
    text = "Subject: innermost\n\nbody\n"
    for number in range(levels):
        text = f"Subject: around {number}\nContent-Type: message/rfc822\n\n{text}"
    return crlf(text)


PLAIN = "Content-Type: text/plain\n\none\n"
HTML = "Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n<p>caf=C3=A9=\n</p>\n"
BINARY = "Content-Type: application/octet-stream\nContent-Transfer-Encoding: base64\n\nAAECAwT/\n/v38\n"


def structures():
    yield Entry("plain", crlf("From: a@example.net\nSubject: plain\n\nLine one.\nLine two.\n"))
    yield Entry("mixed", multipart([PLAIN, HTML, BINARY]))
    yield Entry("alternative in mixed", multipart(
        [multipart([PLAIN, HTML], "in", "alternative").decode().replace("\r\n", "\n"), BINARY]))
    yield Entry("prefix of a boundary", multipart(
        [multipart([PLAIN, HTML], "bb", "alternative").decode().replace("\r\n", "\n"), BINARY]))
    yield Entry("digest", multipart(["\nSubject: in digest\n\none\n", "\nSubject: second\n\ntwo\n"], subtype="digest"))
    yield Entry("rfc822 in mixed", multipart([PLAIN, "Content-Type: message/rfc822\n\nSubject: inner\n\nhello\n"]))
    yield Entry("mixed in rfc822", crlf("Content-Type: message/rfc822\n\n") + multipart([PLAIN, BINARY]))
    yield Entry("rfc822 five deep", rfc822(5))
    yield Entry("rfc822 encoded", multipart(
        ["Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\nU3ViamVjdDogeA0KDQp5DQo=\n"]), (HEADERS,))
    yield Entry("delivery status", multipart(
        [PLAIN, "Content-Type: message/delivery-status\n\nReporting-MTA: dns;x\n\nAction: failed\n"], subtype="report"),
        (HEADERS,))
    yield Entry("150 levels", nested(150), (DEPTHS, HEADERS))
    yield Entry("1,000 levels", nested(1000), (DEPTHS, HEADERS))
    yield Entry("1,000 messages in messages", rfc822(1000), (DEPTHS, HEADERS))
    yield Entry("90 levels", nested(90), (SHAPE, HEADERS))
    yield Entry("12,000 parts", multipart([PLAIN] * 12000), (DEPTHS, HEADERS))
    yield Entry("100,000 parts", multipart([PLAIN, HTML, BINARY, HTML] * 25_000), (DEPTHS, HEADERS))
    yield Entry("3,000 parts", multipart([PLAIN] * 3000), (SHAPE, HEADERS))


def boundaries():
    yield Entry("no closing boundary", multipart([PLAIN, BINARY], end=False))
    yield Entry("boundary that never comes", crlf("Content-Type: multipart/mixed; boundary=x\n\nno parts\n"), (HEADERS,))
    yield Entry("no boundary", crlf("Content-Type: multipart/mixed\n\n--\n\nx\n----\n"), (HEADERS,))
    yield Entry("empty boundary", crlf("Content-Type: multipart/mixed; boundary=\"\"\n\n--\n\nx\n----\n"), (HEADERS,))
    yield Entry("blanks in a boundary", multipart([PLAIN, HTML], "a b  c"))
    yield Entry("blanks behind boundaries", multipart([PLAIN, HTML]).replace(b"--b\r\n", b"--b \t\r\n"))
    yield Entry("odd boundary", multipart([PLAIN, BINARY], "'()+_,-./:=?"))
    yield Entry("boundary in a preamble and an epilogue",
                multipart([PLAIN]).replace(b"\r\n\r\n--b", b"\r\n\r\nx --b\r\n -- b\r\n--b", 1) + b"--bx\r\nepilogue\r\n")
    yield Entry("two closing boundaries", multipart([PLAIN]) + crlf("--b\nContent-Type: text/html\n\nx\n--b--\n"))
    yield Entry("outer boundary ends inner", crlf(
        "Content-Type: multipart/mixed; boundary=o\n\n--o\nContent-Type: multipart/mixed; boundary=i\n\n"
        "--i\n\nlost child\n--o\n\nsecond\n--o--\n"))
    yield Entry("empty parts", multipart(["", "\n", "Content-Type: image/png\n", "Content-Type: text/html\n\n"]), (HEADERS,))
    yield Entry("closing boundary alone", crlf("Content-Type: multipart/mixed; boundary=b\n\n--b--\n"), (HEADERS,))
    yield Entry("ends in a boundary", crlf("Content-Type: multipart/mixed; boundary=b\n\n--b\n\nx\n--b--")[:-2], (HEADERS,))


def headers():
    yield Entry("duplicate fields", crlf(
        "Subject: one\nSubject: two\nSUBJECT: three\nTo: a@x\nTo: b@x\nFrom: a@example.net\n\nbody\n"))
    yield Entry("duplicate Content-Type", crlf("Content-Type: text/html\nContent-Type: image/png\n\nbody\n"), (HEADERS,))
    yield Entry("UTF-8 in fields", crlf("From: 김 <kim@example.net>\nSubject: 파발 café\n\nbody\n"), (SHAPE, PAYLOADS))
    yield Entry("Latin-1 in fields", crlf("From: caf").replace(b"caf", b"caf\xe9 <c@x>") +
                b"\r\nSubject: \xe9\xff\xfe\x80\r\n\r\nbody\r\n", (SHAPE, PAYLOADS))
    yield Entry("encoded words", crlf("Subject: =?utf-8?b?7YyM67Cc?= =?x-none?q?a=?= =?utf-8?q?=FF?=\n\nbody\n"))
    yield Entry("RFC 2231", crlf(
        "Content-Type: application/pdf; name*0*=utf-8'ko'%ED%8C; name*1*=%8C.pdf; charset*=us-ascii'en'x\n"
        "Content-Disposition: attachment; filename*=iso-8859-1''%E9.pdf; filename=\"x\\\".pdf\"\n"
        "Content-Transfer-Encoding: base64\n\nAAAA\n"))
    yield Entry("parameters gone wrong", crlf(
        "Content-Type: text/plain; charset=\"utf-8; =x; ; name*9*=''; a*0=1; a*2=3; \"q\"=r; boundary\n\nbody\n"),
        (HEADERS,))
    yield Entry("comments and folds", crlf(
        "Content-Type: (c) text (d \\) (e)) / html (f)\n ; (g)\n\tcharset\n = (h) utf-8\n\n<p>\n"), (PAYLOADS, HEADERS))
    yield Entry("no such types", crlf("Content-Type: ///\nContent-Transfer-Encoding: BASE64 \n\nAAAA\n"), (HEADERS,))
    yield Entry("capitals", crlf("CONTENT-TYPE: TEXT/PLAIN\nCONTENT-TRANSFER-ENCODING: Base64\n\nYWJj\n"))
    yield Entry("no header", crlf("\nbody alone\n"))
    yield Entry("no body", crlf("Subject: header alone\n\n"))
    yield Entry("no empty line", crlf("Subject: header alone\n"), (HEADERS,))
    yield Entry("one line end", b"\r\n")
    yield Entry("nothing but text", crlf("This is no header line\nand this neither\n"), ())
    yield Entry("a line that is no field", crlf("Subject: x\nno colon here\nTo: a@x\n\nbody\n"), ())
    yield Entry("long lines", crlf("Subject: long\nX-Long: " + "x" * 90000 + "\n\n" + "y" * 200000 + "\n"))
    yield Entry("a field of many lines", crlf("Subject: many\n" + " and more words\n" * 5000 + "\nbody\n"), (SHAPE, PAYLOADS))
    yield Entry("2,000 fields", crlf("".join(f"X-{n}: {n}\n" for n in range(2000)) + "\nbody\n"))
    yield Entry("addresses gone wrong", crlf(
        "From: @@,,;<<>>\nTo: group: a@x, b@x;, \"unclosed <c@x>\nCc: (((\nSender: <>\nReply-To: a@[1.2.3.4]\n\nbody\n"),
        (SHAPE, PAYLOADS, HEADERS))


def bodies():
    encoding = "Content-Transfer-Encoding: "
    yield Entry("dots", crlf("Subject: dots\n\n.\n..\n.a\n...\n.\n\n.\n"))
    yield Entry("From lines", crlf("Subject: mbox\n\nFrom x\n>From y\nFrom\n"))
    yield Entry("base64 gone wrong", crlf(encoding + "base64\n\nYW Jj|{\x7f\nZGVm*=\n"), (SHAPE, HEADERS))
    yield Entry("base64 without padding", crlf(encoding + "base64\n\nYWJjZA\n"), (SHAPE, HEADERS))
    yield Entry("quoted-printable", crlf(encoding + "quoted-printable\n\na=3Db\nc=\n d=20\n=C3=A9\n"))
    # Python keeps the blanks that RFC 2045 §6.7 (3) has deleted.
    yield Entry("quoted-printable, padded", crlf(encoding + "quoted-printable\n\na  \nb=  \nc\t\n"), (SHAPE, HEADERS))
    yield Entry("quoted-printable gone wrong", crlf(encoding + "quoted-printable\n\n=XY =4\n== =\n=\x01=\n"), (SHAPE, HEADERS))
    yield Entry("an encoding nobody knows", crlf(encoding + "x-uuencode\n\nabc\n"), (SHAPE, HEADERS))
    yield Entry("8-bit body", crlf("Subject: 8\nContent-Type: text/plain; charset=euc-kr\n\n") +
                "파발\r\n".encode("euc-kr"))
    yield Entry("no line end at the end", crlf("Subject: open\n\nbody"))
    yield Entry("control characters", crlf(b"Subject: controls\n\n" + bytes(range(1, 9)) + b"\x0b\x0c\x0e\x1b\x7f\n"))


def line_ends():
    """What SMTP refuses and APPEND takes."""
    yield Entry("LF alone", b"Subject: lf\nContent-Type: text/plain\n\none\ntwo\n")
    yield Entry("LF in a multipart", multipart([PLAIN, HTML, BINARY]).replace(b"\r\n", b"\n"))
    yield Entry("LF in the body", b"Subject: mixed\r\n\r\none\ntwo\r\nthree\n")
    yield Entry("CRLF in parts between LF", multipart([PLAIN, BINARY]).replace(b"\r\n--", b"\n--"))
    yield Entry("CR alone", b"Subject: cr\r\n\r\none\rtwo\r\r\nthree\r\n", (HEADERS,))


def for_smtp():
    return [entry for make in (structures, boundaries, headers, bodies) for entry in make()]


def for_append():
    return for_smtp() + list(line_ends())
