#include "mail/header.hpp"
#include "mua/commands.hpp"
#include "mua/contents.hpp"
#include "mua/output.hpp"
#include "mua/password.hpp"
#include "mua/seals.hpp"

namespace mua {

namespace {

ExitCode tell(const MessageRef& ref, const std::string& octets, Format format) {
  const crypt::Opened opened = open_seals(octets);
  const std::string& read = opened.octets.empty() ? octets : opened.octets;
  const auto from = mail::parse_address_list(mail::field_value(read, "From"));
  if (format == Format::kJson) {
    boost::json::object out = seals_json(opened, from);
    out["id"] = ref.full();
    print(out);
  } else {
    print(seals_text(opened, from));
  }
  if (!has_seals(opened)) {
    throw Failure(ExitCode::kNotFound, ref.brief() + " is neither signed nor encrypted");
  }
  if (all_good(opened, from)) return ExitCode::kOk;
  throw Failure(ExitCode::kFailed, "not all of " + ref.brief() + " is good",
                "Don't rely on whom it says it is from before that is explained.");
}

}  // namespace

asio::awaitable<ExitCode> verify(CommonOptions common, VerifyOptions options) {
  const MessageRef named = require_ref(options.id);
  const Account account = find_account(common);
  ImapSession session(account, password_of(account));
  co_await session.open();
  const MessageRef ref = co_await select_mailbox_of(session, named, mail::imap::Access::kReadOnly);
  const std::string octets = co_await fetch_section(session, ref, "");
  co_await session.close();
  co_return tell(ref, octets, common.format);
}

}  // namespace mua
