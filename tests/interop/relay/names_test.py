#!/usr/bin/env python3
"""DNS in trouble: servers that are down for a while, forged answers, names that aren't there, null MX, mail that
would come back. After each the account: every message is delivered, bounced or queued."""

import sys

from accounts import Accounts
from letters import failures
from liar import NUMBER as LIAR, Liar
from network import ipv4
from ours import ALICE
from relay_case import RelayCase, main
from scripted import Script

SCRIPTS = {name: number for number, name in enumerate(
    ("honest.test", "patient.test", "late.test", "bare.test", "six-alone.test", "shared.test", "alias-target.test"), 60)}
EVIL = 80


def add_names(net, case):
    """The names, and a script for each host that takes mail."""
    names = net.names
    case.host = net.net.host("scripts", EVIL, *SCRIPTS.values())
    case.script = {domain: Script() for domain in SCRIPTS} | {"evil": Script()}
    for domain, number in SCRIPTS.items():
        case.scripts.serve(case.host, number, case.script[domain])
        if domain not in ("bare.test", "six-alone.test"):
            names.host(f"mx.{domain}", number)
            names.domain(domain, f"mx.{domain}")
    case.scripts.serve(case.host, EVIL, case.script["evil"])
    names.host("evil.test", EVIL)
    names.host("bare.test", SCRIPTS["bare.test"])
    names.host("six-alone.test", SCRIPTS["six-alone.test"], ["AAAA"])
    names.record("alias.test", "CNAME", "alias-target.test.")
    names.record("null.test", "MX", "0 .")
    names.record("nowhere.test", "TXT", '"a name without any address"')
    names.domain("ours-again.test", "mail.a.test")
    names.domain("shared.test", "mx.shared.test", "mail.a.test")


class Names(Accounts, RelayCase):
    """Ours asks a server whose answers come after a swarm of forged ones."""

    peers = ()

    @classmethod
    def fill(cls, net):
        add_names(net, cls)
        cls.liar = Liar(net.net.host("liar", LIAR), net.names.server, "evil.test", EVIL).start(cls.scripts)
        net.ours.nameserver = ipv4(LIAR)

    @classmethod
    def configure(cls, net):
        net.ours.configure({"dns": {"timeout": '"3s"'}})

    def goes(self, domain, to=None):
        """Letters to the domain reach the script; nothing reaches the forger."""
        self.send(domain)
        self.settled()
        taken = self.script[to or domain].taken
        self.assertEqual(sum(taken[key] for key in self.account.sent), len(self.account.sent))
        self.assertEqual(self.script["evil"].connections, 0)

    def comes_back(self, domain, *words):
        """The sender is told at once, with these words."""
        self.send(domain)
        self.settled(bounced=self.many)
        name = next(iter(self.account.sent))[0].encode()
        [report] = [octets for octets in self.ours.mailbox(ALICE) if failures(octets) and name in octets]
        for word in words:
            self.assertIn(word.encode(), report)

    def test_answers_with_wrong_ids(self):
        self.goes("honest.test")
        self.assertGreater(self.liar.forged, 40)

    def test_forgers_alone(self):
        """The true server is silent for a while: the mail waits, whoever else speaks."""
        self.liar.mute = True
        try:
            self.send("patient.test")
            self.assert_all_queued()
        finally:
            self.liar.mute = False
        self.settled(seconds=90)
        self.assertEqual(self.script["evil"].connections, 0)

    def test_dns_down_for_a_while(self):
        """Nobody answers for the name server's address: that is no word on the domain."""
        with self.net.names.host_of_it.unplugged():
            self.send("late.test")
            self.assert_all_queued()
        self.settled(seconds=90)

    def test_no_mx(self):
        self.goes("bare.test")

    def test_no_mx_and_only_ipv6(self):
        self.goes("six-alone.test")

    def test_alias_of_a_domain(self):
        self.goes("alias.test", "alias-target.test")

    def test_we_are_the_second_mx(self):
        self.goes("shared.test")

    def test_null_mx(self):
        self.comes_back("null.test", "556")

    def test_no_such_domain(self):
        self.comes_back("missing.test", "5.1.2")

    def test_no_address(self):
        self.comes_back("nowhere.test", "5.1.2")

    def test_best_mx_is_us(self):
        self.comes_back("ours-again.test", "5.4.6")


class FromTheRoot(Accounts, RelayCase):
    """Ours asks nobody to resolve for it: it walks down from the root, which here is nsd's."""

    peers = ()

    @classmethod
    def fill(cls, net):
        add_names(net, cls)

    @classmethod
    def configure(cls, net):
        hints = net.net.folder / "root.hints"
        hints.write_text(f". 3600 NS ns.test.\nns.test. 3600 A {net.names.server}\n")
        net.ours.configure({"dns": {"mode": '"iterative"', "root_hints": f'"{hints}"', "trust_anchor": '""'}})

    def test_walk(self):
        for domain in ("honest.test", "bare.test", "alias.test"):
            self.send(domain)
        self.send("missing.test")
        self.settled(bounced=self.many)


if __name__ == "__main__":
    sys.exit(main())
