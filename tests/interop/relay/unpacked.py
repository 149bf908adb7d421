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
        options = ["APT::Sandbox::User=root", "Acquire::Retries=0", "Acquire::http::Timeout=20"]
        subprocess.run(["apt-get", "download", "-qq", *(f"-o{option}" for option in options), package], cwd=folder,
                       check=True, stderr=subprocess.DEVNULL)
        [archive] = Path(folder).glob("*.deb")
        subprocess.run(["dpkg-deb", "-x", archive, Path(folder, "files")], check=True)
        for path in Path(folder, "files").rglob("*"):
            # Nobody but the tests shall run them, and those are root.
            if path.is_file() and not path.is_symlink():
                path.chmod(path.stat().st_mode & ~(stat.S_ISUID | stat.S_ISGID))
        shutil.move(Path(folder, "files"), FOLDER / package)


def absent(package, program):
    """Why a package's program can't run, or ''."""
    path = FOLDER / package / program
    if not path.exists():
        return f"not unpacked in {FOLDER}: {package}"
    libraries = subprocess.run(["ldd", path], capture_output=True, text=True).stdout.splitlines()
    missing = [line.split()[0] for line in libraries if "not found" in line]
    return f"{package} lacks libraries: {', '.join(missing)}" if missing else ""


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    wanted = [package for package in packages() if not (FOLDER / package).exists()]
    for lists in ("those that are there", "fresh"):
        if lists == "fresh" and wanted and os.geteuid() == 0:
            subprocess.run(["apt-get", "update", "-qq", "-oAcquire::Retries=0"], check=False, stderr=subprocess.DEVNULL)
        wanted = [package for package in wanted if (why := trouble(package))]
    for package in wanted:
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
