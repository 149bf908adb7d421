#include "imapd/render_sort.hpp"

#include <fmt/format.h>

#include "mail/imap_response.hpp"

namespace imapd {

namespace {

constexpr auto kNone = mail::Threads::kNone;

/// Writes threads without calling itself: they may be as deep as the mailbox is long.
class ThreadWriter {
 public:
  ThreadWriter(const mail::Threads& threads, const std::vector<std::uint32_t>& numbers,
               std::string& out)
      : nodes_(threads.nodes), numbers_(numbers), out_(out) {
    siblings_.push_back(threads.first_root);
  }

  void run() {
    while (!siblings_.empty()) {
      auto node = siblings_.back();
      if (node != kNone) {
        siblings_.back() = nodes_[node].next_sibling;
        open(node);
        continue;
      }
      siblings_.pop_back();
      if (!siblings_.empty()) out_ += ')';
    }
  }

 private:
  // thread-list    = "(" (thread-members / thread-nested) ")"
  // thread-members = nz-number *(SP nz-number) [SP thread-nested]
  // thread-nested  = 2*thread-list
  void open(std::uint32_t node) {
    out_ += '(';
    for (bool first = true;; first = false) {
      if (nodes_[node].message != kNone) {
        if (!first) out_ += ' ';
        mail::append_number(out_, numbers_[nodes_[node].message]);
      }
      auto child = nodes_[node].first_child;
      if (child == kNone) break;
      if (nodes_[child].next_sibling != kNone) {
        if (nodes_[node].message != kNone) out_ += ' ';
        siblings_.push_back(child);
        return;
      }
      node = child;
    }
    out_ += ')';
  }

  const std::vector<mail::Threads::Node>& nodes_;
  const std::vector<std::uint32_t>& numbers_;
  std::string& out_;
  std::vector<std::uint32_t> siblings_;  ///< of each list that is open, the next to tell
};

}  // namespace

std::vector<std::uint32_t> sequences_of(const mailstore::MailboxView& view,
                                        const std::vector<mailstore::Uid>& uids) {
  std::vector<std::uint32_t> sequences;
  sequences.reserve(uids.size());
  std::uint32_t sequence = 0;
  auto message = view.messages.begin();
  for (auto uid : uids) {
    for (; message != view.messages.end() && message->uid < uid; ++message) ++sequence;
    bool is_there = message != view.messages.end() && message->uid == uid;
    sequences.push_back(is_there ? sequence + 1 : 0);
  }
  return sequences;
}

std::vector<std::uint32_t> in_order(const std::vector<std::uint32_t>& numbers,
                                    const std::vector<std::uint32_t>& positions) {
  std::vector<std::uint32_t> ordered;
  ordered.reserve(positions.size());
  for (auto position : positions) ordered.push_back(numbers[position]);
  return ordered;
}

// sort-data = "SORT" *(SP nz-number) [SP "(" "MODSEQ" SP mod-sequence-value ")"]
std::string render_sort(const Found& found) {
  std::string out = "* SORT";
  out.reserve(8 * found.numbers.size() + 64);
  for (auto number : found.numbers) {
    out += ' ';
    mail::append_number(out, number);
  }
  if (found.mod_seq) out += fmt::format(" (MODSEQ {})", *found.mod_seq);
  return out + "\r\n";
}

// thread-data = "THREAD" [SP 1*thread-list]
std::string render_thread(const mail::Threads& threads, const std::vector<std::uint32_t>& numbers) {
  std::string out = "* THREAD";
  out.reserve(10 * numbers.size() + 64);
  if (threads.first_root != kNone) out += ' ';
  ThreadWriter(threads, numbers, out).run();
  return out + "\r\n";
}

}  // namespace imapd
