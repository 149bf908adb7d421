#include "smtpd/extensions.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace smtpd {

Reply announce(const Policy& policy, const Channel& channel, std::string_view client_name) {
  Reply reply(250, "", fmt::format("{} greets {}", policy.hostname, client_name));
  reply.lines.insert(reply.lines.end(),
                     {"PIPELINING",                                     // RFC 2920
                      fmt::format("SIZE {}", policy.max_message_size),  // RFC 1870
                      "8BITMIME",                                       // RFC 6152
                      "SMTPUTF8",                                       // RFC 6531
                      "CHUNKING", "BINARYMIME",                         // RFC 3030
                      "ENHANCEDSTATUSCODES",                            // RFC 2034
                      "DSN"});                                          // RFC 3461
  using Security = Channel::Security;
  if (channel.security == Security::kPlain) reply.lines.push_back("STARTTLS");  // RFC 3207
  if (channel.security == Security::kTls) reply.lines.push_back("REQUIRETLS");  // RFC 8689
  if (!channel.mechanisms.empty()) {                                            // RFC 4954
    reply.lines.push_back(fmt::format("AUTH {}", fmt::join(channel.mechanisms, " ")));
  }
  reply.lines.push_back("HELP");
  return reply;
}

}  // namespace smtpd
