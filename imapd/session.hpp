// One IMAP connection from greeting to end (RFC 9051 §3): reads commands, finds them in the table,
// runs their handlers and writes what they answered. Lives in the frame of its coroutine, on one
// thread; its store calls cross to the pool and nothing else does. It holds no buffer while it is
// idle.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "imapd/enabled.hpp"
#include "imapd/notifier.hpp"
#include "imapd/progress_notice.hpp"
#include "imapd/reply.hpp"
#include "imapd/selected.hpp"
#include "imapd/service.hpp"
#include "mail/imap_command.hpp"
#include "mail/imap_reader.hpp"
#include "mailstore/slice.hpp"
#include "tls/stream.hpp"

namespace imapd {

struct CommandEntry;

enum class State { kNotAuthenticated, kAuthenticated, kSelected, kLogout };

class Session {
 public:
  Session(tls::Stream stream, Service& service);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  /// Greets, converses and closes; lets nothing out.
  asio::awaitable<void> run();

  State state() const;
  Service& service() { return service_; }
  const conf::Settings& settings() const { return *settings_; }
  tls::Stream& stream() { return stream_; }
  const tls::Stream& stream() const { return stream_; }
  Enabled& enabled() { return enabled_; }
  /// Null when no mailbox is selected.
  Selected* selected() { return selected_.get(); }
  const mailstore::AccountInfo& account() const { return *account_; }

  /// Untagged responses go here; what is written leaves with the next flush.
  std::string& out() { return out_; }
  asio::awaitable<void> flush();
  /// Flushes when much has gathered.
  asio::awaitable<void> flush_some();

  /// Runs `job(Account&)` on the pool, in turn with the other jobs of that account. What the
  /// session's user may do there is the caller's to know.
  template <class Job>
  auto in_account(mailstore::AccountId id, Job job) {
    service_.indexer().used();
    return service_.pool().run(static_cast<std::uint64_t>(id),
                               [this, id, job = std::move(job)]() mutable {
                                 auto account = service_.store().account(id);
                                 return job(*account);
                               });
  }
  /// In the user's own account.
  template <class Job>
  auto in_store(Job job) {
    return in_account(account_->id, std::move(job));
  }
  /// In the account that the selected mailbox belongs to, which may be another user's.
  template <class Job>
  auto in_selected(Job job) {
    return in_account(selected_->account(), std::move(job));
  }

  /// Takes `work.step(Account&, const Slice&)` to its end, a slice at a time (mailstore/slice.hpp):
  /// in between the account's other jobs have their turn. In the selected mailbox's account.
  template <class Work>
  asio::awaitable<void> in_slices(Work& work) {
    return in_slices_of(selected_->account(), work);
  }
  template <class Work>
  asio::awaitable<void> in_slices_of(mailstore::AccountId account, Work& work) {
    auto step = [&work](mailstore::Account& store) { return work.step(store, mailstore::Slice()); };
    for (bool done = false; !done;) {
      mailstore::Progress progress = co_await in_account(account, step);
      done = progress.done;
      co_await tell_progress(progress);
    }
  }

  void log_in(mailstore::AccountInfo account);
  /// Counts a failed login and waits a little, the longer the more there were; too many end the
  /// session.
  asio::awaitable<Reply> login_failed();
  /// From now on changes of the mailbox ring; before its view is read, so that none is missed.
  void watch(mailstore::AccountId account, mailstore::MailboxId mailbox);
  void select(std::unique_ptr<Selected> selected);
  void unselect();
  /// From now on the client is told what NOTIFY asked for, all the time (RFC 5465).
  void notify(std::unique_ptr<Notifier> notifier);
  /// Null when NOTIFY was not used.
  Notifier* notifier() { return notifier_.get(); }
  /// Watches what the selected mailbox and NOTIFY ask for now.
  void rewatch();
  /// This session put messages with these UIDs into the mailbox.
  void arrived_by_client(const MailboxKey& mailbox, mail::NumberRange uids);
  /// This session changed something about the mailbox of that name.
  void changed_by_client(const std::string& name);
  /// This session set an annotation; mailbox 0: of the server.
  void annotated_by_client(const MailboxKey& mailbox, std::string_view entry);
  /// Back to where only the greeting was said; TLS stays (RFC 8437).
  void unauthenticate();
  void log_out() { ended_ = true; }
  /// "* BYE [code] text", and the end.
  void end_with(std::string_view code, std::string_view text);
  /// The server is about to end: the session should say so and go.
  bool stopping() const { return stopping_; }
  /// What becomes of the stream once the reply of this command is out (RFC 9051 §6.2.1, RFC 4978).
  enum class AfterReply { kGoOn, kStartTls, kCompress, kStopCompression };
  void after_reply(AfterReply change) { after_reply_ = change; }

