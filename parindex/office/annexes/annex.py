"""An annex read: the tree of its criteria with the rules that its words say, row by row."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from msgspec import Struct, field

from parindex.office.annexes.columns import Head, find_head
from parindex.office.annexes.information import Information
from parindex.office.annexes.numbering import (
    Numbered,
    Numbering,
    leading_number,
    read_number,
)
from parindex.office.annexes.phrases import (
    NOT_UNDERSTOOD,
    Option,
    RuleForm,
    read_option,
    read_rule,
)
from parindex.office.annexes.quoted import out_of_cell
from parindex.office.annexes.rule_words import NotRead, form_of, parted
from parindex.office.xlsx.cells import Cell, cell_name
from parindex.office.xlsx.sheet import Sheet
from parindex.values.fuzzy import fold_name
from parindex.values.language import N_

_POINTS: Final = re.compile(r"([0-9]{1,4}(?:[.,][0-9]{1,4})?)\s*(?:điểm|đ)?\.?", re.IGNORECASE)
_TOTAL: Final = re.compile(r"(tong(-cong|-diem|-so|-so-diem)*|cong|total)(-.{0,30})?")
_ANY_POINTS: Final = re.compile(r"([0-9]{1,40}(?:[.,][0-9]{1,40})?)")
_BLOCK: Final = re.compile(
    r"(?:(?P<bonus>điểm thưởng|bonus)|điểm trừ|penalty)(?:: (?P<name>.*))? \[(?P<id>[a-z0-9-]+)\]",
    re.IGNORECASE | re.DOTALL,
)
_COUNTED: Final = re.compile(r"\(?[0-9A-Ea-e]{1,2}\)?")
_MOST_ROWS: Final = 20_000

NO_NUMBER: Final = N_("a row without a number and without points of its own")
CODE_TWICE: Final = N_("the number is printed twice")
POINTS_NOT_READ: Final = N_("the maximum is not a number")
TOO_LITTLE: Final = N_(
    "what is printed below it adds up to {found} of {expected}; it is taken as incomplete"
)
TOO_MUCH: Final = N_(
    "what is printed below it adds up to {found}, more than {expected} (rows {rows})"
)


class AnnexRow(Struct):
    """A criterion as an annex prints it.

    `label` is the printed number; `maximum` is in points, None where none is
    printed; `rule` is None where its points are given as they are, and `doubts`
    say what was not understood, or does not add up.
    """

    row: int
    depth: int
    code: str
    label: str
    name: str
    maximum: Decimal | None = None
    guidance: str = ""
    documents: str = ""
    lead: str = ""
    note: str = ""
    options: list[Option] = field(default_factory=list)
    children: list["AnnexRow"] = field(default_factory=list)
    rule: RuleForm | None = None
    doubts: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    is_complete: bool = True

    def walk(self) -> Iterator["AnnexRow"]:
        """This one and all below it, in the order of the annex."""
        yield self
        for child in self.children:
            yield from child.walk()


class Block(Struct):
    """A bonus or penalty with its items; `cap` is the most that it gives."""

    row: int
    id: str
    kind: str
    name: str
    cap: Decimal | None
    note: str
    items: list[AnnexRow] = field(default_factory=list)


class Annex(Struct):
    """The criteria of an annex, its printed total, and the rows that are none of them.

    `information` is there for an annex that a scheme was written to.
    """

    sheet: Sheet
    head: Head
    areas: list[AnnexRow] = field(default_factory=list)
    maximum: Decimal | None = None
    passed: list[tuple[int, str]] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    information: Information | None = None

    def rows(self) -> Iterator[AnnexRow]:
        """All criteria in the order of the annex, then the items of bonus and penalty."""
        for area in (*self.areas, *(item for block in self.blocks for item in block.items)):
            yield from area.walk()

    def leaves(self) -> list[AnnexRow]:
        """The criteria that are scored themselves."""
        return [row for row in self.rows() if not row.children]


def read_annex(
    sheet: Sheet, told: Mapping[str, int], information: Information | None = None
) -> Annex | None:
    """The annex of a sheet, or None where it has no table of criteria.

    Args:
        sheet: the sheet, or a table of a document.
        told: columns that the user named.
        information: what is said beside the table, where a scheme was written to it.
    """
    head = find_head(sheet, told)
    if head is None:
        return None
    annex = Annex(sheet, head, information=information)
    _Rows(annex).read()
    if information is not None:
        for row in annex.rows():
            read_words(row)
        return annex
    for row in annex.rows():
        _read_rule(row)
        _check_sum(row)
    return annex if annex.areas else None


def read_words(row: AnnexRow) -> None:
    """The rule of a criterion of an annex to which a scheme was written, and its guidance.

    The words of a rule behind their mark go before those of the guidance.
    """
    guidance, words = parted(row.guidance)
    text, _ = out_of_cell(guidance)
    if row.children or words is None:
        row.guidance = text
        if not row.children:
            _read_rule(row, keeps_maximum=True)
        return
    try:
        row.guidance, row.rule = text, form_of(words)
    except NotRead:
        reading = read_rule(words, row.maximum)
        row.rule = reading.rule
        row.doubts += [] if reading.rule else [(reading.doubt or NOT_UNDERSTOOD, {})]


class _Rows:
    """Takes the rows of a table one after another, and builds the tree of criteria."""

    def __init__(self, annex: Annex) -> None:
        self._annex = annex
        self._is_own = annex.information is not None
        self._numbering = Numbering()
        self._open: list[AnnexRow] = []
        self._codes: set[str] = set()

    def read(self) -> None:
        """Read all rows below the heading."""
        head, sheet = self._annex.head, self._annex.sheet
        titles = {
            at: sheet.rows[head.first][at].text
            for at in head.columns.values()
            if at in sheet.rows.get(head.first, {})
        }
        for number in sorted(row for row in sheet.rows if row > head.last)[:_MOST_ROWS]:
            cells = sheet.rows[number]
            told = {
                name: cells[at].text.strip() for name, at in head.columns.items() if at in cells
            }
            if self._is_own and self._take_own(number, told):
                continue
            again = all(at in cells and cells[at].text == text for at, text in titles.items())
            is_count = number == head.last + 1 and _is_count(list(told.values()))
            if told and not again and not is_count:
                self._take(
                    number,
                    told,
                    cells.get(head.columns.get("maximum", 0)),
                    cells.get(head.columns.get("code", 0)),
                )

    def _take_own(self, row: int, told: dict[str, str]) -> bool:
        """Take a row as an annex of a scheme says it: a block, its item, or with code and depth."""
        for name in told.keys() & {"code", "name", "documents", "lead", "note"}:
            text, is_quoted = out_of_cell(told[name])
            told[name] = Exact(text) if is_quoted else text
        blocks, printed, code = self._annex.blocks, told.get("code", ""), told.get("own_code", "")
        if not printed and (block := _BLOCK.fullmatch(told.get("name", ""))):
            kind, cap = "bonus" if block["bonus"] else "penalty", told.get("maximum", "")
            name, note = block["name"] or "", told.get("note", "")
            blocks.append(Block(row, block["id"], kind, name, _maximum(cap, _ANY_POINTS), note))
        elif printed and blocks:
            item = self._add_row(row, Numbered(1, code or printed, printed), told, None)
            blocks[-1].items.append(item)
        elif code and re.fullmatch("[0-9]{1,2}", depth := told.get("depth", "")):
            place = Numbered(min(int(depth), len(self._open) + 1), code, printed or code)
            self._add(row, place, told.get("name", ""), told, None)
        else:
            return False
        return True

    def _take(self, row: int, told: dict[str, str], points: Cell | None, code: Cell | None) -> None:
        printed, name = told.get("code", ""), told.get("name", "")
        if "code" not in self._annex.head.columns or (printed and not read_number(printed)):
            printed, rest = leading_number(printed or name)
            name = rest if not name or printed == "" or rest in name else name
        number = read_number(printed)
        maximum = _maximum(told.get("maximum", ""), _ANY_POINTS if self._is_own else _POINTS)
        if number is None and _TOTAL.fullmatch(fold_name(name or told.get("code", ""))):
            self._annex.maximum = maximum
        elif number is not None and (name or maximum is not None):
            if code is not None and code.kind == "number":
                number = self._numbering.next_after(number)
            self._add(row, self._numbering.add(number), name, told, points)
        elif (
            _is_capitals(name)
            and (maximum is None or not self._open or self._open[-1].depth > 1)
            and not told.get("guidance")
        ):
            self._add(row, self._numbering.add_capitals(), name, told, points)
        else:
            self._below(row, name, told)

    def _add(
        self, row: int, place: Numbered, name: str, told: Mapping[str, str], points: Cell | None
    ) -> None:
        found = self._add_row(row, place, {**told, "name": name}, points)
        del self._open[place.depth - 1 :]
        (self._open[-1].children if self._open else self._annex.areas).append(found)
        self._open.append(found)

    def _add_row(
        self, row: int, place: Numbered, told: Mapping[str, str], points: Cell | None
    ) -> AnnexRow:
        name = told.get("name", "")
        words = str(name) if isinstance(name, Exact) else re.sub(r"\s+", " ", name)
        found = AnnexRow(
            row,
            place.depth,
            place.code,
            place.label,
            words,
            guidance=told.get("guidance", ""),
            documents=told.get("documents", ""),
            lead=told.get("lead", ""),
            note=told.get("note", ""),
        )
        pattern = _ANY_POINTS if self._is_own else _POINTS
        found.maximum = _maximum(told.get("maximum", ""), pattern)
        if found.maximum is None and points is not None and points.text.strip(" -–"):
            found.doubts.append((POINTS_NOT_READ, {"found": points.text}))
        if found.code in self._codes:
            found.doubts.append((CODE_TWICE, {"found": found.label or found.code}))
            found.code = next(
                code for at in range(2, 10_000) if (code := f"{found.code}-{at}") not in self._codes
            )
        self._codes.add(found.code)
        return found

    def _below(self, row: int, name: str, told: Mapping[str, str]) -> None:
        """An option of the criterion above, or more of its words; else it is passed over."""
        points, last = told.get("maximum", ""), self._open[-1] if self._open else None
        option = read_option(name, points) if name and points else None
        if last is not None and option is not None:
            last.options.append(option)
        elif (
            last is not None and not points and not last.options and (name or told.get("guidance"))
        ):
            for key, words in (
                ("guidance", name),
                ("guidance", told.get("guidance", "")),
                ("documents", told.get("documents", "")),
            ):
                if words:
                    setattr(last, key, f"{getattr(last, key)}\n{words}".strip())
        elif name or points:
            self._annex.passed.append((row, name or points))


class Exact(str):
    """Text that stood in quotes: no space in it is one too many."""

    __slots__ = ()


def _maximum(printed: str, pattern: re.Pattern[str]) -> Decimal | None:
    found = pattern.fullmatch(printed.strip())
    return Decimal(found[1].replace(",", ".")) if found else None


def _is_count(texts: Sequence[str]) -> bool:
    """Whether a row only numbers the columns: `(1) (2) (3)` or `A B 1 2`."""
    return (
        len(texts) > 2  # noqa: PLR2004 columns
        and all(_COUNTED.fullmatch(text) for text in texts)
        and len(set(texts)) == len(texts)
    )


def _is_capitals(words: str) -> bool:
    return words.isupper() and len(re.findall(r"[^\W\d_]", words)) > 3  # noqa: PLR2004 an abbreviation is none


def _read_rule(row: AnnexRow, *, keeps_maximum: bool = False) -> None:
    """The rule of a criterion without parts."""
    if row.children:
        if row.options:
            row.guidance = "\n".join([row.guidance, *(each.words for each in row.options)]).strip()
        return
    reading = read_rule(row.guidance, row.maximum, row.options)
    row.rule = reading.rule
    if row.rule and row.rule["kind"] == "watch" and not keeps_maximum:
        row.maximum = Decimal(0)
    if reading.doubt:
        row.doubts.append((reading.doubt, {}))
    if row.options and not row.guidance:
        row.guidance = "\n".join(each.printed for each in row.options)


def _check_sum(row: AnnexRow) -> None:
    """Compare a printed maximum with what is printed below it."""
    known = [child.maximum for child in row.children]
    if not row.children or row.maximum is None or None in known:
        return
    total = sum(each for each in known if each is not None)
    if total != row.maximum:
        cells = ", ".join(str(child.row) for child in row.children)
        row.is_complete = total > row.maximum
        told = {"found": f"{total:f}", "expected": f"{row.maximum:f}", "rows": cells}
        row.doubts.append((TOO_MUCH if row.is_complete else TOO_LITTLE, told))


def cell_of(annex: Annex, row: int, column: str = "name") -> str:
    """The cell of a row, as `B7`."""
    return cell_name(row, annex.head.columns.get(column, 1))
