#!/usr/bin/env python3
"""Every RFC that the code cites stands in docs/rfc.md; every test that docs/mua_tests.md names is there."""

import re
import sys

from sources import ROOMS, ROOT, cpp_files, lines, report

CITED = re.compile(r"\bRFC\s?(\d{3,5})\b")
NAMED_TEST = re.compile(r"`([A-Z]\w+\.[A-Z]\w+|test_\w+)`(\*?)")
UNIT_TEST = re.compile(r"^TEST(?:_F|_P)?\((\w+), (\w+)\)", re.MULTILINE)
AGAINST = re.compile(r"interop/(\w+)_test\.py([\w.\s]*) --against postfix")
SCRIPT_TEST = re.compile(r"^(    @pabal_only\n)?    def (test_\w+)", re.MULTILINE)


def unlisted_rfcs():
    table = ROOT / "docs/rfc.md"
    listed = set(CITED.findall(table.read_text())) if table.exists() else set()
    broken = {}
    for path in cpp_files(*ROOMS):
        for number, line in enumerate(lines(path), 1):
            for rfc in CITED.findall(line):
                if rfc not in listed:
                    broken.setdefault(rfc, f"{path}:{number}: RFC {rfc} is not in docs/rfc.md")
    return [broken[rfc] for rfc in sorted(broken, key=int)]


def script_tests():
    """Those there are, and those of them that are run against Postfix and Dovecot too."""
    against = {"mua_dovecot": ""} | dict(AGAINST.findall((ROOT / "tests/CMakeLists.txt").read_text()))
    everywhere, theirs = set(), set()
    for path in (ROOT / "tests/interop").glob("*_test.py"):
        for ours_alone, test in SCRIPT_TEST.findall(path.read_text()):
            everywhere.add(test)
            named = against.get(path.stem.removesuffix("_test"))
            if named is not None and not ours_alone and (not named or f".{test}" in named):
                theirs.add(test)
    return everywhere, theirs


def absent_tests():
    units = {".".join(test) for path in (ROOT / "tests/mua").rglob("*_test.cpp") for test in UNIT_TEST.findall(path.read_text())}
    scripts, theirs = script_tests()
    page = ROOT / "docs/mua_tests.md"
    for number, line in enumerate(page.read_text().splitlines(), 1):
        for test, starred in NAMED_TEST.findall(line):
            if test not in units | scripts:
                yield f"{page.relative_to(ROOT)}:{number}: there is no {test}"
            if bool(starred) != (test in theirs) and test in scripts:
                yield f"{page.relative_to(ROOT)}:{number}: {test} is {'not ' if starred else ''}run against Dovecot"


if __name__ == "__main__":
    sys.exit(report([*unlisted_rfcs(), *absent_tests()], "documents"))
