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

boost::json::object to_json(const sync::LocalDraft& draft) {
  const screen::Letter letter = screen::letter_from_text(draft.content);
  return {{"draft", draft.id},   {"saved", iso_date({draft.saved_at, 0})},
          {"to", letter.to},     {"cc", letter.cc},
          {"bcc", letter.bcc},   {"subject", letter.subject},
          {"text", letter.text}, {"attachments", letter.enclosures.size()}};
}

std::string to_line(const sync::LocalDraft& draft) {
  const screen::Letter letter = screen::letter_from_text(draft.content);
  return fmt::format("{:>5} {} {} {}\n", draft.id,
                     fit_to_width(short_date(draft.saved_at, std::time(nullptr)), 12),
                     fit_to_width(printable(letter.to), 28),
                     letter.subject.empty() ? "(no subject)" : printable(letter.subject));
}

void list(sync::Drafts& drafts, Format format) {
  boost::json::array out;
  for (const sync::LocalDraft& draft : drafts.all()) {
    out.push_back(to_json(draft));
    if (format == Format::kText) print(to_line(draft));
  }
  if (format == Format::kJson) print(out);
}

}  // namespace

asio::awaitable<ExitCode> drafts(CommonOptions common, DraftsOptions options) {
  const Account account = find_account(common);
  sync::LocalStore store(sync::store_file(account.settings, account.address));
  sync::Drafts drafts(store);
  if (options.action.empty()) {
    list(drafts, common.format);
    co_return ExitCode::kOk;
  }
  const auto draft = drafts.find(options.draft);
  if (!draft) {
    throw Failure(ExitCode::kNotFound, fmt::format("there is no draft {}", options.draft),
                  "mua drafts lists them.");
  }
  if (options.action == "discard") drafts.remove(draft->id);
  if (common.format == Format::kJson) {
    print(to_json(*draft));
  } else if (options.action == "show") {
    print(printable_lines(draft->content));
  }
  co_return ExitCode::kOk;
}

}  // namespace mua
