#include "mailstore/feed_inbox.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <map>
#include <random>

#include "mailstore/errors.hpp"

namespace mailstore {
namespace {

constexpr int kWantedCapacity = 256 << 10;  // 8192 rings

std::string fresh_name() {
  std::random_device random;
  char name[40];
  std::snprintf(name, sizeof name, "%d-%08x.fifo", static_cast<int>(::getpid()), random());
  return name;
}

[[noreturn]] void fail(const std::string& name) {
  throw StoreError("can't make the change feed's FIFO " + name + ": " + std::strerror(errno));
}

}  // namespace

FeedInbox::FeedInbox(int folder) : folder_(folder), name_(fresh_name()) {
  // Made under another name first: a sender that opened it before we did would take it for
  // abandoned.
  std::string unready = name_ + ".new";
  if (::mkfifoat(folder, unready.c_str(), 0600) != 0) fail(unready);
  // O_RDWR keeps a writer on it, so that it doesn't read as ended when the last sender goes.
  fifo_ = FileDescriptor(::openat(folder, unready.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC));
  if (!fifo_) fail(unready);
  ::fcntl(fifo_.get(), F_SETPIPE_SZ, kWantedCapacity);  // refused beyond a user's quota: then less
  capacity_ = static_cast<std::size_t>(::fcntl(fifo_.get(), F_GETPIPE_SZ));
  if (::renameat(folder, unready.c_str(), folder, name_.c_str()) != 0) fail(name_);
}

FeedInbox::~FeedInbox() { ::unlinkat(folder_, name_.c_str(), 0); }

std::vector<Change> FeedInbox::take() {
  std::map<std::pair<AccountId, MailboxId>, ModSeq> latest;
  std::array<FeedRecord, 128> records;
  std::size_t taken = 0;
  for (ssize_t got; (got = ::read(fifo_.get(), records.data(), sizeof records)) > 0;) {
    taken += static_cast<std::size_t>(got);
    for (std::size_t i = 0; i < static_cast<std::size_t>(got) / sizeof(FeedRecord); ++i) {
      if (records[i].version != FeedRecord{}.version) continue;
      const Change& change = records[i].change;
      ModSeq& mod_seq = latest[{change.account, change.mailbox}];
      mod_seq = std::max(mod_seq, change.mod_seq);
    }
  }
  // A FIFO that was full at some moment held nearly its capacity, all of which is read here: so
  // half of it is the sure sign that rings may have been lost, seldom a false one.
  if (taken >= capacity_ / 2) latest[{0, 0}] = 0;
  std::vector<Change> changes;
  for (const auto& [where, mod_seq] : latest)
    changes.push_back({where.first, where.second, mod_seq});
  return changes;
}

}  // namespace mailstore
