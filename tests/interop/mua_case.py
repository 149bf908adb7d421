"""What the scripts about mua share: accounts are set up, `mua` runs a command, keys of gpg and certificates of gpgsm."""

import base64
import json
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from case import ALICE, BOB, USERS, Case
from pabal import BIN

# An invitation of alice to bob.
COUNCIL = f"""BEGIN:VCALENDAR
PRODID:-//X//Y//EN
VERSION:2.0
METHOD:REQUEST
BEGIN:VEVENT
UID:council@example.test
SEQUENCE:0
DTSTAMP:20261101T080000Z
SUMMARY:Harbour council
LOCATION:Pier 4
DTSTART:20261127T140000Z
DTEND:20261127T153000Z
RRULE:FREQ=WEEKLY;BYDAY=FR;COUNT=10
ORGANIZER;CN=Ann Miller:mailto:{ALICE}
ATTENDEE;CN=Bob;PARTSTAT=NEEDS-ACTION:mailto:{BOB}
END:VEVENT
END:VCALENDAR
""".replace("\n", "\r\n")


class GpgKeys:
    """Of a test class: keys in a GNUPGHOME of their own, which all that it starts has too."""

    @classmethod
    def make_keys(cls, *users):
        cls.keys = tempfile.mkdtemp(prefix="gpg-", dir="/tmp")
        cls.addClassCleanup(shutil.rmtree, cls.keys, ignore_errors=True)
        before = os.environ.get("GNUPGHOME")
        os.environ["GNUPGHOME"] = cls.keys
        cls.addClassCleanup(lambda: os.environ.update(GNUPGHOME=before) if before else os.environ.pop("GNUPGHOME"))
        cls.addClassCleanup(subprocess.run, ["gpgconf", "--kill", "all"], capture_output=True, check=False)
        # Nobody guesses our passphrases: to be slow at them would take seconds.
        (Path(cls.keys) / "gpg-agent.conf").write_text("s2k-count 65536\n")
        for user in users:
            cls.make_key(user)

    @classmethod
    def make_key(cls, user, passphrase=""):
        cls.gpg("--passphrase", passphrase, "--pinentry-mode", "loopback", "--quick-gen-key", f"{user.split('@')[0].title()} <{user}>",
                "future-default", "default", "never")

    @classmethod
    def forget_key(cls, user):
        listed = cls.gpg("--with-colons", "--list-keys", user).decode()
        cls.gpg("--yes", "--delete-secret-and-public-key", re.search(r"^fpr:+(\w+)", listed, re.MULTILINE)[1])

    @classmethod
    def gpg(cls, *arguments, text=b""):
        return subprocess.run(["gpg", "--batch", "--quiet", "--trust-model", "always", *arguments], input=text,
                              capture_output=True, check=True).stdout


