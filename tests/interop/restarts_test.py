#!/usr/bin/env python3
"""The daemons' lives: SIGHUP keeps connections and takes new certificates, SIGTERM ends cleanly, a second
start on the same data, a port in use and an expired certificate are said by name."""

import imaplib
import json
import re
import shutil
import signal
import smtplib
import socket
import ssl
import subprocess
import sys
import time
import unittest

from case import ALICE, BOB, USERS, Case, letter, main
from pabal import BIN, tls_context


class Restarts(Case):
    def certificate_seen(self, port):
        with socket.create_connection((self.server.host, port), timeout=10) as plain:
            with tls_context(self.server).wrap_socket(plain, server_hostname=self.server.host) as connection:
                return connection.getpeercert()["serialNumber"]

    def eventually(self, what, condition, seconds=10):
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end:
                self.fail(f"{what}: not in {seconds} s")
            time.sleep(0.02)

    def openssl(self, *arguments):
        subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True, cwd=self.home)

    def new_certificate(self, days):
        """A certificate signed by the domain's CA, for `days` (none left: 0, its end is now)."""
        settings = self.certificate_paths()
        self.openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=localhost",
                     "-keyout", "new.key", "-out", "new.csr")
        self.write("names", "subjectAltName=DNS:localhost,IP:127.0.0.1\n")
        self.openssl("x509", "-req", "-in", "new.csr", "-CA", self.server.ca, "-CAkey", settings["ca_key"], "-days", days,
                     "-CAcreateserial", "-CAserial", "serial", "-extfile", "names", "-out", "new.pem")
        shutil.copyfile(self.home / "new.key", settings["key"])
        shutil.copyfile(self.home / "new.pem", settings["certificate"])

    def certificate_paths(self):
        found = {"ca_key": next(self.server.data.rglob("ca.key"))}
        for line in self.server.settings.read_text().splitlines():
            name, _, value = line.partition("=")
            if name.strip() in ("certificate", "key"):
                found[name.strip()] = self.server.data / value.split('"')[1]
        return found

    def test_reload(self):
        ports = self.server.ports
        client = self.imap(ALICE)
        sender = smtplib.SMTP(self.server.host, ports.smtp, timeout=30)
        self.addCleanup(sender.close)
        sender.ehlo()
        before = {port: self.certificate_seen(port) for port in (ports.imaps, ports.submissions)}
        self.new_certificate(days=30)
        for program in ("smtpd", "imapd"):
            self.server.signal(program, signal.SIGHUP)
        for port in before:
            self.eventually("the new certificate", lambda: self.certificate_seen(port) != before[port])
        self.assertEqual(client.noop()[0], "OK")
        sender.sendmail("a@example.net", [BOB], "Subject: after the reload\r\n\r\nx\r\n")
        self.wait_for(BOB, "after the reload")

    def edit_settings(self, **values):
        """Top keys of the settings file, and certificate and key of [tls]."""
        text = self.server.settings.read_text()
        for key, value in values.items():
            text = re.sub(rf'(?m)^{key} = .*$', f'{key} = {json.dumps(value)}', text)
        self.server.settings.write_text(text)

    def test_reload_takes_other_files_and_names(self):
        ports, old = self.server.ports, self.server.settings.read_text()
        self.addCleanup(self.server.settings.write_text, old)
        paths = self.certificate_paths()
        before = {port: self.certificate_seen(port) for port in (ports.imaps, ports.submissions)}
        kept = {name: paths[name].read_bytes() for name in ("certificate", "key")}
        self.new_certificate(days=30)
        for name in kept:
            shutil.move(paths[name], self.server.data / f"other-{name}.pem")
            paths[name].write_bytes(kept[name])
        self.server.mailctl("domain", "add", "second.test")
        self.server.mailctl("user", "add", "zoe@second.test", "--password-stdin", text="zoe's\n")
        self.edit_settings(certificate="other-certificate.pem", key="other-key.pem", hostname="new.example.test",
                           domain="second.test", threads=3)
        for program in ("smtpd", "imapd"):
            self.server.signal(program, signal.SIGHUP)
        for port in before:
            self.eventually("the other certificate", lambda: self.certificate_seen(port) != before[port])
        with smtplib.SMTP_SSL(self.server.host, ports.submissions, timeout=30, context=tls_context(self.server)) as client:
            self.assertIn(b"new.example.test", client.ehlo()[1])
            client.login("zoe", "zoe's")
        with imaplib.IMAP4(self.server.host, ports.imap, timeout=30) as client:
            client.login("zoe", "zoe's")
        for program in ("smtpd", "imapd"):
            self.assertRegex(self.server.log(program), r"restart_needed changed=threads")

    def test_broken_reload_keeps_the_old(self):
        self.server.expected_trouble = "certificate|reload|pabal.toml"
        paths = self.certificate_paths()
        old = paths["certificate"].read_bytes()
        before = self.certificate_seen(self.server.ports.imaps)
        paths["certificate"].write_text("nonsense")
        for program, port in (("imapd", self.server.ports.imaps), ("smtpd", self.server.ports.submissions)):
            self.server.signal(program, signal.SIGHUP)
            refusal = r"not reloaded .*pabal\.toml:\d+:15: tls\.certificate: .*, expected a certificate chain in PEM"
            self.eventually("the refusal", lambda: re.search(refusal, self.server.log(program)))
            self.assertEqual(self.certificate_seen(port), before)
        paths["certificate"].write_bytes(old)

    def test_clean_end_and_start(self):
        self.submit(letter("before the end"))
        for program in ("smtpd", "imapd"):
            self.assertEqual(self.server.stop_program(program), 0)
        self.server.start()
        self.wait_for(BOB, "before the end")

    def test_second_start(self):
        for program in ("smtpd", "imapd"):
            run = subprocess.run([BIN / program, "--config", self.server.settings], capture_output=True, text=True, timeout=20)
            self.assertNotEqual(run.returncode, 0)
            said = run.stdout + run.stderr
            self.assertIn(program, said)
            self.assertRegex(said, rf"{self.server.daemons[program].pid}|already|in use")

    def test_port_in_use(self):
        other = type(self.server)({ALICE: USERS[ALICE]})
        self.addCleanup(shutil.rmtree, other.folder, ignore_errors=True)
        other.create()
        with socket.create_server(("127.0.0.1", other.ports.imaps)):
            run = subprocess.run([BIN / "imapd", "--config", other.settings], capture_output=True, text=True, timeout=20)
        self.assertNotEqual(run.returncode, 0)
        self.assertIn(str(other.ports.imaps), run.stderr)
        self.assertRegex(run.stderr, r"in use")
        self.assertIn("python", run.stderr)  # by whom

    def test_wrong_settings(self):
        text = self.server.settings.read_text()
        wrong = self.write("wrong.toml", text + "\n[imap2]\nlistne = 3\n")
        run = subprocess.run([BIN / "imapd", "--config", wrong, "--check-config"], capture_output=True, text=True, timeout=20)
        self.assertNotEqual(run.returncode, 0)
        self.assertIn("wrong.toml:", run.stderr)
        run = subprocess.run([BIN / "imapd", "--config", self.server.settings, "--check-config"], capture_output=True, timeout=20)
        self.assertEqual(run.returncode, 0)

    def refusal(self, section, line, *options, program="smtpd"):
        """What is said of settings in which `line`, its key commented out or not, stands so in its section."""
        other = type(self.server)({ALICE: USERS[ALICE]})
        self.addCleanup(shutil.rmtree, other.folder, ignore_errors=True)
        other.create()
        begin, end = re.split(rf"(?m)(?<=^\[{section}\]\n)", other.settings.read_text()) if section else ("", other.settings.read_text())
        key = line.partition(" = ")[0]
        other.settings.write_text(begin + re.sub(rf"(?m)^#?{key} = .*$", lambda _: line, end, count=1))
        number = other.settings.read_text().splitlines().index(line) + 1
        run = subprocess.run([BIN / program, "--config", other.settings, *options], capture_output=True, text=True, timeout=30)
        self.assertEqual(run.returncode, 78, run.stderr)
        said = run.stderr.splitlines()[-1]
        place = f"{program}: {other.settings}:{number}:{len(key) + 4 + line.count('[')}: "
        self.assertTrue(said.startswith(place), f"{said}\n{place}")
        return said.removeprefix(place)

    def test_wrong_values(self):
        """What reads well and can't be used is an error with its place, too."""
        chain = r"tls\.certificate: /nowhere\.pem: No such file or directory, expected a certificate chain in PEM$"
        for program in ("smtpd", "imapd"):
            for options in ([], ["--check-config"]):
                self.assertRegex(self.refusal("tls", 'certificate = "/nowhere.pem"', *options, program=program), chain)
        for section, line, expected in (
                ("", 'data = "/nowhere"', r"data: there is no mail domain in /nowhere"),
                ("tls", 'key = "ca.key"', r"tls\.key: .*/ca\.key: key values mismatch, expected the private key of"),
                ("relay", 'ca = "cert.key"', r"relay\.ca: .*/cert\.key: No such file or directory, expected CA certificates"),
                ("lmtp", 'socket_group = "nobody-here"', r"lmtp\.socket_group: there is no group nobody-here"),
                ("dns", 'trust_anchor = "pabal.toml"', r"dns\.trust_anchor: .*pabal\.toml")):
            self.assertRegex(self.refusal(section, line, "--check-config"), expected)
        self.assertRegex(self.refusal("smtp", 'listen = ["192.0.2.1:2525"]'),
                         r"smtp\.listen: cannot listen on 192\.0\.2\.1:2525: .*, expected an address of this machine$")

    def test_versions_and_help(self):
        for program in ("smtpd", "imapd", "mua", "mailctl"):
            for option in ("--help", "--version"):
                run = subprocess.run([BIN / program, option], capture_output=True, text=True, timeout=20)
                self.assertEqual((run.returncode, bool(run.stdout)), (0, True), f"{program} {option}: {run.stderr}")


class ExpiredCertificate(Restarts):
    def test_is_warned_of(self):
        for program in list(self.server.daemons):
            self.server.stop_program(program)
        self.server.expected_trouble = "certificate"
        self.new_certificate(days=0)
        self.server.start_program("imapd")
        self.server.start_program("smtpd")
        self.server.wait_until_it_answers()
        for program in ("smtpd", "imapd"):
            self.assertRegex(self.server.log(program), r"(?i)expire")


# The tests of the class above are not to run a second time.
for _name in [name for name in vars(Restarts) if name.startswith("test_")]:
    setattr(ExpiredCertificate, _name, None)


if __name__ == "__main__":
    sys.exit(main())
