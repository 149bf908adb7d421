// The ringing end of the change feed: the FIFOs found in the folder, kept open between rings.
// Not safe from several threads at once.
#pragma once

#include <ctime>
#include <map>
#include <string>

#include "mailstore/feed_inbox.hpp"

namespace mailstore {

class FeedListeners {
 public:
  explicit FeedListeners(int folder) : folder_(folder) {}

  void ring(const Change& change);

 private:
  void refresh();
  void list();
  void open(const std::string& name);

  int folder_;
  timespec listed_{};     ///< the folder's mtime when it was listed
  bool settled_ = false;  ///< that mtime was old enough to tell a later change from it
  std::map<std::string, FileDescriptor> fifos_;
};

}  // namespace mailstore
