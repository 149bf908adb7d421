// Mail as people of the world write it, made by chance from a seed: many scripts, each in the
// charsets that carry it, encoded words of both kinds broken wherever an octet ends, every transfer
// encoding, HTML beside text, messages in messages. What was meant is kept beside the octets, so
// that a test knows what a search must find whatever the search's own code believes.
#pragma once

#include <iconv.h>

#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace mailstore {

struct GeneratedMail {
  std::string octets;
  std::string subject;  ///< UTF-8, as it was meant
  std::string body;
};

class MailGenerator {
 public:
  explicit MailGenerator(unsigned seed) : random_(seed) {}

  GeneratedMail mail() {
    const Language& language = languages()[number(languages().size())];
    GeneratedMail made;
    made.subject = text(language, 1 + number(5));
    made.body = text(language, 1 + number(30));
    std::string charset = language.charsets[number(language.charsets.size())];
    made.octets = "From: " + word(text(language, 1), charset) + " <a@example.test>\r\n";
    made.octets += "Subject: " + encoded_words(made.subject, charset) + "\r\n";
    made.octets += "MIME-Version: 1.0\r\n" + body_of(made.body, charset);
    return made;
  }

  /// A piece of one of the texts, or of no mail at all; its ends are ends of characters.
  std::string needle(const std::vector<GeneratedMail>& mails) {
    if (number(5) == 0) return text(languages()[number(languages().size())], 1 + number(2));
    const GeneratedMail& mail = mails[number(mails.size())];
    const std::string& from = number(2) == 0 ? mail.subject : mail.body;
    std::vector<std::size_t> ends;
    for (std::size_t i = 0; i <= from.size(); ++i)
      if (i == from.size() || (static_cast<unsigned char>(from[i]) & 0xc0) != 0x80)
        ends.push_back(i);
    std::size_t first = number(ends.size() - 1);
    std::size_t last = std::min(ends.size() - 1, first + 1 + number(8));
    return from.substr(ends[first], ends[last] - ends[first]);
  }

  std::size_t number(std::size_t below) {
    return std::uniform_int_distribution<std::size_t>(0, below - 1)(random_);
  }

 private:
  struct Language {
    std::vector<std::string> charsets;
    std::vector<std::string> words;
  };

  static const std::vector<Language>& languages() {
    static const std::vector<Language> kLanguages{
        {{"UTF-8", "EUC-KR", "CP949", "ISO-2022-KR"},
         {"안녕하세요", "파발", "각", "가", "메일을", "보냈습니다", "서울", "한국어", "ABC회사"}},
        {{"UTF-8", "ISO-2022-JP", "Shift_JIS", "EUC-JP"},
         {"東京都", "京都", "ひらがな", "カタカナ", "会議", "お知らせ", "メール", "日本語", "1月"}},
        {{"UTF-8", "GB18030", "GBK", "Big5"}, {"中文", "上海", "会", "北京", "中", "山水", "大小"}},
        {{"UTF-8", "windows-1256", "ISO-8859-6"}, {"مرحبا", "العربية", "بريد", "سلام", "كتاب"}},
        {{"UTF-8", "windows-1255", "ISO-8859-8"}, {"שלום", "עולם", "דואר", "עברית", "ספר"}},
        {{"UTF-8", "KOI8-R", "windows-1251", "ISO-8859-5"},
         {"Привет", "ПОЧТА", "почта", "ёлка", "Москва", "и"}},
        {{"UTF-8", "ISO-8859-7", "windows-1253"}, {"Ελλάς", "ΣΟΦΟΣ", "σοφος", "και"}},
        {{"UTF-8", "ISO-8859-1", "windows-1252", "ISO-8859-15"},
         {"Straße", "STRASSE", "naïve", "café", "CAFÉ", "Ærø", "señor", "grün", "a\"b", "50%"}},
        {{"UTF-8", "ISO-8859-9", "windows-1254"}, {"İstanbul", "ışık", "IŞIK", "çok"}},
        {{"UTF-8", "TIS-620"}, {"สวัสดี", "ไทย", "จดหมาย"}},
        {{"UTF-8", "UTF-16BE", "UTF-7"},
         {"🎉🎊", "👨‍👩‍👧", "e\u0301x", "nai\u0308ve", "ﬁne", "ſharp", "ｶﾀｶﾅ",
          "\u202bعربي\u202c", "🇰🇷"}},
    };
    return kLanguages;
  }

  std::string text(const Language& language, std::size_t words) {
    std::string made;
    for (std::size_t i = 0; i < words; ++i) {
      if (i > 0 && number(4) > 0) made += ' ';
      made += language.words[number(language.words.size())];
    }
    return made;
  }

