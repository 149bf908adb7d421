#include "smtpd/dns.hpp"

#include <fmt/format.h>
#include <unbound.h>

#include <algorithm>
#include <deque>
#include <exception>
#include <utility>

#include "conf/log.hpp"
#include "smtpd/unbound_setup.hpp"

namespace smtpd {

namespace {

using Result = std::unique_ptr<ub_result, decltype(&ub_resolve_free)>;

constexpr int kClassIn = 1;                                      // RFC 1035 §3.2.4
constexpr int kNoError = 0, kServerFailure = 2, kNameError = 3;  // RFC 1035 §4.1.1

constexpr auto kLookInterval = std::chrono::seconds(5);

Answer trouble(std::string reason) {
  Answer answer;
  answer.reason = std::move(reason);
  return answer;
}

std::string failure_of(int code) {
  if (code == kServerFailure) return "its name servers fail or don't answer (SERVFAIL)";
  return fmt::format("the name servers answer with error {}", code);
}

Answer to_answer(const ub_result& result) {
  if (result.bogus) {
    return trouble(fmt::format("DNSSEC proves the answer wrong: {}",
                               result.why_bogus ? result.why_bogus : "bad signature"));
  }
  if (result.rcode != kNoError && result.rcode != kNameError)
    return trouble(failure_of(result.rcode));
  Answer answer;
  answer.secure = result.secure != 0;
  answer.ttl = std::max(result.ttl, 0);
  answer.status = Answer::Status::kNoRecords;
  if (result.nxdomain) answer.status = Answer::Status::kNoDomain;
  if (result.havedata) answer.status = Answer::Status::kFound;
  for (int i = 0; result.havedata && result.data[i]; ++i) {
    answer.records.emplace_back(result.data[i], static_cast<std::size_t>(result.len[i]));
  }
  return answer;
}

Answer to_answer(int error, const ub_result* result) {
  if (error == UB_NOERROR && result) return to_answer(*result);
  Answer answer = trouble(ub_strerror(error));
  // A name that can't be written in DNS doesn't exist there.
  if (error == UB_SYNTAX) answer.status = Answer::Status::kNoDomain;
  return answer;
}

}  // namespace

/// A libunbound at work, and the descriptor on which it tells of answers. Of one I/O thread.
class Dns::Unbound {
 public:
  Unbound(asio::io_context& io, const conf::DnsSettings& settings)
      : settings(settings),
        stamps(stamps_of(settings)),
        handle_(open_unbound(settings)),
        readable_(io, ub_fd(handle_.get())) {}
  ~Unbound() { readable_.release(); }  // the descriptor is libunbound's

  ub_ctx* handle() const { return handle_.get(); }

  static void expect_answer(const std::shared_ptr<Unbound>& unbound) {
    if (unbound->expected_++ > 0 || std::exchange(unbound->watched_, true)) return;
    asio::co_spawn(unbound->readable_.get_executor(), watch(unbound), asio::detached);
  }
  void answer_came() { --expected_; }
  void forget_answer() {
    if (--expected_ == 0) readable_.cancel();
  }

  const conf::DnsSettings settings;
  const Stamps stamps;

 private:
  // Only while something is expected, so that the loop of an idle program can end.
  static asio::awaitable<void> watch(std::shared_ptr<Unbound> unbound) {
    while (unbound->expected_ > 0) {
      co_await unbound->readable_.async_wait(asio::posix::stream_descriptor::wait_read,
                                             asio::as_tuple(asio::use_awaitable));
      // Also when the wait was cancelled: there is never harm in looking.
      if (ub_poll(unbound->handle())) ub_process(unbound->handle());
    }
    unbound->watched_ = false;
  }

  UnboundHandle handle_;
  asio::posix::stream_descriptor readable_;
  std::size_t expected_ = 0;
  bool watched_ = false;
};

/// The questions of one `ask`; lives in its frame. What is open when it goes is cancelled.
struct Dns::Batch {
  struct Open {
    Batch& batch;
    Answer answer;
    int id = 0;
    bool open = true;
  };

