// The last views of large mailboxes, shared by all accounts that a process has open: SELECT brings
// one up to date by its MODSEQ where it would read 200,000 rows, and sessions on the same mailbox
// share its blocks. Those longest unused go first. Safe from every thread.
#pragma once

#include <cstddef>
#include <list>
#include <memory>
#include <mutex>
#include <optional>

#include "mailstore/content_places.hpp"
#include "mailstore/message_states.hpp"

namespace mailstore {

class ViewCache {
 public:
  /// All messages of a mailbox as of a MODSEQ.
  struct View {
    std::uint32_t uid_validity = 0;
    ModSeq mod_seq = 0;
    MessageStates messages;
  };

  /// Smaller mailboxes are read again as fast.
  static constexpr std::size_t kWorthKeeping = 1000;

  explicit ViewCache(std::size_t most_messages = 400'000) : most_messages_(most_messages) {}

  std::optional<View> find(AccountId account, MailboxId mailbox);
  /// In place of the older one. The last one stays however large it is.
  void keep(AccountId account, MailboxId mailbox, View view);

  /// Beside a view that is kept; null: not known.
  std::shared_ptr<const ContentPlaces> places(AccountId account, MailboxId mailbox);
  void keep_places(AccountId account, MailboxId mailbox,
                   std::shared_ptr<const ContentPlaces> places);

 private:
  struct Entry {
    AccountId account;
    MailboxId mailbox;
    View view;
    std::shared_ptr<const ContentPlaces> places;
  };
  std::list<Entry>::iterator entry_of(AccountId account, MailboxId mailbox);

  std::mutex mutex_;
  std::size_t most_messages_;
  std::size_t messages_ = 0;
  std::list<Entry> entries_;  ///< most recently used first
};

}  // namespace mailstore
