#!/usr/bin/env python3
"""What bad input gets, over real sockets: a clear reply, nothing lost, and the connection kept where the
protocol allows. Each test ends by showing that the server still works."""


import re
import smtplib
import socket
import sys
import time

from case import ALICE, BOB, USERS, Case, letter, main


class Raw:
    """A plain connection that sends octets as they are."""

    def __init__(self, server, port):
        self.socket = socket.create_connection((server.host, port), timeout=20)
        self.lines = self.socket.makefile("rb")

    def send(self, octets):
        self.socket.sendall(octets)

    def reply(self):
        """SMTP: the last line of a reply, '' when closed."""
        while (line := self.lines.readline())[3:4] == b"-":
            pass
        return line.decode(errors="replace").rstrip()

    def say(self, octets):
        self.send(octets + b"\r\n")
        return self.reply()

    def tagged(self, octets, tag=b"t"):
        """IMAP: sends a command; everything up to its tagged line."""
        self.send(tag + b" " + octets + b"\r\n")
        return self.until_tagged(tag)

    def until_tagged(self, tag=b"t"):
        lines = []
        while line := self.lines.readline():
            lines.append(line.decode(errors="replace").rstrip())
            if line.startswith(tag + b" "):
                break
        return lines

    def close(self):
        self.lines.close()
        self.socket.close()


