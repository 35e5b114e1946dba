"""Whether a table is one that columns may read: looked at in pieces, so that it needs no memory."""

from typing import Final

from parindex.reading.source import Lines

MOST_BYTES: Final = 128 * 1024 * 1024
"""Bytes that columns hold at once."""
LONGEST: Final = 16 * 1024
"""Bytes of a line: less than any cell may have."""
_PIECE: Final = 1024 * 1024


def is_plain(stream: Lines) -> bool:
    """Whether the lines of a table are short, and end as lines do; the stream is at its start again.

    What is longer or stranger is for the row reader, which says what is wrong with it.
    """
    stream.seek(0)
    rest = b""
    whole = True
    while whole and (piece := stream.read(_PIECE)):
        text = rest + piece
        whole = _has_lines(text) and b"\0" not in piece
        end = text.rfind(b"\n") + 1
        rest = text[end:]
        whole &= text.count(b"\r", 0, end) == text.count(b"\r\n", 0, end)
    stream.seek(0)
    return whole and b"\r" not in rest


def _has_lines(text: bytes) -> bool:
    """Whether no line is too long; where all are short only some of their ends are looked at."""
    at = 0
    while len(text) - at > LONGEST:
        end = text.rfind(b"\n", at, at + LONGEST)
        if end < 0:
            return False
        at = end + 1
    return True
