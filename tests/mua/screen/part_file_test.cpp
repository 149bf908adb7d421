#include "mua/screen/part_file.hpp"

#include <sys/stat.h>

#include <fstream>
#include <sstream>

#include "mail/transfer_encoding.hpp"
#include "tests/mua/screen/client_trial.hpp"

namespace mua::screen {
namespace {

class PartFile : public ClientTrial {
 protected:
  PartFile() { three(); }
  std::string read(const std::string& name) {
    std::ostringstream out;
    out << std::ifstream(folder / name, std::ios::binary).rdbuf();
    return std::move(out).str();
  }
  static AttachmentOf part(const std::string& encoding) {
    AttachmentOf attached;
    attached.part.number = "2";
    attached.part.encoding = encoding;
    attached.name = "x";
    return attached;
  }
};

TEST_F(PartFile, DecodedPieceByPiece) {
  std::string octets(700'000, 'x');
  for (std::size_t i = 0; i < octets.size(); ++i) octets[i] = static_cast<char>(i * 31);
  const std::string encoded = mail::encode_base64_body(octets);
  constexpr std::size_t kPiece = 100'001;
  for (std::size_t at = 0; at < encoded.size(); at += kPiece) {
    const bool last = at + kPiece >= encoded.size();
    bodies.append(first, "2", encoded.substr(at, kPiece),
                  last ? sync::Bodies::Piece::kLast : sync::Bodies::Piece::kMore);
  }
  write_part(store, first, part("base64"), folder / "out");
  EXPECT_TRUE(read("out") == octets);
  struct stat status {};
  stat((folder / "out").c_str(), &status);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
}

TEST_F(PartFile, OfWhatLiesInMemory) {
  AttachmentOf attached = part("7bit");
  attached.part.number = "1";
  attached.mail = std::make_shared<const MemoryMail>("\r\nhello\r\n");
  bool done = false;
  with_part_file(client(), first, attached, folder / "out", [&](Client&) { done = true; });
  EXPECT_FALSE(done);
  settle();
  EXPECT_TRUE(done);
  EXPECT_EQ(read("out"), "hello\r\n");
  EXPECT_TRUE(wire.parts.empty());
}

TEST_F(PartFile, FetchedFirst) {
  bool done = false;
  with_part_file(client(), first, part("7bit"), folder / "out", [&](Client&) { done = true; });
  settle();
  EXPECT_FALSE(done);
  bodies.append(first, "2", "late", sync::Bodies::Piece::kLast);
  hear(sync::PartReady{first, "2"});
  EXPECT_TRUE(done);
  EXPECT_EQ(read("out"), "late");
}

TEST_F(PartFile, WhatCanNotBeWrittenIsTold) {
  bodies.append(first, "2", "x", sync::Bodies::Piece::kLast);
  with_part_file(client(), first, part("7bit"), "/nowhere/at/all", [](Client&) { FAIL(); });
  settle();
  EXPECT_EQ(status_line(), " cannot write /nowhere/at/all: No such file or directory");
}

}  // namespace
}  // namespace mua::screen
