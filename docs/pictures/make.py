#!/usr/bin/env python3
"""Makes the pictures of README: mua on the full screen in a real terminal (tmux), against a server of its own with invented
mail. python3 docs/pictures/make.py [FOLDER]; the programs are those of build/bin, or of $PABAL_BIN."""

import imaplib
import re
import subprocess
import sys
import tempfile
from email.message import EmailMessage
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests/interop"))

from pabal import BIN, Pabal, tls_context
from picture import svg
from terminal import Terminal

BOB = "bob@example.test"
PASSWORD = "invented"
HERE = Path(__file__).resolve().parent

MAIL = [
    ("Ann Miller", "ann", "16-Nov-2026 09:12:00", "Minutes of the harbour council", r"(\Seen)", "The minutes are below.\n", None),
    ("Harbour office", "office", "17-Nov-2026 07:30:00", "Berths are painted this week", r"(\Seen \Answered)",
     "Berths 3 to 9 are painted from Tuesday on.\n", None),
    ("Jan de Vries", "jan", "18-Nov-2026 18:03:00", "Photos of the regatta", r"(\Seen \Flagged)", "Here they are.\n", "regatta.zip"),
    ("박소식", "sosik", "19-Nov-2026 08:41:00", "파발 도착", r"()", "파발이 도착했습니다.\n", None),
    ("Chandlery", "shop", "19-Nov-2026 16:20:00", "Your order 4711 has left the harbour", r"()", "It comes on Monday.\n", None),
    ("Carol Jensen", "carol", "20-Nov-2026 09:15:00", "Ferry on Saturday?", r"(\Seen)",
     "Hi Bob,\n\nis the ferry at nine or at ten? The timetable at\nhttps://ferry.example.test/may says both.\n\nCarol\n", None),
    ("Ann Miller", "ann", "20-Nov-2026 09:48:00", "Re: Ferry on Saturday?", r"()",
     "On Friday, Carol Jensen wrote:\n> is the ferry at nine or at ten?\n\nIt is at ten until June; at nine they only carry freight.\n"
     "I shall be at the pier by half past nine with the tickets.\n\n>> bring the minutes, too\n> I will\n\n-- \n"
     "Ann Miller, harbour office\n", "timetable.pdf"),
    ("Jan de Vries", "jan", "20-Nov-2026 10:02:00", "Lunch on the pier", r"()", "One o'clock?\n", None),
]


def message(name, local, date, subject, text, attachment, number, answers):
    out = EmailMessage()
    out["From"], out["To"], out["Subject"] = f"{name} <{local}@example.test>", f"Bob <{BOB}>", subject
    out["Date"], out["Message-ID"] = date.replace("-", " ") + " +0000", f"<{number}@example.test>"
    if answers:
        out["In-Reply-To"] = out["References"] = answers
    out.set_content(text)
    if attachment:
        out.add_attachment(b"%" * 111_000, maintype="application", subtype="octet-stream", filename=attachment)
    return out.as_bytes(policy=out.policy.clone(linesep="\r\n"))


def fill(server):
    client = imaplib.IMAP4_SSL(server.host, server.ports.imaps, ssl_context=tls_context(server))
    client.login(BOB, PASSWORD)
    for number, (name, local, date, subject, flags, text, attachment) in enumerate(MAIL):
        answers = "<5@example.test>" if subject.startswith("Re:") else None
        octets = message(name, local, date, subject, text, attachment, number, answers)
        client.append("INBOX", flags, f'"{date} +0000"', octets)
    for name in ("Archive", "Regatta", "Regatta/2026"):
        client.create(name)
    client.logout()


def capture(terminal, columns, rows, file, title):
    screen = terminal._tmux("capture-pane", "-e", "-N", "-p", "-t", "t")
    screen = re.sub(r"live \d\d:\d\d", "live 10:13", screen)  # the same whenever it is made
    file.write_text(svg(screen, columns, rows, title))
    print(file)


def main():
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    with Pabal({BOB: PASSWORD}) as server, tempfile.TemporaryDirectory() as home:
        settings = server.folder / "mua.toml"
        server.mua("--config", server.settings, "--settings", settings, "--account", BOB, "setup", "--name", "Bob",
                   "--password-stdin", text=(PASSWORD + "\n").encode())
        fill(server)
        subprocess.run([BIN / "mua", "--settings", settings, "--account", BOB, "sync"], check=True, stdout=subprocess.DEVNULL)
        terminal = Terminal(["env", "TZ=UTC", BIN / "mua", "--settings", settings, "--account", BOB], home, 164, 26)
        try:
            terminal.wait_for("live")
            terminal.wait_for("Lunch on the pier")
            terminal.keys("Down")
            terminal.wait_for("It is at ten until June")
            capture(terminal, 164, 26, folder / "list.svg", "mua: folders, messages and the one under the cursor")
            terminal.resize(92, 28)
            terminal.keys("r")
            terminal.wait_for("Re: Ferry")
            terminal.type("Thank you, ten it is. I bring the minutes.")
            terminal.wait_for("I bring the minutes.")
            capture(terminal, 92, 28, folder / "letter.svg", "mua: answering a message")
        finally:
            terminal.close()


if __name__ == "__main__":
    main()
