#include "mua/sender.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>

#include "mail/ascii.hpp"
#include "mua/settings.hpp"

namespace mua {

namespace {

std::string signature_beside(const std::filesystem::path& settings) {
  std::ostringstream text;
  std::ifstream in(settings.parent_path() / "signature", std::ios::binary);
  if (in) text << in.rdbuf();
  std::string out = std::move(text).str();
  while (out.ends_with('\n')) out.pop_back();
  return out;
}

const Identity* identity_of(const screen::Writer& writer, const mail::Address& from) {
  const auto found = std::find_if(
      writer.identities.begin(), writer.identities.end(),
      [&](const Identity& one) { return mail::same_ignoring_case(one.address, from.to_string()); });
  return found == writer.identities.end() ? nullptr : &*found;
}

}  // namespace

screen::Writer writer_of(const Account& account, const Settings& settings) {
  screen::Writer writer{account, signature_beside(account.settings), {}};
  std::copy_if(settings.identities.begin(), settings.identities.end(),
               std::back_inserter(writer.identities),
               [&](const Identity& one) { return one.account == account.address; });
  return writer;
}

screen::Writer writer_of(const CommonOptions& common, const Account& account) {
  return writer_of(account, find_settings(common));
}

mail::NamedAddress sender_of(const screen::Writer& writer, const std::string& wanted) {
  std::string known;
  for (const screen::Sender& sender : screen::senders(writer)) {
    const auto typed = mail::parse_address_list(sender.typed);
    if (typed.empty()) continue;
    const std::string address = typed.front().address.to_string();
    if (wanted.empty() || mail::same_ignoring_case(address, wanted)) return typed.front();
    known += (known.empty() ? "" : ", ") + address;
  }
  throw Failure(ExitCode::kUsage,
                fmt::format("{} is no address of yours; known are {}", wanted, known),
                "[[identity]] in the settings adds one.");
}

std::string signature_of(const screen::Writer& writer, const mail::Address& from) {
  for (const screen::Sender& sender : screen::senders(writer)) {
    const auto typed = mail::parse_address_list(sender.typed);
    const bool is_it = !typed.empty() && mail::same_ignoring_case(typed.front().address.to_string(),
                                                                  from.to_string());
    if (is_it) return sender.signature;
  }
  return "";
}

void set_sender(mail::Draft& draft, const screen::Writer& writer, mail::NamedAddress from) {
  const Identity* identity = identity_of(writer, from.address);
  draft.reply_to.clear();
  if (identity && !identity->reply_to.empty()) {
    draft.reply_to = mail::parse_address_list(identity->reply_to);
  }
  draft.from = std::move(from);
}

std::string signing_key_of(const screen::Writer& writer, const mail::Address& from) {
  const Identity* identity = identity_of(writer, from);
  return identity ? identity->key : "";
}

}  // namespace mua
