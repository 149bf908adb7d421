#include <gmock/gmock.h>

#include "imapd/indexer.hpp"
#include "mailstore/search.hpp"
#include "mailstore/search_index.hpp"
#include "tests/imapd/peer.hpp"

namespace imapd {
namespace {

using IndexerTest = CommandTest;

TEST_F(IndexerTest, IndexesWhatItWasToldOf) {
  for (int i = 0; i < 40; ++i) deliver("Subject: a\r\n\r\nsome words\r\n");
  auto account = domain_.store().directory().find_account("alice@example.test").value().id;
  tls::WorkerPool pool(1);
  asio::io_context io;
  Indexer indexer(domain_.store(), pool, std::chrono::milliseconds(1));
  EXPECT_TRUE(indexer.done());
  indexer.changed(account);
  EXPECT_FALSE(indexer.done());
  indexer.used();
  indexer.start(io);
  while (!indexer.done()) io.run_one();
  EXPECT_EQ(mailstore::index_more(*domain_.store().account(account), 1), 0u);
}

TEST_F(IndexerTest, GetsToAnAccountThatIsNeverQuiet) {
  deliver("Subject: a\r\n\r\nsome words\r\n");
  auto account = domain_.store().directory().find_account("alice@example.test").value().id;
  tls::WorkerPool pool(1);
  asio::io_context io;
  Indexer indexer(domain_.store(), pool, std::chrono::milliseconds(20));
  indexer.start(io);
  bool indexed = false;
  for (int i = 0; i < 500 && !indexed; ++i) {
    indexer.changed(account);
    io.run_for(std::chrono::milliseconds(5));
    mailstore::SearchIndex index(domain_.store().account(account)->folder());
    indexed = index.answering().contents == 1;
  }
  EXPECT_TRUE(indexed);
}

}  // namespace
}  // namespace imapd
