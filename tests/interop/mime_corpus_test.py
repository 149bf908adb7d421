#!/usr/bin/env python3
"""The corpus of malformed and unusual messages, and messages made by chance, appended by IMAP and delivered by SMTP:
nothing is lost or changed, every part is where BODYSTRUCTURE says, and parts, header sections and the envelope are
what Python's email package finds."""

import email
import email.utils
import smtplib
import sys
import threading
import time

import mime_corpus
import mime_generated
from case import ALICE, BOB, Case, main, pabal_only
from imap_list import parse
from mime_corpus import ADDRESSES, DEPTHS, HEADERS, PAYLOADS, SHAPE

BATCH = 60
MOST_LEVELS, MOST_PARTS = 100, 10_000  # of BODYSTRUCTURE, as Dovecot has them, too
OPAQUE = [b"application", b"octet-stream"]
ENVELOPE = ("Date", "Subject", "From", "Sender", "Reply-To", "To", "Cc", "Bcc", "In-Reply-To", "Message-ID")
KNOWN_ENCODINGS = (b"7bit", b"8bit", b"binary", b"base64", b"quoted-printable")


def is_multipart(structure):
    return isinstance(structure[0], list)


def is_message(structure):
    return not is_multipart(structure) and [x.lower() for x in structure[:2]] == [b"message", b"rfc822"]


def children(structure, number):
    """(number, structure) of the parts right below."""
    if is_multipart(structure):
        prefix = number + "." if number else ""
        parts = [part for part in structure if isinstance(part, list)]
        first_other = next((i for i, part in enumerate(structure) if not isinstance(part, list)), len(structure))
        return [(f"{prefix}{n}", part) for n, part in enumerate(parts[:first_other], 1)]
    if is_message(structure):
        inner = structure[8]
        return children(inner, number) if is_multipart(inner) else [(number + ".1", inner)]
    return []


def parts_of(structure):
    """Every numbered part of a message, in order."""
    waiting = list(reversed(children(structure, "") if is_multipart(structure) else [("1", structure)]))
    while waiting:
        number, part = waiting.pop()
        yield number, part
        waiting += reversed(children(part, number))


def shape(structure):
    if is_multipart(structure):
        return [shape(part) for _, part in children(structure, "")]
    kind = b"/".join(structure[:2]).lower().decode()
    return [kind, shape(structure[8])] if is_message(structure) else kind


def python_shape(message):
    if message.get_content_type() == "message/rfc822":
        return ["message/rfc822", python_shape(message.get_payload(0))]
    if message.is_multipart():
        return [python_shape(part) for part in message.get_payload()]
    return message.get_content_type()


def deep(work, *arguments):
    """Python's email package goes down into parts by recursion."""
    sys.setrecursionlimit(100_000)
    threading.stack_size(512 << 20)
    results = []
    thread = threading.Thread(target=lambda: results.append(work(*arguments)))
    thread.start()
    thread.join()
    return results[0]


def body_octets(message):
    """What Python has below the header of a part."""
    whole = deep(lambda: message.as_bytes(policy=message.policy.clone(linesep="\r\n", max_line_length=0)))
    return whole.split(b"\r\n\r\n", 1)[1]


def unfolded(value):
    return b" ".join(value.split())


