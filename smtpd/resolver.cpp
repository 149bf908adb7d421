#include "smtpd/resolver.hpp"

#include <unbound.h>

#include <stdexcept>

namespace smtpd {

namespace {

// RFC 1035 §3.2.2, §3.2.4; RFC 3596 §2.1
constexpr int kTypeA = 1, kTypeMx = 15, kTypeAaaa = 28, kClassIn = 1;

using Result = std::unique_ptr<ub_result, void (*)(ub_result*)>;

Result ask(ub_ctx* context, const std::string& name, int type, std::string& reason) {
  ub_result* result = nullptr;
  if (const int error = ub_resolve(context, name.c_str(), type, kClassIn, &result)) {
    reason = ub_strerror(error);
    result = nullptr;
  }
  return Result(result, ub_resolve_free);
}

/// What keeps the result from being an answer: SERVFAIL and its like, or a signature that is wrong.
bool is_trouble(const ub_result& result, std::string& reason) {
  constexpr int kNoError = 0, kNameError = 3;
  if (result.bogus) reason = "its DNSSEC signature is wrong";
  if (result.rcode != kNoError && result.rcode != kNameError) {
    reason = "the name servers answer with error " + std::to_string(result.rcode);
  }
  return !reason.empty();
}

bool has_address(ub_ctx* context, const std::string& domain, MxAnswer& answer) {
  for (const int type : {kTypeA, kTypeAaaa}) {
    const Result result = ask(context, domain, type, answer.reason);
    if (!result || is_trouble(*result, answer.reason)) {
      answer.status = MxAnswer::Status::kTrouble;
      return false;
    }
    if (result->havedata) return true;
  }
  return false;
}

}  // namespace

Resolver::Resolver() : context_(ub_ctx_create(), ub_ctx_delete) {
  if (!context_) throw std::runtime_error("libunbound can't start");
  ub_ctx_resolvconf(context_.get(), nullptr);
  ub_ctx_hosts(context_.get(), nullptr);
  // What libunbound would answer by itself (RFC 6761); the servers asked know better.
  ub_ctx_zone_remove(context_.get(), "test.");
}

MxAnswer Resolver::find_mx(const std::string& domain) const {
  MxAnswer answer;
  const Result result = ask(context_.get(), domain, kTypeMx, answer.reason);
  if (!result || is_trouble(*result, answer.reason)) return answer;
  if (result->nxdomain) {
    answer.status = MxAnswer::Status::kNoDomain;
  } else if (!result->havedata) {
    answer.status = MxAnswer::Status::kNoRecords;
    answer.has_address = has_address(context_.get(), domain, answer);
  } else {
    answer.status = MxAnswer::Status::kFound;
    for (int i = 0; result->data[i]; ++i) {
      answer.records.push_back(read_mx({reinterpret_cast<const unsigned char*>(result->data[i]),
                                        static_cast<std::size_t>(result->len[i])}));
    }
  }
  return answer;
}

MxRecord read_mx(std::span<const unsigned char> data) {
  MxRecord record;
  if (data.size() < 3) return record;
  record.preference = static_cast<std::uint16_t>(data[0] << 8 | data[1]);
  for (std::size_t at = 2; at < data.size() && data[at] != 0;) {
    const std::size_t length = data[at];
    if (at + 1 + length > data.size()) return {};
    if (!record.host.empty()) record.host += '.';
    record.host.append(reinterpret_cast<const char*>(data.data()) + at + 1, length);
    at += 1 + length;
  }
  return record;
}

}  // namespace smtpd
