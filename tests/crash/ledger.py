"""What the servers promised, and every UID that was ever seen: the other side of the account."""

import threading
from collections import Counter, defaultdict


class Ledger:
    def __init__(self):
        self.lock = threading.Lock()
        self.attempts = Counter()                  # of SMTP, by how they ended
        self.answered = {}                         # id -> accounts that must have it once
        self.unknown = {}                          # id -> accounts that may have it once
        self.refused = {}                          # id -> accounts that must not have it: 4xx, or never sent
        self.refusals = Counter()                  # what the servers said then
        self.appends = Counter()                   # by how they ended
        self.appended = {}                         # id -> (account, mailbox, uid validity, uid)
        self.maybe_there = {}                      # id -> (account, mailbox): APPEND or EXPUNGE unanswered
        self.expunged = {}                         # id -> (account, mailbox)
        self.copies = defaultdict(lambda: [0, 0])  # (account, mailbox, id) -> [answered, unknown]
        self.uids = {}                             # (account, mailbox, uid validity, uid) -> id
        self.uid_next = {}                         # (account, mailbox) -> {uid validity: highest seen}
        self.forgotten = 0                         # connections that a kill left open at our end only
        self.faults = []                           # found while it ran
        self.commands = Counter()                  # IMAP commands answered OK

    def fault(self, text):
        with self.lock:
            self.faults.append(text)

    def no_answer(self, who, after, same_process):
        """A server that lives and doesn't answer is at fault; of one that died, the kernel may fail to tell."""
        with self.lock:
            if same_process:
                self.faults.append(f"{who}: no answer in 30 s after {after}")
            else:
                self.forgotten += 1

    def smtp_ended(self, how, letter_id, accounts):
        with self.lock:
            self.attempts[how] += 1
            kinds = {"answered": self.answered, "unknown": self.unknown}
            kinds.get(how, self.refused)[letter_id] = accounts

    def append_ended(self, how, letter_id, place):
        """`place`: (account, mailbox, uid validity, uid) when answered, else (account, mailbox)."""
        with self.lock:
            self.appends[how] += 1
            if how == "answered":
                self.appended[letter_id] = place
            elif how == "unknown":
                self.maybe_there[letter_id] = place[:2]
        if how == "answered":
            self.saw(*place, letter_id)

    def expunging(self, letter_id):
        with self.lock:
            place = self.appended.pop(letter_id, None)
            if place:
                self.maybe_there[letter_id] = place[:2]

    def expunge_answered(self, letter_id):
        with self.lock:
            place = self.maybe_there.pop(letter_id, None)
            if place:
                self.expunged[letter_id] = place

    def copying(self, account, mailbox, letter_id):
        with self.lock:
            self.copies[account, mailbox, letter_id][1] += 1

    def copy_answered(self, account, mailbox, letter_id):
        with self.lock:
            count = self.copies[account, mailbox, letter_id]
            count[0] += 1
            count[1] -= 1

    def saw(self, account, mailbox, validity, uid, letter_id):
        with self.lock:
            key = (account, mailbox, validity, uid)
            if self.uids.setdefault(key, letter_id) != letter_id:
                self.faults.append(f"UID reused: {key} was {self.uids[key]} and is {letter_id}")

    def uid_next_so_far(self, account, mailbox):
        """By UIDVALIDITY; to be asked for before the mailbox is: another client may be told more meanwhile."""
        with self.lock:
            return dict(self.uid_next.get((account, mailbox), {}))

    def saw_uid_next(self, account, mailbox, validity, uid_next, so_far):
        with self.lock:
            if uid_next < so_far.get(validity, 0):
                self.faults.append(f"UIDNEXT of {account} {mailbox} went back from {so_far[validity]} to {uid_next}")
            highest = self.uid_next.setdefault((account, mailbox), {})
            highest[validity] = max(uid_next, highest.get(validity, 0))

    def counted(self, command):
        with self.lock:
            self.commands[command] += 1
