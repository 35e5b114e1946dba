"""Names most like one that was not found, for "did you mean"."""

from collections.abc import Iterable
from typing import Final

_MOST: Final = 500
"""Names that are compared at the most: one comparison takes some 20 µs."""


def near(word: str, words: Iterable[str]) -> str:
    """Up to three names like `word`, the most similar first, or an empty text."""
    from difflib import get_close_matches
    from itertools import islice

    alike = (name for name in words if abs(len(name) - len(word)) <= max(2, len(word) // 4))
    return ", ".join(get_close_matches(word, list(islice(alike, _MOST))))
