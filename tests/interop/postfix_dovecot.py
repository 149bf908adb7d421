"""Postfix and Dovecot as an administrator sets them up for one domain: virtual mailboxes, LMTP over a
Unix socket, sdbox, default fsync. Everything lies in a folder of its own and on ports of its own; no
service of the machine is touched. Needs root, since Postfix does.

The interop scripts run against it with `--against postfix`, which proves the scripts; the benchmarks
run beside it."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from ports import Ports, free_offset

MAIL_UID = 5000  # who owns the mailboxes; needs no entry in the user database

MASTER_CF = """\
127.0.0.1:{smtp} inet n - n - - smtpd
127.0.0.1:{submission} inet n - n - - smtpd {submission_options}
127.0.0.1:{submissions} inet n - n - - smtpd {submission_options} -o smtpd_tls_wrappermode=yes
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
local unix - n n - - local
virtual unix - n n - - virtual
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""

MAIN_CF = """\
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/postfix-data
maillog_file = {folder}/postfix.log
maillog_file_prefixes = {folder}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = localhost
mydestination =
mynetworks =
virtual_mailbox_domains = {domain}
virtual_mailbox_maps = hash:{folder}/mailboxes
virtual_alias_maps =
alias_maps =
alias_database =
virtual_transport = lmtp:unix:{folder}/lmtp
recipient_delimiter = +
smtputf8_enable = yes
smtpd_relay_restrictions = permit_sasl_authenticated, reject_unauth_destination
smtpd_recipient_restrictions = permit_sasl_authenticated, reject_unauth_destination
smtpd_sasl_type = dovecot
smtpd_sasl_path = {folder}/auth
smtpd_tls_chain_files = {folder}/key.pem, {folder}/cert.pem
smtpd_tls_security_level = may
message_size_limit = 52428800
mailbox_size_limit = 0
virtual_mailbox_limit = 0
"""

DOVECOT_CONF = """\
base_dir = {folder}/dovecot
instance_name = {folder}
log_path = {folder}/dovecot.log
state_dir = {folder}/dovecot-state
protocols = imap lmtp
listen = 127.0.0.1
ssl = yes
ssl_cert = <{folder}/cert.pem
ssl_key = <{folder}/key.pem
disable_plaintext_auth = no
auth_mechanisms = plain login scram-sha-256
auth_username_format = %Lu
auth_default_realm = {domain}
mail_location = sdbox:~/mail
mail_uid = {uid}
mail_gid = {uid}
first_valid_uid = {uid}
mail_max_userip_connections = 10000
recipient_delimiter = +
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%Lu {folder}/passwords
}}
userdb {{
  driver = static
  args = uid={uid} gid={uid} home={folder}/mail/%Lu
}}
namespace inbox {{
  inbox = yes
  mailbox Drafts {{
    special_use = \\Drafts
    auto = create
  }}
  mailbox Sent {{
    special_use = \\Sent
    auto = create
  }}
  mailbox Trash {{
    special_use = \\Trash
    auto = create
  }}
  mailbox Archive {{
    special_use = \\Archive
    auto = create
  }}
}}
service imap-login {{
  service_count = 0
  client_limit = 4000
  process_min_avail = 2
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
    ssl = yes
  }}
}}
service imap {{
  process_limit = 4000
}}
service anvil {{
  client_limit = 20000
}}
service auth {{
  client_limit = 20000
  unix_listener {folder}/auth {{
    mode = 0666
  }}
}}
service lmtp {{
  unix_listener {folder}/lmtp {{
    mode = 0666
  }}
}}
"""


