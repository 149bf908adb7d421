#include "mua/screen/curses_screen.hpp"

#include <langinfo.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <clocale>
#include <cstdlib>
#include <cstring>

#include <utf8proc.h>

#include "mua/exit_code.hpp"
#include "mua/printable.hpp"
#include "mua/screen/direct_colour.hpp"
#include "mua/screen/notify.hpp"

// Last: its macros (move, clear, timeout) are for nobody else.
#include <ncurses.h>

namespace mua::screen {

namespace {

// Above those that ncurses gives to keys of its own accord.
constexpr int kPasteBegins = KEY_MAX + 0x1000;
constexpr int kPasteEnds = KEY_MAX + 0x1001;
constexpr std::size_t kMaxPaste = 4u << 20;
// Explicit mode for terminals that would turn right-to-left text themselves: we have done it.
constexpr const char* kOnEnter = "\033[?2004h\033[8l";
constexpr const char* kOnLeave = "\033[?2004l\033[8h";

struct NamedKey {
  int code;
  const char* name;
};
constexpr std::array kNamedKeys{NamedKey{KEY_UP, "Up"},
                                NamedKey{KEY_DOWN, "Down"},
                                NamedKey{KEY_LEFT, "Left"},
                                NamedKey{KEY_RIGHT, "Right"},
                                NamedKey{KEY_HOME, "Home"},
                                NamedKey{KEY_END, "End"},
                                NamedKey{KEY_PPAGE, "PgUp"},
                                NamedKey{KEY_NPAGE, "PgDn"},
                                NamedKey{KEY_IC, "Insert"},
                                NamedKey{KEY_DC, "Delete"},
                                NamedKey{KEY_BTAB, "BackTab"},
                                NamedKey{KEY_ENTER, "Enter"},
                                NamedKey{KEY_BACKSPACE, "Backspace"}};

std::string name_of_function_key(int code) {
  for (const NamedKey& key : kNamedKeys) {
    if (key.code == code) return key.name;
  }
  if (code > KEY_F0 && code <= KEY_F(12)) return "F" + std::to_string(code - KEY_F0);
  return "";
}

std::string name_of_character(wint_t c) {
  switch (c) {
    case '\r':
    case '\n': return "Enter";
    case '\t': return "Tab";
    case 0x1B: return "Esc";
    case 0x08:
    case 0x7F: return "Backspace";
    case ' ': return "Space";
    case 0: return "C-Space";
    default: break;
  }
  if (c < 0x20) return std::string("C-") + static_cast<char>(c + (c <= 26 ? 'a' - 1 : '@'));
  utf8proc_uint8_t octets[4];
  const auto size = utf8proc_encode_char(static_cast<utf8proc_int32_t>(c), octets);
  return {reinterpret_cast<const char*>(octets), static_cast<std::size_t>(size)};
}

/// The glyph as wide characters that this terminal's library takes to be as wide as we do.
std::array<wchar_t, CCHARW_MAX + 1> wide(const Cell& cell) {
  std::array<wchar_t, CCHARW_MAX + 1> out{};
  std::size_t count = 0;
  std::string_view text = cell.text;
  while (!text.empty() && count < CCHARW_MAX - 1) {
    utf8proc_int32_t code = 0;
    const auto size = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                       static_cast<utf8proc_ssize_t>(text.size()), &code);
    if (size <= 0) break;
    text.remove_prefix(static_cast<std::size_t>(size));
    const auto c = static_cast<wchar_t>(code);
    const int width = wcwidth(c);
    if (count == 0) {
      out[count++] = width <= 0 || width > cell.width ? L'\xFFFD' : c;
    } else if (width == 0) {
      out[count++] = c;
    }
  }
  return out;
}

short pair_of(Style style) {
  return static_cast<short>(1 + 2 * static_cast<int>(style.tone) + (style.chosen ? 1 : 0));
}

attr_t attributes_of(const Look& look) {
  return (look.bold ? A_BOLD : A_NORMAL) | (look.dim ? A_DIM : A_NORMAL) |
         (look.underlined ? A_UNDERLINE : A_NORMAL) | (look.reversed ? A_REVERSE : A_NORMAL);
}

bool has_capability(const char* name) {
  const char* sequence = tigetstr(name);
  return sequence != nullptr && sequence != reinterpret_cast<const char*>(-1);
}

void say(const std::string& octets) {
  std::fputs(octets.c_str(), stdout);
  std::fflush(stdout);
}

/// As the terminal counts colours, which may be more than 256.
int number_of(Colour colour) {
  if (colour < 8 || COLORS < kRgb) return colour;
  // Below 8 are the terminal's own.
  return std::max(static_cast<int>(rgb_of(colour)), 8);
}

/// Characters are UTF-8 here; a locale that knows no UTF-8 is set aside.
void choose_locale() {
  std::setlocale(LC_ALL, "");
  if (std::strcmp(nl_langinfo(CODESET), "UTF-8") != 0) std::setlocale(LC_CTYPE, "C.UTF-8");
  std::setlocale(LC_NUMERIC, "C");
}

}  // namespace

