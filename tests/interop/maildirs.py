"""Settings of the clients that keep a Maildir equal to a server."""


def mbsync_settings(server, user, password, maildir):
    return f"""
IMAPAccount pabal
Host {server.host}
Port {server.ports.imaps}
User {user}
Pass {password}
SSLType IMAPS
CertificateFile {server.ca}

IMAPStore far
Account pabal

MaildirStore near
Path {maildir}/
Inbox {maildir}/INBOX
SubFolders Verbatim

Channel all
Far :far:
Near :near:
Patterns *
Create Both
Remove Both
Expunge Both
SyncState *
"""


def offlineimap_settings(server, user, password, maildir, metadata):
    return f"""
[general]
accounts = one
metadata = {metadata}
[Account one]
localrepository = near
remoterepository = far
[Repository near]
type = Maildir
localfolders = {maildir}
[Repository far]
type = IMAP
remotehost = {server.host}
remoteport = {server.ports.imaps}
remoteuser = {user}
remotepass = {password}
ssl = yes
sslcacertfile = {server.ca}
"""
