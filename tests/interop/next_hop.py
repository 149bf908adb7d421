"""The server that mail of the domain goes on to, in the test's own process: takes what it is not told to
refuse, and keeps it."""

import socketserver
import threading


class NextHop:
    """`answers`: replies to RCPT by the recipient's local part, for ever or until they are changed.
    `taken`: (MAIL line, RCPT lines, octets) of each message."""

    def __init__(self, extensions=("PIPELINING", "8BITMIME", "SMTPUTF8", "ENHANCEDSTATUSCODES"), at=("127.0.0.1", 0)):
        self.extensions, self.answers, self.taken = extensions, {}, []
        self.server = socketserver.ThreadingTCPServer(at, _session_of(self))
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


def _session_of(hop):
    class Session(socketserver.StreamRequestHandler):
        def say(self, *lines):
            text = "".join(f"{line[:3]}{' ' if line is lines[-1] else '-'}{line[4:]}\r\n" for line in lines)
            self.wfile.write(text.encode())

        def handle(self):
            self.say("220 next.test ESMTP")
            mail, recipients = "", []
            for line in iter(self.rfile.readline, b""):
                command = line.decode(errors="replace").rstrip("\r\n")
                verb = command[:4].upper()
                if verb == "EHLO":
                    self.say(*(f"250 {word}" for word in ("next.test", *hop.extensions)))
                elif verb == "MAIL":
                    mail, recipients = command, []
                    self.say("250 2.1.0 Ok")
                elif verb == "RCPT":
                    answer = hop.answers.get(command.split("<")[1].split("@")[0], "250 2.1.5 Ok")
                    if answer.startswith("2"):
                        recipients.append(command)
                    self.say(answer)
                elif verb == "DATA" and not recipients:
                    self.say("554 5.5.1 Nobody to send to")
                elif verb == "DATA":
                    self.say("354 Go on")
                    lines = iter(self.rfile.readline, b".\r\n")
                    octets = b"".join(text[1:] if text.startswith(b".") else text for text in lines)
                    hop.taken.append((mail, recipients, octets))
                    self.say("250 2.0.0 Taken")
                elif verb == "QUIT":
                    return self.say("221 2.0.0 Bye")
                else:
                    self.say("250 2.0.0 Ok" if verb in ("RSET", "NOOP") else "502 5.5.1 Not here")

    return Session