struct CursesScreen::Terminal {
  SCREEN* screen = nullptr;
  Palette palette = Palette::kNone;
  Theme theme = default_theme();
  Canvas shown{Size{1, 1}};
  bool all_anew = true;

  void paint_row(const Canvas& picture, int row) const {
    for (int column = 0; column < picture.size().columns; ++column) {
      const Cell& cell = picture.at({row, column});
      if (cell.width == 0) continue;
      const auto text = wide(cell);
      cchar_t out;
      const bool coloured = palette != Palette::kNone;
      setcchar(&out, text.data(), attributes_of(look(theme, cell.style, palette)),
               coloured ? pair_of(cell.style) : static_cast<short>(0), nullptr);
      mvadd_wch(row, column, &out);
      if (cell.width == 2 && wcwidth(text[0]) == 1) mvaddch(row, column + 1, ' ');
    }
  }

  bool same_row(const Canvas& picture, int row) const {
    for (int column = 0; column < picture.size().columns; ++column) {
      if (picture.at({row, column}) != shown.at({row, column})) return false;
    }
    return true;
  }

  void make_pairs() const {
    for (int tone = 0; tone < static_cast<int>(Tone::kCount); ++tone) {
      for (const bool chosen : {false, true}) {
        const Style style{static_cast<Tone>(tone), chosen};
        const Look seen = look(theme, style, palette);
        init_extended_pair(pair_of(style), number_of(seen.foreground), number_of(seen.background));
      }
    }
  }
};

CursesScreen::CursesScreen() : terminal_(std::make_unique<Terminal>()) {
  if (isatty(STDIN_FILENO) == 0 || isatty(STDOUT_FILENO) == 0) {
    throw Failure(ExitCode::kUsage, "the full screen needs a terminal",
                  "Run mua --help for the commands that work in scripts.");
  }
  choose_locale();
  const char* no_color = std::getenv("NO_COLOR");
  const DirectColour direct(no_color ? no_color : "");
  terminal_->screen = newterm(nullptr, stdout, stdin);
  if (!terminal_->screen || !has_capability("cup")) {
    if (terminal_->screen) endwin();
    throw Failure(ExitCode::kUsage,
                  terminal_->screen ? "this terminal (TERM) can't place a cursor"
                                    : "nothing is known about this terminal (TERM)",
                  "mua --plain works in any terminal, line by line.");
  }
  set_escdelay(25);
  raw();
  noecho();
  nonl();
  keypad(stdscr, TRUE);
  nodelay(stdscr, TRUE);
  define_key("\033[200~", kPasteBegins);
  define_key("\033[201~", kPasteEnds);
  mousemask(BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED, nullptr);
  mouseinterval(0);
  if (has_colors() && start_color() == OK) {
    use_default_colors();
    terminal_->palette = palette_for(no_color ? no_color : "", COLORS);
    if (terminal_->palette != Palette::kNone) terminal_->make_pairs();
  }
  say(kOnEnter);
}

