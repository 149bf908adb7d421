// The listening end of the change feed: this process's FIFO `<pid>-<random>.fifo`.
#pragma once

#include <string>
#include <vector>

#include "mailstore/change_feed.hpp"
#include "mailstore/file_descriptor.hpp"

namespace mailstore {

/// A ring as it lies in the FIFO. Its size divides a page, so that a FIFO fills to its last octet
/// and a write is never split.
struct FeedRecord {
  std::uint64_t version = 1;
  Change change;
};
static_assert(sizeof(FeedRecord) == 32);

class FeedInbox {
 public:
  explicit FeedInbox(int folder);
  ~FeedInbox();  ///< removes the FIFO
  FeedInbox(const FeedInbox&) = delete;
  FeedInbox& operator=(const FeedInbox&) = delete;

  int descriptor() const { return fifo_.get(); }
  std::vector<Change> take();

 private:
  int folder_;
  std::string name_;
  FileDescriptor fifo_;
  std::size_t capacity_ = 0;
};

}  // namespace mailstore
