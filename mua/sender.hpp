// Under which of her names a person sends: the account's own, or one of the identities that the
// settings have for it.
#pragma once

#include <string>

#include "mua/common_options.hpp"
#include "mua/screen/answer.hpp"

namespace mua {

/// The account with its identities.
screen::Writer writer_of(const CommonOptions& common, const Account& account);

/// `wanted` is an address, "" for the account's own. Failure (usage) when it is none of hers.
mail::NamedAddress sender_of(const screen::Writer& writer, const std::string& wanted);

}  // namespace mua
