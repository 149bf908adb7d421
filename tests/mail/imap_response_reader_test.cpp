#include "mail/imap_response_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mail::imap {
namespace {

using testing::ElementsAre;

std::vector<std::string> read(std::string_view octets, std::size_t step) {
  ResponseReader reader;
  std::vector<std::string> out;
  while (!octets.empty()) {
    std::string_view piece = octets.substr(0, step);
    octets.remove_prefix(piece.size());
    while (!piece.empty()) {
      const auto status = reader.feed(piece);
      if (status == ResponseReader::Status::kTooLarge) {
        out.push_back("too large");
        return out;
      }
      if (status == ResponseReader::Status::kWhole) out.push_back(reader.take());
    }
  }
  return out;
}

TEST(ImapResponseReader, GathersLinesAndLiteralsHoweverTheyAreCut) {
  const std::string octets =
      "* OK ready\r\n* 1 FETCH (BODY[] {8}\r\nab\r\ncd\r\n FLAGS ())\r\n* 2 FETCH (X {0}\r\n)\r\n"
      "* LIST () \"/\" {3+}\r\nfoo\r\nA1 OK done\r\n";
  for (std::size_t step : {std::size_t{1}, std::size_t{2}, std::size_t{7}, octets.size()}) {
    EXPECT_THAT(read(octets, step),
                ElementsAre("* OK ready", "* 1 FETCH (BODY[] {8}\r\nab\r\ncd\r\n FLAGS ())",
                            "* 2 FETCH (X {0}\r\n)", "* LIST () \"/\" {3+}\r\nfoo", "A1 OK done"));
  }
}

TEST(ImapResponseReader, TextForPeopleAnnouncesNoLiteral) {
  EXPECT_THAT(read("* OK hello {5}\r\n* bye {7}\r\nA1 NO {9}\r\n+ {3}\r\n", 1),
              ElementsAre("* OK hello {5}", "* bye {7}", "A1 NO {9}", "+ {3}"));
}

TEST(ImapResponseReader, TakesBareLineFeeds) {
  EXPECT_THAT(read("* OK a\n* OK b\n", 3), ElementsAre("* OK a", "* OK b"));
}

TEST(ImapResponseReader, RefusesWhatHasNoBounds) {
  EXPECT_THAT(read("* 1 FETCH (BODY[] {99999999999}\r\n", 1), ElementsAre("too large"));
  EXPECT_THAT(read("* 1 FETCH (BODY[] {99999999999999999999999999}\r\n", 1),
              ElementsAre("too large"));
  EXPECT_THAT(read("* SEARCH " + std::string(ResponseReader::kMaxText + 1, '1'), 65536),
              ElementsAre("too large"));
}

}  // namespace
}  // namespace mail::imap
