#include "mail/media_type.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "mail/ascii.hpp"

namespace mail {
namespace {

using Known = std::pair<std::string_view, std::string_view>;

constexpr std::array<Known, 40> kTypes{{
    {"txt", "text/plain"},
    {"log", "text/plain"},
    {"md", "text/markdown"},
    {"csv", "text/csv"},
    {"htm", "text/html"},
    {"html", "text/html"},
    {"css", "text/css"},
    {"ics", "text/calendar"},
    {"vcf", "text/vcard"},
    {"diff", "text/x-diff"},
    {"patch", "text/x-diff"},
    {"xml", "application/xml"},
    {"json", "application/json"},
    {"pdf", "application/pdf"},
    {"ps", "application/postscript"},
    {"rtf", "application/rtf"},
    {"zip", "application/zip"},
    {"gz", "application/gzip"},
    {"tar", "application/x-tar"},
    {"7z", "application/x-7z-compressed"},
    {"doc", "application/msword"},
    {"xls", "application/vnd.ms-excel"},
    {"ppt", "application/vnd.ms-powerpoint"},
    {"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    {"pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
    {"odt", "application/vnd.oasis.opendocument.text"},
    {"ods", "application/vnd.oasis.opendocument.spreadsheet"},
    {"hwp", "application/x-hwp"},
    {"hwpx", "application/hwp+zip"},
    {"png", "image/png"},
    {"jpg", "image/jpeg"},
    {"jpeg", "image/jpeg"},
    {"gif", "image/gif"},
    {"svg", "image/svg+xml"},
    {"webp", "image/webp"},
    {"mp3", "audio/mpeg"},
    {"ogg", "audio/ogg"},
    {"mp4", "video/mp4"},
    {"eml", "message/rfc822"},
}};

}  // namespace

std::string_view media_type_of(std::string_view file_name) {
  const std::size_t dot = file_name.rfind('.');
  const std::string_view extension =
      dot == std::string_view::npos ? std::string_view() : file_name.substr(dot + 1);
  const auto known = std::find_if(kTypes.begin(), kTypes.end(), [&](const Known& type) {
    return same_ignoring_case(extension, type.first);
  });
  return known == kTypes.end() ? "application/octet-stream" : known->second;
}

}  // namespace mail
