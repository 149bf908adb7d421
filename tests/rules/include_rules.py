#!/usr/bin/env python3
"""Who may include whom (docs/architecture.md): the layers of the house hold in every #include. With
--alone each file is also compiled by itself, without any precompiled header (`./check --full`)."""

import concurrent.futures
import os
import re
import subprocess
import sys

from sources import ROOMS, ROOT, cpp_files, lines, report

MAY_INCLUDE = {
    "conf": {"conf"},
    "mail": {"mail"},
    "tls": {"tls", "conf"},
    "mailstore": {"mailstore", "mail", "conf"},
    "smtpd": {"smtpd", "mailstore", "mail", "tls", "conf"},
    "imapd": {"imapd", "mailstore", "mail", "tls", "conf"},
    "mua": {"mua", "mailstore", "mail", "tls", "conf"},
    "mailctl": {"mailctl", "mailstore", "mail", "tls", "conf"},
    "sendmail": {"sendmail", "mail", "conf"},
}
# A library's headers, and the only places that may include them.
ONLY_IN = [
    (r"boost/asio", lambda path: path.as_posix() == "tls/asio.hpp"),
    (r"sqlite3\.h$", lambda path: path.as_posix() == "mailstore/sqlite.cpp"),
    (r"zlib\.h$", lambda path: path.as_posix() == "tls/deflate.cpp"),
    (r"openssl/ssl", lambda path: path.parts[0] != "mail"),
    (r"(sys/socket|netinet/|sys/un|netdb)", lambda path: path.parts[0] != "mail"),
    (r"mimetic", lambda path: path.parts[0] == "mail"),
    (r"toml\+\+", lambda path: path.parts[0] in ("conf", "mua")),
    (r"n?curses", lambda path: path.as_posix() in ("mua/screen/curses_screen.cpp", "mua/screen/direct_colour.cpp")),
    (r"fribidi", lambda path: path.as_posix() == "mua/screen/glyphs.cpp"),
    (r"libical", lambda path: path.as_posix().startswith("mua/calendar/")),
    (r"gpgme", lambda path: path.as_posix() == "mua/crypt/gpg.cpp"),
    (r"spdlog", lambda path: path.parts[0] == "conf"),
]
INCLUDE = re.compile(r'\s*#\s*include\s+["<]([^">]+)[">]')


def wrong_includes(path):
    room = path.parts[0]
    for number, line in enumerate(lines(path), 1):
        match = INCLUDE.match(line)
        if not match:
            continue
        included = match.group(1)
        if included.split("/")[0] in ROOMS and included.split("/")[0] not in MAY_INCLUDE[room]:
            yield f"{path}:{number}: {room} may not include {included}"
        for pattern, allowed in ONLY_IN:
            if re.match(pattern, included) and not allowed(path):
                yield f"{path}:{number}: {included} has no place here"


def own_header_first(path):
    """What makes every header with a .cpp compile alone in the ordinary build."""
    header = path.with_suffix(".hpp")
    if path.suffix != ".cpp" or not (ROOT / header).exists():
        return
    first = next((m.group(1) for m in map(INCLUDE.match, lines(path)) if m), None)
    if first != header.as_posix():
        yield f"{path}: must include {header} first"


def compile_alone(path):
    run = subprocess.run(["g++", "-std=c++20", "-fcoroutines", "-fsyntax-only", "-I", ROOT, "-DPABAL_VERSION=\"0\"",
                          "-x", "c++", "-"], input=f'#include "{path}"\n', capture_output=True, text=True)
    return [f"{path}: does not compile alone\n{run.stderr}"] if run.returncode else []


def main():
    broken = [line for path in cpp_files(*ROOMS) for rule in (wrong_includes, own_header_first) for line in rule(path)]
    if "--alone" in sys.argv:
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            broken += [line for result in pool.map(compile_alone, cpp_files(*ROOMS)) for line in result]
    return report(broken, "layers")


if __name__ == "__main__":
    sys.exit(main())
