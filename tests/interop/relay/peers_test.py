#!/usr/bin/env python3
"""Ours and each peer, in both directions: plain, STARTTLS, SMTPUTF8, 8-bit, 20 MB, many recipients, CHUNKING.
Neither side has anything to complain of in its log."""

import re
import sys
from collections import Counter

import letters
from internet import eventually
from letters import Letter, body_of
from network import ipv4
from ours import ALICE
from peer import UNICODE
from relay_case import RelayCase, main
from wire import Smtp, send

WAIT = 40
MANY = [f"u{number}" for number in range(101)]
RECEIVED = re.compile(rb"^Received:.*?(?=^\S)", re.MULTILINE | re.DOTALL)


class Peers(RelayCase):
    @classmethod
    def configure(cls, net):
        net.ours.configure({"relay": {"ca": f'"{net.authority.certificate}"'}})
        net.ours.append('\n[[relay.policy]]\ndomain = "b.test"\ntls = "verify"\n')
        net.ours.add_users({f"{user}@a.test": "a-Secret-1" for user in MANY})

    def setUp(self):
        self.marks = {server.name: len(self.log(server)) for server in self.net.servers()}

    def log(self, server):
        return server.log("smtpd") if server is self.ours else server.log()

    def fresh_log(self, server):
        return self.log(server)[self.marks[server.name]:]

    def from_peer(self, peer, letter, **options):
        """The test's own client hands it to the peer, which relays for it."""
        with Smtp(self.net.client, ipv4(peer.number)) as client:
            self.assertEqual(send(client, letter, **options), {})

    def arrived(self, server, user, letter, copies=1):
        """The octets of the one copy."""
        found = eventually(lambda: server.find(user, letter.name), WAIT)
        self.assertEqual(len(found), copies, f"{server.name}: {letter.name} for {user}\n" + self.tails())
        return found[0]

    def tails(self):
        return "\n".join(f"--- {server.name}\n" + "\n".join(self.fresh_log(server).splitlines()[-15:])
                         for server in self.net.servers())

    def protocol(self, octets):
        """How the last server took it: "ESMTPS" or "ESMTP" (RFC 3848)."""
        top = RECEIVED.search(octets.replace(b"\r\n", b"\n"))[0]
        return re.search(rb"\bwith ((?:UTF8)?E?SMTPS?A?)\b", top, re.IGNORECASE)[1].decode().upper().removeprefix("UTF8")

    def both_ways(self, make, local="bob", plain=False, **options):
        """Letters to and from each peer, all at once; yields (server, octets found there, the letter) of each."""
        sent = []
        for peer in self.net.peers.values():
            domain = peer.plain_domain if plain else peer.domain
            letter = make(ALICE, [f"{local}@{domain}"])
            self.assertEqual(self.submit(letter, **options), {})
            sent.append((peer, local, letter))
        for peer in self.net.peers.values():
            domain = self.ours.plain_domain if plain else self.ours.domain
            letter = make(f"bob@{peer.domain}", [f"alice@{domain}"])
            self.from_peer(peer, letter, **options)
            sent.append((self.ours, "alice", letter))
        return [(server, self.arrived(server, user, letter), letter) for server, user, letter in sent]

    def test_plain(self):
        for server, octets, letter in self.both_ways(Letter, plain=True):
            with self.subTest(server=server.name, sender=letter.sender):
                self.assertEqual(self.protocol(octets), "ESMTP")
                self.assertEqual(body_of(octets), body_of(letter.octets()))

    def test_starttls(self):
        for server, octets, letter in self.both_ways(Letter):
            with self.subTest(server=server.name, sender=letter.sender):
                self.assertEqual(self.protocol(octets), "ESMTPS" if server.tls else "ESMTP")
        if "b" in self.net.peers:
            self.assertRegex(self.fresh_log(self.ours), r"delivered .*to=bob@b\.test .*tls=\S*.*verified")

    def test_8_bit(self):
        for server, octets, letter in self.both_ways(letters.eight_bit):
            with self.subTest(server=server.name, sender=letter.sender):
                self.assertEqual(body_of(octets), body_of(letter.octets()))

    def test_20_mb(self):
        for server, octets, letter in self.both_ways(letters.large):
            with self.subTest(server=server.name, sender=letter.sender):
                self.assertTrue(body_of(octets) == body_of(letter.octets()), "the body was altered")

    def test_many_recipients(self):
        back = []
        for peer in self.net.peers.values():
            letter = Letter(ALICE, [f"{user}@{peer.domain}" for user in MANY])
            with self.subTest(to=peer.name):
                self.assertEqual(self.submit(letter), {})
                for user in MANY:
                    self.arrived(peer, user, letter)
            back.append(Letter(f"bob@{peer.domain}", [f"{user}@{self.ours.domain}" for user in MANY]))
            self.from_peer(peer, back[-1])
        self.all_queues_empty()
        for user in MANY:
            found = Counter(map(letters.name_of, self.ours.mailbox(f"{user}@{self.ours.domain}")))
            self.assertEqual(found, Counter(letter.name for letter in back), user)

    def test_smtputf8(self):
        for peer in self.net.peers.values():
            with self.subTest(peer=peer.name):
                if not peer.smtputf8:
                    self.refused_for_want_of_smtputf8(peer)
                    continue
                there = Letter(f"{UNICODE}@a.test", [f"{UNICODE}@{peer.domain}"], subject="발송")
                self.assertEqual(self.submit(there, user=f"{UNICODE}@a.test", smtputf8=True), {})
                self.arrived(peer, UNICODE, there)
                back = Letter(f"{UNICODE}@{peer.domain}", [f"{UNICODE}@a.test"], subject="발송")
                self.from_peer(peer, back, smtputf8=True)
                self.arrived(self.ours, UNICODE, back)

    def refused_for_want_of_smtputf8(self, peer):
        """The sender is told, and nothing is altered on the way."""
        letter = Letter(ALICE, [f"{UNICODE}@{peer.domain}"], subject="발송")
        self.assertEqual(self.submit(letter, smtputf8=True), {})
        [report] = eventually(lambda: [each for each in self.ours.mailbox(ALICE) if letters.failures(each)
                                       and letter.name.encode() in each], WAIT) or self.fail("no report")
        self.assertIn(b"5.6.7", report)
        self.ours.complaints()  # of this one failure

    def test_chunking(self):
        sent = self.both_ways(letters.eight_bit)
        self.assertEqual(len(sent), 2 * len(self.net.peers))
        if "b" in self.net.peers:
            postfix = self.net.peers["b"]
            ended = re.compile(r"disconnect from mail\.a\.test.*bdat=[1-9]")
            self.assertTrue(eventually(lambda: ended.search(self.fresh_log(postfix)), 10),
                            "ours to Postfix: " + self.fresh_log(postfix))
        if "c" in self.net.peers:
            log = eventually(lambda: self.fresh_log(self.net.peers["c"]), 10)
            self.assertRegex(log, r"<= alice@a\.test .* K ", "ours to Exim")
            self.assertRegex(log, r"=> alice@a\.test .* K ", "Exim to ours")

    def all_queues_empty(self):
        for server in self.net.servers():
            self.assertTrue(eventually(lambda: server.queued() == 0, WAIT), f"{server.name} has mail left\n{self.tails()}")

    def tearDown(self):
        """Nothing is left, and nobody complained."""
        self.all_queues_empty()
        for server in self.net.servers():
            self.assertEqual(server.complaints(), [], server.name)


if __name__ == "__main__":
    sys.exit(main())
