#include "imapd/find_messages.hpp"

#include <algorithm>

namespace imapd {

namespace {

bool is_selected(Session& session, const SearchPlace& place) {
  const auto* selected = session.selected();
  return selected && selected->account() == place.account && selected->mailbox() == place.mailbox;
}

}  // namespace

asio::awaitable<FoundUids> find_messages(Session& session, SearchPlace place, mail::SearchKey key) {
  if (is_selected(session, place)) session.selected()->resolve_recent(key);
  mailstore::SearchRun run(place.mailbox, place.view, key);
  co_await session.in_slices_of(place.account, run);
  auto found = run.take();
  co_return found;
}

asio::awaitable<FoundUids> find_messages(Session& session, mail::SearchKey key) {
  auto* selected = session.selected();
  SearchPlace place{selected->account(), selected->mailbox(), selected->view()};
  auto found = co_await find_messages(session, place, std::move(key));
  co_return found;
}

asio::awaitable<std::vector<int>> scores_of(Session& session, SearchPlace place,
                                            mail::SearchArguments arguments,
                                            std::vector<mailstore::Uid> uids) {
  std::vector<int> scores(uids.size(), mail::relevancy(mail::Looseness::kStems));
  for (auto looseness : {mail::Looseness::kWords, mail::Looseness::kExact}) {
    auto key = arguments.key;
    mail::decode_charset(key, arguments.charset, looseness);
    auto matching = co_await find_messages(session, place, std::move(key));
    if (!matching) break;
    for (std::size_t i = 0; i < uids.size(); ++i) {
      bool matches = std::binary_search(matching->begin(), matching->end(), uids[i]);
      if (matches) scores[i] = mail::relevancy(looseness);
    }
  }
  co_return scores;
}

}  // namespace imapd
