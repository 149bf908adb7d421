#include "mua/sync/folder_look.hpp"

#include <map>
#include <utility>

#include "mua/sync/message_list.hpp"

namespace mua::sync {

namespace imap = mail::imap;
using mailstore::Transaction;

namespace {

// Where every folder has to be asked by itself, more of them would be a long silence.
constexpr std::size_t kMostAsked = 60;

}  // namespace

bool FolderLooks::can_be_told() const {
  const imap::Client& client = mailbox_.session().client();
  // Without QRESYNC what is told at any time would move sequence numbers.
  return client.has("NOTIFY") && client.has("QRESYNC") && lists_counts(client) &&
         mailbox_.enabled();
}

asio::awaitable<std::vector<FolderId>> FolderLooks::all() {
  mailbox_.forget_told();
  const imap::Client& client = mailbox_.session().client();
  std::vector<imap::Request> requests;
  const bool asks = !std::exchange(asked_, true) && can_be_told();
  if (asks) requests.push_back(notify_of_all());
  requests.push_back(list_all(client));
  std::vector<Answer> answers = co_await mailbox_.session().run_all(std::move(requests));
  if (asks && answers.front().status.ok()) mailbox_.session().be_told_by_itself();
  for (const Answer& answer : answers) mailbox_.take(answer);
  mailbox_.forget_told();  // it is what was asked for
  const Answer& listed = answers.back();
  if (!listed.status.ok()) throw refusal("cannot list the folders", listed.status);
  take_list(answers);
  std::vector<FolderId> stale;
  if (lists_counts(client)) {
    stale = take_counts(answers);
  } else {
    stale = co_await ask_each(folders_.all());
  }
  if (std::exchange(changed_, false)) events_.put(FoldersChanged{});
  co_return stale;
}

asio::awaitable<std::vector<FolderId>> FolderLooks::those_told() {
  std::vector<Folder> folders;
  for (const std::string& name : mailbox_.told().folders) {
    if (auto folder = folders_.find(name)) folders.push_back(std::move(*folder));
  }
  mailbox_.forget_told_folders();
  std::vector<FolderId> stale = co_await ask_each(std::move(folders));
  if (std::exchange(changed_, false)) events_.put(FoldersChanged{});
  co_return stale;
}

// A server may list while it has not answered NOTIFY yet.
void FolderLooks::take_list(const std::vector<Answer>& answers) {
  const mail::NameForm form = mailbox_.session().client().name_form();
  std::vector<imap::Mailbox> listed;
  for (const Answer& answer : answers) {
    for (const imap::Data& data : answer.data) {
      if (auto one = imap::read_list(data, form)) listed.push_back(std::move(*one));
    }
  }
  if (folders_.replace(listed)) changed_ = true;
}

std::vector<FolderId> FolderLooks::take_counts(const std::vector<Answer>& answers) {
  const mail::NameForm form = mailbox_.session().client().name_form();
  std::map<std::string, FolderStatus> statuses;
  for (const Answer& answer : answers) {
    for (const imap::Data& data : answer.data) {
      if (auto status = read_folder_status(data, form)) statuses[status->name] = *status;
    }
  }
  std::vector<FolderId> stale;
  Transaction transaction(store_.database(), Transaction::Kind::kUnsynced);
  for (const Folder& folder : folders_.all()) {
    const auto found = statuses.find(folder.name);
    if (!folder.selectable || found == statuses.end()) continue;
    if (folders_.set_counts(folder.id, found->second.counts)) changed_ = true;
    if (is_stale(folders_.sync_point(folder.id), found->second, folder.cached)) {
      stale.push_back(folder.id);
    }
  }
  transaction.commit();
  return stale;
}

asio::awaitable<std::vector<FolderId>> FolderLooks::ask_each(std::vector<Folder> folders) {
  const imap::Client& client = mailbox_.session().client();
  std::vector<imap::Request> requests;
  for (const Folder& folder : folders) {
    if (!folder.selectable || folder.id == mailbox_.folder()) continue;
    if (requests.size() < kMostAsked) {
      requests.push_back(imap::status(folder.name, status_items(client)));
    }
  }
  const std::vector<Answer> answers = co_await mailbox_.session().run_all(std::move(requests));
  for (const Answer& answer : answers) mailbox_.take(answer);
  for (const Folder& folder : folders) mailbox_.forget_told_folder(folder.name);
  co_return take_counts(answers);
}

}  // namespace mua::sync
