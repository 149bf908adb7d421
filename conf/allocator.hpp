// How the daemons' allocator, jemalloc, is set. Threads make what others let go, by the hundred
// thousand when much is queued: with glibc's malloc that was a fifth of smtpd's time, and imapd
// kept 50 MB after one session had read a mailbox of 200,000 messages.
#pragma once

namespace conf {

/// What is let go is given back to the system after half a second, by a thread of jemalloc's own.
/// Nothing is kept for each thread apart but small pieces: a mailbox is read by many in turn.
inline constexpr const char* kAllocatorSettings =
    "background_thread:true,dirty_decay_ms:500,muzzy_decay_ms:0,"
    "percpu_arena:percpu,tcache_max:4096";

}  // namespace conf
