#!/usr/bin/env python3
"""A storm: messages from ours to the peers and back while servers are killed (SIGKILL, with all their processes) and
cables pulled at random. When it is over every message is accounted for. What no sender can avoid is shown and
counted: a message taken by a server that died before it could say so is sent again. What must not be:
one lost, one nobody sent, or two copies of what ours accepted once.

    python3 tests/interop/relay/storm_test.py --messages 500 [--seconds 20] [--seed N]
"""

import argparse
import random
import re
import smtplib
import sys
import threading
import time
from collections import Counter, defaultdict

from account import Account
from letters import Letter, failures, name_of
from network import eventually, ipv4
from ours import ALICE
from relay_case import SKIPPED
from wire import Smtp, send

import internet

BATCH = 10  # letters a connection
QUEUE_NAME = re.compile(rb"^Received:.*?\bid\s+<?([\w-]+)", re.MULTILINE | re.DOTALL)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--messages", type=int, default=500)
    parser.add_argument("--seconds", type=float, help="of storm; default: 40 messages a second, at least 20 s")
    parser.add_argument("--seed", type=int, default=random.randrange(10**9))
    options = parser.parse_args()
    options.seconds = options.seconds or max(20, options.messages / 40)
    options.settling = max(120, options.messages / 20)  # seconds for the queues to empty afterwards
    return options


class Sender(threading.Thread):
    """Sends its share of letters along one way, evenly over the time, until so many were taken for sure."""

    def __init__(self, title, connect, make, options):
        super().__init__(daemon=True)
        self.account = Account(title)
        self.connect, self.make, self.options = connect, make, options
        self.trouble = Counter()
        self.share = 0

    def run(self):
        started = time.monotonic()
        while len(self.account.sent) < self.share:
            due = min(self.share, 1 + int((time.monotonic() - started) / self.options.seconds * self.share))
            if due <= len(self.account.sent):
                time.sleep(0.05)
                continue
            try:
                self.send(min(BATCH, due - len(self.account.sent)))
            except (OSError, smtplib.SMTPException, RuntimeError) as error:
                self.trouble[type(error).__name__] += 1
                time.sleep(0.2)

    def send(self, count):
        client = self.connect()
        try:
            for _ in range(count):
                letter = self.make()
                try:
                    refused = send(client, letter)
                except (OSError, smtplib.SMTPServerDisconnected):
                    self.account.unsure.update((letter.name, recipient) for recipient in letter.recipients)
                    raise
                letter.recipients = [each for each in letter.recipients if each not in refused]
                self.account.send(letter)
        finally:
            client.close()


