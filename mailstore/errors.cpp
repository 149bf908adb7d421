#include "mailstore/errors.hpp"

#include <string_view>

namespace mailstore {

std::string_view describe(Failure failure) {
  switch (failure) {
    case Failure::kNoSuchDomain: return "there is no such domain here";
    case Failure::kNoSuchAccount: return "there is no such account";
    case Failure::kNoSuchAlias: return "there is no such alias";
    case Failure::kNoSuchMailbox: return "there is no such mailbox";
    case Failure::kAlreadyExists: return "it exists already";
    case Failure::kInvalidName: return "the name is not a valid one";
    case Failure::kHasChildren: return "it has children; delete them first";
    case Failure::kReserved: return "the name is reserved";
    case Failure::kInUse: return "it is in use; remove its accounts and aliases first";
    case Failure::kTooManyKeywords: return "the mailbox has all the keywords it can hold";
    case Failure::kTooLarge: return "it is too large";
    case Failure::kBadPassword: return "the password is not acceptable";
    case Failure::kLoop: return "its mail would go round in a circle";
    case Failure::kTooDeep: return "its mail would go through more than ten other addresses";
    case Failure::kNoSuchMessage: return "the message is not there any more";
    case Failure::kOverQuota: return "there is no room for it within the account's quota";
  }
  return "an unknown failure";
}

}  // namespace mailstore
