#!/usr/bin/env python3
"""Exim and OpenSMTPD beside Postfix: as Debian packages they exclude one another, so those of packages.txt's
section [unpacked] are fetched and unpacked into build/peers, where nothing else finds them. `./check` runs
this; without it, or without a network, their tests are skipped.

    python3 tests/interop/relay/unpacked.py          # does nothing when all is there
"""

import os
import shutil
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
FOLDER = Path(os.environ.get("PABAL_PEERS", ROOT / "build/peers"))


def packages():
    section, found = None, []
    for line in (ROOT / "packages.txt").read_text().splitlines():
        line = line.partition("#")[0].strip()
        if line.startswith("["):
            section = line
        elif line and section == "[unpacked]":
            found.append(line)
    return found


def unpack(package):
    """Whole or not at all: a folder that has the package's name is complete."""
    with tempfile.TemporaryDirectory(dir=FOLDER) as folder:
        subprocess.run(["apt-get", "download", "-qq", "-o", "APT::Sandbox::User=root", package], cwd=folder, check=True,
                       stderr=subprocess.DEVNULL)
        [archive] = Path(folder).glob("*.deb")
        subprocess.run(["dpkg-deb", "-x", archive, Path(folder, "files")], check=True)
        for path in Path(folder, "files").rglob("*"):
            # Nobody but the tests shall run them, and those are root.
            if path.is_file() and not path.is_symlink():
                path.chmod(path.stat().st_mode & ~(stat.S_ISUID | stat.S_ISGID))
        shutil.move(Path(folder, "files"), FOLDER / package)


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    absent = [package for package in packages() if not (FOLDER / package).exists()]
    for attempt in ("with the lists that are there", "with fresh ones"):
        if attempt == "with fresh ones" and absent and os.geteuid() == 0:
            subprocess.run(["apt-get", "update", "-qq"], check=False)
        absent = [package for package in absent if (why := trouble(package))]
    for package in absent:
        print(f"{package} can't be had, its tests will be skipped: {why}", file=sys.stderr)
    return 0


def trouble(package):
    """Unpacks it; '' or why that failed."""
    try:
        unpack(package)
    except (subprocess.CalledProcessError, OSError) as error:
        return str(error)
    return ""


if __name__ == "__main__":
    sys.exit(main())
