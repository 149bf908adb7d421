// Completing a command line of mua: what may stand in the place of its last word. The shells'
// functions (completion_scripts.hpp) ask `mua completion words WORD...`, so that what is offered is
// always what this very program knows. Pure, but for what the places of the account are asked for.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "mua/command_words.hpp"

namespace mua {

struct Candidate {
  std::string word;
  std::string help;
  bool operator==(const Candidate&) const = default;
};

/// What only the account knows; each may come back empty.
struct CompletionSources {
  std::function<std::vector<Candidate>()> accounts, mailboxes, messages;
  std::function<std::vector<Candidate>(const std::string& typed)> people;
};

struct Completions {
  std::vector<Candidate> candidates;
  enum class Files { kNone, kFiles, kFolders };
  Files files = Files::kNone;  ///< names of the file system are wanted, too
};

/// `words` are those after "mua", the one to complete last ("" for a new one). Only candidates that
/// begin with it are returned.
Completions complete(const std::vector<std::string>& words, const CompletionSources& sources);

/// The value of "--NAME VALUE" or "--NAME=VALUE" among the words, "" if it isn't there.
std::string value_among(const std::vector<std::string>& words, const std::string& option);

}  // namespace mua
