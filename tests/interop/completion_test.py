#!/usr/bin/env python3
"""The completion of mua in real shells: commands, options, accounts, mailboxes of the local store, files. bash is asked as it
asks itself; zsh and fish, where they are installed, in a terminal and by `complete -C`."""

import shutil
import subprocess
import sys
import unittest

from case import BOB, letter, main
from mua_case import MuaCase
from pabal import BIN
from terminal import Terminal

BASH = r"""
source <("$1" completion bash)
COMP_WORDS=("$1" "${@:3}"); COMP_CWORD=$(($# - 2))
compopt() { :; }
_mua
printf '%s\n' "${COMPREPLY[@]}"
"""


class Completion(MuaCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.command("--account", BOB, "mailboxes", "create", "Two words")
        cls.command("--account", BOB, "sync")

    def bash(self, *words):
        run = subprocess.run(["bash", "--norc", "-c", BASH, "bash", BIN / "mua", "mua", "--settings", self.settings, "--account",
                              BOB, *words], capture_output=True, text=True, check=True, cwd=self.home)
        self.assertEqual(run.stderr, "")
        return run.stdout.split("\n")[:-1]

    def test_bash_commands_and_options(self):
        self.assertEqual(self.bash("mailb"), ["mailboxes"])
        self.assertIn("export", self.bash(""))
        self.assertEqual(self.bash("ls", "--lim"), ["--limit"])
        self.assertEqual(self.bash("export", "--format", "mboxcl"), ["mboxcl", "mboxcl2"])

    def test_bash_accounts_and_mailboxes(self):
        self.assertIn(BOB, self.bash("--account", ""))
        self.assertEqual(self.bash("ls", "INB"), ["INBOX"])
        self.assertEqual(self.bash("ls", "Two"), [r"Two\ words"])
        self.assertIn("Drafts", self.bash("search", "x", "--mailbox", ""))

    def test_bash_ids_with_colons_are_one_word(self):
        self.assertEqual(self.bash("move", "INBOX", ":", "1", ":", "2", "Tra"), ["Trash"])

    def test_bash_files(self):
        self.write("old.mbox", "")
        self.assertEqual(self.bash("import", "old"), ["old.mbox"])

    def test_the_script_is_no_burden_to_a_shell_without_settings(self):
        run = subprocess.run([BIN / "mua", "completion", "words", "--settings", "/none", "ls", ""], capture_output=True, text=True,
                             check=True)
        self.assertEqual((run.stdout, run.stderr), ("", ""))

    @unittest.skipUnless(shutil.which("fish"), "fish is not installed")
    def test_fish(self):
        self.assertIn("complete -c mua", self.mua("completion", "fish").decode())

        def fish(line):
            words = f"source ({BIN}/mua completion fish | psub); complete -C '{BIN}/mua --settings {self.settings} --account {BOB} {line}'"
            run = subprocess.run(["fish", "--no-config", "-c", words], capture_output=True, text=True, check=True, cwd=self.home,
                                 env={"HOME": str(self.home), "PATH": f"{BIN}:/usr/bin:/bin"})
            return [found.split("\t")[0] for found in run.stdout.splitlines()]
        self.assertEqual(fish("mailb"), ["mailboxes"])
        self.assertIn("Two words", fish("ls Tw"))
        self.assertEqual(fish("ls --lim"), ["--limit"])

    @unittest.skipUnless(shutil.which("zsh") and shutil.which("tmux"), "zsh is not installed")
    def test_zsh(self):
        self.write("zdot/.zshrc", f"PS1='% '\nautoload -Uz compinit; compinit -u -d {self.home}/zcompdump\n"
                                  f"path=({BIN} $path)\nsource <(mua completion zsh)\nprint ready\n")
        terminal = Terminal(["env", f"ZDOTDIR={self.home}/zdot", "zsh", "-i"], self.home)
        self.addCleanup(terminal.close)
        terminal.wait_for("ready")
        line = f"mua --settings {self.settings} --account {BOB} "
        for typed, completed in (("mailb", "mailboxes"), ("ls Two", r"ls Two\ words"), ("ls --lim", "ls --limit")):
            terminal.type(line + typed)
            terminal.keys("Tab")
            terminal.wait_for(completed)
            terminal.keys("C-c")

    def test_new_mail_is_offered(self):
        self.submit(letter("offered"))
        self.wait_for(BOB, "offered")
        self.mua("sync")
        self.assertIn("1", self.bash("read", ""))


if __name__ == "__main__":
    sys.exit(main())
