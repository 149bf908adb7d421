// A file attached to a message that is built (RFC 2045 §6, RFC 2046 §5.2.1): its octets are read
// and encoded piece by piece, so that a large one is never whole in memory. A message that is
// attached goes as it is, its lines ended by CRLF, and is read twice for that; everything else goes
// in base 64.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "mail/body_writer.hpp"
#include "mail/piece_source.hpp"

namespace mail {

struct Attachment {
  std::string file_name;  ///< UTF-8; a path's last component
  std::string type;       ///< "" to guess by the name
  std::string content;
  std::function<PieceReader()> open{};  ///< where set, reads it, in place of `content`
};

class AttachedFile {
 public:
  /// The attachment outlives it. `boundary` is looked for in what goes as it is. Throws what
  /// reading it throws.
  AttachedFile(const Attachment& attachment, std::string_view boundary);

  bool has_boundary() const { return has_boundary_; }
  /// Its fields.
  Entity part() const { return file_part(attachment_->file_name, attachment_->type, form_); }
  /// Its body.
  void write(const PieceWriter& write) const;

 private:
  PieceReader open() const;
  void look(std::string_view boundary);
  void write_lines(const PieceWriter& write) const;
  void write_base64(const PieceWriter& write) const;

  const Attachment* attachment_;
  FileForm form_ = FileForm::kBase64;
  bool has_boundary_ = false;
};

}  // namespace mail
