// A thread that works aside of the screen's. `file` can be read (poll(2)) while something is to be
// taken up.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "mua/screen/aside.hpp"

namespace mua::screen {

class Worker : public Aside {
 public:
  Worker();
  /// Waits for the work it is at; what is not begun is dropped.
  ~Worker() override;

  void run(Work work) override;
  std::vector<After> take() override;
  int file() const { return file_; }

 private:
  void live();

  int file_ = -1;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Work> work_;
  std::vector<After> done_;
  bool ending_ = false;
  std::thread thread_;  // the last one: it uses all others
};

}  // namespace mua::screen
