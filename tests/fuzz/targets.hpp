// The parsers of mail/ as fuzz targets: each takes any octets at all, and besides not failing has
// to keep its promises (what is written reads the same, octet ranges lie inside the message).
// libFuzzer runs them one by one (PABAL_FUZZ), fuzz_test runs all on a corpus and on mutations of
// it.
#pragma once

#include <stdexcept>
#include <string_view>

namespace fuzz {

/// A promise that was broken; libFuzzer keeps the input.
inline void check(bool kept) {
  if (!kept) throw std::logic_error("a promise was broken");
}

void address(std::string_view octets);
void address_list(std::string_view octets);
void base_subject(std::string_view octets);
void content_type(std::string_view octets);
void date(std::string_view octets);
void downgrade(std::string_view octets);
void dot_stuffing(std::string_view octets);
void encoded_word(std::string_view octets);
void header(std::string_view octets);
void imap_client(std::string_view octets);
void imap_command(std::string_view octets);
void imap_response(std::string_view octets);
void imap_sort(std::string_view octets);
void mailbox_name(std::string_view octets);
void message(std::string_view octets);
void sasl(std::string_view octets);
void sequence_set(std::string_view octets);
void smtp_client(std::string_view octets);
void smtp_command(std::string_view octets);
void smtp_reply(std::string_view octets);
void sort_facts(std::string_view octets);
void thread(std::string_view octets);
void transfer_encoding(std::string_view octets);

}  // namespace fuzz
