#include "imapd/render_list.hpp"

#include <gtest/gtest.h>

namespace imapd {
namespace {

mailstore::MailboxInfo mailbox(const std::string& name, bool subscribed = false,
                               const std::string& use = "") {
  mailstore::MailboxInfo info;
  info.name = name;
  info.subscribed = subscribed;
  info.special_use = use;
  return info;
}

std::vector<std::string> names(const mail::ListArguments& arguments) {
  std::vector<mailstore::MailboxInfo> all{mailbox("INBOX"), mailbox("Sent", true, "\\Sent"),
                                          mailbox("a"), mailbox("a/b"), mailbox("a/b/c", true)};
  std::vector<std::string> result;
  for (const auto& listed : choose_listed(all, {"gone/x"}, arguments)) {
    result.push_back(listed.info.name + (listed.child_subscribed ? "+" : ""));
  }
  return result;
}

using Names = std::vector<std::string>;

TEST(RenderList, ChoosesByPattern) {
  mail::ListArguments arguments;
  arguments.patterns = {"%"};
  EXPECT_EQ(names(arguments), (Names{"INBOX", "Sent", "a"}));
  arguments.patterns = {"a/*", "inbox"};
  EXPECT_EQ(names(arguments), (Names{"INBOX", "a/b", "a/b/c"}));
}

TEST(RenderList, ChoosesBySubscriptionAndUse) {
  mail::ListArguments arguments;
  arguments.patterns = {"*"};
  arguments.select_subscribed = true;
  EXPECT_EQ(names(arguments), (Names{"Sent", "a/b/c", "gone/x"}));
  arguments.select_special_use = true;
  EXPECT_EQ(names(arguments), (Names{"Sent"}));
}

TEST(RenderList, NamesParentsOfWhatMatchesFurtherDown) {
  mail::ListArguments arguments;
  arguments.patterns = {"%"};
  arguments.select_subscribed = arguments.recursive_match = true;
  EXPECT_EQ(names(arguments), (Names{"Sent", "a+", "gone+"})) << "also what is no mailbox";
}

TEST(RenderList, WritesLines) {
  mail::ListArguments arguments;
  arguments.return_subscribed = true;
  std::string out;
  append_list(out, {mailbox("Entwürfe", true, "\\Drafts")}, arguments, {});
  EXPECT_EQ(out, "* LIST (\\HasNoChildren \\Subscribed \\Drafts) \"/\" Entw&APw-rfe\r\n");
  out.clear();
  Enabled enabled;
  enabled.utf8 = true;
  append_list(out, {mailbox("a b"), true, true}, {}, enabled);
  EXPECT_EQ(out, "* LIST (\\HasNoChildren) \"/\" \"a b\" (\"CHILDINFO\" (\"SUBSCRIBED\"))\r\n");
}

TEST(RenderList, ShowsHiddenParentsInLsub) {
  std::vector<mailstore::MailboxInfo> all{mailbox("a"), mailbox("a/b", true)};
  EXPECT_EQ(render_lsub(all, {}, "%", {}), "* LSUB (\\Noselect) \"/\" a\r\n");
  EXPECT_EQ(render_lsub(all, {"x"}, "*", {}), "* LSUB () \"/\" a/b\r\n* LSUB () \"/\" x\r\n");
}

}  // namespace
}  // namespace imapd
