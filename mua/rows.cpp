#include "mua/rows.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <ctime>

#include "mua/printable.hpp"

namespace mua {

namespace {

constexpr std::size_t kDateWidth = 12;
constexpr std::size_t kSenderWidth = 22;

std::string marks(const mail::FlagSet& flags) {
  std::string out;
  out += (flags.system & mail::kSeen) ? ' ' : 'N';
  out += (flags.system & mail::kFlagged) ? 'F' : ' ';
  out += (flags.system & mail::kDeleted) ? 'D' : (flags.system & mail::kAnswered) ? 'A' : ' ';
  return out;
}

std::string sender(const mail::imap::Fetched& message) {
  if (!message.envelope || message.envelope->from.empty()) return "";
  const mail::NamedAddress& from = message.envelope->from.front();
  return printable(from.name.empty() ? from.address.to_string() : from.name);
}

std::tm local_time(std::int64_t seconds) {
  const auto time = static_cast<std::time_t>(seconds);
  std::tm parts{};
  localtime_r(&time, &parts);
  return parts;
}

}  // namespace

std::string short_date(std::int64_t seconds, std::int64_t now) {
  const std::tm then = local_time(seconds);
  return then.tm_year == local_time(now).tm_year ? fmt::format("{:%d %b %H:%M}", then)
                                                 : fmt::format("{:%Y-%m-%d}", then);
}

std::string iso_date(mail::DateTime date) {
  const auto time = static_cast<std::time_t>(date.seconds + 60L * date.zone_minutes);
  std::tm parts{};
  gmtime_r(&time, &parts);
  const int zone = std::abs(date.zone_minutes);
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}{}{:02}:{:02}", parts, date.zone_minutes < 0 ? '-' : '+',
                     zone / 60, zone % 60);
}

std::string address_text(const mail::NamedAddress& address) {
  const std::string plain = printable(address.address.to_string());
  return address.name.empty() ? plain : printable(address.name) + " <" + plain + ">";
}

std::string address_list_text(const std::vector<mail::NamedAddress>& addresses) {
  std::string out;
  for (const auto& address : addresses) {
    if (!out.empty()) out += ", ";
    out += address_text(address);
  }
  return out;
}

std::string render_rows(const std::vector<Row>& rows, std::size_t width, std::int64_t now) {
  std::size_t id_width = 1;
  for (const Row& row : rows) id_width = std::max(id_width, display_width(row.ref.brief()));
  const std::size_t before = id_width + 1 + 3 + 1 + kDateWidth + 1 + kSenderWidth + 1;
  std::string out;
  for (const Row& row : rows) {
    const auto& m = row.message;
    std::string subject = m.envelope ? printable(m.envelope->subject) : "";
    if (subject.empty()) subject = "(no subject)";
    if (width > before) subject = cut_to_width(subject, width - before);
    out += fmt::format(
        "{} {} {} {} {}\n", fit_to_width(row.ref.brief(), id_width),
        marks(m.flags.value_or(mail::FlagSet{})),
        fit_to_width(m.internal_date ? short_date(m.internal_date->seconds, now) : "", kDateWidth),
        fit_to_width(sender(m), kSenderWidth), subject);
  }
  return out;
}

boost::json::array address_list_json(const std::vector<mail::NamedAddress>& addresses) {
  boost::json::array out;
  for (const auto& address : addresses) {
    out.push_back({{"name", address.name}, {"address", address.address.to_string()}});
  }
  return out;
}

boost::json::array flags_json(const mail::FlagSet& flags) {
  boost::json::array out;
  for (const auto flag :
       {mail::kSeen, mail::kAnswered, mail::kFlagged, mail::kDeleted, mail::kDraft}) {
    if (flags.system & flag) out.push_back(boost::json::string(mail::render_system_flags(flag)));
  }
  for (const auto& keyword : flags.keywords) out.push_back(boost::json::string(keyword));
  return out;
}

boost::json::object row_json(const Row& row) {
  const auto& m = row.message;
  const mail::FlagSet flags = m.flags.value_or(mail::FlagSet{});
  boost::json::object out{{"id", row.ref.full()},
                          {"mailbox", row.ref.mailbox},
                          {"uid", row.ref.uid},
                          {"unread", (flags.system & mail::kSeen) == 0},
                          {"flags", flags_json(flags)}};
  if (m.internal_date) out["received"] = iso_date(*m.internal_date);
  if (m.size) out["size"] = *m.size;
  if (!m.envelope) return out;
  out["subject"] = m.envelope->subject;
  out["date"] = m.envelope->date;
  out["from"] = address_list_json(m.envelope->from);
  out["to"] = address_list_json(m.envelope->to);
  out["cc"] = address_list_json(m.envelope->cc);
  out["message_id"] = m.envelope->message_id;
  return out;
}

}  // namespace mua
