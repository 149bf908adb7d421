// Commands of writing: beginning letters, attaching, sending, keeping them.
#pragma once

#include <string>

namespace mua::screen {

class Client;

void compose(Client& client, const std::string& address);
void reply_sender(Client& client, const std::string&);
void reply_all(Client& client, const std::string&);
void forward_message(Client& client, const std::string&);
/// As it came, as an attachment.
void forward_attached_message(Client& client, const std::string&);
/// Sends a message on as it is (RFC 5322 §3.6.6).
void bounce(Client& client, const std::string& address);
void edit_draft(Client& client, const std::string&);
void drafts(Client& client, const std::string&);
void send_letter(Client& client, const std::string&);
void attach(Client& client, const std::string& file);
void detach(Client& client, const std::string&);
void use_editor(Client& client, const std::string&);
/// With OpenPGP, when it is sent.
void toggle_signing(Client& client, const std::string&);
void toggle_encryption(Client& client, const std::string&);
void close_letter(Client& client, const std::string&);

}  // namespace mua::screen