class PostfixDovecot:
    """A running Postfix and Dovecot with the accounts of `users` ({address: password})."""

    name = "Postfix + Dovecot"
    host = "localhost"

    def __init__(self, users, domain="example.test"):
        self.users, self.domain = users, domain
        # /var/tmp is on a disk also where /tmp is memory, and its paths suit Unix sockets.
        self.folder = Path(tempfile.mkdtemp(prefix="peer-", dir="/var/tmp"))
        self.ports = Ports(free_offset())
        self.ca = self.folder / "ca.pem"
        self.processes = []
        self._write_settings()

    @staticmethod
    def missing():
        """Why it can't run here, or ''."""
        if os.geteuid() != 0:
            return "Postfix needs root"
        absent = [p for p in ("postfix", "dovecot", "openssl") if not shutil.which(p, path=_path())]
        return f"not installed: {', '.join(absent)}" if absent else ""

    def _write_settings(self):
        folder = self.folder
        folder.chmod(0o755)
        for sub in ("queue", "postfix", "postfix-data", "mail", "dovecot", "dovecot-state"):
            (folder / sub).mkdir()
        shutil.chown(folder / "postfix-data", "postfix")
        os.chown(folder / "mail", MAIL_UID, MAIL_UID)
        self._make_certificates()
        (folder / "passwords").write_text("".join(f"{a}:{{PLAIN}}{p}\n" for a, p in self.users.items()))
        (folder / "mailboxes").write_text("".join(f"{a} x\n" for a in self.users))
        places = vars(self.ports) | {"folder": folder, "domain": self.domain, "uid": MAIL_UID}
        places["submission_options"] = ("-o smtpd_sasl_auth_enable=yes"
                                        " -o smtpd_recipient_restrictions=permit_sasl_authenticated,reject")
        (folder / "postfix/main.cf").write_text(MAIN_CF.format(**places))
        (folder / "postfix/master.cf").write_text(MASTER_CF.format(**places))
        (folder / "dovecot.conf").write_text(DOVECOT_CONF.format(**places))
        _run("postmap", "-c", folder / "postfix", f"hash:{folder}/mailboxes")

    def _make_certificates(self):
        """A CA and a certificate signed by it; Thunderbird takes no certificate that is both."""
        key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
        ca = ["-keyout", self.folder / "ca.key", "-out", self.folder / "ca.pem"]
        _run("openssl", "req", "-x509", *key, "-days", "30", "-subj", "/CN=Test CA", *ca)
        _run("openssl", "req", "-x509", *key, "-days", "30", "-subj", "/CN=localhost", "-CA", self.folder / "ca.pem",
             "-CAkey", self.folder / "ca.key", "-addext", "basicConstraints=critical,CA:FALSE",
             "-addext", f"subjectAltName=DNS:localhost,DNS:{self.domain},IP:127.0.0.1",
             "-keyout", self.folder / "key.pem", "-out", self.folder / "cert.pem")

    def start(self):
        for command in (self._dovecot(), ["postfix", "-c", self.folder / "postfix", "start-fg"]):
            self.processes.append(self._started(command))
        try:
            for port in (self.ports.smtp, self.ports.submission, self.ports.imap, self.ports.imaps):
                _wait_for(port)
        except TimeoutError:
            self.stop()
            raise
        return self

    def restart_dovecot(self):
        """A new Dovecot with the settings as they are now; its reload lets clients meet processes about to end."""
        _end(self.processes[0])
        self.processes[0] = self._started(self._dovecot())
        for port in (self.ports.imap, self.ports.imaps):
            _wait_for(port)

    def _dovecot(self):
        return ["dovecot", "-F", "-c", self.folder / "dovecot.conf"]

    def _started(self, command):
        with open(self.folder / "start.log", "ab") as log:
            return subprocess.Popen(command, env=_environment(), stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                    start_new_session=True)

    def stop(self):
        # Postfix's master leaves the process that started it, so that only its own command finds it.
        subprocess.run(["postfix", "-c", self.folder / "postfix", "stop"], env=_environment(), check=False,
                       capture_output=True)
        for process in self.processes:
            _end(process)
        self.processes = []
        shutil.rmtree(self.folder, ignore_errors=True)

    def imap_processes(self):
        """The pid whose descendants serve IMAP."""
        return self.processes[0].pid

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.stop()


def _path():
    return os.environ.get("PATH", "") + ":/usr/sbin:/sbin"


def _environment():
    return os.environ | {"PATH": _path()}


def _run(*command):
    subprocess.run([str(part) for part in command], env=_environment(), check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.PIPE)


def _end(process):
    try:
        os.killpg(process.pid, signal.SIGTERM)
    except ProcessLookupError:
        pass
    process.wait(timeout=30)


def _wait_for(port, seconds=20):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=2):
                return
        except OSError:
            time.sleep(0.05)
    raise TimeoutError(f"nothing answers on port {port}")
