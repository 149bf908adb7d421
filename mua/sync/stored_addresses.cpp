#include "mua/sync/stored_addresses.hpp"

#include "mua/printable.hpp"

namespace mua::sync {

namespace {

constexpr char kUnit = '\x1f';
constexpr char kRecord = '\x1e';

/// Cuts off what stands before the next `end`.
std::string_view cut(std::string_view& text, char end) {
  const std::size_t at = std::min(text.find(end), text.size());
  const std::string_view head = text.substr(0, at);
  text.remove_prefix(std::min(at + 1, text.size()));
  return head;
}

}  // namespace

std::string stored_addresses(const std::vector<mail::NamedAddress>& addresses) {
  std::string out;
  for (const mail::NamedAddress& one : addresses) {
    out += printable(one.name);
    out += kUnit;
    out += printable(one.address.local);
    out += kUnit;
    out += printable(one.address.domain);
    out += kRecord;
  }
  return out;
}

std::vector<mail::NamedAddress> read_addresses(std::string_view stored, std::size_t most) {
  std::vector<mail::NamedAddress> out;
  while (!stored.empty() && out.size() < most) {
    std::string_view record = cut(stored, kRecord);
    mail::NamedAddress one;
    one.name = cut(record, kUnit);
    one.address.local = cut(record, kUnit);
    one.address.domain = record;
    out.push_back(std::move(one));
  }
  return out;
}

std::string searchable_addresses(std::string_view stored) {
  std::string out;
  for (const mail::NamedAddress& one : read_addresses(stored)) {
    if (!one.name.empty()) out += one.name + " ";
    out += one.address.local + "@" + one.address.domain + "\n";
  }
  return out;
}

}  // namespace mua::sync
