#include "mailstore/history_reader.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "mail/address.hpp"
#include "mailstore/schema.hpp"

namespace mailstore {
namespace {

/// Names and their latest step's id.
using Found = std::map<std::string, std::int64_t>;

// Latest first by an index, so that it is over after the first few rows however many there are.
constexpr std::string_view kByMessageId =
    "SELECT queue, id FROM step WHERE message_id = ? AND event = 0 ORDER BY id DESC";
constexpr std::string_view kBySender =
    "SELECT queue, id FROM step WHERE sender = ? COLLATE NOCASE AND event = 0 ORDER BY id DESC";
constexpr std::string_view kByRecipient =
    "SELECT queue, id FROM step WHERE recipient = ? COLLATE NOCASE AND recipient <> ''"
    " ORDER BY id DESC";
constexpr std::string_view kByOriginal =
    "SELECT queue, id FROM step WHERE original = ? COLLATE NOCASE AND original <> ''"
    " ORDER BY id DESC";

void collect(Database& database, std::string_view sql, const std::string& key, std::size_t most,
             Found& found) {
  std::set<std::string> seen;
  Statement row = database.query(sql, key);
  while (seen.size() < most && row.step()) {
    std::string name = row.string(0);
    if (!seen.insert(name).second) continue;
    std::int64_t& latest = found[std::move(name)];
    latest = std::max(latest, row.integer(1));
  }
}

std::vector<std::string> latest_first(const Found& found, std::size_t most) {
  std::vector<std::pair<std::int64_t, std::string>> order;
  for (const auto& [name, latest] : found) order.emplace_back(-latest, name);
  std::sort(order.begin(), order.end());
  if (order.size() > most) order.resize(most);
  std::vector<std::string> names;
  for (auto& [latest, name] : order) names.push_back(std::move(name));
  return names;
}

/// As it was asked for, and with the domain in A-labels and in U-labels.
std::set<std::string> spellings(std::string_view address) {
  std::set<std::string> all{std::string(address)};
  const auto parsed = mail::parse_address(address);
  if (!parsed) return all;
  for (const auto& domain :
       {mail::domain_key(parsed->domain), mail::domain_to_ascii(parsed->domain)})
    if (domain) all.insert(mail::Address{parsed->local, *domain}.to_string());
  return all;
}

Step step_from(const Statement& row) {
  Step step;
  step.time = row.integer(0);
  step.queue = row.string(1);
  step.message_id = row.string(2);
  step.sender = row.string(3);
  step.recipient = row.string(4);
  step.original = row.string(5);
  step.event = static_cast<Event>(row.integer(6));
  step.host = row.string(7);
  step.tls = row.string(8);
  step.reply = row.string(9);
  return step;
}

}  // namespace

HistoryReader::HistoryReader(const std::filesystem::path& data) {
  const std::filesystem::path file = data / "history.db";
  if (!std::filesystem::exists(file)) return;
  database_.emplace(file, Database::Mode::kExisting);
  expect_current(*database_, history_schema());
}

// A delivery on the spot may be told of before the acceptance that the session tells of when it has
// answered.
std::vector<Step> HistoryReader::steps(std::string_view queue) const {
  std::vector<Step> steps;
  if (!database_) return steps;
  Statement row = database_->query(
      "SELECT time, queue, message_id, sender, recipient, original, event, host, tls, reply"
      " FROM step WHERE queue = ? ORDER BY event <> 0, time, id",
      queue);
  while (row.step()) steps.push_back(step_from(row));
  return steps;
}

std::vector<std::string> HistoryReader::with_message_id(std::string_view message_id,
                                                        std::size_t most) const {
  if (!database_ || message_id.empty()) return {};
  std::string key(message_id);
  if (!key.starts_with('<')) key = "<" + key + ">";
  Found found;
  collect(*database_, kByMessageId, key, most, found);
  return latest_first(found, most);
}

std::vector<std::string> HistoryReader::of_address(std::string_view address,
                                                   std::size_t most) const {
  if (!database_ || address.empty()) return {};
  Found found;
  for (const std::string& spelling : spellings(address))
    for (std::string_view sql : {kBySender, kByRecipient, kByOriginal})
      collect(*database_, sql, spelling, most, found);
  return latest_first(found, most);
}

}  // namespace mailstore
