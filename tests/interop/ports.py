"""Free ports for a whole mail domain: one offset that all five standard ports are moved by."""

import random
import socket

STANDARD = {"smtp": 25, "imap": 143, "submissions": 465, "submission": 587, "imaps": 993}


def is_free(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
            return True
        except OSError:
            return False


def free_offset():
    # Below 32768, where Linux's own choice of client ports begins.
    while True:
        offset = random.randrange(20000, 31000)
        if all(is_free(offset + port) for port in STANDARD.values()):
            return offset


class Ports:
    """ports.smtp, ports.submission, ports.submissions, ports.imap, ports.imaps"""

    def __init__(self, offset):
        self.offset = offset
        for name, port in STANDARD.items():
            setattr(self, name, offset + port)
