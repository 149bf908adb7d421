#include "tls/local_socket.hpp"

#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <thread>

#include "tests/temporary_folder.hpp"
#include "tls/server.hpp"

namespace tls {
namespace {

using Local = asio::local::stream_protocol;
using testing::AllOf;
using testing::HasSubstr;

class LocalSocketTest : public testing::Test {
 protected:
  std::string why_not(const LocalSocket& socket) {
    try {
      open_acceptor(io, socket);
    } catch (const std::runtime_error& error) {
      return error.what();
    }
    return "it listens";
  }

  bool answers() {
    Local::socket socket(io);
    boost::system::error_code error;
    socket.connect(Local::endpoint(path.string()), error);
    return !error;
  }

  tests::TemporaryFolder folder;
  std::filesystem::path path = folder.path() / "here.sock";
  asio::io_context io;
};

TEST_F(LocalSocketTest, IsMadeWithItsModeAndGroup) {
  const auto acceptor = open_acceptor(io, {path, 0660, "root"});
  struct stat file {};
  ASSERT_EQ(::stat(path.c_str(), &file), 0);
  EXPECT_TRUE(S_ISSOCK(file.st_mode));
  EXPECT_EQ(file.st_mode & 0777, 0660u);
  EXPECT_EQ(file.st_gid, 0u);
  EXPECT_TRUE(answers());
}

TEST_F(LocalSocketTest, MakesItsFolder) {
  path = folder.path() / "run" / "deep" / "here.sock";
  const auto acceptor = open_acceptor(io, {path, 0600, ""});
  EXPECT_TRUE(answers());
}

TEST_F(LocalSocketTest, ReplacesAStaleFile) {
  {
    Local::acceptor killed(io);
    killed.open(Local());
    killed.bind(Local::endpoint(path.string()));
    killed.listen();
  }  // its file stays, as after SIGKILL
  ASSERT_TRUE(std::filesystem::exists(path));
  ASSERT_FALSE(answers());
  const auto acceptor = open_acceptor(io, {path, 0600, ""});
  EXPECT_TRUE(answers());
}

TEST_F(LocalSocketTest, LeavesALiveOneToItsOwnerAndNamesHim) {
  const auto acceptor = open_acceptor(io, {path, 0600, ""});
  EXPECT_THAT(why_not({path, 0600, ""}), AllOf(HasSubstr(path.string()), HasSubstr("in use by"),
                                               HasSubstr("process " + std::to_string(::getpid()))));
  EXPECT_TRUE(answers());
}

TEST_F(LocalSocketTest, NeverReplacesAnotherFile) {
  std::ofstream(path) << "precious";
  EXPECT_THAT(why_not({path, 0600, ""}), HasSubstr("no socket"));
  EXPECT_EQ(std::filesystem::file_size(path), 8u);
}

TEST_F(LocalSocketTest, SaysWhatIsWrong) {
  EXPECT_THAT(why_not({path, 0600, "no-such-group"}), HasSubstr("no group no-such-group"));
  EXPECT_FALSE(std::filesystem::exists(path));
  EXPECT_FALSE(std::filesystem::exists(path.string() + ".new"));
  EXPECT_THAT(why_not({folder.path() / std::string(200, 'x'), 0600, ""}), HasSubstr("octets"));
  std::ofstream(folder.path() / "file") << "";
  EXPECT_THAT(why_not({folder.path() / "file" / "x.sock", 0600, ""}), HasSubstr("cannot listen"));
}

TEST_F(LocalSocketTest, FileGoesWithItsOwnerAndNoOther) {
  auto acceptor = std::make_unique<Local::acceptor>(open_acceptor(io, {path, 0600, ""}));
  auto file = std::make_unique<SocketFile>(path);
  acceptor.reset();
  const auto other = open_acceptor(io, {path, 0600, ""});
  file.reset();
  EXPECT_TRUE(answers());
  { const SocketFile its_own(path); }
  EXPECT_FALSE(std::filesystem::exists(path));
}

asio::awaitable<void> echo_of(Stream stream, std::optional<uid_t>& user) {
  user = stream.peer_user();
  const Line line = co_await stream.read_line(100);
  const bool local = stream.is_local() && stream.peer_is_loopback();
  const std::string answer = line.text + (local ? " local\r\n" : "\r\n");
  co_await stream.write(answer);
  co_await stream.close();
}

// Both ends, over the sessions of a server with several threads.
TEST_F(LocalSocketTest, CarriesAStream) {
  Server server(2);
  std::optional<uid_t> user;
  server.listen(
      LocalSocket{path, 0600, ""},
      [&user](Stream stream) { return echo_of(std::move(stream), user); },
      std::make_shared<ConnectionCount>(ConnectionLimits{}));
  std::thread thread([&] { server.run(); });
  std::vector<std::string> heard;
  for (int i = 0; i < 10; ++i)
    asio::co_spawn(
        io,
        [](std::filesystem::path to, std::vector<std::string>& heard) -> asio::awaitable<void> {
          Stream stream = co_await connect_local(to, Seconds(10));
          co_await stream.write("hello\r\n");
          const Line line = co_await stream.read_line(100);
          heard.push_back(line.text);
          co_await stream.close();
        }(path, heard),
        asio::detached);
  io.run();
  server.stop();
  thread.join();
  EXPECT_EQ(heard, std::vector<std::string>(10, "hello local"));
  EXPECT_EQ(user, ::getuid());
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST_F(LocalSocketTest, SaysThatNobodyListens) {
  std::string what;
  asio::co_spawn(
      io,
      [](std::filesystem::path to, std::string& what) -> asio::awaitable<void> {
        try {
          co_await connect_local(to, Seconds(1));
        } catch (const StreamError& error) {
          what = error.what();
        }
      }(path, what),
      asio::detached);
  io.run();
  EXPECT_THAT(what, HasSubstr(path.string()));
}

}  // namespace
}  // namespace tls
