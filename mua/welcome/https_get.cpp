#include "mua/welcome/https_get.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/beast/http.hpp>
#include <charconv>
#include <optional>

#include "tls/stream.hpp"

namespace mua::welcome {

namespace http = boost::beast::http;

namespace {

constexpr tls::Seconds kTime{5};
constexpr std::size_t kMostOctets = 256 * 1024;
constexpr int kMostRedirections = 3;

using Response = http::response<http::string_body>;

std::string request_for(const Url& url) {
  const std::string port = url.port == 443 ? "" : fmt::format(":{}", url.port);
  return fmt::format(
      "GET {} HTTP/1.1\r\nHost: {}{}\r\nUser-Agent: mua (Pabal)\r\nAccept: */*\r\n"
      "Connection: close\r\n\r\n",
      url.target, url.host, port);
}

/// Feeds the parser until the response is whole or the server closes.
asio::awaitable<Response> read_response(tls::Stream& stream) {
  http::response_parser<http::string_body> parser;
  parser.body_limit(kMostOctets);
  parser.eager(true);
  boost::system::error_code error;
  while (!parser.is_done()) {
    try {
      co_await stream.fill();
    } catch (const tls::StreamError& lost) {
      if (lost.kind != tls::StreamError::Kind::kClosed || !parser.is_header_done()) throw;
      parser.put_eof(error);
      if (error) throw std::runtime_error("it ends too early");
      break;
    }
    const std::string_view text = stream.buffered();
    const std::size_t used = parser.put(asio::buffer(text.data(), text.size()), error);
    stream.consume(used);
    if (error == http::error::need_more && used == 0 && text.size() > kMostOctets)
      throw std::runtime_error("a header without an end");
    if (error && error != http::error::need_more) throw std::runtime_error(error.message());
  }
  co_return parser.release();
}

asio::awaitable<Response> exchange(Url url) {
  tls::Stream stream = co_await tls::connect(url.host, url.port, kTime);
  stream.set_timeout(kTime);
  tls::SslCtx authorities = tls::client_context();
  co_await stream.handshake_client(std::move(authorities), url.host);
  const std::string request = request_for(url);
  co_await stream.write(request);
  Response response = co_await read_response(stream);
  co_await stream.close();
  co_return response;
}

bool is_redirection(unsigned status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

}  // namespace

// "https://" host [":" port] ["/" ...]
std::optional<Url> parse_url(std::string_view text) {
  constexpr std::string_view kScheme = "https://";
  if (!text.starts_with(kScheme)) return std::nullopt;
  text.remove_prefix(kScheme.size());
  const std::size_t slash = std::min(text.find_first_of("/?#"), text.size());
  std::string_view authority = text.substr(0, slash);
  Url url;
  if (slash < text.size()) url.target = std::string(text.substr(slash));
  if (url.target.front() != '/') url.target.insert(0, 1, '/');
  const std::size_t colon = authority.rfind(':');
  if (colon != std::string_view::npos) {
    const std::string_view port = authority.substr(colon + 1);
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), url.port);
    if (error != std::errc{} || end != port.data() + port.size() || url.port == 0)
      return std::nullopt;
    authority = authority.substr(0, colon);
  }
  const bool plain = std::all_of(authority.begin(), authority.end(), [](unsigned char c) {
    return std::isalnum(c) || c == '-' || c == '.';
  });
  const bool clean = std::all_of(url.target.begin(), url.target.end(),
                                 [](unsigned char c) { return c > 0x20 && c < 0x7f; });
  if (authority.empty() || !plain || !clean) return std::nullopt;
  url.host = std::string(authority);
  return url;
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (std::isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '.' || c == '_')
      out += c;
    else
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

asio::awaitable<mail::Result<std::string, std::string>> https_get(std::string url) {
  std::string why;
  for (int turn = 0; turn <= kMostRedirections; ++turn) {
    const auto parsed = parse_url(url);
    if (!parsed) co_return mail::unexpected("leads to " + url + ", which is no https address");
    try {
      Response response = co_await exchange(*parsed);
      if (response.result_int() == 200) co_return std::move(response.body());
      if (!is_redirection(response.result_int()))
        co_return mail::unexpected(fmt::format("the answer is {}", response.result_int()));
      const auto location = response[http::field::location];
      url = std::string(location.data(), location.size());
    } catch (const std::exception& error) {
      why = error.what();
    }
    if (!why.empty()) co_return mail::unexpected(why);
  }
  co_return mail::unexpected(std::string("it is redirected too often"));
}

}  // namespace mua::welcome
