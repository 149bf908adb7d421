#include "mua/sync/bodies.hpp"

#include "tests/mua/sync/store_trial.hpp"

namespace mua::sync {
namespace {

class BodiesTest : public StoreTrial {
 protected:
  static mail::imap::BodyPart text_part() {
    mail::imap::BodyPart part;
    part.number = "1";
    part.type = "text";
    part.subtype = "plain";
    part.encoding = "7bit";
    return part;
  }
};

TEST_F(BodiesTest, AMessageIsReadableOnceItsTextsAreHere) {
  const MessageId id = put(1);
  EXPECT_FALSE(bodies.readable(id));
  bodies.keep_structure(id, text_part());
  EXPECT_FALSE(bodies.readable(id));
  EXPECT_FALSE(bodies.text(id));
  bodies.append(id, "1", "Hello\r\n", Bodies::Piece::kLast);
  EXPECT_TRUE(bodies.readable(id));
  EXPECT_EQ(bodies.text(id), "Hello\n");
}

TEST_F(BodiesTest, PiecesAddUp) {
  const MessageId id = put(1);
  bodies.append(id, "2", std::string("ab\0", 3), Bodies::Piece::kMore);
  EXPECT_FALSE(bodies.octets(id, "2"));
  EXPECT_EQ(bodies.kept(id, "2"), 3u);
  bodies.append(id, "2", "cd", Bodies::Piece::kLast);
  EXPECT_EQ(bodies.octets(id, "2"), std::string("ab\0cd", 5));
  bodies.append(id, "3", "", Bodies::Piece::kLast);
  EXPECT_EQ(bodies.octets(id, "3"), "");
}

TEST_F(BodiesTest, TheStructureKnowsWhetherSomethingIsAttached) {
  const MessageId id = put(1);
  mail::imap::BodyPart whole, file = text_part();
  whole.type = "multipart";
  whole.subtype = "mixed";
  file.number = "2";
  file.disposition = "attachment";
  whole.children = {text_part(), file};
  bodies.keep_structure(id, whole);
  EXPECT_TRUE(list.row(id)->has_attachment);
}

}  // namespace
}  // namespace mua::sync
