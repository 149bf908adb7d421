#!/usr/bin/env python3
"""Thunderbird, when it is installed: an account over TLS with the domain's CA trusted, mail seen in INBOX,
mail sent, its copy in Sent, and news shown without asking."""

import base64
import ssl
import sys

from case import ALICE, BOB, USERS, Case, letter, main
from marionette import Thunderbird

TLS, STARTTLS = 3, 2  # nsMsgSocketType


class ThunderbirdTest(Case):
    needs = ("thunderbird",)

    def preferences(self, user):
        server, identity, sender = "mail.server.server1.", "mail.identity.id1.", "mail.smtpserver.smtp1."
        return {
            "mail.accountmanager.accounts": "account1", "mail.accountmanager.defaultaccount": "account1",
            "mail.account.account1.server": "server1", "mail.account.account1.identities": "id1",
            server + "type": "imap", server + "hostname": self.server.host, server + "port": self.server.ports.imaps,
            server + "userName": user, server + "name": user, server + "socketType": TLS, server + "authMethod": 3,
            identity + "fullName": "Bob", identity + "useremail": user, identity + "valid": True,
            identity + "smtpServer": "smtp1", identity + "compose_html": False,
            "mail.smtpservers": "smtp1", "mail.smtp.defaultserver": "smtp1", sender + "type": "smtp",
            sender + "hostname": self.server.host, sender + "port": self.server.ports.submission, sender + "username": user,
            sender + "authMethod": 3, sender + "try_ssl": STARTTLS,
        }

    def start(self, user):
        thunderbird = Thunderbird(self.preferences(user))
        self.addCleanup(thunderbird.stop)
        authority = base64.b64encode(ssl.PEM_cert_to_DER_cert(self.server.ca.read_text())).decode()
        thunderbird.run("""
            Cc['@mozilla.org/security/x509certdb;1'].getService(Ci.nsIX509CertDB).addCertFromBase64(args[0], 'C,,');
            for (const scheme of ['imap', 'smtp']) {
              const login = Cc['@mozilla.org/login-manager/loginInfo;1'].createInstance(Ci.nsILoginInfo);
              const url = scheme + '://' + args[1];
              login.init(url, null, url, args[2], args[3], '', '');
              await Services.logins.addLoginAsync(login);
            }""", authority, self.server.host, user, USERS[user])
        return thunderbird

    def sees(self, thunderbird, subject):
        thunderbird.run("""
            const server = MailServices.accounts.allServers.find(s => s.type == 'imap');
            const inbox = await until('INBOX', () => server.rootFolder.getFolderWithFlags(Ci.nsMsgFolderFlags.Inbox));
            await until('the message', () => {
              inbox.updateFolder(window.msgWindow);
              return [...inbox.messages].some(m => m.mime2DecodedSubject == args[0]);
            });""", subject)

    def send(self, thunderbird, subject, to):
        thunderbird.run("""
            const fields = Cc['@mozilla.org/messengercompose/composefields;1'].createInstance(Ci.nsIMsgCompFields);
            Object.assign(fields, {to: args[0], subject: args[1], body: 'From Thunderbird.'});
            const parameters = Cc['@mozilla.org/messengercompose/composeparams;1'].createInstance(Ci.nsIMsgComposeParams);
            parameters.composeFields = fields;
            parameters.identity = MailServices.accounts.allIdentities[0];
            parameters.format = Ci.nsIMsgCompFormat.PlainText;
            MailServices.compose.OpenComposeWindowWithParams(null, parameters);
            const compose = await until('a window', () => [...Services.wm.getEnumerator('msgcompose')].find(w =>
              w.document.readyState == 'complete' && w.gMsgCompose?.editor?.document && !w.gWindowLocked &&
              w.document.querySelector('#toAddrContainer mail-address-pill')));
            await new Promise(r => window.setTimeout(r, 500));
            compose.goDoCommand('cmd_sendNow');
            await until('the end of sending', () => compose.closed);""", to, subject)

    def test_there_and_back(self):
        self.submit(letter("전 to Thunderbird"))
        self.wait_for(BOB, "to Thunderbird")
        thunderbird = self.start(BOB)
        self.sees(thunderbird, "전 to Thunderbird")
        self.send(thunderbird, "from Thunderbird", ALICE)
        self.assertIn(b"From Thunderbird.", self.wait_for(ALICE, "from Thunderbird"))
        self.wait_for(BOB, "from Thunderbird", "Sent")


if __name__ == "__main__":
    sys.exit(main())
