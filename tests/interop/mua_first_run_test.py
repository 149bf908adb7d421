#!/usr/bin/env python3
"""The first run of mua in a real terminal: `mua you@example.test` finds the servers by SRV records, by an autoconfig file
over HTTPS, by our own server's settings, or asks; each step of the login is shown; the password goes where the person says."""

import http.server
import shlex
import shutil
import socket
import ssl
import struct
import sys
import threading
import time
import unittest

from case import BOB, USERS, Case, letter, main, pabal_only
from pabal import BIN
from terminal import Terminal

DOMAIN = BOB.split("@")[1]


class NameServer(threading.Thread):
    """Answers SRV questions by `records` ({name: (port, target)}), all others with NXDOMAIN (RFC 1035)."""

    def __init__(self, records):
        super().__init__(daemon=True)
        self.records = records
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.start()

    def run(self):
        while True:
            try:
                question, sender = self.socket.recvfrom(4096)
            except OSError:
                return
            self.socket.sendto(self.answer(question), sender)

    def answer(self, question):
        labels, at = [], 12
        while question[at]:
            labels.append(question[at + 1:at + 1 + question[at]].decode())
            at += 1 + question[at]
        asked = question[12:at + 5]
        found = self.records.get(".".join(labels).lower())
        if not found or struct.unpack(">H", question[at + 1:at + 3])[0] != 33:
            return question[:2] + struct.pack(">HHHHH", 0x8183, 1, 0, 0, 0) + asked
        target = b"".join(bytes([len(label)]) + label.encode() for label in found[1].split(".")) + b"\0"
        data = struct.pack(">HHH", 0, 1, found[0]) + target
        record = b"\xc0\x0c" + struct.pack(">HHIH", 33, 1, 60, len(data)) + data
        return question[:2] + struct.pack(">HHHHH", 0x8180, 1, 1, 0, 0) + asked + record


