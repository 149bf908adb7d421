"""Python's own SMTP and IMAP clients, with sockets that belong to a host of the small internet."""

import imaplib
import smtplib
import ssl

imaplib._MAXLINE = 100_000_000


class Smtp(smtplib.SMTP):
    """Smtp(host, address, port): from the host to the address."""

    def __init__(self, host, address, port=25, timeout=60, context=None, hostname=None):
        self.from_host, self.context, self.hostname = host, context, hostname
        super().__init__(address, port, local_hostname="client.test", timeout=timeout)

    def _get_socket(self, address, port, timeout):
        plain = self.from_host.connect(address, port, timeout)
        return self.context.wrap_socket(plain, server_hostname=self.hostname) if self.context else plain


class Imap(imaplib.IMAP4):
    def __init__(self, host, address, port=143):
        self.from_host = host
        super().__init__(address, port, timeout=60)

    def _create_socket(self, timeout):
        return self.from_host.connect(self.host, self.port, timeout)


def greets(host, address):
    """Whether a server answers there, found out politely."""
    try:
        with Smtp(host, address, timeout=5) as client:
            return client.noop()[0] == 250
    except (OSError, smtplib.SMTPException):
        return False


def trusting(ca):
    return ssl.create_default_context(cafile=ca)


def send(client, letter, recipients=None, smtputf8=False):
    """One transaction. Returns {recipient: refusal}; raises smtplib.SMTPException when all is refused."""
    options = ["SMTPUTF8", "BODY=8BITMIME"] if smtputf8 else ["BODY=8BITMIME"]
    if smtputf8:
        client.ehlo_or_helo_if_needed()
        client.command_encoding = "utf-8"
    return client.sendmail(letter.sender, recipients or letter.recipients, letter.octets(), mail_options=options)
