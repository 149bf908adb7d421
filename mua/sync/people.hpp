// Who was written to and who has written, for the completion of addresses: those written to first,
// then by how often and how lately they were seen.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "mua/sync/local_store.hpp"
#include "mua/sync/model.hpp"

namespace mua::sync {

class People {
 public:
  explicit People(LocalStore& store) : database_(store.database()) {}

  /// Those of whom `typed` begins the address, the name or a word of the name, in any case.
  std::vector<Person> complete(std::string_view typed, std::size_t most);

  enum class Met { kSeen, kWrittenTo };
  void note(const mail::NamedAddress& person, Met met, std::int64_t now);

 private:
  mailstore::Database& database_;
};

}  // namespace mua::sync
