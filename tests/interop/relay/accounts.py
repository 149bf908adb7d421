"""For tests that make a trouble: letters sent into it, and the account of where they are."""

from account import Account
from internet import eventually, say
from letters import Letter, failures
from ours import ALICE

WAIT = 60  # seconds


class Accounts:
    """Beside RelayCase; `script` are the scripted servers by domain."""

    many = 3  # letters for each trouble

    def setUp(self):
        self.account = Account(self._testMethodName.removeprefix("test_").replace("_", " "))

    # -- sending, and looking where things are

    def send(self, domain, *locals):
        """Some letters to the domain, each to all of `locals` or to a recipient of its own."""
        sent = []
        for number in range(self.many):
            names = locals or (f"{self._testMethodName.replace('_', '-')}-{number}",)
            letter = Letter(ALICE, [f"{name}@{domain}" for name in names])
            self.assertEqual(self.submit(letter), {})
            self.account.send(letter)
            sent.append(letter)
        return sent

    def to_peer(self, peer):
        return self.send(peer.domain, "bob")

    def draw_up(self):
        """Looks everywhere; the account is then what it is now."""
        account = self.account
        for counts in (account.delivered, account.bounced, account.queued):
            counts.clear()
        for server in self.net.peers.values():
            for address, octets in server.mailboxes():
                account.take_mailbox(address, octets)
        for script in self.script.values():
            account.delivered.update(script.taken)
        for octets in self.ours.mailbox(ALICE):
            if failures(octets) is not None:
                account.take_mailbox(ALICE, octets)
        waiting = [entry["recipient"] for entry in self.ours.queue() if entry["state"] not in ("delivered", "failed")]
        account.queued.update({key: 1 for key in account.sent if key[1] in waiting})
        for counts in (account.delivered, account.bounced):
            for key in [key for key in counts if key not in account.sent]:
                del counts[key]
        return account

    def settled(self, delivered=None, bounced=0, twice=0, seconds=WAIT):
        """Waits until all is over, and holds the account against what is expected."""
        delivered = len(self.account.sent) - bounced if delivered is None else delivered
        balanced = eventually(lambda: self._balanced(delivered, bounced), seconds, 0.3)
        say(f"\n  {self.account}")
        self.assertTrue(balanced, f"{self.account}\n{self.ours.queue()}\n{self.ours.log('smtpd')[-4000:]}")
        self.assertEqual(len(self.account.twice()), twice, str(self.account))

    def _balanced(self, delivered, bounced):
        account = self.draw_up()
        there = sum(1 for key in account.sent if account.delivered[key])
        back = sum(1 for key in account.sent if account.bounced[key])
        return (there, back, len(account.lost())) == (delivered, bounced, 0) and not account.queued

    def assert_all_queued(self, seconds=WAIT):
        """Nothing came through, nothing is lost, and at least one attempt has failed."""
        tried = eventually(lambda: any(entry["attempts"] for entry in self.ours.queue()
                                       if entry["recipient"] in {key[1] for key in self.account.sent}), seconds)
        self.assertTrue(tried, f"{self.ours.queue()}")
        self.draw_up()
        say(f"\n  during {self.account}")
        self.assertEqual(sum(self.account.queued.values()), len(self.account.sent), str(self.account))
