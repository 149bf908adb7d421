// DEFLATE (RFC 1951) for the two directions of a connection, as COMPRESS uses it (RFC 4978). Every
// write is flushed, so the peer can read what was written; a read gives a bounded piece of what
// came, however much it unpacks to. A direction that rests holds no working memory, only the octets
// that what follows may refer to: the packer the last few KiB it chose to keep, the unpacker as
// many as there were, 32 KiB at most. Neither ever waits. Private to the room: Stream is their
// user.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace tls {

class Deflater {
 public:
  Deflater();
  ~Deflater();

  /// What to send for `octets`. kFlushed: all that was given can be read from what was sent.
  enum class End { kOpen, kFlushed };
  std::string deflate(std::string_view octets, End end);
  /// Frees what can be made again; after kFlushed alone.
  void rest();

 private:
  struct Work;
  void wake();
  std::unique_ptr<Work> work_;  ///< null: at rest
  std::string history_;         ///< while at rest, the end of what was sent
};

class Inflater {
 public:
  static constexpr std::size_t kPiece = 64u << 10;  ///< octets of one call of `inflate`
  /// What may unpack to anything: one message of the largest size that servers commonly take. What
  /// is more has to have cost its sender one octet in this many.
  static constexpr std::uint64_t kFree = 64u << 20;
  static constexpr std::uint64_t kRatio = 128;

  Inflater();
  ~Inflater();

  void feed(std::string_view packed);
  /// The next octets, at most kPiece; "" when more must be fed. Throws StreamError kDeflate for
  /// what is no DEFLATE, for its end, and for a bomb.
  std::string inflate();
  /// Frees what can be made again, where the stream is at the end of a block.
  void rest();
  /// What was fed and not unpacked.
  std::string_view unread() const { return std::string_view(packed_).substr(begin_); }

 private:
  struct Work;
  void wake();
  void count(std::uint64_t in, std::uint64_t out);
  std::unique_ptr<Work> work_;  ///< null: at rest
  std::string history_;         ///< while at rest, what the peer may refer to
  std::string packed_;
  std::size_t begin_ = 0;  ///< of what is not unpacked
  std::uint64_t in_ = 0, out_ = 0;
  std::uint64_t in_vain_ = 0;  ///< octets since something came out
};

}  // namespace tls
