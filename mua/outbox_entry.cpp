#include "mua/outbox_entry.hpp"

#include <ctime>

#include "mua/output.hpp"
#include "mua/password.hpp"
#include "mua/printable.hpp"
#include "mua/rows.hpp"
#include "mua/sync/actions.hpp"
#include "mua/sync_once.hpp"

namespace mua {

boost::json::object json_of_entry(const sync::Entry& entry) {
  boost::json::array recipients;
  for (const std::string& one : entry.recipients) recipients.push_back(boost::json::string(one));
  boost::json::object out{{"entry", sync::number_within(entry.id)},
                          {"state", name_of(entry.state)},
                          {"subject", entry.label},
                          {"message_id", entry.message_id},
                          {"recipients", recipients},
                          {"made", iso_date({entry.made_at, 0})},
                          {"tries", entry.tries}};
  if (entry.state == sync::EntryState::kWaiting) {
    out["due"] = iso_date({entry.not_before / 1000, 0});
  }
  if (!entry.said.empty()) out["said"] = entry.said;
  if (!entry.advice.empty()) out["advice"] = entry.advice;
  return out;
}

void send_entry(const Account& account, sync::LocalStore& store, sync::EntryId id, Format format) {
  sync::Actions(store).send_now(id, std::time(nullptr));
  SyncWatch watch;
  watch.entry = id;
  const SyncResult result = sync_once(account, password_of(account), std::move(watch));
  const auto entry = sync::Journal(store).find(id);
  if (format == Format::kJson && entry) print(json_of_entry(*entry));
  if (entry && entry->state == sync::EntryState::kDone) {
    if (format == Format::kText) print("sent: " + printable(entry->label) + "\n");
    return;
  }
  if (entry && entry->state == sync::EntryState::kFailed) {
    throw Failure(ExitCode::kRefused, entry->said, entry->advice);
  }
  require_synchronised(result);
}

}  // namespace mua
