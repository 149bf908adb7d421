// Whole screens beside their pictures in screen_whole/, at 80x24 and at 200x60. A picture that is
// to change is written anew by running this with PABAL_WRITE_SCREENS=1, and then read.
#include <fmt/format.h>

#include <fstream>
#include <sstream>

#include "tests/mua/screen/client_trial.hpp"

namespace mua::screen {
namespace {

mail::imap::BodyPart part(const std::string& number, const std::string& type,
                          const std::string& subtype, std::uint64_t size) {
  mail::imap::BodyPart out;
  out.number = number;
  out.type = type;
  out.subtype = subtype;
  out.size = size;
  return out;
}

constexpr const char* kHtml =
    "<html><body><div style=\"display:none\">The preheader that nobody sees</div>"
    "<h1>Winter timetable</h1><p>The <b>ferry</b> leaves at ten, see "
    "<a href=\"https://harbour.test/winter\">all departures</a> or "
    "<a href=\"https://harbour.test/map\">the map</a>.</p>"
    "<ul><li>one boat in the morning</li><li>two after noon</li></ul>"
    "<table><tr><th>Pier</th><th>Leaves</th></tr><tr><td>North</td><td>10:00</td></tr>"
    "<tr><td>South</td><td>14:30</td></tr></table>"
    "<img src=\"https://track.test/p.gif?u=1\" width=1 height=1></body></html>";

class WholeScreens : public ClientTrial, public testing::WithParamInterface<Size> {
 protected:
  WholeScreens() {
    screen.resize(GetParam());
    folders.require("Archive");
    folders.require("Archive/2023");
    folders.require("Harbour council");
    boat_ = from("Ann Miller", "ann@x.test", 1, "Which boat do we take?", {});
    from("Kim 김민준", "kim@y.test", 2, "Re: Which boat do we take?", {"1@x.test"});
    from("Zoe", "zoe@z.test", 3, "Re: Which boat do we take?", {"1@x.test", "2@x.test"});
    from("Café Müller", "cafe@m.test", 4, "A table for six", {});
    ferry_ = from("Harbour office", "office@harbour.test", 5, "Winter timetable", {});
    give_page();
    folders.set_synced(inbox, clock / 1000);
  }

  sync::MessageId from(const std::string& name, const std::string& address, std::uint32_t uid,
                       const std::string& subject, std::vector<std::string> references) {
    mail::imap::Fetched fetched = message(uid, subject, std::move(references));
    const std::size_t at = address.find('@');
    fetched.envelope->from = {{name, {address.substr(0, at), address.substr(at + 1)}}};
    return writer.put(inbox, fetched).value_or(0);
  }
  /// A text in HTML and a file.
  void give_page() {
    mail::imap::BodyPart mixed = part("", "multipart", "mixed", 0);
    mail::imap::BodyPart html = part("1", "text", "html", std::string_view(kHtml).size());
    html.parameters = {{"charset", "utf-8"}};
    mail::imap::BodyPart file = part("2", "application", "pdf", 205'000);
    file.disposition = "attachment";
    file.disposition_parameters = {{"filename", "timetable.pdf"}};
    mixed.children = {html, file};
    bodies.keep_structure(ferry_, mixed);
    bodies.append(ferry_, "1", kHtml, sync::Bodies::Piece::kLast);
  }
  void begin_live() { hear(sync::LinkChanged{sync::Link::kLive, "", "", 0}); }

  void expect_screen(const std::string& name) {
    picture();
    clock += 200;  // the preview waits until the cursor rests
    const std::string seen = picture();
    const Size size = GetParam();
    const std::string path = fmt::format("{}/tests/mua/screen/screen_whole/{}_{}x{}.txt",
                                         PABAL_SOURCE_DIR, name, size.columns, size.rows);
    if (std::getenv("PABAL_WRITE_SCREENS") != nullptr) std::ofstream(path) << seen;
    std::ostringstream expected;
    expected << std::ifstream(path).rdbuf();
    EXPECT_EQ(seen, expected.str()) << path;
  }

  sync::MessageId boat_ = 0, ferry_ = 0;
};

TEST_P(WholeScreens, FlatList) {
  begin_live();
  press("j F Space");
  expect_screen("list");
}

TEST_P(WholeScreens, ThreadedList) {
  begin_live();
  client().command("threads");
  expect_screen("threads");
}

TEST_P(WholeScreens, Reader) {
  begin_live();
  press("Enter");
  expect_screen("reader");
}

TEST_P(WholeScreens, Letter) {
  const std::string file = (folder / "minutes.txt").string();
  std::ofstream(file) << "we met\n";
  begin_live();
  press("m");
  type("bob@y.test");
  press("Enter Enter Enter");
  type("Ferry at ten");
  press("Enter");
  type("Hello Bob,");
  press("Enter");
  type("the boat leaves at ten.");
  client().command("attach " + file);
  settle();
  expect_screen("letter");
}

TEST_P(WholeScreens, FolderPopup) {
  begin_live();
  press("c");
  type("ar");
  expect_screen("folders");
}

TEST_P(WholeScreens, CommandTable) {
  begin_live();
  press("C-p");
  type("mark");
  expect_screen("commands");
}

TEST_P(WholeScreens, SearchResults) {
  begin_live();
  client().command("search boat");
  hear(sync::Found{wire.searches, sync::Found::From::kServer, {boat_, ferry_}, false, ""});
  expect_screen("search");
}

TEST_P(WholeScreens, Outbox) {
  begin_live();
  actions.send(plan(), clock / 1000);
  journal.fail(journal.outbox().at(0).id, "550 5.1.1 no such user here",
               "correct the address and send it again");
  sync::Outgoing second = plan();
  second.subject = "Ferry at ten";
  second.message_id = "<n@example.test>";
  actions.send(second, clock / 1000);
  hear(sync::FoldersChanged{});
  client().acted();
  press("o");
  expect_screen("outbox");
}

class WholeJoinedScreen : public WholeScreens {
 protected:
  WholeJoinedScreen() {
    desks = {{store, writer_of("alice@example.test")}, {carols_, writer_of("carol@other.test")}};
    const sync::FolderId hers = carols_folders_.require("INBOX");
    carols_writer_.put(hers, message(2, "for Carol"));
    carols_writer_.put(hers, message(9, "for Carol, the newest"));
    carols_folders_.set_synced(hers, clock / 1000);
  }
  static Writer writer_of(const std::string& address) {
    Account account;
    account.address = address;
    return {account, "", {}};
  }
  sync::LocalStore carols_{folder / "carol.db"};
  sync::Folders carols_folders_{carols_};
  sync::MessageWriter carols_writer_{carols_};
};

TEST_P(WholeJoinedScreen, AllInboxes) {
  begin_live();
  expect_screen("joined");
}

const auto kSizes = testing::Values(Size{24, 80}, Size{60, 200});
std::string name_of_size(const testing::TestParamInfo<Size>& info) {
  return fmt::format("{}x{}", info.param.columns, info.param.rows);
}
INSTANTIATE_TEST_SUITE_P(Sizes, WholeScreens, kSizes, name_of_size);
INSTANTIATE_TEST_SUITE_P(Sizes, WholeJoinedScreen, kSizes, name_of_size);

}  // namespace
}  // namespace mua::screen
