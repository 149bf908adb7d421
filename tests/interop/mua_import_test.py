#!/usr/bin/env python3
"""mua import and export: mbox of every kind and Maildir, octet for octet, with flags, dates and keywords, against Python's
mailbox module, mutt, and a second run. `--against postfix` runs all of it with Dovecot."""

import imaplib
import mailbox
import re
import resource
import shutil
import subprocess
import sys
import time
import unittest

from case import BOB, main
from mua_case import MuaCase
from pabal import BIN
from terminal import Terminal

TEXTS = [
    b"From: ann@x.test\r\nSubject: plain\r\nMessage-ID: <1@x.test>\r\n\r\nHello.\r\n",
    b"From: ann@x.test\r\nSubject: from lines\r\nMessage-ID: <2@x.test>\r\n\r\nFrom here\r\n>From there\r\n>>From afar\r\n\r\n"
    b"From ann@x.test Sat Nov 21 12:21:59 2026\r\n\r\nend\r\n\r\n",
    b"From: ann@x.test\r\nSubject: own fields\r\nMessage-ID: <3@x.test>\r\nStatus: U\r\nX-Status: F\r\nX-Keywords: theirs\r\n"
    b"Content-Length: 4\r\n\r\nab\r\n",
    b"From: ann@x.test\r\nSubject: no id\r\n\r\n\r\n\r\nleading and trailing\r\n\r\n\r\n",
    "From: ann@x.test\r\nSubject: eight bit\r\nMessage-ID: <5@x.test>\r\n\r\nGrüße 파발\r\n".encode(),
    b"From: ann@x.test\r\nSubject: no text\r\nMessage-ID: <6@x.test>\r\n\r\n",
]
FLAGS = [r"(\Seen)", r"(\Flagged $Forwarded)", r"(\Answered \Draft)", r"()", r"(\Seen work later)", r"(\Deleted)"]
DATES = [f"{day:02}-Mar-2021 10:1{day}:0{day} +0100" for day in range(1, 7)]


