#include "imapd/selected.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "mail/imap_response.hpp"

namespace imapd {

namespace {

using mailstore::MessageState;
using mailstore::Uid;

}  // namespace

Selected::Selected(mailstore::MailboxInfo info, Access access, mailstore::MailboxView view,
                   Standing standing)
    : info_(std::move(info)), access_(access), standing_(standing), view_(std::move(view)) {
  if (view_.uid_next > view_.first_recent) add_recent(view_.first_recent, view_.uid_next - 1);
  told_recent_ = recent_count();
}

std::optional<std::uint32_t> Selected::sequence_of(Uid uid) const {
  const auto& messages = view_.messages;
  auto index = messages.lower_bound(uid);
  if (index == messages.size() || messages[index].uid != uid) return std::nullopt;
  return static_cast<std::uint32_t>(index) + 1;
}

bool Selected::is_recent(Uid uid) const {
  return std::any_of(recent_.begin(), recent_.end(), [uid](mail::NumberRange range) {
    return range.first <= uid && uid <= range.last;
  });
}

std::uint32_t Selected::recent_count() const {
  std::uint32_t count = 0;
  const auto& messages = view_.messages;
  for (auto range : recent_) {
    auto end = messages.lower_bound(range.last + 1);
    count += static_cast<std::uint32_t>(end - messages.lower_bound(range.first));
  }
  return count;
}

Recency Selected::recency(Uid uid, const Enabled& enabled) const {
  return !enabled.rev2 && is_recent(uid) ? Recency::kRecent : Recency::kOld;
}

void Selected::add_recent(Uid first, Uid last) {
  if (!recent_.empty() && recent_.back().last + 1 == first)
    recent_.back().last = last;
  else
    recent_.push_back({first, last});
}

std::optional<std::vector<mail::NumberRange>> Selected::find(const mail::MessageSet& set,
                                                             Numbering numbering) const {
  bool by_uid = set.saved || numbering == Numbering::kUid;
  const auto& numbers = set.saved ? saved_search : set.set;
  const auto& messages = view_.messages;
  if (!by_uid) {
    auto ranges = numbers.resolve(size());
    if (!ranges.empty() && ranges.back().last > size()) return std::nullopt;
    return ranges;
  }
  std::vector<mail::NumberRange> found;
  for (auto range : numbers.resolve(messages.empty() ? 0 : messages.back().uid)) {
    auto begin = messages.lower_bound(range.first);
    auto end = range.last == UINT32_MAX ? messages.size() : messages.lower_bound(range.last + 1);
    if (begin == end) continue;
    found.push_back({static_cast<std::uint32_t>(begin) + 1, static_cast<std::uint32_t>(end)});
  }
  return found;
}

std::vector<mail::NumberRange> Selected::uids(
    const std::vector<mail::NumberRange>& sequence) const {
  std::vector<mail::NumberRange> ranges;
  ranges.reserve(sequence.size());
  for (auto range : sequence) ranges.push_back({message(range.first).uid, message(range.last).uid});
  return ranges;
}

std::vector<std::vector<mail::NumberRange>> Selected::uid_parts(
    const std::vector<mail::NumberRange>& sequence, std::uint32_t most) const {
  std::vector<std::vector<mail::NumberRange>> parts;
  std::vector<mail::NumberRange> part;
  auto left = most;
  for (auto range : sequence) {
    while (range.first <= range.last) {
      auto taken = std::min(left, range.last - range.first + 1);
      part.push_back({range.first, range.first + taken - 1});
      range.first += taken;
      left -= taken;
      if (left > 0) continue;
      parts.push_back(uids(std::exchange(part, {})));
      left = most;
    }
  }
  if (!part.empty()) parts.push_back(uids(part));
  return parts;
}

void Selected::resolve_recent(mail::SearchKey& key) const {
  if (key.kind == mail::SearchKey::Kind::kRecent) {
    key.kind = mail::SearchKey::Kind::kUid;
    key.set = mail::SequenceSet(recent_);
  }
  for (auto& child : key.children) resolve_recent(child);
}

std::vector<mail::NumberRange> Selected::tell(mailstore::MailboxChanges changes, Expunges expunges,
                                              const Enabled& enabled, std::string& out) {
  Uid old_last = view_.messages.empty() ? 0 : view_.messages.back().uid;
  update_keywords(std::move(changes.keywords), out);
  note_vanished(changes.vanished);
  tell_vanished(expunges, enabled, out);
  auto is_new = [&](const MessageState& state) { return state.uid > old_last; };
  auto first_new = std::find_if(changes.changed.begin(), changes.changed.end(), is_new);
  bool has_new = first_new != changes.changed.end();
  std::for_each(first_new, changes.changed.end(),
                [this](const MessageState& state) { view_.messages.push_back(state); });
  std::for_each(first_new, changes.changed.end(),
                [this](const MessageState& state) { live_searches.touch(state.uid); });
  auto first_recent = std::max(view_.uid_next, changes.first_recent);
  if (changes.uid_next > first_recent) add_recent(first_recent, changes.uid_next - 1);
  view_.uid_next = changes.uid_next;
  view_.highest_mod_seq = changes.highest_mod_seq;
  has_new ? tell_size(enabled, out) : tell_recent(enabled, out);
  tell_changed({changes.changed.begin(), first_new}, enabled, out);
  view_.messages.share(changes.all);
  auto added = static_cast<std::uint32_t>(changes.changed.end() - first_new);
  return made_by_others(size() - added + 1);
}

// Of the messages from `first` to the end.
std::vector<mail::NumberRange> Selected::made_by_others(std::uint32_t first) {
  auto by_client = [this](Uid uid) {
    return std::any_of(by_client_.begin(), by_client_.end(), [uid](mail::NumberRange range) {
      return range.first <= uid && uid <= range.last;
    });
  };
  std::vector<mail::NumberRange> ranges;
  for (auto sequence = first; sequence <= size(); ++sequence) {
    if (by_client(message(sequence).uid)) continue;
    if (!ranges.empty() && ranges.back().last + 1 == sequence)
      ranges.back().last = sequence;
    else
      ranges.push_back({sequence, sequence});
  }
  std::erase_if(by_client_,
                [this](mail::NumberRange range) { return range.last < view_.uid_next; });
  return ranges;
}

void Selected::tell_size(const Enabled& enabled, std::string& out) {
  out += fmt::format("* {} EXISTS\r\n", size());
  if (!enabled.rev2) out += fmt::format("* {} RECENT\r\n", told_recent_ = recent_count());
}

// Expunges make it less, too; a client has no other way to learn it.
void Selected::tell_recent(const Enabled& enabled, std::string& out) {
  const std::uint32_t count = recent_count();
  if (enabled.rev2 || count == std::exchange(told_recent_, count)) return;
  out += fmt::format("* {} RECENT\r\n", count);
}

void Selected::note_vanished(const std::vector<Uid>& uids) {
  std::vector<Uid> merged;
  std::set_union(vanished_.begin(), vanished_.end(), uids.begin(), uids.end(),
                 std::back_inserter(merged));
  std::erase_if(merged, [&](Uid uid) { return !sequence_of(uid); });
  vanished_ = std::move(merged);
}

// A changed message that isn't in the view was expunged and told already.
void Selected::tell_changed(std::span<const MessageState> states, const Enabled& enabled,
                            std::string& out) {
  update(states,
         [&](std::uint32_t sequence, const MessageState& before, const MessageState& after) {
           const bool differs = before.flags != after.flags;
           const bool newer = before.mod_seq != after.mod_seq && enabled.condstore;
           if (enabled.flag_news && (differs || newer)) append_state(sequence, after, enabled, out);
         });
}

void Selected::tell_vanished(Expunges expunges, const Enabled& enabled, std::string& out) {
  if (expunges == Expunges::kHold || vanished_.empty()) return;
  auto uids = std::exchange(vanished_, {});
  expunged(uids, enabled, out);
}

// Each EXPUNGE moves what comes after it down by one, so the k-th number is less by k.
void Selected::expunged(const std::vector<Uid>& uids, const Enabled& enabled, std::string& out) {
  live_searches.expunging(uids, *this, out);
  std::vector<Uid> known;
  for (Uid uid : uids) {
    auto sequence = sequence_of(uid);
    if (!sequence) continue;
    if (!enabled.vanished()) out += fmt::format("* {} EXPUNGE\r\n", *sequence - known.size());
    known.push_back(uid);
  }
  if (enabled.vanished() && !known.empty()) {
    out += fmt::format("* VANISHED {}\r\n", mail::render_uid_set(known));
  }
  remove(known);
}

void Selected::remove(const std::vector<Uid>& uids) {
  if (!uids.empty()) view_.messages.erase(uids);
  std::erase_if(vanished_,
                [&](Uid uid) { return std::binary_search(uids.begin(), uids.end(), uid); });
}

void Selected::update(std::span<const MessageState> states, const Changed& each) {
  auto now = states.begin();
  view_.messages.update(states, [&](std::size_t index, const MessageState& before) {
    while (now->uid != before.uid) ++now;
    live_searches.touch(before.uid);
    if (each) each(static_cast<std::uint32_t>(index) + 1, before, *now);
  });
}

void Selected::update_rights(mail::Rights rights, std::string& out) {
  auto known = mail::permitted_system_flags(standing_.rights);
  standing_.rights = rights;
  if (mail::permitted_system_flags(rights) == known) return;
  append_mailbox_flags(out, view_.keywords, access_, rights);
}

void Selected::update_keywords(std::vector<std::string> keywords, std::string& out) {
  if (keywords.size() <= view_.keywords.size()) return;
  view_.keywords = std::move(keywords);
  append_mailbox_flags(out, view_.keywords, access_, standing_.rights);
}

void Selected::append_state(std::uint32_t sequence, const MessageState& state,
                            const Enabled& enabled, std::string& out, Numbering numbering) const {
  out += "* ";
  mail::append_number(out, enabled.uid_only ? state.uid : sequence);
  out += enabled.uid_only ? " UIDFETCH (" : " FETCH (";
  bool by_uid = numbering == Numbering::kUid && !enabled.uid_only;
  if (by_uid || enabled.uid_with_flags()) {
    out += "UID ";
    mail::append_number(out, state.uid);
    out += ' ';
  }
  if (enabled.condstore) {
    out += "MODSEQ (";
    mail::append_number(out, state.mod_seq);
    out += ") ";
  }
  append_flags(out, state.flags, view_.keywords, recency(state.uid, enabled));
  out += ")\r\n";
}

}  // namespace imapd
