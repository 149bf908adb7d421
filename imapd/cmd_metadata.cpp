// GETMETADATA and SETMETADATA (RFC 5464).

#include <fmt/format.h>

#include <algorithm>

#include "imapd/handlers.hpp"
#include "imapd/reach.hpp"
#include "imapd/render_metadata.hpp"
#include "mail/ascii.hpp"

namespace imapd {

namespace {

using mail::Right;
using mailstore::Annotation;

// RFC 5464 §3.3: "l", and any one of these.
constexpr mail::Rights kAnyOfThese =
    Right::kRead | Right::kSeen | Right::kWrite | Right::kInsert | Right::kPost;
constexpr std::string_view kAdmin = "/shared/admin";

/// Where annotations are, and what the user may do there.
struct AnnotationPlace {
  mailstore::AccountId account = 0;
  mailstore::MetadataPlace place;
  std::string name;  ///< the client's; "" for the server
  mail::Rights rights;
};

using FoundPlace = mail::Result<AnnotationPlace, Reply>;

asio::awaitable<FoundPlace> find_place(Session& session, std::string wire) {
  const auto user = session.account().id;
  if (wire.empty()) co_return AnnotationPlace{user, {0, user}, "", Right::kRead};
  auto reached = co_await reach(session, std::move(wire), Right::kLookup);
  if (!reached) co_return mail::unexpected(reached.error());
  if (!reached->rights.has_any(kAnyOfThese)) {
    co_return mail::unexpected(no("NOPERM", "you may not see what this mailbox holds"));
  }
  co_return AnnotationPlace{
      reached->account, {reached->info.id, user}, reached->info.name, reached->rights};
}

// How to reach who runs the server: its one annotation of its own (RFC 5464 §6.2.2).
std::vector<Annotation> with_admin(std::vector<Annotation> found,
                                   const mail::GetMetadataArguments& arguments,
                                   const std::string& domain) {
  const auto asks = [](const std::string& entry) {
    return mail::same_ignoring_case(entry, kAdmin);
  };
  const auto& entries = arguments.entries;
  std::erase_if(found, [&](const Annotation& each) { return asks(each.entry); });
  const bool below = arguments.depth != mail::MetadataDepth::kNone &&
                     std::any_of(entries.begin(), entries.end(), [](const std::string& entry) {
                       return mail::same_ignoring_case(entry, "/shared");
                     });
  const auto named = std::find_if(entries.begin(), entries.end(), asks);
  if (!below && named == entries.end()) return found;
  found.push_back(
      {named == entries.end() ? std::string(kAdmin) : *named, "mailto:postmaster@" + domain});
  return found;
}

// Takes out what is larger than the client wants; the largest of it, 0 when nothing was.
std::uint64_t drop_long(std::vector<Annotation>& found, std::optional<std::uint64_t> max_size) {
  std::uint64_t longest = 0;
  std::erase_if(found, [&](const Annotation& each) {
    const bool is_long = max_size && each.value && each.value->size() > *max_size;
    if (is_long) longest = std::max<std::uint64_t>(longest, each.value->size());
    return is_long;
  });
  return longest;
}

Reply refused(mailstore::Failure failure) {
  using mailstore::Failure;
  if (failure == Failure::kTooLarge) {
    return no(fmt::format("METADATA MAXSIZE {}", mailstore::kMaxAnnotation),
              "the value is too large");
  }
  if (failure == Failure::kInvalidName) return no("USEATTR", "this special use can't be set");
  if (failure == Failure::kOverQuota) return no("METADATA TOOMANY", "there are too many of them");
  return refusal(failure);
}

// Values that all users see are the administrator's to give to the server, and for a mailbox those'
// who may change it.
std::optional<Reply> objection(const mail::SetMetadataArguments& arguments,
                               const AnnotationPlace& place) {
  const auto& values = arguments.values;
  const bool shares = !std::all_of(values.begin(), values.end(), [](const auto& value) {
    return mail::is_private_entry(value.first);
  });
  if (!shares || place.rights.has(Right::kWrite)) return std::nullopt;
  return no("NOPERM", "you may not change what others see");
}

}  // namespace

asio::awaitable<Reply> cmd_get_metadata(Session& session, mail::ImapCommand command) {
  auto arguments = mail::parse_get_metadata(command.arguments);
  if (!arguments) co_return bad(arguments.error());
  auto place = co_await find_place(session, arguments->mailbox);
  if (!place) co_return place.error();
  auto read = [&place = place->place, &arguments = *arguments](mailstore::Account& account) {
    std::vector<Annotation> found;
    for (const auto& entry : arguments.entries) {
      gather_metadata(found, account, place, entry, arguments.depth);
    }
    return found;
  };
  auto found = co_await session.in_account(place->account, read);
  if (place->name.empty()) {
    found = with_admin(std::move(found), *arguments, session.settings().domain);
  }
  const auto longest = drop_long(found, arguments->max_size);
  append_metadata(session.out(), place->name, found, session.enabled());
  std::string code;
  if (longest > 0) code = fmt::format("METADATA LONGENTRIES {}", longest);
  co_return ok("Getmetadata completed", std::move(code));
}

asio::awaitable<Reply> cmd_set_metadata(Session& session, mail::ImapCommand command) {
  auto arguments = mail::parse_set_metadata(command.arguments);
  if (!arguments) co_return bad(arguments.error());
  auto place = co_await find_place(session, arguments->mailbox);
  if (!place) co_return place.error();
  if (auto reply = objection(*arguments, *place)) co_return *reply;
  std::vector<Annotation> annotations;
  for (auto& [entry, value] : arguments->values) annotations.push_back({entry, std::move(value)});
  auto set = [&place = place->place, &annotations](mailstore::Account& account) {
    return mailstore::set_metadata(account, place, annotations);
  };
  auto done = co_await session.in_account(place->account, set);
  if (!done) co_return refused(done.error());
  for (const auto& each : annotations) {
    session.annotated_by_client({place->account, place->place.mailbox}, each.entry);
  }
  co_return ok("Setmetadata completed");
}

}  // namespace imapd
