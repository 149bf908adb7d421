#!/usr/bin/env python3
"""interimap: two servers kept equal by QRESYNC, over COMPRESS where it is announced."""

import random
import sys

from case import BOB, USERS, Case, digest, letter, main, pabal_only
from pabal import Pabal


class Interimap(Case):
    needs = ("interimap",)

    def setUp(self):
        other = Pabal(USERS)
        self.addCleanup(other.stop)
        self.ends = (self.server, other.start())
        (self.home / ".local/share").mkdir(parents=True)
        self.write("interimap/config", "database = test.db\n" + "".join(
            f"\n[{name}]\ntype = imaps\nhost = localhost\nport = {server.ports.imaps}\nusername = {BOB}\n"
            f"password = {USERS[BOB]}\ncompress = YES\nSSL_CAfile = {server.ca}\n"
            for name, server in zip(("local", "remote"), self.ends)))

    def sync(self):
        said = self.run_client("interimap", "--debug", f"--config={self.home}/interimap/config")
        if "COMPRESS=DEFLATE" in self.imap(BOB).capabilities:
            self.assertIn("COMPRESS DEFLATE", said)

    def contents(self, server):
        """{mailbox: sorted (digest, flags)}"""
        client, found = self.imap(BOB, server), {}
        for line in client.list()[1]:
            name = line.decode().rpartition(' "/" ')[2]
            count = int(client.select(name, readonly=True)[1][0])
            data = client.fetch("1:*", "(FLAGS BODY.PEEK[])")[1] if count else []
            found[name] = sorted((digest(item[1]), flags_of(item[0])) for item in data if isinstance(item, tuple))
        return found

    def assert_equal_ends(self, count):
        one, two = map(self.contents, self.ends)
        self.assertEqual(one, two)
        self.assertEqual(sum(map(len, one.values())), count)

    def change(self, server, seed):
        """Flags, deletions, moves and new messages, all by chance; how many messages more there are."""
        client, chance, more = self.imap(BOB, server), random.Random(seed), 0
        client.select("INBOX")
        for number in range(chance.randrange(3, 9)):
            client.append("INBOX", r"(\Flagged)", None, octets(f"new {seed} {number}"))
            more += 1
        uids = client.uid("SEARCH", "ALL")[1][0].decode().split()
        for uid in chance.sample(uids, 10):
            client.uid("STORE", uid, chance.choice(("+FLAGS", "-FLAGS")), chance.choice((r"(\Seen)", "($Label1)", r"(\Answered)")))
        gone = chance.sample(uids, 3)
        client.uid("STORE", ",".join(gone), "+FLAGS", r"(\Deleted)")
        client.expunge()
        left = [uid for uid in uids if uid not in gone]
        client.uid("MOVE", chance.choice(left), "Elsewhere")
        client.uid("COPY", chance.choice(left[:5]), "Elsewhere")
        return more + 1 - len(gone)

    @pabal_only
    def test_both_directions(self):
        one = self.imap(BOB, self.ends[0])
        one.create("Elsewhere")
        for number in range(60):
            one.append("INBOX", "", None, octets(f"message {number}"))
        self.sync()
        self.assert_equal_ends(60)
        for round in range(3):
            with self.subTest(round=round):
                self.change(self.ends[0], 2 * round)
                self.change(self.ends[1], 2 * round + 1)
                self.sync()
                self.sync()  # what came back to the first while it looked at the second
                equal = self.contents(self.ends[0])
                self.assertEqual(equal, self.contents(self.ends[1]))
        before = self.contents(self.ends[0])
        self.sync()
        self.assertEqual(before, self.contents(self.ends[0]))


def octets(subject):
    message = letter(subject)
    message["Message-ID"] = f"<{subject.replace(' ', '.')}@example.test>"
    return bytes(message).replace(b"\n", b"\r\n")


def flags_of(line):
    return sorted(set(line.partition(b"FLAGS (")[2].partition(b")")[0].split()) - {rb"\Recent"})


if __name__ == "__main__":
    sys.exit(main())
