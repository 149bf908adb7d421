#!/usr/bin/env python3
"""What a person reads and writes in mua on the full screen, in a real terminal: an invitation answered, signed and encrypted mail,
a message forwarded as an attachment, another From, a draft that is in the server's Drafts once, attachments piped."""

import email
import os
import re
import socket
import subprocess
import sys
import time
import unicodedata
from email.message import EmailMessage

from case import ALICE, BOB, letter, main
from mua_case import COUNCIL, Certificates
from mua_screen_case import ScreenCase

TREASURER = "bob+treasurer@example.test"
SIGNED = "Content-Type: text/plain; charset=utf-8\r\n\r\nAt ten, truly.\r\n"


def placed(line):
    """Each glyph and the column in which a terminal has it."""
    column = 0
    for glyph in line:
        if unicodedata.category(glyph) in ("Mn", "Me", "Cf"):
            continue
        yield column, glyph
        column += 2 if unicodedata.east_asian_width(glyph) in "WF" else 1


def invitation(subject):
    message = letter(subject, "You are invited.\n")
    message.add_alternative(COUNCIL.encode(), maintype="text", subtype="calendar", params={"method": "REQUEST", "charset": "utf-8"})
    return message


class MuaReading(Certificates, ScreenCase):
    needs = ("tmux", "gpg", "gpgsm", "openssl")
    size = (100, 30)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.settings.open("a") as settings:
            settings.write(f'\n[screen]\nundo = "1s"\n\n[[identity]]\nname = "Treasurer"\naddress = "{TREASURER}"\nsignature = "The treasurer"\n')
        cls.make_keys(ALICE, BOB)

    def open(self, subject, message):
        self.submit(message)
        self.wait_for(BOB, subject)
        terminal = self.start()
        terminal.wait_for(subject)
        terminal.keys("Enter")
        return terminal

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

    def read(self, terminal, subject):
        """Opens it, wherever the cursor is."""
        terminal.keys("Escape")
        self.run_command(terminal, f"limit subject:{subject}")
        terminal.wait_for(f"/subject:{subject}  1 found ")
        terminal.keys("Enter")
        terminal.wait_for(f"Subject: {subject}")

    def sealed(self, subject, entity):
        """A mail of alice, as it crosses."""
        self.submit(email.message_from_string(f"From: {ALICE}\r\nTo: {BOB}\r\nSubject: {subject}\r\nMIME-Version: 1.0\r\n{entity}"))
        self.wait_for(BOB, subject)

    def openpgp_signed(self, user):
        signature = self.gpg("--armor", "--detach-sign", "-u", user, text=SIGNED.encode()).decode()
        return ('Content-Type: multipart/signed; protocol="application/pgp-signature"; micalg=pgp-sha512; boundary=s\r\n\r\n'
                f"--s\r\n{SIGNED}\r\n--s\r\nContent-Type: application/pgp-signature\r\n\r\n{signature}\r\n--s--\r\n")

    def test_openpgp_signatures(self):
        stranger = "stranger@example.test"
        self.make_key(stranger)
        self.sealed("pgp-right", self.openpgp_signed(ALICE))
        self.sealed("pgp-changed", self.openpgp_signed(ALICE).replace("At ten", "At two"))
        self.sealed("pgp-stranger", self.openpgp_signed(stranger))
        self.forget_key(stranger)
        terminal = self.start()
        self.read(terminal, "pgp-right")
        terminal.wait_for(f"good signature by Alice <{ALICE}> (OpenPGP ")
        terminal.wait_for("At ten, truly.")
        self.read(terminal, "pgp-changed")
        terminal.wait_for(f"BAD SIGNATURE: this is not what Alice <{ALICE}> signed (OpenPGP ")
        self.read(terminal, "pgp-stranger")
        terminal.wait_for("signed with a key that is not here; it can't be checked (OpenPGP ")
        terminal.keys("q", "q", "q")
        terminal.wait_for_end()
        terminal = self.start(PATH="/nowhere")
        self.read(terminal, "pgp-right")
        self.assertIn("At ten, truly.", terminal.wait_for("not checked: gpg is not installed"))

    def openpgp_encrypted(self, content, *users):
        recipients = [word for user in users for word in ("-r", user)]
        cipher = self.gpg("--armor", "--encrypt", *recipients, text=content.encode()).decode()
        return ('Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary=e\r\n\r\n--e\r\n'
                "Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n--e\r\n"
                f"Content-Type: application/octet-stream\r\n\r\n{cipher}\r\n--e--\r\n")

    def test_a_passphrase_is_asked_for_unseen(self):
        self.make_key("lena@example.test", "sesame")
        self.sealed("pgp-locked", self.openpgp_encrypted(SIGNED, "lena@example.test"))
        subprocess.run(["gpgconf", "--kill", "gpg-agent"], check=True)  # it remembers
        terminal = self.start()
        self.read(terminal, "pgp-locked")
        terminal.wait_for("passphrase of Lena <lena@example.test>:")
        terminal.type("sesame")
        terminal.keys("Enter")
        self.assertNotIn("sesame", terminal.wait_for("At ten, truly."))
        terminal.keys("q", "q", "q")
        terminal.wait_for_end()
        subprocess.run(["gpgconf", "--kill", "gpg-agent"], check=True)
        terminal = self.start("--plain", shows="connected")
        terminal.type("limit subject:pgp-locked\n")
        terminal.wait_for("found 1 of")
        terminal.type("1\n")
        terminal.wait_for("passphrase of Lena <lena@example.test>:")
        terminal.type("sesame\n")
        self.assertNotIn("sesame", terminal.wait_for("At ten, truly."))
        terminal.type("quit\nquit\nquit\n")
        terminal.wait_for_end()

    def test_smime_signatures_and_encryption(self):
        self.make_certificates(ALICE, BOB)
        self.certify(ALICE, "stranger", "false")
        self.sealed("smime-right", self.smime_signed(ALICE, SIGNED))
        self.sealed("smime-changed", self.smime_signed(ALICE, SIGNED).replace("At ten", "At two"))
        self.sealed("smime-stranger", self.smime_signed("false", SIGNED))
        self.sealed("smime-closed", self.smime_encrypted(BOB, self.smime_signed(ALICE, SIGNED)))
        self.certify(BOB, "harbour", "lost")
        self.sealed("smime-lost", self.smime_encrypted("lost", SIGNED))
        terminal = self.start()
        self.read(terminal, "smime-right")
        terminal.wait_for(f"good signature by Alice <{ALICE}> (S/MIME ")
        terminal.wait_for("At ten, truly.")
        self.read(terminal, "smime-changed")
        terminal.wait_for("BAD SIGNATURE: ")
        self.read(terminal, "smime-stranger")
        screen = terminal.wait_for(f"signed by Alice <{ALICE}>, but nobody you trust says whose the key is (S/MIME")
        self.assertNotIn("good signature", screen)
        self.read(terminal, "smime-closed")
        screen = terminal.wait_for("At ten, truly.")
        self.assertIn("encrypted (S/MIME)", screen)
        self.assertIn(f"good signature by Alice <{ALICE}> (S/MIME ", screen)
        self.read(terminal, "smime-lost")
        terminal.wait_for("encrypted (S/MIME): there is no key to it here")

    def test_encrypted_mail_is_read_and_answered(self):
        content = "Content-Type: text/plain; charset=utf-8\r\n\r\nBelow the pier.\r\n"
        self.sealed("between us", self.openpgp_encrypted(content, BOB, ALICE))
        terminal = self.start()
        terminal.wait_for("between us")
        terminal.keys("Enter")
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
        self.discard(terminal)

    def test_a_draft_is_once_on_the_server(self):
        terminal = self.start()
        self.write_letter(terminal, "begun here", "First words.")
        for words in ("", " More words."):
            terminal.type(words)
            terminal.keys("Escape")
            terminal.wait_for("k keeps it")
            terminal.keys("k")
            terminal.wait_for("kept; e goes on")
            self.wait_until(lambda text=words.strip() or "First": self.found("Drafts", "BODY", f'"{text}"') == 1, "it is not in Drafts")
            self.wait_until(lambda: self.count_of("begun here", "Drafts") == 1, "the copy before it stays in Drafts")
            terminal.keys("e")
            terminal.wait_for("begun here")
            terminal.keys("Enter")
            terminal.wait_for("First words.")
        terminal.keys("C-x")
        self.wait_for(ALICE, "begun here", seconds=30)
        self.wait_until(lambda: self.count_of("begun here", "Drafts") == 0, "it is still in Drafts")

    # -- texts

    def test_flowed_text_and_what_is_quoted(self):
        message = letter("flowing")
        message.set_content("On Monday:\n>> how far is it? \n>> by the coast \n>> road\n> Ten miles.\n\nThis line was \nbroken by the "
                            "\nwriter's program.\n-- \nAnn\n")
        message.replace_header("Content-Type", 'text/plain; charset="utf-8"; format="flowed"')
        terminal = self.open("flowing", message)
        screen = terminal.wait_for("This line was broken by the writer's program.")
        self.assertIn(">> how far is it? by the coast road", screen)
        self.assertIn("> Ten miles.", screen)
        looks = {self.look_of(terminal, text) for text in (">> how far", "> Ten", "This line", "From: ")}
        self.assertEqual(len(looks), 4, "depths of quotes look alike")

    def look_of(self, terminal, text):
        """The last sequence of attributes before it."""
        styled = terminal.styled()
        return re.findall(r"\033\[[\d;]*m", styled[:styled.index(text)])[-1]

    def test_a_newsletter_is_text_and_nothing_is_loaded(self):
        asked = socket.create_server(("127.0.0.1", 0))
        asked.settimeout(0)
        self.addCleanup(asked.close)
        away = f"http://127.0.0.1:{asked.getsockname()[1]}"
        message = letter("timetable", "No HTML? Look at the web.\n")
        message.set_content(
            f"""<html><head><link rel=stylesheet href="{away}/style.css"></head><body>
            <div style="display:none">Preheader that nobody sees</div><h1>Winter</h1><p>All <a href="https://ferry.test/all">boats</a>
            and <a href="https://ferry.test/map">maps</a>.</p><ul><li>one early</li><li>one late</li></ul>
            <table><tr><th>Pier</th><th>Leaves</th></tr><tr><td>North</td><td>10:00</td></tr><tr><td>South</td><td>14:30</td></tr></table>
            <img src="{away}/boat.jpg" width=600 height=300><img src="{away}/p.gif?u=1" width=1 height=1></body></html>""", subtype="html")
        terminal = self.open("timetable", message)
        screen = terminal.wait_for("Winter")
        self.assertNotIn("Preheader", screen)
        self.assertIn("2 remote pictures not loaded, 1 tracker among them", screen)
        self.assertRegex(screen, r"boats ?\[1\] and maps ?\[2\]")
        self.assertRegex(screen, r"\* one early\n +\* one late")
        self.assertRegex(screen, r"Pier +Leaves *\n.*North +10:00 *\n.*South +14:30")
        self.assertIn("[2] https://ferry.test/map", screen)
        with self.assertRaises(BlockingIOError):
            asked.accept()

    def test_any_script_keeps_its_place(self):
        odd = ["שלום עולם", "مرحبا بالعالم", "안녕하세요 세계", "👩\u200d👩\u200d👧\u200d👦 family", "e\u0301\u0302\u0303 combined", "tab\there",
               "\u202ereversed", "🇰🇷🇩🇪 flags", "ﷺ long"]
        client = self.imap(BOB)
        client.create("Odd")
        for subject in odd:
            octets = f"From: {subject} <{ALICE}>\r\nSubject: {subject}\r\n\r\n{subject}\r\n".encode()
            self.assertEqual(client.append("Odd", None, None, octets)[0], "OK")
        for octets in (b"Subject: broken \xff\xfe\xc3 utf-8\r\n\r\nbroken \xff\xfe\xc3\r\n", b"Subject: =?utf-8?q?=1b[31m?= red\r\n\r\n\x1b[2J\x07\r\n"):
            client.append("Odd", None, None, octets)
        terminal = self.start(size=(170, 30))
        self.run_command(terminal, "folder Odd")
        terminal.wait_for("family")
        for _ in range(len(odd) + 2):
            lines = terminal.screen().splitlines()[1:29]
            for line in lines:
                self.assertEqual([column for column, glyph in placed(line) if glyph == "│"], [25, 98], line)
            terminal.keys("j")
            time.sleep(0.25)  # the preview follows

    def test_all_fields_and_the_usual_ones(self):
        terminal = self.open("with fields", letter("with fields"))
        terminal.wait_for("Hello.")
        self.assertNotIn("MIME-Version:", terminal.screen())
        terminal.keys("h")
        terminal.wait_for("MIME-Version: 1.0")
        terminal.keys("h")
        self.wait_while(terminal, "MIME-Version:")

    # -- attachments

    def test_an_attached_message_is_opened(self):
        message = letter("see what I got", "Look.\n")
        message.add_attachment(letter("the inner one", "Inner words.\n", attachments=[("inner.txt", b"1")]))
        terminal = self.open("see what I got", message)
        terminal.wait_for("Look.")
        terminal.keys("v", "Enter", "o")
        terminal.wait_for("Inner words.")
        screen = terminal.wait_for("Subject: the inner one")
        self.assertIn("inner.txt", screen)
        terminal.keys("q")
        terminal.wait_for("Look.")

    def test_attachments_and_links_are_opened_by_the_desktop(self):
        desktop = self.write("bin/xdg-open", f'#!/bin/sh\necho "$1" > {self.home}/opened.new; cp "$1" {self.home}/copy 2>/dev/null\n'
                             f'mv {self.home}/opened.new {self.home}/opened\n')
        desktop.chmod(0o700)
        opened = self.home / "opened"
        self.submit(letter("open it", "At https://ferry.test/may?x=1 too.\n", [("plan b.txt", b"north\n")]))
        self.wait_for(BOB, "open it")
        terminal = self.start(PATH=f"{desktop.parent}:{os.environ['PATH']}")
        terminal.wait_for("open it")
        terminal.keys("Enter")
        terminal.wait_for("ferry.test")
        terminal.keys("v", "Enter", "o")
        self.wait_until(opened.exists, "the attachment is not opened")
        self.assertTrue(opened.read_text().endswith("/plan b.txt\n"))
        self.assertEqual((self.home / "copy").read_bytes(), b"north\n")
        opened.unlink()
        terminal.keys("L")
        terminal.wait_for("Open link")
        terminal.keys("Enter")
        self.wait_until(opened.exists, "the link is not opened")
        self.assertEqual(opened.read_text(), "https://ferry.test/may?x=1\n")
        opened.unlink()
        terminal.wait_for("At https://")
        self.click(terminal, "ferry.test/may")
        self.wait_until(opened.exists, "the link is not opened by the mouse")
        self.assertEqual(opened.read_text(), "https://ferry.test/may?x=1\n")
        opened.unlink()
        terminal.wait_for("[1 plan b.txt")
        self.click(terminal, "plan b.txt")
        terminal.wait_for("plan b.txt: o opens, s saves")
        terminal.keys("o")
        self.wait_until(opened.exists, "the attachment is not opened by the mouse")

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
