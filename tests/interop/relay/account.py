"""What became of every message: each recipient of each letter that was taken responsibility for is delivered,
bounced or still queued; none is gone, and none is there twice."""

from collections import Counter
from dataclasses import dataclass, field

from letters import failures, name_of


@dataclass
class Account:
    """sent, delivered, bounced and queued count (letter, recipient)."""

    title: str
    sent: Counter = field(default_factory=Counter)
    unsure: Counter = field(default_factory=Counter)  # the sender lost the connection before the answer
    delivered: Counter = field(default_factory=Counter)
    bounced: Counter = field(default_factory=Counter)
    queued: Counter = field(default_factory=Counter)

    def send(self, letter):
        self.sent.update((letter.name, recipient) for recipient in letter.recipients)

    def take_mailbox(self, address, octets):
        """A message that was found in a mailbox: a letter, or a report on one."""
        name, failed = name_of(octets), failures(octets)
        if failed is None:
            self.delivered[name, address] += 1
        else:
            self.bounced.update((name, recipient) for recipient in failed)

    def lost(self):
        return [key for key in self.sent if not (self.delivered[key] or self.bounced[key] or self.queued[key])]

    def twice(self):
        """Delivered more than once, or both delivered and bounced: more than one sender was told."""
        return [key for key in {*self.delivered, *self.bounced} if self.delivered[key] + self.bounced[key] > 1]

    def unasked(self):
        """Delivered and never sent."""
        return [key for key in self.delivered if key not in self.sent and key not in self.unsure]

    def __str__(self):
        there = sum(1 for key in self.sent if self.delivered[key])
        bounced = sum(1 for key in self.sent if self.bounced[key] and not self.delivered[key])
        queued = sum(1 for key in self.sent if self.queued[key] and not (self.delivered[key] or self.bounced[key]))
        return (f"{self.title}: {len(self.sent)} sent = {there} delivered + {bounced} bounced + {queued} queued"
                f" + {len(self.lost())} lost; {len(self.twice())} twice")
