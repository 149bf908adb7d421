// mailctl user add|list|show|passwd|remove
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "mailctl/commands.hpp"
#include "mailctl/failure.hpp"
#include "mailctl/forward_words.hpp"
#include "mailctl/installation.hpp"
#include "mailctl/output.hpp"
#include "mailctl/password.hpp"
#include "mailstore/mailboxes.hpp"

namespace mailctl {
namespace {

boost::json::object object_of(const mailstore::AccountInfo& account) {
  return {{"id", account.id},
          {"address", account.address},
          {"created", shown_time(account.created_at)}};
}

struct Totals {
  std::size_t mailboxes = 0;
  std::uint64_t messages = 0, unseen = 0, octets = 0;
};

Totals totals_of(mailstore::Account& account) {
  Totals totals;
  for (const auto& mailbox : mailstore::list_mailboxes(account)) {
    const auto status = mailstore::mailbox_status(account, mailbox.id);
    if (!mailbox.selectable || !status) continue;
    ++totals.mailboxes;
    totals.messages += status->messages;
    totals.unseen += status->unseen;
    totals.octets += status->size;
  }
  return totals;
}

/// Aliases and other accounts whose mail goes to the account.
std::vector<std::string> ways_to(const mailstore::Directory& directory, mailstore::AccountId id) {
  std::vector<std::string> ways;
  const auto leads_there = [&](const std::vector<std::string>& targets) {
    return std::ranges::any_of(targets, [&](const std::string& target) {
      const auto account = directory.find_account(target);
      return account && account->id == id;
    });
  };
  for (const auto& alias : directory.aliases())
    if (leads_there(alias.targets)) ways.push_back(alias.address);
  for (const auto& account : directory.accounts())
    if (leads_there(directory.forwarding(account.id).targets)) ways.push_back(account.address);
  return ways;
}

}  // namespace

void user_add(const Options& options) {
  Installation here(options);
  const auto address = here.complete(options.name);
  if (here.directory().find_account(address))
    throw store_failure(mailstore::Failure::kAlreadyExists, address);
  const auto password = new_password(options.password, address);
  const auto account = check(here.directory().add_account(address, password), address);
  here.store.account(account.id);  // makes its mailboxes
  print_outcome(options.format, object_of(account), account.address + " is created");
}

void user_list(const Options& options) {
  Installation here(options);
  std::vector<Row> rows;
  for (const auto& account : here.directory().accounts())
    rows.push_back({object_of(account), {account.address, shown_time(account.created_at)}});
  print_list(options.format, {"ADDRESS", "CREATED"}, rows,
             "There are no accounts; `mailctl user add NAME@DOMAIN` makes one.");
}

void user_show(const Options& options) {
  Installation here(options);
  const auto account = here.account(options.name);
  const auto totals = totals_of(*here.store.account(account.id));
  const auto folder = here.store.account_folder(account.id).string();
  auto object = object_of(account);
  object["mailboxes"] = totals.mailboxes;
  object["messages"] = totals.messages;
  object["unseen"] = totals.unseen;
  object["octets"] = totals.octets;
  object["folder"] = folder;
  const auto forwarding = here.directory().forwarding(account.id);
  for (const auto& member : object_of(forwarding)) object.insert(member);
  print_outcome(
      options.format, object,
      fmt::format("address    {}\ncreated    {}\nmailboxes  {}\nmessages   {} ({} unseen)\n"
                  "octets     {}\nfolder     {}\nmail       {}",
                  account.address, shown_time(account.created_at), totals.mailboxes,
                  totals.messages, totals.unseen, totals.octets, folder, describe(forwarding)));
}

void user_passwd(const Options& options) {
  Installation here(options);
  const auto account = here.account(options.name);
  const auto password = new_password(options.password, account.address);
  check(here.directory().set_password(account.address, password), account.address);
  print_outcome(options.format, object_of(account),
                "the password of " + account.address + " is changed");
}

void user_remove(const Options& options) {
  Installation here(options);
  const auto account = here.account(options.name);
  const auto folder = here.store.account_folder(account.id);
  const auto ways = ways_to(here.directory(), account.id);
  check(here.directory().remove_account(account.address), account.address);
  auto object = object_of(account);
  const bool purge = options.folder == Folder::kPurge;
  if (purge) std::filesystem::remove_all(folder);
  object["folder"] = folder.string();
  object["purged"] = purge;
  object["still_lead_there"] = boost::json::array(ways.begin(), ways.end());
  auto sentence = purge ? fmt::format("{} and its mail are removed", account.address)
                        : fmt::format(
                              "{} is removed; its mail stays in {}, delete that folder "
                              "when you are sure",
                              account.address, folder.string());
  if (!ways.empty())
    sentence += fmt::format("\nStill lead there: {}; `mailctl alias` and `user forward` change it",
                            fmt::join(ways, ", "));
  print_outcome(options.format, object, sentence);
}

}  // namespace mailctl
