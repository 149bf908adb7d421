// What a person can do about a delivery that failed, by its enhanced status code (RFC 3463): one
// or two plain sentences. Pure.
#pragma once

#include <string_view>

namespace mail {

/// `status` is "5.1.1"; codes nobody knows are answered by their subject, then generally.
std::string_view advice_for(std::string_view status);

}  // namespace mail
