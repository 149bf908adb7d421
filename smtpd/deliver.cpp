#include "smtpd/deliver.hpp"

#include <exception>
#include <utility>

#include "conf/log.hpp"
#include "mailstore/append.hpp"
#include "smtpd/trace.hpp"

namespace smtpd {

namespace {

// As much as one transaction should carry: a batch is as quick as its sync, and a huge one would
// keep the mailbox from its reader.
constexpr std::size_t kMaxBatch = 100;
constexpr std::uint64_t kMaxBatchOctets = 16u << 20;

// Names of deliveries go with the account's next batch; one that gets no mail is visited for them.
constexpr std::size_t kManyToForget = 500;

std::vector<Attempt> all_ended(const std::vector<Job>& jobs, Attempt::End end,
                               const std::string& reply) {
  std::vector<Attempt> attempts;
  attempts.reserve(jobs.size());
  for (const Job& job : jobs) attempts.push_back({job, end, reply, "", false});
  return attempts;
}

std::vector<Job> take_batch(std::deque<Job>& waiting) {
  std::vector<Job> batch;
  std::uint64_t octets = 0;
  while (!waiting.empty() && batch.size() < kMaxBatch && octets < kMaxBatchOctets) {
    octets += waiting.front().message->content.size();
    batch.push_back(std::move(waiting.front()));
    waiting.pop_front();
  }
  return batch;
}

}  // namespace

Deliver::Deliver(mailstore::Store& store, tls::WorkerPool& workers, Settle settle,
                 Finished finished, Room& room)
    : store_(store),
      workers_(workers),
      settle_(std::move(settle)),
      finished_(std::move(finished)),
      room_(room) {}

void Deliver::take(Job job) {
  const mailstore::AccountId account = job.recipient->account;
  std::lock_guard lock(mutex_);
  Line& line = lines_[account];
  line.jobs.push_back(std::move(job));
  start(account, line);
}

void Deliver::forget(mailstore::AccountId account, std::string delivery_id) {
  std::lock_guard lock(mutex_);
  Line& line = lines_[account];
  line.forget.push_back(std::move(delivery_id));
  if (line.forget.size() >= kManyToForget) start(account, line);
}

// Names that were to be forgotten lived in the memory of a process that is gone. What keeps them
// from being read will be said by the delivery itself.
std::vector<std::string> Deliver::left_over(mailstore::AccountId account) const {
  try {
    if (!store_.directory().find_account(account)) return {};
    return finished_(mailstore::remembered_deliveries(*store_.account(account)));
  } catch (const std::exception&) {
    return {};
  }
}

void Deliver::start(mailstore::AccountId account, Line& line) {
  if (line.state == Line::State::kServed) return;
  line.state = Line::State::kServed;
  workers_.post(static_cast<std::uint64_t>(account), [this, account] { serve(account); });
}

void Deliver::serve(mailstore::AccountId account) {
  std::vector<Job> jobs;
  std::vector<std::string> forget;
  bool swept = true;
  {
    std::lock_guard lock(mutex_);
    Line& line = lines_[account];
    jobs = take_batch(line.jobs);
    forget.swap(line.forget);
    swept = std::exchange(line.swept, true);
  }
  if (!swept) {
    const std::vector<std::string> left = left_over(account);
    forget.insert(forget.end(), left.begin(), left.end());
  }
  std::vector<Attempt> attempts = deliver_batch(account, jobs, forget);
  if (!attempts.empty()) settle_(std::move(attempts));
  std::lock_guard lock(mutex_);
  Line& line = lines_[account];
  line.state = Line::State::kIdle;
  if (!line.jobs.empty() && !stopping_) start(account, line);
}

std::vector<Attempt> Deliver::deliver_batch(mailstore::AccountId account,
                                            const std::vector<Job>& jobs,
                                            const std::vector<std::string>& forget) {
  try {
    const auto found = store_.directory().find_account(account);
    if (!found) {
      return all_ended(jobs, Attempt::End::kFailed, "550 5.1.1 The mailbox exists no longer");
    }
    return append(*found, jobs, forget);
  } catch (const mailstore::StoreError& error) {
    conf::log(conf::Level::kError, "delivery_failed",
              {{"account", account}, {"reason", error.what()}});
    return all_ended(jobs, Attempt::End::kDeferred,
                     error.out_of_space ? "452 4.3.1 The disk is full"
                                        : "451 4.3.0 The mailbox can't be written now");
  } catch (const std::exception& error) {
    // One message that breaks something must not keep the others waiting.
    conf::log(conf::Level::kError, "delivery_failed",
              {{"account", account}, {"messages", jobs.size()}, {"reason", error.what()}});
  }
  if (jobs.size() < 2) return all_ended(jobs, Attempt::End::kDeferred, "451 4.3.0 Internal error");
  std::vector<Attempt> attempts;
  for (const Job& job : jobs) {
    for (Attempt& attempt : deliver_batch(account, {job}, {})) {
      attempts.push_back(std::move(attempt));
    }
  }
  return attempts;
}

// What finds no room waits in the queue, or goes back.
std::vector<Attempt> Deliver::append(const mailstore::AccountInfo& account,
                                     const std::vector<Job>& jobs,
                                     const std::vector<std::string>& forget) {
  std::vector<mailstore::NewMessage> messages;
  messages.reserve(jobs.size());
  for (const Job& job : jobs) {
    mailstore::NewMessage message;
    message.content = job.message->content;
    message.head = delivery_head(*job.message, *job.recipient);
    message.internal_date = job.message->received_at;
    message.delivery_id = job.message->delivery_id(*job.recipient);
    messages.push_back(std::move(message));
  }
  const mailstore::Limits limits = store_.limits(account.limits);
  const std::shared_ptr<mailstore::Account> mailboxes = store_.account(account.id);
  const auto result = mailstore::deliver(*mailboxes, messages, forget, limits);
  std::vector<Attempt> attempts = all_ended(jobs, Attempt::End::kDelivered, "250 2.0.0 Delivered");
  if (!limits.any()) return attempts;
  room_.note(account.id, mailstore::usage(*mailboxes));
  for (std::size_t at = 0; at < jobs.size(); ++at) {
    if (!result.messages[at].full) continue;
    const Room::Answer answer = room_.after_delivery(limits, messages[at].content.size());
    attempts[at].end =
        answer == Room::Answer::kNever ? Attempt::End::kFailed : Attempt::End::kDeferred;
    attempts[at].reply = mail::smtp::to_line(full_reply(answer));
  }
  return attempts;
}

}  // namespace smtpd
