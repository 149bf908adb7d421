#include "imapd/notify_rules.hpp"

#include <algorithm>
#include <utility>

#include "imapd/namespaces.hpp"

namespace imapd {

namespace {

using mail::NotifyGroup;
using Mailboxes = mail::NotifyGroup::Mailboxes;

bool is_below(std::string_view name, std::string_view parent) {
  return name.size() > parent.size() && name.starts_with(parent) && name[parent.size()] == '/';
}

bool covers(const NotifyGroup& group, const Visible& mailbox) {
  const auto& name = mailbox.info.name;
  auto named = [&](const std::string& each) { return each == name; };
  auto above = [&](const std::string& each) { return is_below(name, each); };
  const auto& names = group.names;
  switch (group.mailboxes) {
    case Mailboxes::kInboxes: return mailbox.personal && name == "INBOX";
    case Mailboxes::kPersonal: return mailbox.personal;
    case Mailboxes::kSubscribed: return mailbox.info.subscribed;
    case Mailboxes::kSubtree:
      return std::any_of(names.begin(), names.end(), named) ||
             std::any_of(names.begin(), names.end(), above);
    case Mailboxes::kNamed: return std::any_of(names.begin(), names.end(), named);
    case Mailboxes::kSelected:
    case Mailboxes::kSelectedDelayed: break;
  }
  return false;
}

}  // namespace

NotifyRules::NotifyRules(std::vector<NotifyGroup> groups) {
  for (auto& group : groups) {
    bool at_once = group.mailboxes == Mailboxes::kSelected;
    if (at_once || group.mailboxes == Mailboxes::kSelectedDelayed) {
      selected_ = group.events;
      tells_expunges_ = at_once && group.events.messages;
      fetch_ = std::move(group.fetch);
    } else if (group.events != mail::NotifyEvents{}) {
      groups_.push_back(std::move(group));
    }
  }
}

mail::NotifyEvents NotifyRules::events_of(const Visible& mailbox) const {
  mail::NotifyEvents events;
  for (const auto& group : groups_) {
    if (covers(group, mailbox)) events |= group.events;
  }
  return events;
}

bool NotifyRules::may_concern_other_users(const std::vector<std::string>& lost) const {
  auto of_others = [](const std::string& name) { return is_for_others(name); };
  return std::any_of(groups_.begin(), groups_.end(), [&](const NotifyGroup& group) {
    const auto& names = group.mailboxes == Mailboxes::kSubscribed ? lost : group.names;
    return std::any_of(names.begin(), names.end(), of_others);
  });
}

bool NotifyRules::server_metadata() const {
  return std::any_of(groups_.begin(), groups_.end(),
                     [](const NotifyGroup& group) { return group.events.server_metadata; });
}

bool NotifyRules::any_metadata() const {
  return server_metadata() ||
         std::any_of(groups_.begin(), groups_.end(),
                     [](const NotifyGroup& group) { return group.events.mailbox_metadata; });
}

}  // namespace imapd
