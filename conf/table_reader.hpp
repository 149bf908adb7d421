// Reads one TOML table key by key: checks type and range, knows where each value stands, and at the
// end reports keys nobody asked for. A key that is absent leaves the value at its default. The only
// door through which settings files are read: the daemons' (settings.cpp) and a person's
// (mua/settings.cpp).
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <toml++/toml.h>

#include "conf/settings.hpp"

namespace conf {

struct Range {
  std::uint64_t least;
  std::uint64_t most;
};

/// What is read, and what is learned of its values' places.
struct Source {
  std::filesystem::path file;
  std::vector<Place> places{};
};

/// The whole file; throws SettingsError with the place where it is no TOML.
toml::table parse_file(const std::filesystem::path& file);

class TableReader {
 public:
  struct Named;

  /// `name` is "" for the whole file; `table` may be null: an absent section. It and `source`
  /// outlive the reader.
  TableReader(const toml::table* table, std::string name, Source& source);

  /// The section `key`. Throws when it is something else than a table.
  TableReader section(std::string_view key);
  /// Those that [[key]] begins, none when it is absent.
  std::vector<TableReader> sections(std::string_view key);

  /// Those of the form [key.NAME], in the order of their names.
  std::vector<Named> named_sections(std::string_view key);

  void text(std::string_view key, std::string& value);
  void truth(std::string_view key, bool& value);
  /// A list of texts, none of them empty.
  void texts(std::string_view key, std::vector<std::string>& value);
  void choice(std::string_view key, std::string& value,
              std::initializer_list<std::string_view> choices);
  /// A domain name: labels, no spaces.
  void domain(std::string_view key, std::string& value);
  /// "b.test", ".b.test" or "*"; comes out in lower case.
  void domain_pattern(std::string_view key, std::string& value);
  /// A relative one starts at the file's folder. Its place is kept.
  void path(std::string_view key, std::filesystem::path& value);
  /// The name of a group of this machine; "" for none. Its place is kept.
  void group(std::string_view key, std::string& value);
  template <class Integer>
  void number(std::string_view key, Integer& value, Range range) {
    if (const auto read = whole_number(key, range)) value = static_cast<Integer>(*read);
  }
  void duration(std::string_view key, seconds& value, Range range);
  void size(std::string_view key, std::uint64_t& value, Range range);
  /// Endpoints to listen on. Their places are kept.
  void listeners(std::string_view key, std::vector<Endpoint>& value);
  /// Also "unix:PATH" for Unix sockets; a relative path starts at the file's folder.
  void listeners(std::string_view key, std::vector<Endpoint>& value,
                 std::vector<std::filesystem::path>& sockets);
  /// Permissions of a file: a text of octal digits, "0660".
  void mode(std::string_view key, unsigned& value);
  void server(std::string_view key, std::optional<Endpoint>& value);
  /// A list of "ADDRESS:PORT".
  void servers(std::string_view key, std::vector<Endpoint>& value);
  /// "HOST:PORT" or "unix:/path"; one of the two is set.
  void server_or_socket(std::string_view key, std::optional<Endpoint>& server,
                        std::filesystem::path& socket);

  bool has(std::string_view key) const;
  /// Throws when `key` is absent.
  void require(std::string_view key) const;
  /// Throws for the first key that no call above asked for.
  void finish() const;

  /// Throws SettingsError at the value of `key`, at the table's own place when it is absent.
  [[noreturn]] void fail(std::string_view key, std::string_view found,
                         std::string_view expected) const;

 private:
  struct EndpointForm {
    std::optional<Endpoint> (*parse)(std::string_view text);
    std::string_view expected;
  };

  void endpoints(std::string_view key, std::vector<Endpoint>& value, const EndpointForm& form);
  const toml::node* find(std::string_view key);
  std::string full_name(std::string_view key) const;
  std::string place(const toml::source_region& region) const;
  void keep_place(std::string_view key, const toml::node* node, std::string value);
  std::optional<std::uint64_t> whole_number(std::string_view key, Range range);

  const toml::table* table_;
  std::string name_;
  Source& source_;
  std::vector<std::string> known_;
};

struct TableReader::Named {
  std::string name;
  TableReader reader;
};

}  // namespace conf
