// The text of a message to send: from a file, stdin, or the person's editor.
#pragma once

#include <string>

namespace mua {

/// `option` is a file, "-" for stdin, or "": then stdin when it is no terminal, else the editor,
/// which is given `quoted` to answer. Where no editor is asked, `quoted` follows the text. Failure
/// when a file can't be read, when the editor failed or nothing was written.
std::string read_body(const std::string& option, const std::string& quoted);
/// Whether the editor is asked.
bool is_typed(const std::string& option);

}  // namespace mua
