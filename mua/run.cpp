#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <exception>
#include <utility>

#include "mail/ascii.hpp"
#include "mua/commands.hpp"
#include "mua/screen/run_screen.hpp"
#include "mua/welcome/first_run.hpp"

namespace mua {

namespace {

bool is_set_up(const CommonOptions& common) {
  const std::vector<Account> all = all_accounts(common);
  return std::any_of(all.begin(), all.end(), [&](const Account& account) {
    return mail::same_ignoring_case(account.address, common.account);
  });
}

/// An address is one's own, and set up when it is new; a mailto: link is somebody else's. The
/// screen has a thread of its own for what waits; here nothing else is to run meanwhile.
asio::awaitable<ExitCode> show_screen(CommonOptions common, ScreenOptions options) {
  if (!options.address.empty() && !options.address.starts_with("mailto:")) {
    common.account = std::exchange(options.address, "");
    if (!is_set_up(common)) {
      welcome::Surroundings around = welcome::surroundings_of(common);
      co_await welcome::first_run(common, common.account, std::move(around));
    }
  }
  co_return screen::run_screen(common, options);
}

asio::awaitable<ExitCode> dispatch(Invocation invocation) {
  const CommonOptions& common = invocation.common;
  struct Dispatch {
    const CommonOptions& common;
    auto operator()(ScreenOptions& o) { return show_screen(common, std::move(o)); }
    auto operator()(SetupOptions& o) { return setup(common, std::move(o)); }
    auto operator()(SendOptions& o) { return send(common, std::move(o)); }
    auto operator()(BounceOptions& o) { return bounce(common, std::move(o)); }
    auto operator()(AnswerOptions& o) { return answer(common, std::move(o)); }
    auto operator()(ListOptions& o) { return list(common, std::move(o)); }
    auto operator()(ReadOptions& o) { return read(common, std::move(o)); }
    auto operator()(VerifyOptions& o) { return verify(common, std::move(o)); }
    auto operator()(PipeOptions& o) { return pipe(common, std::move(o)); }
    auto operator()(SearchOptions& o) { return search(common, std::move(o)); }
    auto operator()(ThreadsOptions& o) { return threads(common, std::move(o)); }
    auto operator()(SaveOptions& o) { return save(common, std::move(o)); }
    auto operator()(MoveOptions& o) { return move(common, std::move(o)); }
    auto operator()(ArchiveOptions& o) { return archive(common, std::move(o)); }
    auto operator()(FlagOptions& o) { return flag(common, std::move(o)); }
    auto operator()(DeleteOptions& o) { return erase(common, std::move(o)); }
    auto operator()(UndoOptions& o) { return undo(common, std::move(o)); }
    auto operator()(AccountsOptions& o) { return accounts(common, std::move(o)); }
    auto operator()(MailboxesOptions& o) { return mailboxes(common, std::move(o)); }
    auto operator()(ContactsOptions& o) { return contacts(common, std::move(o)); }
    auto operator()(SyncOptions& o) { return synchronise(common, std::move(o)); }
    auto operator()(OutboxOptions& o) { return outbox(common, std::move(o)); }
    auto operator()(DraftsOptions& o) { return drafts(common, std::move(o)); }
    auto operator()(ImportOptions& o) { return import_mail(common, std::move(o)); }
    auto operator()(ExportOptions& o) { return export_mail(common, std::move(o)); }
    auto operator()(WaitOptions& o) { return wait(common, std::move(o)); }
    auto operator()(DoctorOptions& o) { return doctor(common, std::move(o)); }
    auto operator()(CompletionOptions& o) { return completion(common, std::move(o)); }
  };
  auto command = std::visit(Dispatch{common}, invocation.command);
  co_return co_await std::move(command);
}

/// One io_context, one coroutine: a command ends when its coroutine does.
ExitCode run_to_end(Invocation invocation) {
  asio::io_context io(1);
  std::exception_ptr error;
  ExitCode code = ExitCode::kFailed;
  asio::co_spawn(io, dispatch(std::move(invocation)),
                 [&](std::exception_ptr thrown, ExitCode ended) {
                   error = std::move(thrown);
                   code = ended;
                   io.stop();
                 });
  io.run();
  if (error) std::rethrow_exception(error);
  return code;
}

int complain(ExitCode code, const char* what, const std::string& advice) {
  std::fprintf(stderr, "mua: %s\n", what);
  if (!advice.empty()) std::fprintf(stderr, "  %s\n", advice.c_str());
  return static_cast<int>(code);
}

/// Who starts mua without one of the three would else find what it opens first in its place: a mail
/// printed into a connection.
void hold_standard_files() {
  for (const int file : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::fcntl(file, F_GETFD) >= 0) continue;
    // Neither to be read from nor to be written to, so that it is told.
    [[maybe_unused]] const int held =
        ::open("/dev/null", file == STDIN_FILENO ? O_WRONLY : O_RDONLY);
  }
}

/// What stdout can't take is told as of every command.
int say(const Stop& stop) {
  const bool asked = stop.code == ExitCode::kOk;
  std::fputs(stop.text.c_str(), asked ? stdout : stderr);
  if (asked && std::fflush(stdout) != 0 && errno != EPIPE) {
    return complain(ExitCode::kFailed, "cannot write", std::strerror(errno));
  }
  return static_cast<int>(stop.code);
}

}  // namespace

int run(int argc, char** argv) {
  hold_standard_files();
  std::signal(SIGPIPE, SIG_IGN);
  auto invocation = parse_command_line({argv + 1, argv + argc});
  if (!invocation) return say(invocation.error());
  try {
    return static_cast<int>(run_to_end(std::move(*invocation)));
  } catch (const Failure& failure) {
    return complain(failure.code, failure.what(), failure.advice);
  } catch (const std::exception& error) {
    return complain(ExitCode::kFailed, error.what(), "");
  }
}

}  // namespace mua
