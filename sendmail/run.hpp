// The program: what it was called for, done; failures become a line on stderr and an exit status.
#pragma once

namespace sendmail {

int run(int argc, const char* const* argv);

}  // namespace sendmail
