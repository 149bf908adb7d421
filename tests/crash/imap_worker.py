"""IMAP clients: each changes two mailboxes of its own, of which it knows what must be there, and moves
what was delivered from INBOX to Moved, where it must still be once."""

import random
import re
import threading
import time

from imap_session import ImapSession, No
from letter import Letters, read_id

ID = "BODY.PEEK[HEADER.FIELDS (X-CRASH-ID)]"
_APPENDED = re.compile(r"\[APPENDUID (\d+) (\d+)\]")
_COPIED = re.compile(r"\[COPYUID (\d+) (\d+) (\d+)\]")


class Worker(threading.Thread):
    def __init__(self, number, domain, ledger, stop):
        super().__init__(daemon=True)
        self.domain, self.ledger, self.stop = domain, ledger, stop
        # Two of them at each account, so that they meet.
        self.account, self.password = domain.login(number // 2)
        self.by_tls = number % 3 == 0
        self.work, self.kept = f"Work{number}", f"Kept{number}"
        self.letters = Letters(f"a{number}", domain.seed)
        self.dice = random.Random(f"{domain.seed} worker {number}")
        self.mine = {}  # uid -> id in self.work, as last fetched
        self.validity = 0

    def run(self):
        while not self.stop.is_set():
            begun = self.domain.starts["imapd"]
            try:
                self.hold_session()
            except TimeoutError as silence:
                self.ledger.no_answer(f"{self.name} {self.account}", silence, begun == self.domain.starts["imapd"])
            except OSError:
                time.sleep(self.dice.uniform(0.02, 0.2))
            except No as refusal:
                self.ledger.fault(f"{self.account} {self.work}: {refusal}")
                time.sleep(0.5)

    def hold_session(self):
        session = self.connect()
        try:
            while not self.stop.is_set():
                self.act(session)
                time.sleep(self.dice.expovariate(40))
        finally:
            session.close()

    def connect(self):
        ports = self.domain.ports
        login = self.account, self.password
        session = (ImapSession("127.0.0.1", ports.imaps, login, self.domain.trust) if self.by_tls
                   else ImapSession("127.0.0.1", ports.imap, login))
        for mailbox in (self.work, self.kept, "Moved"):
            try:
                session.command(f"CREATE {mailbox}")
            except No:
                pass  # it is there
        self.look(session)
        return session

    def act(self, session):
        action = self.dice.choices((self.append, self.flag, self.copy, self.move, self.expunge, self.idle, self.look),
                                   weights=(30, 15, 15, 15, 10, 5, 10))[0]
        action(session)
        self.ledger.counted(action.__name__)

    # -- what a client does

    def append(self, session):
        letter_id, octets = self.letters.write()
        how, place = "unknown", (self.account, self.work)
        try:
            uid = _APPENDED.search(session.append(self.work, octets))
            how, place = "answered", (self.account, self.work, int(uid[1]), int(uid[2]))
            if int(uid[1]) == self.validity:
                self.mine[int(uid[2])] = letter_id
        except No as refusal:
            how = "refused"
            self.ledger.fault(f"APPEND {letter_id}: {refusal}")
        finally:
            self.ledger.append_ended(how, letter_id, place)

    def flag(self, session):
        if self.mine:
            self.select(session, self.work)
            session.command(f"UID STORE {self.any_uid()} {self.dice.choice('+-')}FLAGS (\\Flagged $label1)")

    def copy(self, session):
        if not self.mine:
            return
        self.select(session, self.work)
        uid = self.any_uid()
        letter_id = self.mine[uid]
        self.ledger.copying(self.account, self.kept, letter_id)
        _, text = session.command(f"UID COPY {uid} {self.kept}")
        copied = _COPIED.search(text)
        if not copied:
            self.ledger.fault(f"COPY of {letter_id} in {self.work}: {text}")
            return
        self.ledger.copy_answered(self.account, self.kept, letter_id)
        self.ledger.saw(self.account, self.kept, int(copied[1]), int(copied[3]), letter_id)

    def move(self, session):
        validity, uid_next = self.select(session, "INBOX")
        letters = {}
        for uid, header in session.fetch(f"{max(1, uid_next - 20)}:*", ID):
            letters[uid] = read_id(header)
            self.ledger.saw(self.account, "INBOX", validity, uid, letters[uid])
        if not letters:
            return
        uid = self.dice.choice(list(letters))
        responses, _ = session.command(f"UID MOVE {uid} Moved")
        for response in responses:
            moved = _COPIED.search(response.text)
            if moved:
                self.ledger.saw(self.account, "Moved", int(moved[1]), int(moved[3]), letters[uid])

    def expunge(self, session):
        if not self.mine:
            return
        self.select(session, self.work)
        uid = self.any_uid()
        letter_id = self.mine.pop(uid)
        session.command(f"UID STORE {uid} +FLAGS.SILENT (\\Deleted)")
        self.ledger.expunging(letter_id)
        session.command(f"UID EXPUNGE {uid}")
        self.ledger.expunge_answered(letter_id)

    def idle(self, session):
        self.select(session, "INBOX")
        session.idle(self.dice.uniform(0.02, 0.4))

    def look(self, session):
        """Everything answered must be there at once, not only in the end."""
        validity, _ = self.select(session, self.work)
        expected = {} if validity != self.validity else dict(self.mine)
        self.validity, self.mine = validity, {}
        for uid, header in session.fetch("1:*", ID):
            self.mine[uid] = read_id(header)
            self.ledger.saw(self.account, self.work, validity, uid, self.mine[uid])
        for uid, letter_id in expected.items():
            if self.mine.get(uid) != letter_id:
                self.ledger.fault(f"{self.account} {self.work}: UID {uid} was {letter_id}, "
                                  f"now {self.mine.get(uid)}")

    # -- and how

    def select(self, session, mailbox):
        so_far = self.ledger.uid_next_so_far(self.account, mailbox)
        validity, uid_next = session.select(mailbox)
        self.ledger.saw_uid_next(self.account, mailbox, validity, uid_next, so_far)
        return validity, uid_next

    def any_uid(self):
        return self.dice.choice(list(self.mine))
