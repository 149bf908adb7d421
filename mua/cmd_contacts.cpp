#include "mua/commands.hpp"
#include "mua/output.hpp"
#include "mua/screen/letter.hpp"
#include "mua/sync/people.hpp"

namespace mua {

namespace {

std::string line_of_person(const sync::Person& person) {
  return screen::typed_address(person.name, person.address) + "\n";
}

boost::json::object json_of_person(const sync::Person& person) {
  return {{"name", person.name}, {"address", person.address}};
}

}  // namespace

asio::awaitable<ExitCode> contacts(CommonOptions common, ContactsOptions options) {
  const Account account = find_account(common);
  sync::LocalStore store(sync::store_file(account.settings, account.address));
  const auto people = sync::People(store).complete(options.typed, options.limit);
  print_list(people, common.format, line_of_person, json_of_person);
  if (people.empty() && options.typed.empty()) {
    throw Failure(ExitCode::kNotFound, "nobody is known here yet",
                  "People come with the mail: run mua sync.");
  }
  co_return people.empty() ? ExitCode::kNotFound : ExitCode::kOk;
}

}  // namespace mua
