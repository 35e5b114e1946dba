"""What is above the table: labels with their values; else the year of the title and the sheet's name.

The year is told from the dates and numbers of documents, and from programmes of years.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from msgspec import Struct, field

from parindex.findings import InputError
from parindex.office.xlsx.cells import Cell, cell_name, cell_names, name_without_marks
from parindex.office.xlsx.headings import WORDS, Heading, heading_texts, label_of
from parindex.office.xlsx.sheet import Sheet
from parindex.published_figures.units import units_named
from parindex.reading.codes import narrow
from parindex.values.codes import MISSING_FIELD, WRONG_TYPE
from parindex.values.collation import same_name
from parindex.values.fields import short
from parindex.values.finding import Finding, Path, Place
from parindex.values.fuzzy import without_kind
from parindex.values.language import N_
from parindex.values.normal import unseen_removed


def _any(name: str) -> str:
    """A pattern for each of some words, with whatever space between their parts."""
    return "(?:" + "|".join(WORDS[name]).replace(" ", r"\s+") + ")"


_UNNAMED: Final = re.compile(rf"\b{_any('unnamed')}(?![^\W\d_])|[\s0-9()._\-–]+", re.IGNORECASE)
"""What says nothing of a unit in the name of a sheet."""
_BETWEEN: Final = re.compile(r"(?=\n|[;,(–]|\s-\s)")
_OF_YEAR: Final = re.compile(r"(?:năm|year)\s*:?\s*[0-9]{4}(?![0-9])", re.IGNORECASE)
_LETTER: Final = re.compile(r"[^\W_]")
_ASKED: Final = re.compile(rf"[\[(<{{«…._\s]+{_any('asked')}\b.*[\])>}}»…._]", re.IGNORECASE)
"""What a form asks for, as `(ghi rõ tên đơn vị)`, in place of what was to be written there."""
_DAYS: Final = re.compile(r"\s*–\s*|\s+(?:-|—|đến)\s+")
"""What separates the first and the last day of a period."""
_UNIT: Final = N_("Đơn vị: … | Unit: …")
_WHEN: Final = N_("Năm: 2024 | Year: 2024")
_OF_SUPERIOR: Final = N_("the unit is not taken from it, for it may be that of the superior")
"""Why the letterhead is no unit: a department's file carries its province's, too."""
_NEARBY: Final = 60
"""Rows above a table, and columns, among which a free cell is looked for."""
_LONGEST_NAME: Final = 5
"""Words of the longest name of a province, with that of its kind."""
_MEASURE: Final = re.compile(rf"(?:{_any('measures')}(?:[\s,;:./()\-–]+|$|(?=/)))+", re.IGNORECASE)
"""A unit of measure, which the label `Đơn vị` names too."""
_YEAR: Final = r"(?<![0-9.,/\-])(?:19|20)[0-9]{2}(?![0-9]|[.,/\-][0-9]{1,3}(?![0-9]))"
_JOIN: Final = r"\s*(?:[-–—/,&+]|và|đến|and|to)\s*(?:năm\s+)?"
_DAY: Final = (
    r"(?:ngày|date)?\s*[0-9.…_]{1,8}\s*(?:tháng|/|-|\.)\s*[0-9.…_]{1,8}\s*(?:năm|/|-|\.)\s*[0-9]{4}"
)
_NUMBER: Final = (
    r"(?:(?:(?<![0-9])(?<!năm\s)[0-9]{1,6}(?:/[0-9]{4})?[/\-]|\bsố\s*:?\s*[0-9]{1,6}(?:/[0-9]{4})?\s*/\s*)"
    r"(?!năm\b)[A-ZĐ][\wĐ&]*(?:[-/][\wĐ&]+)*"
    rf"|{_any('documents')}\s+(?:số\s*:?\s*)?[0-9]{{1,3}}(?![0-9./\-]))"
)
"""The number of a document: `1149/QĐ-BNV`, `30/2020/NĐ-CP`, `Nghị quyết 76`."""
_DOCUMENT: Final = (
    rf"{_NUMBER}(?:[^;()\n]{{0,120}}?{_DAY}|(?:\s+của\s+[^;,()\n]{{0,60}}?)?\s+năm\s+[0-9]{{4}}"
    r"|\s*\(?[0-9]{4}\)?(?![0-9]))?"
)
_MONTH: Final = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_NO_YEAR: Final = re.compile(
    rf"""{_DOCUMENT}
    |{_DAY}
    |\b{_MONTH}\s+(?:[0-9]{{1,2}},?\s+)?[0-9]{{4}}
    |(?:bộ\s+)?luật\s[^;()\n]{{0,80}}?\snăm\s+[0-9]{{4}}
    |ngày\s+[^;()\n]{{0,30}}?tháng\s+[^;()\n]{{0,20}}?năm\s+[0-9]{{4}}
    |(?<!chỉ\s)\bsố\s*:?\s*[0-9]{{4}}(?!\s*[0-9/\-])
    |(?:tháng|month)\s+(?:[0-9]{{1,2}}|{_any("months")})\s*(?:năm|/|-)\s*[0-9]{{4}}
    |{_any("spans")}\s+(?:từ\s+)?(?:năm\s+)?[0-9]{{4}}(?:{_JOIN}[0-9]{{4}})?
    |(?:tầm\s+nhìn|định\s+hướng|mục\s+tiêu)(?:\s+đến)?(?:\s+năm)?\s+[0-9]{{4}}""",
    re.IGNORECASE | re.VERBOSE,
)
_LONGEST: Final = 1_000
"""Letters of a cell above a table that are looked through."""
_PROGRAMME: Final = 4
"""Years from the first to the last of a programme, at least: no table has scores of so many."""
_SAID: Final = re.compile(
    rf"(?:năm|years?)\s+[0-9]{{4}}(?:{_JOIN}[0-9]{{4}}(?![0-9]))*|{_YEAR}(?:{_JOIN}[0-9]{{4}}(?![0-9]))*",
    re.IGNORECASE,
)


_RESULT: Final = re.compile(r"([^·]{1,200}) · ((?:19|20)[0-9]{2}) · .{1,400}")
"""How `score -o x.xlsx` heads the sheet of a unit, whose own name may be too long."""
_NO_TITLE: Final = Cell("")


class Places(Struct):
    """Where a scorecard's figures stand in a sheet.

    Where all scores stand in one `row`, `columns` are theirs by code.
    """

    sheet: Sheet
    cells: dict[Path, tuple[int, int]] = field(default_factory=dict)
    row: int = 0
    columns: Mapping[str, int] = {}

    def locate(self, path: Path, *, key: bool = False) -> Place:
        """The cell of a score, of its code, or of a label's value; else the sheet."""
        for part in ("score", "code") if key else ():
            if (*path[:2], part) in self.cells:
                return self.sheet.place(*self.cells[*path[:2], part])
        for length in range(len(path), 0, -1):
            at = self.cells.get(path[:length])
            if at is not None:
                return self.sheet.place(*at)
        if path[:1] == ("scores",) and path[1:] and path[1] in self.columns:
            return self.sheet.place(self.row, self.columns[str(path[1])])
        return self.sheet.place()