  /// Reads the store and tells what changed in the selected mailbox, as far as NOTIFY wants it.
  asio::awaitable<void> tell_changes(Expunges expunges);
  /// All of it, whatever NOTIFY says.
  asio::awaitable<void> catch_up();
  /// The same as tell_changes, and what NOTIFY wants of other mailboxes.
  asio::awaitable<void> tell_news(Expunges expunges);
  /// Tells what the changes known by now did to the results the client is kept told of.
  asio::awaitable<void> tell_live_searches();
  /// Waits until the mailbox's bell rings, the client sends something or `longest` is over (IDLE).
  enum class Woken { kRung, kInput, kNeither };
  asio::awaitable<Woken> wait_for_news(tls::Seconds longest);

  /// The literal that ends the command so far, until one of the three below has dealt with it.
  const std::optional<mail::ImapReader::NeedLiteral>& announced() const { return announced_; }
  /// "+ " when the client waits for it; then `consume` takes the octets as they come.
  template <class Consumer>
  asio::awaitable<void> receive_literal(Consumer& consume) {
    co_await ask_for_literal();
    while (announced_->size > 0) {
      if (stream_.buffered().empty()) co_await stream_.fill();
      auto octets = stream_.buffered().substr(0, announced_->size);
      co_await consume(octets);
      stream_.consume(octets.size());
      announced_->size -= octets.size();
    }
    announced_.reset();
    reader_.literal_taken();
  }
  /// Takes the announced literal into the text of the command, because a string stands there; then
  /// `read_rest` gives all of that text. An answer instead: it was too large, and refused.
  asio::awaitable<std::optional<Reply>> gather_literal();
  /// The text after a literal that was taken, up to the next literal or the end of the command.
  asio::awaitable<std::string> read_rest();
  /// Answers `reply` in place of the command whose literal is announced, draining what the client
  /// sends unasked.
  asio::awaitable<Reply> refuse_literal(Reply reply);

 private:
  enum class Waiting { kNo, kForCommand, kForNews };

  asio::awaitable<void> converse();
  asio::awaitable<void> wait_for_input();
  bool has_news() const;
  asio::awaitable<void> push_news();
  /// False when the selected mailbox is another's, who lets the user read it no more.
  asio::awaitable<bool> renew_rights();
  asio::awaitable<std::vector<mail::NumberRange>> take_changes(Expunges expunges, Enabled told);
  asio::awaitable<void> fetch_new(std::vector<mail::NumberRange> sequence,
                                  std::vector<mail::FetchItem> wanted);
  asio::awaitable<std::optional<mail::ImapCommand>> read_command();
  asio::awaitable<std::optional<mail::ImapCommand>> begin_literal();
  asio::awaitable<void> ask_for_literal();
  asio::awaitable<void> execute(mail::ImapCommand command);
  asio::awaitable<Reply> run_handler(const CommandEntry& entry, mail::ImapCommand command);
  asio::awaitable<void> look(const CommandEntry& entry, Reply& reply);
  asio::awaitable<void> tell_progress(mailstore::Progress progress);
  Reply failed(const std::exception& error);
  void answer(std::string_view tag, const Reply& reply);
  asio::awaitable<void> change_stream();
  asio::awaitable<void> say_goodbye(std::string_view why);
  void release_buffers();

  tls::Stream stream_;
  Service& service_;
  std::shared_ptr<const conf::Settings> settings_;
  std::shared_ptr<Bell> bell_;
  std::string out_;
  mail::ImapReader reader_;
  std::optional<mail::ImapReader::NeedLiteral> announced_;
  std::optional<mailstore::AccountInfo> account_;
  std::unique_ptr<Selected> selected_;
  Place open_;  ///< where the selected mailbox is, or the one being opened
  std::unique_ptr<Notifier> notifier_;
  Enabled enabled_;
  ProgressNotice progress_notice_;
  std::chrono::steady_clock::time_point deadline_;  ///< for the next command to be here
  struct {
    unsigned bad_commands = 0;  ///< in a row
    unsigned failed_logins = 0;
  } offences_;
  bool rung_ = false;         ///< since the selected mailbox was looked at
  bool rung_others_ = false;  ///< since all that is watched was
  Waiting waiting_ = Waiting::kNo;
  bool stopping_ = false;
  AfterReply after_reply_ = AfterReply::kGoOn;
  bool ended_ = false;
};

}  // namespace imapd
