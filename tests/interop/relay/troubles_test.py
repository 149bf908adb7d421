#!/usr/bin/env python3
"""Every trouble that a network and the servers in it make. After each the account is drawn up: every message is
delivered, bounced or queued, none twice, none gone."""

import sys
import time

from accounts import Accounts
from certificates import Authority
from internet import say
from letters import Letter
from ours import ALICE
from postfix import Postfix
from opensmtpd import OpenSmtpd
from relay_case import RelayCase, main
from scripted import (BrokenTls, Busy, Choosy, Greylisting, ResetsAfterDot, ResetsInData, Script, Slow, tls_context)

# domain: (number of its host, what it does)
SCRIPTS = {
    "greylist.test": (60, Greylisting), "choosy.test": (61, Choosy), "slow.test": (62, Slow),
    "cut.test": (63, ResetsInData), "window.test": (64, ResetsAfterDot), "broken-tls.test": (65, BrokenTls),
    "impostor.test": (66, Script), "second.test": (67, Script), "six.test": (68, Script), "busy.test": (69, Busy),
    "away.test": (70, Script),
}
POLICY = """
[[relay.policy]]
domain = "impostor.test"
tls = "verify"
"""


class Troubles(Accounts, RelayCase):
    peers = (Postfix, OpenSmtpd)

    @classmethod
    def fill(cls, net):
        cls.host = net.net.host("scripts", *(number for number, _ in SCRIPTS.values()))
        cls.script = {}
        for domain, (number, kind) in SCRIPTS.items():
            families = ["AAAA"] if domain == "six.test" else ["A", "AAAA"]
            net.names.host(f"mx.{domain}", number, families)
            net.names.domain(domain, *(["dead.test"] if domain == "second.test" else []), f"mx.{domain}")
            cls.script[domain] = kind()
        net.names.host("dead.test", 99)  # which no host has
        stranger = Authority(net.net.folder / "stranger", "A CA that nobody knows")
        cls.script["impostor.test"].context = tls_context(*stranger.issue("mx.impostor.test"))
        for domain, (number, _) in SCRIPTS.items():
            if domain != "away.test":
                cls.scripts.serve(cls.host, number, cls.script[domain])

    @classmethod
    def configure(cls, net):
        net.ours.configure({"relay": {"ca": f'"{net.authority.certificate}"'}})
        net.ours.append(POLICY)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # It takes the better part of a minute: the other tests go on meanwhile.
        cls.slow_letter = Letter(ALICE, ["bob@slow.test"])
        cls.submit(cls, cls.slow_letter)
        cls.slow_since = time.monotonic()

    # -- the network

    def test_host_down_then_up(self):
        postfix = self.peer("b")
        with postfix.host.unplugged():
            self.to_peer(postfix)
            self.assert_all_queued()
        self.settled()

    def test_refused(self):
        self.send("away.test")
        self.assert_all_queued()
        self.scripts.serve(self.host, SCRIPTS["away.test"][0], self.script["away.test"])
        self.settled()

    def test_blackholed(self):
        postfix = self.peer("b")
        with postfix.host.blackhole(self.ours.number):
            self.to_peer(postfix)
            self.assert_all_queued()
        self.settled()

    def test_first_mx_dead(self):
        self.send("second.test")
        self.settled()

    def test_mx_with_only_ipv6(self):
        self.send("six.test")
        self.settled()

    # -- the servers

    def test_zz_slow(self):
        """The last of all, for it began first."""
        self.account.title = "one octet a second"
        self.account.send(self.slow_letter)
        self.settled(seconds=120)
        say(f"  after {time.monotonic() - self.slow_since:.0f} s")

    def test_reset_in_the_middle_of_data(self):
        for number in range(self.many):
            letter = Letter(ALICE, [f"half-way-{number}@cut.test"], body=b"x-half-way\r\nthe rest\r\n")
            self.submit(letter)
            self.account.send(letter)
        self.settled()
        self.assertEqual(self.script["cut.test"].left, 0)

    def test_reset_after_the_final_dot(self):
        """The known window: the server has taken it, the sender can't know. It must send again, so that
        the message is there twice, and lost never."""
        self.send("window.test")
        self.settled(twice=1)
        self.assertEqual(sorted(self.script["window.test"].taken.values()), [1] * (self.many - 1) + [2])

    def test_greylisting(self):
        self.send("greylist.test")
        self.settled()
        self.assertGreaterEqual(self.script["greylist.test"].put_off, self.many)

    def test_too_busy(self):
        self.send("busy.test")
        self.settled()

    def test_one_of_three_refused(self):
        self.send("choosy.test", "ann", "nobody", "carl")
        self.settled(bounced=self.many)
        self.assertEqual({key[1] for key in self.account.bounced}, {"nobody@choosy.test"})

    # -- TLS

    def test_tls_handshake_failing(self):
        """Nobody demanded TLS: the mail goes without."""
        self.send("broken-tls.test")
        self.settled()

    def test_tls_handshake_failing_at_opensmtpd(self):
        """With Debian 12's, of itself."""
        peer = self.peer("d")
        self.send(peer.tls_domain, "bob")
        self.account.sent = {(name, "bob@d.test"): 1 for name, _ in self.account.sent}  # what the mailbox is called
        self.settled()

    def test_wrong_certificate_under_verify(self):
        self.send("impostor.test")
        self.assert_all_queued()
        time.sleep(3)
        self.assert_all_queued()
        self.assertEqual(self.script["impostor.test"].taken, {})


if __name__ == "__main__":
    sys.exit(main())
