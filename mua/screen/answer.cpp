#include "mua/screen/answer.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "mail/ascii.hpp"
#include "mail/field_writer.hpp"
#include "mail/header.hpp"
#include "mua/draft.hpp"
#include "mua/printable.hpp"
#include "mua/rows.hpp"
#include "mua/safe_name.hpp"

namespace mua::screen {

namespace {

using Addresses = std::vector<mail::NamedAddress>;

bool same(const mail::Address& a, const mail::Address& b) {
  return mail::local_key(a.local) == mail::local_key(b.local) &&
         mail::same_ignoring_case(a.domain, b.domain);
}

bool holds(const Addresses& list, const mail::Address& address) {
  return std::any_of(list.begin(), list.end(),
                     [&](const mail::NamedAddress& one) { return same(one.address, address); });
}

/// Those of `list` who are neither the writer nor in `known`.
Addresses others(const Addresses& list, const Addresses& known, const Writer& writer) {
  Addresses self;
  for (const std::string& own : addresses_of(writer)) {
    if (const auto address = mail::parse_address(own)) self.push_back({"", *address});
  }
  Addresses out;
  for (const mail::NamedAddress& one : list) {
    if (holds(self, one.address) || holds(known, one.address) || holds(out, one.address)) continue;
    out.push_back(one);
  }
  return out;
}

std::string signed_off(const Sender& sender) {
  return sender.signature.empty() ? "" : "\n-- \n" + sender.signature;
}

/// "" for the account's own: a letter says only what is not usual.
std::string from_of(const Sender& sender, const Writer& writer) {
  return sender == senders(writer).front() ? "" : sender.typed;
}

std::string subject_with(std::string_view mark, const std::string& subject) {
  const bool marked =
      mail::same_ignoring_case(std::string_view(subject).substr(0, mark.size()), mark);
  return marked ? subject : fmt::format("{} {}", mark, subject);
}

std::vector<Enclosure> enclosures(sync::MessageId message, const std::vector<AttachmentOf>& parts) {
  std::vector<Enclosure> out;
  for (const AttachmentOf& part : parts) {
    // What was decrypted is nowhere to take it from later.
    if (!part.mail) out.push_back({"", message, part.part.number, part.name});
  }
  return out;
}

std::string forwarded_head(const sync::Header& header) {
  return fmt::format(
      "---------- Forwarded message ----------\nFrom: {}\nDate: {}\nSubject: {}\nTo: {}\n\n",
      address_list_text(header.from), printable(header.date), printable(header.subject),
      address_list_text(header.to));
}

}  // namespace

std::vector<std::string> addresses_of(const Writer& writer) {
  std::vector<std::string> out{writer.account.address};
  for (const Identity& one : writer.identities) out.push_back(one.address);
  return out;
}

std::vector<Sender> senders(const Writer& writer) {
  std::vector<Sender> out{
      {typed_address(writer.account.name, writer.account.address), writer.signature}};
  for (const Identity& one : writer.identities) {
    Sender sender{typed_address(one.name, one.address), one.signature};
    // An identity of the account's own address says how that one is to look.
    if (mail::same_ignoring_case(one.address, writer.account.address))
      out.front() = std::move(sender);
    else
      out.push_back(std::move(sender));
  }
  return out;
}

Sender sender_for(const sync::Header& header, const Writer& writer) {
  for (const Addresses* list : {&header.to, &header.cc, &header.bcc}) {
    for (const Sender& sender : senders(writer)) {
      const auto typed = mail::parse_address_list(sender.typed);
      if (!typed.empty() && holds(*list, typed.front().address)) return sender;
    }
  }
  return senders(writer).front();
}

Letter new_letter(const Writer& writer) {
  Letter letter;
  const std::string signature = signed_off(senders(writer).front());
  letter.text = signature.empty() ? "" : "\n" + signature;
  return letter;
}

Letter reply(const sync::Header& header, std::string_view text, mail::ReplyTo to,
             const Writer& writer) {
  Letter letter;
  const Addresses& author = header.reply_to.empty() ? header.from : header.reply_to;
  // An answer to what one wrote oneself goes on to those it went to.
  Addresses first = others(author, {}, writer);
  if (first.empty()) first = header.to.empty() ? author : header.to;
  letter.to = typed_addresses(first);
  if (to == mail::ReplyTo::kAll) {
    Addresses rest = header.to;
    rest.insert(rest.end(), header.cc.begin(), header.cc.end());
    letter.cc = typed_addresses(others(rest, first, writer));
  }
  letter.subject = subject_with("Re:", printable(header.subject));
  letter.in_reply_to = header.message_id;
  for (const std::string& id : header.references) letter.references.push_back("<" + id + ">");
  if (!header.message_id.empty()) letter.references.push_back(header.message_id);
  letter.answered = header.row.id;
  const Sender sender = sender_for(header, writer);
  letter.from = from_of(sender, writer);
  letter.text =
      "\n\n" + quote(text, address_list_text(header.from), header.date) + signed_off(sender);
  return letter;
}

Letter forward(const sync::Header& header, std::string_view text,
               const std::vector<AttachmentOf>& attachments, const Writer& writer) {
  Letter letter;
  const Sender sender = sender_for(header, writer);
  letter.from = from_of(sender, writer);
  letter.subject = subject_with("Fwd:", printable(header.subject));
  letter.text = "\n" + signed_off(sender) + "\n" + forwarded_head(header) + std::string(text);
  letter.enclosures = enclosures(header.row.id, attachments);
  letter.forwarded = header.row.id;
  return letter;
}

Letter forward_attached(const sync::Header& header, const Writer& writer) {
  Letter letter;
  const Sender sender = sender_for(header, writer);
  letter.from = from_of(sender, writer);
  letter.subject = subject_with("Fwd:", printable(header.subject));
  letter.text = "\n" + signed_off(sender);
  const std::string name = header.subject.empty() ? "message" : header.subject;
  letter.enclosures = {{"", header.row.id, "", safe_name(name + ".eml", "message.eml")}};
  letter.forwarded = header.row.id;
  return letter;
}

Letter edit_again(const sync::Header& header, std::string_view text,
                  const std::vector<AttachmentOf>& attachments) {
  Letter letter;
  letter.to = typed_addresses(header.to);
  letter.cc = typed_addresses(header.cc);
  letter.bcc = typed_addresses(header.bcc);
  letter.subject = printable(header.subject);
  letter.text = text;
  letter.in_reply_to = header.in_reply_to;
  for (const std::string& id : header.references) letter.references.push_back("<" + id + ">");
  letter.enclosures = enclosures(header.row.id, attachments);
  letter.supersedes = header.row.id;
  letter.message_id = header.message_id;
  if (!header.from.empty()) letter.from = typed_addresses({header.from.front()});
  return letter;
}

std::string resent(std::string_view octets, const std::vector<mail::NamedAddress>& to,
                   const Writer& writer, mail::DateTime now, const std::string& id) {
  const auto self = mail::parse_address(writer.account.address).value_or(mail::Address{});
  std::string out = fmt::format("Resent-Date: {}\r\n", mail::render_date(now));
  mail::append_address_field(out, "Resent-From", {{writer.account.name, self}});
  mail::append_address_field(out, "Resent-To", to);
  mail::append_id_field(out, "Resent-Message-ID", {id});
  // Whoever delivers it writes a Return-Path of its own (RFC 5321 §4.4).
  mail::HeaderReader fields(octets);
  while (const auto field = fields.next()) {
    if (!field->is("return-path")) out += field->whole;
  }
  const std::size_t end = mail::header_size(octets);
  return out + "\r\n" + std::string(octets.substr(end));
}

}  // namespace mua::screen
