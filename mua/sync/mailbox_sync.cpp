#include "mua/sync/mailbox_sync.hpp"

#include <algorithm>
#include <utility>

#include "mua/selection.hpp"
#include "mua/sync/message_list.hpp"

namespace mua::sync {

namespace imap = mail::imap;
using imap::Fetched;
using mailstore::Transaction;

namespace {

constexpr std::uint32_t kScreenful = 60;
constexpr std::size_t kBatch = 32;   // of a transaction: about ten milliseconds
constexpr std::size_t kTaken = 200;  // of flags, the same
// How much later than the last look its time may be told, in seconds.
constexpr std::int64_t kLookTold = 60;

std::optional<std::uint64_t> code_number(const Answer& answer, std::string_view name) {
  return imap::Node{imap::Node::Kind::kAtom, answer.code(name), {}}.number();
}

std::uint32_t code_uid(const Answer& answer, std::string_view name) {
  return static_cast<std::uint32_t>(code_number(answer, name).value_or(0));
}

mail::SequenceSet one_range(std::uint32_t first, std::uint32_t last) {
  return mail::SequenceSet({{first, last}});
}

}  // namespace

MailboxSync::MailboxSync(ImapSession& session, LocalStore& store, Events& events,
                         std::function<std::int64_t()> now)
    : session_(session), store_(store), events_(events), now_(std::move(now)) {}

// --- Selecting ---

/// ENABLE, SELECT and the newest screenful in one round trip.
std::vector<imap::Request> MailboxSync::opening(const std::string& name) const {
  const imap::Client& client = session_.client();
  std::vector<imap::Request> requests;
  const Resync resync = resync_of(client);
  if (!enabled_ && resync == Resync::kQresync) requests.push_back(imap::enable("QRESYNC"));
  requests.push_back(select_since(name, point_, resync));
  if (point_.lowest == 0 && client.has("PARTIAL")) {
    requests.push_back(fetch_newest(kHeaderItems, kScreenful));
  }
  return requests;
}

asio::awaitable<void> MailboxSync::enter(FolderId folder) {
  if (folder == folder_) co_return;
  const auto found = folders_.find(folder);
  if (!found) throw Failure(ExitCode::kNotFound, "there is no such folder any more");
  folder_ = 0;
  point_ = folders_.sync_point(folder);
  gap_.reset();
  unnamed_.clear();
  new_ = flags_ = vanished_ = settled_ = false;
  width_ = kSlice;
  exists_ = 0;
  highest_ = point_.modseq;
  is_sent_ = found->use == SpecialUse::kSent;
  std::vector<imap::Request> requests = opening(found->name);
  std::vector<Answer> answers = co_await session_.run_all(std::move(requests));
  const bool with_enable = !enabled_ && resync_of(session_.client()) == Resync::kQresync;
  if (with_enable) answers.erase(answers.begin());
  enabled_ = true;
  if (!answers.front().status.ok()) throw refusal(found->name, answers.front().status);
  folder_ = folder;
  co_await opened(std::move(answers));
}

asio::awaitable<void> MailboxSync::opened(std::vector<Answer> answers) {
  const Answer& selected = answers.front();
  const std::uint32_t validity = code_uid(selected, "UIDVALIDITY");
  const std::uint32_t uid_next = code_uid(selected, "UIDNEXT");
  if (validity != point_.uid_validity) {
    Transaction transaction(store_.database(), Transaction::Kind::kUnsynced);
    if (point_.uid_validity != 0) writer_.forget(folder_);
    point_ = {validity, 0, 0, 0};
    transaction.commit();
    changed_ = true;
  }
  take(selected);
  new_ = false;  // EXISTS told how many there are, not that there are more
  highest_ = code_number(selected, "HIGHESTMODSEQ").value_or(0);
  if (point_.lowest == 0) {
    point_.uid_next = uid_next;
    point_.modseq = highest_;
    std::optional<Answer> newest;
    if (answers.size() > 1 && answers[1].status.ok()) newest = std::move(answers[1]);
    co_await begin_fresh(std::move(newest));
  } else {
    begin_again(uid_next);
  }
}

asio::awaitable<void> MailboxSync::begin_fresh(std::optional<Answer> newest) {
  if (!newest && exists_ > 0) {
    const std::uint32_t first = exists_ > kScreenful ? exists_ - kScreenful + 1 : 1;
    imap::Request request = imap::fetch(one_range(first, exists_), kHeaderItems);
    newest = co_await session_.must(std::move(request), "cannot fetch");
  }
  Messages messages;
  if (newest) messages = fetched_of(*newest);
  std::uint32_t lowest = point_.uid_next;
  std::uint32_t highest = 0;
  for (const Fetched& message : messages) {
    lowest = std::min(lowest, *message.uid);
    highest = std::max(highest, *message.uid);
  }
  const bool all = messages.size() >= exists_;
  keep(std::move(messages));
  point_.uid_next = std::max(point_.uid_next, highest + 1);
  point_.lowest = all ? 1 : std::max(lowest, 1u);
  save();
  events_.put(FolderChanged{folder_});
}

/// What changed since the last time; with QRESYNC it was told already, but for the headers of what
/// is new.
void MailboxSync::begin_again(std::uint32_t uid_next) {
  const bool told =
      enabled_ && resync_of(session_.client()) == Resync::kQresync && point_.modseq != 0;
  const bool same = highest_ != 0 && highest_ == point_.modseq;
  flags_ = vanished_ = !told && !same;
  if (uid_next > point_.uid_next) gap_ = Gap{point_.uid_next, uid_next - 1, uid_next - 1};
  if (uid_next == 0) new_ = true;  // it says nothing: look
}

// --- What is said ---

asio::awaitable<Answer> MailboxSync::ask(imap::Request request) {
  Answer answer = co_await session_.run(std::move(request));
  take(answer);
  co_return answer;
}

void MailboxSync::take(const Answer& answer) {
  hear(answer);
  if (folder_ == 0) return;
  for (std::size_t begin = 0; begin < answer.data.size(); begin += kTaken) {
    Transaction transaction(store_.database(), Transaction::Kind::kUnsynced);
    const std::size_t end = std::min(begin + kTaken, answer.data.size());
    for (std::size_t i = begin; i < end; ++i) take_data(answer.data[i]);
    transaction.commit();
  }
  for (const imap::Status& said : answer.said) {
    if (said.code.name == "ALERT") events_.put(Notice{said.text});
  }
  if (changed_) events_.put(FolderChanged{folder_});
  if (changed_ || new_ || vanished_) settled_ = false;
  changed_ = false;
}

/// Of other folders (RFC 5465).
void MailboxSync::hear(const Answer& answer) {
  const mail::NameForm form = session_.client().name_form();
  for (const imap::Data& data : answer.data) {
    if (data.keyword == "LIST") told_.names = true;
    if (data.keyword != "STATUS") continue;
    if (const auto status = imap::read_status(data, form)) told_.folders.insert(status->name);
  }
  // It stops telling (RFC 5465 §5.8): all is looked at again, and every minute from now on.
  for (const imap::Status& said : answer.said) {
    if (said.code.name != "NOTIFICATIONOVERFLOW") continue;
    session_.no_longer_told();
    told_.names = true;
  }
}

void MailboxSync::take_data(const imap::Data& data) {
  if (data.keyword == "EXISTS") {
    if (data.number > exists_) new_ = true;
    exists_ = data.number;
  } else if (data.keyword == "EXPUNGE") {
    if (exists_ > 0) --exists_;
    vanished_ = true;
  } else if (const auto vanished = read_vanished(data)) {
    const std::size_t gone = writer_.vanish(folder_, *vanished);
    const bool earlier = data.values.front().is_list();
    if (!earlier) exists_ -= std::min(exists_, static_cast<std::uint32_t>(gone));
    if (gone > 0) changed_ = true;
  } else if (const auto fetched = imap::read_fetch(data)) {
    take_flags(*fetched);
  }
}

void MailboxSync::take_flags(const Fetched& fetched) {
  if (fetched.modseq) highest_ = std::max(highest_, *fetched.modseq);
  if (!fetched.flags) return;
  if (!fetched.uid) {
    unnamed_.push_back(fetched.sequence);
  } else if (writer_.set_flags(folder_, *fetched.uid, *fetched.flags)) {
    changed_ = true;
  }
}

// --- Keeping ---

std::vector<MessageId> MailboxSync::keep(Messages messages) {
  std::sort(messages.begin(), messages.end(),
            [](const Fetched& a, const Fetched& b) { return *a.uid > *b.uid; });
  std::vector<MessageId> fresh;
  for (std::size_t begin = 0; begin < messages.size(); begin += kBatch) {
    Transaction transaction(store_.database(), Transaction::Kind::kUnsynced);
    const std::size_t end = std::min(begin + kBatch, messages.size());
    for (std::size_t i = begin; i < end; ++i) {
      const auto id = writer_.put(folder_, messages[i]);
      if (!id) continue;
      fresh.push_back(*id);
      meet(*id);
    }
    transaction.commit();
  }
  return fresh;
}

void MailboxSync::meet(MessageId message) {
  const auto row = MessageList(store_).row(message);
  if (!row) return;
  for (const mail::NamedAddress& person : is_sent_ ? row->to : row->from) {
    people_.note(person, is_sent_ ? People::Met::kWrittenTo : People::Met::kSeen, row->date);
  }
}

asio::awaitable<MailboxSync::Messages> MailboxSync::fetch(mail::NumberRange uids) {
  imap::Request request = imap::uid_fetch(one_range(uids.first, uids.last), kHeaderItems);
  const Answer answer = co_await session_.must(std::move(request), "cannot fetch");
  Messages messages;
  Answer rest;  // what others changed meanwhile is told among them
  for (const imap::Data& data : answer.data) {
    auto fetched = imap::read_fetch(data);
    if (fetched && fetched->uid && fetched->envelope) {
      // "5:*" is the newest message, whatever its UID.
      if (*fetched->uid >= uids.first) messages.push_back(std::move(*fetched));
    } else {
      rest.data.push_back(data);
    }
  }
  take(rest);
  co_return messages;
}

asio::awaitable<void> MailboxSync::fetch_headers(std::vector<std::uint32_t> uids) {
  std::sort(uids.begin(), uids.end());
  std::vector<Fetched> messages = co_await fetch_uids(session_, std::move(uids), kHeaderItems);
  std::erase_if(messages, [](const Fetched& message) { return !message.envelope; });
  keep(std::move(messages));
}

// --- What is remembered of it ---

void MailboxSync::save() {
  Transaction transaction(store_.database(), Transaction::Kind::kUnsynced);
  folders_.set_sync_point(folder_, point_);
  transaction.commit();
}

void MailboxSync::settle() {
  const std::int64_t now = now_();
  if (settled_ && now - looked_ < kLookTold) return;
  if (!std::exchange(settled_, true)) {
    point_.modseq = highest_;
    save();
  }
  looked_ = now;
  Transaction transaction(store_.database(), Transaction::Kind::kUnsynced);
  folders_.set_synced(folder_, now);
  transaction.commit();
  events_.put(FolderChanged{folder_});
}

}  // namespace mua::sync
