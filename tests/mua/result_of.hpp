// How a coroutine of mua ends, for a test that waits for it.
#pragma once

#include <gtest/gtest.h>

#include <exception>
#include <optional>

#include "mua/exit_code.hpp"
#include "tls/asio.hpp"

namespace mua {

/// What the coroutine returns or throws.
template <class T>
T result_of(asio::io_context& io, asio::awaitable<T> coroutine) {
  std::exception_ptr error;
  std::optional<T> result;
  asio::co_spawn(io, std::move(coroutine), [&](std::exception_ptr thrown, T value) {
    error = std::move(thrown);
    if (!error) result.emplace(std::move(value));
  });
  io.run();
  if (error) std::rethrow_exception(error);
  return std::move(result).value();
}

template <class T>
T result_of(asio::awaitable<T> coroutine) {
  asio::io_context io(1);
  return result_of(io, std::move(coroutine));
}

/// The Failure it ends with; a test failure when it has none.
template <class T>
Failure failure_of(asio::awaitable<T> coroutine) {
  try {
    result_of(std::move(coroutine));
  } catch (const Failure& failure) {
    return failure;
  }
  ADD_FAILURE() << "nothing failed";
  return Failure(ExitCode::kOk, "");
}

}  // namespace mua
