#include "mua/screen/reader.hpp"

#include "tests/mua/screen/client_trial.hpp"

namespace mua::screen {
namespace {

class ReaderTest : public ClientTrial {
 protected:
  std::string picture(Reader& reader, Size size) {
    Canvas canvas(size);
    reader.paint(canvas, canvas.area());
    return text_of(canvas);
  }
};

TEST_F(ReaderTest, SaysWhatIsOnItsWay) {
  const auto id = put(1, "hello");
  Reader reader(store, id);
  EXPECT_FALSE(reader.complete());
  EXPECT_NE(picture(reader, {8, 60}).find("fetching the text…"), std::string::npos);
  reader.failed("no connection");
  EXPECT_NE(picture(reader, {8, 60}).find("could not be fetched: no connection"),
            std::string::npos);
  give_text(id, "Hi \r\nthere\r\n", {{"format", "flowed"}});
  EXPECT_TRUE(reader.load());
  EXPECT_NE(picture(reader, {8, 60}).find("\n Hi there\n"), std::string::npos);
  EXPECT_EQ(reader.text(), "Hi there\n");
}

TEST_F(ReaderTest, FindsWhatCameSinceItWasPainted) {
  const auto id = put(1, "hello");
  Reader reader(store, id);
  picture(reader, {8, 60});
  EXPECT_FALSE(reader.find("there"));
  give_text(id, "Hi\r\nthere\r\n");
  EXPECT_TRUE(reader.load());
  EXPECT_TRUE(reader.find("there"));
}

TEST_F(ReaderTest, ScrollsAndFinds) {
  const auto id = put(1, "hello");
  std::string text;
  for (int i = 0; i < 100; ++i) text += "line " + std::to_string(i) + "\r\n";
  give_text(id, text);
  Reader reader(store, id);
  picture(reader, {10, 60});
  EXPECT_TRUE(reader.scroll(50));
  EXPECT_TRUE(reader.find("LINE 50"));
  EXPECT_NE(picture(reader, {10, 60}).find(" line 50\n"), std::string::npos);
  EXPECT_FALSE(reader.find("nowhere"));
  EXPECT_TRUE(reader.scroll(1000));
  EXPECT_FALSE(reader.scroll(1));
}

TEST_F(ReaderTest, AttachmentsAndAllFields) {
  const auto id = put(1, "hello");
  give_attachment(id, "../보고서.pdf");
  bodies.append(id, "HEADER", "X-Odd: yes\r\n\r\n", sync::Bodies::Piece::kLast);
  Reader reader(store, id);
  ASSERT_EQ(reader.attachments().size(), 1u);
  EXPECT_EQ(reader.attachments()[0].name, "보고서.pdf");
  EXPECT_NE(picture(reader, {10, 60}).find("[1 보고서.pdf 205 KB]"), std::string::npos);
  reader.show_fields(Reader::Fields::kAll);
  EXPECT_EQ(picture(reader, {10, 60}).substr(0, 12), " X-Odd: yes\n");
}

TEST_F(ReaderTest, AnAttachmentIsAsLargeAsItsFile) {
  const auto id = put(1, "hello");
  mail::imap::BodyPart file;
  file.number = "1";
  file.type = "application";
  file.subtype = "pdf";
  file.encoding = "BASE64";
  file.disposition = "attachment";
  file.size = 4'105'264;
  bodies.keep_structure(id, file);
  EXPECT_EQ(Reader(store, id).message().attachments.at(0).size / 1000, 3'000u);
}

}  // namespace
}  // namespace mua::screen
