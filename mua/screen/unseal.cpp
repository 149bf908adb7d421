#include "mua/screen/unseal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "mua/crypt/open.hpp"
#include "mua/screen/client.hpp"
#include "mua/sync/bodies.hpp"

namespace mua::screen {

namespace {

// All of a message has to come before its seals can be looked at. What is larger is asked for.
constexpr std::uint64_t kByItself = 3u << 20;

/// Which message, while others may be opened.
struct Place {
  sync::MessageId message = 0;
  std::string inside;
};

bool is_read(const Client& client, const Place& place) {
  return client.reader && client.reader->id() == place.message &&
         client.reader->inside() == place.inside;
}

Unsealed look(std::string octets, const std::string& passphrase) {
  Unsealed out;
  out.seals = crypt::open_message(std::move(octets), passphrase);
  if (!out.seals.octets.empty()) {
    out.mail = std::make_shared<const MemoryMail>(std::exchange(out.seals.octets, ""));
  }
  for (const crypt::Encryption& one : out.seals.encryptions) {
    if (one.state == crypt::Encryption::State::kLocked) {
      out.locked = one.key.empty() ? "your key" : one.key;
    }
  }
  return out;
}

void begin(Client& client, const Place& place, const std::string& passphrase);

void ask_passphrase(Client& client, const Place& place, const std::string& key) {
  Prompt prompt;
  prompt.label = fmt::format("passphrase of {}: ", key);
  prompt.echo = Prompt::Echo::kHidden;
  prompt.done = [&client, place](const std::string& passphrase) {
    if (!passphrase.empty() && is_read(client, place)) begin(client, place, passphrase);
  };
  client.ask(std::move(prompt));
}

void show(Client& client, const Place& place, Unsealed unsealed) {
  if (!is_read(client, place)) return;
  const std::string locked = unsealed.locked;
  client.reader->show(std::move(unsealed));
  if (!locked.empty() && !client.asking()) ask_passphrase(client, place, locked);
}

/// `octets`: where they lie in memory, else in the store.
void begin(Client& client, const Place& place, const std::string& passphrase) {
  client.reader->say_of_seals("signed or encrypted; looking at it…");
  // What lies in memory was opened before, but for a message attached to it.
  const auto memory = client.reader->unsealed() ? nullptr : client.reader->memory();
  const sync::LocalStore& store = client.world.store;
  client.world.aside.run([file = store.file(), place, passphrase, memory] {
    std::string octets;
    if (memory) {
      octets = memory->octets(place.inside).value_or("");
    } else {
      sync::LocalStore store(file);
      octets = sync::Bodies(store).octets(place.message, place.inside).value_or("");
    }
    return Aside::After([place, unsealed = look(std::move(octets), passphrase)](Client& c) {
      show(c, place, unsealed);
    });
  });
}

void fetch_and_begin(Client& client) {
  const Place place{client.reader->id(), client.reader->inside()};
  if (client.reader->memory()) return begin(client, place, "");
  client.reader->say_of_seals("signed or encrypted; fetching all of it…");
  client.want_part({place.message, place.inside, [&client, place] {
                      if (is_read(client, place)) begin(client, place, "");
                    }});
}

}  // namespace

void unseal(Client& client) {
  if (!client.reader || !client.reader->complete() || !client.reader->sealed()) return;
  if (!client.reader->message().seals.empty()) return;
  if (client.reader->message().header.row.size <= kByItself) return fetch_and_begin(client);
  client.reader->say_of_seals(
      fmt::format("signed or encrypted, {}: not looked at yet; :verify fetches all of it",
                  size_text(client.reader->message().header.row.size)));
}

void tell_unchecked(Reader& preview) {
  if (preview.complete() && preview.sealed())
    preview.say_of_seals("signed or encrypted; checked once it is read");
}

void verify(Client& client, const std::string&) {
  if (!client.reader->complete()) return client.once_read(client.reader->id(), "verify");
  if (!client.reader->sealed()) return client.say("it is neither signed nor encrypted");
  fetch_and_begin(client);
}

}  // namespace mua::screen
