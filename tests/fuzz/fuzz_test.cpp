// Every target on its corpus, cut short everywhere, and on mutations of it: the same ones in each
// run, so that a failure can be repeated.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "tests/fuzz/targets.hpp"

namespace {

constexpr int kMutations = 1500;

struct Target {
  const char* name;
  void (*run)(std::string_view);
};

constexpr Target kTargets[] = {
    {"address", fuzz::address},
    {"address_list", fuzz::address_list},
    {"base_subject", fuzz::base_subject},
    {"content_type", fuzz::content_type},
    {"date", fuzz::date},
    {"downgrade", fuzz::downgrade},
    {"dot_stuffing", fuzz::dot_stuffing},
    {"encoded_word", fuzz::encoded_word},
    {"header", fuzz::header},
    {"imap_client", fuzz::imap_client},
    {"imap_command", fuzz::imap_command},
    {"imap_response", fuzz::imap_response},
    {"imap_sort", fuzz::imap_sort},
    {"mailbox_name", fuzz::mailbox_name},
    {"message", fuzz::message},
    {"sasl", fuzz::sasl},
    {"sequence_set", fuzz::sequence_set},
    {"smtp_client", fuzz::smtp_client},
    {"smtp_command", fuzz::smtp_command},
    {"smtp_reply", fuzz::smtp_reply},
    {"sort_facts", fuzz::sort_facts},
    {"thread", fuzz::thread},
    {"transfer_encoding", fuzz::transfer_encoding},
};

std::vector<std::string> corpus(const std::string& target) {
  namespace fs = std::filesystem;
  std::vector<fs::path> paths;
  for (const auto& entry :
       fs::directory_iterator(PABAL_SOURCE_DIR "/tests/fuzz/corpus/" + target)) {
    paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> texts;
  for (const auto& path : paths) {
    std::ifstream file(path, std::ios::binary);
    texts.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  return texts;
}

// One small change, or a piece of another text put in.
void mutate(std::string& text, const std::vector<std::string>& texts, std::mt19937& random) {
  constexpr std::string_view kOdd("\r\n\0\xFF\x80\"\\()<>@,;:{}=?*%. \t-+~", 28);
  const std::size_t at = random() % (text.size() + 1);
  const std::string& other = texts[random() % texts.size()];
  switch (random() % 6) {
    case 0: text.insert(at, 1, kOdd[random() % kOdd.size()]); break;
    case 1: text.insert(at, 1, static_cast<char>(random())); break;
    case 2: text.erase(at, random() % 8 + 1); break;
    case 3: text.insert(at, text.substr(at, random() % 40)); break;
    case 4: text.insert(at, other, random() % (other.size() + 1), random() % 60); break;
    default:
      if (at < text.size()) text[at] = static_cast<char>(text[at] ^ (1 << random() % 8));
  }
}

class Fuzz : public testing::TestWithParam<Target> {};

TEST_P(Fuzz, Corpus) {
  for (const std::string& text : corpus(GetParam().name)) {
    ASSERT_NO_THROW(GetParam().run(text)) << text;
    const std::size_t step = text.size() / 100 + 1;
    for (std::size_t size = 0; size < text.size(); size += step) {
      ASSERT_NO_THROW(GetParam().run(std::string_view(text).substr(0, size)))
          << text.substr(0, size);
    }
  }
}

TEST_P(Fuzz, Mutations) {
  const std::vector<std::string> texts = corpus(GetParam().name);
  ASSERT_FALSE(texts.empty());
  std::mt19937 random(1996);  // NOLINT: the same run every time
  for (int i = 0; i < kMutations; ++i) {
    std::string text = texts[random() % texts.size()];
    for (unsigned changes = random() % 6 + 1; changes > 0; --changes) mutate(text, texts, random);
    ASSERT_NO_THROW(GetParam().run(text)) << testing::PrintToString(text);
  }
}

INSTANTIATE_TEST_SUITE_P(Parsers, Fuzz, testing::ValuesIn(kTargets),
                         [](const auto& tested) { return std::string(tested.param.name); });

}  // namespace
