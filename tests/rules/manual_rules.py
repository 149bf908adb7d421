#!/usr/bin/env python3
"""The manual pages are mdoc without a warning of mandoc. Ends with 77, ctest's "skipped", where mandoc is missing."""

import shutil
import subprocess
import sys

from sources import ROOT, report

SKIPPED = 77


def main():
    if not shutil.which("mandoc"):
        return SKIPPED
    pages = sorted((ROOT / "docs/man").iterdir())
    run = subprocess.run(["mandoc", "-Tlint", "-W", "warning", *pages], capture_output=True, text=True, check=False)
    return report(run.stdout.splitlines() + run.stderr.splitlines(), "manual pages")


if __name__ == "__main__":
    sys.exit(main())