class MimeCorpus(Case):
    def fetch(self, client, number, items):
        """The items of a FETCH by their names, in capitals."""
        status, data = client.fetch(str(number), f"({items})")
        self.assertEqual(status, "OK", data)
        raw = b"".join(piece[0] + b"\r\n" + piece[1] if isinstance(piece, tuple) else piece for piece in data)
        pairs = parse(raw)
        return {name.upper().decode(): value for name, value in zip(pairs[::2], pairs[1::2])}

    def in_batches(self, client, number, items):
        found = {}
        for at in range(0, len(items), BATCH):
            found |= self.fetch(client, number, " ".join(items[at:at + BATCH]))
        return found

    # -- what always holds

    def check_octets(self, client, number, octets):
        found = self.fetch(client, number, "RFC822.SIZE BODY.PEEK[] BODY.PEEK[HEADER] BODY.PEEK[TEXT]")
        self.assertEqual(found["BODY[]"] or b"", octets)
        self.assertEqual(int(found["RFC822.SIZE"]), len(octets))
        self.assertEqual((found["BODY[HEADER]"] or b"") + (found["BODY[TEXT]"] or b""), octets)

    def check_parts(self, client, number, octets, structure):
        parts = list(parts_of(structure))
        parts = parts[:300] + parts[300::len(parts) // 200 + 1]  # of thousands, some
        items = [f"BODY.PEEK[{n}{what}]" for n, _ in parts for what in ("", ".MIME")]
        items += [f"BODY.PEEK[{n}.{what}]" for n, part in parts if is_message(part) for what in ("HEADER", "TEXT")]
        found = self.in_batches(client, number, items)
        self.assertEqual(len(found), len(items))
        for n, part in parts:
            body, fields = found[f"BODY[{n}]"] or b"", found[f"BODY[{n}.MIME]"] or b""
            self.assertIn(fields + body, octets, n)
            if is_multipart(part):
                continue
            self.assertEqual(int(part[6]), len(body), n)
            if part[0].lower() == b"text":
                self.assertEqual(int(part[7]), body.count(b"\n"), n)
            if is_message(part):
                self.assertEqual(int(part[9]), body.count(b"\n"), n)
                self.assertEqual(found[f"BODY[{n}.HEADER]"] + found[f"BODY[{n}.TEXT]"], body, n)

    # -- what Python is asked

    def check_payloads(self, client, number, message, structure):
        leaves = [(n, part) for n, part in parts_of(structure) if not is_multipart(part) and not is_message(part)]
        theirs = [part for part in message.walk() if not part.is_multipart()]
        self.assertEqual(len(leaves), len(theirs))
        for (n, part), other in zip(leaves, theirs):
            if part[5].lower() in KNOWN_ENCODINGS:
                found = self.fetch(client, number, f"BINARY.PEEK[{n}] BINARY.SIZE[{n}]")
                self.assertEqual(found[f"BINARY[{n}]"] or b"", other.get_payload(decode=True), n)
                self.assertEqual(int(found[f"BINARY.SIZE[{n}]"]), len(found[f"BINARY[{n}]"] or b""))

    def check_depths(self, client, number, octets, structure, message):
        """Each part down to the limits is Python's; what lies beyond is one part with all its octets."""
        top = children(structure, "") if is_multipart(structure) else [("1", structure)]
        waiting = list(zip(top, message.get_payload() if is_multipart(structure) else [message]))
        walked, limits = 0, []
        while waiting:
            (n, part), other = waiting.pop(0)
            walked += 1
            kind = other.get_content_type().encode().split(b"/")
            below = other.get_payload() if other.is_multipart() else []
            if is_multipart(part):
                self.assertEqual(kind[0], b"multipart", n)
                self.assertEqual(len(children(part, n)), len(below), n)
                waiting += zip(children(part, n), below)
            elif is_message(part):
                self.assertEqual(kind, [b"message", b"rfc822"], n)
                inner, theirs = part[8], below[0]
                if is_multipart(inner):
                    waiting += zip(children(inner, n), theirs.get_payload())
                else:
                    waiting.append(((f"{n}.1", inner), theirs))
            elif [x.lower() for x in part[:2]] != kind or walked == MOST_PARTS - 1:
                limits.append((n, part, other))
        self.assertEqual(len(limits), 1)
        n, part, other = limits[0]
        self.assertEqual([x.lower() for x in part[:2]], OPAQUE, n)
        body = self.fetch(client, number, f"BODY.PEEK[{n}]")[f"BODY[{n}]"]
        if walked == MOST_PARTS - 1:
            self.assertTrue(octets.endswith(body), n)
            self.assertEqual(body.count(b"--b\r\n"), len(message.get_payload()) - walked)
        else:
            self.assertIn(n.count(".") + 1, (MOST_LEVELS, MOST_LEVELS + 1), n)  # "1" is the message itself or its part
            self.assertEqual(body, body_octets(other), n)

    def check_headers(self, client, number, message):
        for name in sorted({field.lower() for field in message.keys()})[:30]:
            found = self.fetch(client, number, f"BODY.PEEK[HEADER.FIELDS ({name})]")
            ours = email.message_from_bytes(next(iter(found.values())))
            self.assertEqual([unfolded(value.encode()) for value in ours.get_all(name, [])],
                             [unfolded(value.encode()) for value in message.get_all(name)], name)
        subject = self.fetch(client, number, "ENVELOPE")["ENVELOPE"][1]
        if message["Subject"] is not None:
            self.assertEqual(unfolded(subject), unfolded(message["Subject"].encode()))

    def check_sections_of_header(self, client, number, message):
        """HEADER.FIELDS and HEADER.FIELDS.NOT of the message and of each message inside of it part its header in two."""
        names = sorted({field.lower() for field in message.keys()})[:3] or ["subject"]
        for prefix in ["", *(f"{n}." for n, part in self.parts if is_message(part))][:20]:
            fields = " ".join(names)
            found = self.fetch(client, number, f"BODY.PEEK[{prefix}HEADER] BODY.PEEK[{prefix}HEADER.FIELDS ({fields})] "
                                               f"BODY.PEEK[{prefix}HEADER.FIELDS.NOT ({fields})]")
            whole, some, others = (value or b"" for value in found.values())
            end = b"\r\n" if whole.endswith((b"\r\n\r\n", b"\n\n")) or whole in (b"\r\n", b"\n") else b""
            self.assertEqual(sorted((some.removesuffix(end) + others.removesuffix(end) + end).splitlines()),
                             sorted(whole.replace(b"\n\n", b"\n\r\n").splitlines()), prefix)

    def check_addresses(self, client, number, message):
        envelope = self.fetch(client, number, "ENVELOPE")["ENVELOPE"]
        for name, ours in zip(ENVELOPE, envelope):
            values = message.get_all(name)
            if not values or not isinstance(ours, (list, type(None))) or name in ("Date", "Subject", "In-Reply-To", "Message-ID"):
                continue
            theirs = [address for _, address in email.utils.getaddresses([" ".join(value.split()) for value in values])]
            found = [b"@".join(each[2:4]).decode() for each in ours or [] if each[2] and each[3]]
            self.assertEqual(found, theirs, name)
        for name in ("Date", "In-Reply-To", "Message-ID"):
            if message[name] is not None:
                self.assertEqual(unfolded(envelope[ENVELOPE.index(name)]), unfolded(message[name].encode()), name)

    def check(self, client, number, entry, octets):
        self.check_octets(client, number, octets)
        structure = self.fetch(client, number, "BODYSTRUCTURE")["BODYSTRUCTURE"]
        self.assertIsNotNone(self.fetch(client, number, "BODY")["BODY"])
        self.check_parts(client, number, octets, structure)
        if not entry.asked:
            return
        message = deep(email.message_from_bytes, octets)
        if DEPTHS in entry.asked:
            self.check_depths(client, number, octets, structure, message)
        self.parts = list(parts_of(structure))
        if SHAPE in entry.asked:
            self.assertEqual(shape(structure), python_shape(message))
        if PAYLOADS in entry.asked:
            self.check_payloads(client, number, message, structure)
        if HEADERS in entry.asked:
            self.check_headers(client, number, message)
            self.check_sections_of_header(client, number, message)
        if ADDRESSES in entry.asked:
            self.check_addresses(client, number, message)

    @pabal_only
    def test_corpus_appended(self):
        self.append_and_check(mime_corpus.for_append())

    @pabal_only
    def test_generated_appended(self):
        entries = [*mime_generated.trees(1, 100), *mime_generated.damaged(2, mime_corpus.for_smtp())]
        self.append_and_check(entries)

    def append_and_check(self, entries):
        client = self.imap(ALICE)
        client.create("Corpus")
        client.select("Corpus")
        for number, entry in enumerate(entries, 1):
            with self.subTest(entry.name):
                # imaplib's append() would make CRLF of every line end.
                client.literal = entry.octets
                status, answer = client._simple_command("APPEND", "Corpus", "()")
                self.assertEqual(status, "OK", answer)
                self.check(client, int(client.select("Corpus")[1][0]), entry, entry.octets)
        print(f"{len(entries)} messages appended")

    @pabal_only
    def test_delivered(self):
        entries = mime_corpus.for_smtp()
        with smtplib.SMTP(self.server.host, self.server.ports.smtp, timeout=60) as smtp:
            smtp.ehlo("client.test")
            for entry in entries:
                smtp.sendmail("someone@elsewhere.test", [BOB], entry.octets, mail_options=["BODY=8BITMIME"])
        client, end = self.imap(BOB), time.monotonic() + 60
        while int(client.select("INBOX")[1][0]) < len(entries) and time.monotonic() < end:
            time.sleep(0.05)
        there = {}
        for number in range(1, int(client.select("INBOX")[1][0]) + 1):
            whole = self.fetch(client, number, "BODY.PEEK[]")["BODY[]"]
            there[self.without_trace(whole)] = number, whole
        self.assertEqual(len(there), len(entries))
        for entry in entries:
            with self.subTest(entry.name):
                octets = entry.octets if entry.octets.endswith(b"\r\n") else entry.octets + b"\r\n"
                self.assertIn(octets, there)
                number, whole = there[octets]
                self.check_octets(client, number, whole)
                structure = self.fetch(client, number, "BODYSTRUCTURE")["BODYSTRUCTURE"]
                self.check_parts(client, number, whole, structure)
        print(f"{len(entries)} messages delivered")

    def without_trace(self, octets):
        lines = octets.split(b"\r\n")
        at = 0
        while lines[at].startswith((b"Return-Path:", b"Delivered-To:", b"Received:")):
            at += 1
            while lines[at].startswith((b" ", b"\t")):
                at += 1
        self.assertGreater(at, 1)
        return b"\r\n".join(lines[at:])


if __name__ == "__main__":
    sys.exit(main())
