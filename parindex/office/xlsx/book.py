"""A workbook: its sheets one after another, with the texts and styles that their cells share."""

import posixpath
from collections.abc import Iterator, Mapping
from typing import Final

from parindex.findings import InputError
from parindex.office.xlsx.cells import Shown, Style, cell_place, hides_numbers, shown_by, text_cell
from parindex.office.xlsx.ooxml_zip import Listener, Package
from parindex.office.xlsx.sheet import Budget, Known, RichText, Sheet, SheetReader, whole
from parindex.values.codes import TOO_LONG
from parindex.values.finding import Finding

_MOST_SHEETS: Final = 1000
_MOST_STYLES: Final = 70_000
_LONGEST_NAME: Final = 255
_LONGEST_FORMAT: Final = 255
_OLD_FONTS: Final = (".vn", "vni")
"""How the names of fonts of TCVN3 and VNI begin."""


def sheets_of(data: bytes, file: str) -> Iterator[Sheet]:
    """The sheets of a workbook in its order, one after another; those of charts are passed over.

    Raises:
        InputError: it is no workbook, or larger than any of scorecards.
    """
    package = Package(data, file)
    kinds = _Relations(package, "") if package.has("_rels/.rels") else None
    part = (kinds and kinds.target("/officeDocument")) or "xl/workbook.xml"
    book, folder, targets = _Book(package, part), posixpath.dirname(part), _Relations(package, part)
    known: Known | None = None
    budget = Budget(file)
    for order, (name, id_, state) in enumerate(book.sheets):
        kind, target = targets.found.get(id_, ("", ""))
        if not kind.endswith("/worksheet"):
            continue
        if len(name) > _LONGEST_NAME:
            place = cell_place(file, f"{name[:40]}…", order)
            told = {"found": str(len(name)), "expected": f"≤ {_LONGEST_NAME}"}
            raise InputError([Finding(TOO_LONG, "", told, place=place)])
        known = known or _known(package, book, folder, targets)
        sheet = Sheet(file, name, order, state not in ("", "visible"))
        sheet.is_very_hidden = state == "veryHidden"
        package.walk(_joined(folder, target), SheetReader(sheet, known, budget))
        yield sheet


def _known(package: Package, book: "_Book", folder: str, targets: "_Relations") -> Known:
    """The texts that cells share, and what their styles make of numbers and letters."""
    texts, styles = _Texts(Budget(package.file)), _Styles()
    for kind, reader in (("/sharedStrings", texts), ("/styles", styles)):
        part = targets.target(kind)
        if part and package.has(_joined(folder, part)):
            package.walk(_joined(folder, part), reader)
    return Known(
        {str(number): text_cell(text) for number, text in enumerate(texts.found)},
        {str(number): each for number, each in enumerate(styles.found)},
        book.since_1904,
        book.is_recalculated,
    )


def _joined(folder: str, target: str) -> str:
    """The part that a relation names, seen from the folder of its source."""
    return posixpath.join(f"/{folder}", target.replace("\\", "/"))


class _Book(Listener):
    """The part of the workbook: name, id and state of its sheets, and how it counts days."""

    def __init__(self, package: Package, part: str) -> None:
        self.sheets: list[tuple[str, str, str]] = []
        self.since_1904 = self.is_recalculated = False
        package.walk(part, self)

    def start(self, name: str, said: Mapping[str, str]) -> None:
        if name == "sheet" and len(self.sheets) < _MOST_SHEETS:
            id_ = next((value for key, value in said.items() if key.endswith(":id")), "")
            self.sheets.append((said.get("name", ""), id_, said.get("state", "")))
        elif name == "workbookPr":
            self.since_1904 = said.get("date1904", "") in ("1", "true")
        elif name == "calcPr":
            self.is_recalculated = said.get("fullCalcOnLoad", "") in ("1", "true")


class _Relations(Listener):
    """Kind and target of each relation of a part, by id; those outside are left out."""

    def __init__(self, package: Package, source: str) -> None:
        self.found: dict[str, tuple[str, str]] = {}
        folder, name = posixpath.split(source)
        package.walk(posixpath.join(folder, "_rels", f"{name}.rels"), self)

    def start(self, name: str, said: Mapping[str, str]) -> None:
        if name == "Relationship" and said.get("TargetMode") != "External":
            self.found[said.get("Id", "")] = (said.get("Type", ""), said.get("Target", ""))

    def target(self, kind: str) -> str:
        """The target of the first relation of a kind, by the end of its name; empty without one."""
        return next((target for each, target in self.found.values() if each.endswith(kind)), "")


class _Texts(RichText):
    """The texts that cells share, in their order."""

    def __init__(self, budget: Budget) -> None:
        super().__init__(lambda letters: budget.spend(letters=letters))
        self.found: list[str] = []
        self._budget = budget

    def end(self, name: str) -> None:
        super().end(name)
        if name == "si":
            self.found.append(self.take())
            self._budget.spend(cells=1)


class _Styles(Listener):
    """The styles of cells, in their order."""

    def __init__(self) -> None:
        self.found: list[Style] = []
        self._codes: dict[str, str] = {}
        self._known: dict[str, tuple[Shown, bool]] = {}
        self._old: list[bool] = []
        self._bold: list[bool] = []
        self._within = ""

    def start(self, name: str, said: Mapping[str, str]) -> None:
        if name == "numFmt" and len(self._codes) < _MOST_STYLES:
            self._codes[said.get("numFmtId", "")] = said.get("formatCode", "")[:_LONGEST_FORMAT]
        elif name in ("cellXfs", "cellStyleXfs", "fonts", "dxfs"):
            self._within = name
        elif name == "font" and self._within == "fonts" and len(self._old) < _MOST_STYLES:
            self._old.append(False)
            self._bold.append(False)
        elif name == "b" and self._within == "fonts" and self._bold:
            self._bold[-1] = said.get("val", "1") not in ("0", "false")
        elif name == "name" and self._within == "fonts" and self._old:
            self._old[-1] = said.get("val", "").casefold().startswith(_OLD_FONTS)
        elif name == "xf" and self._within == "cellXfs" and len(self.found) < _MOST_STYLES:
            self._add(said)

    def end(self, name: str) -> None:
        if name == self._within:
            self._within = ""

    def _add(self, said: Mapping[str, str]) -> None:
        number, font = said.get("numFmtId", "0"), whole(said.get("fontId", ""), -1)
        if number not in self._known:
            code = self._codes.get(number, "")
            self._known[number] = shown_by(whole(number, 0), code), hides_numbers(code)
        is_known = 0 <= font < len(self._old)
        is_old, is_bold = is_known and self._old[font], is_known and self._bold[font]
        self.found.append(Style(*self._known[number], is_old, is_bold))
