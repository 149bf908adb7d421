#include "tls/deflate.hpp"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <new>

#include "tls/stream.hpp"

namespace tls {
namespace {

// Half the processor's time of zlib's default for a few per cent more octets.
constexpr int kLevel = 4;
// "Raw", without zlib's header (RFC 4978 §4). 16 KiB back is enough for what a server says; what a
// client says may go back as far as DEFLATE can.
constexpr int kWindowOut = -14;
constexpr int kWindowIn = -15;
constexpr int kMemoryLevel = 7;
constexpr std::size_t kLargestWindow = 32u << 10;
// Enough to name what responses repeat.
constexpr std::size_t kHistory = 4u << 10;
// Empty blocks are valid, and work for nothing.
constexpr std::uint64_t kMostInVain = 64u << 10;

Bytef* octets_of(std::string_view text) {
  return reinterpret_cast<Bytef*>(
      const_cast<char*>(text.data()));  // zlib's input is const, not said
}

void give(z_stream& zlib, std::string_view octets) {
  zlib.next_in = octets_of(octets);
  zlib.avail_in = static_cast<uInt>(octets.size());
}

void check(int result) {
  if (result != Z_OK) throw std::bad_alloc();  // the arguments are right, so it is the memory
}

}  // namespace

struct Deflater::Work {
  Work() {
    check(deflateInit2(&zlib, kLevel, Z_DEFLATED, kWindowOut, kMemoryLevel, Z_DEFAULT_STRATEGY));
  }
  ~Work() { deflateEnd(&zlib); }
  Work(const Work&) = delete;
  Work& operator=(const Work&) = delete;
  z_stream zlib{};
};

Deflater::Deflater() = default;
Deflater::~Deflater() = default;

void Deflater::wake() {
  if (work_) return;
  work_ = std::make_unique<Work>();
  if (!history_.empty())
    deflateSetDictionary(&work_->zlib, octets_of(history_), static_cast<uInt>(history_.size()));
  std::string().swap(history_);
}

std::string Deflater::deflate(std::string_view octets, End end) {
  wake();
  z_stream& zlib = work_->zlib;
  give(zlib, octets);
  std::string packed;
  std::array<char, 16384> piece;
  do {
    zlib.next_out = reinterpret_cast<Bytef*>(piece.data());
    zlib.avail_out = piece.size();
    ::deflate(&zlib, end == End::kFlushed ? Z_SYNC_FLUSH : Z_NO_FLUSH);
    packed.append(piece.data(), piece.size() - zlib.avail_out);
  } while (zlib.avail_out == 0);
  return packed;
}

// A flushed stream ends at an octet, so another one may go on from there: all it has to know is
// what it refers to.
void Deflater::rest() {
  if (!work_) return;
  std::array<Bytef, kLargestWindow> window;
  uInt size = 0;
  deflateGetDictionary(&work_->zlib, window.data(), &size);
  const std::size_t kept = std::min<std::size_t>(size, kHistory);
  history_.assign(reinterpret_cast<const char*>(window.data()) + size - kept, kept);
  work_.reset();
}

struct Inflater::Work {
  Work() { check(inflateInit2(&zlib, kWindowIn)); }
  ~Work() { inflateEnd(&zlib); }
  Work(const Work&) = delete;
  Work& operator=(const Work&) = delete;
  z_stream zlib{};
};

Inflater::Inflater() = default;
Inflater::~Inflater() = default;

void Inflater::wake() {
  if (work_) return;
  work_ = std::make_unique<Work>();
  if (!history_.empty())
    check(inflateSetDictionary(&work_->zlib, octets_of(history_),
                               static_cast<uInt>(history_.size())));
  std::string().swap(history_);
}

void Inflater::feed(std::string_view packed) {
  packed_.erase(0, begin_);
  begin_ = 0;
  packed_.append(packed);
}

std::string Inflater::inflate() {
  if (unread().empty() && !work_) return "";
  wake();
  z_stream& zlib = work_->zlib;
  give(zlib, unread());
  std::string out;
  std::array<char, 16384> piece;
  while (out.size() < kPiece) {
    zlib.next_out = reinterpret_cast<Bytef*>(piece.data());
    zlib.avail_out = piece.size();
    const int result = ::inflate(&zlib, Z_SYNC_FLUSH);
    out.append(piece.data(), piece.size() - zlib.avail_out);
    if (result == Z_MEM_ERROR) throw std::bad_alloc();
    if (result != Z_OK && result != Z_BUF_ERROR)
      throw StreamError(StreamError::Kind::kDeflate,
                        result == Z_STREAM_END ? "the compressed stream was ended"
                                               : "what came is not compressed by DEFLATE");
    if (zlib.avail_out > 0) break;
  }
  const std::size_t taken = unread().size() - zlib.avail_in;
  begin_ += taken;
  count(taken, out.size());
  return out;
}

void Inflater::count(std::uint64_t in, std::uint64_t out) {
  in_ += in;
  out_ += out;
  in_vain_ = out > 0 ? 0 : in_vain_ + in;
  if (in_vain_ > kMostInVain)
    throw StreamError(StreamError::Kind::kDeflate, "compressed octets that hold nothing");
  if (out_ > kFree && out_ / kRatio > in_)
    throw StreamError(StreamError::Kind::kDeflate,
                      fmt::format("{} octets became {}: a bomb", in_, out_));
}

// data_type: 128 where a block has just ended, and in its low bits how many of the last octet's are
// still to be read. Clients that flush as we do always end so.
void Inflater::rest() {
  if (!work_ || !unread().empty() || (work_->zlib.data_type & (128 | 64 | 7)) != 128) return;
  std::string().swap(packed_);
  begin_ = 0;
  std::array<Bytef, kLargestWindow> window;
  uInt size = 0;
  check(inflateGetDictionary(&work_->zlib, window.data(), &size));
  history_.assign(reinterpret_cast<const char*>(window.data()), size);
  work_.reset();
}

}  // namespace tls
