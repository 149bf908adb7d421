#include "mua/completion.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mua {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::IsSupersetOf;
using testing::Not;

CompletionSources sources() {
  CompletionSources out;
  out.accounts = [] { return std::vector<Candidate>{{"ann@x.test", "Ann"}}; };
  out.mailboxes = [] { return std::vector<Candidate>{{"INBOX", ""}, {"Archive/2026", ""}}; };
  out.messages = [] { return std::vector<Candidate>{{"42", "hello"}}; };
  out.people = [](const std::string&) { return std::vector<Candidate>{{"bob@y.test", "Bob"}}; };
  return out;
}

std::vector<std::string> words(const std::vector<std::string>& line) {
  std::vector<std::string> out;
  for (const Candidate& one : complete(line, sources()).candidates) out.push_back(one.word);
  return out;
}

TEST(Completion, CommandsComeFirst) {
  EXPECT_THAT(words({""}), IsSupersetOf({"send", "ls", "export", "doctor", "bob@y.test"}));
  EXPECT_THAT(words({"exp"}), ElementsAre("export"));
  EXPECT_THAT(words({"--account", "ann@x.test", "mailb"}), ElementsAre("mailboxes"));
}

TEST(Completion, OptionsOfTheCommandAndOfAll) {
  EXPECT_THAT(words({"read", "--"}), IsSupersetOf({"--raw", "--peek", "--json", "--account"}));
  EXPECT_THAT(words({"read", "--"}), Not(Contains("--limit")));
  EXPECT_THAT(words({"ls", "--li"}), ElementsAre("--limit"));
}

TEST(Completion, ValuesOfTheirKind) {
  EXPECT_THAT(words({"--account", ""}), ElementsAre("ann@x.test"));
  EXPECT_THAT(words({"ls", "Arch"}), ElementsAre("Archive/2026"));
  EXPECT_THAT(words({"search", "x", "--mailbox", ""}), ElementsAre("INBOX", "Archive/2026"));
  EXPECT_THAT(words({"send", "--to", "b"}), ElementsAre("bob@y.test"));
  EXPECT_THAT(words({"export", "--format", "mboxc"}), ElementsAre("mboxcl", "mboxcl2"));
  EXPECT_THAT(words({"export", "--format=mboxr"}), ElementsAre("--format=mboxrd"));
  EXPECT_THAT(words({"read", ""}), ElementsAre("42"));
  EXPECT_THAT(words({"read", "42", ""}), IsEmpty());
  EXPECT_THAT(words({"move", "42", "A"}), ElementsAre("Archive/2026"));
  EXPECT_THAT(words({"flag", "42", "+f"}), ElementsAre("+flagged"));
  EXPECT_THAT(words({"completion", ""}), ElementsAre("bash", "zsh", "fish"));
}

TEST(Completion, FilesAreTheShellsToName) {
  using Files = Completions::Files;
  EXPECT_EQ(complete({"import", ""}, sources()).files, Files::kFiles);
  EXPECT_EQ(complete({"save", "42", "--to", ""}, sources()).files, Files::kFolders);
  EXPECT_EQ(complete({"ls", ""}, sources()).files, Files::kNone);
}

TEST(Completion, TheAccountMeantStandsOnTheLine) {
  EXPECT_EQ(value_among({"--account", "a", "ls"}, "--account"), "a");
  EXPECT_EQ(value_among({"ls", "--account=b"}, "--account"), "b");
  EXPECT_EQ(value_among({"ls", "--account"}, "--account"), "");
}

}  // namespace
}  // namespace mua
