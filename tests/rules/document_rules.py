#!/usr/bin/env python3
"""Every RFC that the code cites stands in docs/rfc.md."""

import re
import sys

from sources import ROOMS, ROOT, cpp_files, lines, report

CITED = re.compile(r"\bRFC\s?(\d{3,5})\b")


def main():
    table = ROOT / "docs/rfc.md"
    listed = set(CITED.findall(table.read_text())) if table.exists() else set()
    broken = {}
    for path in cpp_files(*ROOMS):
        for number, line in enumerate(lines(path), 1):
            for rfc in CITED.findall(line):
                if rfc not in listed:
                    broken.setdefault(rfc, f"{path}:{number}: RFC {rfc} is not in docs/rfc.md")
    return report([broken[rfc] for rfc in sorted(broken, key=int)], "documents")


if __name__ == "__main__":
    sys.exit(main())
