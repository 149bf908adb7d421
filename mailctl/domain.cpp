// mailctl domain add|list|remove
#include "mail/address.hpp"
#include "mailctl/commands.hpp"
#include "mailctl/failure.hpp"
#include "mailctl/installation.hpp"
#include "mailctl/output.hpp"

namespace mailctl {

void domain_add(const Options& options) {
  Installation here(options);
  check(here.directory().add_domain(options.name), options.name);
  print_outcome(options.format, {{"domain", options.name}},
                "mail for " + options.name + " is taken in");
}

void domain_list(const Options& options) {
  Installation here(options);
  std::vector<Row> rows;
  for (const auto& domain : here.directory().domains()) {
    const bool is_default = domain == mail::domain_key(here.settings.domain);
    rows.push_back(
        {{{"domain", domain}, {"default", is_default}}, {domain, is_default ? "default" : ""}});
  }
  print_list(options.format, {"DOMAIN", ""}, rows,
             "There are no domains; `mailctl domain add DOMAIN` makes one.");
}

void domain_remove(const Options& options) {
  Installation here(options);
  check(here.directory().remove_domain(options.name), options.name);
  print_outcome(options.format, {{"domain", options.name}}, options.name + " is removed");
}

}  // namespace mailctl
