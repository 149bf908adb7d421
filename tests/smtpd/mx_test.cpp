#include "smtpd/mx.hpp"

#include <gtest/gtest.h>

namespace smtpd {
namespace {

using asio::ip::make_address;
using Status = Answer::Status;
using HostNames = std::vector<std::string>;

/// The data of an MX record: {10, "mx.test"}.
std::string mx(int preference, const std::string& host) {
  std::string data{static_cast<char>(preference >> 8), static_cast<char>(preference)};
  for (std::size_t at = 0; at < host.size();) {
    const auto end = std::min(host.find('.', at), host.size());
    data += static_cast<char>(end - at);
    data += host.substr(at, end - at);
    at = end + 1;
  }
  return data + '\0';
}

Answer found(std::vector<std::string> records) {
  return {Status::kFound, std::move(records), false, ""};
}

MxChoice choose(const Answer& answer) {
  return choose_hosts("example.test", answer, "mail.self.test", [] { return 0u; });
}

HostNames names(const MxChoice& choice) {
  HostNames names;
  for (const MxRecord& record : choice.hosts) names.push_back(record.host);
  return names;
}

HostNames names(const Route& route) {
  HostNames names;
  for (const Host& host : route.hosts) names.push_back(host.name);
  return names;
}

KnownHost known(std::uint16_t preference, const std::string& name) {
  return {{preference, name}, {make_address("192.0.2.1")}, false, ""};
}

KnownHost without_address(std::uint16_t preference, const std::string& name,
                          const std::string& trouble) {
  return {{preference, name}, {}, false, trouble};
}

KnownHost ours(std::uint16_t preference, const std::string& name) {
  return {{preference, name}, {make_address("192.0.2.9")}, true, ""};
}

TEST(Mx, ReadsRecords) {
  const auto record = read_mx(mx(266, "mx.test"));
  ASSERT_TRUE(record);
  EXPECT_EQ(record->preference, 266);
  EXPECT_EQ(record->host, "mx.test");
}

TEST(Mx, TheRootIsEmpty) {
  const auto record = read_mx(std::string(3, '\0'));
  ASSERT_TRUE(record);
  EXPECT_EQ(record->host, "");
}

TEST(Mx, CutRecordsAreNone) {
  const std::string whole = mx(10, "mx.test");
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_FALSE(read_mx(whole.substr(0, size))) << size;
  }
}

TEST(Mx, NamesThatNoHostCanHaveAreNone) {
  for (const std::string host : {"a b.test", "a\r\nb.test", "\xc3\xa4.test", "a/../b.test"}) {
    EXPECT_FALSE(read_mx(mx(10, host))) << host;
  }
  EXPECT_FALSE(
      read_mx(std::string("\0\x0a\x03"
                          "a.b\0",
                          7)));  // a dot within a label
  EXPECT_TRUE(read_mx(mx(10, "_mx-1.test")));
}

TEST(Mx, LowestPreferenceFirst) {
  EXPECT_EQ(names(choose(found({mx(20, "b.test"), mx(5, "a.test"), mx(300, "c.test")}))),
            (HostNames{"a.test", "b.test", "c.test"}));
}

TEST(Mx, EqualPreferencesAreMixed) {
  std::uint32_t drawn = 0;
  HostNames first;
  for (int i = 0; i < 2; ++i) {
    const MxChoice choice = choose_hosts("d.test", found({mx(5, "a.test"), mx(5, "b.test")}),
                                         "self.test", [&] { return drawn++; });
    first.push_back(names(choice).at(0));
  }
  EXPECT_NE(first[0], first[1]);
}

TEST(Mx, NothingAtOrBelowUs) {
  EXPECT_EQ(names(choose(found(
                {mx(5, "a.test"), mx(10, "MAIL.self.test"), mx(10, "b.test"), mx(20, "c.test")}))),
            HostNames{"a.test"});
  EXPECT_TRUE(
      choose(found({mx(5, "mail.self.test"), mx(9, "b.test")})).refusal.starts_with("550 5.4.6"));
}

TEST(Mx, NullMx) {
  EXPECT_TRUE(choose(found({mx(0, "")})).refusal.starts_with("556 5.1.10"));
  EXPECT_EQ(names(choose(found({mx(0, ""), mx(10, "a.test")}))), HostNames{"a.test"});
}

TEST(Mx, RecordsThatNameNoHost) {
  EXPECT_TRUE(choose(found({mx(10, "a b.test")})).refusal.starts_with("550 5.4.4"));
}

TEST(Mx, TheDomainItselfWithoutRecords) {
  EXPECT_EQ(names(choose({Status::kNoRecords, {}, false, ""})), HostNames{"example.test"});
  EXPECT_TRUE(choose_hosts("Self.test", {Status::kNoRecords, {}, false, ""}, "self.test", [] {
                return 0u;
              }).refusal.starts_with("550 5.4.6"));
}

TEST(Mx, TroubleIsNoVerdict) {
  EXPECT_EQ(choose({Status::kTrouble, {}, false, "no answer"}).refusal,
            "451 4.4.3 The domain can't be looked up now: no answer");
  EXPECT_TRUE(choose({Status::kNoDomain, {}, false, ""}).refusal.starts_with("550 5.1.2"));
}

TEST(Mx, ThousandsOfRecordsAreNotAllTried) {
  std::vector<std::string> records;
  for (int i = 0; i < 1000; ++i) records.push_back(mx(1000 - i, "h" + std::to_string(i) + ".test"));
  const MxChoice choice = choose(found(records));
  EXPECT_EQ(choice.hosts.size(), kMaxHosts);
  EXPECT_EQ(choice.hosts.front().host, "h999.test");
}

TEST(Mx, HostsWithoutAddressesAreLeftOut) {
  const Route route = choose_route(
      {without_address(5, "a.test", ""), known(10, "b.test"), without_address(20, "c.test", "x")},
      "550 none");
  EXPECT_EQ(names(route), HostNames{"b.test"});
  EXPECT_EQ(route.hosts[0].preference, 10);
  EXPECT_EQ(route.refusal, "");
}

TEST(Mx, NoAddressAtAll) {
  EXPECT_EQ(choose_route({without_address(5, "a.test", "")}, "550 none").refusal, "550 none");
  EXPECT_TRUE(choose_route({without_address(5, "a.test", ""), without_address(9, "b.test", "x")},
                           "550 none")
                  .refusal.starts_with("451 4.4.3"));
}

TEST(Mx, NothingAtOrBelowAnAddressOfOurs) {
  EXPECT_EQ(
      names(choose_route(
          {known(5, "a.test"), ours(10, "b.test"), known(10, "c.test"), known(20, "d.test")}, "")),
      HostNames{"a.test"});
  EXPECT_TRUE(
      choose_route({ours(10, "b.test"), known(20, "c.test")}, "").refusal.starts_with("550 5.4.6"));
  // The better host isn't there for good: then we are the best.
  EXPECT_TRUE(choose_route({without_address(5, "a.test", ""), ours(10, "b.test")}, "550 none")
                  .refusal.starts_with("550 5.4.6"));
  // It may be there tomorrow.
  EXPECT_TRUE(choose_route({without_address(5, "a.test", "x"), ours(10, "b.test")}, "550 none")
                  .refusal.starts_with("451 4.4.3"));
}

}  // namespace
}  // namespace smtpd