def read_head(sheet: Sheet, first: int, places: Places, unit: str = "") -> dict[str, Any]:
    """The fields of a scorecard's head, as texts.

    Args:
        sheet: the sheet.
        first: the first row of the table.
        places: learns where each field stands.
        unit: the name of the unit, as the user tells it, where the sheet names none.

    Raises:
        InputError: P109 neither label nor title says unit or year, P110 there are two of them.
    """
    tree, years = said_above(sheet, first, places)
    faults: list[Finding] = []
    if "year" not in tree:
        try:
            tree["year"] = one_year(sheet, years, places, first)
        except InputError as error:
            faults += error.findings
    title = _RESULT.fullmatch(_title(sheet))
    if "unit" not in tree and title:
        tree["unit"], places.cells["unit",] = title[1], (1, 1)
    if "unit" not in tree and name_of_sheet(sheet):
        tree["unit"] = sheet.name.strip()
    tree["unit"] = tree.get("unit") or unit
    if not tree["unit"]:
        faults.append(_no_unit(sheet, first, places.cells.get(("unit",))))
    if faults:
        raise InputError(faults)
    tree["unit"] = name_without_marks(tree["unit"])
    return tree


def _no_unit(sheet: Sheet, first: int, at: tuple[int, int] | None) -> Finding:
    """That a table names no unit: where it is to be written, and what the letterhead says, if it names one."""
    told = {"expected": _UNIT}
    names = next(_known_units(sheet, first), None)
    if names is not None:
        text, cell = names
        told |= {"found": f"{short(text)} ({cell_name(*cell)})", "cause": _OF_SUPERIOR}
    return _missing(sheet, "unit", at or free_cell(sheet, first), told)


