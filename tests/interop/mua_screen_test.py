#!/usr/bin/env python3
"""mua on the full screen, in a real terminal against our own servers: reads, answers, takes a send back, deletes and takes
that back, finds, saves an attachment; the server goes and comes back; the terminal is closed while a letter is written."""

import email
import os
import re
import secrets
import signal
import sys
import time

from case import ALICE, BOB, letter, main, pabal_only
from mua_screen_case import ScreenCase


class MuaScreen(ScreenCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.settings.open("a") as settings:
            settings.write('\n[screen]\nundo = "4s"\n')

    # -- reading and writing

    def test_reads_and_answers_and_takes_a_send_back(self):
        self.deliver("a question", "How are you, 파발?\n")
        terminal = self.start()
        terminal.wait_for("a question")
        terminal.keys("Enter")
        terminal.wait_for("How are you, 파발?")
        self.wait_until(lambda: self.count_of("a question", "INBOX", flag="SEEN") == 1, "it is not marked as read")
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
        self.wait_until(lambda: self.count_of("a question", "INBOX", flag="ANSWERED") == 1, "it is not marked as answered")
        self.assertEqual(self.count_of("Re: a question", "Sent"), 1)

    def test_deletes_and_takes_it_back(self):
        self.deliver("to be deleted")
        terminal = self.start()
        terminal.wait_for("to be deleted")
        terminal.keys("d")
        self.wait_while(terminal, "to be deleted")
        self.wait_until(lambda: self.count_of("to be deleted", "Trash") == 1, "it is not in Trash")
        terminal.keys("u")
        terminal.wait_for("to be deleted")
        self.wait_until(lambda: self.count_of("to be deleted", "INBOX") == 1, "it is not back")
        terminal.keys("s")
        terminal.type("arch")
        terminal.keys("Enter")
        self.wait_until(lambda: self.count_of("to be deleted", "Archive") == 1, "it is not in Archive")

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
        self.wait_until(lambda: self.looked_at(terminal, "live") in self.last_minutes(), "it is not told when that was")

    def looked_at(self, terminal, state):
        """When the folder was last looked at, as the top line has it."""
        told = re.search(rf" {state} (\d\d:\d\d)$", terminal.screen().splitlines()[0])
        return told and told[1]

    def last_minutes(self):
        now = time.time()
        return [time.strftime("%H:%M", time.gmtime(now - seconds)) for seconds in (0, 60, 120)]

    def test_keys_that_everybody_knows(self):
        lines = "".join(f"line {number}\n" for number in range(60))
        self.deliver("key three", f"{lines}a needle\n{lines}another needle\n")
        for name in ("two", "one"):
            time.sleep(1.1)  # lists are in the order of seconds
            self.deliver(f"key {name}", f"This is {name}.\n")
        terminal = self.start()
        terminal.wait_for("key one")
        terminal.keys("j", "Enter")
        terminal.wait_for("This is two.")
        terminal.keys("k")
        terminal.wait_for("This is one.")
        terminal.keys("Space")
        terminal.wait_for("This is two.")
        terminal.keys("Space")
        terminal.wait_for("line 0")
        terminal.keys("/")
        terminal.type("needle")
        terminal.keys("Enter")
        terminal.wait_for(" a needle")
        self.assertNotIn("another needle", terminal.screen())
        terminal.keys("n")
        terminal.wait_for("another needle")
        terminal.keys("q", "k", "Space", "Space")
        terminal.wait_for("2 marked")
        terminal.keys("N")
        self.wait_until(lambda: self.count_of("key", flag="UNSEEN") == 2, "what is marked is not unread")
        terminal.keys("k", "Space", "Space", "d")
        self.assertIn("key one", terminal.wait_for("deleted 2 messages"))
        terminal.keys("u")
        self.wait_until(lambda: self.count_of("key") == 3, "they are not back")

    # -- trouble

    @pabal_only
    def test_the_server_goes_and_comes_back(self):
        self.deliver("before the trouble")
        terminal = self.start()
        terminal.wait_for("before the trouble")
        self.server.stop_program("imapd")
        screen = terminal.wait_for("Connection refused")
        self.assertIn("before the trouble", screen)
        self.assertEqual(screen.splitlines()[-1].count(f"localhost:{self.server.ports.imaps}"), 1, "the server is named once")
        self.assertIn(self.looked_at(terminal, "offline"), self.last_minutes())
        terminal.keys("F", "m")
        terminal.type(ALICE)
        terminal.keys("Enter", "Enter", "Enter")
        terminal.type("written without a server")
        terminal.keys("Enter", "C-x")
        terminal.wait_for("sending")
        self.server.start_program("imapd")
        terminal.wait_for("live")
        self.wait_until(lambda: self.count_of("before the trouble", "INBOX", flag="FLAGGED") == 1, "it is not flagged")
        self.wait_for(ALICE, "written without a server")
        self.wait_for(BOB, "written without a server", "Sent")

    @pabal_only
    def test_starts_without_a_server(self):
        self.deliver("seen before")
        terminal = self.start()
        terminal.wait_for("seen before")
        terminal.keys("q")
        terminal.wait_for_end()
        self.server.stop_program("imapd")
        try:
            terminal = self.start(shows="offline")
            self.assertIn("seen before", terminal.screen())
        finally:
            self.server.start_program("imapd")
        terminal.wait_for("live")

    def go_on(self, subject):
        terminal = self.start()
        terminal.wait_for("not sent; e goes on writing")
        terminal.keys("e")
        terminal.wait_for(subject)
        terminal.type(subject)
        terminal.keys("Enter")
        terminal.wait_for("Subject: " + subject)
        return terminal

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
        terminal = self.start(size=(80, 24))
        terminal.wait_for("a wide one")
        self.assertNotIn("Archive", terminal.screen())
        terminal.resize(110, 30)
        terminal.wait_for("Archive")
        terminal.resize(109, 30)
        self.wait_while(terminal, "Archive")
        terminal.resize(160, 50)
        self.assertIn("Archive", terminal.wait_for("The preview has this text."))
        terminal.resize(159, 50)
        self.wait_while(terminal, "The preview has this text.")
        terminal.resize(200, 60)
        terminal.wait_for("The preview has this text.")
        terminal.resize(80, 24)
        self.wait_while(terminal, "The preview has this text.")


if __name__ == "__main__":
    sys.exit(main())