class Certificates(GpgKeys):
    """Of a test class: certificates for S/MIME by an authority that gpgsm trusts here, and by one that nobody knows."""

    @classmethod
    def make_certificates(cls, *users):
        cls.papers = Path(cls.keys) / "papers"
        cls.papers.mkdir()
        cls._make_authority("harbour")
        cls._make_authority("stranger")
        digest = cls.openssl("x509", "-in", "harbour.pem", "-noout", "-fingerprint", "-sha1").decode().strip().split("=")[1]
        (Path(cls.keys) / "trustlist.txt").write_text(f"{digest} S relax\n")
        cls.gpgsm("--import", cls.papers / "harbour.pem")
        for user in users:
            cls.certify(user, "harbour", user)
            cls._import_key(user)

    @classmethod
    def certify(cls, user, authority, name):
        """name.pem and name.key."""
        (cls.papers / "extensions").write_text(f"subjectAltName=email:{user}\nkeyUsage=digitalSignature,keyEncipherment\n")
        cls.openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", f"{name}.key", "-out", "request", "-subj",
                    f"/CN={user.split('@')[0].title()}")
        cls.openssl("x509", "-req", "-in", "request", "-CA", f"{authority}.pem", "-CAkey", f"{authority}.key", "-days", "20",
                    "-extfile", "extensions", "-out", f"{name}.pem")

    @classmethod
    def smime_signed(cls, name, content):
        """multipart/signed (RFC 8551 §3.5.3) as lines of a message, from its Content-Type on."""
        signature = cls.openssl("cms", "-sign", "-binary", "-md", "sha256", "-signer", f"{name}.pem", "-inkey", f"{name}.key",
                                "-outform", "DER", text=content.encode())
        return ('Content-Type: multipart/signed; protocol="application/pkcs7-signature"; micalg=sha-256; boundary=s\r\n\r\n'
                f"--s\r\n{content}\r\n--s\r\nContent-Type: application/pkcs7-signature; name=smime.p7s\r\n"
                f"Content-Transfer-Encoding: base64\r\n\r\n{cls._base64(signature)}\r\n--s--\r\n")

    @classmethod
    def smime_encrypted(cls, name, content):
        cipher = cls.openssl("cms", "-encrypt", "-binary", "-aes256", "-outform", "DER", f"{name}.pem", text=content.encode())
        return ("Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\r\n"
                f"Content-Transfer-Encoding: base64\r\n\r\n{cls._base64(cipher)}\r\n")

    @classmethod
    def openssl(cls, *arguments, text=b""):
        return subprocess.run(["openssl", *arguments], cwd=cls.papers, input=text, capture_output=True, check=True).stdout

    @classmethod
    def gpgsm(cls, *arguments, text=b"", check=True):
        return subprocess.run(["gpgsm", "--batch", "--quiet", *arguments], input=text, capture_output=True, check=check).stdout

    @classmethod
    def _make_authority(cls, name):
        cls.openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", f"{name}.key", "-out", f"{name}.pem", "-days", "30",
                    "-subj", f"/CN={name} CA", "-addext", "basicConstraints=critical,CA:TRUE", "-addext",
                    "keyUsage=critical,keyCertSign,cRLSign")

    @classmethod
    def _import_key(cls, name):
        cls.openssl("pkcs12", "-export", "-inkey", f"{name}.key", "-in", f"{name}.pem", "-certfile", "harbour.pem", "-passout",
                    "pass:", "-certpbe", "PBE-SHA1-3DES", "-keypbe", "PBE-SHA1-3DES", "-macalg", "sha1", "-out", f"{name}.p12")
        for _ in range(5):  # an agent that was just started may be too busy to take it, and says nothing
            cls.gpgsm("--pinentry-mode", "loopback", "--passphrase-fd", "0", "--import", cls.papers / f"{name}.p12", text=b"\n",
                      check=False)
            if name.encode() in cls.gpgsm("--list-secret-keys", name, check=False):
                return
        raise AssertionError(f"gpgsm does not take the key of {name}")

    @staticmethod
    def _base64(octets):
        return base64.encodebytes(octets).decode().strip().replace("\n", "\r\n")


class MuaCase(Case):
    accounts = (ALICE, BOB)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.settings = cls.home / "mua.toml"
        for user in cls.accounts:
            cls.run_setup(user)

    @classmethod
    def run_setup(cls, user):
        ports = cls.server.ports
        run = cls.command("--account", user, "setup", "--name", user.split("@")[0].title(), "--password-stdin",
                          "--imap", f"{cls.server.host}:{ports.imaps}", "--smtp", f"{cls.server.host}:{ports.submissions}",
                          "--ca", cls.server.ca, text=USERS[user] + "\n")
        assert run.returncode == 0, run.stderr.decode()

    @classmethod
    def command(cls, *arguments, text=None, **more):
        octets = text.encode() if isinstance(text, str) else text
        return subprocess.run([BIN / "mua", "--settings", cls.settings, *map(str, arguments)], input=octets, timeout=120,
                              capture_output=True, env=os.environ | {"HOME": str(cls.home), "TZ": "UTC"}, check=False, **more)

    def mua(self, *arguments, account=BOB, text=None, status=0):
        run = self.command("--account", account, *arguments, text=text)
        self.assertEqual(run.returncode, status, f"mua {arguments}: {run.stdout.decode()}{run.stderr.decode()}")
        return run.stdout

    def json(self, *arguments, **kw):
        return json.loads(self.mua("--json", *arguments, **kw))

    def id_of(self, subject, mailbox="INBOX", account=BOB):
        self.wait_for(account, subject, mailbox)
        return next(m["id"] for m in self.json("ls", mailbox, account=account) if m["subject"] == subject)
