#include "smtpd/unbound_setup.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <utility>

#include "conf/value_error.hpp"
#include "tests/temporary_folder.hpp"

namespace smtpd {
namespace {

class UnboundSetup : public testing::Test {
 protected:
  std::filesystem::path file(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name) << text;
    return folder_ / name;
  }

  static std::string error(const conf::DnsSettings& settings) {
    try {
      open_unbound(settings);
    } catch (const std::runtime_error& error) {
      return error.what();
    }
    return "";
  }

  /// The value that is wrong, and why.
  static std::pair<std::string, std::string> wrong(const conf::DnsSettings& settings) {
    try {
      open_unbound(settings);
    } catch (const conf::ValueError& error) {
      return {error.value(), error.what()};
    }
    return {};
  }

  tests::TemporaryFolder folder_;
  conf::DnsSettings iterative_{"iterative", {}, "", "", conf::seconds(30), {}};
};

TEST_F(UnboundSetup, EachModeWorks) {
  EXPECT_EQ(error({}), "");
  EXPECT_EQ(error(iterative_), "");
  conf::DnsSettings forward;
  forward.mode = "forward";
  forward.servers = {{"192.0.2.1", 53}, {"2001:db8::1", 5353}};
  EXPECT_EQ(error(forward), "");
}

TEST_F(UnboundSetup, TakesHintsKeysAndZones) {
  iterative_.root_hints =
      file("hints", ". 3600 IN NS a.root.test.\na.root.test. 3600 IN A 192.0.2.1\n");
  iterative_.trust_anchor =
      file("root.ds",
           ". IN DS 20326 8 2 E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D\n");
  iterative_.stubs = {{"corp.test", {{"127.0.0.1", 5353}, {"::1", 53}}, ""}};
  EXPECT_EQ(error(iterative_), "");
}

TEST_F(UnboundSetup, SaysWhichFileIsNotThere) {
  const auto refusal = [](const std::string& file, const std::string& rest) {
    return std::pair(file, file + " can't be read (" + rest);
  };
  const std::string none = folder_ / "none", folder = folder_.path();
  iterative_.root_hints = none;
  EXPECT_EQ(
      wrong(iterative_),
      refusal(none, "No such file or directory), expected a zone file with the root's servers"));
  iterative_.root_hints.clear();
  iterative_.trust_anchor = none;
  const std::string keys = "expected DS or DNSKEY records of the zone";
  EXPECT_EQ(wrong(iterative_), refusal(none, "No such file or directory), " + keys));
  iterative_.trust_anchor = folder;
  EXPECT_EQ(wrong(iterative_), refusal(folder, "it is a folder), " + keys));
  iterative_.trust_anchor = "";
  iterative_.stubs = {{"corp.test", {{"127.0.0.1", 5353}}, none}};
  EXPECT_EQ(wrong(iterative_), refusal(none, "No such file or directory), " + keys));
}

TEST_F(UnboundSetup, SaysWhatIsWrongInAFile) {
  iterative_.trust_anchor = file("root.key", "this is no key\n");
  EXPECT_EQ(wrong(iterative_).first, iterative_.trust_anchor->string());
  iterative_.trust_anchor = "";
  iterative_.root_hints = file("hints", "nor is this a zone\n");
  EXPECT_EQ(wrong(iterative_).first, iterative_.root_hints.string());
}

TEST_F(UnboundSetup, TheRootsKeysWhereTheModeNeedsThem) {
  conf::DnsSettings settings;
  EXPECT_EQ(trust_anchor_of(settings), "");
  settings.mode = "iterative";
  EXPECT_EQ(trust_anchor_of(settings), "/usr/share/dns/root.key");
  settings.trust_anchor = "own.key";
  EXPECT_EQ(trust_anchor_of(settings), "own.key");
}

}  // namespace
}  // namespace smtpd
