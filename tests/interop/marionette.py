"""Thunderbird driven from outside: its Marionette protocol ("length:[0, id, command, parameters]" over TCP) and
a profile that asks no questions and knows no network but loopback."""

import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

QUIET = {
    "app.update.enabled": False, "datareporting.policy.bypassNotification": True, "mail.rights.version": 1,
    "mail.provider.suppress_dialog_on_startup": True, "mail.shell.checkDefaultClient": False,
    "mailnews.start_page.enabled": False, "mailnews.start_page_override.mstone": "ignore", "toolkit.telemetry.enabled": False,
    "mail.inappnotifications.enabled": False, "network.proxy.type": 0, "network.dns.native-is-localhost": True,
    "network.captive-portal-service.enabled": False, "network.connectivity-service.enabled": False,
    "network.manage-offline-status": False, "services.settings.server": "data:,none", "extensions.update.enabled": False,
    "marionette.port": 0,
}
LOADED = """return document.location.href.endsWith('messenger.xhtml') && document.readyState == 'complete' &&
            !!document.getElementById('tabmail')?.currentAbout3Pane?.folderPane;"""


class Thunderbird:
    def __init__(self, preferences):
        self.folder = Path(tempfile.mkdtemp(prefix="thunderbird-"))
        profile = self.folder / "profile"
        profile.mkdir()
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in {**QUIET, **preferences}.items()]
        (profile / "user.js").write_text("".join(lines))
        environment = os.environ | {"HOME": str(self.folder), "MOZ_HEADLESS": "1", "MOZ_CRASHREPORTER_DISABLE": "1",
                                    "NO_AT_BRIDGE": "1", "LC_ALL": "C.UTF-8"}
        with open(self.folder / "log", "wb") as log:
            self.process = subprocess.Popen(["thunderbird", "--headless", "--profile", profile, "--no-remote", "--marionette",
                                             "--remote-allow-system-access"], env=environment, stdout=log, stderr=log,
                                            start_new_session=True)
        self.connection, self.buffer, self.number = None, b"", 0
        try:
            self._connect(profile / "MarionetteActivePort")
        except BaseException:
            self.stop()
            raise

    def _connect(self, port_file, seconds=90):
        end = time.monotonic() + seconds
        while not (port_file.exists() and port_file.read_text()):
            if time.monotonic() > end or self.process.poll() is not None:
                raise TimeoutError("Thunderbird did not start: " + (self.folder / "log").read_text()[-500:])
            time.sleep(0.1)
        self.connection = socket.create_connection(("127.0.0.1", int(port_file.read_text())), timeout=60)
        self._packet()
        self.command("WebDriver:NewSession", capabilities={})
        self.command("Marionette:SetContext", value="chrome")
        while not self.command("WebDriver:ExecuteScript", script=LOADED, args=[], sandbox="system")["value"]:
            if time.monotonic() > end:
                raise TimeoutError("Thunderbird's window did not load")
            time.sleep(0.1)

    def _packet(self):
        while b":" not in self.buffer or len(self.buffer.partition(b":")[2]) < int(self.buffer.partition(b":")[0]):
            octets = self.connection.recv(1 << 16)
            if not octets:
                raise EOFError("Thunderbird closed the connection")
            self.buffer += octets
        length, _, rest = self.buffer.partition(b":")
        packet, self.buffer = rest[:int(length)], rest[int(length):]
        return json.loads(packet)

    def command(self, name, **parameters):
        self.number += 1
        packet = json.dumps([0, self.number, name, parameters]).encode()
        self.connection.sendall(b"%d:%s" % (len(packet), packet))
        _, _, error, result = self._packet()
        if error:
            raise RuntimeError(f"{name}: {error.get('message')}")
        return result

    def run(self, script, *arguments, seconds=40):
        """The value of an async function body that runs in Thunderbird's main window."""
        body = """const [done, ...args] = [arguments[arguments.length - 1], ...Array.from(arguments).slice(0, -1)];
            const { MailServices } = ChromeUtils.importESModule('resource:///modules/MailServices.sys.mjs');
            const until = async (what, found) => {
              for (let tries = 0; tries < 200; tries++) {
                const value = await found();
                if (value) return value;
                await new Promise(r => window.setTimeout(r, 100));
              }
              throw new Error(what + ': not in 20 s; windows: ' +
                              [...Services.wm.getEnumerator(null)].map(w =>
                                w.document.title + ' ' + (w.document.getElementById('infoBody')?.textContent ?? '')));
            };
            (async () => {%s})().then(v => done({value: v ?? null}), e => done({error: String(e) + ' ' + (e.stack ?? '')}));""" % script
        answer = self.command("WebDriver:ExecuteAsyncScript", script=body, args=list(arguments), scriptTimeout=seconds * 1000,
                              newSandbox=False, sandbox="system")["value"]
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return answer["value"]

    def stop(self):
        if self.connection:
            self.connection.close()
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
