"""What the scripts of this folder share: one small internet for each test class, and an end with status 77,
ctest's "skipped", where nothing could be run."""

import sys
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import internet  # noqa: E402
from internet import Internet, eventually, say  # noqa: E402, F401
from ours import ALICE  # noqa: E402
from scripted import Loop  # noqa: E402
from wire import send  # noqa: E402

SKIPPED = 77


class RelayCase(unittest.TestCase):
    """self.net is the internet; self.ours is a.test's server; scripts answer on hosts of self.net.client's kind."""

    peers = internet.PEERS
    maxDiff = 2000

    @classmethod
    def fill(cls, net):
        """Names and hosts of the test's own."""

    @classmethod
    def configure(cls, net):
        """Settings of the test's own."""

    @classmethod
    def setUpClass(cls):
        if internet.missing():
            raise unittest.SkipTest(internet.missing())
        cls.scripts = Loop()
        cls.addClassCleanup(cls.scripts.close)
        cls.net = Internet(cls.peers, cls.fill, cls.configure)
        cls.addClassCleanup(cls.net.close)
        cls.ours = cls.net.ours
        for name, why in cls.net.absent.items():
            say(f"skipped: {name}: {why}")

    def peer(self, letter):
        if letter not in self.net.peers:
            self.skipTest("; ".join(f"{name}: {why}" for name, why in self.net.absent.items()))
        return self.net.peers[letter]

    def submit(self, letter, user=ALICE, **options):
        """By a user of ours. Returns the recipients that were refused."""
        client = self.ours.submit(self.net.client, user)
        try:
            return send(client, letter, **options)
        finally:
            client.close()

    def assert_taken(self, script, letter, times=1, seconds=30):
        """The script took each of the letter's recipients so many times."""
        expected = {(letter.name, recipient): times for recipient in letter.recipients}
        found = eventually(lambda: all(script.taken[key] >= times for key in expected), seconds)
        self.assertTrue(found, f"{dict(script.taken)} and not {expected}; ours: {self.ours.queue()}")
        self.assertEqual({key: script.taken[key] for key in expected}, expected)


def main():
    program = unittest.main(module="__main__", exit=False, verbosity=2)
    result = program.result
    if not result.wasSuccessful():
        return 1
    nothing = not result.testsRun or result.testsRun == len(result.skipped)
    return SKIPPED if nothing else 0
