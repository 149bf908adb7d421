// What a Directory has answered lately, so that mail for one address after the other need not ask
// domain.db's tables each time. It holds as long as nobody has committed anything to domain.db, in
// whatever process: that is looked up before each use, and costs a lock and a few octets of shared
// memory. Private to the room; the caller has the Directory's lock.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <unordered_map>

#include "mailstore/directory.hpp"
#include "mailstore/sqlite.hpp"

namespace mailstore {

class DirectoryMemory {
 public:
  /// domain.db must exist.
  explicit DirectoryMemory(const std::filesystem::path& file);

  /// The answer of `ask`, remembered. Throws what `ask` throws, and StoreError.
  template <class Ask>
  Resolution resolution(const mail::Address& recipient, Ask ask) {
    return answer(resolutions_, recipient.local + '\n' + recipient.domain, ask);
  }
  template <class Ask>
  std::optional<AccountInfo> account(AccountId id, Ask ask) {
    return answer(accounts_, id, ask);
  }

  static constexpr std::size_t kMost = 10'000;  ///< answers of a kind; then it begins anew

 private:
  template <class Known, class Key, class Ask>
  auto answer(Known& known, const Key& key, Ask ask) {
    forget_what_changed();
    if (const auto found = known.find(key); found != known.end()) return found->second;
    auto value = ask();
    if (known.size() >= kMost) known.clear();
    known.emplace(key, value);
    return value;
  }
  void forget_what_changed();

  Database watch_;  // writes nothing, so the commits of all others change its data_version
  std::int64_t version_ = -1;
  std::unordered_map<std::string, Resolution> resolutions_;
  std::unordered_map<AccountId, std::optional<AccountInfo>> accounts_;
};

}  // namespace mailstore
