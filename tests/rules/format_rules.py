#!/usr/bin/env python3
"""Every C++ file is as clang-format writes it (.clang-format)."""

import concurrent.futures
import os
import subprocess
import sys

from sources import ROOMS, ROOT, cpp_files, report


def misformatted(paths):
    run = subprocess.run(["clang-format", "--dry-run", "-Werror", *paths], cwd=ROOT, capture_output=True, text=True)
    return sorted({line.split(":")[0] + ": not as clang-format writes it" for line in run.stderr.splitlines()
                   if "-Wclang-format-violations" in line})


def main():
    paths = [str(path) for path in cpp_files(*ROOMS, "tests")]
    parts = [paths[start::os.cpu_count()] for start in range(os.cpu_count())]
    with concurrent.futures.ThreadPoolExecutor() as pool:
        broken = [line for result in pool.map(misformatted, parts) for line in result]
    return report(broken, "format")


if __name__ == "__main__":
    sys.exit(main())
