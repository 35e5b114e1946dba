"""How wide the columns of a table on paper are, and how large its letters.

Widths are estimated in thousandths of the letter size (of Times New Roman, roughly);
nothing is cut off where an estimate is wrong, a line only breaks earlier.
"""

from collections.abc import Sequence
from typing import Final

from parindex.tables.table import Column

PORTRAIT: Final = 467
LANDSCAPE: Final = 728
"""Points between the margins of A4, upright and across."""
PADDING: Final = 10
"""Points at the sides of a cell together, and a little more for what estimates lack."""
SIZES: Final = (12, 11, 10, 9, 8, 7)
"""Sizes of letters, the first of which all columns fit in; on pages across without the largest."""
_BOLD: Final = 108  # percent of the width of an upright letter
_LONGEST_WORD: Final = 7_000
_TO_READ: Final = 11_000  # a column of text is at least so wide, if it has so much
_TO_FILL_IN: Final = 6_000  # an empty column of text waits for a pen
_LONGEST_LINE: Final = 36_000
_HEADER_LINES: Final = 3
_NARROW: Final = frozenset("ijltfrI.,;:'|!()[]/ -ìíỉĩị")
_BROAD: Final = frozenset("mwMW%@—…")


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
    words = max((_length(word) for word in title.split()), default=0)
    least = max(min(words, _LONGEST_WORD), _length(title) // _HEADER_LINES)
    longest = max(map(_length, texts), default=0)
    return max(least, min(longest, _TO_READ))


def _wanted(title: str, texts: Sequence[str]) -> int:
    return max(_length(title) // 2, min(max(map(_length, texts), default=0), _LONGEST_LINE))


def _length(text: str) -> int:
    units = sum(
        300 if letter in _NARROW else 850 if letter in _BROAD else 720 if letter.isupper() else 500
        for letter in text
    )
    return units * _BOLD // 100
