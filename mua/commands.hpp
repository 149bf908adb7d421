// The commands of mua, one function and one file each. They print to stdout and throw Failure.
#pragma once

#include "mua/exit_code.hpp"
#include "mua/options.hpp"
#include "tls/asio.hpp"

namespace mua {

asio::awaitable<ExitCode> setup(CommonOptions common, SetupOptions options);
asio::awaitable<ExitCode> send(CommonOptions common, SendOptions options);
asio::awaitable<ExitCode> bounce(CommonOptions common, BounceOptions options);
asio::awaitable<ExitCode> answer(CommonOptions common, AnswerOptions options);
asio::awaitable<ExitCode> list(CommonOptions common, ListOptions options);
asio::awaitable<ExitCode> read(CommonOptions common, ReadOptions options);
asio::awaitable<ExitCode> verify(CommonOptions common, VerifyOptions options);
asio::awaitable<ExitCode> pipe(CommonOptions common, PipeOptions options);
asio::awaitable<ExitCode> search(CommonOptions common, SearchOptions options);
asio::awaitable<ExitCode> threads(CommonOptions common, ThreadsOptions options);
asio::awaitable<ExitCode> save(CommonOptions common, SaveOptions options);
asio::awaitable<ExitCode> move(CommonOptions common, MoveOptions options);
asio::awaitable<ExitCode> archive(CommonOptions common, ArchiveOptions options);
asio::awaitable<ExitCode> flag(CommonOptions common, FlagOptions options);
asio::awaitable<ExitCode> erase(CommonOptions common, DeleteOptions options);
asio::awaitable<ExitCode> undo(CommonOptions common, UndoOptions options);
asio::awaitable<ExitCode> accounts(CommonOptions common, AccountsOptions options);
asio::awaitable<ExitCode> mailboxes(CommonOptions common, MailboxesOptions options);
asio::awaitable<ExitCode> contacts(CommonOptions common, ContactsOptions options);
asio::awaitable<ExitCode> synchronise(CommonOptions common, SyncOptions options);
asio::awaitable<ExitCode> outbox(CommonOptions common, OutboxOptions options);
asio::awaitable<ExitCode> drafts(CommonOptions common, DraftsOptions options);
asio::awaitable<ExitCode> import_mail(CommonOptions common, ImportOptions options);
asio::awaitable<ExitCode> export_mail(CommonOptions common, ExportOptions options);
asio::awaitable<ExitCode> wait(CommonOptions common, WaitOptions options);
asio::awaitable<ExitCode> doctor(CommonOptions common, DoctorOptions options);
asio::awaitable<ExitCode> completion(CommonOptions common, CompletionOptions options);

/// All of main: parses the command line, runs the command, says on stderr what went wrong.
int run(int argc, char** argv);

}  // namespace mua
