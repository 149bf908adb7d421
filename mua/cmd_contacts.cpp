#include "mua/commands.hpp"
#include "mua/output.hpp"
#include "mua/screen/letter.hpp"
#include "mua/sync/people.hpp"

namespace mua {

asio::awaitable<ExitCode> contacts(CommonOptions common, ContactsOptions options) {
  const Account account = find_account(common);
  sync::LocalStore store(sync::store_file(account.settings, account.address));
  boost::json::array out;
  std::string text;
  for (const sync::Person& person : sync::People(store).complete(options.typed, options.limit)) {
    out.push_back({{"name", person.name}, {"address", person.address}});
    text += screen::typed_address(person.name, person.address) + "\n";
  }
  if (common.format == Format::kJson) {
    print(out);
  } else {
    print(text);
  }
  if (out.empty() && options.typed.empty()) {
    throw Failure(ExitCode::kNotFound, "nobody is known here yet",
                  "People come with the mail: run mua sync.");
  }
  co_return out.empty() ? ExitCode::kNotFound : ExitCode::kOk;
}

}  // namespace mua
