// A whole client in memory: keys in, screen out as text, on a real local store without an engine.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "mua/screen/client.hpp"
#include "mua/screen/memory_screen.hpp"
#include "mua/sync/drafts.hpp"
#include "tests/mua/sync/store_trial.hpp"

namespace mua::screen {

/// Writes down what was asked of the engine.
class RecordingWire : public Wire {
 public:
  void show(sync::FolderId folder) override { shown = folder; }
  void want_text(sync::MessageId message) override { texts.push_back(message); }
  void want_part(sync::MessageId message, std::string number) override {
    parts.emplace_back(message, std::move(number));
  }
  void prefetch(std::vector<sync::MessageId>) override {}
  void journal_changed() override { ++journal; }
  void search(std::uint64_t number, std::optional<sync::FolderId> folder,
              mail::SearchKey) override {
    searches = number;
    searched = folder;
  }
  void reconnect() override { ++reconnects; }
  void refresh() override {}
  void there() override { present = true; }
  void away() override { present = false; }

  bool present = true;
  sync::FolderId shown = 0;
  std::vector<sync::MessageId> texts;
  std::vector<std::pair<sync::MessageId, std::string>> parts;
  std::uint64_t searches = 0;
  std::optional<sync::FolderId> searched;  ///< the folder of the last search
  int journal = 0, reconnects = 0;
};

/// Works at once, and keeps what comes of it to be taken up.
class DirectAside : public Aside {
 public:
  void run(Work work) override { done_.push_back(carry_out(work)); }
  std::vector<After> take() override { return std::exchange(done_, {}); }

 private:
  std::vector<After> done_;
};

class ClientTrial : public sync::StoreTrial {
 protected:
  ClientTrial() {
    setenv("TZ", "UTC", 1);
    tzset();
  }

  /// The client begins when it is first asked for: what the store has by then it sees.
  Client& client() {
    if (!client_) {
      Account account;
      account.address = "alice@example.test";
      account.name = "Alice";
      World world{store,
                  wire,
                  screen,
                  aside,
                  {account, "Alice\nof Example"},
                  profile,
                  [this] { return clock; },
                  [this](const ShellCommand& command) {
                    ran.push_back(command);
                    return status;
                  }};
      world.desks = desks;
      client_.emplace(std::move(world));
    }
    return *client_;
  }

  void take() {
    while (auto event = screen.next_event()) client().handle(*event);
    settle();
    client().tick();
    client().paint();
  }
  /// What was worked aside, and what comes of that, until nothing is left.
  void settle() {
    for (auto done = aside.take(); !done.empty(); done = aside.take()) {
      for (const Aside::After& after : done) after(client());
    }
  }
  std::string press(std::string_view keys) {
    screen.press(keys);
    take();
    return screen.text();
  }
  std::string type(std::string_view text) {
    screen.type(text);
    take();
    return screen.text();
  }
  std::string hear(const sync::Event& event) {
    client().hear(event);
    settle();
    client().tick();
    client().paint();
    return screen.text();
  }
  std::string picture() { return press(""); }
  std::string line(int row) {
    std::string text = picture();
    for (; row > 0; --row) text.erase(0, text.find('\n') + 1);
    return text.substr(0, text.find('\n'));
  }
  std::string status_line() { return line(screen.size().rows - 1); }

  void give_text(sync::MessageId id, const std::string& text, mail::Parameters parameters = {}) {
    mail::imap::BodyPart part;
    part.number = "1";
    part.type = "text";
    part.subtype = "plain";
    part.parameters = std::move(parameters);
    part.size = text.size();
    bodies.keep_structure(id, part);
    bodies.append(id, "1", text, sync::Bodies::Piece::kLast);
  }
  /// A text and a file.
  void give_attachment(sync::MessageId id, const std::string& name) {
    mail::imap::BodyPart mixed, text, file;
    mixed.type = "multipart";
    mixed.subtype = "mixed";
    text.number = "1";
    text.type = "text";
    text.subtype = "plain";
    file.number = "2";
    file.type = "application";
    file.subtype = "pdf";
    file.disposition = "attachment";
    file.disposition_parameters = {{"filename", name}};
    file.size = 205'000;
    mixed.children = {text, file};
    bodies.keep_structure(id, mixed);
    bodies.append(id, "1", "see the file\r\n", sync::Bodies::Piece::kLast);
  }
  void three() {
    first = put(1, "first subject");
    second = put(2, "second subject");
    third = put(3, "third subject");
  }

  static sync::Outgoing plan() {
    sync::Outgoing mail;
    mail.sender = "alice@example.test";
    mail.recipients = {"bob@y.test"};
    mail.subject = "Plan";
    mail.content = "x";
    mail.message_id = "<m@example.test>";
    return mail;
  }

  sync::MessageId first = 0, second = 0, third = 0;
  MemoryScreen screen{{24, 80}};
  RecordingWire wire;
  DirectAside aside;
  std::int64_t clock = 1'700'003'600'000;
  std::vector<ShellCommand> ran;
  int status = 0;
  Profile profile = Profile::kMutt;
  std::vector<Desk> desks;  ///< of several accounts; none: alice's alone

 private:
  std::optional<Client> client_;
};

}  // namespace mua::screen
