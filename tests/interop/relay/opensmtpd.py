"""OpenSMTPD from Debian's package, unpacked, with a spool and settings of the test's own."""

import os
import re
import shutil

from network import ipv4, ipv6
from peer import NOBODY, USERS, Peer
from unpacked import FOLDER, absent

# The transfer agents' names are those of the packages: users without a home or a shell.
QUEUE_GROUP = 912
AGENTS = (("opensmtpd", 911), ("opensmtpq", QUEUE_GROUP))

SETTINGS = """\
smtp max-message-size "60M"
smtp limit max-mails 1000
smtp limit max-rcpt 10000
pki {hostname} cert "{folder}/cert.pem"
pki {hostname} key "{folder}/key.pem"
ca {hostname} cert "{ca}"
table users file:{folder}/users
table everybody {{ "@" = nobody }}
listen on {ipv4} hostname {hostname}
listen on {ipv6} hostname {hostname}
listen on {tls_ipv4} tls pki {hostname} hostname {hostname}
listen on {tls_ipv6} tls pki {hostname} hostname {hostname}
listen on {plain_ipv4} hostname plain.{hostname}
listen on {plain_ipv6} hostname plain.{hostname}
action "here" maildir "{folder}/mail/%{{rcpt.user}}" virtual <everybody>
action "elsewhere" relay helo {hostname}
action "plain" relay host "smtp+notls://mail.a.test" helo {hostname}
match from any for domain {{ "{domain}", "{plain_domain}", "{tls_domain}" }} rcpt-to <users> action "here"
match from src {{ {client4}, {client6} }} for domain "plain.a.test" action "plain"
match from src {{ {client4}, {client6} }} for any action "elsewhere"
match from local for any action "elsewhere"
"""


class OpenSmtpd(Peer):
    name, letter, number = "OpenSMTPD", "d", 40
    complaint = re.compile(r"warn|error|fatal|fail|result=\"(?!Ok|success)")
    harmless = re.compile(r"^unshare: ")  # of the test's own making, when it kills
    smtputf8 = False  # 6.8 has neither
    chunking = False
    # Debian 12's fails each handshake as a server, "EVP lib": github.com/OpenSMTPD/OpenSMTPD/issues/1239. Then
    # tls.d.test, where it tries, is a trouble of the real world; d.test goes without.
    tls = False
    tls_domain = "tls.d.test"

    def __init__(self, net, names, authority):
        super().__init__(net, names, authority)
        self.host.add_address(self.number + 2)
        names.host(f"tls.{self.hostname}", self.number + 2)
        names.domain(self.tls_domain, f"tls.{self.hostname}")

    def places(self):
        return super().places() | {"tls_domain": self.tls_domain, "tls_ipv4": ipv4(self.number + 2),
                                   "tls_ipv6": ipv6(self.number + 2)}

    @classmethod
    def missing(cls):
        return absent("opensmtpd", "usr/sbin/smtpd")

    def set_up(self):
        etc = self.host.own_etc(self.names.server, AGENTS)
        unpacked = FOLDER / "opensmtpd"
        shutil.copytree(unpacked / "usr/sbin", self.folder / "sbin", symlinks=True)
        os.chown(self.folder / "sbin/smtpctl", 0, QUEUE_GROUP)  # it insists, even if root runs it
        (self.folder / "sbin/smtpctl").chmod(0o2755)
        self.host.mount(self.folder / "sbin", "/usr/sbin")
        self.host.mount(unpacked / "usr/libexec", "/usr/libexec")
        for place in ("/var/spool", "/var/lib", "/run"):
            folder = self.folder / place[1:]
            folder.mkdir(parents=True)
            self.host.mount(folder, place)
        self.mail.mkdir()
        os.chown(self.mail, NOBODY, NOBODY)
        self._make_spool()
        shutil.copy(self.certificate, self.folder / "cert.pem")
        shutil.copy(self.key, self.folder / "key.pem")
        (self.folder / "key.pem").chmod(0o600)
        (self.folder / "users").write_text("".join(
            f"{user}@{domain}\n" for user in USERS for domain in (self.domain, self.plain_domain, self.tls_domain)))
        (etc / "smtpd.conf").write_text(SETTINGS.format(**self.places()))
        (etc / "mailname").write_text(self.hostname + "\n")
        self.log_file = self.folder / "start.log"

    def _make_spool(self):
        spool = self.folder / "var/spool/smtpd"
        modes = {"": (0o711, 0), "offline": (0o770, 0), "purge": (0o700, QUEUE_GROUP), "queue": (0o700, QUEUE_GROUP),
                 "corrupt": (0o700, QUEUE_GROUP), "incoming": (0o700, QUEUE_GROUP), "temporary": (0o700, QUEUE_GROUP)}
        for name, (mode, owner) in modes.items():
            (spool / name).mkdir(exist_ok=True)
            (spool / name).chmod(mode)
            os.chown(spool / name, owner, QUEUE_GROUP if name == "offline" else 0)
        (self.folder / "var/lib/opensmtpd/empty").mkdir(parents=True)

    def command(self):
        return ["/usr/sbin/smtpd", "-d"]

    def queued(self):
        queue = self.folder / "var/spool/smtpd/queue"
        return sum(1 for path in queue.glob("*/*/*") if path.name != "message")

    def hurry(self):
        self.host.call("/usr/sbin/smtpctl", "schedule", "all", check=False)
