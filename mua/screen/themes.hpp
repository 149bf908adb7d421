// The themes that are built in, in the words of a settings file (theme.hpp). Private to theme.cpp.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "mua/screen/style.hpp"

namespace mua::screen {

struct ThemeWords {
  std::string_view name;
  std::array<std::string_view, static_cast<std::size_t>(Tone::kCount)> looks;  ///< by tone
  std::string_view chosen;
};

/// "default" first.
inline constexpr ThemeWords kThemes[]{
    {"default",
     {
         "",                   // text
         "dim",                // dim
         "bold",               // title
         "bold",               // unread
         "bold 172",           // flagged
         "bold 37",            // marked
         "reversed",           // bar
         "bold reversed 160",  // alert
         "bold 34",            // good
         "31",                 // quote1
         "64",                 // quote2
         "97",                 // quote3
         "bold 67",            // field
         "underlined 33",      // link
         "reversed 37",        // chip
         "bold reversed 178",  // match
         "dim",                // border
     },
     "reversed"},
    {"dark",
     {
         "#d5d8de on #15181e",       // text
         "#8a919e",                  // dim
         "bold #ffffff",             // title
         "bold #ffffff",             // unread
         "bold #f0b45a",             // flagged
         "bold #63d0d0",             // marked
         "#e8ebf0 on #2b3a55",       // bar
         "bold #ffffff on #a83232",  // alert
         "bold #7fcf7f",             // good
         "#78b4d8",                  // quote1
         "#93bf72",                  // quote2
         "#c39ad6",                  // quote3
         "bold #8fb3e8",             // field
         "underlined #6cb2ff",       // link
         "#15181e on #5fb3b3",       // chip
         "bold #15181e on #e8c15a",  // match
         "#4a5363",                  // border
     },
     "on #34466a"},
    {"light",
     {
         "#24282f on #fcfcfa",       // text
         "#6a7280",                  // dim
         "bold #000000",             // title
         "bold #000000",             // unread
         "bold #a85a00",             // flagged
         "bold #00707a",             // marked
         "#ffffff on #3d5a8a",       // bar
         "bold #ffffff on #b3261e",  // alert
         "bold #1f7a1f",             // good
         "#1c6a94",                  // quote1
         "#4a7a14",                  // quote2
         "#7a4a94",                  // quote3
         "bold #2f5597",             // field
         "underlined #0b57d0",       // link
         "#ffffff on #2f7d7d",       // chip
         "bold #000000 on #ffd54a",  // match
         "#b8bec8",                  // border
     },
     "on #cfdcf2"},
    {"contrast",
     {
         "#ffffff on #000000",       // text
         "#ffffff",                  // dim
         "bold #ffffff",             // title
         "bold #ffff00",             // unread
         "bold #ffaf5f",             // flagged
         "bold #00ffff",             // marked
         "bold #000000 on #ffffff",  // bar
         "bold #ffffff on #c00000",  // alert
         "bold #00ff00",             // good
         "#00ffff",                  // quote1
         "#5fff5f",                  // quote2
         "#ff87ff",                  // quote3
         "bold #ffffff",             // field
         "underlined #87d7ff",       // link
         "bold #000000 on #00ffff",  // chip
         "bold #000000 on #ffff00",  // match
         "#ffffff",                  // border
     },
     "bold #000000 on #ffff00"},
};

}  // namespace mua::screen
