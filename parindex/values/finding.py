"""Faults and doubts: each with a stable code, a place, and the words for it.

A finding says what is wrong and where; the table of all codes, with their
meaning and how to mend them, is `parindex.findings`.
"""

from collections.abc import Mapping
from importlib import import_module
from typing import Any, Literal, Protocol

from msgspec import Struct

from parindex.values.brief import brief
from parindex.values.language import LanguageCode, language

Severity = Literal["error", "warning", "info"]
Path = tuple[str | int, ...]
"""The way to a value inside a document: keys and positions, outermost first."""


class Place(Struct, frozen=True, order=True):
    """The place of something in a file: line and column from 1, or 0 for the whole file.

    In a table the column is that of the cell. A JSON file has a `pointer`
    (RFC 6901) instead, and `steps`, the position of each of its steps, by
    which places sort in the order of the file. What was given in memory has no `file`;
    of a table in memory `line` is the row from 1, and 0 for its heading. Of a cell of an official
    table `heading` is what its column is headed there.
    """

    file: str
    line: int = 0
    column: int = 0
    steps: tuple[int, ...] = ()
    pointer: str = ""
    heading: str = ""

    def __str__(self) -> str:
        at = self.pointer or (f"{self.line}:{self.column}" if self.line else "")
        return f"{self.file}:{at}" if self.file and at else self.file or at


class Places(Protocol):
    """What finds the place of a value of a document."""

    def locate(self, path: Path, *, key: bool = False) -> Place:
        """The place of the value at `path`, or of its key; else of the nearest one around it."""


class Finding(Struct, frozen=True):
    """One fault or doubt. `where` is a criterion's code or a field's name, or empty.

    >>> parindex.Finding("P108", "", {"found": "leval", "near": "level"}).message("vi")
    'không có mục tên này ở đây (đang ghi: leval; có phải muốn ghi: level)'

    Its words are in the catalog of findings, a floor above, and asked for by name.
    """

    code: str
    where: str = ""
    parameters: Mapping[str, str] = {}
    path: Path = ()
    place: Place | None = None

    def message(self, lang: LanguageCode = "en") -> str:
        """What it says, in a language, without its place and code.

        >>> Finding("P108", "", {"found": "leval", "near": "level"}).message()
        'this field does not belong here (found: leval; did you mean: level)'
        """
        text: str = _catalog().message(self, language(lang))
        return text

    @property
    def severity(self) -> Severity:
        """How grave it is: `error`, `warning` or `info`."""
        found: Severity = _catalog().severity(self)
        return found

    def to_dict(self, lang: LanguageCode = "en") -> dict[str, Any]:
        """Itself as `parindex check --format json` gives it; its words in a language."""
        record: dict[str, Any] = import_module("parindex.render.as_data").finding_data(self, lang)
        return record

    def __repr__(self) -> str:
        told = (f"{key}={value}" for key, value in self.parameters.items())
        return brief(self, self.code, self.where or None, self.place, *told)


def in_file(finding: Finding) -> Place:
    """What findings are sorted by: their place, and those without one first."""
    return finding.place or _NOWHERE


def _catalog() -> Any:
    return import_module("parindex.findings")


_NOWHERE = Place("")
