#include "mua/local_rows.hpp"

#include <gtest/gtest.h>

#include "mua/sync/message_list.hpp"
#include "tests/mua/local_trial.hpp"

namespace mua {
namespace {

TEST(LocalRows, AreNamedAsTheServerNamesThem) {
  LocalTrial trial;
  const auto id = trial.put(4, "hello");
  const sync::Folder folder = require_folder(trial.store, "inbox");
  const Row row = row_of(folder, 7, *sync::MessageList(trial.store).header(id));
  EXPECT_EQ(row.ref.full(), "INBOX:7:4");
  EXPECT_EQ(row.message.envelope->subject, "hello");
  EXPECT_THROW(require_folder(trial.store, "Elsewhere"), Failure);
}

}  // namespace
}  // namespace mua