  Batch(asio::io_context& io, std::shared_ptr<Unbound> asked)
      : unbound(std::move(asked)), finished(io) {}
  ~Batch() {
    for (Open& one : all) {
      if (!one.open) continue;
      ub_cancel(unbound->handle(), one.id);
      unbound->forget_answer();
    }
  }
  Batch(const Batch&) = delete;
  Batch& operator=(const Batch&) = delete;

  void ask(const Question& question);
  static void receive(void* open, int error, ub_result* result);

  std::shared_ptr<Unbound> unbound;
  asio::steady_timer finished;
  std::deque<Open> all{};  ///< libunbound knows their addresses
  std::size_t open = 0;
};

void Dns::Batch::ask(const Question& question) {
  Open& one = all.emplace_back(Open{*this, {}, 0, true});
  one.answer = trouble(fmt::format("no answer within {} s", unbound->settings.timeout.count()));
  const int error =
      ub_resolve_async(unbound->handle(), question.name.c_str(), static_cast<int>(question.type),
                       kClassIn, &one, &Batch::receive, &one.id);
  one.open = error == UB_NOERROR;
  if (!one.open) {
    one.answer = to_answer(error, nullptr);
    return;
  }
  ++open;
  Unbound::expect_answer(unbound);
}

void Dns::Batch::receive(void* open, int error, ub_result* result) {
  const Result owned(result, ub_resolve_free);
  Open& one = *static_cast<Open*>(open);
  one.answer = to_answer(error, result);
  one.open = false;
  one.batch.unbound->answer_came();
  if (--one.batch.open == 0) one.batch.finished.cancel();
}

Dns::Dns(asio::io_context& io, conf::DnsSettings settings)
    : io_(io), unbound_(std::make_shared<Unbound>(io, settings)), seen_(unbound_->stamps) {}

Dns::~Dns() = default;

void Dns::change(conf::DnsSettings settings) {
  auto next = std::make_shared<Unbound>(io_, settings);
  asio::post(io_, [this, next = std::move(next)]() mutable {
    if (next->settings == unbound_->settings && next->stamps == unbound_->stamps) return;
    unbound_ = std::move(next);
    seen_ = unbound_->stamps;
  });
}

Dns::Stamps Dns::stamps_of(const conf::DnsSettings& settings) {
  std::vector<std::filesystem::path> files = files_of(settings);
  if (settings.mode == "system") files.insert(files.end(), {"/etc/resolv.conf", "/etc/hosts"});
  Stamps stamps;
  std::error_code absent;
  for (const auto& file : files) stamps.push_back(std::filesystem::last_write_time(file, absent));
  return stamps;
}

// resolv.conf changes with the network, and the root's keys with an upgrade.
void Dns::notice_changed_files() {
  const auto now = std::chrono::steady_clock::now();
  if (now < looked_at_ + kLookInterval) return;
  looked_at_ = now;
  if (stamps_of(unbound_->settings) == seen_) return;
  seen_ = stamps_of(unbound_->settings);
  try {
    unbound_ = std::make_shared<Unbound>(io_, unbound_->settings);
  } catch (const std::exception& error) {
    conf::log(conf::Level::kError, "dns_unchanged", {{"reason", error.what()}});
  }
}

asio::awaitable<std::vector<Answer>> Dns::ask(std::vector<Question> questions) {
  notice_changed_files();
  Batch batch(io_, unbound_);
  for (const Question& question : questions) batch.ask(question);
  if (batch.open > 0) {
    batch.finished.expires_after(batch.unbound->settings.timeout);
    co_await batch.finished.async_wait(asio::as_tuple(asio::use_awaitable));
  }
  std::vector<Answer> answers;
  for (Batch::Open& one : batch.all) answers.push_back(std::move(one.answer));
  co_return answers;
}

}  // namespace smtpd
