// Under which of her names a person sends: the account's own, or one of the identities that the
// settings have for it, each with its signature, where answers to it go, and its key.
#pragma once

#include <string>

#include "mua/common_options.hpp"
#include "mua/crypt/seal_mail.hpp"
#include "mua/screen/answer.hpp"

namespace mua {

/// The account with its identities, and the signature that stands beside its settings.
screen::Writer writer_of(const Account& account, const Settings& settings);
screen::Writer writer_of(const CommonOptions& common, const Account& account);

/// `wanted` is an address, "" for the account's own. Failure (usage) when it is none of hers.
mail::NamedAddress sender_of(const screen::Writer& writer, const std::string& wanted);

/// The signature of that address, without "-- "; "" for none.
std::string signature_of(const screen::Writer& writer, const mail::Address& from);

/// From whom it is, and where answers to that identity go.
void set_sender(mail::Draft& draft, const screen::Writer& writer, mail::NamedAddress from);

/// Who signs, as gpg finds her key: that of the identity, else by the address.
std::string signing_key_of(const screen::Writer& writer, const mail::Address& from);

}  // namespace mua
