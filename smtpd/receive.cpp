#include "smtpd/receive.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "conf/log.hpp"
#include "mail/header.hpp"
#include "mail/submission.hpp"
#include "mailstore/errors.hpp"
#include "smtpd/loop.hpp"

namespace smtpd {

namespace {

// A header is held until it is whole, for it may have to be changed. Longer ones are no header.
constexpr std::size_t kMaxHeader = 1u << 20;

// RFC 5321 §6.3 wants at least 100 allowed; real paths have ten.
constexpr std::size_t kMaxHops = 100;

// A line (RFC 5322 §2.1.1); what is longer is no name for anything.
constexpr std::size_t kMaxMessageId = 998;

std::string message_id_of(std::string_view header) {
  std::string id = mail::field_value(header, "message-id");
  return id.size() > kMaxMessageId ? "" : id;
}

constexpr std::uint64_t kLeastDrained = 1u << 20;

}  // namespace

Reply storage_reply(const std::exception_ptr& error) {
  bool full = false;
  try {
    std::rethrow_exception(error);
  } catch (const mailstore::StoreError& broken) {
    full = broken.out_of_space;
    conf::log(conf::Level::kError, "store_failed", {{"reason", broken.what()}});
  } catch (const std::exception& broken) {
    conf::log(conf::Level::kError, "store_failed", {{"reason", broken.what()}});
  }
  return full ? Reply(452, "4.3.1", "The disk is full; try again later")
              : Reply(451, "4.3.0", "The message can't be stored now");
}

std::uint64_t most_octets(std::uint64_t max_size) {
  return max_size + std::max(max_size, kLeastDrained);
}

Receiver::Receiver(mailstore::Staging staging, Reception reception)
    : staging_(std::move(staging)), reception_(std::move(reception)) {}

std::size_t Receiver::take_data(std::string_view octets) {
  plain_.clear();
  const std::size_t taken = dots_.feed(octets, plain_);
  if (dots_.bare_line_end()) {
    refuse(Reply(554, "5.6.0", "Bare CR or LF in the message; lines end in CRLF"));
  }
  take(plain_);
  return taken;
}

void Receiver::take_chunk(std::string_view octets) {
  if (reception_.octets == Reception::Octets::kLines) check_line_ends(octets);
  take(octets);
}

// Chunks are counted, so nothing can be smuggled in here; but the next server may get the message
// by DATA.
void Receiver::check_line_ends(std::string_view octets) {
  for (const char c : octets) {
    if (after_cr_ != (c == '\n')) {
      refuse(Reply(554, "5.6.0", "Bare CR or LF in the message; lines end in CRLF"));
      return;
    }
    after_cr_ = c == '\r';
  }
}

void Receiver::take(std::string_view octets) {
  size_ += octets.size();
  if (size_ > reception_.max_size) {
    refuse(Reply(552, "5.3.4", fmt::format("A message may have {} octets", reception_.max_size)));
  }
  if (refusal_) return;
  if (!in_header_) return write(octets);
  const std::size_t before = header_.size();
  header_ += octets;
  if (header_ended(before) || header_.size() > kMaxHeader) pass_header();
}

bool Receiver::header_ended(std::size_t searched_from) const {
  if (header_.starts_with("\r\n")) return true;
  return header_.find("\r\n\r\n", searched_from < 3 ? 0 : searched_from - 3) != std::string::npos;
}

// What is held may reach into the body; complete_header and write leave that as it is.
void Receiver::pass_header() {
  in_header_ = false;
  const std::string held = std::exchange(header_, {});
  if (mail::find_fields(held, "received").size() > kMaxHops) {
    return refuse(Reply(554, "5.4.6", "Too many hops: the message goes in a loop"));
  }
  const std::size_t end = mail::header_size(held);
  message_id_ = message_id_of(std::string_view(held).substr(0, end));
  if (is_for_here_only(reception_.role)) {
    delivered_to_ = smtpd::delivered_to(held);
    write(reception_.received);
    return write(held);
  }
  if (end > kMaxHeader) return refuse(Reply(552, "5.3.4", "The header is too long"));
  if (message_id_.empty()) message_id_ = reception_.message_id;
  write(reception_.received);
  write(mail::complete_header(std::string_view(held).substr(0, end), {reception_.seconds, 0},
                              reception_.message_id));
  write(std::string_view(held).substr(end));
}

void Receiver::write(std::string_view octets) {
  if (refusal_) return;
  try {
    staging_.write(octets);
  } catch (const std::exception&) {
    refuse(storage_reply(std::current_exception()));
  }
}

void Receiver::refuse(Reply reply) {
  if (!refusal_) refusal_ = std::move(reply);
}

mail::Result<mailstore::Content, Reply> Receiver::finish() {
  if (after_cr_) refuse(Reply(554, "5.6.0", "The message ends in a bare CR"));
  if (in_header_ && !refusal_) pass_header();
  if (refusal_) return mail::unexpected(*refusal_);
  try {
    return staging_.finish();
  } catch (const std::exception&) {
    return mail::unexpected(storage_reply(std::current_exception()));
  }
}

}  // namespace smtpd
