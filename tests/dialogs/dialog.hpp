// Dialogues as text: a file of C: and S: lines, played against a real server on loopback. The
// format stands in README.md. This part knows nothing of SMTP or IMAP; a Stage brings the server
// and the directives that are its own.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dialogs {

struct Step {
  enum class Kind {
    kSend,         ///< C: line
    kSendRaw,      ///< C= octets
    kExpect,       ///< S: pattern
    kExpectLater,  ///< S~ pattern
    kText,         ///< M: pattern
    kTextLater,    ///< M~ pattern
    kDirective,    ///< @name arguments
  };
  Kind kind = Kind::kDirective;
  unsigned connection = 1;
  std::string text;
  int line = 0;
};

struct Dialog {
  std::filesystem::path file;
  std::vector<Step> steps;
};

/// Throws std::runtime_error with file and line for what isn't of the format.
Dialog read_dialog(const std::filesystem::path& file);

/// Files of a folder that end in `extension`, in order.
std::vector<std::filesystem::path> find_dialogs(const std::filesystem::path& folder,
                                                std::string_view extension);

/// `...` in the pattern stands for any octets, `\.` for a dot that is meant; the escapes of
/// `expand` hold.
bool matches(std::string_view pattern, std::string_view text);

/// Escapes and braces of C: and C= lines turned into octets.
std::string expand(std::string_view text);

/// What a program under test brings.
struct Stage {
  /// Port of the listener of that name; "" is the usual one. Asked for at the first line or
  /// @connect, when the directives before have set the scene.
  std::function<std::uint16_t(const std::string& listener)> port;
  /// A directive of the program's own. What it returns is the text that M: lines look at. Throws
  /// std::runtime_error for an unknown one or when what it claims isn't so.
  std::function<std::optional<std::string>(const std::string& name,
                                           const std::vector<std::string>& arguments)>
      directive;
  /// The Unix socket of that name, for a listener that is one; empty for a port.
  std::function<std::filesystem::path(const std::string& listener)> socket{};
};

/// Plays the dialogue; the first thing that isn't as written throws std::runtime_error saying file,
/// line, what was expected and what came.
void play(const Dialog& dialog, const Stage& stage);

}  // namespace dialogs
