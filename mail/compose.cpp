#include "mail/compose.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <random>

#include "mail/body_writer.hpp"
#include "mail/field_writer.hpp"

namespace mail {
namespace {

std::string header_of(const Draft& draft, BccField bcc) {
  std::string header = "Date: " + render_date(draft.date) + "\r\n";
  append_address_field(header, "From", {draft.from});
  append_address_field(header, "Reply-To", draft.reply_to);
  append_address_field(header, "To", draft.to);
  append_address_field(header, "Cc", draft.cc);
  if (bcc == BccField::kKeep) append_address_field(header, "Bcc", draft.bcc);
  append_text_field(header, "Subject", draft.subject);
  append_id_field(header, "Message-ID", {draft.message_id});
  if (!draft.in_reply_to.empty()) append_id_field(header, "In-Reply-To", {draft.in_reply_to});
  append_id_field(header, "References", draft.references);
  return header + "MIME-Version: 1.0\r\n";
}

/// The text, in all its forms: the plainest first.
Entity text_of(const Draft& draft) {
  if (draft.alternatives.empty()) return text_part(draft.text, draft.form);
  std::vector<Entity> forms;
  forms.push_back(text_part(draft.text, draft.form));
  for (const auto& [type, content] : draft.alternatives)
    forms.push_back(quoted_part(type, content));
  return multipart("multipart/alternative", std::move(forms), draft.message_id + "/text");
}

}  // namespace

std::string compose(const Draft& draft, BccField bcc) {
  if (draft.attachments.empty()) return header_of(draft, bcc) + render(text_of(draft));
  std::vector<Entity> parts;
  if (!draft.text.empty()) parts.push_back(text_of(draft));
  for (const auto& [file_name, type, content] : draft.attachments) {
    parts.push_back(file_part(file_name, type, content));
  }
  return header_of(draft, bcc) +
         render(multipart("multipart/mixed", std::move(parts), draft.message_id));
}

std::vector<Address> recipients(const Draft& draft) {
  std::vector<Address> all;
  for (const auto* list : {&draft.to, &draft.cc, &draft.bcc}) {
    for (const NamedAddress& mailbox : *list) {
      if (std::find(all.begin(), all.end(), mailbox.address) == all.end()) {
        all.push_back(mailbox.address);
      }
    }
  }
  return all;
}

std::string make_message_id(std::string_view domain) {
  std::random_device random;
  const auto word = [&] { return std::uint64_t{random()} << 32U | random(); };
  return fmt::format("<{:016x}{:016x}@{}>", word(), word(), domain);
}

}  // namespace mail
