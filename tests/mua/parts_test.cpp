#include "mua/parts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mua {
namespace {

using mail::imap::BodyPart;
using testing::ElementsAre;

BodyPart structure(const std::string& text) {
  const auto response = mail::imap::parse_response("* 1 FETCH (BODYSTRUCTURE " + text + ")");
  return *mail::imap::read_fetch(std::get<mail::imap::Data>(*response))->structure;
}

std::string plan(const std::string& text) {
  const BodyPart root = structure(text);
  const Reading reading = plan_reading(root);
  std::string out;
  for (const BodyPart* part : reading.texts) out += part->number + " ";
  for (const AttachedPart& a : reading.attachments)
    out += "[" + a.part->number + " " + a.name + "]";
  return out;
}

constexpr const char* kPlain = "(\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 5 1)";
constexpr const char* kHtml = "(\"TEXT\" \"HTML\" NIL NIL NIL \"7BIT\" 5 1)";
constexpr const char* kPicture =
    "(\"IMAGE\" \"PNG\" (\"NAME\" \"../a.png\") NIL NIL \"BASE64\" 6 NIL (\"INLINE\" NIL))";

std::string multi(const std::string& kind, std::initializer_list<std::string> parts) {
  std::string out = "(";
  for (const auto& part : parts) out += part;
  return out + " \"" + kind + "\")";
}

TEST(Parts, AMessageOfOnePart) {
  EXPECT_EQ(plan(kPlain), "1 ");
  EXPECT_EQ(plan(kHtml), "1 ");
  EXPECT_EQ(plan(kPicture), "[1 a.png]");
}

TEST(Parts, OfAlternativesThePlainTextIsRead) {
  EXPECT_EQ(plan(multi("ALTERNATIVE", {kPlain, kHtml})), "1 ");
  EXPECT_EQ(plan(multi("ALTERNATIVE", {kHtml, kPlain})), "2 ");
  EXPECT_EQ(plan(multi("ALTERNATIVE", {kPlain, multi("RELATED", {kHtml, kPicture})})),
            "1 [2.2 a.png]");
  EXPECT_EQ(plan(multi("ALTERNATIVE", {multi("RELATED", {kHtml, kPicture})})), "1.1 [1.2 a.png]");
}

TEST(Parts, AttachmentsAreListedInOrder) {
  const std::string attached_text =
      "(\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 5 1 NIL (\"ATTACHMENT\" NIL))";
  const std::string message =
      "(\"MESSAGE\" \"RFC822\" NIL NIL NIL \"7BIT\" 9 (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL) " +
      std::string(kPlain) + " 1)";
  EXPECT_EQ(plan(multi("MIXED", {multi("ALTERNATIVE", {kPlain, kHtml}), kPicture, attached_text,
                                 message, kPlain})),
            "1.1 5 [2 a.png][3 part-2.txt][4 part-3.eml]");
}

TEST(Parts, DecodesTexts) {
  BodyPart part;
  part.type = "text";
  part.subtype = "plain";
  part.encoding = "quoted-printable";
  part.parameters = {{"charset", "iso-8859-1"}};
  EXPECT_EQ(part_text(part, "M=E4rz=20=1B[1m\r\n"), "März  [1m\n");
  part.subtype = "html";
  EXPECT_EQ(part_text(part, "<p>M=E4rz</p>"), "März\n");
  part.encoding = "base64";
  EXPECT_EQ(part_octets(part, "AAEC\r\n"), std::string("\0\1\2", 3));
}

}  // namespace
}  // namespace mua
