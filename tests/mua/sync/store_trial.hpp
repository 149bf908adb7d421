// A local store in a folder of its own, and messages to put into it.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "mua/sync/actions.hpp"
#include "mua/sync/bodies.hpp"
#include "mua/sync/folders.hpp"
#include "mua/sync/journal.hpp"
#include "mua/sync/local_store.hpp"
#include "mua/sync/message_list.hpp"
#include "mua/sync/message_writer.hpp"
#include "mua/sync/undo.hpp"
#include "tests/temporary_folder.hpp"

namespace mua::sync {

class StoreTrial : public testing::Test {
 protected:
  /// As FETCH would tell it.
  static mail::imap::Fetched message(std::uint32_t uid, const std::string& subject,
                                     std::vector<std::string> references = {}) {
    mail::imap::Fetched fetched;
    fetched.uid = uid;
    fetched.flags = mail::FlagSet{};
    fetched.size = 1000 + uid;
    fetched.internal_date = mail::DateTime{1'700'000'000 + 60 * std::int64_t{uid}, 0};
    mail::imap::Envelope envelope;
    envelope.subject = subject;
    envelope.from = {{"Ann", {"ann", "x.test"}}};
    envelope.to = {{"Bob Miller", {"bob", "y.test"}}};
    envelope.message_id = "<" + std::to_string(uid) + "@x.test>";
    fetched.envelope = envelope;
    std::string fields = "Content-Type: text/plain\r\n";
    if (!references.empty()) fields += "References:";
    for (const std::string& id : references) fields += " <" + id + ">";
    fetched.sections.push_back({"HEADER.FIELDS (REFERENCES CONTENT-TYPE)", fields + "\r\n\r\n"});
    return fetched;
  }

  MessageId put(std::uint32_t uid, const std::string& subject = "hello",
                std::vector<std::string> references = {}) {
    return put_into(inbox, uid, subject, std::move(references));
  }
  MessageId put_into(FolderId folder, std::uint32_t uid, const std::string& subject = "hello",
                     std::vector<std::string> references = {}) {
    const auto id = writer.put(folder, message(uid, subject, std::move(references)));
    EXPECT_TRUE(id.has_value());
    return id.value_or(0);
  }

  static Outgoing mail(DraftId draft = 0) {
    Outgoing out;
    out.sender = "ann@x.test";
    out.recipients = {"bob@y.test"};
    out.content = "Subject: hi\r\n\r\nhello\r\n";
    out.message_id = "<m@x.test>";
    out.subject = "hi";
    out.draft = draft;
    return out;
  }

  static constexpr std::int64_t kNow = 1'800'000'000;

  tests::TemporaryFolder folder;
  LocalStore store{folder / "store.db"};
  Folders folders{store};
  MessageList list{store};
  MessageWriter writer{store};
  Bodies bodies{store};
  Journal journal{store};
  Actions actions{store};
  Undo undo{store};
  FolderId inbox = folders.require("INBOX");
  FolderId trash = folders.require("Trash");
};

}  // namespace mua::sync
