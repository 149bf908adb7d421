#!/usr/bin/env python3
"""neomutt: sends with an attachment by submission, and reads and deletes in a terminal as a person would."""

import sys

from case import main
from mutt_case import MuttCase


class Neomutt(MuttCase):
    needs = ("neomutt", "tmux")
    program = "neomutt"
    # Debian 12's neomutt picks SCRAM-SHA-256-PLUS where it is offered, then lacks the channel binding for it.
    program_settings = """
set ssl_ca_certificates_file = {ca}
set abort_key = "\\Cx"
set smtp_authenticators = "plain"
"""


del MuttCase  # unittest would run it on its own

if __name__ == "__main__":
    sys.exit(main())
