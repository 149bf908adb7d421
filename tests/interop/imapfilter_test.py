#!/usr/bin/env python3
"""imapfilter: searches of every kind, moves, copies, flags and deletions by a script in Lua."""

import sys

from case import BOB, USERS, Case, letter, main

SCRIPT = """
options.timeout = 30
options.create = true
options.expunge = true
options.certificates = true
options.truststore = "{ca}"
account = IMAP {{ server = "{host}", port = {port}, ssl = "auto", username = "{user}", password = "{password}" }}
local inbox = account.INBOX
inbox:check_status()
local bills = inbox:contain_subject("bill") * inbox:is_unseen()
bills:move_messages(account["Bills/2026"])
local big = inbox:is_larger(20000)
big:copy_messages(account.Big)
big:mark_flagged()
local spam = inbox:contain_from("spammer") + inbox:contain_body("lottery")
spam:delete_messages()
local regex = inbox:match_subject("^RE: \\\\d+$")
regex:add_flags({{ "$Matched" }})
print("mailboxes " .. table.concat(account:list_all("Bills"), ","))
print("rest " .. #inbox:select_all() .. " matched " .. #regex .. " since " .. #inbox:arrived_since("01-Jan-2000"))
account:subscribe_mailbox("Big")
account:rename_mailbox("Big", "Huge")
"""


class Imapfilter(Case):
    needs = ("imapfilter",)

    def test_a_script(self):
        client = self.imap(BOB)
        for number in range(4):
            self.put(client, letter(f"Your bill {number}"))
            self.put(client, letter(f"RE: {number}"))
        self.put(client, letter("big", "x" * 70 + "\n"), attachments=30_000)
        self.put(client, letter("prize", "You won the LOTTERY\n"))
        self.put(client, letter("hello", sender="spammer@example.net"))
        script = self.write("filter.lua", SCRIPT.format(ca=self.server.ca, host=self.server.host, user=BOB,
                                                        port=self.server.ports.imaps, password=USERS[BOB]))
        said = self.run_client("imapfilter", "-c", script, "-t", self.server.ca)
        self.assertIn("mailboxes Bills/2026\n", said)
        self.assertIn("rest 5 matched 4 since 5", said)
        self.assertEqual(self.count(BOB, "Bills/2026"), 4)
        self.assertEqual(self.count(BOB, "Huge"), 1)
        client.select("INBOX")
        self.assertEqual(len(client.search(None, "KEYWORD", "$Matched")[1][0].split()), 4)
        self.assertEqual(len(client.search(None, "FLAGGED")[1][0].split()), 1)

    def put(self, client, message, attachments=0):
        if attachments:
            message.add_attachment(bytes(attachments), maintype="application", subtype="octet-stream")
        client.append("INBOX", "", None, bytes(message).replace(b"\n", b"\r\n"))


if __name__ == "__main__":
    sys.exit(main())
