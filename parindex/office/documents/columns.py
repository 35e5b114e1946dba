"""How wide the columns of a table on paper are, and how large its letters.

Widths are in thousandths of the letter size, those of bold Times New Roman, which fonts of its
kind share; nothing is cut off where another is wider, a line only breaks earlier.
"""

import re
from collections.abc import Sequence
from typing import Final
from unicodedata import normalize

from parindex.tables.table import Column

PORTRAIT: Final = 467
LANDSCAPE: Final = 728
"""Points between the margins of A4, upright and across."""
PADDING: Final = 11
"""Points at the sides of a cell together, and a little more for what estimates lack."""
SIZES: Final = (12, 11, 10, 9, 8, 7)
"""Sizes of letters, the first of which all columns fit in; on pages across without the largest."""
_LONGEST_WORD: Final = 7_000
_TO_READ: Final = 11_000  # a column of text is at least so wide, if it has so much
_TO_FILL_IN: Final = 6_000  # an empty column of text waits for a pen
_LONGEST_LINE: Final = 36_000
_HEADER_LINES: Final = 3
_LONG_HEADER: Final = 12_000
_LONG_HEADER_LINES: Final = 9
"""A heading of a whole sentence, such as the name of an area, may take many lines."""
_WIDTHS: Final = {
    letter: width
    for width, letters in (
        (220, "|"),
        (250, " .,\u00a0"),
        (278, "'/\\il"),
        (333, "!()-:;[]`fjt"),
        (389, "Is"),
        (444, "cerz"),
        (500, "#$*0123456789?J_agovxyơ–"),
        (556, '"+<=>≤≥Sbdhknpquđư'),
        (611, "FP"),
        (667, "BELTZ"),
        (722, "ACDNRUVXYwĐƯ"),
        (778, "GHKOQƠ"),
        (833, "m&"),
        (944, "M"),
        (1000, "%W@—…"),
    )
    for letter in letters
}
_OTHER: Final = 722
_FALLBACK: Final = 150
_ROOM_LEFT: Final = 104  # percent
_BREAKS: Final = re.compile(r"[^\S\u00a0]+")
"""Where a line may break: any space but one that joins."""


def table_columns(
    columns: Sequence[Column],
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    wide: bool,
) -> tuple[int, tuple[int, ...]]:
    """The size of the letters, and the width of each column; they fill the page."""
    room = LANDSCAPE if wide else PORTRAIT
    cells = list(zip(*rows, strict=True)) if rows else [()] * len(columns)
    cells = [_words(e) if c.kind == "number" else e for c, e in zip(columns, cells, strict=True)]
    least = [_least(title, texts) for title, texts in zip(header, cells, strict=True)]
    empty = [c.kind == "text" and not any(texts) for c, texts in zip(columns, cells, strict=True)]
    least = [max(e, _TO_FILL_IN * fill) for e, fill in zip(least, empty, strict=True)]
    wanted = [max(each) for each in zip(least, map(_wanted, header, cells), strict=True)]
    inner = room - PADDING * len(columns)
    sizes = SIZES[1:] if wide else SIZES
    size = next((size for size in sizes if sum(least) * size <= inner * 1000), sizes[-1])
    texts = [column.kind == "text" for column in columns]
    return size, _shared(
        room,
        [each * size // 1000 + PADDING for each in least],
        [each * size // 1000 + PADDING for each in wanted],
        texts if any(texts) else [True] * len(columns),
    )


def _words(texts: Sequence[str]) -> tuple[str, ...]:
    """Texts beside figures word by word: a line may break between a figure and its remark."""
    return tuple(word for text in texts for word in _BREAKS.split(text))


def _shared(room: int, least: list[int], wanted: list[int], texts: list[bool]) -> tuple[int, ...]:
    """Widths that add up to `room`: what is needed, then what is wanted, the rest to the texts."""
    widths = _spread(min(room, sum(least)), least) if sum(least) > room else list(least)
    missing = [want - width for want, width in zip(wanted, widths, strict=True)]
    left = room - sum(widths)
    if left and sum(missing) > 0:
        given = _spread(min(left, sum(missing)), missing)
        widths = [width + more for width, more in zip(widths, given, strict=True)]
        left = room - sum(widths)
    weights = [width if text else width // 3 for width, text in zip(widths, texts, strict=True)]
    rest = _spread(left, weights)
    return tuple(width + more for width, more in zip(widths, rest, strict=True))


def _spread(amount: int, weights: list[int]) -> list[int]:
    """The amount in whole parts by weight; not one point is lost."""
    parts, given, seen, total = [], 0, 0, max(sum(weights), 1)
    for weight in weights:
        seen += weight
        parts.append(amount * seen // total - given)
        given += parts[-1]
    return parts


def _least(title: str, texts: Sequence[str]) -> int:
    """What a column cannot do without: whole figures and codes, whole words, a short header."""
    words = max(map(_length, _BREAKS.split(title)), default=0)
    whole = _length(title)
    lines = _HEADER_LINES if whole < _LONG_HEADER else _LONG_HEADER_LINES
    least = max(min(words, _LONGEST_WORD), whole // lines)
    longest = max(map(_length, texts), default=0)
    return max(least, min(longest, _TO_READ))


def _wanted(title: str, texts: Sequence[str]) -> int:
    return max(
        min(_length(title) // 2, _LONGEST_LINE // 4),
        min(max(map(_length, texts), default=0), _LONGEST_LINE),
    )


def _length(text: str) -> int:
    """How wide a text is in bold; marks over and under letters take nothing.

    Letters with marks may come from another font, which is wider, and all have some room left.
    """
    return sum(map(_width, text)) * _ROOM_LEFT // 100


def _width(letter: str) -> int:
    if width := _WIDTHS.get(letter):
        return width
    return _WIDTHS.get(normalize("NFD", letter)[0], _OTHER) + _FALLBACK
