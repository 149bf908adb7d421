#include "imapd/incoming.hpp"

#include <fmt/format.h>

#include <ctime>
#include <utility>

#include "imapd/catenate.hpp"
#include "imapd/message_limit.hpp"
#include "mail/binary_parts.hpp"

namespace imapd {

namespace {

// Small messages stay in memory and cost no detour over the pool.
class Receiver {
 public:
  Receiver(Session& session, mailstore::Staging& staging) : session_(session), staging_(staging) {}

  asio::awaitable<void> operator()(std::string_view octets) {
    if (staging_.size() + octets.size() < session_.settings().store.inline_limit) {
      staging_.write(octets);
      co_return;
    }
    auto write = [this, octets](mailstore::Account&) { staging_.write(octets); };
    co_await session_.in_store(write);
  }

 private:
  Session& session_;
  mailstore::Staging& staging_;
};

}  // namespace

std::optional<Reply> Incoming::begin(const std::string& arguments) {
  auto next = reader_.feed(arguments);
  if (!next) return bad(next.error());
  next_ = *next;
  return objection();
}

asio::awaitable<std::optional<Reply>> Incoming::receive(mail::Rights rights) {
  for (;;) {
    if (auto reply = co_await take_events()) co_return reply;
    if (next_ == Next::kEnd) break;
    if (auto reply = objection()) co_return reply;
    co_await take_octets();
    if (auto reply = co_await read_segment()) co_return reply;
  }
  for (auto& message : messages_) {
    if (message.staging.size() == 0) co_return no("CANNOT", "a message can't be empty");
    message.form.flags = mail::permitted(std::move(message.form.flags), rights);
  }
  co_return std::nullopt;
}

asio::awaitable<void> Incoming::take_octets() {
  Receiver receiver(session_, messages_.back().staging);
  co_await session_.receive_literal(receiver);
}

// The text up to the next octets, with whatever literals stand in it for strings.
asio::awaitable<std::optional<Reply>> Incoming::read_segment() {
  auto segment = co_await session_.read_rest();
  auto next = reader_.feed(segment);
  while (next && *next == Next::kString && session_.announced()) {
    if (auto reply = co_await session_.gather_literal()) co_return reply;
    segment = co_await session_.read_rest();
    next = reader_.feed(segment);
  }
  if (!next) co_return bad(next.error());
  next_ = *next;
  co_return std::nullopt;
}

asio::awaitable<std::optional<Reply>> Incoming::take_events() {
  auto events = reader_.take_events();
  for (auto& event : events) {
    if (auto* form = std::get_if<mail::AppendMessage>(&event)) {
      const auto limit = session_.settings().imap.message_limit;
      if (messages_.size() >= limit) {
        co_return no(message_limit_code(limit), "too many messages at once");
      }
      messages_.push_back({std::move(*form), session_.service().store().stage()});
      continue;
    }
    auto url = std::move(std::get<mail::AppendUrl>(event).url);
    auto& staging = messages_.back().staging;
    if (auto reply = co_await append_part(session_, std::move(url), staging, room())) {
      co_return reply;
    }
  }
  co_return std::nullopt;
}

// The limit is for all messages of the command together, because they are committed together.
std::uint64_t Incoming::room() const {
  const auto most = session_.settings().imap.max_append_size;
  return most - std::min(most, taken());
}

std::uint64_t Incoming::taken() const {
  std::uint64_t octets = 0;
  for (const auto& message : messages_) octets += message.staging.size();
  return octets;
}

asio::awaitable<void> Incoming::keep_within(mailstore::AccountId account) {
  limits_ = session_.service().store().limits(account);
  if (!limits_.any()) co_return;
  auto read = [](mailstore::Account& store) { return mailstore::usage(store); };
  used_ = co_await session_.in_account(account, read);
}

// Whether the announced octets may come; else what to answer.
std::optional<Reply> Incoming::objection() const {
  if (next_ == Next::kEnd) return std::nullopt;
  if (!session_.announced()) return bad("expected a literal: the message");
  if (session_.announced()->size > room()) {
    return no("TOOBIG", "the message is larger than this server takes");
  }
  auto count = std::max<std::size_t>(messages_.size(), 1);
  if (!mailstore::has_room(limits_, used_, taken() + session_.announced()->size, count)) {
    return refusal(mailstore::Failure::kOverQuota);
  }
  bool empty = session_.announced()->size == 0 && !reader_.in_parts();
  if (empty) return no("CANNOT", "a message can't be empty");
  return std::nullopt;
}

// What BODY[] can send to every client.
mailstore::Content Incoming::without_nul(mailstore::Content content) const {
  if (content.view().find('\0') == std::string_view::npos) return content;
  auto staging = session_.service().store().stage();
  staging.write(mail::encode_binary_parts(content.view()));
  return staging.finish();
}

std::vector<mailstore::NewMessage> Incoming::finish() {
  std::vector<mailstore::NewMessage> messages;
  for (auto& each : messages_) {
    mailstore::NewMessage message;
    message.content = without_nul(each.staging.finish());
    message.flags = std::move(each.form.flags);
    message.internal_date = each.form.date ? each.form.date->seconds : std::time(nullptr);
    message.zone_minutes = each.form.date ? each.form.date->zone_minutes : 0;
    messages.push_back(std::move(message));
  }
  return messages;
}

std::string appended_code(const mailstore::AppendResult& result) {
  std::vector<std::uint32_t> uids;
  for (const auto& message : result.messages) uids.push_back(message.uid);
  return fmt::format("APPENDUID {} {}", result.uid_validity, mail::render_uid_set(uids));
}

}  // namespace imapd
