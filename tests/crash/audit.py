"""After the last kill: what is there, against what was promised."""

import sqlite3
import time
from collections import Counter, defaultdict

from imap_session import ImapSession
from letter import read_letter


def wait_for_empty_queue(data, seconds):
    """Returns how many messages were still queued at the end."""
    end = time.monotonic() + seconds
    while True:
        queue = sqlite3.connect(f"file:{data}/queue.db?mode=ro", uri=True, timeout=10)
        waiting = queue.execute("SELECT count(DISTINCT message) FROM recipient").fetchone()[0]
        queue.close()
        if waiting == 0 or time.monotonic() > end:
            return waiting
        time.sleep(0.2)


def read_everything(domain, ledger):
    """{(account, mailbox): [(uid validity, uid, id)]}; damaged and strange messages are faults."""
    there = {}
    for login in domain.logins():
        session = ImapSession("127.0.0.1", domain.ports.imap, login)
        names = [response.text.split()[-1].strip('"') for response in session.command('LIST "" "*"')[0]
                 if response.text.startswith("* LIST")]
        for mailbox in names:
            so_far = ledger.uid_next_so_far(login[0], mailbox)
            validity, uid_next = session.select(f'"{mailbox}"')
            ledger.saw_uid_next(login[0], mailbox, validity, uid_next, so_far)
            there[login[0], mailbox] = [(validity, uid, letter_id) for uid, letter_id
                                        in read_mailbox(session, login[0], mailbox, uid_next, ledger)]
            for _, uid, letter_id in there[login[0], mailbox]:
                ledger.saw(login[0], mailbox, validity, uid, letter_id)
        session.close()
    return there


def read_mailbox(session, account, mailbox, uid_next, ledger):
    for first in range(1, uid_next, 200):
        for uid, octets in session.fetch(f"{first}:{first + 199}", "BODY.PEEK[]"):
            letter_id, whole = read_letter(octets)
            if not whole:
                ledger.fault(f"{account} {mailbox} UID {uid}: {letter_id or 'a stranger'} is not as it was sent")
            yield uid, letter_id


def audit_deliveries(there, ledger):
    """Returns (lost, duplicates, unknown that arrived, refused that arrived)."""
    found = Counter((account, letter_id) for (account, mailbox), messages in there.items()
                    if mailbox in ("INBOX", "Moved") for _, _, letter_id in messages)
    lost = [(i, a) for i, accounts in ledger.answered.items() for a in accounts if found[a, i] == 0]
    twice = [key for key, count in found.items() if count > 1]
    arrived = 0
    for letter_id, accounts in ledger.unknown.items():
        copies = [found[account, letter_id] for account in accounts]
        arrived += any(copies)
        if any(copies) and not all(copies):
            ledger.fault(f"{letter_id} reached some of its recipients only: {dict(zip(accounts, copies))}")
    refused = [i for i, accounts in ledger.refused.items() if any(found[a, i] for a in accounts)]
    return lost, twice, arrived, refused


def audit_appends(there, ledger):
    """Returns (lost, duplicates, come back after EXPUNGE)."""
    found = defaultdict(list)
    for (account, mailbox), messages in there.items():
        for validity, uid, letter_id in messages:
            if mailbox.startswith("Work"):
                found[letter_id].append((account, mailbox, validity, uid))
    lost = [i for i, place in ledger.appended.items() if place not in found[i]]
    twice = [i for i, places in found.items() if len(places) > 1]
    back = [i for i in ledger.expunged if found[i]]
    return lost, twice, back


def audit_copies(there, ledger):
    """Returns those copied less often than was answered, and more often than was asked."""
    found = Counter((account, mailbox, letter_id) for (account, mailbox), messages in there.items()
                    if mailbox.startswith("Kept") for _, _, letter_id in messages)
    lost = [key for key, (answered, _) in ledger.copies.items() if found[key] < answered]
    too_many = [key for key, count in found.items() if count > sum(ledger.copies.get(key, (0, 0)))]
    return lost, too_many


def damaged_databases(data):
    """Returns (how many were looked at, what is wrong with which)."""
    files, damaged = sorted(data.rglob("*.db")), []
    for file in files:
        database = sqlite3.connect(file, timeout=10)
        try:
            verdict = database.execute("PRAGMA integrity_check").fetchone()[0]
        except sqlite3.DatabaseError as error:
            verdict = str(error)
        database.close()
        if verdict != "ok":
            damaged.append(f"{file.relative_to(data)}: {verdict}")
    return len(files), damaged
