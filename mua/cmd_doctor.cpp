#include <vector>

#include "mua/commands.hpp"
#include "mua/login_test.hpp"
#include "mua/output.hpp"
#include "mua/password.hpp"

namespace mua {

namespace {

boost::json::array json_of(const std::vector<Tried>& all) {
  boost::json::array out;
  for (const Tried& tried : all) {
    out.push_back({{"step", tried.step},
                   {"ok", !tried.failure.has_value()},
                   {"milliseconds", tried.milliseconds},
                   {"found", tried.failure ? tried.failure->what() : tried.found},
                   {"advice", tried.failure ? tried.failure->advice : ""}});
  }
  return out;
}

}  // namespace

asio::awaitable<ExitCode> doctor(CommonOptions common, DoctorOptions) {
  const Account account = find_account(common);
  std::string password = password_of(account);
  const bool json = common.format == Format::kJson;
  if (!json) print(account.address + "\n");
  std::function<void(const Tried&)> told;
  if (!json) told = [](const Tried& tried) { print(text_of(tried)); };
  const std::vector<Tried> all = co_await test_login(account, std::move(password), told);
  if (json) print(json_of(all));
  const Failure* failure = failure_of(all);
  co_return failure ? failure->code : ExitCode::kOk;
}

}  // namespace mua