class MuaImport(MuaCase):
    def fill(self, name, copies=1):
        client = self.imap(BOB)
        client.create(name)
        for _ in range(copies):
            for text, flags, date in zip(TEXTS, FLAGS, DATES):
                self.assertEqual(client.append(name, flags, f'"{date}"', text)[0], "OK")
        return name

    def content(self, name):
        """What the server has: octets, flags and moment of each message, in order."""
        client = self.imap(BOB)
        self.assertEqual(client.select(f'"{name}"', readonly=True)[0], "OK", name)
        out = []
        for answer in client.fetch("1:*", "(FLAGS INTERNALDATE BODY.PEEK[])")[1]:
            if not isinstance(answer, tuple):
                continue
            flags = {flag.decode().lower() for flag in imaplib.ParseFlags(answer[0])} - {"\\recent"}
            out.append((answer[1], flags, time.mktime(imaplib.Internaldate2tuple(answer[0]))))
        return out

    def same(self, name, other):
        self.assertEqual(sorted(self.content(name), key=str), sorted(self.content(other), key=str))

    # -- there and back

    def test_every_kind_of_mbox_octet_for_octet(self):
        self.fill("Kinds")
        for kind in ("mboxrd", "mboxcl2"):
            file = self.home / f"{kind}.mbox"
            self.mua("export", "Kinds", file, "--format", kind)
            for reading in (kind, "auto"):
                done = self.json("import", file, f"Back {kind} {reading}", "--format", reading)
                self.assertEqual((done[0]["imported"], done[0]["warnings"]), (6, []))
                self.same("Kinds", f"Back {kind} {reading}")

    def test_maildir_octet_for_octet(self):
        self.fill("Dir")
        folder = self.home / "dir"
        self.mua("export", "Dir", folder, "--format", "maildir")
        self.assertEqual(self.json("import", folder, "Back dir")[0]["imported"], 6)
        self.same("Dir", "Back dir")
        self.assertEqual(self.json("export", "Dir", folder)[0], {"mailbox": "Dir", "path": str(folder), "exported": 0, "there": 6})

    def test_all_mailboxes_as_trees(self):
        self.fill("Tree/2021.a")
        self.fill("Tree/&0wy8HA-")
        for more in ((), ("--format", "mboxrd")):
            top = self.home / f"tree{len(more)}"
            self.mua("export", "--all", top, *more)
            self.mua("import", top, f"Again{len(more)}")
            self.same("Tree/2021.a", f"Again{len(more)}/Tree/2021.a")
            self.same("Tree/&0wy8HA-", f"Again{len(more)}/Tree/&0wy8HA-")

    def test_by_stdin_and_stdout(self):
        self.fill("Pipe")
        octets = self.mua("export", "Pipe", "-")
        self.mua("import", "-", "Back pipe", text=octets)
        self.same("Pipe", "Back pipe")

    # -- again

    def test_repeated_without_duplicates(self):
        self.fill("Twice", copies=2)
        file = self.home / "twice.mbox"
        self.mua("export", "Twice", file)
        self.mua("export", "Twice", file, status=1)
        for expected in ((12, 0), (0, 12)):
            done = self.json("import", file, "Back twice")[0]
            self.assertEqual((done["imported"], done["there"]), expected)
        self.assertEqual(self.json("import", file, "Back twice", "--again")[0]["imported"], 12)
        size = file.stat().st_size
        self.mua("export", "Twice", file, "--append")
        self.assertEqual(file.stat().st_size, size)

    def test_goes_on_where_it_was_stopped(self):
        file = self.home / "long.mbox"
        self.write_mbox(file, 1500, 2000)
        import_ = subprocess.Popen([BIN / "mua", "--settings", self.settings, "--account", BOB, "import", file, "Stopped"],
                                   stdout=subprocess.DEVNULL)
        client = self.imap(BOB)
        while client.list(pattern="Stopped")[1] == [None] or client.select("Stopped", readonly=True)[1] == [b"0"]:
            time.sleep(0.02)
        import_.kill()
        import_.wait()
        self.wait_until_nothing_comes("Stopped")
        self.mua("import", file, "Stopped")
        self.assertEqual(self.count(BOB, "Stopped"), 1500)

    def wait_until_nothing_comes(self, mailbox):
        """The server still takes what it was sent before the end, as late as it likes."""
        before, since = None, time.monotonic()
        while time.monotonic() < since + 2:
            now = self.count(BOB, mailbox)
            if now != before:
                before, since = now, time.monotonic()
            time.sleep(0.1)

    # -- what others write and read

    def test_python_reads_and_writes_the_same(self):
        self.fill("Python")
        self.mua("export", "Python", self.home / "py.mbox", "--format", "mboxcl2")
        self.mua("export", "Python", self.home / "pydir", "--format", "maildir")
        by_python = mailbox.Maildir(self.home / "pydir", create=False)
        subjects = {m["Subject"]: m for m in by_python}
        self.assertEqual(len(subjects), 6)
        self.assertEqual(set(subjects["plain"].get_flags()), {"S"})
        self.assertEqual(subjects["from lines"].get_flags()[:2], "FP")
        self.assertEqual(int(subjects["plain"].get_date()), 1614589861)
        written = mailbox.mbox(self.home / "written.mbox")
        for text in TEXTS[:2]:
            message = mailbox.mboxMessage(text.replace(b"\r\n", b"\n"))
            message.set_flags("RF")
            message.set_from("ann@x.test", time.gmtime(1614589861))
            written.add(message)
        written.close()
        self.mua("import", self.home / "written.mbox", "By python")
        # It writes mboxo: what it did to ">From " can't be told any more.
        found = sorted(self.content("By python"), key=str)
        self.assertEqual([o for o, _, _ in found if b"plain" in o], [TEXTS[0]])
        self.assertEqual({frozenset(flags) for _, flags, _ in found}, {frozenset({"\\seen", "\\flagged"})})
        self.assertEqual({moment for _, _, moment in found}, {self.content("Python")[0][2]})

    @unittest.skipUnless(shutil.which("mutt") and shutil.which("tmux"), "mutt and tmux are not installed")
    def test_mutt_copies_them_and_they_come_back(self):
        self.fill("Mutt")
        self.mua("export", "Mutt", self.home / "before", "--format", "maildir")
        rc = self.write("muttrc", "set copy=no\nset confirmappend=no\nset move=no\nset delete=yes\nset sleep_time=0\n"
                                  f"set mbox_type=mbox\nset confirmcreate=no\nset auto_tag=yes\nset folder={self.home}\n")
        terminal = Terminal(["mutt", "-F", rc, "-f", self.home / "before"], self.home)
        self.addCleanup(terminal.close)
        terminal.wait_for("own fields")
        for keys, asked in (("T", "Tag messages"), ("~A\n", "*"), ("C", "Copy tagged")):
            terminal.keys(*(("Enter" if key == "\n" else key) for key in keys))
            terminal.wait_for(asked)
        terminal.keys("C-u")
        terminal.type(str(self.home / "bymutt"))
        terminal.keys("Enter")
        while not (self.home / "bymutt").exists() or not (self.home / "bymutt").read_bytes().count(b"\nSubject: ") == len(TEXTS):
            self.assertNotIn("rror", terminal.screen())
            time.sleep(0.05)
        terminal.keys("q")
        terminal.wait_for_end()
        self.mua("import", self.home / "bymutt", "By mutt")
        found = {re.search(rb"Subject: (.*)\r", octets)[1]: octets for octets, _, _ in self.content("By mutt")}
        self.assertEqual(set(found), {re.search(rb"Subject: (.*)\r", text)[1] for text in TEXTS})
        self.assertEqual(found[b"from lines"], TEXTS[1])

    # -- trouble

    def test_what_is_odd_is_told_with_its_place(self):
        file = self.write("odd.mbox", "From a@x.test Sat Nov 21 12:21:59 2026\nSubject: odd\n\none\n\nFrom me to you\nend\n")
        done = self.json("import", file, "Odd")[0]
        self.assertEqual(done["imported"], 1)
        self.assertIn("octet 58", done["warnings"][0])
        self.assertIn(b"From me to you\r\nend\r\n", self.content("Odd")[0][0])
        run = self.command("--account", BOB, "import", self.write("letter", "Dear all\n"))
        self.assertEqual(run.returncode, 1)
        self.assertIn("letter, octet 0", run.stderr.decode())

    def write_mbox(self, path, count, size):
        with open(path, "w") as out:
            for number in range(count):
                out.write(f"From ann@x.test Sat Nov 21 12:21:59 2026\nSubject: {number}\nMessage-ID: <{number}@long.test>\n\n")
                out.write(("x" * 77 + "\n") * (size // 78) + "\n")

    def test_a_long_mbox_needs_little_memory(self):
        file = self.home / "big.mbox"
        self.write_mbox(file, 300, 250_000)
        self.assertGreater(file.stat().st_size, 70 << 20)
        most = 48 << 20
        run = subprocess.run([BIN / "mua", "--settings", self.settings, "--account", BOB, "--json", "import", file, "Big"],
                             stdout=subprocess.PIPE, check=True)
        used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
        self.assertIn(b'"imported":300', run.stdout)
        self.assertLess(used, most, f"{used >> 20} MiB")
        subprocess.run([BIN / "mua", "--settings", self.settings, "--account", BOB, "export", "Big", self.home / "back.mbox"],
                       check=True, stdout=subprocess.DEVNULL)
        self.assertLess(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024, most)


if __name__ == "__main__":
    sys.exit(main())
