// Letters begun from messages: replies, forwards, drafts taken up again. Pure.
#pragma once

#include <string_view>
#include <vector>

#include "mua/screen/composer.hpp"
#include "mua/screen/letter.hpp"
#include "mua/screen/reader.hpp"
#include "mua/settings.hpp"

namespace mua::screen {

/// What is written below a letter's text.
struct Writer {
  Account account;
  std::string signature;               ///< without "-- "; "" for none
  std::vector<Identity> identities{};  ///< other names and addresses she writes under
};

/// The account's and the identities'.
std::vector<std::string> addresses_of(const Writer& writer);
/// Whom a letter can be from, the account's own first.
std::vector<Sender> senders(const Writer& writer);
/// Under which of these names the message was written to, to answer it under the same.
Sender sender_for(const sync::Header& header, const Writer& writer);

Letter new_letter(const Writer& writer);

/// To Reply-To, else From; to all also those in To and Cc, the writer left out. `text` is quoted.
Letter reply(const sync::Header& header, std::string_view text, mail::ReplyTo to,
             const Writer& writer);

/// The text below a line that says whose it was, with the attachments.
Letter forward(const sync::Header& header, std::string_view text,
               const std::vector<AttachmentOf>& attachments, const Writer& writer);

/// All of the message attached, as it came (message/rfc822).
Letter forward_attached(const sync::Header& header, const Writer& writer);

/// A message in Drafts as the letter it was.
Letter edit_again(const sync::Header& header, std::string_view text,
                  const std::vector<AttachmentOf>& attachments);

/// The message with who sends it on to whom before it (RFC 5322 §3.6.6). `id` is the
/// Resent-Message-ID.
std::string resent(std::string_view octets, const std::vector<mail::NamedAddress>& to,
                   const Writer& writer, mail::DateTime now, const std::string& id);

}  // namespace mua::screen
