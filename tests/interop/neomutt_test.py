#!/usr/bin/env python3
"""neomutt: sends with an attachment by submission, and reads and deletes in a terminal (tmux) as a person would."""

import email
import email.policy
import secrets
import subprocess
import sys
import time

from case import ALICE, BOB, USERS, Case, letter, main


class Neomutt(Case):
    needs = ("neomutt", "tmux")

    def settings(self, user):
        login = f"{self.server.host}:{self.server.ports.imaps}/"
        return self.write(f"neomuttrc-{user}", f"""
set ssl_force_tls = yes
set ssl_ca_certificates_file = {self.server.ca}
set ssl_verify_host = yes
set from = {user}
set realname = "Test"
set imap_user = "{user}"
set imap_pass = "{USERS[user]}"
set folder = imaps://{login}
set spoolfile = imaps://{login}INBOX
set smtp_url = "smtp://{user}@{self.server.host}:{self.server.ports.submission}/"
set smtp_pass = "{USERS[user]}"
# Debian 12's neomutt picks SCRAM-SHA-256-PLUS where it is offered, then lacks the channel binding for it.
set smtp_authenticators = "plain"
set header_cache = {self.home}
set confirmappend = no
set delete = yes
set abort_key = "\\Cx"
""")

    def send(self, subject, *options):
        self.run_client("neomutt", "-n", "-F", self.settings(ALICE), "-s", subject, *options, "--", BOB, text="Hello, bob.\n")
        return email.message_from_bytes(self.wait_for(BOB, subject), policy=email.policy.default)

    def test_send_with_attachment(self):
        octets = secrets.token_bytes(150_000)
        message = self.send("from neomutt", "-a", self.write("sent.bin", octets))
        self.assertEqual([part.get_content() for part in message.iter_attachments()], [octets])

    def test_send_plain(self):
        self.assertEqual(self.send("without attachment").get_content().strip(), "Hello, bob.")

    # -- in a terminal

    def tmux(self, *arguments):
        return subprocess.run(["tmux", "-L", f"pabal-{self.home.name}", *map(str, arguments)], capture_output=True,
                              text=True, check=False).stdout

    def screen_shows(self, text, seconds=20):
        end = time.monotonic() + seconds
        while text not in (screen := self.tmux("capture-pane", "-p", "-t", "mutt")):
            if time.monotonic() > end:
                self.fail(f"'{text}' is not on the screen:\n{screen}")
            time.sleep(0.1)

    def test_read_in_a_terminal(self):
        for number in range(5):
            self.submit(letter(f"letter {number}", f"This is text {number}.\n"))
        self.wait_for(BOB, "letter 4")
        self.tmux("-f", "/dev/null", "new-session", "-d", "-s", "mutt", "-x", "120", "-y", "40", "env", "TERM=screen",
                  f"HOME={self.home}", "neomutt", "-n", "-F", self.settings(BOB))
        self.addCleanup(self.tmux, "kill-server")
        self.screen_shows("letter 4")
        self.tmux("send-keys", "-t", "mutt", "/", "letter 2", "Enter", "Enter")
        self.screen_shows("This is text 2.")
        self.tmux("send-keys", "-t", "mutt", "d", "i")
        self.submit(letter("while you look"))
        self.wait_for(BOB, "while you look")
        self.tmux("send-keys", "-t", "mutt", "$")
        self.screen_shows("while you look")
        self.tmux("send-keys", "-t", "mutt", "q")
        client = self.imap(BOB)
        client.select("INBOX", readonly=True)
        self.assertEqual(client.search(None, "SUBJECT", '"letter 2"')[1], [b""])
        self.assertNotEqual(client.search(None, "SUBJECT", '"letter 3"')[1], [b""])


if __name__ == "__main__":
    sys.exit(main())
