// The states of a block of messages as octets: runs of consecutive UIDs that have the same flags
// and one MODSEQ, or MODSEQs that rise by one. A mailbox that only grew, or of which everything was
// marked at once, is a run a block; the worst case is some nine octets a message.
//
//   run    = gap count flags change      each a number of 7 bits an octet, low ones first
//   gap    = UIDs that are missing before it, counted from the block's first
//   count  = messages - 1, times 2, plus 1 when the MODSEQ rises with each
//   change = its first MODSEQ less the last one of the run before (0 for the first run), zigzag
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mailstore/message_states.hpp"

namespace mailstore {

/// Ascending by UID, all of one block (MessageStates::kBlockBits).
std::string encode_states(const std::vector<MessageState>& states);
/// Of the block whose UIDs begin with `prefix`; nullopt for octets that encode_states never wrote.
std::optional<std::vector<MessageState>> decode_states(std::string_view octets, Uid prefix);

}  // namespace mailstore
