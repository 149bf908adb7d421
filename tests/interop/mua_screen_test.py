#!/usr/bin/env python3
"""mua on the full screen, in a real terminal against our own servers: reads, answers, takes a send back, deletes and takes
that back, finds, saves an attachment; the server goes and comes back; the program is killed while a letter is written."""

import email
import os
import secrets
import signal
import sys
import time

from case import ALICE, BOB, USERS, Case, letter, main
from pabal import BIN
from terminal import Terminal


class MuaScreen(Case):
    needs = ("tmux",)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.settings = cls.server.folder / "mua.toml"
        cls.server.mua("--config", cls.server.settings, "--settings", cls.settings, "--account", BOB, "setup", "--name", "Bob",
                       "--password-stdin", text=(USERS[BOB] + "\n").encode())

    def start(self, width=120, height=30):
        terminal = Terminal([BIN / "mua", "--config", self.server.settings, "--settings", self.settings, "--account", BOB],
                            self.home, width, height)
        self.addCleanup(terminal.close)
        terminal.wait_for("live")
        return terminal

    def deliver(self, subject, text="Hello.\n", attachments=()):
        self.submit(letter(subject, text, attachments))
        self.wait_for(BOB, subject)

    def found(self, mailbox, *criteria):
        client = self.imap(BOB)
        client.select(mailbox, readonly=True)
        return len(client.search(None, *criteria)[1][0].split())

    def wait_until(self, condition, what, seconds=20):
        end = time.monotonic() + seconds
        while not condition():
            self.assertLess(time.monotonic(), end, what)
            time.sleep(0.05)

    def wait_while(self, terminal, text, seconds=20):
        self.wait_until(lambda: text not in terminal.screen(), f"'{text}' stays on the screen", seconds)

    # -- reading and writing

    def test_reads_and_answers_and_takes_a_send_back(self):
        self.deliver("a question", "How are you, 파발?\n")
        terminal = self.start()
        terminal.wait_for("a question")
        terminal.keys("Enter")
        terminal.wait_for("How are you, 파발?")
        self.wait_until(lambda: self.found("INBOX", "SEEN", "SUBJECT", '"a question"') == 1, "it is not marked as read")
        terminal.keys("r")
        terminal.wait_for("> How are you, 파발?")
        terminal.type("Well, 고마워요.")
        terminal.keys("C-x")
        terminal.wait_for('sending "Re: a question" in')
        terminal.keys("u")
        terminal.wait_for("Well, 고마워요.")
        terminal.keys("C-x")
        terminal.wait_for('sending "Re: a question" in')
        answer = email.message_from_bytes(self.wait_for(ALICE, "Re: a question"))
        original = email.message_from_bytes(self.wait_for(BOB, "a question"))
        self.assertEqual(answer["In-Reply-To"], original["Message-ID"])
        self.assertIn("Well, 고마워요.", answer.get_payload(decode=True).decode())
        self.wait_for(BOB, "Re: a question", "Sent")
        self.wait_until(lambda: self.found("INBOX", "ANSWERED", "SUBJECT", '"a question"') == 1, "it is not marked as answered")
        self.assertEqual(self.found("Sent", "SUBJECT", '"Re: a question"'), 1)

    def test_deletes_and_takes_it_back(self):
        self.deliver("to be deleted")
        terminal = self.start()
        terminal.wait_for("to be deleted")
        terminal.keys("d")
        self.wait_while(terminal, "to be deleted")
        self.wait_until(lambda: self.found("Trash", "SUBJECT", '"to be deleted"') == 1, "it is not in Trash")
        terminal.keys("u")
        terminal.wait_for("to be deleted")
        self.wait_until(lambda: self.found("INBOX", "SUBJECT", '"to be deleted"') == 1, "it is not back")
        terminal.keys("s")
        terminal.type("arch")
        terminal.keys("Enter")
        self.wait_until(lambda: self.found("Archive", "SUBJECT", '"to be deleted"') == 1, "it is not in Archive")

    def test_finds_what_was_never_read(self):
        self.deliver("haystack one", "Nothing here.\n")
        self.deliver("haystack two", "A silver needle lies here.\n")
        terminal = self.start()
        terminal.wait_for("haystack two")
        terminal.keys("/")
        terminal.type("needle")
        terminal.wait_for("1 found")
        self.assertNotIn("haystack one", terminal.screen())
        terminal.keys("Enter", "Enter")
        terminal.wait_for("A silver needle")
        terminal.keys("q", "q")
        terminal.wait_for("haystack one")

    def test_saves_an_attachment(self):
        octets = secrets.token_bytes(300_000)
        self.deliver("with a file", attachments=[("photo.jpg", octets)])
        terminal = self.start()
        terminal.wait_for("with a file")
        terminal.keys("Enter")
        terminal.wait_for("[1 photo.jpg")
        terminal.keys("v", "Enter", "s")
        terminal.wait_for("save as: ")
        terminal.keys("C-u")
        terminal.type(str(self.home / "saved.jpg"))
        terminal.keys("Enter")
        terminal.wait_for("saved as")
        self.assertEqual((self.home / "saved.jpg").read_bytes(), octets)

    def test_new_mail_comes_by_itself(self):
        terminal = self.start()
        self.submit(letter("while you look"))
        terminal.wait_for("while you look")

    # -- trouble

    def test_the_server_goes_and_comes_back(self):
        self.deliver("before the trouble")
        terminal = self.start()
        terminal.wait_for("before the trouble")
        self.server.stop_program("imapd")
        terminal.wait_for("offline")
        self.assertIn("before the trouble", terminal.screen())
        terminal.keys("F", "m")
        terminal.type(ALICE)
        terminal.keys("Enter", "Enter", "Enter")
        terminal.type("written without a server")
        terminal.keys("Enter", "C-x")
        terminal.wait_for("sending")
        self.server.start_program("imapd")
        terminal.wait_for("live")
        self.wait_until(lambda: self.found("INBOX", "FLAGGED", "SUBJECT", '"before the trouble"') == 1, "it is not flagged")
        self.wait_for(ALICE, "written without a server")
        self.wait_for(BOB, "written without a server", "Sent")

    def test_starts_without_a_server(self):
        self.deliver("seen before")
        terminal = self.start()
        terminal.wait_for("seen before")
        terminal.keys("q")
        terminal.wait_for_end()
        self.server.stop_program("imapd")
        try:
            terminal = Terminal([BIN / "mua", "--config", self.server.settings, "--settings", self.settings, "--account", BOB],
                                self.home)
            self.addCleanup(terminal.close)
            self.assertIn("seen before", terminal.wait_for("offline"))
        finally:
            self.server.start_program("imapd")
        terminal.wait_for("live")

    def write_letter(self, terminal, subject, text):
        terminal.keys("m")
        terminal.wait_for("Subject:")
        terminal.type(ALICE)
        terminal.keys("Enter", "Enter", "Enter")
        terminal.type(subject)
        terminal.keys("Enter")
        terminal.type(text)
        terminal.wait_for(text)

    def go_on(self, subject):
        terminal = self.start()
        terminal.wait_for("not sent; e goes on writing")
        terminal.keys("e")
        terminal.wait_for(subject)
        terminal.type(subject)
        terminal.keys("Enter")
        terminal.wait_for("Subject: " + subject)
        return terminal

    def discard(self, terminal):
        terminal.keys("Escape")
        terminal.wait_for("d discards it")
        terminal.keys("d")
        terminal.wait_for("unread of")

    def test_killed_while_a_letter_is_written(self):
        terminal = self.start()
        self.write_letter(terminal, "cut short", "These words were written.")
        time.sleep(5.5)
        os.kill(terminal.pid(), signal.SIGKILL)
        terminal.wait_for_end()
        terminal = self.go_on("cut short")
        terminal.wait_for("These words were written.")
        self.discard(terminal)

    def test_the_terminal_is_closed(self):
        terminal = self.start()
        self.write_letter(terminal, "hung up", "Not a second old.")
        os.kill(terminal.pid(), signal.SIGHUP)
        terminal.wait_for_end()
        terminal = self.go_on("hung up")
        terminal.wait_for("Not a second old.")
        self.discard(terminal)

    def test_grows_and_shrinks(self):
        self.deliver("a wide one", "The preview has this text.\n")
        terminal = self.start(80, 24)
        terminal.wait_for("a wide one")
        self.assertNotIn("Archive", terminal.screen())
        terminal.resize(120, 30)
        terminal.wait_for("Archive")
        terminal.resize(200, 50)
        terminal.wait_for("The preview has this text.")
        terminal.resize(80, 24)
        self.wait_while(terminal, "The preview has this text.")


if __name__ == "__main__":
    sys.exit(main())
