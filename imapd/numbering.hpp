// How a command counts messages.
#pragma once

namespace imapd {

/// Whether a command's numbers are UIDs ("UID FETCH") or sequence numbers.
enum class Numbering { kSequence, kUid };

}  // namespace imapd
