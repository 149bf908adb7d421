#include "imapd/search_scope.hpp"

#include <algorithm>

namespace imapd {

namespace {

using Scope = mail::SearchSource::Mailboxes;

/// How far `name` lies below `top`: 0 is the same, nullopt elsewhere.
std::optional<std::ptrdiff_t> levels_below(const std::string& name, const std::string& top) {
  if (name == top) return 0;
  if (!name.starts_with(top + "/")) return std::nullopt;
  auto rest = name.begin() + static_cast<std::ptrdiff_t>(top.size());
  return std::count(rest, name.end(), '/');
}

bool is_named(const std::string& name, const mail::SearchSource& source) {
  return std::any_of(source.names.begin(), source.names.end(), [&](const std::string& top) {
    auto levels = levels_below(name, top);
    if (!levels) return false;
    if (source.mailboxes == Scope::kSubtree) return true;
    return *levels <= (source.mailboxes == Scope::kSubtreeOne ? 1 : 0);
  });
}

bool is_of(const Visible& mailbox, const mail::SearchSource& source, MailboxKey selected) {
  switch (source.mailboxes) {
    case Scope::kSelected: return mailbox.key() == selected;
    // Messages are delivered to INBOX alone.
    case Scope::kInboxes: return mailbox.personal && mailbox.info.name == "INBOX";
    case Scope::kPersonal: return mailbox.personal;
    case Scope::kSubscribed: return mailbox.info.subscribed;
    default: return is_named(mailbox.info.name, source);
  }
}

}  // namespace

std::vector<Visible> searched_mailboxes(const std::vector<Visible>& all,
                                        const std::vector<mail::SearchSource>& sources,
                                        MailboxKey selected) {
  std::vector<Visible> searched;
  std::copy_if(all.begin(), all.end(), std::back_inserter(searched), [&](const Visible& mailbox) {
    if (!mailbox.info.selectable || !mailbox.readable) return false;
    return std::any_of(sources.begin(), sources.end(), [&](const mail::SearchSource& source) {
      return is_of(mailbox, source, selected);
    });
  });
  return searched;
}

}  // namespace imapd
