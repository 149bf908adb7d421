// Writing an mbox: a new file, which has its name only once it is whole, or the end of one that is
// there, which gets what it doesn't have yet; or standard output.
#pragma once

#include <cstdio>
#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "mua/files/mbox.hpp"

namespace mua::files {

class MboxWriter {
 public:
  /// kFresh: Failure when there is such a file already. "-" is standard output.
  enum class How { kFresh, kAdd };
  MboxWriter(std::filesystem::path path, MboxKind kind, How how);
  /// What was not finished is taken back.
  ~MboxWriter();
  MboxWriter(const MboxWriter&) = delete;
  MboxWriter& operator=(const MboxWriter&) = delete;

  /// False: the file has it already. Throws Failure when the disk is full.
  bool write(const StoredMessage& message);
  /// On disk, and under its name.
  void finish();

 private:
  void read_what_is_there();
  [[noreturn]] void fail(const char* what) const;

  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  std::filesystem::path path_, written_;
  MboxKind kind_;
  How how_;
  std::unique_ptr<std::FILE, Close> file_;
  std::FILE* out_ = nullptr;
  std::uintmax_t size_before_ = 0;
  std::map<std::string, std::uint32_t> there_;
  bool finished_ = false;
};

}  // namespace mua::files
