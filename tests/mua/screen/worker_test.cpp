#include "mua/screen/worker.hpp"

#include <poll.h>

#include <stdexcept>

#include "tests/mua/screen/client_trial.hpp"

namespace mua::screen {
namespace {

class WorkerTest : public ClientTrial {
 protected:
  void wait(Worker& worker, std::size_t count) {
    while (count > 0) {
      pollfd file{worker.file(), POLLIN, 0};
      poll(&file, 1, -1);
      for (const Aside::After& after : worker.take()) {
        after(client());
        --count;
      }
    }
  }
};

TEST_F(WorkerTest, WorksElsewhereInOrder) {
  Worker worker;
  std::string order;
  const auto here = std::this_thread::get_id();
  for (const char* name : {"a", "b", "c"}) {
    worker.run([name, here, &order]() -> Aside::After {
      EXPECT_NE(std::this_thread::get_id(), here);
      return [name, here, &order](Client&) {
        EXPECT_EQ(std::this_thread::get_id(), here);
        order += name;
      };
    });
  }
  wait(worker, 3);
  EXPECT_EQ(order, "abc");
}

TEST_F(WorkerTest, TellsWhatWorkThrew) {
  Worker worker;
  worker.run([]() -> Aside::After { throw std::runtime_error("the disk is full"); });
  wait(worker, 1);
  EXPECT_EQ(status_line(), " the disk is full");
}

TEST_F(WorkerTest, EndsWithWorkLeft) {
  Worker worker;
  for (int i = 0; i < 10; ++i) {
    worker.run([] { return Aside::After([](Client&) {}); });
  }
}

}  // namespace
}  // namespace mua::screen
