"""A workbook: its sheets one after another, with the texts and styles that their cells share."""

import posixpath
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from parindex.findings import InputError
from parindex.office.xlsx.cells import Shown, cell_place, hides_numbers, shown_by, text_cell
from parindex.office.xlsx.ooxml_zip import Package
from parindex.office.xlsx.sheet import Known, RichText, Sheet, SheetReader, whole
from parindex.reading.document import fault
from parindex.values.codes import NESTED_TOO_DEEP, TOO_LONG
from parindex.values.finding import Finding, Place

_MOST_CELLS: Final = 200_000
"""Cells that hold something, in one workbook."""
_MOST_SHARED: Final = 200_000
_MOST_LETTERS: Final = 8 * 1024 * 1024
"""Letters of the texts that cells share, and again of what stands in the cells themselves."""
_MOST_SHEETS: Final = 1000
_MOST_STYLES: Final = 70_000
_LONGEST_NAME: Final = 255
_LONGEST_FORMAT: Final = 255
_OLD_FONTS: Final = (".vn", "vni")
"""How the names of fonts of TCVN3 and VNI begin."""


def sheets_of(data: bytes, file: str) -> Iterator[Sheet]:
    """The sheets of a workbook, one after another.

    Raises:
        InputError: it is no workbook, or larger than any of scorecards.
    """
    reader = _Reader(Package(data, file))
    yield from reader.sheets()


class _Reader:
    def __init__(self, package: Package) -> None:
        self._package = package
        self._cells = self._letters = 0
        self._known: Known | None = None
        self._since_1904 = self._is_recalculated = False

    def sheets(self) -> Iterator[Sheet]:
        """The sheets in the order of the workbook; those of charts are passed over."""
        book, found = self._book()
        folder = posixpath.dirname(book)
        targets = self._relations(book)
        for order, (name, id_, state) in enumerate(found):
            kind, target = targets.get(id_, ("", ""))
            if not kind.endswith("/worksheet"):
                continue
            if len(name) > _LONGEST_NAME:
                place = cell_place(self._package.file, f"{name[:40]}…", order)
                told = {"found": str(len(name)), "expected": f"≤ {_LONGEST_NAME}"}
                raise InputError([Finding(TOO_LONG, "", told, place=place)])
            self._known = self._known or self._read_known(folder, targets)
            sheet = Sheet(self._package.file, name, order, state not in ("", "visible"))
            sheet.is_very_hidden = state == "veryHidden"
            self._fill(sheet, _joined(folder, target), self._known)
            yield sheet

    def _book(self) -> tuple[str, list[tuple[str, str, str]]]:
        """The name of the workbook's part; name, id and state of its sheets."""
        kinds = self._relations("") if self._package.has("_rels/.rels") else {}
        targets = (target for kind, target in kinds.values() if kind.endswith("/officeDocument"))
        book = next(targets, "") or "xl/workbook.xml"
        found: list[tuple[str, str, str]] = []

        def start(name: str, said: Mapping[str, str]) -> None:
            if name == "sheet" and len(found) < _MOST_SHEETS:
                id_ = next((value for key, value in said.items() if key.endswith(":id")), "")
                found.append((said.get("name", ""), id_, said.get("state", "")))
            elif name == "workbookPr":
                self._since_1904 = said.get("date1904", "") in ("1", "true")
            elif name == "calcPr":
                self._is_recalculated = said.get("fullCalcOnLoad", "") in ("1", "true")

        self._package.walk(book, start)
        return book, found

    def _relations(self, source: str) -> dict[str, tuple[str, str]]:
        """Kind and target of each relation of a part, by id; those outside are left out."""
        folder, name = posixpath.split(source)
        found: dict[str, tuple[str, str]] = {}

        def start(name: str, said: Mapping[str, str]) -> None:
            if name == "Relationship" and said.get("TargetMode") != "External":
                found[said.get("Id", "")] = (said.get("Type", ""), said.get("Target", ""))

        self._package.walk(posixpath.join(folder, "_rels", f"{name}.rels"), start)
        return found

    def _read_known(self, folder: str, targets: Mapping[str, tuple[str, str]]) -> Known:
        """The texts that cells share, and what their styles make of numbers and letters."""
        texts, styles = _Texts(self._too_much), _Styles()
        for kind, reader in (("/sharedStrings", texts), ("/styles", styles)):
            named = (target for each, target in targets.values() if each.endswith(kind))
            part = next(named, "")
            if part and self._package.has(_joined(folder, part)):
                self._package.walk(_joined(folder, part), reader.start, reader.end, reader.text)
        return Known(
            {str(number): text_cell(text) for number, text in enumerate(texts.found)},
            {str(number): each for number, each in enumerate(styles.shown)},
            self._since_1904,
            frozenset(styles.unseen),
            frozenset(styles.old_fonts),
            self._is_recalculated,
        )

    def _fill(self, sheet: Sheet, part: str, known: Known) -> None:
        most = (_MOST_CELLS - self._cells, _MOST_LETTERS - self._letters)
        reader = SheetReader(sheet, known, most, self._too_much)
        self._package.walk(
            part, reader.start, reader.end, reader.text, is_done=lambda: reader.is_done
        )
        self._cells += reader.count
        self._letters += reader.letters

    def _too_much(self) -> Exception:
        return fault(NESTED_TOO_DEEP, Place(self._package.file), expected=f"≤ {_MOST_CELLS}")


