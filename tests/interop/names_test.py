#!/usr/bin/env python3
"""DNS of mode "iterative" against nsd: from a root of our own down to the mail hosts, with signatures that are
right, forged, expired and stripped. What DNSSEC proves wrong leads no mail anywhere."""

import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

import signed_names
from case import ALICE, Case, letter, main
from next_hop import NextHop
from pabal import BIN

ADDRESSES = {"good": "127.0.2.1", "plain": "127.0.2.2", "honest": "127.0.2.3", "evil": "127.0.2.66"}
DNS = """
[dns]
mode = "iterative"
root_hints = "{hints}"
trust_anchor = "{trust_anchor}"
timeout = "10s"
"""


class Names(Case):
    @classmethod
    def setUpClass(cls):
        if signed_names.missing():
            raise unittest.SkipTest(signed_names.missing())
        super().setUpClass()
        folder = tempfile.mkdtemp(prefix="names-", dir="/var/tmp")
        cls.addClassCleanup(shutil.rmtree, folder, ignore_errors=True)
        cls.names = signed_names.SignedNames(folder, ADDRESSES)
        cls.names.start()
        cls.addClassCleanup(cls.names.stop)
        cls.hops = {name: NextHop(at=(address, 25)) for name, address in ADDRESSES.items()}
        for hop in cls.hops.values():
            cls.addClassCleanup(hop.close)
        cls.set_dns(DNS.format(hints=cls.names.hints, trust_anchor=cls.names.trust_anchor))
        cls.server.signal("smtpd", signal.SIGHUP)
        cls.wait_for_log(r"\bdns .*\biterative\b")

    @classmethod
    def set_dns(cls, text):
        settings = cls.server.settings.read_text()
        without = re.sub(r"(?ms)^\[dns\]\n.*?(?=^\[|\Z)", "", settings)
        cls.server.settings.write_text(without.replace('level = "info"', 'level = "debug"') + text)

    @classmethod
    def wait_for_log(cls, pattern, seconds=30):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for line in cls.server.log("smtpd").splitlines():
                if re.search(pattern, line):
                    return line
            time.sleep(0.05)
        raise AssertionError(f"{pattern} is not in the log after {seconds} s:\n{cls.server.log('smtpd')}")

    def fate(self, domain):
        """The line of the log that says what became of a message to the domain."""
        recipient = f"somebody@{domain}"
        self.submit(letter(f"to {domain}", to=recipient), ALICE, [recipient])
        return self.wait_for_log(rf"\b(delivered|deferred|failed)\b.*\b{re.escape(recipient)}")

    def test_signed_all_the_way(self):
        self.assertIn(" delivered ", self.fate("good.test"))
        self.assertEqual(len(self.hops["good"].taken), 1)
        self.assertIn("mx.good.test", self.wait_for_log(r"\broute\b.*\bgood\.test\b.*\bproved\b"))

    def test_unsigned_because_the_parent_says_so(self):
        self.assertIn(" delivered ", self.fate("plain.test"))
        self.assertEqual(len(self.hops["plain"].taken), 1)
        self.wait_for_log(r"\broute\b.*\bplain\.test\b.*\bunproved\b")

    def test_what_is_proved_wrong_is_never_used(self):
        for domain in ("forged.test", "expired.test", "stripped.test"):
            with self.subTest(domain):
                line = self.fate(domain)
                self.assertIn(" deferred ", line)
                self.assertIn("451 4.4.3", line)
                self.assertIn("DNSSEC", line)
        for hop in ("evil", "honest"):
            self.assertEqual(self.hops[hop].taken, [])

    def test_what_is_proved_absent_is_absent(self):
        line = self.fate("nowhere.test")
        self.assertIn(" failed ", line)
        self.assertIn("550 5.1.2", line)

    def test_null_mx(self):
        line = self.fate("null.test")
        self.assertIn(" failed ", line)
        self.assertIn("556 5.1.10", line)

    def test_check_config_says_what_is_wrong(self):
        settings = self.home / "pabal.toml"
        text = self.server.settings.read_text().replace(str(self.names.trust_anchor), "/nowhere/root.key")
        settings.write_text(re.sub(r'(?m)^data = .*$', f'data = "{self.server.data}"', text))
        for name in ("cert.pem", "key.pem", "ca.pem"):
            shutil.copy(self.server.data / name, self.home)
        run = subprocess.run([BIN / "smtpd", "--check-config", "--config", settings], capture_output=True, text=True,
                             timeout=60)
        self.assertEqual(run.returncode, 78)
        self.assertRegex(run.stderr, rf"smtpd: {settings}:\d+:16: dns.trust_anchor: /nowhere/root.key can't be read "
                                     r"\(No such file or directory\), expected DS or DNSKEY records")


if __name__ == "__main__":
    signed_names.alone()
    sys.exit(main())
