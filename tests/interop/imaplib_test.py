#!/usr/bin/env python3
"""Python's imaplib: the verbs one by one, and IDLE on a raw connection."""

import calendar
import imaplib
import socket
import sys
import time

from case import ALICE, BOB, USERS, Case, letter, main, pabal_only
from pabal import tls_context

TEXT = b"From: a@example.net\r\nSubject: plain\r\nDate: Tue, 2 Jan 2024 03:04:05 +0900\r\n\r\nLine one.\r\nLine two.\r\n"


class Imaplib(Case):
    def ok(self, answer):
        self.assertEqual(answer[0], "OK", answer)
        return answer[1]

    def append(self, client, mailbox, octets=TEXT, flags="", date=None):
        self.ok(client.append(mailbox, flags, date, octets))

    def fresh(self, client, name, messages=0):
        self.ok(client.create(name))
        for number in range(messages):
            self.append(client, name, TEXT.replace(b"plain", b"number %d" % number))
        self.ok(client.select(name))

    def test_logins(self):
        ports = self.server.ports
        client = imaplib.IMAP4(self.server.host, ports.imap, timeout=30)
        self.assertIn("STARTTLS", client.capabilities)
        self.ok(client.starttls(tls_context(self.server)))
        self.ok(client.authenticate("PLAIN", lambda _: f"\0{ALICE}\0{USERS[ALICE]}".encode()))
        client.logout()
        client = imaplib.IMAP4_SSL(self.server.host, ports.imaps, ssl_context=tls_context(self.server), timeout=30)
        with self.assertRaises(imaplib.IMAP4.error):
            client.login(ALICE, "wrong")
        self.ok(client.login("alice", USERS[ALICE]))
        client.logout()

    def test_mailboxes(self):
        client = self.imap(ALICE)
        self.ok(client.create("Work"))
        separator = self.ok(client.list())[0].split(b'"')[1].decode()
        self.ok(client.create(f"Work{separator}2026"))
        self.ok(client.subscribe("Work"))
        self.assertTrue(any(b"Work" in line for line in self.ok(client.lsub())))
        self.ok(client.unsubscribe("Work"))
        self.ok(client.rename("Work", "Done"))
        names = b" ".join(self.ok(client.list()))
        self.assertIn(f"Done{separator}2026".encode(), names)
        self.assertNotIn(b"Work", names)
        self.ok(client.delete(f"Done{separator}2026"))
        self.ok(client.delete("Done"))
        self.assertEqual(client.select("Done")[0], "NO")
        self.assertIn(b'(("" "', self.ok(client.namespace())[0])

    def test_flags_and_expunge(self):
        client = self.imap(ALICE)
        self.fresh(client, "Flags", 4)
        self.ok(client.store("1:2", "+FLAGS", r"(\Seen $label1)"))
        self.ok(client.store("2,4", "+FLAGS.SILENT", r"(\Deleted)"))
        self.assertIn(rb"\Seen", self.ok(client.fetch("1", "(FLAGS)"))[0])
        self.assertEqual(self.ok(client.search(None, "KEYWORD", "$label1")), [b"1 2"])
        self.assertEqual(self.ok(client.search(None, "DELETED")), [b"2 4"])
        self.assertEqual(len(self.ok(client.expunge())), 2)
        self.assertEqual(self.ok(client.uid("SEARCH", "ALL")), [b"1 3"])
        self.ok(client.check())
        self.ok(client.close())

    def test_append_fetch(self):
        client = self.imap(ALICE)
        self.fresh(client, "Fetch")
        self.append(client, "Fetch", flags=r"(\Flagged)", date='" 2-Jan-2024 03:04:05 +0900"')
        self.ok(client.noop())
        data = self.ok(client.fetch("1", "(UID FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[])"))[0]
        self.assertEqual(data[1], TEXT)
        for piece in (rb"\Flagged", b"RFC822.SIZE %d" % len(TEXT)):
            self.assertIn(piece, data[0])
        self.assertEqual(time.mktime(imaplib.Internaldate2tuple(data[0])), calendar.timegm((2024, 1, 1, 18, 4, 5)))
        self.assertEqual(self.ok(client.fetch("1", "(BODY.PEEK[TEXT]<5.3>)"))[0][1], b"one")
        header = self.ok(client.fetch("1", "(BODY.PEEK[HEADER.FIELDS (Subject)])"))[0][1]
        self.assertEqual(header, b"Subject: plain\r\n\r\n")
        envelope = self.ok(client.fetch("1", "(ENVELOPE BODYSTRUCTURE)"))[0]
        self.assertIn(b'"Tue, 2 Jan 2024 03:04:05 +0900" "plain"', envelope)
        self.assertIn(b'("text" "plain"', envelope.lower())

    def test_copy_move(self):
        client = self.imap(ALICE)
        self.ok(client.create("Target"))
        self.fresh(client, "Source", 3)
        self.ok(client.copy("1", "Target"))
        self.ok(client.uid("MOVE", "2", "Target"))
        self.assertEqual(self.ok(client.uid("SEARCH", "ALL")), [b"1 3"])
        self.assertEqual(self.count(ALICE, "Target"), 2)
        self.assertEqual(client.copy("1", "Nowhere")[0], "NO")
        self.assertIn("TRYCREATE", str(client.copy("1", "Nowhere")) + str(client.untagged_responses))

    def test_search(self):
        client = self.imap(ALICE)
        self.fresh(client, "Search", 3)
        self.append(client, "Search", "Subject: =?utf-8?b?7YyM67Cc?=\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
                                      "달려라\r\n".encode())
        self.ok(client.noop())
        self.assertEqual(self.ok(client.search(None, "SUBJECT", '"number 1"')), [b"2"])
        self.assertEqual(self.ok(client.search(None, "BODY", '"line TWO"')), [b"1 2 3"])
        self.assertEqual(self.ok(client.search(None, "OR", "1", "NOT", "BODY", "Line")), [b"1 4"])
        self.assertEqual(self.ok(client.search(None, "SENTSINCE", "1-Jan-2024", "LARGER", "10", "UNSEEN", "1:2")), [b"1 2"])
        client.literal = "파발".encode()
        self.assertEqual(self.ok(client.search("UTF-8", "SUBJECT")), [b"4"])
        client.literal = "려라".encode()
        self.assertEqual(self.ok(client.uid("SEARCH", "CHARSET", "UTF-8", "BODY")), [b"4"])

    def test_read_only(self):
        client = self.imap(ALICE)
        self.fresh(client, "Examined", 1)
        self.ok(client.select("Examined", readonly=True))
        client.store("1", "+FLAGS", r"(\Seen)")
        self.assertEqual(self.ok(client.search(None, "SEEN")), [b""])

    def test_delivery_seen_by_status(self):
        self.submit(letter("counted"))
        self.wait_for(BOB, "counted")
        answer = self.ok(self.imap(BOB).status("INBOX", "(MESSAGES RECENT UIDNEXT UIDVALIDITY UNSEEN)"))
        self.assertIn(b"UIDNEXT", answer[0])

    @pabal_only
    def test_extensions(self):
        client = self.imap(ALICE)
        for word in ("IMAP4REV1 IMAP4REV2 LITERAL- SASL-IR ID ENABLE IDLE NAMESPACE CHILDREN LIST-EXTENDED LIST-STATUS "
                     "SPECIAL-USE UIDPLUS MOVE UNSELECT CONDSTORE ESEARCH STATUS=SIZE BINARY UTF8=ACCEPT").split():
            self.assertIn(word, client.capabilities)
        self.ok(client.enable("CONDSTORE"))
        specials = b" ".join(self.ok(client.list()))
        for use in (rb"\Drafts", rb"\Sent", rb"\Junk", rb"\Trash", rb"\Archive"):
            self.assertIn(use, specials)


