// A message being read: its page, as wide as the pane it is in, and how far it is scrolled. What
// isn't in the local store yet is said to be on its way.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "mua/crypt/seal.hpp"
#include "mua/memory_mail.hpp"
#include "mua/parts.hpp"
#include "mua/screen/canvas.hpp"
#include "mua/screen/page.hpp"
#include "mua/screen/page_spot.hpp"
#include "mua/sync/local_store.hpp"

namespace mua::screen {

/// A part that can be opened, saved or piped.
struct AttachmentOf {
  mail::imap::BodyPart part;
  std::string name;
  /// Where it is when the store must not have it: what was decrypted.
  std::shared_ptr<const MemoryMail> mail = nullptr;
};

/// A message that is signed or encrypted, after a look at that.
struct Unsealed {
  crypt::Opened seals;
  std::shared_ptr<const MemoryMail> mail;  ///< without its encryption; nullptr: as it is
  std::string locked;                      ///< the key that wants a passphrase
};

class Reader {
 public:
  /// `inside`: the number of a message/rfc822 part, to read the message that is attached there, of
  /// the one in the store or of `around`.
  explicit Reader(sync::LocalStore& store, sync::MessageId message, std::string inside = "",
                  std::shared_ptr<const MemoryMail> around = nullptr);

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
  /// Whether it is signed or encrypted. What is known of that is shown once it is given.
  bool sealed() const { return sealed_; }
  const std::optional<Unsealed>& unsealed() const { return unsealed_; }
  void show(Unsealed unsealed);
  void say_of_seals(std::string words);
  /// What is read lies in memory only; nullptr when it is in the store.
  const std::shared_ptr<const MemoryMail>& memory() const { return memory_; }
  /// The invitation as it came; "" when there is none.
  const std::string& calendar() const { return calendar_; }
  /// All texts as they are read, for quoting and piping.
  std::string text() const;

  enum class Fields { kUsual, kAll };
  /// kAll once the whole header is in the store.
  void show_fields(Fields fields);
  Fields fields() const { return fields_; }

  /// Scrolls by lines; false when there was nothing left to scroll.
  bool scroll(int lines);
  int page_rows() const { return rows_; }
  /// The next line that has the text, of all that was loaded, once it was painted; false when there
  /// is none.
  bool find(std::string_view text);

  void paint(Canvas& canvas, Area area);
  /// As it was painted: its lines, and which place of them is there.
  const std::vector<Line>& page() const { return page_; }
  Spot spot(Position at) const;
  /// Links of all texts, in their order.
  std::vector<std::string> links() const;

 private:
  void lay_out();
  int last_top() const;
  const mail::imap::BodyPart* root() const;
  bool load_header();
  std::optional<std::string> octets(const std::string& number) const;
  void list_attachments(const Reading& reading);
  void read_calendar(const Reading& reading);
  std::string header_number() const;

  sync::LocalStore& store_;
  sync::MessageId id_;
  std::string inside_;
  std::optional<mail::imap::BodyPart> structure_;
  ReadMessage message_;
  std::vector<AttachmentOf> attachments_;
  std::shared_ptr<const MemoryMail> memory_;
  std::optional<Unsealed> unsealed_;
  std::string calendar_;
  bool complete_ = false, sealed_ = false;
  Fields fields_ = Fields::kUsual;
  std::vector<Line> page_;
  bool stale_ = true;  ///< the page is of what was there before
  std::string found_;  ///< what `find` looks for, to be shown
  int top_ = 0, rows_ = 20, columns_ = 0;
  Position corner_;  ///< where it was painted
};

}  // namespace mua::screen
