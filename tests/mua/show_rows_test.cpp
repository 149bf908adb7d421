#include "mua/show_rows.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "tests/mua/terminal.hpp"

namespace mua {
namespace {

using testing::HasSubstr;
using testing::MatchesRegex;
using testing::Not;

mail::imap::Fetched message(std::uint32_t uid, std::string subject) {
  mail::imap::Fetched out;
  out.uid = uid;
  out.envelope.emplace().subject = std::move(subject);
  return out;
}

std::string shown(std::vector<mail::imap::Fetched> messages, Format format) {
  const Selection selection{"Archive", 7, 2};
  testing::internal::CaptureStdout();
  show_rows(selection, std::move(messages), format);
  return testing::internal::GetCapturedStdout();
}

TEST(ShowRows, KeepsTheOrderItIsGiven) {
  EXPECT_THAT(shown({message(9, "new"), message(3, "old")}, Format::kText),
              MatchesRegex("Archive:9 N +new\nArchive:3 N +old\n"));
}

TEST(ShowRows, WritesOneArrayWithWholeIds) {
  const auto json =
      boost::json::parse(shown({message(9, "new"), message(3, "old")}, Format::kJson)).as_array();
  ASSERT_EQ(json.size(), 2U);
  EXPECT_EQ(json[0].at("id").as_string(), "Archive:7:9");
  EXPECT_EQ(json[1].at("subject").as_string(), "old");
}

TEST(ShowRows, OfNoMessagesIsAnEmptyArrayOrNothing) {
  EXPECT_EQ(shown({}, Format::kJson), "[]\n");
  EXPECT_EQ(shown({}, Format::kText), "");
}

TEST(ShowRows, CutsOnATerminalAlone) {
  const std::string subject(100, 'x');
  const Seen seen = at_terminal([&] {
    show_rows({"INBOX", 7, 1}, {message(1, subject)}, Format::kText);
    return 0;
  });
  EXPECT_EQ(seen.code, 0);
  EXPECT_THAT(seen.text, HasSubstr("x…\r\n"));
  EXPECT_THAT(seen.text, Not(HasSubstr(subject)));
  EXPECT_THAT(shown({message(1, subject)}, Format::kText), HasSubstr(subject + "\n"));
}

}  // namespace
}  // namespace mua
