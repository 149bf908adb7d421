"""Exim from Debian's package, unpacked, with a spool and settings of the test's own. It isn't set-user-ID
there, so that it delivers as the user it runs as."""

import os
import re

from peer import UNICODE, USERS, Peer
from unpacked import FOLDER, absent

CONFIGURE = """\
exim_user = Debian-exim
exim_group = Debian-exim
deliver_drop_privilege
primary_hostname = {hostname}
spool_directory = {folder}/spool
log_file_path = {folder}/log/%s
pid_file_path = {folder}/spool/exim.pid
domainlist ours = {domain} : {plain_domain}
hostlist trusted = <; {client4} ; {client6}
local_interfaces = <; {ipv4} ; {ipv6} ; {plain_ipv4} ; {plain_ipv6}
host_lookup = *
tls_advertise_hosts = ${{if or{{{{eq{{$received_ip_address}}{{{plain_ipv4}}}}}{{eq{{$received_ip_address}}{{{plain_ipv6}}}}}}} {{}}{{*}}}}
tls_certificate = {certificate}
tls_privatekey = {key}
smtputf8_advertise_hosts = *
message_size_limit = 60M
recipients_max = 0
smtp_accept_max = 200
smtp_accept_queue_per_connection = 0
smtp_accept_max_per_connection = 0
queue_run_max = 3
remote_max_parallel = 4
never_users =
keep_environment =
add_environment = PATH=/usr/sbin:/usr/bin:/sbin:/bin
acl_smtp_rcpt = check_rcpt
log_selector = +tls_peerdn +received_recipients +smtp_connection -queue_run -smtp_connection

begin acl
check_rcpt:
  accept hosts = +trusted
  require message = relay not permitted
          domains = +ours
  require message = no such user
          verify = recipient
  accept

begin routers
elsewhere:
  driver = dnslookup
  domains = ! +ours
  transport = smtp
  no_more
here:
  driver = accept
  domains = +ours
  local_parts = lsearch;{folder}/users
  transport = maildir

begin transports
smtp:
  driver = smtp
  hosts_avoid_tls = ${{if eq{{$domain}}{{plain.a.test}}{{*}}}}
  tls_verify_certificates = {ca}
  hosts_try_dane =
  connect_timeout = 5s
  # A server that is killed behind a pulled cable says nothing more, not even that it is gone.
  command_timeout = 20s
  data_timeout = 20s
  final_timeout = 20s
maildir:
  driver = appendfile
  directory = {folder}/mail/$local_part_data
  maildir_format
  create_directory
  delivery_date_add
  envelope_to_add
  return_path_add
  mode = 0600

begin retry
* * F,5d,2s
"""


class Exim(Peer):
    name, letter, number = "Exim", "c", 30
    # Arrival, delivery, completion, and the next line of none of them.
    complaint = re.compile(r"^\S+ \S+ (?!\S+ (<=|=>|->|>>|Completed)|exim \S+ daemon started|Start queue run|End queue run)")

    harmless = re.compile(r"Spool file (for \S+ )?is locked")  # two of its own queue runners met

    @classmethod
    def missing(cls):
        return absent("exim4-daemon-light", "usr/sbin/exim4")

    def set_up(self):
        user = 901
        etc = self.host.own_etc(self.names.server, [("Debian-exim", user)])
        self.host.mount(FOLDER / "exim4-daemon-light/usr/sbin", "/usr/sbin")
        for name in ("spool", "log", "mail"):
            (self.folder / name).mkdir()
            os.chown(self.folder / name, user, user)
        self.log_file = self.folder / "log/main"
        (self.folder / "users").write_text("".join(f"{user}: {user}\n" for user in [*USERS, UNICODE]))
        (etc / "exim4").mkdir()
        (etc / "exim4/exim4.conf").write_text(CONFIGURE.format(**self.places()))

    def command(self):
        return ["/usr/sbin/exim4", "-bdf", "-q2s"]

    def queued(self):
        return sum(1 for _ in (self.folder / "spool/input").rglob("*-H"))

    def complaints(self):
        panic = self.folder / "log/panic"
        return super().complaints() + (panic.read_text().splitlines() if panic.exists() else [])
