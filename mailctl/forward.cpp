// mailctl user forward
#include <fmt/format.h>

#include "mailctl/commands.hpp"
#include "mailctl/failure.hpp"
#include "mailctl/forward_words.hpp"
#include "mailctl/installation.hpp"
#include "mailctl/output.hpp"

namespace mailctl {
namespace {

using mailstore::Forwarding;

Forwarding::Copy copy_of(ForwardOptions::Copy wanted, Forwarding::Copy before) {
  switch (wanted) {
    case ForwardOptions::Copy::kKept: return Forwarding::Copy::kKept;
    case ForwardOptions::Copy::kNone: return Forwarding::Copy::kNone;
    case ForwardOptions::Copy::kAsBefore: break;
  }
  return before;
}

/// What the options make of what there was.
Forwarding changed(const Options& options, const Installation& here, Forwarding forwarding) {
  const ForwardOptions& wanted = options.forward;
  if (wanted.clear) return {};
  if (!wanted.to.empty()) forwarding.targets.clear();
  for (const auto& target : wanted.to) forwarding.targets.push_back(here.complete(target));
  if (forwarding.targets.empty())
    throw Failure(ExitCode::kUsage, options.name + " forwards nothing, so there is nothing to keep",
                  "say where the mail goes with --to ADDRESS");
  forwarding.copy = copy_of(wanted.copy, forwarding.copy);
  return forwarding;
}

}  // namespace

void user_forward(const Options& options) {
  Installation here(options);
  const auto account = here.account(options.name);
  const ForwardOptions& wanted = options.forward;
  const bool change =
      wanted.clear || !wanted.to.empty() || wanted.copy != ForwardOptions::Copy::kAsBefore;
  if (change) {
    const auto before = here.directory().forwarding(account.id);
    check(here.directory().set_forwarding(account.address, changed(options, here, before)),
          account.address);
  }
  const auto forwarding = here.directory().forwarding(account.id);
  boost::json::object object{{"address", account.address}};
  for (const auto& member : object_of(forwarding)) object.insert(member);
  print_outcome(options.format, object,
                fmt::format("mail for {} {}", account.address, describe(forwarding)));
}

}  // namespace mailctl
