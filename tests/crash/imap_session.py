"""A plain IMAP client: commands, responses with their literals, nothing guessed."""

import re
import socket
import time

_LITERAL = re.compile(rb"\{(\d+)\}\r\n$")
_SECTION = re.compile(r"\[(UIDVALIDITY|UIDNEXT) (\d+)\]")


class No(Exception):
    """A tagged NO or BAD."""


class Response:
    """A line with its literals taken out."""

    def __init__(self, text, literals):
        self.text, self.literals = text, literals

    def number(self, name):
        found = re.search(rf"\b{name} (\d+)", self.text)
        return int(found[1]) if found else None


class ImapSession:
    def __init__(self, host, port, login, trust=None):
        self.socket = socket.create_connection((host, port), timeout=30)
        if trust:
            self.socket = trust.wrap_socket(self.socket, server_hostname="localhost")
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.file = self.socket.makefile("rb")
        self.count = 0
        self.sent = "the connection"
        self.response()
        self.command(f'LOGIN "{login[0]}" "{login[1]}"')

    def response(self):
        text, literals = "", []
        while True:
            try:
                line = self.file.readline()
            except TimeoutError as silence:
                raise TimeoutError(self.sent) from silence
            if not line.endswith(b"\n"):
                raise ConnectionError("the connection ended")
            literal = _LITERAL.search(line)
            text += line[:literal.start() if literal else None].decode(errors="replace")
            if not literal:
                break
            octets = self.file.read(int(literal[1]))
            if len(octets) < int(literal[1]):
                raise ConnectionError("the connection ended in a literal")
            literals.append(octets)
        if text.startswith("* BYE"):
            raise ConnectionError(text)
        return Response(text.rstrip("\r\n"), literals)

    def until_tagged(self, tag):
        responses = []
        while True:
            response = self.response()
            if response.text.startswith(tag + " "):
                if not response.text.startswith(tag + " OK"):
                    raise No(response.text)
                return responses, response.text
            responses.append(response)

    def tag(self):
        self.count += 1
        return f"a{self.count}"

    def command(self, text):
        """Returns (untagged responses, text of the tagged OK)."""
        tag = self.tag()
        self.sent = " ".join(text.split(" ")[:2])
        self.socket.sendall(f"{tag} {text}\r\n".encode())
        return self.until_tagged(tag)

    def append(self, mailbox, octets):
        tag = self.tag()
        self.sent = "APPEND"
        self.socket.sendall(f"{tag} APPEND {mailbox} (\\Seen) {{{len(octets)}+}}\r\n".encode() + octets + b"\r\n")
        return self.until_tagged(tag)[1]

    def select(self, mailbox):
        """Returns (uid validity, uid next)."""
        numbers = {}
        for response in self.command(f"SELECT {mailbox}")[0]:
            numbers.update(_SECTION.findall(response.text))
        return int(numbers["UIDVALIDITY"]), int(numbers["UIDNEXT"])

    def fetch(self, uids, what):
        """Yields (uid, the literal asked for)."""
        for response in self.command(f"UID FETCH {uids} (UID {what})")[0]:
            if " FETCH (" in response.text and response.literals:
                yield response.number("UID"), response.literals[0]

    def idle(self, seconds):
        tag = self.tag()
        self.sent = "IDLE"
        self.socket.sendall(f"{tag} IDLE\r\n".encode())
        while not self.response().text.startswith("+"):
            pass
        # What is pushed meanwhile waits in the buffers and is read with the tagged response.
        time.sleep(seconds)
        self.socket.sendall(b"DONE\r\n")
        return self.until_tagged(tag)[0]

    def close(self):
        self.file.close()
        self.socket.close()

