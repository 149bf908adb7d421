// A message being read: its page, as wide as the pane it is in, and how far it is scrolled. What
// isn't in the local store yet is said to be on its way.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "mua/parts.hpp"
#include "mua/screen/canvas.hpp"
#include "mua/screen/page.hpp"
#include "mua/sync/local_store.hpp"

namespace mua::screen {

/// A part that can be opened, saved or piped.
struct AttachmentOf {
  mail::imap::BodyPart part;
  std::string name;
};

class Reader {
 public:
  /// `inside`: the number of a message/rfc822 part, to read the message that is attached there.
  explicit Reader(sync::LocalStore& store, sync::MessageId message, std::string inside = "");

  /// Looks into the store again; false when the text isn't there.
  bool load();
  /// The part it is inside of, "" for the message itself.
  const std::string& inside() const { return inside_; }
  /// Of a message inside another: the parts that have to be fetched before it can be read.
  std::vector<std::string> missing_parts() const;
  void failed(const std::string& why);

  sync::MessageId id() const { return id_; }
  const ReadMessage& message() const { return message_; }
  const std::vector<AttachmentOf>& attachments() const { return attachments_; }
  bool complete() const { return complete_; }
  /// All texts as they are read, for quoting and piping.
  std::string text() const;

  enum class Fields { kUsual, kAll };
  /// kAll once the whole header is in the store.
  void show_fields(Fields fields);
  Fields fields() const { return fields_; }

  /// Scrolls by lines; false when there was nothing left to scroll.
  bool scroll(int lines);
  int page_rows() const { return rows_; }
  /// The next line that has the text; false when there is none.
  bool find(std::string_view text);

  void paint(Canvas& canvas, Area area);

 private:
  int last_top() const;
  const mail::imap::BodyPart* root() const;
  bool load_header();
  void list_attachments(const Reading& reading);

  sync::LocalStore& store_;
  sync::MessageId id_;
  std::string inside_;
  std::optional<mail::imap::BodyPart> structure_;
  ReadMessage message_;
  std::vector<AttachmentOf> attachments_;
  bool complete_ = false;
  Fields fields_ = Fields::kUsual;
  std::vector<Line> page_;
  std::string found_;  ///< what `find` looks for, to be shown
  int top_ = 0, rows_ = 20, columns_ = 0;
};

}  // namespace mua::screen
