#include "mailstore/snapshot.hpp"

#include "mailstore/sqlite.hpp"

namespace mailstore {

Snapshot::Snapshot(Account& account)
    : transaction_(std::make_unique<Transaction>(account.database(), Transaction::Kind::kRead)) {}

Snapshot::~Snapshot() = default;

}  // namespace mailstore
