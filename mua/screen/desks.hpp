// The accounts of a front (the full screen, the line mode) at work: of each its local store, its
// engine and the way to it. An account that can't be opened is left out and told; the others go on.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "mua/screen/client.hpp"
#include "mua/settings.hpp"

namespace mua::screen {

class Desks {
 public:
  /// Asks for the passwords that nothing gives. Throws Failure when no account can be opened.
  explicit Desks(const Settings& settings);
  ~Desks();
  Desks(const Desks&) = delete;
  Desks& operator=(const Desks&) = delete;

  /// Starts the engines. From here on there are threads, which read what a process has one of:
  /// locale and environment are as they are to stay.
  void start();

  std::vector<Desk> all() const;
  Wire& wire();  ///< once started
  /// Readable when an engine has something to tell.
  std::vector<int> files() const;
  void tell(Client& client);
  /// Accounts that could not be opened, and why; "" if there are none.
  const std::string& trouble() const { return trouble_; }

 private:
  struct Work;
  void open(const Account& account, const Settings& settings);

  std::vector<std::unique_ptr<Work>> works_;
  std::unique_ptr<Wire> wire_;
  std::string trouble_;
};

/// The accounts a front shows: that of --account, else all. Throws Failure when there is none.
Settings settings_to_show(const CommonOptions& common);

}  // namespace mua::screen
