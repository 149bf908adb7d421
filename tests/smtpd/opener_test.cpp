#include "smtpd/opener.hpp"

#include <gtest/gtest.h>

#include <future>
#include <map>

namespace smtpd {
namespace {

class OpenerTest : public testing::Test {
 protected:
  static Message message(mailstore::QueueId id) {
    auto message = std::make_shared<mailstore::QueuedMessage>();
    message->id = id;
    message->recipients.resize(2);
    message->recipients[1].number = 1;
    return message;
  }

  std::vector<std::vector<Job>> read(const std::vector<Parcel>& parcels) {
    calls_.push_back(parcels.size());
    if (all_asked_.valid()) all_asked_.wait();
    std::vector<std::vector<Job>> all;
    for (const Parcel& parcel : parcels) {
      all.push_back(jobs_of({parcel.id, parcel.recipients, message(parcel.id)}));
    }
    return all;
  }

  void ask(Parcel parcel) {
    asio::co_spawn(
        io_,
        [this, parcel = std::move(parcel)]() -> asio::awaitable<void> {
          opened_[parcel.id] = co_await opener_.open(parcel);
        },
        asio::detached);
  }

  std::future<void> all_asked_;  ///< what is read is read after that
  std::map<mailstore::QueueId, std::vector<Job>> opened_;
  std::vector<std::size_t> calls_;  ///< how many parcels each was for
  asio::io_context io_;
  tls::WorkerPool workers_{2};
  Opener opener_{io_, workers_,
                 [this](const std::vector<Parcel>& parcels) { return read(parcels); }};
};

TEST_F(OpenerTest, GivesToEachWhatItAskedFor) {
  for (int id = 20; id < 25; ++id) ask({id, {id % 2}});
  io_.run();
  for (int id = 20; id < 25; ++id) {
    ASSERT_EQ(opened_[id].size(), 1u) << id;
    EXPECT_EQ(opened_[id][0].message->id, id);
    EXPECT_EQ(opened_[id][0].recipient->number, id % 2);
  }
}

TEST_F(OpenerTest, ThoseWhoAskMeanwhileAreReadTogether) {
  std::promise<void> asked;
  all_asked_ = asked.get_future();
  for (int id = 100; id < 350; ++id) ask({id, {0}});
  asio::post(io_, [&] { asked.set_value(); });
  io_.run();
  EXPECT_EQ(opened_.size(), 250u);
  EXPECT_EQ(calls_, (std::vector<std::size_t>{1, 100, 100, 49}));
}

TEST_F(OpenerTest, WhoHasTheMessageWaitsForNobody) {
  ask({20, {1}, message(20)});
  io_.run();
  EXPECT_EQ(opened_[20].size(), 1u);
  EXPECT_TRUE(calls_.empty());
}

TEST_F(OpenerTest, WhoAsksLaterIsReadLater) {
  ask({20, {0}});
  io_.run();
  ask({21, {0}});
  io_.restart();
  io_.run();
  EXPECT_EQ(opened_[21].size(), 1u);
  EXPECT_EQ(calls_, (std::vector<std::size_t>{1, 1}));
}

}  // namespace
}  // namespace smtpd