class _Texts:
    """The texts that cells share, in their order."""

    def __init__(self, too_much: Callable[[], Exception]) -> None:
        self.found: list[str] = []
        self._too_much = too_much
        self._rich = RichText(self._is_counted)
        self._letters = 0
        self.start, self.text = self._rich.start, self._rich.text

    def _is_counted(self, letters: int) -> bool:
        self._letters += letters
        if self._letters > _MOST_LETTERS:
            raise self._too_much()
        return True

    def end(self, name: str) -> None:
        """An element ends."""
        self._rich.end(name)
        if name == "si":
            self.found.append(self._rich.take())
            if len(self.found) > _MOST_SHARED:
                raise self._too_much()


class _Styles:
    """The styles of cells, by their number: what they show, those that show nothing, and old fonts."""

    def __init__(self) -> None:
        self.shown: list[Shown] = []
        self.unseen: set[str] = set()
        self.old_fonts: set[str] = set()
        self._codes: dict[str, str] = {}
        self._known: dict[str, Shown] = {}
        self._hides: dict[str, bool] = {}
        self._old: list[bool] = []
        self._within = ""

    def start(self, name: str, said: Mapping[str, str]) -> None:
        """An element begins."""
        if name == "numFmt" and len(self._codes) < _MOST_STYLES:
            self._codes[said.get("numFmtId", "")] = said.get("formatCode", "")[:_LONGEST_FORMAT]
        elif name in ("cellXfs", "cellStyleXfs", "fonts", "dxfs"):
            self._within = name
        elif name == "font" and self._within == "fonts" and len(self._old) < _MOST_STYLES:
            self._old.append(False)
        elif name == "name" and self._within == "fonts" and self._old:
            self._old[-1] = said.get("val", "").casefold().startswith(_OLD_FONTS)
        elif name == "xf" and self._within == "cellXfs" and len(self.shown) < _MOST_STYLES:
            self._add(said)

    def end(self, name: str) -> None:
        """An element ends."""
        if name == self._within:
            self._within = ""

    def text(self, said: str) -> None:
        """Text between the elements: there is none."""

    def _add(self, said: Mapping[str, str]) -> None:
        style, number = str(len(self.shown)), said.get("numFmtId", "0")
        code, font = self._codes.get(number, ""), whole(said.get("fontId", ""), -1)
        if number not in self._known:
            self._known[number] = shown_by(whole(number, 0), code)
            self._hides[number] = hides_numbers(code)
        self.shown.append(self._known[number])
        if self._hides[number]:
            self.unseen.add(style)
        if 0 <= font < len(self._old) and self._old[font]:
            self.old_fonts.add(style)


def _joined(folder: str, target: str) -> str:
    """The part that a relation names, seen from the folder of its source."""
    return posixpath.join(f"/{folder}", target.replace("\\", "/"))
