// An account with a local store that holds some mail, and no server.
#pragma once

#include "mua/sync/actions.hpp"
#include "mua/sync/folders.hpp"
#include "mua/sync/message_writer.hpp"
#include "tests/mua/trial.hpp"

namespace mua {

class LocalTrial : public Trial {
 public:
  LocalTrial() : file_(sync::store_file(folder() / "mua.toml", "ann@x.test")), store(file_) {}

  /// A message in INBOX, UIDVALIDITY 7.
  sync::MessageId put(std::uint32_t uid, const std::string& subject,
                      const std::string& answers = "") {
    sync::Folders folders(store);
    const sync::FolderId inbox = folders.require("INBOX");
    folders.set_sync_point(inbox, {7, uid + 1, 0, 1});
    folders.set_synced(inbox, 1'700'000'000);
    mail::imap::Fetched fetched;
    fetched.uid = uid;
    fetched.flags = mail::FlagSet{};
    fetched.size = 100;
    fetched.internal_date = mail::DateTime{1'700'000'000 + std::int64_t{uid}, 0};
    mail::imap::Envelope envelope;
    envelope.subject = subject;
    envelope.from = {{"Bob", {"bob", "y.test"}}};
    envelope.message_id = "<" + std::to_string(uid) + "@y.test>";
    fetched.envelope = envelope;
    const std::string references =
        answers.empty() ? "" : "References: <" + answers + "@y.test>\r\n";
    fetched.sections.push_back({"HEADER.FIELDS (REFERENCES CONTENT-TYPE)", references + "\r\n"});
    return sync::MessageWriter(store).put(inbox, fetched).value_or(0);
  }

 private:
  std::filesystem::path file_;

 public:
  sync::LocalStore store;
};

}  // namespace mua
