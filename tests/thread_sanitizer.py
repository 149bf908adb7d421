#!/usr/bin/env python3
"""Runs a test whose programs are built with ThreadSanitizer, and fails when one of them reported something, whichever
process of the test that was:

    python3 tests/thread_sanitizer.py build/tsan/tls_test
    PABAL_BIN=build/tsan python3 tests/thread_sanitizer.py tests/interop/imaptest_test.py

What is a library's own affair stands in thread_sanitizer.supp, each with its reason."""

import ctypes
import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
SKIPPED = 77
# g++ 12's ThreadSanitizer finds no place for its own memory where the kernel spreads mappings wider.
MOST_RANDOM_BITS = 28
ADDR_NO_RANDOMIZE = 0x0040000  # personality(2)
OPTIONS = ("exitcode=0", "history_size=5", "second_deadlock_stack=1",
           f"suppressions={HERE / 'thread_sanitizer.supp'}")


def keep_addresses_in_place():
    """For this process and all that it starts. False when that is needed and not allowed."""
    bits = Path("/proc/sys/vm/mmap_rnd_bits")
    if not bits.exists() or int(bits.read_text()) <= MOST_RANDOM_BITS:
        return True
    return ctypes.CDLL(None, use_errno=True).personality(ADDR_NO_RANDOMIZE) != -1


def run(command, folder):
    """The exit status, and what was reported."""
    if command[0].endswith(".py"):
        command = [sys.executable, *command]
    environment = os.environ | {"TSAN_OPTIONS": ":".join((*OPTIONS, f"log_path={folder}/report"))}
    status = subprocess.run(command, env=environment).returncode
    reports = [report.read_text(errors="replace") for report in sorted(Path(folder).iterdir())]
    return status, [report for report in reports if "ThreadSanitizer" in report]


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    if not keep_addresses_in_place():
        print(f"skipped: ThreadSanitizer needs vm.mmap_rnd_bits={MOST_RANDOM_BITS} here (sysctl), or personality(2)")
        return SKIPPED
    with tempfile.TemporaryDirectory(prefix="tsan-", dir="/var/tmp") as folder:
        status, reports = run(sys.argv[1:], folder)
    for report in reports:
        print(report)
    if reports:
        print(f"ThreadSanitizer reported from {len(reports)} processes")
    return 1 if reports else status


if __name__ == "__main__":
    sys.exit(main())
