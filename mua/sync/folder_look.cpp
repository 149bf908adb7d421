#include "mua/sync/folder_look.hpp"

#include <map>

#include "mua/sync/message_list.hpp"

namespace mua::sync {

namespace imap = mail::imap;
using mailstore::Transaction;

namespace {

// Where every folder has to be asked by itself, more of them would be a long silence.
constexpr std::size_t kMostAsked = 60;

using Statuses = std::map<std::string, FolderStatus>;

void collect(const Answer& answer, mail::NameForm form, Statuses& statuses) {
  for (const imap::Data& data : answer.data) {
    if (auto status = read_folder_status(data, form)) statuses[status->name] = *status;
  }
}

asio::awaitable<Statuses> ask_each(MailboxSync& mailbox, std::vector<Folder> folders) {
  const imap::Client& client = mailbox.session().client();
  std::vector<imap::Request> requests;
  for (const Folder& folder : folders) {
    if (!folder.selectable || folder.id == mailbox.folder()) continue;
    if (requests.size() < kMostAsked) {
      requests.push_back(imap::status(folder.name, status_items(client)));
    }
  }
  Statuses statuses;
  const std::vector<Answer> answers = co_await mailbox.session().run_all(std::move(requests));
  for (const Answer& answer : answers) {
    mailbox.take(answer);
    collect(answer, client.name_form(), statuses);
  }
  co_return statuses;
}

}  // namespace

asio::awaitable<std::vector<FolderId>> look_at_folders(MailboxSync& mailbox, LocalStore& store,
                                                       Events& events) {
  const imap::Client& client = mailbox.session().client();
  imap::Request request = list_all(client);
  const Answer answer = co_await mailbox.ask(std::move(request));
  if (!answer.status.ok()) throw refusal("cannot list the folders", answer.status);
  std::vector<imap::Mailbox> listed;
  for (const imap::Data& data : answer.data) {
    if (auto one = imap::read_list(data, client.name_form())) listed.push_back(std::move(*one));
  }
  Folders folders(store);
  bool changed = folders.replace(listed);
  Statuses statuses;
  collect(answer, client.name_form(), statuses);
  if (!lists_counts(client)) statuses = co_await ask_each(mailbox, folders.all());
  std::vector<FolderId> stale;
  {
    Transaction transaction(store.database(), Transaction::Kind::kUnsynced);
    for (const Folder& folder : folders.all()) {
      const auto found = statuses.find(folder.name);
      if (!folder.selectable || found == statuses.end()) continue;
      if (folders.set_counts(folder.id, found->second.counts)) changed = true;
      if (is_stale(folders.sync_point(folder.id), found->second, folder.cached)) {
        stale.push_back(folder.id);
      }
    }
    transaction.commit();
  }
  if (changed) events.put(FoldersChanged{});
  co_return stale;
}

}  // namespace mua::sync
