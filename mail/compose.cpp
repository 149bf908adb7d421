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

std::vector<AttachedFile> files_of(const Draft& draft, const std::string& seed) {
  const std::string boundary = boundary_of(seed);
  std::vector<AttachedFile> files;
  for (const Attachment& one : draft.attachments) files.emplace_back(one, boundary);
  return files;
}

/// Its text, and the fields of its files.
Entity multipart_of(const Draft& draft, const std::vector<AttachedFile>& files,
                    std::string_view seed) {
  std::vector<Entity> parts;
  if (!draft.text.empty()) parts.push_back(text_of(draft));
  for (const AttachedFile& file : files) parts.push_back(file.part());
  return multipart("multipart/mixed", std::move(parts), seed);
}

}  // namespace

void compose(const Draft& draft, BccField bcc, const PieceWriter& write) {
  if (draft.attachments.empty()) return write(header_of(draft, bcc) + render(text_of(draft)));
  const std::vector<AttachedFile> files = files_of(draft, draft.message_id);
  const bool taken = std::any_of(files.begin(), files.end(),
                                 [](const AttachedFile& file) { return file.has_boundary(); });
  // An older copy of this draft among its files: then a seed that nobody can have known.
  const std::string seed = taken ? make_message_id("") : draft.message_id;
  const std::vector<std::string> pieces = render_by_parts(multipart_of(draft, files, seed));
  write(header_of(draft, bcc));
  const std::size_t before = pieces.size() - 1 - files.size();  // the text, if there is one
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    write(pieces[i]);
    if (i >= before && i - before < files.size()) files[i - before].write(write);
  }
}

std::string compose(const Draft& draft, BccField bcc) {
  std::string out;
  compose(draft, bcc, [&](std::string_view piece) { out += piece; });
  return out;
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
