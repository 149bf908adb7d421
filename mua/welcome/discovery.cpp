#include "mua/welcome/discovery.hpp"

#include <fmt/format.h>

#include <chrono>
#include <span>

#include "mail/ascii.hpp"
#include "mua/welcome/autoconfig.hpp"
#include "mua/welcome/https_get.hpp"
#include "mua/welcome/name_servers.hpp"
#include "mua/welcome/srv_records.hpp"

namespace mua::welcome {

namespace {

constexpr std::chrono::milliseconds kDnsTime{5000};

std::string domain_of(std::string_view address) {
  return std::string(address.substr(address.rfind('@') + 1));
}

/// An endpoint a server listens on, as a client on the same machine names it.
Host host_of(const conf::Endpoint& endpoint) {
  const bool any = endpoint.host == "*" || endpoint.host == "0.0.0.0" || endpoint.host == "::";
  return {any ? "127.0.0.1" : endpoint.host, endpoint.port};
}

std::optional<Service> service_at(const std::vector<conf::Endpoint>& tls,
                                  const std::vector<conf::Endpoint>& starttls) {
  if (!tls.empty()) return Service{host_of(tls.front()), Security::kTls};
  if (!starttls.empty()) return Service{host_of(starttls.front()), Security::kStartTls};
  return std::nullopt;
}

std::optional<Service> service_of(const std::vector<std::vector<std::string>>& answers,
                                  std::size_t first, std::span<const MailService> services) {
  for (std::size_t i = 0; i < services.size(); ++i) {
    const auto record = best_of(answers.at(first + i));
    if (record) return Service{{record->target, record->port}, services[i].security};
  }
  return std::nullopt;
}

std::optional<Proposal> from_dns(const std::string& domain, const Asked& asked) {
  std::vector<std::string> names;
  for (const MailService& one : kImapServices) names.push_back(std::string(one.label) + domain);
  const std::size_t submission = names.size();
  for (const MailService& one : kSubmissionServices)
    names.push_back(std::string(one.label) + domain);
  const conf::Settings* installation = asked.installation ? &*asked.installation : nullptr;
  NameServers servers(installation ? &installation->dns : nullptr);
  const auto answers = servers.srv_records(names, kDnsTime);
  const auto imap = service_of(answers, 0, kImapServices);
  const auto smtp = service_of(answers, submission, kSubmissionServices);
  if (!imap || !smtp) return std::nullopt;
  return Proposal{"DNS, SRV records of " + domain, *imap, *smtp, "", {}};
}

}  // namespace

std::optional<Proposal> from_installation(const conf::Settings& settings, std::string_view domain) {
  if (!mail::same_ignoring_case(settings.domain, domain)) return std::nullopt;
  const auto imap = service_at(settings.imap.imaps, settings.imap.listen);
  const auto smtp = service_at(settings.smtp.submissions, settings.smtp.submission);
  if (!imap || !smtp) return std::nullopt;
  return Proposal{settings.file.string(), *imap, *smtp, "", settings.tls.ca};
}

std::vector<std::string> autoconfig_urls(std::string_view address) {
  const std::string domain = domain_of(address);
  return {fmt::format("https://autoconfig.{}/mail/config-v1.1.xml?emailaddress={}", domain,
                      escaped(address)),
          fmt::format("https://{}/.well-known/autoconfig/mail/config-v1.1.xml", domain)};
}

std::string strangers(const Proposal& proposal, std::string_view domain) {
  std::string out;
  for (const Service* service : {&proposal.imap, &proposal.smtp}) {
    const std::string& name = service->host.name;
    if (lies_in(name, domain) || out == name) continue;
    out += (out.empty() ? "" : " and ") + name;
  }
  return out;
}

asio::awaitable<std::optional<Proposal>> discover(Asked asked) {
  const std::string domain = domain_of(asked.address);
  if (asked.installation) {
    if (auto own = from_installation(*asked.installation, domain)) co_return own;
  }
  asked.told(fmt::format("Asking DNS for the mail servers of {}…", domain));
  if (auto named = from_dns(domain, asked)) co_return named;
  for (const std::string& url : autoconfig_urls(asked.address)) {
    asked.told(fmt::format("  nothing there; looking at {}…", url));
    auto file = co_await https_get(url);
    auto proposal = file ? parse_autoconfig(*file, asked.address)
                         : mail::Result<Proposal, std::string>(mail::unexpected(file.error()));
    if (!proposal) {
      asked.told("  " + proposal.error());
      continue;
    }
    proposal->source = url;
    co_return std::move(*proposal);
  }
  co_return std::nullopt;
}

}  // namespace mua::welcome
