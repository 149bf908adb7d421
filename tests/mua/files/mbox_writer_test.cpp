#include "mua/files/mbox_writer.hpp"

#include <gtest/gtest.h>

#include "mua/exit_code.hpp"
#include "tests/temporary_folder.hpp"

namespace mua::files {
namespace {

using How = MboxWriter::How;

const StoredMessage kOne{"Message-ID: <1@x.test>\r\n\r\none\r\n", {}, std::nullopt, ""};
const StoredMessage kTwo{"Message-ID: <2@x.test>\r\n\r\ntwo\r\n", {}, std::nullopt, ""};

TEST(MboxWriter, AFileHasItsNameOnceItIsWhole) {
  tests::TemporaryFolder folder;
  {
    MboxWriter writer(folder / "a", MboxKind::kRd, How::kFresh);
    EXPECT_TRUE(writer.write(kOne));
    EXPECT_FALSE(std::filesystem::exists(folder / "a"));
    writer.finish();
    EXPECT_TRUE(std::filesystem::exists(folder / "a"));
  }
  EXPECT_THROW(MboxWriter(folder / "a", MboxKind::kRd, How::kFresh), Failure);
  { MboxWriter dropped(folder / "b", MboxKind::kRd, How::kFresh); }
  EXPECT_FALSE(std::filesystem::exists(folder / "b"));
}

TEST(MboxWriter, AddsWhatIsNotThere) {
  tests::TemporaryFolder folder;
  for (const bool first : {true, false}) {
    MboxWriter writer(folder / "a", MboxKind::kRd, How::kAdd);
    EXPECT_EQ(writer.write(kOne), first);
    EXPECT_TRUE(first || writer.write(kOne)) << "the second copy is another message";
    writer.finish();
  }
  const auto size = std::filesystem::file_size(folder / "a");
  {
    MboxWriter broken(folder / "a", MboxKind::kRd, How::kAdd);
    EXPECT_TRUE(broken.write(kTwo));
  }
  EXPECT_EQ(std::filesystem::file_size(folder / "a"), size);
}

}  // namespace
}  // namespace mua::files