class BadSmtp(Case):
    def setUp(self):
        self.raw = Raw(self.server, self.server.ports.smtp)
        self.addCleanup(self.raw.close)
        self.assertTrue(self.raw.reply().startswith("220 "))
        self.assertTrue(self.raw.say(b"EHLO client.test").startswith("250 "))

    def expect(self, code, octets):
        reply = self.raw.say(octets)
        self.assertTrue(reply.startswith(str(code)), f"{octets[:60]!r}: {reply}")

    def still_works(self, subject="still works"):
        """On the same connection."""
        self.expect(250, b"RSET")
        self.expect(250, b"MAIL FROM:<a@example.net>")
        self.expect(250, b"RCPT TO:<bob@example.test>")
        self.expect(354, b"DATA")
        self.expect(250, f"Subject: {subject}\r\n\r\nx\r\n.".encode())
        self.wait_for(BOB, subject)

    def test_commands(self):
        self.expect(5, b"")
        self.expect(5, b"X" * 100_000)
        self.expect(5, b"NO\0OP")
        self.expect(5, b"\xff\xfe\xfd")
        self.expect(5, b"MAIL FROM:<\xc3\x28@example.net>")
        self.expect(5, b"MAIL FROM:<a@b@c>")
        self.expect(5, b"MAIL FROM:a@example.net>")
        self.expect(5, b"MAIL FROM:<a@example.net> SIZE=many")
        self.expect(5, b"MAIL FROM:<a@example.net> NOSUCH=1")
        self.expect(5, b"MAIL FROM:<" + b"a" * 300 + b"@example.net>")
        self.still_works()

    def test_recipients(self):
        self.expect(250, b"MAIL FROM:<a@example.net>")
        for wrong in (b"<>", b"<@>", b"<bob@>", b"<bob@example..test>", b"<b ob@example.test>", b"<bob@[1.2.3]>"):
            self.expect(5, b"RCPT TO:" + wrong)
        self.expect(250, b"RCPT TO:<\"bob\"@example.test>")
        self.still_works()

    def smuggle(self, end):
        """Octets that a careless server takes for the end of a message must deliver no second one."""
        self.expect(250, b"MAIL FROM:<a@example.net>")
        self.expect(250, b"RCPT TO:<bob@example.test>")
        self.expect(354, b"DATA")
        inner = b"MAIL FROM:<boss@example.test>\r\nRCPT TO:<bob@example.test>\r\nDATA\r\nSubject: smuggled\r\n\r\nx\r\n.\r\n"
        self.raw.send(b"Subject: outer\r\n\r\nx" + end + inner)
        return self.raw.reply()

    def test_smuggling(self):
        for end in (b"\n.\n", b"\n.\r\n", b"\r\n.\n", b"\r.\r", b"\r\n.\r", b"\r.\r\n", b"\n.\r", b"\r\n\0.\r\n"):
            with self.subTest(end=end):
                self.setUp()
                self.assertRegex(self.smuggle(end), "^(5|250)")
                time.sleep(0.1)
                client = self.imap(BOB)
                client.select("INBOX", readonly=True)
                self.assertEqual(client.search(None, "HEADER", "Subject", "smuggled")[1], [b""])
        self.setUp()
        self.still_works("after smuggling")

    def test_endless_line_in_data(self):
        self.expect(250, b"MAIL FROM:<a@example.net>")
        self.expect(250, b"RCPT TO:<bob@example.test>")
        self.expect(354, b"DATA")
        reply = self.raw.say(b"Subject: long line\r\n\r\n" + b"x" * 2_000_000 + b"\r\n.")
        self.assertRegex(reply, "^(250|5)")
        if reply.startswith("250"):
            self.assertIn(b"x" * 2_000_000, self.wait_for(BOB, "long line"))
        self.still_works("after the long line")

    def test_too_large_at_the_octet(self):
        with smtplib.SMTP(self.server.host, self.server.ports.smtp, timeout=120) as client:
            client.ehlo()
            limit = int(client.esmtp_features["size"])
            client.mail("a@example.net")
            client.rcpt(BOB)
            line = b"0123456789" * 7 + b"\r\n"
            code, _ = client.data(b"Subject: too large\r\n\r\n" + line * (limit // len(line) + 1))
            self.assertEqual(code, 552)
            self.assertEqual(client.noop()[0], 250)

    def test_malformed_messages_arrive_whole(self):
        bodies = {
            "nothing at all": b"",
            "no header": b"just text\r\n",
            "no end of boundary": b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n\r\nx\r\n',
            "unknown charset": b"Content-Type: text/plain; charset=nonsense-8\r\n\r\n\xff\xfe\r\n",
            "nested deep": b"".join(b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n) for n in range(200)),
            "wrong base64": b"Content-Transfer-Encoding: base64\r\n\r\n!!!!====\r\n",
            "folded oddly": b"Subject:\r\n\t\r\n \r\n x\r\nFrom: <<<>>>,,;\r\nDate: yesterday\r\n\r\nx\r\n",
        }
        for name, body in bodies.items():
            mark = f"X-Mark: {name.replace(' ', '-')}\r\n".encode()
            with self.subTest(name):
                before = self.count(BOB)
                self.expect(250, b"MAIL FROM:<a@example.net> BODY=8BITMIME")
                self.expect(250, b"RCPT TO:<bob@example.test>")
                self.expect(354, b"DATA")
                self.expect(250, mark + body + b".")
                end = time.monotonic() + 20
                while self.count(BOB) == before and time.monotonic() < end:
                    time.sleep(0.02)
                client = self.imap(BOB)
                client.select("INBOX")
                answer = client.fetch(str(before + 1), "(FLAGS ENVELOPE BODYSTRUCTURE RFC822.SIZE)")
                self.assertEqual(answer[0], "OK", answer)
                self.assertTrue(client.fetch(str(before + 1), "(BODY.PEEK[])")[1][0][1].endswith(mark + body))

    def test_unknown_commands_without_end(self):
        raw = Raw(self.server, self.server.ports.smtp)
        self.addCleanup(raw.close)
        raw.reply()
        replies = [reply for _ in range(200) if (reply := self.say_or_closed(raw))]
        self.assertTrue(all(re.match("5|421", reply) for reply in replies), replies[-1])
        self.still_works("after nonsense")

    @staticmethod
    def say_or_closed(raw):
        try:
            return raw.say(b"NONSENSE")
        except OSError:
            return ""


class BadImap(Case):
    def setUp(self):
        self.raw = self.connect()
        self.login(self.raw)

    def connect(self):
        raw = Raw(self.server, self.server.ports.imap)
        self.addCleanup(raw.close)
        self.assertTrue(raw.lines.readline().startswith(b"* OK"))
        return raw

    def login(self, raw):
        self.assertIn("t OK", raw.tagged(f"LOGIN {BOB} {USERS[BOB]}".encode())[-1])

    def bad(self, octets):
        lines = self.raw.tagged(octets)
        self.assertRegex(lines[-1], "^t (BAD|NO)", f"{octets[:60]!r}")

    def still_works(self):
        self.assertIn("t OK", self.raw.tagged(b"NOOP")[-1])

    def test_commands(self):
        for octets in (b"NONSENSE", b"SELECT", b"FETCH 1 FLAGS", b"SELECT \"INBOX", b"LOGIN a", b"SELECT IN\0BOX",
                       b"CREATE \"\xff\xfe\"", b"STATUS INBOX (NOSUCH)", b"SELECT {99999999999999999999}", b"APPEND INBOX {",
                       b"LIST (((((((((( \"\" *", b"SEARCH " + b"NOT " * 5000 + b"ALL", b"A" * 200_000):
            with self.subTest(octets[:40]):
                self.bad(octets)
        self.still_works()

    def test_after_select(self):
        self.submit(letter("to fetch"))
        self.wait_for(BOB, "to fetch")
        self.assertIn("t OK", self.raw.tagged(b"SELECT INBOX")[-1])
        for octets in (b"FETCH 0 FLAGS", b"FETCH 1:x FLAGS", b"FETCH 1 NOSUCH", b"FETCH 1 BODY[9999999999999]<1.2",
                       b"STORE 1 FLAGS (", b"SEARCH SUBJECT", b"FETCH 4294967296 FLAGS"):
            with self.subTest(octets[:40]):
                self.bad(octets)
        self.still_works()

    def test_empty_lines_and_tags(self):
        self.raw.send(b"\r\n")
        self.raw.send(b"* NOOP\r\n")
        lines = self.raw.tagged(b"NOOP")
        self.assertTrue(any("BAD" in line for line in lines[:-1]), lines)

    def test_huge_literals(self):
        self.bad(b"APPEND INBOX {99999999999}")
        self.bad(b"CREATE {50000000}")
        self.still_works()
        # A literal that isn't waited for can't be refused in time: the connection may close, others go on.
        raw = self.connect()
        self.login(raw)
        raw.send(b"t APPEND INBOX {99999999999+}\r\n")
        self.assertRegex(raw.until_tagged()[-1], "^(t (BAD|NO)|\\* BYE)")
        self.still_works()

    def test_half_an_append_leaves_nothing(self):
        before = self.count(BOB)
        raw = self.connect()
        self.login(raw)
        raw.send(b"t APPEND INBOX {1000}\r\n")
        self.assertTrue(raw.lines.readline().startswith(b"+"))
        raw.send(b"Subject: half")
        raw.close()
        self.still_works()
        self.assertEqual(self.count(BOB), before)

    def test_before_login(self):
        raw = self.connect()
        for octets in (b"SELECT INBOX", b"FETCH 1 FLAGS", b"IDLE", b"A" * 100_000):
            self.assertRegex(raw.tagged(octets)[-1], "^t (BAD|NO)")
        self.assertIn("t OK", raw.tagged(b"CAPABILITY")[-1])


if __name__ == "__main__":
    sys.exit(main())
