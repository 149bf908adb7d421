// One FETCH on its way (RFC 9051 §6.4.5, §7.5.2): renders on the pool a piece at a time, so that
// any number of messages of any size goes through constant memory and other sessions of the account
// get their turn in between. Flags and UIDs come from the session's view, everything else from the
// columns the store keeps; only sections read octets.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "imapd/message_octets.hpp"
#include "imapd/selected.hpp"
#include "mail/imap_fetch.hpp"
#include "mailstore/fetch_source.hpp"
#include "mailstore/object_id.hpp"

namespace imapd {

class FetchRun {
 public:
  /// `sequence`: the messages; UID FETCH implies UID (unless that stands before every answer, RFC
  /// 9586 §3.3), CHANGEDSINCE implies MODSEQ.
  FetchRun(Selected& selected, const Enabled& enabled, mail::FetchArguments arguments,
           std::vector<mail::NumberRange> sequence, Numbering numbering);

  /// Appends about 256 KiB more; false when everything is told.
  bool render(mailstore::Account& account, std::string& out);

  /// The text so far ends within a literal of announced size: after a failure the connection can't
  /// go on.
  bool in_literal() const { return literal_.has_value(); }
  /// Some messages were gone before they were read (RFC 5530 EXPUNGEISSUED).
  bool missed() const { return missed_; }
  /// A BINARY item met a transfer encoding nobody knows.
  bool unknown_encoding() const { return unknown_encoding_; }

 private:
  struct Loaded {
    std::uint32_t sequence;
    mailstore::StoredMessage message;
  };
  /// A literal whose octets go out piece by piece.
  struct OpenLiteral {
    OctetRange left;
    std::shared_ptr<const mailstore::HeldContent> content;
    LargePart decoded;  ///< null: the octets as they are
  };

  std::optional<std::uint32_t> next_sequence();
  void read(mailstore::Account& account, const std::vector<std::uint32_t>& numbers,
            const std::vector<mail::NumberRange>& uids);
  bool load(mailstore::Account& account);
  void mark_seen(mailstore::Account& account, const std::vector<mail::NumberRange>& uids);
  void render_message(mailstore::Account& account, std::string& out);
  void render_literal(std::string& out);
  void render_news(MessageOctets& octets, std::string& out);
  void render_item(const mail::FetchItem& item, MessageOctets& octets, std::string& out);
  void render_attribute(mail::FetchAttribute attribute, MessageOctets& octets, std::string& out);
  void render_object_id(mail::FetchAttribute attribute, MessageOctets& octets, std::string& out);
  void render_octets(const Octets& found, const std::optional<mail::Partial>& partial,
                     const MessageOctets& octets, std::string& out);
  void open_literal(OctetRange range, const MessageOctets& octets, std::string& out,
                    LargePart decoded = nullptr);
  void render_large(const LargePart& part, const std::optional<mail::Partial>& partial,
                    const MessageOctets& octets, std::string& out);
  void render_missed(std::string& out);
  void render_body(const mail::FetchBody& body, MessageOctets& octets, std::string& out);
  void render_binary(const mail::FetchBinary& binary, MessageOctets& octets, std::string& out);
  void render_binary_size(const mail::FetchBinarySize& size, MessageOctets& octets,
                          std::string& out);

  Selected& selected_;
  Enabled enabled_;
  mail::FetchArguments arguments_;
  std::vector<mail::NumberRange> sequence_;  ///< what is still to be loaded
  std::optional<mailstore::FetchSource> source_;
  std::optional<mailstore::ObjectIds> ids_;  ///< of the account, once one was asked for
  bool reads_store_ = false;
  bool sets_seen_ = false;
  std::deque<Loaded> batch_;
  std::vector<mailstore::Uid> newly_seen_;  ///< of the batch, ascending
  std::size_t item_ = 0;                    ///< of the message at the front of the batch
  std::optional<OpenLiteral> literal_;
  bool missed_ = false;
  bool unknown_encoding_ = false;
};

}  // namespace imapd
