"""The rows of a printed table: which column holds what, by the headings, and each cell with its place."""

import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from parindex.findings import InputError
from parindex.office.sheets import open_sheets
from parindex.office.sheets.web_page import page_tables
from parindex.office.xlsx.cells import column_letters
from parindex.office.xlsx.sheet import Sheet
from parindex.reading.document import Document, fault, text_of
from parindex.reading.documents import Kind, documents_of, kind_of
from parindex.reading.file_kind import is_web_page
from parindex.reading.source import read_bytes
from parindex.values.codes import MISSING_FIELD, UNKNOWN_SHEET, WRONG_TYPE
from parindex.values.fields import short
from parindex.values.finding import Place
from parindex.values.fuzzy import fold_name, fold_whole
from parindex.values.language import N_

COLUMNS: Final = {
    "rank": r"(xep-|thu-|vi-)(hang|thu|tri|bac)(?!-loai).*|hang|rank(ing)?|row-stt",
    "band": r"xep-loai.*|loai|nhom-chi-so|band",
    "max": r".*(toi-da|diem-chuan)|max.*",
    "index": r"(ket-qua-|gia-tri-)?(chi-so|par-index|index|ty-le).*|.*-(par-index|chi-so-cchc)",
    "points": r"(tong-)?(so-)?(diem|score|points).*|ket-qua",
    "unit": r"(ten-)?(cac-)?(tinh|thanh-pho|dia-phuong|don-vi|co-quan|province|unit|bo|ten)(?!-tinh).*",
}
"""What a heading looks like, folded, in the order in which it is asked."""
PORTAL: Final = {
    "TONG_SCORE": "service-index-766",
    "CKMB": "service-index-766-transparency",
    "TDGQ": "service-index-766-progress",
    "TTTT": "service-index-766-online",
    "CLGQ": "service-index-766-payment",
    "MDHL": "service-index-766-satisfaction",
    "MDSH": "service-index-766-digitisation",
}
"""What the National Portal's report of provinces calls its scores, and what they are called here."""
_TAKEN: Final = frozenset(("rank", "band", "max", "index", "points", "unit"))
_MOST_ROWS: Final = 200
_LAST_COLUMN: Final = 60
_HEADINGS: Final = N_(
    "a table with headings like Tỉnh, Chỉ số and Xếp hạng; or --columns unit=B,index=C,rank=D"
)
_YEARS: Final = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")


class Printed(NamedTuple):
    """A figure or a name as it is printed, and where."""

    text: str
    place: Place


class PrintedRow(NamedTuple):
    """One row: what it says by the names of `COLUMNS`; `code` is what its figures are called."""

    cells: Mapping[str, Printed]
    place: Place
    code: str = ""


def printed_rows(
    file: str,
    year: int,
    *,
    sheet: str = "",
    table: int | None = None,
    told: Mapping[str, int] | None = None,
) -> list[PrintedRow]:
    """The rows of the first table with figures of units in a file.

    Args:
        file: CSV, a workbook, a Word document, a web page, or the JSON of the portal's reports.
        year: the year whose columns count, where headings name several.
        sheet: the sheet to take.
        table: the table of a document to take, counted from 1.
        told: which column holds what, where headings do not say it.

    Raises:
        InputError: the file cannot be read, has no such table, or two columns of one kind.
    """
    data = read_bytes(file)
    if kind_of(file, data[:200].decode("utf-8", "replace")) is Kind.JSON:
        rows = [*_json_rows([*documents_of(text_of(data, file), file)])]
    else:
        sheets = page_tables(data, file) if is_web_page(data) else open_sheets(data, file)
        rows = [*_sheet_rows(_chosen(sheets, sheet, table, file), year, told)]
    if not rows:
        raise fault(MISSING_FIELD, Place(file), expected=_HEADINGS)
    return rows


def _chosen(sheets: list[Sheet], sheet: str, table: int | None, file: str) -> list[Sheet]:
    shown = [each for each in sheets if each.rows and not each.is_hidden]
    found = [each for each in shown if not sheet or fold_whole(each.name) == fold_whole(sheet)]
    if table is not None:
        found = found[table - 1 : table]
    if not found:
        names = " | ".join(short(each.name) for each in shown[:10])
        raise fault(UNKNOWN_SHEET, Place(file), found=sheet or str(table or "—"), expected=names)
    return found


def _sheet_rows(
    sheets: list[Sheet], year: int, told: Mapping[str, int] | None
) -> Iterator[PrintedRow]:
    """The rows of the first sheet with a heading, down to the last one."""
    for sheet in sheets:
        if sheet.faults:
            raise InputError(sheet.faults)
        found = (told, 0) if told else _heading(sheet, year)
        if found is None:
            continue
        columns, last = found
        for number in sorted(row for row in sheet.rows if row > last):
            cells = {
                name: Printed(sheet.rows[number][at].text.strip(), sheet.place(number, at))
                for name, at in columns.items()
                if at in sheet.rows[number] and sheet.rows[number][at].text.strip()
            }
            if cells:
                yield PrintedRow(cells, sheet.place(number, columns["unit"]))
        return


def columns_told(text: str) -> dict[str, int]:
    """The columns that a user names as `unit=B,index=C`.

    Raises:
        ValueError: it is not of this form, or a column is unknown.
    """
    letters = {column_letters(at): at for at in range(1, _LAST_COLUMN + 1)}
    found: dict[str, int] = {}
    for pair in text.split(","):
        name, _, column = (part.strip() for part in pair.partition("="))
        if name not in _TAKEN or column.upper() not in letters:
            raise ValueError(pair)
        found[name] = letters[column.upper()]
    if "unit" not in found:
        raise ValueError(text)
    return found


