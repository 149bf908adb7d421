#include "mua/spool.hpp"

#include <gmock/gmock.h>
#include <sys/resource.h>

#include <csignal>
#include <cstdlib>

#include "mua/exit_code.hpp"
#include "tests/temporary_folder.hpp"

namespace mua {
namespace {

TEST(Spool, GivesBackWhatWasPutInHoweverMuchItIs) {
  for (const std::size_t count : {0, 1, 5, 400}) {
    Spool spool;
    std::string all;
    for (std::size_t i = 0; i < count; ++i) {
      const std::string some(10'000 + i, static_cast<char>('a' + i % 26));
      spool.add(some);
      all += some;
    }
    const mail::PieceSource source = spool.source();
    EXPECT_EQ(source.size, all.size());
    EXPECT_EQ(mail::read_whole(source), all);
    EXPECT_EQ(mail::read_whole(source), all) << "and again";
  }
}

TEST(Spool, TheSourceOutlivesItAndKnowsItsEnd) {
  mail::PieceSource source;
  {
    Spool spool;
    const mail::PieceWriter write = spool.writer();
    write(std::string(3'000'000, 'x'));
    source = spool.source();
    write("more");
  }
  EXPECT_EQ(mail::read_whole(source), std::string(3'000'000, 'x'));
}

TEST(Spool, LeavesNoNameBehind) {
  const tests::TemporaryFolder folder;
  ::setenv("TMPDIR", folder.path().c_str(), 1);
  Spool spool;
  spool.add(std::string(3'000'000, 'x'));
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
  ::setenv("TMPDIR", "/nowhere", 1);
  Spool other;
  other.add("few octets need no folder");
  EXPECT_THROW(other.add(std::string(3'000'000, 'x')), Failure);
  ::unsetenv("TMPDIR");
}

TEST(Spool, AFullDiskIsSaid) {
  rlimit before{};
  ::getrlimit(RLIMIT_FSIZE, &before);
  rlimit small = before;
  small.rlim_cur = 2'000'000;
  std::signal(SIGXFSZ, SIG_IGN);
  ::setrlimit(RLIMIT_FSIZE, &small);
  Spool spool;
  try {
    spool.add(std::string(3'000'000, 'x'));
    ADD_FAILURE();
  } catch (const Failure& failure) {
    EXPECT_THAT(failure.what(), testing::HasSubstr("cannot write into the temporary folder"));
    EXPECT_THAT(failure.advice, testing::HasSubstr("TMPDIR"));
  }
  ::setrlimit(RLIMIT_FSIZE, &before);
}

}  // namespace
}  // namespace mua
