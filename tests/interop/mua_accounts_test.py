#!/usr/bin/env python3
"""Several accounts on one screen of mua, in a real terminal: all inboxes joined by date, folders of each account, deeds and
letters that go to the right one, and the trouble of one that stays its own."""

import email
import sys
import time

from case import ALICE, BOB, CAROL, USERS, Case, letter, main, pabal_only
from pabal import BIN
from terminal import Terminal


class Accounts(Case):
    needs = ("tmux",)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.settings = cls.home / "mua.toml"
        for address in (BOB, CAROL):
            cls.server.mua("--config", cls.server.settings, "--settings", cls.settings, "--account", address, "setup",
                           "--password-stdin", text=(USERS[address] + "\n").encode())

    def start(self, settings=None):
        terminal = Terminal([BIN / "mua", "--config", self.server.settings, "--settings", settings or self.settings],
                            self.home, 130, 30)
        self.addCleanup(terminal.close)
        return terminal

    def deliver(self, to, subject):
        self.submit(letter(subject, to=to), recipients=(to,))
        self.wait_for(to, subject)

    def found(self, user, mailbox, subject):
        client = self.imap(user)
        client.select(mailbox)
        return len(client.search(None, "SUBJECT", f'"{subject}"')[1][0].split())

    def wait_until(self, condition, what, seconds=20):
        end = time.monotonic() + seconds
        while not condition():
            self.assertLess(time.monotonic(), end, what)
            time.sleep(0.05)

    @pabal_only
    def test_one_joined_inbox(self):
        self.deliver(BOB, "for bob")
        time.sleep(1.1)  # lists are in the order of seconds
        self.deliver(CAROL, "for carol")
        terminal = self.start()
        terminal.wait_for("2 accounts  live")
        seen = terminal.wait_for("for carol")
        self.assertIn("for bob", seen)
        self.assertLess(seen.index("for carol"), seen.index("for bob"))
        self.assertIn("All inboxes", seen)
        # An answer is from whom it was to.
        terminal.keys("Enter")
        terminal.wait_for("Hello.")
        terminal.keys("r")
        terminal.wait_for(f"From:    {CAROL}")
        terminal.type("Well.")
        terminal.keys("C-x")
        answer = email.message_from_bytes(self.wait_for(ALICE, "Re: for carol", seconds=40))
        self.assertEqual(answer["From"], CAROL)
        self.wait_for(CAROL, "Re: for carol", "Sent")
        terminal.keys("q")
        terminal.wait_for("All inboxes")
        # What is done to it is done there, and taken back there.
        terminal.keys("a")
        self.wait_until(lambda: self.found(CAROL, "Archive", "for carol") == 1, "it is not in carol's archive")
        self.assertEqual(self.found(BOB, "Archive", "for carol"), 0)
        terminal.keys("u")
        terminal.wait_for("taken back: move")
        self.wait_until(lambda: self.found(CAROL, "INBOX", "for carol") == 1, "it is not back")
        terminal.wait_for("for carol")
        # Folders of the other account.
        terminal.keys("c")
        terminal.type("sentbob")
        terminal.keys("Enter")
        terminal.wait_for(f"{BOB}  live")

    @pabal_only
    def test_new_mail_of_each_comes_by_itself(self):
        terminal = self.start()
        terminal.wait_for("2 accounts  live")
        self.submit(letter("late for bob", to=BOB), recipients=(BOB,))
        terminal.wait_for("late for bob")
        self.submit(letter("late, to carol", to=CAROL), recipients=(CAROL,))
        terminal.wait_for("late, to carol")

    @pabal_only
    def test_one_accounts_trouble_is_its_own(self):
        self.deliver(BOB, "bob goes on")
        broken = self.write("broken.toml", self.settings.read_text().replace(
            f'[account."{CAROL}"]', f'[account."{CAROL}"]\nuser = "nobody@example.test"'))
        terminal = self.start(broken)
        terminal.wait_for(f"{CAROL} refused")
        terminal.wait_for("bob goes on")
        terminal.keys(":")
        terminal.type("accounts")
        terminal.keys("Enter")
        seen = terminal.wait_for("Accounts")
        self.assertRegex(seen, rf"{BOB} +live")
        self.assertRegex(seen, rf"{CAROL} +refused")


if __name__ == "__main__":
    sys.exit(main())
