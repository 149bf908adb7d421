// A message's structure as the local store keeps it: JSON. Private to the folder.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "mail/imap_fetched.hpp"

namespace mua::sync {

std::string structure_json(const mail::imap::BodyPart& structure);
/// nullopt for what structure_json never wrote.
std::optional<mail::imap::BodyPart> read_structure_json(std::string_view json);

}  // namespace mua::sync
