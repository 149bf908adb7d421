"""A terminal's screen as an SVG: what tmux captured with its colours (capture-pane -e), cell by cell."""

import re
import unicodedata
from html import escape

CELL, LINE, MARGIN = 8.4, 18, 12
BACKGROUND, FOREGROUND = "#16181d", "#d5d8de"
BASIC = ["#2a2e37", "#e06c75", "#98c379", "#e5c07b", "#61afef", "#c678dd", "#56b6c2", "#c8ccd4",
         "#5c6370", "#ef8891", "#b0d795", "#f0d399", "#82c1f5", "#d79bec", "#7fcdd8", "#ffffff"]
SEQUENCE = re.compile(r"\x1b\[([0-9;:]*)m|\x1b[()][0-9A-B]|\x0e|\x0f")


def colour_of(number):
    """Of the 256."""
    if number < 16:
        return BASIC[number]
    if number >= 232:
        return "#" + f"{8 + 10 * (number - 232):02x}" * 3
    levels = [0, 95, 135, 175, 215, 255]
    number -= 16
    return "#" + "".join(f"{levels[part]:02x}" for part in (number // 36, number // 6 % 6, number % 6))


class Look:
    def __init__(self):
        self.foreground, self.background, self.on = None, None, set()

    def apply(self, parameters):
        codes = [int(code or 0) for code in re.split("[;:]", parameters)] if parameters else [0]
        while codes:
            code = codes.pop(0)
            if code == 0:
                self.__init__()
            elif code in (1, 2, 3, 4, 7):
                self.on.add(code)
            elif code in (22, 23, 24, 27):
                self.on -= {22: {1, 2}, 23: {3}, 24: {4}, 27: {7}}[code]
            elif code in (38, 48):
                colour = colour_of(codes[1]) if codes[0] == 5 else "#" + "".join(f"{part:02x}" for part in codes[1:4])
                codes = codes[2:] if codes[0] == 5 else codes[4:]
                self.set(code == 38, colour)
            elif code in (39, 49):
                self.set(code == 39, None)
            elif 30 <= code <= 47 or 90 <= code <= 107:
                bright = code >= 90
                base = code - (90 if bright else 30)
                self.set(base < 10, BASIC[base % 10 + (8 if bright else 0)])

    def set(self, foreground, colour):
        if foreground:
            self.foreground = colour
        else:
            self.background = colour

    def style(self):
        front, back = self.foreground or FOREGROUND, self.background or BACKGROUND
        if 7 in self.on:
            front, back = back, front
        return front, back, frozenset(self.on & {1, 2, 3, 4})


def kind_of(character):
    """What is set together: lines are drawn, and wide characters have another font."""
    if character in "│─":
        return character
    return "wide" if unicodedata.east_asian_width(character) in "WF" else ""


def runs_of(line, look):
    """(column, columns, text, (foreground, background, attributes, kind)) of what looks the same."""
    runs, column, at = [], 0, 0
    while at < len(line):
        found = SEQUENCE.match(line, at)
        if found:
            if found[1] is not None:
                look.apply(found[1])
            at = found.end()
            continue
        character = line[at]
        style = (*look.style(), kind_of(character))
        width = 0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        if runs and runs[-1][3] == style and runs[-1][0] + runs[-1][1] == column:
            runs[-1] = (runs[-1][0], runs[-1][1] + width, runs[-1][2] + character, style)
        else:
            runs.append((column, width, character, style))
        column, at = column + width, at + 1
    return runs


def svg(captured, columns, rows, title):
    width, height = columns * CELL + 2 * MARGIN, rows * LINE + 2 * MARGIN
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}" '
           f'font-family="DejaVu Sans Mono, Noto Sans Mono CJK KR, Menlo, Consolas, monospace" font-size="14" xml:space="preserve">',
           f"<title>{escape(title)}</title>",
           f'<rect width="100%" height="100%" rx="8" fill="{BACKGROUND}"/>']
    look = Look()
    for row, line in enumerate(captured.split("\n")[:rows]):
        for column, count, text, (front, back, on, kind) in runs_of(line, look):
            x, y = MARGIN + column * CELL, MARGIN + row * LINE
            if back != BACKGROUND:
                out.append(f'<rect x="{x:g}" y="{y:g}" width="{count * CELL:g}" height="{LINE}" fill="{back}"/>')
            if not text.strip():
                continue
            if kind and kind in "│─":
                across = kind == "─"
                left, top = (x, y + LINE / 2) if across else (x + CELL / 2, y)
                size = (count * CELL, 1) if across else (1, LINE)
                out.append(f'<rect x="{left:g}" y="{top:g}" width="{size[0]:g}" height="{size[1]:g}" fill="{front}" opacity="0.6"/>')
                continue
            more = ' font-weight="bold"' if 1 in on else ""
            more += ' opacity="0.65"' if 2 in on else ""
            more += ' text-decoration="underline"' if 4 in on else ""
            out.append(f'<text x="{x:g}" y="{y + 13.5:g}" textLength="{count * CELL:g}" lengthAdjust="spacingAndGlyphs" '
                       f'fill="{front}"{more}>{escape(text)}</text>')
    return "\n".join([*out, "</svg>", ""])
