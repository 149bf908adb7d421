#include "imapd/reply.hpp"

#include "mail/imap_response.hpp"

namespace imapd {

namespace {

std::string_view code_of(mailstore::Failure failure) {
  using mailstore::Failure;
  switch (failure) {
    case Failure::kNoSuchMailbox:
    case Failure::kNoSuchAccount: return "NONEXISTENT";
    case Failure::kAlreadyExists: return "ALREADYEXISTS";
    case Failure::kHasChildren: return "HASCHILDREN";
    case Failure::kTooManyKeywords: return "LIMIT";
    case Failure::kTooLarge: return "TOOBIG";
    case Failure::kOverQuota: return "OVERQUOTA";
    default: return "CANNOT";
  }
}

std::string_view word(Reply::Status status) {
  if (status == Reply::Status::kOk) return "OK";
  return status == Reply::Status::kNo ? "NO" : "BAD";
}

}  // namespace

Reply refusal(mailstore::Failure failure) {
  return no(std::string(code_of(failure)), std::string(mailstore::describe(failure)));
}

std::string render(std::string_view tag, const Reply& reply) {
  std::string line(tag);
  line += ' ';
  line += mail::render_status(word(reply.status), reply.code, reply.text);
  return line;
}

}  // namespace imapd
