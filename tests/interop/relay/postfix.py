"""Postfix from Debian, with a queue and settings of the test's own."""

import pwd
import re
import shutil
import stat
import subprocess
from pathlib import Path

from peer import NOBODY, UNICODE, USERS, Peer

MASTER_CF = """\
{ipv4}:25 inet n - n - - smtpd
[{ipv6}]:25 inet n - n - - smtpd
{plain_ipv4}:25 inet n - n - - smtpd -o smtpd_tls_security_level=none
[{plain_ipv6}]:25 inet n - n - - smtpd -o smtpd_tls_security_level=none
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
proxywrite unix - - n - 1 proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""

MAIN_CF = """\
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/state
maillog_file = {folder}/mail.log
maillog_file_prefixes = {folder}
inet_interfaces = all
inet_protocols = all
myhostname = {hostname}
mydomain = {domain}
myorigin = {domain}
mydestination =
mynetworks = {client4} [{client6}]
virtual_mailbox_domains = {domain} {plain_domain}
virtual_mailbox_base = {folder}/mail
virtual_mailbox_maps = texthash:{folder}/mailboxes
virtual_uid_maps = static:{nobody}
virtual_gid_maps = static:{nobody}
virtual_mailbox_limit = 0
virtual_alias_maps =
alias_maps =
alias_database =
smtputf8_enable = yes
smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination
smtpd_tls_chain_files = {key}, {certificate}
smtpd_tls_security_level = may
smtpd_tls_loglevel = 1
smtp_tls_security_level = may
smtp_tls_CAfile = {ca}
smtp_tls_loglevel = 1
smtp_tls_policy_maps = inline:{{ plain.a.test=none }}
smtpd_client_connection_count_limit = 0
message_size_limit = 60000000
mailbox_size_limit = 0
queue_run_delay = 2s
minimal_backoff_time = 2s
maximal_backoff_time = 4s
smtp_connect_timeout = 5s
smtp_helo_timeout = 20s
smtp_mail_timeout = 20s
smtp_rcpt_timeout = 20s
smtp_data_init_timeout = 20s
smtp_data_xfer_timeout = 20s
smtp_data_done_timeout = 20s
default_process_limit = 60
"""


class Postfix(Peer):
    name, letter, number = "Postfix", "b", 20
    complaint = re.compile(r"(warning|error|fatal|panic):")

    @classmethod
    def missing(cls):
        return "" if shutil.which("postfix", path="/usr/sbin:/usr/bin") else "not installed: postfix"

    def set_up(self):
        owner = pwd.getpwnam("postfix")
        etc = self.host.own_etc(self.names.server, [("postfix", owner.pw_uid)])
        shutil.copy("/etc/group", etc / "group")
        shutil.copytree("/etc/postfix", etc / "postfix", dirs_exist_ok=True)
        for name in ("queue", "state", "mail"):
            (self.folder / name).mkdir()
        shutil.chown(self.folder / "state", "postfix")
        shutil.chown(self.mail, NOBODY)
        (self.folder / "mailboxes").write_text("".join(
            f"{user}@{domain} {user}/\n" for user in [*USERS, UNICODE] for domain in (self.domain, self.plain_domain)))
        Path(etc, "postfix/main.cf").write_text(MAIN_CF.format(**self.places()))
        Path(etc, "postfix/master.cf").write_text(MASTER_CF.format(**self.places()))

    def command(self):
        return ["/usr/sbin/postfix", "start-fg"]

    def queued(self):
        folders = ("incoming", "active", "deferred", "maildrop", "hold")
        found = [path for name in folders for path in (self.folder / "queue" / name).rglob("*")]
        return sum(is_complete(path) for path in found)

    def hurry(self):
        try:
            self.host.call("/usr/sbin/postqueue", "-f", check=False)
        except subprocess.TimeoutExpired:
            pass


def is_complete(path):
    """Postfix marks by the execute bit what was taken whole; others it was never responsible for."""
    try:
        return path.is_file() and bool(path.stat().st_mode & stat.S_IXUSR)
    except FileNotFoundError:
        return False
