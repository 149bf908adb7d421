// The expected outcomes of store operations. What is broken (disk, database) is StoreError, an
// exception.
#pragma once

#include <stdexcept>
#include <string>

#include "mail/result.hpp"

namespace mailstore {

using mail::Result;
using mail::unexpected;

enum class Failure {
  kNoSuchDomain,
  kNoSuchAccount,
  kNoSuchAlias,
  kNoSuchMailbox,
  kAlreadyExists,
  kInvalidName,  ///< a mailbox name or address that can't be
  kHasChildren,  ///< DELETE of a \Noselect name with children
  kReserved,     ///< INBOX can't be deleted
  kInUse,        ///< a domain that has accounts
  kTooManyKeywords,
  kTooLarge,
  kBadPassword,
  kLoop,     ///< an alias or forward that would lead back to itself
  kTooDeep,  ///< one that would lead through more than ten others
  kOverQuota,
  kNoSuchMessage,  ///< it was expunged meanwhile
};

/// A sentence a person can read.
std::string_view describe(Failure failure);

/// Disk full, database corrupt, missing or of a later schema: says which file and what to do.
/// `out_of_space` tells 452 from 451.
class StoreError : public std::runtime_error {
 public:
  explicit StoreError(const std::string& what, bool out_of_space = false)
      : std::runtime_error(what), out_of_space(out_of_space) {}
  bool out_of_space;
};

}  // namespace mailstore
