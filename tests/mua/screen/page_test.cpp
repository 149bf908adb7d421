#include "mua/screen/page.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mua::screen {
namespace {

using testing::ElementsAre;

ReadMessage message() {
  ReadMessage out;
  out.header.from = {{"Ann", {"ann", "x.test"}}};
  out.header.to = {{"", {"bob", "y.test"}}};
  out.header.date = "Fri, 20 Nov 2026 10:00:00 +0100";
  out.header.subject = "A subject that is longer than the line has room for";
  out.texts = {{"Hello\n> quoted\n>> deeper\n-- \nAnn\n", Flow::kFixed}};
  out.attachments = {{"report.pdf", "application/pdf", 205'000},
                     {"사진.jpg", "image/jpeg", 1'500'000}};
  return out;
}

std::string page_text(const std::vector<Line>& page) {
  std::string out;
  for (const Line& line : page) out += line.text + "\n";
  return out;
}

TEST(Page, FieldsChipsAndText) {
  const std::vector<Line> page = make_page(message(), 50);
  EXPECT_EQ(page_text(page),
            "From: Ann <ann@x.test>\n"
            "To: bob@y.test\n"
            "Date: Fri, 20 Nov 2026 10:00:00 +0100\n"
            "Subject: A subject that is longer than the line\n"
            "         has room for\n"
            "[1 report.pdf 205 KB] [2 사진.jpg 1.5 MB]\n"
            "\n"
            "Hello\n"
            "> quoted\n"
            ">> deeper\n"
            "--\n"
            "Ann\n");
  EXPECT_EQ(page[0].name, 6u);
  EXPECT_EQ(page[8].tone, Tone::kQuote1);
  EXPECT_EQ(page[9].tone, Tone::kQuote2);
  EXPECT_EQ(page[11].tone, Tone::kDim);
}

TEST(Page, VeryManyRecipientsLeaveRoomForTheText) {
  ReadMessage message;
  for (int i = 0; i < 60; ++i) message.header.to.push_back({"Somebody", {"some", "x.test"}});
  const std::vector<Line> page = make_page(message, 70);
  EXPECT_EQ(page.at(4).text, "    … 60 in all");
  EXPECT_EQ(page.at(5).text, "Subject: (no subject)");
}

TEST(Page, AllFields) {
  ReadMessage all = message();
  all.all_fields = "Received: from a\r\n\t by b\r\nSubject: =?utf-8?q?caf=C3=A9?=\r\n\r\n";
  all.attachments.clear();
  all.texts.clear();
  all.missing = "fetching the text…";
  EXPECT_EQ(page_text(make_page(all, 60)),
            "Received: from a by b\nSubject: café\n\nfetching the text…\n");
}

TEST(Page, ThatThereIsNoTextIsSaid) {
  ReadMessage empty = message();
  empty.texts = {{"\r\n \r\n", Flow::kFixed}};
  EXPECT_NE(make_page(empty, 60).back().text, "(no text)") << "there are attachments";
  empty.attachments.clear();
  EXPECT_EQ(make_page(empty, 60).back().text, "(no text)");
}

TEST(Page, WhatWasNotLoaded) {
  ReadMessage html = message();
  html.remote = {3, 1};
  EXPECT_EQ(make_page(html, 60)[5].text, "3 remote pictures not loaded, 1 tracker among them");
}

TEST(Page, Links) {
  EXPECT_THAT(links_in("see https://x.test/a(b). And <http://y.test>, again https://x.test/a(b), "
                       "mailto:a@b.test!"),
              ElementsAre("https://x.test/a(b)", "http://y.test", "mailto:a@b.test"));
  EXPECT_THAT(links_in("(https://x.test)"), ElementsAre("https://x.test"));
  EXPECT_TRUE(links_in("no link").empty());
}

TEST(Page, Sizes) {
  EXPECT_EQ(size_text(12), "12 B");
  EXPECT_EQ(size_text(204'800), "205 KB");
  EXPECT_EQ(size_text(1'450'000), "1.4 MB");
}

}  // namespace
}  // namespace mua::screen
