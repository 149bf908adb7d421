// The full-screen client: what is on the screen and what keys, the mouse and the engine's events do
// to it. It runs on one thread, reads and writes the local store and asks the engine by calls that
// return at once; it touches no socket. What a key does is a command of commands.hpp; this is what
// commands work with.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "mua/account.hpp"
#include "mua/screen/answer.hpp"
#include "mua/screen/aside.hpp"
#include "mua/screen/composer.hpp"
#include "mua/screen/keymap.hpp"
#include "mua/screen/mail_list.hpp"
#include "mua/screen/notify.hpp"
#include "mua/screen/picker.hpp"
#include "mua/screen/reader.hpp"
#include "mua/screen/saved_search.hpp"
#include "mua/screen/screen.hpp"
#include "mua/screen/search_counts.hpp"
#include "mua/screen/shell.hpp"
#include "mua/screen/wire.hpp"
#include "mua/sync/events.hpp"
#include "mua/sync/journal.hpp"

namespace mua::screen {

struct Command;

/// An account on the screen.
struct Desk {
  std::reference_wrapper<sync::LocalStore> store;
  Writer writer;
  sync::LinkChanged link{};
  std::string refusal{};  ///< the last that was told
};

/// What is around the client. Everything outlives it. `store` and `writer` are those of the account
/// in hand: that of the folder, or of the message under the cursor or in the reader.
struct World {
  std::reference_wrapper<sync::LocalStore> store;
  Wire& wire;
  Screen& screen;
  Aside& aside;
  Writer writer;
  Keymap keys;
  std::function<std::int64_t()> now_ms;  ///< milliseconds since 1970
  /// Runs a command of the shell while the screen is left; its exit status.
  std::function<int(const ShellCommand& command)> run;
  std::vector<Theme> themes{};
  std::vector<SavedSearch> saved_searches{};
  /// Into the settings and out of them again; both may throw.
  std::function<void(const SavedSearch&)> keep_search{};
  std::function<void(const std::string& name)> forget_search{};
  std::function<void(const Arrival&)> notify{};
  /// The accounts that are shown together; none: the one above.
  std::vector<Desk> desks{};
  std::chrono::seconds undo{10};  ///< how long a mail that is sent waits
  std::string editor{};           ///< a command of the shell; "": $VISUAL or $EDITOR
};

/// A line at the bottom in which something is asked.
struct Prompt {
  std::string label;
  LineEdit line;
  std::string answers;  ///< keys that answer at once ("yn"); "" for a line of text
  enum class Echo { kShown, kHidden };
  Echo echo = Echo::kShown;  ///< kHidden: what is typed is a secret
  std::function<void(const std::string&)> done;
  std::function<void(const std::string&)> changed;                         ///< as it is typed
  std::function<void()> left;                                              ///< by Esc
  std::function<std::optional<std::string>(const std::string&)> complete;  ///< by Tab
  std::function<std::string(const std::string&)> hint{};                   ///< in the line above
};

/// A letter on the screen, and what of it is saved.
struct Writing {
  Composer composer;
  sync::DraftId draft = 0;
  Letter saved;
  std::int64_t saved_at = 0;  ///< milliseconds
  Letter put{};               ///< what was last put into the server's Drafts
  std::int64_t put_at = 0;    ///< milliseconds
};

/// Something to do with a part of a message as soon as it is here.
struct WantedPart {
  sync::MessageId message = 0;
  std::string number;
  std::function<void()> then;
};

class Client {
 public:
  explicit Client(World world);
  /// Removes what was opened in other programs.
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  void handle(const Event& event);
  /// `desk`: of whose engine it is, by its place in `desks`.
  void hear(const sync::Event& event, std::size_t desk = 0);
  /// Whatever time brings: saving drafts, the preview, mails that are due.
  void tick();
  /// Milliseconds until `tick` has something to do.
  int wait_ms() const;
  void paint();
  /// The letter on the screen goes to disk now: the terminal is gone.
  void save_all();
  /// What was left from the last time is told.
  void greet();
  bool ended() const { return ended_; }

  // --- What commands use ---

  Place place() const;
  void say(std::string text);
  void alert(std::string text);
  void ask(Prompt prompt);
  bool asking() const { return prompt_.has_value() || choosing_.has_value(); }
  void choose(Picker picker, std::function<void(Client&, const Picker&)> then);
  /// Runs "NAME ARGUMENT" of the command table; the first letters of one name alone will do. What
  /// is wrong with it is said.
  void command(const std::string& line);

