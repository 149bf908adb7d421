#include "mailstore/process_lock.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "mailstore/errors.hpp"
#include "tests/temporary_folder.hpp"

namespace mailstore {
namespace {

TEST(ProcessLock, NamesWhoHoldsItAndGoesWithIt) {
  tests::TemporaryFolder folder;
  const auto file = folder.path() / "x.lock";
  int ready[2], over[2];
  ASSERT_EQ(::pipe(ready) | ::pipe(over), 0);
  pid_t child = ::fork();
  if (child == 0) {
    ProcessLock lock(file);
    char octet = 'x';
    (void)!::write(ready[1], &octet, 1);
    (void)!::read(over[0], &octet, 1);
    ::_exit(0);
  }
  char octet = 'x';
  ASSERT_EQ(::read(ready[0], &octet, 1), 1);
  try {
    ProcessLock lock(file);
    ADD_FAILURE();
  } catch (const StoreError& error) {
    EXPECT_THAT(error.what(), ::testing::HasSubstr("process " + std::to_string(child) + " ("));
  }
  ASSERT_EQ(::write(over[1], &octet, 1), 1);
  ::waitpid(child, nullptr, 0);
  EXPECT_NO_THROW(ProcessLock lock(file));
  for (int end : {ready[0], ready[1], over[0], over[1]}) ::close(end);
}

TEST(ProcessLock, AFileThatCantBeIsNamed) {
  tests::TemporaryFolder folder;
  try {
    ProcessLock lock(folder.path() / "missing" / "x.lock");
    ADD_FAILURE();
  } catch (const StoreError& error) {
    EXPECT_THAT(error.what(), ::testing::HasSubstr("missing/x.lock"));
  }
}

}  // namespace
}  // namespace mailstore
