// By what SORT orders (RFC 5256 §2.2, RFC 5957; RFC 6203 §6; MODSEQ where CONDSTORE is known), and
// how THREAD gathers (RFC 5256 §3), as the server parses and the store answers them.
#pragma once

namespace mail {

enum class SortBy {
  kArrival,
  kCc,
  kDate,
  kDisplayFrom,
  kDisplayTo,
  kFrom,
  kModSeq,
  kRelevancy,
  kSize,
  kSubject,
  kTo,
};

enum class SortDirection { kAscending, kDescending };

struct SortCriterion {
  SortBy by = SortBy::kArrival;
  SortDirection direction = SortDirection::kAscending;
  bool operator==(const SortCriterion&) const = default;
};

enum class ThreadAlgorithm {
  kOrderedSubject,
  kReferences,
  kRefs,  ///< as kReferences without subjects, the thread with the newest message last
};

}  // namespace mail
