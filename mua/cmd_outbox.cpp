#include <fmt/format.h>
#include <fmt/ranges.h>

#include <ctime>

#include "mua/commands.hpp"
#include "mua/outbox_entry.hpp"
#include "mua/output.hpp"
#include "mua/printable.hpp"
#include "mua/rows.hpp"
#include "mua/sync/drafts.hpp"
#include "mua/sync/undo.hpp"

namespace mua {

namespace {

std::string lines_of_entry(const sync::Entry& entry) {
  std::string out =
      fmt::format("{:>5} {:<8} {} {}\n", sync::number_within(entry.id), name_of(entry.state),
                  fit_to_width(printable(fmt::format("{}", fmt::join(entry.recipients, ", "))), 28),
                  printable(entry.label));
  for (const std::string& words : {entry.said, entry.advice}) {
    if (!words.empty()) out += "      " + printable(words) + "\n";
  }
  return out;
}

sync::Entry require_entry(sync::Journal& journal, sync::EntryId id) {
  if (id == 0) throw Failure(ExitCode::kUsage, "which one?", "mua outbox lists them by number.");
  for (const sync::Entry& entry : journal.outbox()) {
    if (entry.id == id) return entry;
  }
  throw Failure(ExitCode::kNotFound,
                fmt::format("the outbox has no entry {}", sync::number_within(id)),
                "mua outbox lists what it has.");
}

void take_back(sync::LocalStore& store, const OutboxOptions& options, Format format) {
  const auto undone = sync::Undo(store).take_back(options.entry, std::time(nullptr));
  if (!undone) {
    throw Failure(ExitCode::kRefused, "it is on its way already",
                  "mua outbox shows what becomes of it.");
  }
  boost::json::object out{{"undone", undone->what}, {"draft", nullptr}};
  if (undone->draft && options.action == "discard") {
    sync::Drafts(store).remove(*undone->draft);
  } else if (undone->draft) {
    const std::int64_t number = sync::number_within(*undone->draft);
    out["draft"] = number;
    if (format == Format::kText) print(fmt::format("it is draft {} now\n", number));
  }
  if (format == Format::kJson) print(out);
}

}  // namespace

asio::awaitable<ExitCode> outbox(CommonOptions common, OutboxOptions options) {
  const Account account = find_account(common);
  sync::LocalStore store(sync::store_file(account.settings, account.address));
  sync::Journal journal(store);
  if (options.action.empty()) {
    print_list(journal.outbox(), common.format, lines_of_entry, json_of_entry);
    co_return ExitCode::kOk;
  }
  if (options.entry != 0) options.entry = store.id_of(options.entry);
  require_entry(journal, options.entry);
  if (options.action == "retry") {
    send_entry(account, store, options.entry, common.format);
  } else {
    take_back(store, options, common.format);
  }
  co_return ExitCode::kOk;
}

}  // namespace mua
