// Each step from an account's settings to its mail, tried one after the other with the time it
// takes: names, connections, TLS and logins of IMAP and submission. `mua doctor` and the first run
// show them.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "mua/account.hpp"
#include "tls/asio.hpp"

namespace mua {

/// A step that was tried, and what came of it.
struct Tried {
  std::string step, found;
  long milliseconds = 0;
  std::optional<Failure> failure{};
};

/// `told` hears of each step as it is over. Without IMAP submission is tried all the same.
asio::awaitable<std::vector<Tried>> test_login(Account account, std::string password,
                                               std::function<void(const Tried&)> told);

/// The step as a line or, with advice, two.
std::string text_of(const Tried& tried);

/// The first that failed; nullptr when all is well.
const Failure* failure_of(const std::vector<Tried>& all);

}  // namespace mua
