"""A program in a terminal of its own (tmux), driven as a person would: keys in, the screen read."""

import shutil
import subprocess
import tempfile
import time
from pathlib import Path


class Terminal:
    """tmux has no state outside `folder`, and ends with close()."""

    def __init__(self, command, home, width=120, height=40):
        self.folder = Path(tempfile.mkdtemp(prefix="tmux-", dir="/tmp"))  # a Unix socket's path must be short
        self._tmux("-f", "/dev/null", "new-session", "-d", "-s", "t", "-x", width, "-y", height, "env", "TERM=screen-256color",
                   f"HOME={home}", f"XDG_CONFIG_HOME={home}", f"XDG_CACHE_HOME={home}/cache", "LC_ALL=C.UTF-8",
                   "ESCDELAY=0", *command)

    def keys(self, *keys):
        self._tmux("send-keys", "-t", "t", *keys)

    def type(self, text):
        self._tmux("send-keys", "-t", "t", "-l", text)

    def screen(self):
        return self._tmux("capture-pane", "-p", "-t", "t")

    def styled(self):
        """The screen with its colours, as the sequences that make them."""
        return self._tmux("capture-pane", "-p", "-e", "-t", "t")

    def record(self, file):
        """All that the program sends to the terminal from now on, what is no picture too."""
        self._tmux("pipe-pane", "-t", "t", f"exec cat >> '{file}'")

    def wait_for(self, text, seconds=20):
        """The screen, as soon as it shows the text."""
        end = time.monotonic() + seconds
        while text not in (screen := self.screen()):
            if time.monotonic() > end:
                raise AssertionError(f"'{text}' is not on the screen:\n{screen}")
            time.sleep(0.05)
        return screen

    def wait_for_end(self, seconds=20):
        """Until the program has ended of its own."""
        end = time.monotonic() + seconds
        while "t:" in self._tmux("list-sessions"):
            if time.monotonic() > end:
                raise AssertionError(f"it goes on:\n{self.screen()}")
            time.sleep(0.05)

    def resize(self, width, height):
        self._tmux("resize-window", "-t", "t", "-x", width, "-y", height)

    def pid(self):
        """Of the program: env has become it."""
        return int(self._tmux("display-message", "-p", "-t", "t", "#{pane_pid}"))

    def close(self):
        self._tmux("kill-server")
        shutil.rmtree(self.folder, ignore_errors=True)

    def _tmux(self, *arguments):
        return subprocess.run(["tmux", "-S", str(self.folder / "socket"), *map(str, arguments)], capture_output=True,
                              text=True, check=False).stdout
