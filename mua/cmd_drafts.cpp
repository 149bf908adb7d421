#include <fmt/format.h>

#include <ctime>

#include "mua/commands.hpp"
#include "mua/output.hpp"
#include "mua/printable.hpp"
#include "mua/rows.hpp"
#include "mua/screen/letter.hpp"
#include "mua/sync/drafts.hpp"

namespace mua {

namespace {

boost::json::object json_of_draft(const sync::LocalDraft& draft) {
  const screen::Letter letter = screen::letter_from_text(draft.content);
  return {{"draft", draft.id},   {"saved", iso_date({draft.saved_at, 0})},
          {"to", letter.to},     {"cc", letter.cc},
          {"bcc", letter.bcc},   {"subject", letter.subject},
          {"text", letter.text}, {"attachments", letter.enclosures.size()}};
}

std::string line_of_draft(const sync::LocalDraft& draft) {
  const screen::Letter letter = screen::letter_from_text(draft.content);
  return fmt::format("{:>5} {} {} {}\n", draft.id,
                     fit_to_width(short_date(draft.saved_at, std::time(nullptr)), 12),
                     fit_to_width(printable(letter.to), 28),
                     letter.subject.empty() ? "(no subject)" : printable(letter.subject));
}

sync::LocalDraft require_draft(sync::Drafts& drafts, sync::DraftId id) {
  if (id == 0) throw Failure(ExitCode::kUsage, "which one?", "mua drafts lists them by number.");
  if (auto draft = drafts.find(id)) return std::move(*draft);
  throw Failure(ExitCode::kNotFound, fmt::format("there is no draft {}", id),
                "mua drafts lists them.");
}

}  // namespace

asio::awaitable<ExitCode> drafts(CommonOptions common, DraftsOptions options) {
  const Account account = find_account(common);
  sync::LocalStore store(sync::store_file(account.settings, account.address));
  sync::Drafts drafts(store);
  if (options.action.empty()) {
    print_list(drafts.all(), common.format, line_of_draft, json_of_draft);
    co_return ExitCode::kOk;
  }
  const sync::LocalDraft draft = require_draft(drafts, options.draft);
  if (options.action == "discard") drafts.remove(draft.id);
  if (common.format == Format::kJson) {
    print(json_of_draft(draft));
  } else if (options.action == "show") {
    print(printable_lines(draft.content));
  }
  co_return ExitCode::kOk;
}

}  // namespace mua
