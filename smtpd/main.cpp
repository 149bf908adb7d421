#include "conf/allocator.hpp"
#include "conf/options.hpp"
#include "smtpd/daemon.hpp"

/// jemalloc looks for it by this name.
extern "C" const char* const malloc_conf = conf::kAllocatorSettings;

int main(int argc, char** argv) {
  return conf::daemon_main(
      {"smtpd", "The SMTP server of Pabal: takes mail in and sends it on", PABAL_VERSION,
       smtpd::check, [](const conf::Settings& settings) { smtpd::serve(settings); }},
      argc, argv);
}
