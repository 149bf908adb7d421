#include "mua/rows.hpp"

#include <gtest/gtest.h>

namespace mua {
namespace {

Row row(std::uint32_t uid, std::uint8_t flags, std::string subject) {
  Row out;
  out.ref = {"INBOX", 7, uid};
  out.message.uid = uid;
  out.message.flags = mail::FlagSet{flags, {}};
  out.message.internal_date = mail::DateTime{1000000000, 0};
  out.message.size = 123;
  mail::imap::Envelope envelope;
  envelope.subject = std::move(subject);
  envelope.from = {{"Ann \x1b[1m", {"ann", "x.test"}}};
  out.message.envelope = envelope;
  return out;
}

TEST(Rows, AreLinesForPeople) {
  EXPECT_EQ(
      render_rows({row(12, 0, "Hello"), row(3, mail::kSeen | mail::kFlagged | mail::kAnswered, "")},
                  0, 1700000000),
      "12 N   2001-09-09   Ann  [1m               Hello\n"
      "3   FA 2001-09-09   Ann  [1m               (no subject)\n");
  EXPECT_EQ(render_rows({}, 80, 0), "");
  EXPECT_EQ(render_rows({row(1, 0, "a subject too long for it")}, 60, 1700000000),
            "1 N   2001-09-09   Ann  [1m               a subject too lon…\n");
}

TEST(Rows, NeedNothingOfAMessage) {
  Row bare;
  bare.ref = {"Sent", 7, 1};
  EXPECT_EQ(render_rows({bare}, 0, 0),
            "Sent:1 N                                       (no subject)\n");
  EXPECT_EQ(row_json(bare).at("id").as_string(), "Sent:7:1");
}

TEST(Rows, AreJson) {
  const auto json = row_json(row(12, mail::kSeen, "Hello"));
  EXPECT_EQ(json.at("id").as_string(), "INBOX:7:12");
  EXPECT_EQ(json.at("unread").as_bool(), false);
  EXPECT_EQ(json.at("flags").as_array().at(0).as_string(), "\\Seen");
  EXPECT_EQ(json.at("received").as_string(), "2001-09-09T01:46:40+00:00");
  EXPECT_EQ(json.at("from").as_array().at(0).at("address").as_string(), "ann@x.test");
}

TEST(Rows, WriteDatesWithTheirZone) {
  EXPECT_EQ(iso_date({0, -210}), "1969-12-31T20:30:00-03:30");
  EXPECT_EQ(iso_date({0, 60}), "1970-01-01T01:00:00+01:00");
}

TEST(Rows, WriteAddresses) {
  EXPECT_EQ(address_list_text({{"Ann", {"ann", "x.test"}}, {"", {"bob", "y.test"}}}),
            "Ann <ann@x.test>, bob@y.test");
}

}  // namespace
}  // namespace mua
