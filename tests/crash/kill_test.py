#!/usr/bin/env python3
"""The promise of the house, put to the test: 50 senders and 10 IMAP clients at work while smtpd and imapd
are killed with SIGKILL at random and started again at once. In the end every message answered 250 is in its
mailbox exactly once, every APPEND answered OK is at its UID, no UID was given twice, every database is
whole. Prints the account; exit status 0 only when it balances.

    python3 tests/crash/kill_test.py --bin build/bin --kills 50 [--seed N]
"""

import argparse
import os
import random
import shutil
import ssl
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

sys.dont_write_bytecode = True
HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "interop")]


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--bin", type=Path, default=HERE.parents[1] / "build/bin", help="where the programs are")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=random.randrange(10**9), help="of every dice in the test")
    parser.add_argument("--senders", type=int, default=50)
    parser.add_argument("--clients", type=int, default=10, help="IMAP clients")
    parser.add_argument("--accounts", type=int, default=20)
    parser.add_argument("--rate", type=float, default=200, help="messages a second aimed at, all senders together")
    parser.add_argument("--interval", type=float, default=2, help="mean seconds between kills")
    parser.add_argument("--keep", action="store_true", help="leave data and logs behind")
    return parser.parse_args()


class Domain:
    """The servers under test, and who has accounts there."""

    def __init__(self, options):
        os.environ["PABAL_BIN"] = str(options.bin.resolve())
        from pabal import Pabal  # reads PABAL_BIN
        self.seed = options.seed
        self.passwords = {f"u{n}@example.test": f"secret-{n}" for n in range(options.accounts)}
        self.addresses = list(self.passwords)
        self.folder = Path(tempfile.mkdtemp(prefix="pabal-crash-", dir="/var/tmp"))
        self.pabal = Pabal(self.passwords, folder=self.folder)
        self.pabal.start()
        self.ports, self.data = self.pabal.ports, self.pabal.data
        self.trust = ssl.create_default_context(cafile=self.pabal.ca)
        self.ended_by_themselves = Counter()
        self.starts = Counter()

    def login(self, number):
        return self.logins()[number % len(self.addresses)]

    def logins(self):
        return list(self.passwords.items())

    def kill(self, programs):
        """All at once, then each is started again."""
        for program in programs:
            daemon = self.pabal.daemons[program]
            if daemon.poll() is not None:
                self.ended_by_themselves[program, daemon.returncode] += 1
            daemon.kill()
        for program in programs:
            self.pabal.daemons[program].wait()
            self.starts[program] += 1
            self.pabal.start_program(program)

    def stop(self):
        return {program: self.pabal.stop_program(program) for program in list(self.pabal.daemons)}


def kill_at_random(domain, options):
    dice, kills = random.Random(f"{options.seed} kills"), Counter()
    while kills.total() < options.kills:
        # Now and then so soon that it is still starting.
        time.sleep(dice.uniform(0.02, 0.3) if dice.random() < 0.1 else options.interval * dice.uniform(0.3, 1.7))
        programs = dice.choice((["smtpd"], ["imapd"], ["smtpd", "imapd"]))
        domain.kill(programs)
        kills.update(programs)
        print(f"\r{kills.total()} kills", end="", file=sys.stderr, flush=True)
    print("\r", end="", file=sys.stderr)
    return kills


def work_and_kill(domain, ledger, options):
    from imap_worker import Worker
    from smtp_sender import Sender
    stop = threading.Event()
    people = [Sender(n, domain, ledger, stop, options.senders / options.rate) for n in range(options.senders)]
    people += [Worker(n, domain, ledger, stop) for n in range(options.clients)]
    for person in people:
        person.start()
    kills = kill_at_random(domain, options)
    time.sleep(1)
    stop.set()
    for person in people:
        person.join(timeout=60)
        if person.is_alive():
            ledger.fault(f"{person.name} still waits for an answer after a minute")
    return kills


def settle(domain, ledger):
    """Returns {what: list of troubles}; an empty list is as it should be."""
    import audit
    domain.pabal.wait_until_it_answers()
    left = audit.wait_for_empty_queue(domain.data, 60)
    there = audit.read_everything(domain, ledger)
    lost, twice, arrived, refused = audit.audit_deliveries(there, ledger)
    lost_appends, twice_appended, back = audit.audit_appends(there, ledger)
    lost_copies, too_many_copies = audit.audit_copies(there, ledger)
    statuses = domain.stop()
    databases, damaged = audit.damaged_databases(domain.data)
    sizes = {"arrived": arrived, "messages": sum(map(len, there.values())), "databases": databases}
    return sizes, {
        "answered 250 and lost": lost, "delivered twice": twice, "refused or unsent, yet there": refused,
        "still queued": [f"{left} messages"] if left else [],
        "APPEND answered OK and lost": lost_appends, "appended twice": twice_appended,
        "back after EXPUNGE": back, "COPY answered OK and lost": lost_copies, "copied too often": too_many_copies,
        "databases damaged": damaged,
        "ended by itself": [f"{p} with {s}, {n} times" for (p, s), n in domain.ended_by_themselves.items()],
        "bad exit status": [f"{p}: {s}" for p, s in statuses.items() if s != 0],
        "other faults": ledger.faults,
    }


def print_account(options, ledger, kills, sizes, troubles, seconds):
    attempts, appends = ledger.attempts, ledger.appends
    promised = sum(map(len, ledger.answered.values()))
    print(f"seed {options.seed}, {kills.total()} kills (" + ", ".join(f"{p} {n}" for p, n in sorted(kills.items())) +
          f"), {seconds:.0f} s")
    print(f"SMTP    {attempts.total()} attempts: {attempts['answered']} answered 250 for {promised} mailboxes, "
          f"{attempts['unknown']} unknown ({sizes['arrived']} arrived), {attempts['refused']} refused, {attempts['unsent']} cut off before the message")
    for reply, count in ledger.refusals.most_common(5):
        print(f"        {count} times: {reply}")
    print(f"IMAP    {appends.total()} APPENDs: {appends['answered']} answered, {appends['unknown']} unknown; "
          f"{len(ledger.expunged)} expunged; " + ", ".join(f"{n} {c}" for c, n in sorted(ledger.commands.items())))
    print(f"store   {sizes['messages']} messages in the end, {len(ledger.uids)} UIDs seen, "
          f"{sizes['databases']} databases checked")
    if ledger.forgotten:
        print(f"        {ledger.forgotten} connections were forgotten by a killed process without a reset")
    for what, which in troubles.items():
        print(f"{len(which):7} {what}")
        for each in which[:5]:
            print(f"          {each}")


def main():
    options = arguments()
    from ledger import Ledger
    begun = time.monotonic()
    domain, ledger = Domain(options), Ledger()
    balances = False
    try:
        kills = work_and_kill(domain, ledger, options)
        print(f"{time.monotonic() - begun:.0f} s of work; looking at what is there", file=sys.stderr)
        sizes, troubles = settle(domain, ledger)
        print_account(options, ledger, kills, sizes, troubles, time.monotonic() - begun)
        worked = ledger.attempts["answered"] > 0 and ledger.appends["answered"] > 0
        balances = worked and not any(troubles.values())
        print("The account balances." if balances else f"The account does NOT balance; logs in {domain.folder}")
    finally:
        for daemon in domain.pabal.daemons.values():
            daemon.kill()
        if balances and not options.keep:
            shutil.rmtree(domain.folder, ignore_errors=True)
    return 0 if balances else 1


if __name__ == "__main__":
    sys.exit(main())
