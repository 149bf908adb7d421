#include "mailctl/queue_options.hpp"

#include "conf/quantity.hpp"
#include "mailctl/commands.hpp"

namespace mailctl {
namespace {

using mailstore::AddressPattern;
using mailstore::QueueFilter;

constexpr const char* kSelection =
    "Several filters together mean what fits all of them. AGE is 30s, 5m, 4h or 5d.";

template <class Parse>
auto checked(const std::string& option, const std::string& text, const char* expected,
             Parse parse) {
  const auto value = parse(text);
  if (!value) throw CLI::ValidationError(option, "\"" + text + "\" is not " + expected);
  return *value;
}

void add_address_filter(CLI::App* verb, const std::string& option, const char* about,
                        std::optional<AddressPattern>& pattern) {
  verb->add_option_function<std::string>(
          option,
          [option, &pattern](const std::string& text) {
            pattern = checked(option, text, "an address, @DOMAIN or <>", AddressPattern::parse);
          },
          about)
      ->type_name("ADDRESS");
}

void add_age_filter(CLI::App* verb, const std::string& option, const char* about,
                    std::optional<std::chrono::seconds>& age) {
  verb->add_option_function<std::string>(
          option,
          [option, &age](const std::string& text) {
            age = checked(option, text, "an age like 30s, 5m, 4h or 5d", conf::parse_duration);
          },
          about)
      ->type_name("AGE");
}

void add_filters(CLI::App* verb, QueueFilter& filter) {
  add_address_filter(verb, "--sender", "from this address, from all of @DOMAIN, or from <>",
                     filter.sender);
  add_address_filter(verb, "--recipient", "to this address, or to all of @DOMAIN",
                     filter.recipient);
  verb->add_option_function<std::string>(
          "--domain",
          [&filter](const std::string& text) {
            filter.domain = checked("--domain", "@" + text, "a domain", AddressPattern::parse);
          },
          "to this domain")
      ->type_name("DOMAIN");
  add_age_filter(verb, "--older-than", "received longer ago than AGE", filter.older_than);
  add_age_filter(verb, "--newer-than", "received within AGE", filter.newer_than);
  verb->add_option_function<std::vector<std::string>>(
          "--state",
          [&filter](const std::vector<std::string>& words) {
            for (const std::string& word : words)
              filter.stages.push_back(checked("--state", word,
                                              "queued, deferred, held, delivered or failed",
                                              mailstore::parse_stage));
          },
          "queued (not tried yet), deferred (tried, waits for the next attempt), held, delivered "
          "or failed; repeatable")
      ->type_name("STATE")
      ->delimiter(',')
      ->take_all();
}

void add_limit(CLI::App* verb, QueueOptions& options, const char* about) {
  verb->add_option("--limit", options.limit, about)->check(CLI::Range(1, 1'000'000));
}

CLI::Option* take_names(CLI::App* verb, QueueOptions& options) {
  return verb->add_option(
      "id", options.names,
      "messages by queue id, as `queue list` shows it, or the number at its end");
}

void take_selection(CLI::App* verb, QueueOptions& options, const char* about_all) {
  auto* names = take_names(verb, options);
  add_filters(verb, options.filter);
  verb->add_flag("--all", options.all, about_all)->excludes(names);
  verb->footer(kSelection);
}

}  // namespace

void add_queue_verbs(CLI::App* queue, QueueOptions& options, const AddCommand& add) {
  auto* verb = add(queue, "list", "list what is not delivered yet, oldest first", queue_list);
  add_filters(verb, options.filter);
  add_limit(verb, options, "show so many messages at most");
  verb->footer(kSelection);
  verb = add(queue, "show", "show a message: envelope, recipients, next attempts and reasons",
             queue_show);
  take_names(verb, options)->required()->expected(1);
  verb = add(queue, "retry", "try what waits at once", queue_retry);
  take_selection(verb, options, "everything");
  verb = add(queue, "hold", "keep from being tried until released", queue_hold);
  take_selection(verb, options, "everything");
  verb = add(queue, "release", "try what is held at once", queue_release);
  take_selection(verb, options, "everything that is held");
  verb = add(queue, "remove", "give up, without telling the sender", queue_remove);
  take_selection(verb, options, "everything");
  verb->add_flag("--report", options.report, "tell the senders that it was not delivered");
  add(queue, "flush", "try everything that waits at once", queue_flush);
}

void add_trace(CLI::App* to, QueueOptions& options, const AddCommand& add) {
  auto* verb = add(to, "trace", "where a message is, and each step of its way", trace);
  verb->add_option("id", options.names,
                   "queue id, Message-ID, or an address for its latest messages")
      ->required()
      ->expected(1);
  add_limit(verb, options, "show so many messages at most, default 20");
}

}  // namespace mailctl
