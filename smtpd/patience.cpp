#include "smtpd/patience.hpp"

namespace smtpd {

tls::Seconds Patience::of(mail::smtp::Stage stage) const {
  using mail::smtp::Stage;
  switch (stage) {
    case Stage::kConnect:
    case Stage::kGreeting: return greeting;
    case Stage::kHello:
    case Stage::kStartTls:
    case Stage::kAuth:
    case Stage::kMail:
    case Stage::kRecipient: return command;
    case Stage::kData: return data;
    case Stage::kContent: return content;
    case Stage::kQuit: break;
  }
  return quit;
}

tls::Seconds Patience::whole(std::size_t recipients, std::size_t octets) const {
  return session + tls::Seconds(10 * recipients + octets / 256);
}

}  // namespace smtpd
