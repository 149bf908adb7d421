#include "tests/imapd/peer.hpp"

#include "tls/context.hpp"

namespace imapd {

namespace {

constexpr tls::Seconds kPatience(60);
constexpr std::size_t kLongestLine = 64 << 20;

asio::awaitable<std::unique_ptr<tls::Stream>> reach(std::uint16_t port) {
  auto stream = co_await tls::connect("127.0.0.1", port, kPatience);
  co_return std::make_unique<tls::Stream>(std::move(stream));
}

asio::awaitable<bool> encrypt(tls::Stream& stream, tls::SslCtx context) {
  co_await stream.handshake_client(std::move(context), "localhost");
  co_return true;
}

asio::awaitable<bool> write(tls::Stream& stream, std::string octets) {
  co_await stream.write(octets);
  co_return true;
}

}  // namespace

// The stream's deadline is work of the loop, so that run() would not return.
template <class Value>
Value Peer::wait(asio::awaitable<Value> work) {
  std::optional<Value> result;
  std::exception_ptr failure;
  auto finish = [&](std::exception_ptr error, Value value) {
    failure = error;
    result.emplace(std::move(value));
  };
  asio::co_spawn(io_, std::move(work), finish);
  io_.restart();
  while (!result) io_.run_one();
  if (failure) std::rethrow_exception(failure);
  return std::move(*result);
}

Peer::Peer(std::uint16_t port) : stream_(wait(reach(port))) {
  stream_->set_timeout(kPatience);
  line();
}

void Peer::start_tls(const std::filesystem::path& ca) {
  ask("STARTTLS");
  wait(encrypt(*stream_, tls::client_context(ca)));
}

void Peer::send(const std::string& octets) { wait(write(*stream_, octets)); }

std::string Peer::line() { return wait(stream_->read_line(kLongestLine)).text; }

std::string Peer::until(const std::string& beginning) {
  std::string all;
  for (;;) {
    auto next = line();
    all += next + "\n";
    if (next.starts_with(beginning)) return all;
  }
}

std::string Peer::ask(const std::string& command) {
  send("x " + command + "\r\n");
  return until("x ");
}

std::unique_ptr<Peer> CommandTest::log_in() {
  auto peer = connect();
  auto answer = peer->ask("LOGIN alice secret");
  EXPECT_TRUE(answer.starts_with("x OK")) << answer;
  return peer;
}

std::unique_ptr<Peer> CommandTest::open() {
  auto peer = log_in();
  auto answer = peer->ask("SELECT INBOX");
  EXPECT_NE(answer.find("x OK [READ-WRITE]"), std::string::npos) << answer;
  return peer;
}

}  // namespace imapd
