#include "mua/welcome/name_servers.hpp"

#include <poll.h>
#include <unbound.h>

#include <deque>
#include <stdexcept>

namespace mua::welcome {

namespace {

constexpr int kSrv = 33;     // RFC 2782
constexpr int kClassIn = 1;  // RFC 1035 §3.2.4

struct Question {
  std::vector<std::string> records;
  bool open = true;
  int id = 0;
};

void take_answer(void* question, int error, ub_result* result) {
  const std::unique_ptr<ub_result, decltype(&ub_resolve_free)> owned(result, ub_resolve_free);
  auto& one = *static_cast<Question*>(question);
  one.open = false;
  if (error != UB_NOERROR || !result || result->bogus || !result->havedata) return;
  for (int i = 0; result->data[i]; ++i)
    one.records.emplace_back(result->data[i], static_cast<std::size_t>(result->len[i]));
}

std::string to_unbound(const conf::Endpoint& server) {
  return server.host + "@" + std::to_string(server.port);
}

}  // namespace

NameServers::NameServers(const conf::DnsSettings* settings) : context_(ub_ctx_create()) {
  if (!context_) throw std::runtime_error("libunbound can't be started");
  ub_ctx_async(context_, 1);
  // The library would refuse names in "test." by itself; who is asked may have them.
  ub_ctx_set_option(context_, "local-zone:", "test. typetransparent");
  ub_ctx_set_option(context_, "do-not-query-localhost:", "no");
  if (settings && settings->mode == "forward") {
    for (const conf::Endpoint& server : settings->servers)
      ub_ctx_set_fwd(context_, to_unbound(server).c_str());
  } else if (ub_ctx_resolvconf(context_, nullptr) != UB_NOERROR) {
    ub_ctx_set_fwd(context_, "127.0.0.1");  // resolv.conf(5): without the file, this machine
  }
}

NameServers::~NameServers() { ub_ctx_delete(context_); }

std::vector<std::vector<std::string>> NameServers::srv_records(
    const std::vector<std::string>& names, std::chrono::milliseconds time) {
  const auto deadline = std::chrono::steady_clock::now() + time;
  std::deque<Question> questions;  // libunbound knows their addresses
  for (const std::string& name : names) {
    Question& one = questions.emplace_back();
    one.open = ub_resolve_async(context_, name.c_str(), kSrv, kClassIn, &one, take_answer,
                                &one.id) == UB_NOERROR;
  }
  const auto any_open = [&] {
    for (const Question& one : questions) {
      if (one.open) return true;
    }
    return false;
  };
  while (any_open()) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        deadline - std::chrono::steady_clock::now());
    if (left.count() <= 0) break;
    pollfd file{ub_fd(context_), POLLIN, 0};
    if (poll(&file, 1, static_cast<int>(left.count())) > 0) ub_process(context_);
  }
  std::vector<std::vector<std::string>> out;
  for (Question& one : questions) {
    if (one.open) ub_cancel(context_, one.id);
    out.push_back(std::move(one.records));
  }
  return out;
}

}  // namespace mua::welcome
