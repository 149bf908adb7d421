#include "mua/welcome/autoconfig.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <pugixml.hpp>

#include "mail/ascii.hpp"

namespace mua::welcome {

namespace {

void replace_all(std::string& text, std::string_view what, std::string_view with) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at))
    text.replace(at, what.size(), with), at += with.size();
}

/// %EMAILADDRESS%, %EMAILLOCALPART%, %EMAILDOMAIN%
std::string filled(std::string text, std::string_view address) {
  const std::size_t at = address.rfind('@');
  replace_all(text, "%EMAILADDRESS%", address);
  replace_all(text, "%EMAILLOCALPART%", address.substr(0, at));
  replace_all(text, "%EMAILDOMAIN%", address.substr(std::min(at, address.size() - 1) + 1));
  return text;
}

bool is_host_name(std::string_view name) {
  return !name.empty() && name.size() < 255 &&
         std::all_of(name.begin(), name.end(), [](unsigned char c) {
           return std::isalnum(c) || c == '-' || c == '.' || c >= 0x80;
         });
}

std::optional<Security> security_of(const pugi::xml_node& server) {
  const std::string_view word = server.child_value("socketType");
  if (word == "SSL" || word == "TLS") return Security::kTls;
  if (word == "STARTTLS") return Security::kStartTls;
  return std::nullopt;
}

struct Found {
  Service service;
  std::string user;
};

std::optional<Found> read_server(const pugi::xml_node& server, std::string_view address) {
  const auto security = security_of(server);
  const std::string name = filled(server.child_value("hostname"), address);
  const unsigned port = server.child("port").text().as_uint();
  if (!security || !is_host_name(name) || port == 0 || port > 65535) return std::nullopt;
  return Found{{{name, static_cast<std::uint16_t>(port)}, *security},
               filled(server.child_value("username"), address)};
}

struct Kind {
  const char* element;
  std::string_view type;
};

std::optional<Found> best_server(const pugi::xml_node& provider, Kind kind,
                                 std::string_view address) {
  std::optional<Found> best;
  for (const pugi::xml_node& server : provider.children(kind.element)) {
    if (server.attribute("type").as_string() != kind.type) continue;
    auto found = read_server(server, address);
    const bool better = found && (!best || (found->service.security == Security::kTls &&
                                            best->service.security != Security::kTls));
    if (better) best = std::move(found);
  }
  return best;
}

}  // namespace

mail::Result<Proposal, std::string> parse_autoconfig(std::string_view xml,
                                                     std::string_view address) {
  pugi::xml_document document;
  const auto parsed = document.load_buffer(xml.data(), xml.size());
  if (!parsed) return mail::unexpected(fmt::format("no XML: {}", parsed.description()));
  const pugi::xml_node provider = document.child("clientConfig").child("emailProvider");
  if (!provider) return mail::unexpected(std::string("no clientConfig with an emailProvider"));
  const auto imap = best_server(provider, {"incomingServer", "imap"}, address);
  const auto smtp = best_server(provider, {"outgoingServer", "smtp"}, address);
  if (!imap || !smtp) {
    return mail::unexpected(fmt::format("no {} server with TLS in it", imap ? "outgoing" : "IMAP"));
  }
  Proposal proposal;
  proposal.imap = imap->service;
  proposal.smtp = smtp->service;
  if (imap->user != address) proposal.user = imap->user;
  return proposal;
}

}  // namespace mua::welcome
