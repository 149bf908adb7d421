// Questions to DNS, asked many at a time and answered without blocking: libunbound works on a
// thread of its own, caches by TTL and checks signatures; the answers come in on one I/O thread. An
// answer whose DNSSEC signature is wrong is trouble, never an answer. RFC 1035, RFC 4035.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "conf/settings.hpp"
#include "tls/asio.hpp"

namespace smtpd {

/// RFC 1035 §3.2.2, RFC 3596 §2.1
enum class RecordType { kA = 1, kMx = 15, kAaaa = 28 };

struct Question {
  std::string name;  ///< in ASCII, without the last dot
  RecordType type = RecordType::kA;
};

struct Answer {
  /// kNoRecords: the name exists. kTrouble: nobody knows now, ask again later.
  enum class Status { kFound, kNoRecords, kNoDomain, kTrouble };
  Status status = Status::kTrouble;
  std::vector<std::string> records;  ///< their data, as octets
  bool secure = false;               ///< proved by DNSSEC, absence too
  std::string reason;                ///< of kTrouble: "no answer within 30 s"
  std::int64_t ttl = 0;              ///< seconds that it may be used, none for kTrouble
};

class Dns {
 public:
  /// Throws std::runtime_error that says what is wrong with the settings. Goes before `io`.
  Dns(asio::io_context& io, conf::DnsSettings settings);
  ~Dns();
  Dns(const Dns&) = delete;
  Dns& operator=(const Dns&) = delete;

  /// As the constructor; then the next questions go by these. The cache is kept when neither the
  /// settings nor the files they name have changed. Safe from every thread.
  void change(conf::DnsSettings settings);

  /// The answers in the order of the questions, all asked at once. Only on the thread of `io`.
  asio::awaitable<std::vector<Answer>> ask(std::vector<Question> questions);

 private:
  class Unbound;
  struct Batch;

  /// When the files were written that the settings name, and resolv.conf and hosts.
  using Stamps = std::vector<std::filesystem::file_time_type>;

  static Stamps stamps_of(const conf::DnsSettings& settings);
  void notice_changed_files();

  asio::io_context& io_;
  // Shared with whoever waits for an answer of it.
  std::shared_ptr<Unbound> unbound_;
  std::chrono::steady_clock::time_point looked_at_;
  Stamps seen_;
};

}  // namespace smtpd
