"""The small internet whole: DNS, ours on a.test, Postfix on b.test, Exim on c.test, OpenSMTPD on d.test and
a host for the test's own clients and servers. Those peers that can't run here are named in `absent`."""

import sys
from concurrent.futures import ThreadPoolExecutor

import network
from certificates import Authority
from exim import Exim
from names import Names
from network import Network, eventually  # noqa: F401
from opensmtpd import OpenSmtpd
from ours import Ours
from peer import CLIENT
from postfix import Postfix

PEERS = (Postfix, Exim, OpenSmtpd)


def missing():
    """Why there can be no internet here, or ''."""
    return network.missing() or Names.missing() or Ours.missing()


class Internet:
    """with Internet() as internet: ...; `fill` is called before DNS starts, for names of the test's own."""

    def __init__(self, peers=PEERS, fill=None, configure=None):
        self.absent = {kind.name: kind.missing() for kind in peers if kind.missing()}
        self.net = Network()
        try:
            self._build([kind for kind in peers if kind.name not in self.absent], fill, configure)
        except BaseException:
            self.net.close()
            raise

    def _build(self, kinds, fill, configure):
        self.names = Names(self.net)
        self.client = self.net.host("client", CLIENT)
        self.names.host("client.test", CLIENT)
        self.authority = Authority(self.net.folder / "certificates")
        self.ours = Ours(self.net, self.names, self.authority)
        self.peers = {kind.letter: kind(self.net, self.names, self.authority) for kind in kinds}
        if fill:
            fill(self)
        self.names.start()
        with ThreadPoolExecutor() as pool:
            list(pool.map(lambda server: server.set_up(), self.servers()))
        if configure:
            configure(self)
        # Programs end with the thread that started them: this one.
        for server in self.servers():
            server.start()
        for server in self.servers():
            server.wait_until_it_answers()
            server.complaints()

    def servers(self):
        return [self.ours, *self.peers.values()]

    def close(self):
        try:
            if self.ours.daemons:
                self.ours.temporary = False
                self.ours.stop()
        finally:
            self.net.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def say(text):
    print(text, file=sys.stderr, flush=True)
