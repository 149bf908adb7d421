// imapd: access to mailboxes by IMAP4rev1 and IMAP4rev2.

#include <csignal>

#include "conf/allocator.hpp"
#include "conf/options.hpp"
#include "imapd/daemon.hpp"
#include "mailstore/domain_file.hpp"

namespace {

void check(const conf::Settings& settings) {
  mailstore::expect_domain(settings.data);
  tls::ServerContext context(settings.tls.certificate, settings.tls.key, {});
}

void serve(const conf::Settings& settings) {
  mailstore::expect_domain(settings.data);
  imapd::Daemon daemon(settings);
  daemon.run();
}

}  // namespace

/// jemalloc looks for it by this name.
extern "C" const char* const malloc_conf = conf::kAllocatorSettings;

int main(int argc, char** argv) {
  return conf::daemon_main(
      {"imapd", "The IMAP server of Pabal: access to mailboxes.", PABAL_VERSION, check, serve},
      argc, argv);
}
