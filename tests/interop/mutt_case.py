"""What mutt and neomutt are asked alike: to send with an attachment by submission, and to read and delete in a
terminal as a person would."""

import email
import email.policy
import secrets

from case import ALICE, BOB, USERS, Case, letter
from terminal import Terminal


class MuttCase(Case):
    program = ""
    program_settings = ""

    def settings(self, user):
        login = f"{self.server.host}:{self.server.ports.imaps}/"
        return self.write(f"muttrc-{user}", f"""
set ssl_force_tls = yes
set ssl_verify_host = yes
set from = {user}
set realname = "Test"
set imap_user = "{user}"
set imap_pass = "{USERS[user]}"
set folder = imaps://{login}
set spoolfile = imaps://{login}INBOX
set smtp_url = "smtp://{user}@{self.server.host}:{self.server.ports.submission}/"
set smtp_pass = "{USERS[user]}"
set header_cache = {self.home}
set record = ""
set confirmappend = no
set delete = yes
{self.program_settings.format(ca=self.server.ca)}
""")

    def send(self, subject, *options):
        self.run_client(self.program, "-n", "-F", self.settings(ALICE), "-s", subject, *options, "--", BOB,
                        text="Hello, bob.\n")
        return email.message_from_bytes(self.wait_for(BOB, subject), policy=email.policy.default)

    def test_send_with_attachment(self):
        octets = secrets.token_bytes(150_000)
        message = self.send("from mutt", "-a", self.write("sent.bin", octets))
        self.assertEqual([part.get_content() for part in message.iter_attachments()], [octets])

    def test_send_plain(self):
        self.assertEqual(self.send("without attachment").get_content().strip(), "Hello, bob.")

    def test_read_in_a_terminal(self):
        for number in range(5):
            self.submit(letter(f"letter {number}", f"This is text {number}.\n"))
        self.wait_for(BOB, "letter 4")
        terminal = Terminal([self.program, "-n", "-F", self.settings(BOB)], self.home)
        self.addCleanup(terminal.close)
        terminal.wait_for("letter 4")
        terminal.keys("/", "letter 2", "Enter", "Enter")
        terminal.wait_for("This is text 2.")
        terminal.keys("d", "i")
        self.submit(letter("while you look"))
        self.wait_for(BOB, "while you look")
        terminal.keys("$")
        terminal.wait_for("while you look")
        terminal.keys("q")
        terminal.wait_for_end()
        client = self.imap(BOB)
        client.select("INBOX", readonly=True)
        self.assertEqual(client.search(None, "SUBJECT", '"letter 2"')[1], [b""])
        self.assertNotEqual(client.search(None, "SUBJECT", '"letter 3"')[1], [b""])
