// One moment of an account: while a Snapshot lives, everything read of the account is of the same
// state, and reading many small things costs less, as the files are locked once. Nothing may be
// written to the account meanwhile, so it is held for milliseconds.
#pragma once

#include <memory>

#include "mailstore/account.hpp"

namespace mailstore {

class Transaction;

class Snapshot {
 public:
  explicit Snapshot(Account& account);
  ~Snapshot();
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;

 private:
  std::unique_ptr<Transaction> transaction_;
};

}  // namespace mailstore
