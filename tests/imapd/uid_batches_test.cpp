#include "imapd/uid_batches.hpp"

#include <gtest/gtest.h>

namespace imapd {
namespace {

using Ranges = std::vector<mail::NumberRange>;

mailstore::MailboxView view_of(std::uint32_t count, std::uint32_t step) {
  mailstore::MailboxView view;
  for (std::uint32_t i = 1; i <= count; ++i) view.messages.push_back({i * step, 1, 0});
  return view;
}

TEST(UidBatches, CutFromTheNewest) {
  auto view = view_of(7, 10);
  EXPECT_EQ(uid_batches(view, {3, 1, UINT32_MAX}), (Ranges{{70, 50}, {49, 20}, {19, 1}}));
  EXPECT_EQ(uid_batches(view, {7, 1, UINT32_MAX}), (Ranges{{70, 1}}));
  EXPECT_EQ(uid_batches(view, {500, 1, UINT32_MAX}), (Ranges{{70, 1}}));
  EXPECT_EQ(uid_batches(view_of(6, 10), {3, 1, UINT32_MAX}), (Ranges{{60, 40}, {39, 1}}));
}

TEST(UidBatches, AreThoseAskedFor) {
  auto view = view_of(7, 10);
  EXPECT_EQ(uid_batches(view, {3, 2, 2}), (Ranges{{49, 20}}));
  EXPECT_EQ(uid_batches(view, {3, 2, 9}), (Ranges{{49, 20}, {19, 1}}));
  EXPECT_EQ(uid_batches(view, {3, 4, 9}), Ranges{});
  EXPECT_EQ(uid_batches(view, {UINT32_MAX, UINT32_MAX, UINT32_MAX}), Ranges{});
  EXPECT_EQ(uid_batches(view_of(0, 1), {3, 1, UINT32_MAX}), Ranges{});
}

TEST(UidBatches, AreWrittenAsTheGrammarSays) {
  EXPECT_EQ(render_uid_batches("A143", {{215295, 99696}, {99695, 1}}),
            "* UIDBATCHES (TAG \"A143\") 215295:99696,99695:1\r\n");
  EXPECT_EQ(render_uid_batches("A143", {}), "* UIDBATCHES (TAG \"A143\")\r\n");
}

}  // namespace
}  // namespace imapd
