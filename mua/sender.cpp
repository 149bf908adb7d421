#include "mua/sender.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "mail/ascii.hpp"
#include "mua/settings.hpp"

namespace mua {

screen::Writer writer_of(const CommonOptions& common, const Account& account) {
  screen::Writer writer{account, "", {}};
  const Settings settings = find_settings(common);
  std::copy_if(settings.identities.begin(), settings.identities.end(),
               std::back_inserter(writer.identities),
               [&](const Identity& one) { return one.account == account.address; });
  return writer;
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

}  // namespace mua
