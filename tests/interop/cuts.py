"""A port in front of a server's, at which connections are cut: after so many octets, all at once, or never made."""

import socket
import threading


class Cuts:
    """`limit()` gives the octets after which a new connection ends, None for never; `crossing(size)` is called before each
    piece goes on its way. Ends with close()."""

    def __init__(self, port, limit=None, crossing=None):
        self.to, self.limit, self.crossing = port, limit or (lambda: None), crossing or (lambda size: None)
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self.listener.getsockname()[1]
        self.open, self.cuts, self.lock = set(), 0, threading.Lock()
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self):
        self.listener.close()
        self.cut()

    def cut(self):
        with self.lock:
            ends, self.open = self.open, set()
        for end in ends:
            self._end(end)

    def _accept(self):
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:
                return
            try:
                far = socket.create_connection(("127.0.0.1", self.to))
            except OSError:
                near.close()
                continue
            with self.lock:
                self.open |= {near, far}
            left = [self.limit()]
            for source, sink in ((near, far), (far, near)):
                threading.Thread(target=self._pump, args=(source, sink, left), daemon=True).start()

    def _pump(self, source, sink, left):
        try:
            while octets := source.recv(1 << 16):
                self.crossing(len(octets))
                if left[0] is not None and left[0] < len(octets):
                    sink.sendall(octets[:max(left[0], 0)])
                    self.cuts += 1
                    break
                if left[0] is not None:
                    left[0] -= len(octets)
                sink.sendall(octets)
        except OSError:
            pass
        for end in (source, sink):
            self._end(end)

    def _end(self, end):
        with self.lock:
            self.open.discard(end)
        try:
            end.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        end.close()