CursesScreen::~CursesScreen() {
  leave();
  if (terminal_->screen) delscreen(terminal_->screen);
}

Size CursesScreen::size() const { return {LINES, COLS}; }

int CursesScreen::file() const { return STDIN_FILENO; }

void CursesScreen::show(const Canvas& picture) {
  const bool anew = terminal_->all_anew || picture.size() != terminal_->shown.size();
  if (anew) clear();
  for (int row = 0; row < std::min(picture.size().rows, LINES); ++row) {
    if (anew || !terminal_->same_row(picture, row)) terminal_->paint_row(picture, row);
  }
  terminal_->shown = picture;
  terminal_->all_anew = false;
  curs_set(picture.cursor ? 1 : 0);
  if (picture.cursor) move(picture.cursor->row, picture.cursor->column);
  refresh();
}

std::optional<Event> CursesScreen::next_event() {
  wint_t c = 0;
  const int kind = get_wch(&c);
  if (kind == ERR) return std::nullopt;
  if (kind == KEY_CODE_YES) {
    const int code = static_cast<int>(c);
    if (code == KEY_RESIZE) return Resized{};
    if (code == KEY_MOUSE) return read_mouse();
    if (code == kPasteBegins) return Pasted{read_paste()};
    const std::string name = name_of_function_key(code);
    return name.empty() ? next_event() : Event{Key{name}};
  }
  if (c == 0x1B) {
    wint_t next = 0;
    const bool follows = get_wch(&next) == OK;
    if (follows && next != 0x1B) return Key{"M-" + name_of_character(next)};
    if (follows) unget_wch(0x1B);  // Esc twice
  }
  return Key{name_of_character(c)};
}

std::optional<Event> CursesScreen::read_mouse() {
  MEVENT event;
  if (getmouse(&event) != OK) return next_event();
  Mouse mouse;
  mouse.at = {event.y, event.x};
  if (event.bstate & BUTTON4_PRESSED) mouse.action = Mouse::Action::kWheelUp;
  if (event.bstate & BUTTON5_PRESSED) mouse.action = Mouse::Action::kWheelDown;
  return mouse;
}

std::string CursesScreen::read_paste() {
  std::string text;
  // The end may be a read away; a terminal that never sends it must not hold us.
  timeout(200);
  wint_t c = 0;
  for (int kind = get_wch(&c); kind != ERR && text.size() < kMaxPaste; kind = get_wch(&c)) {
    if (kind == KEY_CODE_YES && static_cast<int>(c) == kPasteEnds) break;
    if (kind == KEY_CODE_YES) continue;
    const bool line_end = c == '\r' || c == '\n';
    text += line_end                ? "\n"
            : c == '\t'             ? "\t"
            : c < 0x20 || c == 0x7F ? ""
            : c == ' '              ? " "
                                    : name_of_character(c);
  }
  nodelay(stdscr, TRUE);
  return text;
}

void CursesScreen::leave() {
  if (isendwin()) return;
  say(kOnLeave);
  curs_set(1);
  endwin();
}

void CursesScreen::enter() {
  say(kOnEnter);
  terminal_->all_anew = true;
  measure();
  refresh();
}

void CursesScreen::ring() { beep(); }

void CursesScreen::notify(const std::string& title, const std::string& body) {
  const char* term = std::getenv("TERM");
  say(terminal_note(term ? term : "", printable(title), printable(body)));
}

void CursesScreen::set_theme(const Theme& theme) {
  terminal_->theme = theme;
  terminal_->all_anew = true;
  if (terminal_->palette != Palette::kNone) terminal_->make_pairs();
}

void CursesScreen::leave_mouse() { mousemask(0, nullptr); }

void CursesScreen::measure() {
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0) {
    resizeterm(size.ws_row, size.ws_col);
  }
  terminal_->all_anew = true;
}

}  // namespace mua::screen
