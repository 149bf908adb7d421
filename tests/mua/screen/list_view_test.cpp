#include "mua/screen/list_view.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <ctime>

namespace mua::screen {
namespace {

sync::Row row(sync::MessageId id, const std::string& name, const std::string& subject) {
  sync::Row out;
  out.id = id;
  out.from = {{name, {"x", "example.test"}}};
  out.to = {{"", {"bob", "example.test"}}};
  out.subject = subject;
  out.date = 1'700'000'000;
  return out;
}

class ListView : public testing::Test {
 protected:
  ListView() {
    setenv("TZ", "UTC", 1);
    tzset();
    list.now = 1'700'000'000;
    list.rows = {row(1, "Ann", "Hello"), row(2, "박파발", "소식이 왔습니다"),
                 row(3, "דוד", "שלום world \x1b[31m"), row(4, "", "")};
    list.rows[0].flags.system = mail::kSeen | mail::kAnswered | mail::kFlagged;
    list.rows[1].depth = 2;
    list.rows[1].has_attachment = true;
    list.rows[2].pending = true;
    list.marked = {4};
    list.cursor = 1;
  }
  ListPicture list;
};

TEST_F(ListView, AsText) {
  Canvas canvas({5, 80});
  paint(canvas, canvas.area(), list);
  EXPECT_EQ(text_of(canvas),
            " AF   14 Nov 22:13 Ann                  Hello\n"
            " N @  14 Nov 22:13 박파발                 └ 소식이 왔습니다\n"
            " N  ~ 14 Nov 22:13 דוד                  world  [31m םולש\n"
            "*N    14 Nov 22:13 x@example.test       (no subject)\n\n");
  EXPECT_TRUE(canvas.at({1, 0}).style.chosen);
  EXPECT_EQ(canvas.at({0, 5}).style.tone, Tone::kFlagged);
}

TEST_F(ListView, RecipientsInSentAndNoDateWhereItIsNarrow) {
  list.people = ListPicture::People::kRecipients;
  list.rows.resize(1);
  Canvas canvas({1, 40});
  paint(canvas, canvas.area(), list);
  EXPECT_EQ(text_of(canvas), " AF   bob@examp… Hello\n");
}

TEST_F(ListView, SaysWhyItIsEmpty) {
  list.rows.clear();
  list.empty = "no messages";
  Canvas canvas({3, 40});
  paint(canvas, canvas.area(), list);
  EXPECT_EQ(text_of(canvas), "\n  no messages\n\n");
}

}  // namespace
}  // namespace mua::screen
