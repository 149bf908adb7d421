#include <optional>

#include "mua/account.hpp"
#include "mua/commands.hpp"
#include "mua/completion.hpp"
#include "mua/completion_scripts.hpp"
#include "mua/output.hpp"
#include "mua/printable.hpp"
#include "mua/sync/folders.hpp"
#include "mua/sync/message_list.hpp"
#include "mua/sync/people.hpp"

namespace mua {

namespace {

constexpr std::uint32_t kMessages = 30;
constexpr std::size_t kPeople = 30;

/// The local store is asked, never the server: a shell waits for the answer.
class Sources {
 public:
  explicit Sources(CommonOptions common) : common_(std::move(common)) {}

  std::vector<Candidate> accounts() const {
    std::vector<Candidate> out;
    for (const Account& account : all_accounts(common_)) {
      out.push_back({account.address, account.name});
    }
    return out;
  }

  std::vector<Candidate> mailboxes() {
    std::vector<Candidate> out;
    for (const sync::Folder& folder : sync::Folders(store()).all()) {
      if (folder.selectable)
        out.push_back({folder.name, std::to_string(folder.total) + " messages"});
    }
    return out;
  }

  std::vector<Candidate> messages() {
    std::vector<Candidate> out;
    const auto inbox = sync::Folders(store()).find(sync::SpecialUse::kInbox);
    if (!inbox) return out;
    for (const sync::Row& row : sync::MessageList(store()).window(inbox->id, 0, kMessages)) {
      if (row.uid != 0) out.push_back({std::to_string(row.uid), printable(row.subject)});
    }
    return out;
  }

  std::vector<Candidate> people(const std::string& typed) {
    std::vector<Candidate> out;
    for (const sync::Person& person : sync::People(store()).complete(typed, kPeople)) {
      out.push_back({person.address, printable(person.name)});
    }
    return out;
  }

 private:
  sync::LocalStore& store() {
    if (!store_) {
      const Account account = find_account(common_);
      store_.emplace(sync::store_file(account.settings, account.address));
    }
    return *store_;
  }

  CommonOptions common_;
  std::optional<sync::LocalStore> store_;
};

/// Without an account, or with settings that can't be read, there is simply nothing to offer.
template <class Ask>
std::vector<Candidate> quietly(Ask ask) {
  try {
    return ask();
  } catch (const std::exception&) {
    return {};
  }
}

void print_words(const Completions& found) {
  std::string out;
  for (const Candidate& one : found.candidates) {
    if (one.word.find_first_of("\t\n") == std::string::npos)
      out += one.word + "\t" + one.help + "\n";
  }
  if (found.files == Completions::Files::kFiles) out += ":files\n";
  if (found.files == Completions::Files::kFolders) out += ":folders\n";
  print(out);
}

}  // namespace

asio::awaitable<ExitCode> completion(CommonOptions common, CompletionOptions options) {
  if (options.shell != "words") {
    print(completion_script(options.shell));
    co_return ExitCode::kOk;
  }
  common.account = value_among(options.words, "--account");
  common.settings = value_among(options.words, "--settings");
  common.config = value_among(options.words, "--config");
  Sources sources(std::move(common));
  CompletionSources asked;
  asked.accounts = [&] { return quietly([&] { return sources.accounts(); }); };
  asked.mailboxes = [&] { return quietly([&] { return sources.mailboxes(); }); };
  asked.messages = [&] { return quietly([&] { return sources.messages(); }); };
  asked.people = [&](const std::string& typed) {
    return quietly([&] { return sources.people(typed); });
  };
  print_words(complete(options.words, asked));
  co_return ExitCode::kOk;
}

}  // namespace mua
