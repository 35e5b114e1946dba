"""Texts and bytes that break programs: numbers without end, marks, codes of terminals, other encodings."""

import re
from random import Random
from typing import Final

SIZES: Final = (2, 39, 41, 256, 4_301, 20_001, 70_000, 300_000)
_LISTED: Final = """
NaN nan inf -inf Infinity sNaN 1e9 1e999999999 1E-7 -0 0x10 0o7 0b1 1_000 1.234.567 1,234 12,5 ٣
１２ ½ 0/0 1/0 1/3 100% 101% -1 1e400 0.00000000000000000000000000000000001 99999999999999999999
1000000000000 true false null ~ yes on 31/02/2024 29/2/2023 0000-00-00 0001-01-01 9999-12-31
10000-01-01 2024-02-30 1/1/1 31/12/9999 =1+1 +1 @SUM(A1) ;=1+1 =cmd|'/C%20calc'!A0
../../etc/passwd /dev/zero /dev/stdin /proc/self/mem / . .. ~/x C:\\Windows \\\\host\\share
file:///etc/passwd http://localhost:1/ NUL CON -- --help * ? <b>x</b> <!-- ]]> {{7*7}} {%for%}
{%p ${x} %s%n {0.__class__} {cause} {found} \\textbf{x} #import $x$ *_` | & &amp; &#0;
not_applicable no_evidence unknown self final province vn-province-2018 kind points unit year
set base scheme format 1 1.1 1.1.1.1 0 00 01 1. .1 A B C ² ³ ₫ ǅ ß ẞ İ ı
"""
_WORDS: Final = tuple(_LISTED.split())
_MILD: Final = (
    *("0", "0.5", "1", "2", "3", "10", "99%", "0%", "100", "2018", "2024", "self", "appraised"),
    *("unknown", "no_evidence", "not_applicable", "1.1", "2", "a", "on_time", "province", "true"),
    *(
        "department",
        "0.001",
        "1/3",
        "2018-12-31",
        "half-even",
        "total",
        "leaf",
        "",
        "reduce-maximum",
    ),
)
_CODES: Final = (
    "",
    " ",
    "\x00",
    "\x1b[31mred",
    "\x1b]52;c;aGk=\x07",
    "\x9b31m",
    "\u202egnp.exe",
    "\u2028",
    "\ufeff",
    "\ud800",
    "\udc80",
    "\ufffe",
    "\U0010ffff",
    "a\nb",
    "a\rb",
    "a\tb",
    "\x85",
    "\xa0",
    "{% for x in [1] %}",
    "{{ unit }} {# x #}",
    '=HYPERLINK("http://x","y")',
    "\u0644\u0301\u0301\u0f72x",
)
_PARTS: Final = (
    "9",
    "0",
    "1.",
    "0.0",
    "x",
    "[",
    "{",
    "{a: ",
    "- ",
    "\n",
    " ",
    '"',
    ",",
    ";",
    "a\u0323\u0302\u0301",
    "\u0301\u0323",
    "ế",
    "đ ",
    "👩‍👩‍👧",
    "<a>",
    "*",
    "1,",
    "\u202e",
    "#",
    "/x",
)
_LONG: Final = 1_000
_ENCODINGS: Final = (
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-8-sig",
    "utf-32",
    "cp1258",
    "latin-1",
    "utf-7",
    "cp1252",
)
_MARKS: Final = (
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\xfe\xff",
    b"\x00",
    b"\xff",
    b"\xed\xa0\x80",
    b"\xc3",
    b"PK\x03\x04",
)


def changes(random: Random) -> int:
    """How many changes a file gets: mostly one, so that what is behind it is reached."""
    return random.choice((1, 1, 1, 1, 2, 4))


def nasty(random: Random) -> str:
    """A text that few programs expect, or one that they do at another place."""
    kind = random.randrange(20)
    if kind >= 10:
        return random.choice(_MILD)
    if kind < 5:
        return random.choice(_WORDS)
    if kind < 8:
        return random.choice(_CODES)
    part, size = random.choice(_PARTS), random.choice(SIZES)
    return (part * size)[:size]


def token_changed(random: Random, text: str) -> str:
    """The text with one word or number in it put in other words."""
    tokens = [*re.finditer(r"[^\s,;:{}\[\]\"]+", text[:100_000])]
    if not tokens:
        return nasty(random)
    found = random.choice(tokens)
    return f"{text[: found.start()]}{nasty(random)}{text[found.end() :]}"


def lines_changed(random: Random, text: str) -> str:
    """The text with lines dropped, doubled, swapped, joined or moved to the right."""
    lines = text.splitlines(keepends=True) or [""]
    one, other = random.randrange(len(lines)), random.randrange(len(lines))
    match random.randrange(6):
        case 0:
            del lines[one]
        case 1:
            lines.insert(other, lines[one])
        case 2:
            lines[one], lines[other] = lines[other], lines[one]
        case 3:
            lines[one] = lines[one].rstrip("\r\n")
        case 4:
            lines[one] = (
                random.choice((" ", "\t", "  - ", "? ", "# ", "%", "---\n", "...\n")) + lines[one]
            )
        case _:
            lines[one] *= random.choice((2, 50, 2_000)) if len(lines[one]) < _LONG else 2
    return "".join(lines)


def encoded(random: Random, text: str) -> bytes:
    """The text as UTF-8, now and then in another encoding or with other line ends."""
    if random.randrange(30):
        return text.encode("utf-8", "surrogatepass")
    text = text.replace("\n", random.choice(("\r\n", "\r", "\x85", "\u2028", "\n\n")))
    return text.encode(random.choice(_ENCODINGS), "replace")


def bytes_changed(random: Random, data: bytes) -> bytes:
    """The bytes with some flipped, cut, doubled, moved or put in."""
    if not data:
        return random.choice(_MARKS)
    one, other = sorted((random.randrange(len(data)), random.randrange(len(data))))
    return (
        data[:one] + bytes([data[one] ^ 1 << random.randrange(8)]) + data[one + 1 :],
        data[:one],
        data[:one] + data[other:],
        data[:other] + data[one:],
        data[:one] + random.choice(_MARKS) + data[one:],
        data[other:] + data[:one],
    )[random.randrange(6)]
