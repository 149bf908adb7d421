// The command line of `mailctl queue` and `mailctl trace`: what is meant, as a filter.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>

#include "mailctl/options.hpp"

namespace mailctl {

/// Adds a command below `to`.
using AddCommand =
    std::function<CLI::App*(CLI::App* to, const char* name, const char* about, Command command)>;

/// The verbs below `queue`. What is read goes to `options`.
void add_queue_verbs(CLI::App* queue, QueueOptions& options, const AddCommand& add);
void add_trace(CLI::App* to, QueueOptions& options, const AddCommand& add);

}  // namespace mailctl
