// The command line that programs have called for forty years: sendmail's, as Postfix and Sendmail
// read it. Letters go together (-ti), a value follows its letter or is the next word (-fann, -f
// ann), and options may stand behind addresses. What concerns another program's machinery (-oem,
// -odb, -O..., -h, -p, -L, -X) is read and passed over, for whoever gives it wants mail sent and
// nothing else. Pure.
//
//   sendmail -t -oi                            cron, programs
//   sendmail -i -f bounces@example.test ann@far.test
//   sendmail -bs                               SMTP on stdin and stdout
//   sendmail -bp, mailq                        the queue
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mail/result.hpp"

namespace sendmail {

struct Options {
  enum class Task {
    kSend,     ///< -bm, and without any -b
    kSession,  ///< -bs
    kQueue,    ///< -bp, mailq
    kFlush,    ///< -q
    kAliases,  ///< -bi, -I, newaliases: there is nothing to be built
    kVersion,  ///< --version
    kHelp      ///< --help
  };
  enum class Recipients { kArguments, kHeaderToo };
  enum class Dot { kEnds, kIsText };
  enum class Words { kFew, kMany };

  Task task = Task::kSend;
  std::string config;                 ///< -C FILE, "" for the usual places
  std::optional<std::string> sender;  ///< -f or -r as given; "" and "<>" are nobody
  std::string full_name;              ///< -F
  Recipients recipients_from = Recipients::kArguments;  ///< -t
  Dot dot = Dot::kEnds;                                 ///< -i, -oi
  Words words = Words::kFew;                            ///< -v
  std::string notify, ret, envid;  ///< -N, -R, -V as the ESMTP parameters want them
  std::vector<std::string> recipients;
};

/// `program` is the name it was called by; `words` come after it. The error is a line to be shown.
mail::Result<Options, std::string> parse_options(std::string_view program,
                                                 const std::vector<std::string>& words);

}  // namespace sendmail
