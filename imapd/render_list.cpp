#include "imapd/render_list.hpp"

#include <algorithm>
#include <set>

#include "imapd/wire_name.hpp"
#include "mail/imap_response.hpp"

namespace imapd {

namespace {

std::vector<ListedMailbox> candidates(const std::vector<mailstore::MailboxInfo>& all,
                                      const std::vector<std::string>& lost) {
  std::vector<ListedMailbox> result;
  for (const auto& info : all) result.push_back({info});
  for (const auto& name : lost) {
    ListedMailbox listed;
    listed.info.name = name;
    listed.info.selectable = false;
    listed.info.subscribed = true;
    listed.exists = false;
    result.push_back(std::move(listed));
  }
  return result;
}

bool meets(const ListedMailbox& listed, const mail::ListArguments& arguments) {
  if (arguments.select_subscribed && !listed.info.subscribed) return false;
  if (arguments.select_special_use && listed.info.special_use.empty()) return false;
  return listed.exists || arguments.select_subscribed;
}

bool matches_any(const std::vector<std::string>& patterns, std::string_view name) {
  return std::any_of(patterns.begin(), patterns.end(), [&](const std::string& pattern) {
    return mail::mailbox_matches(pattern, name);
  });
}

// "a/b/c" → "a/b", "a"
void add_parents(std::set<std::string>& parents, std::string_view name) {
  for (auto slash = name.rfind('/'); slash != std::string_view::npos && slash > 0;
       slash = name.rfind('/', slash - 1)) {
    parents.emplace(name.substr(0, slash));
  }
}

// A level that is no mailbox: named for the sake of what lies below it (RFC 5258 §5, example 8,
// A2).
ListedMailbox missing_parent(const std::string& name) {
  ListedMailbox listed;
  listed.info.name = name;
  listed.info.selectable = false;
  listed.exists = listed.chosen = false;
  listed.child_subscribed = true;
  return listed;
}

std::string attributes(const ListedMailbox& listed, const mail::ListArguments& arguments) {
  std::string text;
  auto add = [&text](std::string_view attribute) {
    if (!text.empty()) text += ' ';
    text += attribute;
  };
  if (!listed.exists)
    add("\\NonExistent");
  else if (!listed.info.selectable)
    add("\\Noselect");
  if (listed.exists) add(listed.info.has_children ? "\\HasChildren" : "\\HasNoChildren");
  if (arguments.return_subscribed && listed.info.subscribed) add("\\Subscribed");
  if (!listed.info.special_use.empty()) add(listed.info.special_use);
  return text;
}

}  // namespace

std::vector<ListedMailbox> choose_listed(const std::vector<mailstore::MailboxInfo>& all,
                                         const std::vector<std::string>& lost,
                                         const mail::ListArguments& arguments) {
  auto listed = candidates(all, lost);
  std::set<std::string> parents;
  std::set<std::string> parents_of_hidden;  // of children that are not listed themselves
  for (const auto& candidate : listed) {
    const auto& name = candidate.info.name;
    if (!arguments.recursive_match || !meets(candidate, arguments)) continue;
    add_parents(parents, name);
    if (!matches_any(arguments.patterns, name)) add_parents(parents_of_hidden, name);
  }
  auto missing = parents_of_hidden;
  for (const auto& candidate : listed) missing.erase(candidate.info.name);
  std::erase_if(listed, [&](ListedMailbox& candidate) {
    candidate.child_subscribed = parents.contains(candidate.info.name);
    candidate.chosen = meets(candidate, arguments);
    // RFC 5258 §3.5: for CHILDINFO alone only where a child would go unmentioned.
    bool wanted = candidate.chosen || parents_of_hidden.contains(candidate.info.name);
    return !wanted || !matches_any(arguments.patterns, candidate.info.name);
  });
  for (const auto& name : missing) {
    if (matches_any(arguments.patterns, name)) listed.push_back(missing_parent(name));
  }
  return listed;
}

// mailbox-list = "(" [mbx-list-flags] ")" SP DQUOTE "/" DQUOTE SP mailbox [SP mbox-list-extended]
void append_list(std::string& out, const ListedMailbox& listed,
                 const mail::ListArguments& arguments, const Enabled& enabled) {
  out += "* LIST (" + attributes(listed, arguments) + ") \"/\" ";
  append_name(out, listed.info.name, enabled);
  if (listed.child_subscribed) out += " (\"CHILDINFO\" (\"SUBSCRIBED\"))";
  if (!listed.old_name.empty()) {
    out += " (\"OLDNAME\" (";
    append_name(out, listed.old_name, enabled);
    out += "))";
  }
  out += "\r\n";
}

void append_my_rights(std::string& out, std::string_view name, mail::Rights rights,
                      const Enabled& enabled) {
  out += "* MYRIGHTS ";
  append_name(out, name, enabled);
  out += ' ';
  mail::append_astring(out, mail::render_rights(rights));
  out += "\r\n";
}

std::string render_lsub(const std::vector<mailstore::MailboxInfo>& all,
                        const std::vector<std::string>& lost, std::string_view pattern,
                        const Enabled& enabled) {
  std::set<std::string> subscribed(lost.begin(), lost.end());
  std::set<std::string> parents;
  for (const auto& info : all) {
    if (info.subscribed) subscribed.insert(info.name);
  }
  for (const auto& name : subscribed) {
    if (!mail::mailbox_matches(pattern, name)) add_parents(parents, name);
  }
  std::string out;
  auto tell = [&](std::string_view flags, const std::string& name) {
    if (!mail::mailbox_matches(pattern, name)) return;
    out.append("* LSUB (").append(flags).append(") \"/\" ");
    append_name(out, name, enabled);
    out += "\r\n";
  };
  for (const auto& name : subscribed) tell("", name);
  for (const auto& name : parents) {
    bool hides = pattern.find('%') != std::string_view::npos && !subscribed.contains(name);
    if (hides) tell("\\Noselect", name);
  }
  return out;
}

}  // namespace imapd
