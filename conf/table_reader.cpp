#include "conf/table_reader.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>

#include "conf/endpoint.hpp"
#include "conf/nearest.hpp"
#include "conf/quantity.hpp"

namespace conf {
namespace {

constexpr std::string_view kListener =
    "\"ADDRESS:PORT\" with an IPv4 address, an IPv6 address in brackets, or * for every address";
constexpr std::string_view kUnix = "unix:";
constexpr std::string_view kAnyListener =
    "\"unix:PATH\", or \"ADDRESS:PORT\" with an IPv4 address, an IPv6 address in brackets, or * "
    "for every address";
constexpr std::string_view kAddress =
    "\"ADDRESS:PORT\" with an IPv4 address or an IPv6 address in brackets, as \"192.0.2.1:53\"";
constexpr std::string_view kServer =
    "\"HOST:PORT\" with a name or address, as \"mx.example.net:25\"";

std::string shown(const toml::node& node) {
  if (const auto* text = node.as_string()) return fmt::format("\"{}\"", text->get());
  if (const auto* number = node.as_integer()) return fmt::format("{}", number->get());
  if (const auto* real = node.as_floating_point()) return fmt::format("{}", real->get());
  if (const auto* truth = node.as_boolean()) return truth->get() ? "true" : "false";
  if (node.is_array()) return "a list";
  return node.is_table() ? "a section" : "a date";
}

bool is_label(std::string_view text) {
  if (text.empty() || text.front() == '-' || text.back() == '-') return false;
  return std::all_of(text.begin(), text.end(),
                     [](unsigned char c) { return std::isalnum(c) || c == '-' || c >= 0x80; });
}

// domain = label *("." label)
bool is_domain(std::string_view text) {
  if (text.size() > 255) return false;
  for (;;) {
    const auto dot = text.find('.');
    if (!is_label(text.substr(0, dot))) return false;
    if (dot == text.npos) return true;
    text.remove_prefix(dot + 1);
  }
}

}  // namespace

toml::table parse_file(const std::filesystem::path& file) {
  try {
    return toml::parse_file(file.string());
  } catch (const toml::parse_error& error) {
    throw SettingsError(fmt::format("{}:{}:{}: {}", file.string(), error.source().begin.line,
                                    error.source().begin.column, error.description()));
  }
}

TableReader::TableReader(const toml::table* table, std::string name, Source& source)
    : table_(table), name_(std::move(name)), source_(source) {}

TableReader TableReader::section(std::string_view key) {
  const auto* node = find(key);
  if (node != nullptr && !node->is_table())
    fail(key, shown(*node), fmt::format("the section [{}]", key));
  return {node != nullptr ? node->as_table() : nullptr, std::string(key), source_};
}

std::vector<TableReader> TableReader::sections(std::string_view key) {
  const auto* node = find(key);
  std::vector<TableReader> found;
  if (node == nullptr) return found;
  const auto* array = node->as_array();
  if (array == nullptr) fail(key, shown(*node), fmt::format("sections [[{}]]", full_name(key)));
  for (const auto& element : *array) {
    if (!element.is_table())
      fail(key, shown(element), fmt::format("sections [[{}]]", full_name(key)));
    found.emplace_back(element.as_table(), full_name(key), source_);
  }
  return found;
}

std::vector<TableReader::Named> TableReader::named_sections(std::string_view key) {
  const auto* node = find(key);
  std::vector<Named> found;
  if (node == nullptr) return found;
  const std::string expected = fmt::format("sections [{}.\"NAME\"]", full_name(key));
  if (!node->is_table()) fail(key, shown(*node), expected);
  for (const auto& [name, section] : *node->as_table()) {
    if (!section.is_table()) fail(key, shown(section), expected);
    const std::string title = fmt::format("{}.\"{}\"", full_name(key), name.str());
    found.push_back({std::string(name.str()), {section.as_table(), title, source_}});
  }
  return found;
}

void TableReader::truth(std::string_view key, bool& value) {
  const auto* node = find(key);
  if (node == nullptr) return;
  if (!node->is_boolean()) fail(key, shown(*node), "true or false");
  value = node->as_boolean()->get();
}

void TableReader::text(std::string_view key, std::string& value) {
  const auto* node = find(key);
  if (node == nullptr) return;
  if (!node->is_string()) fail(key, shown(*node), "a text in quotes");
  value = node->as_string()->get();
}

void TableReader::texts(std::string_view key, std::vector<std::string>& value) {
  const auto* node = find(key);
  if (node == nullptr) return;
  if (!node->is_array()) fail(key, shown(*node), "a list of texts in quotes");
  value.clear();
  for (const auto& element : *node->as_array()) {
    const auto written = element.value_exact<std::string>();
    if (!written || written->empty()) fail(key, shown(element), "a text in quotes");
    value.push_back(*written);
  }
}

void TableReader::choice(std::string_view key, std::string& value,
                         std::initializer_list<std::string_view> choices) {
  const auto* node = find(key);
  if (node == nullptr) return;
  const auto chosen = node->value_exact<std::string>();
  if (!chosen || std::find(choices.begin(), choices.end(), *chosen) == choices.end())
    fail(key, shown(*node), fmt::format("one of \"{}\"", fmt::join(choices, "\", \"")));
  value = *chosen;
}

void TableReader::domain(std::string_view key, std::string& value) {
  text(key, value);
  if (has(key) && !is_domain(value)) fail(key, fmt::format("\"{}\"", value), "a domain name");
}

void TableReader::domain_pattern(std::string_view key, std::string& value) {
  text(key, value);
  std::transform(value.begin(), value.end(), value.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  if (!has(key) || value == "*") return;
  const std::string_view all = value;
  if (!is_domain(all.substr(all.starts_with('.') ? 1 : 0)))
    fail(key, fmt::format("\"{}\"", value), "a domain, .domain for all below it, or *");
}

void TableReader::path(std::string_view key, std::filesystem::path& value) {
  std::string written;
  text(key, written);
  if (has(key)) value = written;
  if (value.is_relative() && !value.empty())
    value = (source_.file.parent_path() / value).lexically_normal();
  // "var/." becomes "var/", and names below it would be written with two slashes.
  if (!value.has_filename() && value.has_relative_path()) value = value.parent_path();
  keep_place(key, table_ != nullptr ? table_->get(key) : nullptr, value.string());
}

void TableReader::group(std::string_view key, std::string& value) {
  text(key, value);
  if (has(key)) keep_place(key, table_->get(key), value);
}

void TableReader::duration(std::string_view key, seconds& value, Range range) {
  const auto* node = find(key);
  if (node == nullptr) return;
  const auto written = node->value_exact<std::string>();
  const auto read = written ? parse_duration(*written) : std::nullopt;
  const seconds least(range.least), most(range.most);
  if (!read || *read < least || *read > most)
    fail(key, shown(*node),
         fmt::format("a duration from \"{}\" to \"{}\" (units s, m, h, d)", format_duration(least),
                     format_duration(most)));
  value = *read;
}

void TableReader::size(std::string_view key, std::uint64_t& value, Range range) {
  const auto* node = find(key);
  if (node == nullptr) return;
  std::optional<std::uint64_t> read;
  if (const auto* text = node->as_string()) read = parse_size(text->get());
  if (const auto* number = node->as_integer(); number != nullptr && number->get() >= 0)
    read = static_cast<std::uint64_t>(number->get());
  if (!read || *read < range.least || *read > range.most)
    fail(key, shown(*node),
         fmt::format("a size from {} to {}: octets, or a text with KiB, MiB or GiB",
                     format_size(range.least), format_size(range.most)));
  value = *read;
}

void TableReader::listeners(std::string_view key, std::vector<Endpoint>& value) {
  endpoints(key, value, {parse_listener, kListener});
}

void TableReader::servers(std::string_view key, std::vector<Endpoint>& value) {
  endpoints(key, value, {parse_address, kAddress});
}

void TableReader::endpoints(std::string_view key, std::vector<Endpoint>& value,
                            const EndpointForm& form) {
  const auto* node = find(key);
  if (node == nullptr) return;
  if (!node->is_array()) fail(key, shown(*node), fmt::format("a list of {}", form.expected));
  value.clear();
  for (const auto& element : *node->as_array()) {
    const auto written = element.value_exact<std::string>();
    const auto endpoint = written ? form.parse(*written) : std::nullopt;
    if (!endpoint) fail(key, shown(element), form.expected);
    value.push_back(*endpoint);
    keep_place(key, &element, format_endpoint(*endpoint));
  }
}

void TableReader::listeners(std::string_view key, std::vector<Endpoint>& value,
                            std::vector<std::filesystem::path>& sockets) {
  const auto* node = find(key);
  if (node == nullptr) return;
  if (!node->is_array()) fail(key, shown(*node), fmt::format("a list of {}", kAnyListener));
  value.clear();
  for (const auto& element : *node->as_array()) {
    const auto written = element.value_exact<std::string>().value_or("");
    if (const auto endpoint = parse_listener(written)) {
      value.push_back(*endpoint);
      keep_place(key, &element, format_endpoint(*endpoint));
    } else if (written.starts_with(kUnix) && written.size() > kUnix.size()) {
      const auto path = source_.file.parent_path() / written.substr(kUnix.size());
      sockets.push_back(path.lexically_normal());
      keep_place(key, &element, sockets.back().string());
    } else {
      fail(key, shown(element), kAnyListener);
    }
  }
}

void TableReader::mode(std::string_view key, unsigned& value) {
  const auto* node = find(key);
  if (node == nullptr) return;
  const auto written = node->value_exact<std::string>().value_or("");
  unsigned read = 0;
  const char* end = written.data() + written.size();
  const auto [rest, error] = std::from_chars(written.data(), end, read, 8);
  if (error != std::errc{} || rest != end || read > 0777)
    fail(key, shown(*node), "permissions in octal digits, as \"0660\"");
  value = read;
}

void TableReader::server(std::string_view key, std::optional<Endpoint>& value) {
  const auto* node = find(key);
  if (node == nullptr) return;
  const auto written = node->value_exact<std::string>();
  value = written ? parse_server(*written) : std::nullopt;
  if (!value) fail(key, shown(*node), kServer);
}

void TableReader::server_or_socket(std::string_view key, std::optional<Endpoint>& server,
                                   std::filesystem::path& socket) {
  const auto* node = find(key);
  if (node == nullptr) return;
  constexpr std::string_view kUnix = "unix:";
  const std::string written = node->value_exact<std::string>().value_or("");
  if (written.starts_with(kUnix)) {
    socket = written.substr(kUnix.size());
  } else {
    server = parse_server(written);
  }
  if (!server && !socket.is_absolute())
    fail(key, shown(*node), fmt::format("{} or \"unix:/path\"", kServer));
}

bool TableReader::has(std::string_view key) const {
  return table_ != nullptr && table_->contains(key);
}

void TableReader::require(std::string_view key) const {
  if (!has(key))
    throw SettingsError(fmt::format(
        "{}: {} is missing; it has no default",
        table_ == nullptr || name_.empty() ? source_.file.string() : place(table_->source()),
        full_name(key)));
}

void TableReader::finish() const {
  if (table_ == nullptr) return;
  for (const auto& [key, node] : *table_) {
    if (std::find(known_.begin(), known_.end(), key.str()) != known_.end()) continue;
    throw SettingsError(fmt::format("{}: unknown {} {}; did you mean {}?", place(key.source()),
                                    node.is_table() ? "section" : "key", full_name(key.str()),
                                    full_name(nearest(key.str(), known_))));
  }
}

void TableReader::fail(std::string_view key, std::string_view found,
                       std::string_view expected) const {
  const toml::node* node = table_->get(key);
  throw SettingsError(fmt::format("{}: {} is {}, expected {}",
                                  place(node != nullptr ? node->source() : table_->source()),
                                  full_name(key), found, expected));
}

const toml::node* TableReader::find(std::string_view key) {
  known_.emplace_back(key);
  return table_ != nullptr ? table_->get(key) : nullptr;
}

std::string TableReader::full_name(std::string_view key) const {
  return name_.empty() ? std::string(key) : fmt::format("{}.{}", name_, key);
}

std::string TableReader::place(const toml::source_region& region) const {
  return fmt::format("{}:{}:{}", source_.file.string(), region.begin.line, region.begin.column);
}

/// Without a node: of the section that could have it.
void TableReader::keep_place(std::string_view key, const toml::node* node, std::string value) {
  if (node == nullptr && !name_.empty()) node = table_;
  const std::string at = node != nullptr ? place(node->source()) : source_.file.string();
  source_.places.push_back({std::move(value), fmt::format("{}: {}", at, full_name(key))});
}

std::optional<std::uint64_t> TableReader::whole_number(std::string_view key, Range range) {
  const auto* node = find(key);
  if (node == nullptr) return std::nullopt;
  const auto read = node->value_exact<std::int64_t>();
  if (!read || *read < 0 || static_cast<std::uint64_t>(*read) < range.least ||
      static_cast<std::uint64_t>(*read) > range.most)
    fail(key, shown(*node), fmt::format("a whole number from {} to {}", range.least, range.most));
  return static_cast<std::uint64_t>(*read);
}

}  // namespace conf
