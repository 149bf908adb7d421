// What became of a message that was sent, for people and scripts.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "mail/smtp_client.hpp"
#include "mua/common_options.hpp"
#include "mua/exit_code.hpp"
#include "mua/message_ref.hpp"

namespace mua {

struct SentReport {
  std::vector<mail::Address> recipients;
  std::vector<mail::smtp::RecipientOutcome> outcomes;  ///< one for each, in order
  std::string message_id;
  std::optional<MessageRef> copy;  ///< none is kept of what is bounced
  std::string trouble;             ///< why there is none, or the message it answers isn't marked
  bool copy_waits = false;         ///< here, to be put into Sent

  std::size_t accepted() const;
};

/// Prints it. Failure when not all took it, or the copy that was wanted could not be kept.
ExitCode conclude(const SentReport& report, Format format);

}  // namespace mua