class Storm:
    def __init__(self, net, options):
        self.net, self.ours, self.options = net, net.ours, options
        self.dice = random.Random(options.seed)
        self.troubles = Counter()
        self.senders = [sender for peer in net.peers.values() for sender in self.ways(peer)]
        for number, sender in enumerate(self.senders):
            sender.share = options.messages // len(self.senders) + (number < options.messages % len(self.senders))

    def ways(self, peer):
        """There and back."""
        users = random.Random(self.options.seed)
        yield Sender(f"ours to {peer.name}", lambda: self.ours.submit(self.net.client),
                     lambda: Letter(ALICE, [f"u{users.randrange(50)}@{peer.domain}"]), self.options)
        yield Sender(f"{peer.name} to ours", lambda: Smtp(self.net.client, ipv4(peer.number), timeout=20),
                     lambda: Letter(f"bob@{peer.domain}", [users.choice(("alice@a.test", "bob@a.test"))]), self.options)

    # -- the troubles; all in the main thread, since programs end with the thread that started them

    def rage(self):
        for sender in self.senders:
            sender.start()
        end = time.monotonic() + self.options.seconds
        while time.monotonic() < end:
            time.sleep(self.dice.uniform(0.2, 1.0))
            self.dice.choice((self.kill_ours, self.kill_peer, self.pull_cable))()
        for sender in self.senders:
            sender.join(60)

    def kill_ours(self):
        self.troubles["kills of ours"] += 1
        self.ours.kill("smtpd")
        time.sleep(self.dice.uniform(0, 0.5))
        self.ours.start_program("smtpd")

    def kill_peer(self):
        peer = self.dice.choice(list(self.net.peers.values()))
        self.troubles[f"of {peer.name}"] += 1
        peer.kill()
        time.sleep(self.dice.uniform(0, 0.5))
        peer.start()

    def pull_cable(self):
        server = self.dice.choice(self.net.servers())
        host = self.ours.host_of_it if server is self.ours else server.host
        self.troubles["cables pulled"] += 1
        with host.unplugged():
            time.sleep(self.dice.uniform(0.2, 2))

    # -- the account

    def settle(self):
        """Until nothing waits anywhere. Returns what is left after all."""
        def left():
            for peer in self.net.peers.values():
                if peer.queued():
                    peer.hurry()
            return {server.name: count for server in self.net.servers() if (count := server.queued())}
        eventually(lambda: not left(), self.options.settling, 2)
        return left()

    def draw_up(self):
        self.copies = defaultdict(list)  # (letter, recipient): the queue names its copies came in by
        self.reports = []
        for server in self.net.servers():
            for address, octets in server.mailboxes():
                if failures(octets) is not None:
                    self.reports.append((address, octets))
                    continue
                found = QUEUE_NAME.search(octets)
                self.copies[name_of(octets), address].append(found[1] if found else b"?")
        waiting = {(each["message_id"].strip("<>").partition("@")[0], each["recipient"]) for each in self.ours.queue()}
        for sender in self.senders:
            account = sender.account
            account.queued.update(key for key in account.sent if key in waiting)
            for key in [*account.sent, *account.unsure]:
                account.delivered[key] = len(self.copies.get(key, ()))
            for _, octets in self.reports:
                account.bounced.update(key for key in ((name_of(octets), each) for each in failures(octets))
                                       if key in account.sent)

    def verdict(self, left):
        """What is wrong, line by line."""
        wrong = [f"{name}: {count} still queued" for name, count in left.items()]
        known = set()
        for sender in self.senders:
            known |= {*sender.account.sent, *sender.account.unsure}
            wrong += [f"{sender.account.title}: lost {name} to {to}" for name, to in sender.account.lost()]
            if len(sender.account.sent) < sender.share:
                wrong.append(f"{sender.account.title}: {len(sender.account.sent)} could be sent: {dict(sender.trouble)}")
            wrong += [f"{sender.account.title}: bounced {key}" for key in sender.account.bounced]
        wrong += [f"nobody sent {key}" for key in self.copies if key not in known]
        wrong += [f"accepted once by ours and twice there: {key} {names}" for key, names in self.copies.items()
                  if key[1].endswith("@a.test") and len(set(names)) < len(names)]
        return wrong

    def tell(self):
        said = ", ".join(f"{count} {what}" for what, count in sorted(self.troubles.items()))
        print(f"seed {self.options.seed}: {sum(self.troubles.values())} troubles in {self.options.seconds:.0f} s ({said})")
        total = Account("altogether")
        for sender in self.senders:
            unsure = sum(1 for key in sender.account.unsure if self.copies.get(key))
            print(f"  {sender.account}; of {len(sender.account.unsure)} broken off {unsure} arrived")
            for part in ("sent", "unsure", "delivered", "bounced", "queued"):
                getattr(total, part).update(getattr(sender.account, part))
        print(f"  {total}", flush=True)


def main():
    options = arguments()
    if why := internet.missing():
        print(f"skipped: {why}", file=sys.stderr)
        return SKIPPED
    with internet.Internet() as net:
        for name, why in net.absent.items():
            print(f"without {name}: {why}", file=sys.stderr)
        storm = Storm(net, options)
        storm.rage()
        for server in net.servers():
            server.wait_until_it_answers()
        left = storm.settle()
        storm.draw_up()
        storm.tell()
        wrong = storm.verdict(left)
    for line in wrong[:50]:
        print(line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
