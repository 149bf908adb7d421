// What LIST, STATUS, NAMESPACE and SEARCH answer, as values (RFC 9051 §7.3), in the forms of
// IMAP4rev1 and rev2. Mailbox names come out as UTF-8, with the separator the server uses.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mail/imap_server_response.hpp"
#include "mail/mailbox_name.hpp"
#include "mail/sequence_set.hpp"

namespace mail::imap {

struct Mailbox {
  std::string name;
  std::string separator;                ///< "/" or ".", "" when the server has no hierarchy
  std::vector<std::string> attributes;  ///< "\Sent", "\NoSelect", as the server wrote them

  bool has(std::string_view attribute) const;
};

/// nullopt when `data` is no LIST response, or has a name that can't be read.
std::optional<Mailbox> read_list(const Data& data, NameForm form);

struct MailboxStatus {
  std::string name;
  std::vector<std::pair<std::string, std::uint64_t>> items;  ///< names upper case

  std::optional<std::uint64_t> item(std::string_view upper_case_name) const;
};
std::optional<MailboxStatus> read_status(const Data& data, NameForm form);

/// The prefix and separator of the first personal namespace.
struct Namespace {
  std::string prefix;
  std::string separator;
};
std::optional<Namespace> read_namespace(const Data& data, NameForm form);

/// The numbers of SEARCH or of ESEARCH's ALL, ascending; nullopt for any other response. Ranges
/// longer than a mailbox can be are cut at `most` numbers.
std::optional<std::vector<std::uint32_t>> read_search(const Data& data, std::size_t most);

}  // namespace mail::imap
