#include "mail/status_advice.hpp"

#include <algorithm>

namespace mail {
namespace {

struct Advice {
  std::string_view code;  ///< without its class; "1" is any of the subject
  std::string_view sentence;
};

constexpr std::string_view kWrongAddress =
    "There is no such address. Look for a slip in it, or ask for the right one in another way.";
constexpr std::string_view kWrongDomain =
    "The part after the @ is no place that takes mail. Look for a slip in it.";
constexpr std::string_view kTooLarge =
    "The message is too large for that server. Send a link instead of the attachment, or several "
    "smaller messages.";
constexpr std::string_view kNotAllowed =
    "That server doesn't take this message from you, by a rule of its own; the address may well be "
    "right. Reach the recipient in another way, and let them ask their postmaster.";
constexpr std::string_view kExpired =
    "Nothing more is tried. The server may be out of order for long, or the part after the @ may "
    "be wrong. Send the message again later, or use another address.";
constexpr std::string_view kLoop =
    "The message went in a circle. Somebody's forwarding leads back to itself: tell the recipient, "
    "or the postmaster.";
constexpr std::string_view kContent =
    "That server can't take a message of this kind. Send it as plain text or as an attachment.";
constexpr std::string_view kAdviceLetters =
    "That server knows no addresses with letters beyond a to z. Use another address of the "
    "recipient's, and of yours.";
constexpr std::string_view kEncryption =
    "The message asks to be sent over encrypted connections alone, and there is none to that "
    "server. Send it without that demand if that is acceptable to you.";

constexpr Advice kAdvice[] = {
    {"1.1", kWrongAddress},
    {"1.2", kWrongDomain},
    {"1.3", "The address is not written as an address has to be. Look for a slip in it."},
    {"1.6", "The recipient has moved and left no address behind. Ask for the new one."},
    {"1.7", "The address of yours that the message is sent from is not accepted there."},
    {"1.8", "The domain of yours that the message is sent from is not accepted there."},
    {"1.10", kWrongDomain},  // RFC 7505 §4
    {"1", kWrongAddress},
    {"2.1", "The mailbox takes no mail at present. Reach the recipient in another way."},
    {"2.2", "The mailbox is full. Try again in some days, or reach the recipient in another way."},
    {"2.3", kTooLarge},
    {"2", "The mailbox can't take the message. Reach the recipient in another way."},
    {"3.4", kTooLarge},
    {"4.6", kLoop},
    {"4.7", kExpired},
    {"4", kExpired},
    {"5.3", "The message has too many recipients. Send it to fewer at a time."},
    {"6.7", kAdviceLetters},  // RFC 6531 §3.7.4.2
    {"6.8", kAdviceLetters},
    {"6", kContent},
    {"7.4", kEncryption},
    {"7.10", kEncryption},
    {"7.30", kEncryption},  // RFC 8689 §7
    {"7", kNotAllowed},
};

constexpr std::string_view kGeneral =
    "If the answer doesn't tell you why, forward this report to your postmaster.";

const Advice* find(std::string_view code) {
  const auto* found = std::find_if(std::begin(kAdvice), std::end(kAdvice),
                                   [&](const Advice& advice) { return advice.code == code; });
  return found == std::end(kAdvice) ? nullptr : found;
}

}  // namespace

std::string_view advice_for(std::string_view status) {
  const std::size_t dot = status.find('.');
  if (dot == std::string_view::npos) return kGeneral;
  const std::string_view code = status.substr(dot + 1);
  const Advice* advice = find(code);
  if (!advice) advice = find(code.substr(0, code.find('.')));
  return advice ? advice->sentence : kGeneral;
}

}  // namespace mail