def _missing(
    sheet: Sheet, name: str, at: tuple[int, int] | None, told: Mapping[str, str]
) -> Finding:
    """That a label is missing, at the cell where it may be written, or where there is none of the sheet."""
    return sheet.finding(MISSING_FIELD, name, at or (0, 0), case=f"no-{name}", **told)


def free_cell(sheet: Sheet, first: int) -> tuple[int, int] | None:
    """The first cell that is seen of the last empty row above a table; None where no row is empty."""
    columns = (at for at in range(1, _NEARBY + 1) if not sheet.hides_column(at))
    column = next(columns, 0)
    for row in range(first - 1, max(0, first - 1 - _NEARBY), -1):
        is_taken = row in sheet.hidden_rows or (row in sheet.rows and sheet.given(row))
        is_merged = any(top <= row <= bottom for top, _, bottom, _ in sheet.merged)
        if column and not (is_taken or is_merged):
            return row, column
    return None


def _known_units(sheet: Sheet, first: int) -> Iterator[tuple[str, tuple[int, int]]]:
    """The texts above a table in which the name of a province stands, and their cells."""
    for row in sorted(row for row in sheet.rows if row < first):
        for column, cell in sorted(sheet.rows[row].items()):
            words = cell.text[:_LONGEST].split()
            ends = range(1, _LONGEST_NAME + 1)
            parts = (" ".join(words[at : at + end]) for at in range(len(words)) for end in ends)
            if any(units_named(part.strip(".,;:()–-")) for part in parts):
                yield cell.text, (row, column)


def name_of_sheet(sheet: Sheet) -> str:
    """What the name of a sheet says of units; empty where it says nothing."""
    return sheet.name.strip() if _UNNAMED.sub("", sheet.name) else ""


def said_above(
    sheet: Sheet, first: int, places: Places
) -> tuple[dict[str, Any], dict[str, tuple[int, int]]]:
    """The fields that labels above a table say, and where other texts above it first say a year.

    Raises:
        InputError: P110 two labels say two units or years.
    """
    tree: dict[str, Any] = {}
    years: dict[str, tuple[int, int]] = {}
    for name, said, at in _labels(sheet, first, years):
        is_said = bool(_LETTER.search(said))
        if name not in tree:
            # one without a value is missing, and not looked for elsewhere
            is_said = is_said and not _ASKED.fullmatch(said)
            tree[name] = (_days(said) if name == "period" else said) if is_said else None
            places.cells[name,] = at
        elif name in ("unit", "year") and tree[name] and is_said and _differ(tree[name], said):
            one, other = cell_name(*places.cells[name,]), cell_name(*at)
            found = f"{short(tree[name])} ({one}), {short(said)} ({other})"
            told = {"found": found, "expected": N_("one of them")}
            raise InputError([sheet.finding(WRONG_TYPE, name, at, **told)])
    return tree, years


def _title(sheet: Sheet) -> str:
    return sheet.rows.get(1, {}).get(1, _NO_TITLE).text


def without_analyses(sheets: list[Sheet]) -> list[Sheet]:
    """The sheets but for those that `score -o x.xlsx` wrote beside a unit's own, of the same points."""
    title = _RESULT.fullmatch(_title(sheets[0])) if sheets else None
    if title is None:
        return sheets
    of_unit = f" · {title[1]} · {title[2]}"
    return [sheet for sheet in sheets if not _title(sheet).endswith(of_unit)]


def _labels(
    sheet: Sheet, first: int, years: dict[str, tuple[int, int]]
) -> Iterator[tuple[str, str, tuple[int, int]]]:
    """The fields that labels above the table name; `years` learns where other texts first say one."""
    for row in sorted(row for row in sheet.rows if row < first):
        values: set[int] = set()
        for column in sorted(sheet.rows[row]):
            is_value = column in values
            for text in _parts(sheet.rows[row][column].text):
                label = _label(sheet, text, (row, column))
                if label is not None:
                    values.add(label[2][1])
                    if label[0] != "unit" or not _MEASURE.fullmatch(label[1]):
                        yield label
                elif not is_value and _LETTER.search(text):
                    for year in years_in(text):
                        years.setdefault(year, (row, column))