  void open_folder(sync::FolderId folder);
  void open_message(sync::MessageId message);
  /// The message that is attached as that part.
  void open_inside(sync::MessageId message, const std::string& part);
  void close_reader();
  void write(Letter letter, sync::DraftId draft);
  void stop_writing();
  void save_draft();
  /// After a change of the journal: the engine is told and the screen is read anew.
  void acted();
  void want_part(WantedPart part);
  /// Fetches the text, and runs the command once it is here, unless a key is pressed before.
  void once_read(sync::MessageId message, std::string line);
  void search(const std::string& query, Scope scope = Scope::kFolder);
  /// Marks what fits, of the search that is shown or else of the folder.
  void mark_matching(const std::string& query);
  void open_saved(const SavedSearch& search);
  /// The saved one whose results are in the list; nullptr when there is none.
  const SavedSearch* shown_search() const;
  /// That of the list; nullptr when there is none.
  const sync::Folder* shown_folder() const;
  /// Of what one wrote oneself the list says to whom.
  bool lists_recipients() const;
  void end() { ended_ = true; }
  std::int64_t now() const { return world.now_ms() / 1000; }

  // --- What a front without a picture looks at (plain.hpp) ---

  const std::optional<Prompt>& prompt() const { return prompt_; }
  /// As if it had been typed and ended by Enter.
  void answer(std::string text);
  /// As by Esc: the prompt or the popup goes.
  void dismiss();
  const Picker* picker() const { return choosing_ ? &choosing_->picker : nullptr; }
  void pick(std::size_t choice);
  /// What was said since it was last asked for.
  std::string take_said();
  /// Of the account in hand.
  const sync::LinkChanged& link() const;
  bool searching() const { return searching_ > 0; }

  // --- Several accounts (client_accounts.cpp) ---

  bool joined() const { return desks.size() > 1; }
  /// The account that this folder, message, entry or draft is of is in hand from now on.
  void take_in_hand(std::int64_t id);
  sync::LocalStore& store_of(std::int64_t id);
  const std::string& address_of(std::int64_t id) { return desk_of(id).writer.account.address; }
  /// Messages by the account they are of.
  struct Share {
    sync::LocalStore& store;
    std::vector<sync::MessageId> messages;
  };
  std::vector<Share> by_account(const std::vector<sync::MessageId>& messages);

  World world;
  std::vector<Desk> desks;
  MailList list;
  std::vector<sync::Folder> folders;
  std::optional<Reader> reader;
  std::optional<Writing> writing;
  std::vector<sync::Entry> outbox;
  SearchCounts search_counts;
  std::string last_search, last_found;
  std::vector<std::filesystem::path> temporary;  ///< folders of attachments that were opened
  bool leaving = false;                          ///< ends when the outbox is empty

 private:
  const Command* meant_by(const std::string& name);
  void press(const Key& key);
  bool is_esc_and_another(const Key& key) const;
  void run_once_read(sync::MessageId message);
  void press_in_prompt(const Key& key);
  void press_in_picker(const Key& key);
  void settle_picker(Picker::Outcome outcome);
  void run_keys(const Key& key);
  void click(const Mouse& mouse);
  void turn_wheel(const Mouse& mouse);
  void click_in_text(Position at);
  void paste(const Pasted& pasted);
  void settle_desks();
  Desk& desk_of(std::int64_t id);
  void take(const Desk& desk);
  std::vector<sync::Folder> all_folders();
  void read_folders();
  void read_outbox();
  void ask_wire(const mail::SearchKey& key, std::optional<sync::FolderId> folder);
  void prepare_preview();
  void note_presence();

  struct Hearing;
  friend struct Hearing;
  friend class Painter;

  std::optional<Prompt> prompt_;
  struct Choosing {
    Picker picker;
    std::function<void(Client&, const Picker&)> then;
  };
  std::optional<Choosing> choosing_;
  std::string keys_;  ///< the beginning of a sequence
  std::string said_;
  bool alerting_ = false;
  std::int64_t said_at_ = 0;
  std::map<sync::Progress::What, sync::Progress> progress_;
  std::optional<Reader> preview_;
  std::int64_t cursor_moved_at_ = 0;
  sync::MessageId seen_cursor_ = 0;
  std::vector<WantedPart> wanted_;
  struct {
    sync::MessageId message = 0;  ///< 0: none
    std::string command;
  } once_read_;
  std::uint64_t searches_ = 0;
  std::uint64_t marking_ = 0;  ///< the search whose finds are marked
  std::size_t found_marked_ = 0;
  std::size_t searching_ = 0;  ///< servers that have not answered yet
  bool found_more_ = false;    ///< than are told
  std::int64_t key_at_ = 0;    ///< milliseconds
  bool away_ = false;
  bool ended_ = false;
};

}  // namespace mua::screen
