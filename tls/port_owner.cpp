#include "tls/port_owner.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

namespace tls {
namespace {

namespace fs = std::filesystem;

// sl local_address rem_address st tx_queue:rx_queue tr:tm->when retrnsmt uid timeout inode ...
//  0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000 0 0 31337 ...
// Adds the inode when the line is of a socket that listens on the port.
void take_inode(const std::string& line, std::uint16_t port, std::vector<std::string>& inodes) {
  std::istringstream words(line);
  std::string number, local, remote, state, queues, timer, retransmits, uid, timeout, inode;
  words >> number >> local >> remote >> state >> queues >> timer >> retransmits >> uid >> timeout >>
      inode;
  if (state == "0A" && local.ends_with(fmt::format(":{:04X}", port))) inodes.push_back(inode);
}

std::vector<std::string> listening_inodes(std::uint16_t port) {
  std::vector<std::string> inodes;
  for (const auto* table : {"/proc/net/tcp", "/proc/net/tcp6"}) {
    std::ifstream stream(table);
    for (std::string line; std::getline(stream, line);) take_inode(line, port, inodes);
  }
  return inodes;
}

bool holds(const fs::path& process, const std::vector<std::string>& links) {
  std::error_code error;
  for (fs::directory_iterator fd(process / "fd", error), end; !error && fd != end;
       fd.increment(error)) {
    std::error_code unreadable;
    const auto link = fs::read_symlink(fd->path(), unreadable).string();
    if (std::find(links.begin(), links.end(), link) != links.end()) return true;
  }
  return false;
}

std::string describe(const fs::path& process) {
  std::string name;
  std::ifstream stream(process / "comm");
  std::getline(stream, name);
  return fmt::format("{} (process {})", name, process.filename().string());
}

}  // namespace

std::string port_owner(std::uint16_t port) {
  std::vector<std::string> links;
  for (const auto& inode : listening_inodes(port)) links.push_back("socket:[" + inode + "]");
  std::error_code error;
  for (fs::directory_iterator entry("/proc", error), end; !error && entry != end;
       entry.increment(error)) {
    const auto name = entry->path().filename().string();
    if (!std::all_of(name.begin(), name.end(), [](char c) { return c >= '0' && c <= '9'; }))
      continue;
    if (holds(entry->path(), links)) return describe(entry->path());
  }
  return "another process";
}

}  // namespace tls
