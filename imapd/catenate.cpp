#include "imapd/catenate.hpp"

#include <algorithm>

#include "imapd/message_octets.hpp"
#include "imapd/reach.hpp"
#include "mail/ascii.hpp"
#include "mail/imap_url.hpp"
#include "mail/mailbox_name.hpp"

namespace imapd {

namespace {

constexpr std::uint64_t kCopiedAtOnce = 256u << 10;

// badurl-response-code = "BADURL" SP url-resp-text      text without "]", quoted as RFC 4469 §4
Reply bad_url(const std::string& url, std::string reason) {
  std::string shown = "BADURL \"";
  for (char octet : url.substr(0, 1000)) {
    bool plain = octet >= ' ' && octet < 127 && octet != ']' && octet != '"' && octet != '\\';
    shown += plain ? octet : '?';
  }
  return no(shown + '"', std::move(reason));
}

// This server, and the user of this session, or no name at all.
bool is_ours(Session& session, const mail::ImapUrl& url) {
  if (url.host.empty()) return true;
  if (!mail::same_ignoring_case(url.host, session.settings().hostname)) return false;
  return url.user.empty() || mail::same_ignoring_case(url.user, session.account().address);
}

struct UrlPlace {
  mailstore::AccountId account = 0;
  mailstore::MailboxId mailbox = 0;
  std::uint32_t uid_validity = 0;
};

asio::awaitable<std::optional<UrlPlace>> find_place(Session& session, const mail::ImapUrl& url) {
  if (!url.mailbox) {
    const auto* selected = session.selected();
    if (!selected || !selected->rights().has(mail::Right::kRead)) co_return std::nullopt;
    co_return UrlPlace{selected->account(), selected->mailbox(), selected->view().uid_validity};
  }
  auto wire = mail::encode_mailbox_name(*url.mailbox, session.enabled().names());
  auto reached = co_await reach(session, std::move(wire), mail::Right::kRead);
  if (!reached) co_return std::nullopt;
  co_return UrlPlace{reached->account, reached->info.id, reached->info.uid_validity};
}

enum class Copied { kYes, kNothingThere, kTooLarge };

Copied copy_range(const MessageOctets& octets, OctetRange range, mailstore::Staging& staging) {
  auto content = octets.hold();
  if (!content) return Copied::kNothingThere;
  std::string piece;
  for (auto at = range.begin; at < range.end; at += piece.size()) {
    piece.clear();
    content->append_to(piece, at, std::min(at + kCopiedAtOnce, range.end));
    staging.write(piece);
  }
  return Copied::kYes;
}

Copied copy_section(MessageOctets& octets, const mail::ImapUrl& url, mailstore::Staging& staging,
                    std::uint64_t room) {
  auto found = octets.section(url.section);
  if (const auto* text = std::get_if<std::string>(&found)) {
    auto part = cut(url.partial, std::string_view(*text));
    if (part.size() > room) return Copied::kTooLarge;
    staging.write(part);
    return Copied::kYes;
  }
  const auto* whole = std::get_if<OctetRange>(&found);
  if (!whole) return Copied::kNothingThere;
  auto range = cut(url.partial, *whole);
  if (range.end - range.begin > room) return Copied::kTooLarge;
  return copy_range(octets, range, staging);
}

}  // namespace

asio::awaitable<std::optional<Reply>> append_part(Session& session, std::string url,
                                                  mailstore::Staging& staging, std::uint64_t room) {
  auto parsed = mail::parse_imap_url(url);
  if (!parsed) co_return bad_url(url, parsed.error().reason);
  if (!is_ours(session, *parsed)) co_return bad_url(url, "the URL leads to another server");
  auto place = co_await find_place(session, *parsed);
  if (!place) co_return bad_url(url, "the URL leads to no mailbox you may read");
  if (parsed->uid_validity != 0 && parsed->uid_validity != place->uid_validity) {
    co_return bad_url(url, "the mailbox has another UIDVALIDITY");
  }
  auto copy = [&part = *parsed, mailbox = place->mailbox, &staging,
               room](mailstore::Account& account) {
    Copied copied = Copied::kNothingThere;
    auto each = [&](mailstore::StoredMessage&& message) {
      ScannedParts parts;
      MessageOctets octets(account, mailbox, message, parts);
      copied = copy_section(octets, part, staging, room);
      return false;
    };
    mailstore::read_messages(account, mailbox, {{part.uid, part.uid}}, {}, each);
    return copied;
  };
  auto copied = co_await session.in_account(place->account, copy);
  if (copied == Copied::kYes) co_return std::nullopt;
  if (copied == Copied::kTooLarge) {
    co_return no("TOOBIG", "the message is larger than this server takes");
  }
  co_return bad_url(url, "the URL leads to no message, or to a part it hasn't");
}

}  // namespace imapd
