#include <fmt/format.h>
#include <fmt/ranges.h>

#include <ctime>

#include "mua/commands.hpp"
#include "mua/output.hpp"
#include "mua/password.hpp"
#include "mua/printable.hpp"
#include "mua/rows.hpp"
#include "mua/sync/actions.hpp"
#include "mua/sync/drafts.hpp"
#include "mua/sync_once.hpp"

namespace mua {

namespace {

boost::json::object json_of_entry(const sync::Entry& entry) {
  boost::json::array recipients;
  for (const std::string& one : entry.recipients) recipients.push_back(boost::json::string(one));
  boost::json::object out{{"entry", entry.id},        {"state", name_of(entry.state)},
                          {"subject", entry.label},   {"message_id", entry.message_id},
                          {"recipients", recipients}, {"made", iso_date({entry.made_at, 0})},
                          {"tries", entry.tries}};
  if (entry.state == sync::EntryState::kWaiting) {
    out["due"] = iso_date({entry.not_before / 1000, 0});
  }
  if (!entry.said.empty()) out["said"] = entry.said;
  if (!entry.advice.empty()) out["advice"] = entry.advice;
  return out;
}

std::string lines_of_entry(const sync::Entry& entry) {
  std::string out =
      fmt::format("{:>5} {:<8} {} {}\n", entry.id, name_of(entry.state),
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
  throw Failure(ExitCode::kNotFound, fmt::format("the outbox has no entry {}", id),
                "mua outbox lists what it has.");
}

/// Sends it now; what became of it.
void retry(const Account& account, sync::LocalStore& store, sync::EntryId id, Format format) {
  sync::Actions(store).send_now(id, std::time(nullptr));
  SyncWatch watch;
  watch.entry = id;
  const SyncResult result = sync_once(account, password_of(account), std::move(watch));
  const auto entry = sync::Journal(store).find(id);
  if (format == Format::kJson && entry) print(json_of_entry(*entry));
  if (entry && entry->state == sync::EntryState::kDone) {
    if (format == Format::kText) print("sent: " + printable(entry->label) + "\n");
    return;
  }
  if (entry && entry->state == sync::EntryState::kFailed) {
    throw Failure(ExitCode::kRefused, entry->said, entry->advice);
  }
  require_synchronised(result);
}

void take_back(sync::LocalStore& store, const OutboxOptions& options, Format format) {
  const auto undone = sync::Actions(store).take_back(options.entry, std::time(nullptr));
  if (!undone) {
    throw Failure(ExitCode::kRefused, "it is on its way already",
                  "mua outbox shows what becomes of it.");
  }
  boost::json::object out{{"undone", undone->what}, {"draft", nullptr}};
  if (undone->draft && options.action == "discard") {
    sync::Drafts(store).remove(*undone->draft);
  } else if (undone->draft) {
    out["draft"] = *undone->draft;
    if (format == Format::kText) print(fmt::format("it is draft {} now\n", *undone->draft));
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
  require_entry(journal, options.entry);
  if (options.action == "retry") {
    retry(account, store, options.entry, common.format);
  } else {
    take_back(store, options, common.format);
  }
  co_return ExitCode::kOk;
}

}  // namespace mua