  /// "" when the charset can't say it.
  static std::string converted(const std::string& utf8, const std::string& charset) {
    auto conversion = iconv_open(charset.c_str(), "UTF-8");
    if (conversion == reinterpret_cast<iconv_t>(-1)) return "";
    std::string out(utf8.size() * 8 + 64, '\0');
    char* from = const_cast<char*>(utf8.data());
    char* to = out.data();
    std::size_t from_left = utf8.size(), to_left = out.size();
    bool whole =
        iconv(conversion, &from, &from_left, &to, &to_left) != static_cast<std::size_t>(-1);
    iconv(conversion, nullptr, nullptr, &to, &to_left);  // back to the charset's first state
    iconv_close(conversion);
    out.resize(out.size() - to_left);
    return whole ? out : "";
  }

  /// Words of a few octets each, wherever that splits a character.
  std::string encoded_words(const std::string& text, std::string charset) {
    std::string octets = converted(text, charset);
    // A header can't hold what has states or NULs between its words.
    if (octets.empty() || charset == "UTF-16BE" || charset == "UTF-7" || charset == "ISO-2022-KR") {
      charset = "UTF-8";
      octets = text;
    }
    std::string words;
    for (std::size_t i = 0; i < octets.size();) {
      std::size_t length = number(3) == 0 ? octets.size() : 1 + number(12);
      bool base = number(2) == 0;
      std::string piece = octets.substr(i, length);
      words += words.empty() ? "" : "\r\n ";
      words += "=?" + charset + (base ? "?B?" + base64(piece) : "?q?" + quoted(piece, true)) + "?=";
      i += length;
    }
    return words;
  }
  std::string word(const std::string& text, const std::string& charset) {
    return encoded_words(text, charset);
  }

  std::string body_of(const std::string& text, std::string charset) {
    std::string octets = converted(text, charset);
    if (octets.empty()) {
      charset = "UTF-8";
      octets = text;
    }
    switch (number(5)) {
      case 0: return nested(text, charset, octets);
      case 1: return alternative(charset, octets);
      default: return part("text/plain", charset, octets);
    }
  }

  std::string part(const std::string& type, const std::string& charset, const std::string& octets) {
    std::string head = "Content-Type: " + type + "; charset=\"" + charset + "\"\r\n";
    bool plain = charset != "UTF-16BE" && octets.find('\0') == std::string::npos;
    switch (number(plain ? 3 : 1)) {
      case 0:
        return head + "Content-Transfer-Encoding: base64\r\n\r\n" + lines(base64(octets)) + "\r\n";
      case 1:
        return head + "Content-Transfer-Encoding: quoted-printable\r\n\r\n" +
               quoted(octets, false) + "\r\n";
      default: return head + "Content-Transfer-Encoding: 8bit\r\n\r\n" + octets + "\r\n";
    }
  }

  std::string alternative(const std::string& charset, const std::string& octets) {
    return "Content-Type: multipart/alternative; boundary=\"=_b\"\r\n\r\n--=_b\r\n" +
           part("text/plain", charset, octets) + "--=_b\r\n" + part("text/html", charset, octets) +
           "--=_b\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
           base64("no text at all") + "\r\n--=_b--\r\n";
  }

  std::string nested(const std::string& text, const std::string& charset,
                     const std::string& octets) {
    return "Content-Type: message/rfc822\r\n\r\nSubject: " + encoded_words(text, charset) + "\r\n" +
           part("text/plain", charset, octets);
  }

  static std::string base64(const std::string& octets) {
    static const char* kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    for (std::size_t i = 0; i < octets.size(); i += 3) {
      std::uint32_t bits = 0;
      for (std::size_t n = 0; n < 3; ++n)
        bits = bits << 8 | (i + n < octets.size() ? static_cast<unsigned char>(octets[i + n]) : 0u);
      for (std::size_t n = 0; n < 4; ++n)
        text += i + n > octets.size() ? '=' : kDigits[bits >> (18 - 6 * n) & 63];
    }
    return text;
  }

  static std::string lines(const std::string& text) {
    std::string cut;
    for (std::size_t i = 0; i < text.size(); i += 76) cut += text.substr(i, 76) + "\r\n";
    return cut;
  }

  /// Quoted-printable with soft line breaks, or Q with "_" for a space.
  static std::string quoted(const std::string& octets, bool in_header) {
    static const char* kHex = "0123456789ABCDEF";
    std::string text;
    std::size_t column = 0;
    for (char octet : octets) {
      auto code = static_cast<unsigned char>(octet);
      if (!in_header && column > 60) {
        text += "=\r\n";
        column = 0;
      }
      bool safe = std::isalnum(code) && code < 128;
      if (safe) {
        text += octet;
      } else if (in_header && octet == ' ') {
        text += '_';
      } else {
        text += {'=', kHex[code >> 4], kHex[code & 15]};
      }
      column += safe ? 1 : 3;
    }
    return text;
  }

  std::mt19937 random_;
};

}  // namespace mailstore
