#include "mua/html_text.hpp"

#include <gtest/gtest.h>

namespace mua {
namespace {

TEST(HtmlText, ParagraphsAndBreaks) {
  EXPECT_EQ(html_to_text("<p>One\n two</p><p>Three<br>four</p>"), "One two\n\nThree\nfour\n");
  EXPECT_EQ(html_to_text("a<br><br>b"), "a\n\nb\n");
  EXPECT_EQ(html_to_text("<div>a</div><div>b</div>"), "a\nb\n");
  EXPECT_EQ(html_to_text("<h1>T</h1>x &amp; y&nbsp;&euro;"), "T\n\nx & y\xc2\xa0€\n");
}

TEST(HtmlText, NumbersLinks) {
  EXPECT_EQ(html_to_text("<a href=\"https://x.test/1\">one</a> <a href='https://y.test'>two</a> <a "
                         "href=\"https://x.test/1\">again</a> <a href=#top>top</a>"),
            "one[1] two[2] again[1] top\n\n[1] https://x.test/1\n[2] https://y.test\n");
}

TEST(HtmlText, TheNumberStandsBehindWhatIsLinked) {
  EXPECT_EQ(html_to_text("<a href=https://x.test><table><tr><td>BUY</td></tr></table></a><p>now"),
            "BUY[1]\n\nnow\n\n[1] https://x.test\n");
  EXPECT_EQ(html_to_text("<p>a</p><a href=https://x.test><img></a>"),
            "a\n\n[1]\n\n[1] https://x.test\n");
}

TEST(HtmlText, ListsQuotesAndRules) {
  EXPECT_EQ(html_to_text("<ul><li>a<li><p>b</p><p>c</p></ul>x"), "* a\n* b\n\n  c\n\nx\n");
  EXPECT_EQ(html_to_text("<blockquote>q<br>r</blockquote>s"), "> q\n> r\n\ns\n");
  EXPECT_EQ(html_to_text("a<hr>b"), "a\n----\nb\n");
  EXPECT_EQ(html_to_text("<pre>a  b\n  c</pre>"), "a  b\n  c\n");
}

TEST(HtmlText, OrderedListsAreNumbered) {
  EXPECT_EQ(html_to_text("<ol><li>a<li>b<ul><li>x</ul><li>c</ol>"),
            "1. a\n2. b\n\n  * x\n\n3. c\n");
}

TEST(HtmlText, TablesStandInColumns) {
  EXPECT_EQ(html_to_text("<table><tr><th>Pier</th><th>Berth</th></tr><tr><td>North<td>4</"
                         "tr><tr><td>한국<td><a href=https://x.test/>5</a></table>after"),
            "Pier   Berth\nNorth  4\n한국   5[1]\n\nafter\n\n[1] https://x.test/\n");
}

TEST(HtmlText, TablesThatAreFramesAreReadThrough) {
  EXPECT_EQ(
      html_to_text("<table><tr><td><p>One<p>Two</td><td>side</td></tr><tr><td>a<td>b</table>"),
      "One\n\nTwo\n\nside\na b\n");
  EXPECT_EQ(
      html_to_text("<table><tr><td><table><tr><td>a<td>b<tr><td>c<td>d</table></td></tr></table>"),
      "a  b\nc  d\n");
  std::string deep;
  for (int i = 0; i < 60; ++i) deep += "<table><tr><td>";
  EXPECT_EQ(html_to_text(deep + "x"), "x\n");
}

TEST(HtmlText, LeavesOutWhatIsHidden) {
  EXPECT_EQ(html_to_text("<head><title>t</title><style>p{}</style></head><script>x()</script><div "
                         "style=\"Display : None\">pre</div><span style='font-size:0px'>h</span><p "
                         "hidden>h</p><div style='max-height:0;overflow:hidden'>h</div><div "
                         "style='opacity: 0; color:#fff'>h</div>seen"),
            "seen\n");
}

TEST(HtmlText, FetchesNothingAndShowsAlternatives) {
  EXPECT_EQ(html_to_text("<img src=\"https://spy.test/p.gif\"><img src=x alt=Logo>"), "Logo\n");
}

TEST(HtmlText, TakesAnything) {
  EXPECT_EQ(html_to_text(""), "");
  EXPECT_EQ(html_to_text("<p"), "");
  std::string deep;
  for (int i = 0; i < 20000; ++i) deep += "<div>";
  html_to_text(deep + "x");
  std::string breaks;
  for (int i = 0; i < 1000; ++i) breaks += "<br>";
  EXPECT_LT(html_to_text("a" + breaks + "b").size(), 10u);
}

TEST(HtmlText, CountsWhatWouldHaveBeenFetched) {
  const Remote counted = remote_pictures(
      "<p><img src='https://x.test/a.png' width=300><img src=\"HTTP://t.test/p\" width='1' "
      "height=1><div><img src='//t.test/q' style='height: 1px'></div><img src='cid:1'><img "
      "src='data:x'>");
  EXPECT_EQ(counted.pictures, 3u);
  EXPECT_EQ(counted.trackers, 2u);
  EXPECT_EQ(remote_pictures("no <b>picture").pictures, 0u);
}

}  // namespace
}  // namespace mua