class Idle(Case):
    """A raw connection, since imaplib has no IDLE before Python 3.14."""

    def raw(self, user):
        plain = socket.create_connection((self.server.host, self.server.ports.imaps), timeout=20)
        connection = tls_context(self.server).wrap_socket(plain, server_hostname=self.server.host)
        self.addCleanup(connection.close)
        lines = connection.makefile("rb")
        self.addCleanup(lines.close)
        lines.readline()
        return connection, lines

    def command(self, connection, lines, text):
        connection.sendall(b"t " + text + b"\r\n")
        while not (line := lines.readline()).startswith(b"t "):
            self.assertTrue(line, "closed")
        self.assertTrue(line.startswith(b"t OK"), line)

    def idle(self, user):
        connection, lines = self.raw(user)
        self.command(connection, lines, f"LOGIN {user} {USERS[user]}".encode())
        self.command(connection, lines, b"SELECT INBOX")
        connection.sendall(b"i IDLE\r\n")
        self.assertTrue(lines.readline().startswith(b"+"))
        return connection, lines

    def line_with(self, lines, word):
        while word not in (line := lines.readline()):
            self.assertTrue(line, "closed")
        return time.monotonic()

    def test_news_reach_an_idling_client(self):
        self.submit(letter("before"))
        self.wait_for(BOB, "before")
        connection, lines = self.idle(BOB)
        other = self.imap(BOB)
        other.select("INBOX")
        start = time.monotonic()
        self.submit(letter("news"))
        print(f"new mail after {1000 * (self.line_with(lines, b'EXISTS') - start):.0f} ms (login and sending included)")
        start = time.monotonic()
        other.store("1", "+FLAGS", r"(\Flagged)")
        print(f"a flag after {1000 * (self.line_with(lines, b'FETCH') - start):.0f} ms")
        start = time.monotonic()
        other.store("1", "+FLAGS", r"(\Deleted)")
        other.expunge()
        print(f"an expunge after {1000 * (self.line_with(lines, b'EXPUNGE') - start):.0f} ms")
        connection.sendall(b"DONE\r\n")
        self.line_with(lines, b"i OK")


if __name__ == "__main__":
    sys.exit(main())
