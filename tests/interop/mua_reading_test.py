#!/usr/bin/env python3
"""What a person reads and writes in mua on the full screen, in a real terminal: an invitation answered, signed and encrypted mail,
a message forwarded as an attachment, another From, a draft that is in the server's Drafts once, attachments piped."""

import email
import os
import shutil
import subprocess
import sys
import tempfile
import time
from email.message import EmailMessage

from case import ALICE, BOB, USERS, Case, letter, main
from mua_case import COUNCIL
from pabal import BIN
from terminal import Terminal

TREASURER = "bob+treasurer@example.test"

def invitation(subject):
    message = letter(subject, "You are invited.\n")
    message.add_alternative(COUNCIL.encode(), maintype="text", subtype="calendar", params={"method": "REQUEST", "charset": "utf-8"})
    return message


class MuaReading(Case):
    needs = ("tmux", "gpg")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.settings = cls.server.folder / "mua.toml"
        cls.server.mua("--config", cls.server.settings, "--settings", cls.settings, "--account", BOB, "setup", "--name", "Bob",
                       "--password-stdin", text=(USERS[BOB] + "\n").encode())
        with cls.settings.open("a") as settings:
            settings.write(f'\n[[identity]]\nname = "Treasurer"\naddress = "{TREASURER}"\nsignature = "The treasurer"\n')
        cls.keys = tempfile.mkdtemp(prefix="gpg-", dir="/tmp")
        cls.addClassCleanup(shutil.rmtree, cls.keys, ignore_errors=True)
        cls.addClassCleanup(cls.gpg, "--kill", "all", program="gpgconf")
        for user in (ALICE, BOB):
            cls.gpg("--passphrase", "", "--pinentry-mode", "loopback", "--quick-gen-key", f"{user[:user.index('@')].title()} <{user}>",
                    "default", "default", "never")

    @classmethod
    def gpg(cls, *arguments, program="gpg", text=b""):
        words = [program, *(("--batch", "--quiet", "--trust-model", "always") if program == "gpg" else ()), *arguments]
        return subprocess.run(words, input=text, env=os.environ | {"GNUPGHOME": cls.keys}, capture_output=True, check=False).stdout

    def start(self, width=100, height=30):
        terminal = Terminal(["env", f"GNUPGHOME={self.keys}", "TZ=UTC", BIN / "mua", "--config", self.server.settings, "--settings",
                             self.settings, "--account", BOB], self.home, width, height)
        self.addCleanup(terminal.close)
        terminal.wait_for("live")
        return terminal

    def open(self, subject, message):
        self.submit(message)
        self.wait_for(BOB, subject)
        terminal = self.start()
        terminal.wait_for(subject)
        terminal.keys("Enter")
        return terminal

    def found(self, mailbox, *criteria):
        client = self.imap(BOB)
        client.select(mailbox, readonly=True)
        return len(client.search(None, *criteria)[1][0].split())

    def wait_until(self, condition, what, seconds=20):
        end = time.monotonic() + seconds
        while not condition():
            self.assertLess(time.monotonic(), end, what)
            time.sleep(0.05)

    def test_an_invitation_is_answered_in_two_keys(self):
        terminal = self.open("council in winter", invitation("council in winter"))
        screen = terminal.wait_for("┌─ Invitation")
        for words in ("What:      Harbour council", "When:      Fri 27 Nov 2026, 14:00 to 15:30", "every week on Friday, 10 times",
                      f"Organizer: Ann Miller <{ALICE}>"):
            self.assertIn(words, screen)
        terminal.keys("I", "a")
        terminal.wait_for('sending "Accepted: Harbour council" in')
        answer = email.message_from_bytes(self.wait_for(ALICE, "Accepted: Harbour council", seconds=30))
        calendar = next(part for part in answer.walk() if part.get_content_type() == "text/calendar")
        self.assertEqual(calendar.get_param("method"), "REPLY")
        text = calendar.get_payload(decode=True).decode().replace("\r\n ", "")
        self.assertIn("METHOD:REPLY\r\n", text)
        self.assertIn("PARTSTAT=ACCEPTED", text)
        self.assertIn("UID:council@example.test", text)

    def test_a_signature_is_checked(self):
        content = "Content-Type: text/plain; charset=utf-8\r\n\r\nAt ten, truly.\r\n"
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = ALICE, BOB, "signed by hand"
        signature = self.gpg("--armor", "--detach-sign", "-u", ALICE, text=content.encode()).decode()
        raw = (f"From: {ALICE}\r\nTo: {BOB}\r\nSubject: signed by hand\r\nMIME-Version: 1.0\r\nContent-Type: multipart/signed; "
               f"protocol=\"application/pgp-signature\"; micalg=pgp-sha512; boundary=s\r\n\r\n--s\r\n{content}\r\n--s\r\n"
               f"Content-Type: application/pgp-signature\r\n\r\n{signature}\r\n--s--\r\n")
        terminal = self.open("signed by hand", email.message_from_string(raw))
        terminal.wait_for("At ten, truly.")
        terminal.wait_for(f"good signature by Alice <{ALICE}>")

    def test_encrypted_mail_is_read_and_answered(self):
        cipher = self.gpg("--armor", "--encrypt", "-r", BOB, "-r", ALICE,
                          text="Content-Type: text/plain; charset=utf-8\r\n\r\nBelow the pier.\r\n".encode()).decode()
        raw = (f"From: {ALICE}\r\nTo: {BOB}\r\nSubject: between us\r\nMIME-Version: 1.0\r\nContent-Type: multipart/encrypted; "
               "protocol=\"application/pgp-encrypted\"; boundary=e\r\n\r\n--e\r\nContent-Type: application/pgp-encrypted\r\n\r\n"
               f"Version: 1\r\n--e\r\nContent-Type: application/octet-stream\r\n\r\n{cipher}\r\n--e--\r\n")
        terminal = self.open("between us", email.message_from_string(raw))
        terminal.wait_for("Below the pier.")
        self.assertIn("encrypted (OpenPGP)", terminal.screen())
        for path in self.server.folder.rglob("*.db*"):
            self.assertNotIn(b"Below the pier", path.read_bytes())
        terminal.keys("r")
        terminal.wait_for("> Below the pier.")
        self.assertIn("signed and encrypted", terminal.screen())
        terminal.type("I shall dig.")
        terminal.keys("C-x")
        terminal.wait_for('sending "Re: between us" in')
        answer = email.message_from_bytes(self.wait_for(ALICE, "Re: between us", seconds=30))
        self.assertEqual(answer.get_content_type(), "multipart/encrypted")
        opened = self.gpg("--decrypt", text=answer.get_payload(1).get_payload().encode())
        self.assertIn(b"I shall dig.", opened)
        self.assertIn(b"BEGIN PGP SIGNATURE", opened)

    def test_forwarded_as_an_attachment(self):
        terminal = self.open("as it came", letter("as it came", "These words.\n"))
        terminal.wait_for("These words.")
        terminal.keys("M-f")
        terminal.wait_for("Attached:[1 as it came.eml]")
        terminal.type(ALICE)
        terminal.keys("C-x")
        self.wait_until(lambda: self.sends(terminal), "it is not sent")
        forwarded = email.message_from_bytes(self.wait_for(ALICE, "Fwd: as it came", seconds=30))
        inner = next(part for part in forwarded.walk() if part.get_content_type() == "message/rfc822")
        self.assertEqual(inner.get_payload(0)["Subject"], "as it came")

    def sends(self, terminal):
        """Once more when what is attached has come."""
        screen = terminal.screen()
        if "on their way" in screen or "attachment fetched" in screen:
            terminal.keys("C-x")
        return "sending" in screen

    def test_another_from(self):
        terminal = self.start()
        terminal.keys("m")
        terminal.wait_for("From:")
        terminal.keys("Up")
        terminal.wait_for(f"Treasurer <{TREASURER}>")
        terminal.keys("Down", "Enter")
        terminal.wait_for(f"From:    Treasurer <{TREASURER}>")
        terminal.wait_for("The treasurer")
        terminal.keys("Escape")
        terminal.wait_for("d discards it")
        terminal.keys("d")

    def test_a_draft_is_once_on_the_server(self):
        terminal = self.start()
        terminal.keys("m")
        terminal.wait_for("Subject:")
        terminal.type(ALICE)
        terminal.keys("Enter", "Enter", "Enter")
        terminal.type("begun here")
        terminal.keys("Enter")
        terminal.type("First words.")
        for words in ("", " More words."):
            terminal.type(words)
            terminal.keys("Escape")
            terminal.wait_for("k keeps it")
            terminal.keys("k")
            terminal.wait_for("kept; e goes on")
            self.wait_until(lambda text=words.strip() or "First": self.found("Drafts", "BODY", f'"{text}"') == 1, "it is not in Drafts")
            self.assertEqual(self.found("Drafts", "SUBJECT", '"begun here"'), 1)
            terminal.keys("e")
            terminal.wait_for("begun here")
            terminal.keys("Enter")
            terminal.wait_for("First words.")
        terminal.keys("C-x")
        self.wait_for(ALICE, "begun here", seconds=30)
        self.wait_until(lambda: self.found("Drafts", "SUBJECT", '"begun here"') == 0, "it is still in Drafts")

    def test_an_attachment_is_piped(self):
        terminal = self.open("with numbers", letter("with numbers", attachments=[("numbers.txt", b"1\n2\n3\n")]))
        terminal.wait_for("[1 numbers.txt")
        terminal.keys("v", "Enter", "|")
        terminal.wait_for("pipe to:")
        terminal.type("wc -l | sed s/^/lines:/")
        terminal.keys("Enter")
        terminal.wait_for("lines:3")
        terminal.keys("Enter")
        terminal.wait_for("[1 numbers.txt")


if __name__ == "__main__":
    sys.exit(main())
