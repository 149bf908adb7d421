#!/usr/bin/env python3
"""Several accounts on one screen of mua, in a real terminal: all inboxes joined by date, folders of each account, deeds and
letters that go to the right one, and the trouble of one that stays its own."""

import email
import sys
import time

from case import ALICE, BOB, CAROL, main, pabal_only
from mua_screen_case import ScreenCase
from pabal import BIN


class Accounts(ScreenCase):
    accounts = (BOB, CAROL)
    size = (130, 30)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.settings.open("a") as settings:
            settings.write('\n[screen]\nundo = "2s"\n')

    def program(self, *arguments):
        return [BIN / "mua", *(arguments or ("--settings", self.settings))]

    @pabal_only
    def test_one_joined_inbox(self):
        self.deliver("for bob")
        time.sleep(1.1)  # lists are in the order of seconds
        self.deliver("for carol", to=CAROL)
        terminal = self.start(shows="2 accounts  live")
        seen = terminal.wait_for("for carol")
        self.assertIn("for bob", seen)
        self.assertLess(seen.index("for carol"), seen.index("for bob"))
        self.assertIn("All inboxes", seen)
        # An answer is from whom it was to.
        terminal.keys("Enter")
        terminal.wait_for("Hello.")
        terminal.keys("r")
        terminal.wait_for(f"From:    Carol <{CAROL}>")
        terminal.type("Well.")
        terminal.keys("C-x")
        answer = email.message_from_bytes(self.wait_for(ALICE, "Re: for carol", seconds=40))
        self.assertEqual(answer["From"], f"Carol <{CAROL}>")
        self.wait_for(CAROL, "Re: for carol", "Sent")
        terminal.keys("q")
        terminal.wait_for("All inboxes")
        # What is done to it is done there, and taken back there.
        terminal.keys("a")
        self.wait_until(lambda: self.count_of("for carol", "Archive", user=CAROL) == 1, "it is not in carol's archive")
        self.assertEqual(self.count_of("for carol", "Archive"), 0)
        terminal.keys("u")
        terminal.wait_for("taken back: move")
        self.wait_until(lambda: self.count_of("for carol", user=CAROL) == 1, "it is not back")
        terminal.wait_for("for carol")
        # By threads, over both.
        terminal.keys("T")
        seen = terminal.wait_for("  threads")
        self.assertIn("for bob", seen)
        # Folders of the other account.
        terminal.keys("c")
        terminal.type("sentbob")
        terminal.keys("Enter")
        terminal.wait_for(f"{BOB}  live")

    @pabal_only
    def test_new_mail_of_each_comes_by_itself(self):
        terminal = self.start(shows="2 accounts  live")
        self.deliver("late, to bob")
        terminal.wait_for("late, to bob")
        self.deliver("late, to carol", to=CAROL)
        terminal.wait_for("late, to carol")

    @pabal_only
    def test_one_accounts_trouble_is_its_own(self):
        self.deliver("bob goes on")
        broken = self.write("broken.toml", self.settings.read_text().replace(
            f'[account."{CAROL}"]', f'[account."{CAROL}"]\nuser = "nobody@example.test"'))
        terminal = self.start("--settings", broken, shows=f"{CAROL} refused")
        terminal.wait_for("bob goes on")
        self.run_command(terminal, "accounts")
        seen = terminal.wait_for("Accounts")
        self.assertRegex(seen, rf"{BOB} +live")
        self.assertRegex(seen, rf"{CAROL} +refused")


if __name__ == "__main__":
    sys.exit(main())
