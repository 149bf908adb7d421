#include "mua/mailbox_stream.hpp"

#include <algorithm>
#include <utility>

namespace mua {

namespace imap = mail::imap;
using files::StoredMessage;

namespace {

// A batch: what is lost when the connection breaks, and what memory holds.
constexpr std::size_t kBatchOctets = 4u << 20, kBatchMessages = 100;
constexpr std::uint32_t kSlice = 2000;  // messages that are asked about at once
constexpr const char* kIdentityItems =
    "(UID RFC822.SIZE BODY.PEEK[HEADER.FIELDS (MESSAGE-ID DATE FROM SUBJECT)])";

std::string flag_list(const mail::FlagSet& flags) {
  std::string out = mail::render_system_flags(flags.system);
  for (const std::string& keyword : flags.keywords) out += (out.empty() ? "" : " ") + keyword;
  return "(" + out + ")";
}

/// " (\Seen) "17-Jul-1996 02:44:25 -0700" {123}"; what has a NUL is a literal8 (RFC 3516).
void put(imap::Request& request, const StoredMessage& message) {
  std::string words = " " + flag_list(message.flags) + " ";
  if (message.received) words += "\"" + mail::render_internal_date(*message.received) + "\" ";
  if (message.octets.find('\0') != std::string::npos) words += "~";
  request.text(std::move(words)).literal(message.octets);
}

/// One slice after the other, so that no answer is long.
template <class Take>
asio::awaitable<void> each_slice(ImapSession& session, std::uint32_t exists, std::string items,
                                 Take take) {
  for (std::uint32_t first = 1; first <= exists; first += kSlice) {
    const std::uint32_t last = std::min(exists, first + kSlice - 1);
    imap::Request request = imap::fetch(mail::SequenceSet({{first, last}}), items);
    const Answer answer = co_await session.must(std::move(request), "cannot fetch");
    const std::vector<imap::Fetched> found = fetched_of(answer);
    for (const imap::Fetched& message : found) take(message);
  }
}

}  // namespace

asio::awaitable<Identities> identities_in(ImapSession& session, Selection selection) {
  Identities out;
  const auto take = [&out](const imap::Fetched& message) {
    const std::string header = message.sections.empty() ? "" : message.sections.front().octets;
    ++out[files::identity_of(header, message.size.value_or(0))];
  };
  co_await each_slice(session, selection.exists, kIdentityItems, take);
  co_return out;
}

asio::awaitable<void> require_mailbox(ImapSession& session, std::string mailbox) {
  imap::Request look = imap::status(mailbox, "MESSAGES");
  const Answer there = co_await session.run(std::move(look));
  if (there.status.ok()) co_return;
  imap::Request create = imap::create(mailbox);
  co_await session.must(std::move(create), "cannot create the mailbox " + mailbox);
  imap::Request subscribe = imap::subscribe(mailbox);
  co_await session.run(std::move(subscribe));
}

// --- To a mailbox ---

Appender::Appender(ImapSession& session, std::string mailbox)
    : session_(session), mailbox_(std::move(mailbox)), many_(session.client().has("MULTIAPPEND")) {}

asio::awaitable<void> Appender::add(StoredMessage message) {
  octets_ += message.octets.size();
  waiting_.push_back(std::move(message));
  if (!many_ || octets_ >= kBatchOctets || waiting_.size() >= kBatchMessages) co_await flush();
}

asio::awaitable<Answer> Appender::append(const Batch& batch) {
  imap::Request request;
  request.text("APPEND ").mailbox(mailbox_);
  for (const StoredMessage& message : batch) put(request, message);
  co_return co_await session_.run(std::move(request));
}

/// All of a batch is taken or nothing: of one that is refused each is tried alone.
asio::awaitable<void> Appender::flush() {
  Batch batch = std::exchange(waiting_, {});
  octets_ = 0;
  if (batch.empty()) co_return;
  const Answer all = co_await append(batch);
  if (all.status.ok()) {
    appended_ += batch.size();
    co_return;
  }
  if (batch.size() == 1) {
    refused_.emplace_back(batch.front().place, to_line(all.status));
    co_return;
  }
  for (StoredMessage& message : batch) {
    Batch one;
    one.push_back(std::move(message));
    const Answer answer = co_await append(one);
    if (answer.status.ok()) ++appended_;
    if (!answer.status.ok()) refused_.emplace_back(one.front().place, to_line(answer.status));
  }
}

// --- From a mailbox ---

asio::awaitable<std::vector<Listed>> list_messages(ImapSession& session, Selection selection) {
  std::vector<Listed> out;
  const auto take = [&out](const imap::Fetched& message) {
    out.push_back({*message.uid, message.size.value_or(0)});
  };
  co_await each_slice(session, selection.exists, "(UID RFC822.SIZE)", take);
  std::sort(out.begin(), out.end(), [](const Listed& a, const Listed& b) { return a.uid < b.uid; });
  co_return out;
}

asio::awaitable<std::vector<StoredMessage>> fetch_some(ImapSession& session, Selection selection,
                                                       const std::vector<Listed>& listed,
                                                       std::size_t& from,
                                                       std::vector<std::uint32_t>& uids) {
  std::vector<std::uint32_t> wanted;
  std::uint64_t octets = 0;
  while (from < listed.size() && wanted.size() < kBatchMessages &&
         (wanted.empty() || octets + listed[from].size <= kBatchOctets)) {
    octets += listed[from].size;
    wanted.push_back(listed[from++].uid);
  }
  auto found = co_await fetch_uids(session, wanted, "(UID FLAGS INTERNALDATE BODY.PEEK[])");
  std::sort(found.begin(), found.end(),
            [](const imap::Fetched& a, const imap::Fetched& b) { return *a.uid < *b.uid; });
  std::vector<StoredMessage> out;
  uids.clear();
  for (imap::Fetched& message : found) {
    if (message.sections.empty()) continue;
    StoredMessage one;
    one.octets = std::move(message.sections.front().octets);
    one.flags = message.flags.value_or(mail::FlagSet{});
    one.received = message.internal_date;
    one.place = selection.ref(*message.uid).full();
    out.push_back(std::move(one));
    uids.push_back(*message.uid);
  }
  co_return out;
}

}  // namespace mua
