#include "mailstore/queue.hpp"

#include <boost/json/parse.hpp>

#include "tests/mailctl/mailctl.hpp"

namespace mailctl {
namespace {

using QueueTest = MailctlTest;

TEST_F(QueueTest, ShowsAnEmptyQueue) {
  ASSERT_EQ(init().status, 0);
  EXPECT_EQ(mailctl({"queue", "list"}).out, "The queue is empty.\n");
  EXPECT_EQ(mailctl({"queue", "list", "--json"}).out, "[]\n");
}

TEST_F(QueueTest, ShowsEachRecipientThatWaits) {
  ASSERT_EQ(init().status, 0);
  {
    mailstore::Queue queue(data_, 65536);
    mailstore::QueuedMessage message;
    message.sender = {"alice", "example.test"};
    auto staging = queue.stage();
    staging.write("Subject: x\r\n\r\n");
    message.content = staging.finish();
    mailstore::QueuedRecipient recipient;
    recipient.address = {"bob", "elsewhere.test"};
    message.recipients.push_back(recipient);
    queue.accept(std::move(message), [](auto, std::exception_ptr error) { EXPECT_FALSE(error); });
  }
  const auto list = boost::json::parse(mailctl({"queue", "list", "--json"}).out);
  ASSERT_EQ(list.as_array().size(), 1u);
  EXPECT_EQ(list.at(0).at("recipient").as_string(), "bob@elsewhere.test");
  EXPECT_EQ(list.at(0).at("state").as_string(), "queued");
  EXPECT_EQ(list.at(0).at("octets").to_number<int>(), 14);
  EXPECT_NE(mailctl({"queue", "list"}).out.find("alice@example.test"), std::string::npos);
}

}  // namespace
}  // namespace mailctl
