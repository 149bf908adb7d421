#include "mua/mailbox_list.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "mail/ascii.hpp"

namespace mua {

namespace imap = mail::imap;

namespace {

/// What stands after the last separator.
std::string_view leaf(const imap::Mailbox& mailbox) {
  const std::string_view name = mailbox.name;
  const std::size_t at = mailbox.separator.empty() ? name.npos : name.rfind(mailbox.separator);
  return at == name.npos ? name : name.substr(at + mailbox.separator.size());
}

constexpr std::array<std::string_view, 4> kSent{"Sent", "Sent Items", "Sent Messages", "Sent Mail"};
constexpr std::array<std::string_view, 4> kTrash{"Trash", "Deleted Items", "Deleted Messages",
                                                 "Bin"};
constexpr std::array<std::string_view, 2> kDrafts{"Drafts", "Draft"};
constexpr std::array<std::string_view, 2> kArchive{"Archive", "Archives"};

/// What servers without special use call it; the first is what we would.
std::span<const std::string_view> names_of(Role role) {
  switch (role) {
    case Role::kSent: return kSent;
    case Role::kTrash: return kTrash;
    case Role::kDrafts: return kDrafts;
    case Role::kArchive: return kArchive;
  }
  return {};
}

}  // namespace

std::string_view name_of(Role role) { return names_of(role).front(); }

const imap::Mailbox* find_role(const std::vector<imap::Mailbox>& mailboxes, Role role) {
  const std::string attribute = "\\" + std::string(name_of(role));
  for (const imap::Mailbox& mailbox : mailboxes) {
    if (mailbox.has(attribute)) return &mailbox;
  }
  for (const std::string_view name : names_of(role)) {
    for (const imap::Mailbox& mailbox : mailboxes) {
      if (mail::same_ignoring_case(leaf(mailbox), name)) return &mailbox;
    }
  }
  return nullptr;
}

bool can_be_selected(const imap::Mailbox& mailbox) {
  return !mailbox.has("\\Noselect") && !mailbox.has("\\NonExistent");
}

asio::awaitable<std::vector<imap::Mailbox>> list_mailboxes(ImapSession& session) {
  const bool ask = session.client().has("SPECIAL-USE") && session.client().has("LIST-EXTENDED");
  imap::Request request = imap::list("*", ask ? "SPECIAL-USE" : "");
  const Answer answer = co_await session.must(std::move(request), "cannot list the mailboxes");
  std::vector<imap::Mailbox> mailboxes;
  for (const imap::Data& data : answer.data) {
    auto mailbox = imap::read_list(data, session.client().name_form());
    if (mailbox) mailboxes.push_back(std::move(*mailbox));
  }
  co_return mailboxes;
}

asio::awaitable<std::string> require_role(ImapSession& session, Role role) {
  const std::vector<imap::Mailbox> mailboxes = co_await list_mailboxes(session);
  if (const imap::Mailbox* found = find_role(mailboxes, role)) co_return found->name;
  std::string name(name_of(role));
  if (session.client().has("NAMESPACE")) {
    imap::Request ask = imap::get_namespace();
    const Answer answer = co_await session.run(std::move(ask));
    for (const imap::Data& data : answer.data) {
      const auto space = imap::read_namespace(data, session.client().name_form());
      if (space) name = space->prefix + std::string(name_of(role));
    }
  }
  imap::Request create = imap::create(name);
  co_await session.must(std::move(create), "cannot create the mailbox " + name);
  imap::Request subscribe = imap::subscribe(name);
  co_await session.run(std::move(subscribe));
  co_return name;
}

}  // namespace mua
