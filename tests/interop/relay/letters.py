"""Messages that can be told from one another wherever they end up, and what a mailbox's octets say of them."""

import email.utils
import itertools
import os
import re
from dataclasses import dataclass, field

NAME = re.compile(rb"^X-Letter: (\S+)", re.MULTILINE)
FAILED = re.compile(rb"^Final-Recipient:\s*(?:rfc822|utf-8);\s*(.+?)\s*$", re.MULTILINE | re.IGNORECASE)
ACTION = re.compile(rb"^Action:\s*(\w+)", re.MULTILINE | re.IGNORECASE)
_numbers = itertools.count(1)


@dataclass
class Letter:
    sender: str
    recipients: list
    name: str = ""
    body: bytes = b"Hello.\r\n"
    fields: list = field(default_factory=list)
    subject: str = "a letter"

    def __post_init__(self):
        self.name = self.name or f"{os.getpid()}-{next(_numbers)}"

    def octets(self):
        lines = [f"From: <{self.sender}>", f"To: <{self.recipients[0]}>", f"Subject: {self.subject}",
                 f"Date: {email.utils.formatdate()}", f"Message-ID: <{self.name}@{self.sender.split('@')[1]}>",
                 f"X-Letter: {self.name}", "MIME-Version: 1.0", *self.fields]
        return "\r\n".join(lines).encode() + b"\r\n\r\n" + self.body


def eight_bit(sender, recipients):
    body = "Größe: 5 µm, 발송 완료.\r\n.begins with a dot\r\n..\r\nFrom the start of a line\r\n".encode()
    return Letter(sender, recipients, body=body,
                  fields=["Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit"])


def large(sender, recipients, size=20_000_000):
    line = b"All work and no play makes the courier a dull boy, so he rides on; all work\r\n"
    return Letter(sender, recipients, body=line * (size // len(line)))


def name_of(octets):
    found = NAME.search(octets)
    return found[1].decode() if found else None


def body_of(octets):
    """After the header, with LF line ends and without the empty lines that a mailbox may add."""
    return octets.replace(b"\r\n", b"\n").partition(b"\n\n")[2].rstrip(b"\n")


def failures(octets):
    """The recipients that a report says have failed; None when it is no report."""
    if b"report-type=delivery-status" not in octets.replace(b'"', b""):
        return None
    status = octets.replace(b"\r\n", b"\n")
    blocks = [block for block in status.split(b"\n\n") if FAILED.search(block)]
    return [FAILED.search(block)[1].decode("utf-8", "replace") for block in blocks
            if (action := ACTION.search(block)) and action[1].lower() == b"failed"]