class FirstRun(Case):
    needs = ("tmux",)

    def setUp(self):
        self.settings = self.home / f"{self._testMethodName}.toml"

    def dns(self, records):
        """Settings of no mail server of ours, which say where DNS is asked."""
        server = NameServer(records)
        self.addCleanup(server.socket.close)
        return self.write(f"{self._testMethodName}-pabal.toml", 'hostname = "here.test"\ndomain = "here.test"\n'
                          f'[dns]\nmode = "forward"\nservers = ["127.0.0.1:{server.port}"]\n')

    def records(self):
        return {f"_imaps._tcp.{DOMAIN}": (self.server.ports.imaps, "localhost"),
                f"_submission._tcp.{DOMAIN}": (self.server.ports.submission, "localhost")}

    def start(self, config, *arguments, trusted=True, before=()):
        authority = [f"SSL_CERT_FILE={self.server.ca}"] if trusted else []
        terminal = Terminal([*before, "env", *authority, BIN / "mua", "--config", config, "--settings", self.settings,
                             *arguments], self.home, 100, 40)
        self.addCleanup(terminal.close)
        return terminal

    def answer(self, terminal, question, text):
        terminal.wait_for(question)
        terminal.type(text)
        terminal.keys("Enter")

    def answer_again(self, terminal, question, text):
        """When it is asked a second time."""
        end = time.monotonic() + 20
        while terminal.screen().count(question) < 2:
            self.assertLess(time.monotonic(), end, terminal.screen())
            time.sleep(0.05)
        terminal.type(text)
        terminal.keys("Enter")

    def log_in(self, terminal):
        self.answer(terminal, "Password of", USERS[BOB])
        seen = terminal.wait_for("Your name")
        for step in ("IMAP address", "IMAP connection", "IMAP TLS", "IMAP login", "SMTP address", "SMTP connection",
                     "SMTP login"):
            self.assertRegex(seen, rf"ok +\d+ ms +{step}")
        self.assertNotIn(USERS[BOB], seen)
        terminal.type("Bob")
        terminal.keys("Enter")

    def test_by_srv_records(self):
        self.submit(letter("welcome"))
        self.wait_for(BOB, "welcome")
        config = self.dns(self.records())
        terminal = self.start(config, BOB)
        self.answer(terminal, "Set it up now?", "y")
        seen = terminal.wait_for("Give your password to it?")
        self.assertIn("SRV records", seen)
        self.assertIn(f"localhost is not in {DOMAIN}", seen)
        self.assertIn("starttls", seen)
        self.answer(terminal, "Give your password to it?", "y")
        self.log_in(terminal)
        self.answer(terminal, "Where shall the password be kept?", "f")
        terminal.wait_for("live")
        terminal.wait_for("welcome")
        terminal.keys("q")
        terminal.wait_for_end()
        kept = self.settings.parent / "mua-passwords" / BOB
        self.assertEqual(kept.read_text().strip(), USERS[BOB])
        self.assertEqual(kept.stat().st_mode & 0o777, 0o600)
        self.assertNotIn(USERS[BOB], self.settings.read_text())
        self.start(config, BOB).wait_for("welcome")  # nothing is asked any more

    @pabal_only
    def test_by_our_own_servers_settings(self):
        terminal = self.start(self.server.settings, BOB, trusted=False)
        self.answer(terminal, "Set it up now?", "y")
        self.assertIn(str(self.server.settings), terminal.wait_for("Password of").replace("\n", ""))
        self.log_in(terminal)
        self.answer(terminal, "Where shall the password be kept?", "n")
        self.answer_again(terminal, "Password of", USERS[BOB])
        terminal.wait_for("live")
        self.assertNotIn("password", self.settings.read_text())

    def test_what_nobody_knows_is_asked(self):
        terminal = self.start(self.dns({}), BOB)
        self.answer(terminal, "Set it up now?", "y")
        terminal.wait_for("IMAP server", 60)
        self.answer(terminal, "IMAP server", f"localhost:{self.server.ports.imaps}")
        self.answer(terminal, "Submission server", f"localhost:{self.server.ports.submissions}")
        self.answer(terminal, "Password of", "wrong")
        self.answer(terminal, "Login name", "")
        self.answer_again(terminal, "Password of", USERS[BOB])
        self.answer(terminal, "Your name", "")
        self.answer(terminal, "Where shall the password be kept?", "c")
        self.answer(terminal, "Command that prints it", "printf '%s\\n' " + shlex.quote(USERS[BOB]))
        terminal.wait_for("live")

    @pabal_only
    def test_by_an_autoconfig_file(self):
        file = f"""<clientConfig version="1.1"><emailProvider id="localhost">
          <incomingServer type="imap"><hostname>localhost</hostname><port>{self.server.ports.imaps}</port>
            <socketType>SSL</socketType><username>%EMAILLOCALPART%@{DOMAIN}</username></incomingServer>
          <outgoingServer type="smtp"><hostname>localhost</hostname><port>{self.server.ports.submissions}</port>
            <socketType>SSL</socketType></outgoingServer></emailProvider></clientConfig>"""

        class Answer(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                found = self.path.startswith("/.well-known/autoconfig/mail/config-v1.1.xml")
                self.send_response(200 if found else 404)
                self.end_headers()
                self.wfile.write(file.encode() if found else b"")

            def log_message(self, *_):
                pass

        try:
            web = http.server.HTTPServer(("127.0.0.1", 443), Answer)
        except OSError as error:
            raise unittest.SkipTest(f"port 443 is not ours: {error}")
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(self.server.data / "cert.pem", self.server.data / "key.pem")
        web.socket = tls.wrap_socket(web.socket, server_side=True)
        threading.Thread(target=web.serve_forever, daemon=True).start()
        self.addCleanup(web.server_close)
        self.addCleanup(web.shutdown)
        terminal = self.start(self.dns({}), "bob@localhost")
        self.answer(terminal, "Set it up now?", "y")
        seen = terminal.wait_for(f"Password of {BOB}", 60)
        self.assertIn("https://localhost/.well-known/autoconfig/mail/config-v1.1.xml", seen)
        self.log_in(terminal)
        self.answer(terminal, "Where shall the password be kept?", "f")
        terminal.wait_for("live")

    def test_a_certificate_that_is_not_accepted_is_explained_and_ends_it(self):
        terminal = self.start(self.dns(self.records()), BOB, trusted=False, before=("sh", "-c", '"$@"; sleep 60', "sh"))
        self.answer(terminal, "Set it up now?", "y")
        self.answer(terminal, "Give your password to it?", "y")
        self.answer(terminal, "Password of", USERS[BOB])
        seen = terminal.wait_for("mua: localhost").replace("\n", "")
        self.assertIn("certificate is not accepted", seen)
        self.assertIn("Expected was a certificate for localhost", seen)
        self.assertIn("No password was sent", seen)
        self.assertFalse(self.settings.exists())

    @pabal_only
    def test_the_keyring_keeps_the_password(self):
        absent = [name for name in ("dbus-run-session", "gnome-keyring-daemon") if not shutil.which(name)]
        if absent:
            raise unittest.SkipTest(f"not installed: {', '.join(absent)}")
        # Twice in one session: the second start takes the password out of the keyring.
        script = 'printf pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; "$@"; "$@"'
        terminal = self.start(self.server.settings, BOB, before=("dbus-run-session", "--", "sh", "-c", script, "sh"))
        self.answer(terminal, "Set it up now?", "y")
        self.log_in(terminal)
        terminal.wait_for("k  in the keyring")
        terminal.type("k")
        terminal.keys("Enter")
        terminal.wait_for("live")
        self.assertIn("password_keyring = true", self.settings.read_text())
        self.assertNotIn("password_file", self.settings.read_text())
        self.submit(letter("by the keyring"))
        terminal.wait_for("by the keyring")
        terminal.keys("q")
        terminal.wait_for("live")
        terminal.wait_for("by the keyring")


if __name__ == "__main__":
    sys.exit(main())
