#!/usr/bin/env python3
"""mbsync and offlineimap on one account, each with a Maildir of its own, while mail comes in and both sides are
changed: when the noise is over, the three are equal."""

import mailbox
import random
import sys
import threading

from case import BOB, USERS, Case, letter, main
from maildirs import mbsync_settings, offlineimap_settings

ROUNDS = 6
FLAGS = {rb"\Seen": "S", rb"\Answered": "R", rb"\Flagged": "F"}


class TwoSyncers(Case):
    needs = ("mbsync", "offlineimap")

    def setUp(self):
        self.places = [self.home / "mbsync", self.home / "offlineimap"]
        for place in self.places:
            place.mkdir()
        self.mbsyncrc = self.write("mbsyncrc", mbsync_settings(self.server, BOB, USERS[BOB], self.places[0]))
        self.offlineimaprc = self.write("offlineimaprc", offlineimap_settings(
            self.server, BOB, USERS[BOB], self.places[1], self.home / "metadata"))

    def sync(self, which):
        # A message that goes while it is being fetched makes them complain; the next round mends it.
        if which == 0:
            self.run_client("mbsync", "-c", self.mbsyncrc, "-a", status=None)
        else:
            self.run_client("offlineimap", "-c", self.offlineimaprc, "-o", "-u", "basic", status=None, seconds=120)

    def at_once(self, *jobs):
        threads = [threading.Thread(target=job) for job in jobs]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def disturb_server(self, chance):
        client = self.imap(BOB)
        for _ in range(4):
            self.submit(letter(f"by mail {chance.random()}"))
        count = int(client.select("INBOX")[1][0])
        for number in chance.sample(range(1, count + 1), min(count, 5)):
            client.store(str(number), chance.choice(("+FLAGS", "-FLAGS")), chance.choice((r"(\Seen)", r"(\Flagged)")))
        client.store(str(chance.randrange(1, count + 1)), "+FLAGS", r"(\Deleted)")
        client.expunge()

    def disturb_maildir(self, place, chance):
        box = mailbox.Maildir(place / "INBOX")
        keys = sorted(box.keys())
        for key in chance.sample(keys, min(len(keys), 3)):
            message = box[key]
            message.add_flag("R")
            box[key] = message
        if keys:
            box.remove(chance.choice(keys))
        box.add(mailbox.MaildirMessage(bytes(letter(f"by {place.name} {chance.random()}"))))

    def near(self, place):
        return sorted((message["Subject"], "".join(sorted(set(message.get_flags()) & set(FLAGS.values()))))
                      for message in mailbox.Maildir(place / "INBOX", create=False))

    def far(self):
        client = self.imap(BOB)
        client.select("INBOX", readonly=True)
        _, data = client.fetch("1:*", "(FLAGS BODY.PEEK[HEADER.FIELDS (SUBJECT)])")
        return sorted((item[1].decode().partition(": ")[2].strip(),
                       "".join(sorted(letter for flag, letter in FLAGS.items() if flag in item[0])))
                      for item in data if isinstance(item, tuple))

    def test_end_equal(self):
        for number in range(30):
            self.submit(letter(f"message {number}"))
        self.wait_for(BOB, "message 29")
        self.sync(0)
        self.sync(1)
        for seed in range(ROUNDS):
            chance = random.Random(seed)
            for place in self.places:
                self.disturb_maildir(place, chance)
            self.at_once(lambda: self.sync(0), lambda: self.sync(1), lambda: self.disturb_server(chance))
        for _ in range(3):
            self.sync(0)
            self.sync(1)
        far = self.far()
        self.assertGreater(len(far), 30)
        self.assertEqual(len({subject for subject, _ in far}), len(far), "something is there twice")
        self.assertEqual(self.near(self.places[0]), far)
        self.assertEqual(self.near(self.places[1]), far)


if __name__ == "__main__":
    sys.exit(main())
