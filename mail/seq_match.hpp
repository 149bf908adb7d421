// What a client that resynchronizes says of its sequence numbers: "number 5 is UID 77" (RFC 7162
// §3.2.5.2 seq-match-data). Where both sides agree on a pair, they have the same messages up to it:
// the server's are those of the client without the expunged, and there are as many. So nothing that
// vanished below needs to be told. Pure.
#pragma once

#include <cstdint>
#include <functional>

#include "mail/sequence_set.hpp"

namespace mail {

struct SeqMatch {
  SequenceSet numbers;
  SequenceSet uids;  ///< as many, in the same order
};

/// What a client knows can be counted: "*" is no part of it.
bool has_star(const SequenceSet& set);
/// As many UIDs as numbers, and no "*" in either.
bool is_valid(const SeqMatch& match);

/// The last UID on which both sides agree, 0 if there is none. `uid_at` gives the UID of a sequence
/// number up to `size`.
std::uint32_t agreed_up_to(const SeqMatch& match, std::uint32_t size,
                           const std::function<std::uint32_t(std::uint32_t)>& uid_at);

}  // namespace mail
