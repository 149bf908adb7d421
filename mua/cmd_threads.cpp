#include <fmt/format.h>

#include <ctime>

#include "mua/commands.hpp"
#include "mua/local_rows.hpp"
#include "mua/output.hpp"
#include "mua/printable.hpp"
#include "mua/sync/message_list.hpp"

namespace mua {

namespace {

constexpr std::size_t kSender = 22;

/// A message and how deep it stands below the first of its thread.
struct Branch {
  Row row;
  unsigned depth = 0;
};

std::vector<Branch> branches(sync::MessageList& list, const sync::Folder& folder,
                             std::uint32_t uid_validity, sync::ThreadId thread) {
  std::vector<Branch> out;
  for (const sync::Row& row : list.thread(folder.id, thread)) {
    if (const auto header = list.header(row.id)) {
      out.push_back({row_of(folder, uid_validity, *header), row.depth});
    }
  }
  return out;
}

std::string line_of(const Branch& branch) {
  const auto& message = branch.row.message;
  const auto& from = message.envelope->from;
  const std::string who = from.empty()                ? ""
                          : from.front().name.empty() ? from.front().address.to_string()
                                                      : from.front().name;
  const bool unread = (message.flags->system & mail::kSeen) == 0;
  std::string line =
      fmt::format("{:>7} {} {} {} {}{}", branch.row.ref.brief(), unread ? 'N' : ' ',
                  fit_to_width(short_date(message.internal_date->seconds, std::time(nullptr)), 12),
                  fit_to_width(printable(who), kSender), std::string(2 * branch.depth, ' '),
                  printable(message.envelope->subject));
  if (const std::size_t width = terminal_width(); width > 0) line = cut_to_width(line, width);
  return line + "\n";
}

std::string to_lines(const std::vector<Branch>& all) {
  std::string out;
  for (const Branch& branch : all) out += line_of(branch);
  return out;
}

boost::json::object to_json(const sync::ThreadRow& thread, const std::vector<Branch>& all) {
  boost::json::array messages;
  for (const Branch& branch : all) {
    boost::json::object one = row_json(branch.row);
    one["depth"] = branch.depth;
    messages.push_back(std::move(one));
  }
  return {{"count", thread.count},
          {"unread", thread.unread},
          {"subject", thread.newest.subject},
          {"messages", messages}};
}

}  // namespace

asio::awaitable<ExitCode> threads(CommonOptions common, ThreadsOptions options) {
  const Account account = find_account(common);
  sync::LocalStore store(sync::store_file(account.settings, account.address));
  const sync::Folder folder = require_folder(store, options.mailbox);
  const std::uint32_t uid_validity = sync::Folders(store).sync_point(folder.id).uid_validity;
  sync::MessageList list(store);
  const auto branches_of = [&](const sync::ThreadRow& thread) {
    return branches(list, folder, uid_validity, thread.thread);
  };
  print_list(
      list.threads(folder.id, 0, options.limit), common.format,
      [&](const sync::ThreadRow& thread) { return to_lines(branches_of(thread)); },
      [&](const sync::ThreadRow& thread) { return to_json(thread, branches_of(thread)); });
  co_return ExitCode::kOk;
}

}  // namespace mua
