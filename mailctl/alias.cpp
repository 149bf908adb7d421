// mailctl alias add|list|remove
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "mailctl/commands.hpp"
#include "mailctl/failure.hpp"
#include "mailctl/installation.hpp"
#include "mailctl/output.hpp"

namespace mailctl {
namespace {

boost::json::object object_of_alias(const mailstore::AliasInfo& alias) {
  return {{"address", alias.address},
          {"targets", boost::json::array(alias.targets.begin(), alias.targets.end())}};
}

}  // namespace

void alias_add(const Options& options) {
  Installation here(options);
  mailstore::AliasInfo alias{here.complete(options.name), {}};
  for (const auto& target : options.targets) alias.targets.push_back(here.complete(target));
  check(here.directory().add_alias(alias.address, alias.targets), alias.address);
  print_outcome(
      options.format, object_of_alias(alias),
      fmt::format("mail for {} goes to {}", alias.address, fmt::join(alias.targets, ", ")));
}

void alias_list(const Options& options) {
  Installation here(options);
  std::vector<Row> rows;
  for (const auto& alias : here.directory().aliases())
    rows.push_back({object_of_alias(alias),
                    {alias.address, fmt::format("{}", fmt::join(alias.targets, ", "))}});
  print_list(options.format, {"ADDRESS", "GOES TO"}, rows,
             "There are no aliases; `mailctl alias add NAME@DOMAIN TARGET` makes one.");
}

void alias_remove(const Options& options) {
  Installation here(options);
  const auto address = here.complete(options.name);
  check(here.directory().remove_alias(address), address);
  print_outcome(options.format, {{"address", address}}, address + " is removed");
}

}  // namespace mailctl