def _parts(text: str) -> Iterator[str]:
    """What a cell says, label by label: `Đơn vị: Sở A; Năm: 2024`, or a line for each."""
    said = text.replace("：", ":")
    part = ""
    is_short = len(said) <= _LONGEST and (":" in said or "\n" in said)
    for piece in _BETWEEN.split(said) if is_short else (said,):
        is_new = _is_label(piece) or _OF_YEAR.match(piece.strip(" ;,()-–\n"))
        if part and is_new:
            yield _trimmed(part)
            part = ""
        part += piece
    yield part.strip() if part == said else _trimmed(part)


def _trimmed(part: str) -> str:
    """A part of a text without what stood between it and the others."""
    part = part.strip(" ;,-–\n").rstrip("(")
    if part.startswith("(") and part.endswith(")"):
        return part[1:-1].strip()
    return part.rstrip(") ") if part.count(")") > part.count("(") else part.strip()


def _differ(first: str, said: str) -> bool:
    one, other = (same_name(without_kind(name_without_marks(each))) for each in (first, said))
    return one != other


def _is_label(text: str) -> bool:
    before, colon, _ = text.replace("：", ":").partition(":")
    return bool(colon and label_of(before))


def _label(sheet: Sheet, said: str, at: tuple[int, int]) -> tuple[str, str, tuple[int, int]] | None:
    """The field that a label names, its value, and where that stands; None where it is no label."""
    text, colon, value = said.partition(":")
    name = label_of(text)
    if name and not value.strip():
        cells = sheet.rows[at[0]]
        after = min((other for other in cells if other > at[1]), default=0)
        if after and not _is_label(cells[after].text):
            colon, value, at = ":", cells[after].text, (at[0], after)
        elif colon and after != at[1] + 1:
            at = (at[0], at[1] + 1)  # where it is to be filled in
    return (name, unseen_removed(value).strip(), at) if name and colon else None


def _days(text: str) -> dict[str, str]:
    """The first and last day of `2024-01-01 – 2024-09-30` or `01/01/2024 - 30/9/2024`."""
    first, *last = _DAYS.split(text, maxsplit=1)
    return {"from": first.strip(), "to": (last or [first])[0].strip()}


def one_year(sheet: Sheet, years: Mapping[str, tuple[int, int]], places: Places, first: int) -> str:
    """The year that the title above the `first` row of a table names, where it names exactly one.

    Raises:
        InputError: P109 it names none, P110 several.
    """
    if not years:
        told = {"expected": _WHEN}
        raise InputError([_missing(sheet, "year", free_cell(sheet, first), told)])
    if len(years) > 1:
        cells = cell_names([*years.values()], len(years))
        found = f"{', '.join(years)} ({cells})"
        at = next(iter(years.values()))
        raise InputError([sheet.finding(WRONG_TYPE, "year", at, found=found, expected=_WHEN)])
    [(year, places.cells["year",])] = years.items()
    return year


def years_in(text: str) -> Iterator[str]:
    """The years of which a text above a table speaks, but for those of documents and programmes.

    `Quyết định số 1149/QĐ-BNV ngày 30/12/2020`, `ngày 5 tháng 1 năm 2019` and
    `giai đoạn 2021-2030` say nothing of the year of the score; `2022-2023` says two.
    """
    for found in _SAID.findall(_NO_YEAR.sub(" ", narrow(unseen_removed(text[:_LONGEST])))):
        years = re.findall(r"[0-9]{4}", found)
        if int(years[-1]) - int(years[0]) < _PROGRAMME:
            yield from years


def years_of_columns(sheet: Sheet, heading: Heading, year: int) -> Iterator[Finding]:
    """Refuse columns of scores whose own heading names another year than the table's."""
    texts = heading_texts(sheet, heading.first, heading.last)
    for name in heading.inputs:
        column = heading.columns[name]
        found = {each for text in texts.get(column, ()) for each in years_in(text)}
        if found and str(year) not in found:
            told = {"found": ", ".join(sorted(found)), "expected": str(year)}
            yield sheet.finding(WRONG_TYPE, name, (heading.last, column), **told)
