"""Names of sheets that every spreadsheet program takes, whatever the text they come from."""

import re

from parindex.values.escaping import cell_text

_MOST = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]+")
_RESERVED = "history"


class Tabs:
    """Gives out names, each only once; capitals do not tell two apart."""

    def __init__(self) -> None:
        self._taken: set[str] = {_RESERVED}

    def name(self, text: str) -> str:
        """The text as a name: at most 31 letters, with a number where it is taken."""
        clean = " ".join(_FORBIDDEN.sub(" ", cell_text(text)).split())
        bare = _cut(clean, _MOST) or "–"
        found, count = bare, 1
        while found.casefold() in self._taken:
            count += 1
            end = f" ({count})"
            found = f"{_cut(bare, _MOST - len(end))}{end}"
        self._taken.add(found.casefold())
        return found


def _cut(text: str, most: int) -> str:
    """The beginning of a text, counted as these programs do: a letter beyond U+FFFF is two."""
    size = 0
    for at, letter in enumerate(text):
        size += 2 if ord(letter) > 0xFFFF else 1  # noqa: PLR2004
        if size > most:
            text = text[:at]
            break
    return text.strip(" '")
