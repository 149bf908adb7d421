#include "conf/log.hpp"

#include <spdlog/logger.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <atomic>

#include "conf/log_text.hpp"

namespace conf {
namespace {

// The process has one stderr, so it has one logger. It is made once and only its level and pattern
// change later, because replacing a logger while other threads use it is not safe in spdlog.
struct Log {
  spdlog::logger logger{"pabal", std::make_shared<spdlog::sinks::stderr_sink_mt>()};
  std::atomic<LogForm> form{LogForm::kHuman};
};

Log& process_log() {
  static Log log;
  return log;
}

spdlog::level::level_enum spdlog_level(Level level) {
  switch (level) {
    case Level::kDebug: return spdlog::level::debug;
    case Level::kInfo: return spdlog::level::info;
    case Level::kWarning: return spdlog::level::warn;
    case Level::kError: return spdlog::level::err;
  }
  return spdlog::level::err;
}

}  // namespace

void start_log(std::string_view program, const LogSettings& settings) {
  auto& [logger, form] = process_log();
  const bool json = settings.format == "json";
  const auto pattern =
      json ? fmt::format(R"({{"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l","program":"{}",%v}})",
                         program)
           : fmt::format("%Y-%m-%dT%H:%M:%S.%eZ %l {} %v", program);
  form = json ? LogForm::kJson : LogForm::kHuman;
  logger.set_pattern(pattern, spdlog::pattern_time_type::utc);
  logger.set_level(spdlog::level::from_str(settings.level));
}

void log(Level level, std::string_view event, std::initializer_list<Field> fields) {
  auto& [logger, form] = process_log();
  if (!logger.should_log(spdlog_level(level))) return;
  logger.log(spdlog_level(level), log_text(form, event, fields));
}

}  // namespace conf
