"""The numbers that Word writes itself before paragraphs of lists: their text is in no cell."""

from collections.abc import Mapping
from typing import Final

from msgspec import Struct, field

from parindex.office.xlsx.ooxml_zip import Listener
from parindex.office.xlsx.sheet import whole

_MOST_LISTS: Final = 20_000
_LEVELS: Final = 9
_LARGEST: Final = 9999
_ROMAN: Final = (
    ("m", 1000),
    ("cm", 900),
    ("d", 500),
    ("cd", 400),
    ("c", 100),
    ("xc", 90),
    ("l", 50),
    ("xl", 40),
    ("x", 10),
    ("ix", 9),
    ("v", 5),
    ("iv", 4),
    ("i", 1),
)


class _Level(Struct):
    """A level of a list: how it writes its number, and where it begins."""

    format: str = "decimal"
    text: str = ""
    start: int = 1
    is_legal: bool = False


class _List(Struct):
    """A list in use: the levels that it goes by, and those that it changes."""

    abstract: str = ""
    starts: dict[int, int] = field(default_factory=dict)


class Lists(Listener):
    """Reads what lists there are, and counts their paragraphs as Word does.

    Paragraphs of one abstract list count on together, a level begins anew behind
    a higher one, and a list that says where it starts begins anew once.
    """

    def __init__(self) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, _List] = {}
        self._styles: dict[str, tuple[str, str]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._started: set[tuple[str, int]] = set()
        self._abstract = self._number = self._style = ""
        self._level = 0
        self._id = self._depth = ""

    def start(self, name: str, said: Mapping[str, str], /) -> None:
        """An element of the styles or of the lists begins."""
        name = name.rpartition(":")[2]
        told = {key.rpartition(":")[2]: value for key, value in said.items()}
        value = told.get("val", "")
        if name == "style":
            self._style = told.get("styleId", "")
        elif name in ("numId", "ilvl") and self._style:
            number, depth = self._styles.get(self._style, ("", ""))
            self._styles[self._style] = (value, depth) if name == "numId" else (number, value)
        elif name == "abstractNum":
            self._abstract, self._number, self._style = told.get("abstractNumId", ""), "", ""
        elif name == "num":
            self._number = told.get("numId", "")
            if len(self._lists) < _MOST_LISTS:
                self._lists[self._number] = _List()
        elif name == "abstractNumId" and self._number in self._lists:
            self._lists[self._number].abstract = value
        elif name in ("lvl", "lvlOverride"):
            self._level = whole(told.get("ilvl", ""), 0)
        elif name == "startOverride" and self._number in self._lists:
            self._lists[self._number].starts[self._level] = min(whole(value, 1), _LARGEST)
        elif self._abstract and not self._number and self._level < _LEVELS:
            self._of_level(name, value)

    def _of_level(self, name: str, value: str) -> None:
        level = self._levels.setdefault(self._abstract, {}).setdefault(self._level, _Level())
        if name == "numFmt":
            level.format = value
        elif name == "lvlText":
            level.text = value[:100]
        elif name == "start":
            level.start = min(whole(value, 1), _LARGEST)
        elif name == "isLgl":
            level.is_legal = value not in ("0", "false")

    def paragraph(self, name: str, value: str) -> None:
        """A paragraph of the document begins, or says which list and level it is of."""
        if name == "p":
            self._id, self._depth = "", ""
        elif name == "pStyle":
            self._id, self._depth = self._styles.get(value, ("", ""))
        elif name == "numId":
            self._id = value
        elif name == "ilvl":
            self._depth = value

    def take_number(self) -> str:
        """The number before the words of the paragraph, the first time that it is asked for."""
        found, depth = self._lists.get(self._id), whole(self._depth, 0)
        levels = self._levels.get(found.abstract, {}) if found else {}
        number, self._id = self._id, ""
        if found is None or depth not in levels:
            return ""
        counts = self._counts.setdefault(found.abstract, {})
        if depth in found.starts and (number, depth) not in self._started:
            self._started.add((number, depth))
            counts[depth] = found.starts[depth]
        else:
            counts[depth] = counts[depth] + 1 if depth in counts else levels[depth].start
        for deeper in [level for level in counts if level > depth]:
            del counts[deeper]
        said = levels[depth].text
        for level in range(depth + 1):
            each = levels.get(level, _Level())
            form = "decimal" if levels[depth].is_legal else each.format
            said = said.replace(f"%{level + 1}", _written(counts.get(level, each.start), form))
        return "-" if levels[depth].format == "bullet" else said.strip()


def _written(count: int, form: str) -> str:
    """A number in the form of a list."""
    if form in ("upperLetter", "lowerLetter"):
        letters = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letters.upper() if form == "upperLetter" else letters
    if form in ("upperRoman", "lowerRoman"):
        letters = ""
        for roman, worth in _ROMAN:
            letters += roman * (count // worth)
            count %= worth
        return letters.upper() if form == "upperRoman" else letters
    if form == "decimalZero":
        return f"{count:02}"
    return "" if form in ("none", "bullet") else str(count)
