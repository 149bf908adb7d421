#include "smtpd/mx.hpp"

#include <gtest/gtest.h>

namespace smtpd {
namespace {

using Status = MxAnswer::Status;

Route route(MxAnswer answer) {
  return choose_route("example.test", std::move(answer), "mail.self.test", [] { return 0u; });
}

std::vector<std::string> names(const Route& route) {
  std::vector<std::string> names;
  for (const Host& host : route.hosts) names.push_back(host.name);
  return names;
}

TEST(Mx, LowestPreferenceFirst) {
  const Route found =
      route({Status::kFound, {{20, "b.test"}, {5, "a.test"}, {30, "c.test"}}, false, ""});
  EXPECT_EQ(names(found), (std::vector<std::string>{"a.test", "b.test", "c.test"}));
}

TEST(Mx, EqualPreferencesAreMixed) {
  std::uint32_t drawn = 0;
  std::vector<std::string> first;
  for (int i = 0; i < 2; ++i) {
    const Route found =
        choose_route("example.test", {Status::kFound, {{5, "a.test"}, {5, "b.test"}}, false, ""},
                     "self.test", [&] { return drawn++; });
    first.push_back(found.hosts.at(0).name);
  }
  EXPECT_NE(first[0], first[1]);
}

TEST(Mx, NothingAtOrBelowUs) {
  const Route found =
      route({Status::kFound,
             {{5, "a.test"}, {10, "MAIL.self.test"}, {10, "b.test"}, {20, "c.test"}},
             false,
             ""});
  EXPECT_EQ(names(found), (std::vector<std::string>{"a.test"}));
  EXPECT_TRUE(
      route({Status::kFound, {{5, "mail.self.test"}}, false, ""}).refusal.starts_with("550 5.4.6"));
}

TEST(Mx, NullMx) {
  EXPECT_TRUE(route({Status::kFound, {{0, ""}}, false, ""}).refusal.starts_with("556 5.1.10"));
}

TEST(Mx, TheDomainItselfWithoutRecords) {
  EXPECT_EQ(names(route({Status::kNoRecords, {}, true, ""})),
            (std::vector<std::string>{"example.test"}));
  EXPECT_TRUE(route({Status::kNoRecords, {}, false, ""}).refusal.starts_with("550 5.1.2"));
}

TEST(Mx, TroubleIsNoVerdict) {
  EXPECT_TRUE(route({Status::kTrouble, {}, false, "timeout"}).refusal.starts_with("451 4.4.3"));
  EXPECT_TRUE(route({Status::kNoDomain, {}, false, ""}).refusal.starts_with("550 5.1.2"));
}

}  // namespace
}  // namespace smtpd
