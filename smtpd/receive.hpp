// Taking a message in: the octets of DATA or BDAT become a Content with our Received field on top.
// Whatever goes wrong (line ends, size, a full disk, a loop) is remembered and the octets go on
// being taken, so that the session stays in step and says it at the end. RFC 5321 §2.3.8, §4.5.2,
// §6.3; RFC 3030.
#pragma once

#include <cstdint>
#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mail/dot_stuffing.hpp"
#include "mail/result.hpp"
#include "mail/smtp_reply.hpp"
#include "mailstore/content.hpp"
#include "smtpd/policy.hpp"

namespace smtpd {

using mail::smtp::Reply;

struct Reception {
  std::string received;        ///< the Received field that goes on top
  std::uint64_t max_size = 0;  ///< octets of the message as the client sends it
  Role role = Role::kMx;       ///< kSubmission: Message-ID and Date are added, Bcc goes
  enum class Octets { kLines, kBinary } octets = Octets::kLines;  ///< kBinary: BODY=BINARYMIME
  std::string message_id;    ///< with <>, should the message lack one
  std::int64_t seconds = 0;  ///< since 1970
};

/// What the client is told when the store can't take the message: 452 for a full disk, else 451.
Reply storage_reply(const std::exception_ptr& error);

/// Octets beyond which a client that was told no is cut off instead of heard to its end; well
/// beyond the limit of a message, so that whoever is merely wrong gets his answer.
std::uint64_t most_octets(std::uint64_t max_size);

class Receiver {
 public:
  Receiver(mailstore::Staging staging, Reception reception);

  /// DATA: returns how many octets it took; all, until `data_done`.
  std::size_t take_data(std::string_view octets);
  bool data_done() const { return dots_.done(); }
  /// BDAT: octets of a chunk, as they are.
  void take_chunk(std::string_view octets);

  /// What is wrong so far.
  const std::optional<Reply>& refusal() const { return refusal_; }
  std::uint64_t size() const { return size_; }
  /// More came than is worth throwing away; there is a refusal.
  bool hopeless() const { return size_ > most_octets(reception_.max_size); }
  /// The Delivered-To of what came in, once the header is there.
  const std::vector<std::string>& delivered_to() const { return delivered_to_; }
  /// Of the header, with <>; "" if it has none.
  const std::string& message_id() const { return message_id_; }
  /// When all is there: the content, or the refusal.
  mail::Result<mailstore::Content, Reply> finish();

 private:
  void take(std::string_view octets);
  void check_line_ends(std::string_view octets);
  bool header_ended(std::size_t searched_from) const;
  void pass_header();
  void write(std::string_view octets);
  void refuse(Reply reply);

  mailstore::Staging staging_;
  Reception reception_;
  mail::DotReceiver dots_;
  std::string plain_;   ///< a piece of DATA without its stuffing
  std::string header_;  ///< until its end is there
  std::string message_id_;
  std::vector<std::string> delivered_to_;
  bool in_header_ = true;
  bool after_cr_ = false;  ///< of BDAT's line ends
  std::uint64_t size_ = 0;
  std::optional<Reply> refusal_;
};

}  // namespace smtpd