def _heading(sheet: Sheet, year: int) -> tuple[Mapping[str, int], int] | None:
    """The columns of a table, and the last row of its heading; None where it has none."""
    rows = sorted(sheet.rows)[:_MOST_ROWS]
    for first, second in zip(rows, [*rows[1:], None], strict=True):
        upper = _texts(sheet, first)
        lower = _texts(sheet, second) if second is not None else {}
        both = {at: _both(upper.get(at, ""), lower.get(at, "")) for at in upper | lower}
        for texts, last in ((upper, first), (lower | {k: both[k] for k in upper}, second)):
            if last is None or (last == second and not _reaches_down(sheet, first)):
                continue
            columns = _columns(sheet, texts, last, year)
            if "unit" in columns and columns.keys() & {"index", "points", "rank"}:
                return columns, last
    return None


def _both(upper: str, lower: str) -> str:
    """A heading of two rows; where together they say nothing, the lower one with the years."""
    text = f"{upper} {lower}".strip()
    if _name_of(text) or not _name_of(lower):
        return text
    return " ".join([lower, *_YEARS.findall(upper)])


def _name_of(text: str) -> str:
    """What a column holds by its heading; empty where that does not say it."""
    return next((name for name, like in COLUMNS.items() if re.fullmatch(like, _folded(text))), "")


def _folded(text: str) -> str:
    return fold_name(_YEARS.sub(" ", re.sub(r"\(.*?\)", " ", text)))[:80]


def _reaches_down(sheet: Sheet, first: int) -> bool:
    """Whether a heading of two rows begins here: a cell of it is merged."""
    return any(top == first for top, _, _, _ in sheet.merged)


def _texts(sheet: Sheet, row: int) -> dict[int, str]:
    cells = sheet.rows.get(row, {})
    return {at: cell.text for at, cell in sorted(cells.items()) if at <= _LAST_COLUMN}


def _columns(sheet: Sheet, texts: Mapping[int, str], row: int, year: int) -> dict[str, int]:
    """Which column holds what; those of other years are left out.

    Raises:
        InputError: P110 two columns of one kind, or none of the year.
    """
    found: dict[str, dict[int, str]] = {}
    others: dict[str, tuple[int, str]] = {}
    for at, text in sorted(texts.items()):
        years = _YEARS.findall(text)
        name = _name_of(text)
        if name and years and str(year) not in years:
            others.setdefault(name, (at, ", ".join(years)))
        elif name:
            found.setdefault(name, {})[at] = _folded(text)
    for name in (others.keys() - found.keys()) & {"index", "points"} if "unit" in found else ():
        at, said = others[name]
        told = {"found": said, "expected": str(year)}
        raise InputError([sheet.finding(WRONG_TYPE, name, (row, at), **told)])
    chosen = {name: _chosen_column(name, each, found) for name, each in found.items()}
    for name in ("index", "points", "rank") if "unit" in found else ():
        if name in chosen and chosen[name] is None:
            first, at, *_ = found[name]
            cells = f"{column_letters(first)}{row}, {column_letters(at)}{row}"
            told = {"found": cells, "expected": f"--columns unit=…,{name}={column_letters(at)}"}
            raise InputError([sheet.finding(WRONG_TYPE, name, (row, at), **told)])
    return {name: at for name, at in chosen.items() if at}


def _chosen_column(
    name: str, columns: Mapping[int, str], found: Mapping[str, Mapping[int, str]]
) -> int | None:
    """The column of a name among several; None where nobody can say which, 0 for none of them.

    Of points the sum counts, and where the index stands beside several points none is needed.
    """
    if len(columns) == 1 or name not in ("index", "points", "rank"):
        return next(iter(columns))
    if name == "points":
        sums = [at for at, folded in columns.items() if folded.startswith("tong-")]
        if len(sums) == 1:
            return sums[0]
        if len(found.get("index", ())) == 1:
            return 0
    return None


def _json_rows(documents: list[Document]) -> Iterator[PrintedRow]:
    """The rows of the portal's report: one for each province and score."""
    for document in documents:
        tree = document.tree
        lists = tree.items() if isinstance(tree, dict) else ()
        inner = next((key for key, each in lists if isinstance(each, list)), None)
        if isinstance(tree, list):
            yield from (x for at, each in enumerate(tree) for x in _portal(document, each, (at,)))
        elif isinstance(tree, dict) and inner is not None and "TEN" not in tree:
            listed = tree[inner]
            for at, each in enumerate(listed if isinstance(listed, list) else ()):
                yield from _portal(document, each, (inner, at))
        else:
            yield from _portal(document, tree, ())


def _portal(document: Document, tree: object, path: tuple[str | int, ...]) -> Iterator[PrintedRow]:
    if not isinstance(tree, dict) or not isinstance(tree.get("TEN"), str):
        return

    def cell(key: str) -> Printed:
        return Printed(str(tree[key]).strip(), document.locate((*path, key)))

    for key, code in PORTAL.items():
        if tree.get(key) not in (None, ""):
            cells = {"unit": cell("TEN"), "value": cell(key)}
            if key == "TONG_SCORE" and tree.get("ROW_STT") not in (None, ""):
                cells["rank"] = cell("ROW_STT")
            yield PrintedRow(cells, document.locate(path), code)
