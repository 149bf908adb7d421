#!/usr/bin/env python3
"""What a person writes in mua on the full screen, in a real terminal: addresses completed, answers to all, forwards with what is
attached, bounces, $EDITOR, files picked, warnings, mails that are refused and mended, and links that begin a letter."""

import email
import secrets
import sys

from case import ALICE, BOB, CAROL, main
from mua_screen_case import ScreenCase


class MuaWriting(ScreenCase):
    size = (100, 30)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.settings.open("a") as settings:
            settings.write('\n[screen]\nundo = "1s"\n')

    def open(self, subject):
        terminal = self.start()
        terminal.wait_for(subject)
        terminal.keys("Enter")
        terminal.wait_for("Subject: " + subject)
        return terminal

    def received(self, user, subject):
        return email.message_from_bytes(self.wait_for(user, subject, seconds=40))

    # -- to whom

    def test_addresses_of_people_seen_and_written_to_are_completed(self):
        self.deliver("seen before", From=f"Zoë Harbour <{ALICE}>")
        terminal = self.start()
        terminal.wait_for("seen before")
        terminal.keys("m")
        terminal.wait_for("Subject:")
        terminal.type("zoë h")
        terminal.wait_for(f"Zoë Harbour <{ALICE}>")
        terminal.keys("Tab")
        terminal.wait_for(f"To:      Zoë Harbour <{ALICE}>,")
        terminal.type(CAROL)
        terminal.keys("Enter", "Enter", "Enter")
        terminal.type("to both")
        terminal.keys("C-x")
        for user in (ALICE, CAROL):
            self.assertIn(f"<{ALICE}>, {CAROL}", self.received(user, "to both")["To"])
        terminal.keys("m")
        terminal.wait_for("Subject:")
        terminal.type("car")
        terminal.wait_for(CAROL)
        terminal.keys("Tab")
        self.discard(terminal)

    def test_an_answer_to_all(self):
        self.deliver("for everybody", Cc=f"{CAROL}, {BOB}", Reply_To=f"Ann <{ALICE}>")
        terminal = self.open("for everybody")
        terminal.keys("g")
        terminal.wait_for(f"To:      Ann <{ALICE}>")
        terminal.wait_for(f"Cc:      {CAROL}")
        terminal.type("Well, all of you.")
        terminal.keys("C-x")
        answer = self.received(CAROL, "Re: for everybody")
        self.assertEqual(answer["Cc"], CAROL, "bob does not write to himself")
        self.assertIn("> Hello.", answer.get_payload(decode=True).decode())
        self.wait_for(ALICE, "Re: for everybody")

    # -- what came, sent on

    def test_forwarded_with_what_is_attached(self):
        octets = secrets.token_bytes(20_000)
        self.deliver("with a chart", "See the chart.\n", [("chart.png", octets)])
        terminal = self.open("with a chart")
        terminal.wait_for("See the chart.")
        terminal.keys("f")
        terminal.wait_for("Attached:[1 chart.png]")
        terminal.type(CAROL)
        self.send(terminal)
        forwarded = self.received(CAROL, "Fwd: with a chart")
        text, chart = forwarded.get_payload()
        self.assertIn("See the chart.", text.get_payload(decode=True).decode())
        self.assertEqual(chart.get_payload(decode=True), octets)
        self.wait_until(lambda: self.found("INBOX", "KEYWORD", "$Forwarded", "SUBJECT", '"with a chart"') == 1, "it is not marked")

    def send(self, terminal):
        """Once more when what is attached has come."""

        def sends():
            screen = terminal.screen()
            if "on their way" in screen or "Subject:" in screen:
                terminal.keys("C-x")
            return "sending" in screen

        self.wait_until(sends, "it is not sent")

    def test_bounced_as_it_came(self):
        self.deliver("not for bob", "For Carol, truly.\n")
        terminal = self.open("not for bob")
        terminal.keys("b")
        terminal.wait_for("bounce to:")
        terminal.type(CAROL)
        terminal.keys("Enter")
        bounced = self.received(CAROL, "not for bob")
        self.assertEqual((bounced["From"], bounced["To"]), (ALICE, BOB))
        self.assertIn(BOB, bounced["Resent-From"])
        self.assertIn(CAROL, bounced["Resent-To"])

    # -- the text and what goes with it

    def test_the_editor_of_the_environment(self):
        editor = self.write("editor", '#!/bin/sh\nprintf "From the editor, 안녕.\\n" > "$1"\n')
        editor.chmod(0o700)
        terminal = self.start(VISUAL=editor)
        self.write_letter(terminal, "by another editor", "First words.")
        terminal.keys("C-o")
        terminal.wait_for("From the editor, 안녕.")
        terminal.keys("C-x")
        text = self.received(ALICE, "by another editor").get_payload(decode=True).decode()
        self.assertIn("From the editor, 안녕.", text)
        self.assertNotIn("First words.", text)

    def test_an_editor_that_fails_changes_nothing(self):
        terminal = self.start(VISUAL="false")
        self.write_letter(terminal, "kept", "First words.")
        terminal.keys("C-o")
        terminal.wait_for("the text is as it was")
        terminal.wait_for("First words.")
        self.discard(terminal)

    def test_files_are_picked(self):
        octets = secrets.token_bytes(3_000)
        self.write("papers/minutes of May.pdf", octets)
        terminal = self.open_terminal(["env", "-C", self.home, *self.program()], "live")
        self.write_letter(terminal, "the minutes", "As attached.")
        terminal.keys("C-t")
        terminal.wait_for("Attach: ")
        terminal.type("papers")
        terminal.keys("Enter")
        terminal.wait_for("minutes of May.pdf")
        terminal.type("may")
        terminal.keys("Enter")
        terminal.wait_for("Attached:[1 minutes of May.pdf]")
        terminal.keys("C-x")
        attached = self.received(ALICE, "the minutes").get_payload(1)
        self.assertEqual(attached.get_filename(), "minutes of May.pdf")
        self.assertEqual(attached.get_payload(decode=True), octets)

    # -- whether, and what became of it

    def test_warned_only_where_something_may_be_forgotten(self):
        terminal = self.start()
        self.write_letter(terminal, "", "The plan is attached.")
        terminal.keys("C-x")
        terminal.wait_for("no subject, nothing is attached: send it anyway? (y/n)")
        terminal.keys("n")
        terminal.wait_for("The plan is attached.")
        self.discard(terminal)
        self.write_letter(terminal, "to many", "All is said.", to=", ".join([ALICE] * 21))
        terminal.keys("C-x")
        terminal.wait_for("about 21 recipients: send it anyway? (y/n)")
        terminal.keys("n")
        self.discard(terminal)
        self.write_letter(terminal, "no doubts", "All is said.")
        terminal.keys("C-x")
        terminal.wait_for('sending "no doubts" in')
        self.received(ALICE, "no doubts")

    def test_what_the_server_refused_is_told_mended_and_sent(self):
        terminal = self.start()
        self.write_letter(terminal, "to a wrong address", "Hello?", to="nobody-here@example.test")
        terminal.keys("C-x")
        terminal.wait_for("nobody-here@example.test: 550", 40)
        terminal.keys("o")
        screen = terminal.wait_for("Outbox")
        self.assertIn("to a wrong address", screen)
        self.assertIn("550", screen)
        terminal.type("wrong")
        terminal.keys("Enter")
        terminal.wait_for("e takes it back to edit it")
        terminal.keys("e")
        terminal.wait_for("To:      nobody-here@example.test")
        terminal.keys("Up", "Up", "Up", "Up", "C-u")
        terminal.type(ALICE)
        terminal.keys("C-x")
        self.received(ALICE, "to a wrong address")
        self.wait_until(lambda: self.count_of("to a wrong address", "Sent") == 1, "its copy is not in Sent")

    def test_a_link_begins_a_letter(self):
        link = f"mailto:{ALICE}?cc={CAROL}&subject=By%20a%20link%20%EC%95%88%EB%85%95&body=Dear%20Ann,%0D%0Ahello"
        terminal = self.open_terminal([*self.program(), link], "Subject: By a link 안녕")
        screen = terminal.screen()
        self.assertIn(f"To:      {ALICE}", screen)
        self.assertIn(f"Cc:      {CAROL}", screen)
        self.assertIn("Dear Ann,\n hello", screen)
        terminal.keys("Escape")
        terminal.wait_for("live")


if __name__ == "__main__":
    sys.exit(main())
