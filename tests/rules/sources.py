"""The sources of the project, as the rules see them."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("conf", "mail", "tls", "mailstore", "smtpd", "imapd", "mua", "mailctl", "sendmail")


def cpp_files(*folders):
    """Paths relative to the root of all .cpp and .hpp below the folders."""
    found = [path.relative_to(ROOT) for folder in folders for path in (ROOT / folder).rglob("*")
             if path.suffix in (".cpp", ".hpp")]
    return sorted(found)


def lines(path):
    return (ROOT / path).read_text().splitlines()


def report(broken, rule):
    """Prints what is broken; the exit status of a rule's script."""
    for line in broken:
        print(line)
    print(f"{rule}: {len(broken)} broken" if broken else f"{rule}: kept")
    return 1 if broken else 0
