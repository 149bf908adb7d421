#!/usr/bin/env python3
"""Names and places: no folder that is a drawer for anything, a test for every source and a source for
every test, nothing left open in the code."""

import re
import sys

from sources import ROOMS, ROOT, cpp_files, lines, report

DRAWERS = {"util", "utils", "common", "core", "misc", "helper", "helpers", "shared"}
LEFT_OPEN = re.compile(r"\b(TODO|FIXME|XXX)\b")


def drawers():
    for folder in ROOT.iterdir():
        for path in [folder, *folder.rglob("*")] if folder.is_dir() and folder.name in (*ROOMS, "tests", "docs") else []:
            if path.is_dir() and path.name in DRAWERS:
                yield f"{path.relative_to(ROOT)}: a folder is named for its job"


def unmirrored():
    for path in cpp_files(*ROOMS):
        test = ROOT / "tests" / path.parent / f"{path.stem}_test.cpp"
        if path.suffix == ".cpp" and path.stem != "main" and not test.exists():
            yield f"{path}: has no {test.relative_to(ROOT)}"
    for path in cpp_files(*(f"tests/{room}" for room in ROOMS)):
        if path.stem.endswith("_test") and path.stem != "dialogs_test":
            # queue_test.cpp and queue_crash_test.cpp both mirror queue.cpp
            words = path.stem.removesuffix("_test").split("_")
            names = ["_".join(words[:count]) for count in range(1, len(words) + 1)]
            room = ROOT / path.relative_to("tests").parent
            if not any((room / f"{name}.{kind}").exists() for name in names for kind in ("cpp", "hpp")):
                yield f"{path}: mirrors no source"


def left_open():
    for path in cpp_files(*ROOMS, "tests"):
        for number, line in enumerate(lines(path), 1):
            if LEFT_OPEN.search(line):
                yield f"{path}:{number}: left open: {line.strip()}"


if __name__ == "__main__":
    sys.exit(report([*drawers(), *unmirrored(), *left_open()], "names and places"))
