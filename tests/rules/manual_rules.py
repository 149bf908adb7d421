#!/usr/bin/env python3
"""The manual pages are mdoc without a warning of mandoc, and those of smtpd, imapd and mailctl have every command and option
of --help. (That of mua is compared by tests/mua/command_words_manual_test.cpp.) Ends with 77, ctest's "skipped", where mandoc
and the programs are missing."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from sources import ROOT, report

SKIPPED = 77
BIN = Path(os.environ.get("PABAL_BIN", ROOT / "build/bin"))


def described(words):
    """(command, option) of a program and all commands below it, as --help has them."""
    run = subprocess.run([BIN / words[0], *words[1:], "--help"], capture_output=True, text=True, check=True)
    for option in re.findall(r"^  (?:-\w,)?(--[a-z-]+)", run.stdout, re.MULTILINE):
        yield " ".join(words[1:]), option
    commands = re.search(r"^Subcommands:\n((?:  .*\n)+)", run.stdout, re.MULTILINE)
    for command in re.findall(r"^  (\S+)", commands[1] if commands else "", re.MULTILINE):
        yield from described([*words, command])


def entries_of(page):
    """The options that stand in a page for each command, those for all under ''."""
    entries, command = {"": set()}, ""
    for line in page.read_text().replace("\\", "").replace('"', "").splitlines():
        if line.startswith(".It Ic "):
            command = line.removeprefix(".It Ic ").split(" Ar ")[0]
            entries[command] = set()
        elif line.startswith(".It Fl "):
            entries[command].add("-" + line.removeprefix(".It Fl ").split()[0])
    return entries


def missing():
    for program in ("smtpd", "imapd", "mailctl"):
        entries = entries_of(ROOT / f"docs/man/{program}.8")
        for command, option in described([program]):
            groups = any(name.startswith(command + " ") for name in entries)  # "user" of "user add"
            if option != "--help" and option not in entries.get(command, ()) or command not in entries and not groups:
                yield f"docs/man/{program}.8: {command} {option} is missing"


def main():
    if not shutil.which("mandoc") or not (BIN / "mailctl").exists():
        return SKIPPED
    pages = sorted((ROOT / "docs/man").iterdir())
    run = subprocess.run(["mandoc", "-Tlint", "-W", "warning", *pages], capture_output=True, text=True, check=False)
    return report([*run.stdout.splitlines(), *run.stderr.splitlines(), *missing()], "manual pages")


if __name__ == "__main__":
    sys.exit(main())
