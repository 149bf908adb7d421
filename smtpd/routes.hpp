// Where ways out lead, by DNS: each is looked up once however many wait for it, a limited number at
// a time, and the answer is used as long as its TTL says, a minute at most (libunbound keeps it for
// longer), trouble for two seconds. One I/O thread's.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "smtpd/route.hpp"
#include "smtpd/way_out.hpp"

namespace smtpd {

class Routes {
 public:
  using Found = std::function<void(std::shared_ptr<const Route>)>;

  Routes(asio::io_context& io, FindRoute find_route, FindRoute find_host);

  /// `found` is called at once when the answer is known, else when it has come. A Unix socket needs
  /// no look-up: its route is empty.
  void find(const WayOut& way, std::int64_t now, Found found);
  /// From now on everything is looked up anew.
  void forget();

 private:
  struct Entry {
    std::shared_ptr<const Route> route;  ///< null: not known, or forgotten
    std::vector<Found> waiting;
  };
  void start();
  asio::awaitable<void> look_up(WayOut way);
  asio::awaitable<Route> ask(WayOut way);
  void forget_old();

  asio::io_context& io_;
  FindRoute find_route_, find_host_;
  std::map<std::string, Entry> entries_;
  std::deque<WayOut> to_ask_;
  unsigned asking_ = 0;
  std::int64_t now_ = 0;  ///< as it was said last
};

}  // namespace smtpd
