#include "mua/sync/body_fetch.hpp"

#include <fmt/format.h>

#include "mua/parts.hpp"
#include "mua/selection.hpp"
#include "mua/sync/message_list.hpp"

namespace mua::sync {

namespace imap = mail::imap;
using imap::BodyPart;
using imap::Fetched;
using mailstore::Transaction;

namespace {

constexpr std::uint64_t kPiece = 256u << 10;
// Texts that are larger come in pieces too.
constexpr std::uint64_t kWholeText = 1u << 20;

Failure gone() { return Failure(ExitCode::kNotFound, "the message is not on the server any more"); }

/// Its folder is entered; its UID.
asio::awaitable<std::uint32_t> find_uid(MailboxSync& mailbox, LocalStore& store,
                                        MessageId message) {
  const auto row = MessageList(store).row(message);
  if (!row || row->folder == 0) throw gone();
  if (row->uid == 0) {
    throw Failure(ExitCode::kNotFound, "the message is on its way to another folder");
  }
  co_await mailbox.enter(row->folder);
  co_return row->uid;
}

asio::awaitable<Fetched> fetch(MailboxSync& mailbox, std::uint32_t uid, std::string items) {
  imap::Request request = imap::uid_fetch(mail::SequenceSet::of({uid}), items);
  const Answer answer = co_await mailbox.ask(std::move(request));
  if (!answer.status.ok()) throw refusal("cannot fetch", answer.status);
  Fetched all;
  for (Fetched& fetched : fetched_of(answer)) {
    if (fetched.uid != uid) continue;
    all.uid = uid;
    if (fetched.structure) all.structure = std::move(fetched.structure);
    for (imap::Section& section : fetched.sections) all.sections.push_back(std::move(section));
  }
  if (!all.uid) throw gone();
  co_return all;
}

void keep(LocalStore& store, MessageId message, const std::string& number, std::string_view octets,
          Bodies::Piece piece) {
  Transaction transaction(store.database(), Transaction::Kind::kUnsynced);
  Bodies(store).append(message, number, octets, piece);
  transaction.commit();
}

asio::awaitable<void> fetch_structure(MailboxSync& mailbox, LocalStore& store, MessageId message) {
  const std::uint32_t uid = co_await find_uid(mailbox, store, message);
  const Fetched fetched = co_await fetch(mailbox, uid, "(UID BODYSTRUCTURE)");
  if (!fetched.structure) throw Failure(ExitCode::kRefused, "the server tells no structure");
  Transaction transaction(store.database(), Transaction::Kind::kUnsynced);
  Bodies(store).keep_structure(message, *fetched.structure);
  transaction.commit();
}

/// The sections of small texts that are missing, to be fetched with one command.
std::vector<std::string> small_texts(Bodies& bodies, MessageId message, const Reading& reading) {
  std::vector<std::string> out;
  for (const BodyPart* part : reading.needed()) {
    const bool begun = bodies.kept(message, part->number) > 0;
    if (part->size <= kWholeText && !begun && !bodies.has(message, part->number)) {
      out.push_back(part->number);
    }
  }
  return out;
}

asio::awaitable<void> fetch_small_texts(MailboxSync& mailbox, LocalStore& store, MessageId message,
                                        std::vector<std::string> numbers) {
  const std::uint32_t uid = co_await find_uid(mailbox, store, message);
  std::string items = "(UID";
  for (const std::string& number : numbers) items += " BODY.PEEK[" + number + "]";
  const Fetched fetched = co_await fetch(mailbox, uid, items + ")");
  for (const std::string& number : numbers) {
    const imap::Section* section = fetched.section(number);
    keep(store, message, number, section ? section->octets : "", Bodies::Piece::kLast);
  }
}

}  // namespace

asio::awaitable<void> fetch_text(MailboxSync& mailbox, LocalStore& store, MessageId message) {
  Bodies bodies(store);
  if (!bodies.structure(message)) co_await fetch_structure(mailbox, store, message);
  const BodyPart structure = bodies.structure(message).value_or(BodyPart{});
  const Reading reading = plan_reading(structure);
  std::vector<std::string> small = small_texts(bodies, message, reading);
  if (!small.empty()) co_await fetch_small_texts(mailbox, store, message, std::move(small));
  for (const BodyPart* part : reading.needed()) {
    if (bodies.has(message, part->number)) continue;
    std::function<void(std::uint64_t)> nobody;
    co_await fetch_part(mailbox, store, message, part->number, std::move(nobody));
  }
  Transaction transaction(store.database(), Transaction::Kind::kUnsynced);
  bodies.index_text(message);
  transaction.commit();
}

asio::awaitable<void> fetch_part(MailboxSync& mailbox, LocalStore& store, MessageId message,
                                 std::string number, std::function<void(std::uint64_t)> progress) {
  Bodies bodies(store);
  while (!bodies.has(message, number)) {
    const std::uint64_t begin = bodies.kept(message, number);
    const std::uint32_t uid = co_await find_uid(mailbox, store, message);
    std::string items = fmt::format("(UID BODY.PEEK[{}]<{}.{}>)", number, begin, kPiece);
    const Fetched fetched = co_await fetch(mailbox, uid, std::move(items));
    const imap::Section* section = fetched.section(number);
    const std::string_view octets = section ? std::string_view(section->octets) : "";
    keep(store, message, number, octets,
         octets.size() < kPiece ? Bodies::Piece::kLast : Bodies::Piece::kMore);
    if (progress) progress(begin + octets.size());
  }
}

}  // namespace mua::sync
