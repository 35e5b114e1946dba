"""Scorecards from workbooks: the official table in each sheet, by whatever program it was made."""

import shlex
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from msgspec.structs import replace

from parindex.files.open_scorecards import Reading
from parindex.findings import InputError
from parindex.office.wide.columns import wide_headings
from parindex.office.wide.read import read_wide
from parindex.office.xlsx.book import sheets_of
from parindex.office.xlsx.entries import Entries
from parindex.office.xlsx.head import Places, read_head, without_analyses, years_of_columns
from parindex.office.xlsx.headings import (
    META,
    TEMPLATE,
    columns_not_read,
    heading_of,
    heading_texts,
)
from parindex.office.xlsx.maxima import maxima_checked
from parindex.office.xlsx.names import names_checked
from parindex.office.xlsx.rows import Table
from parindex.office.xlsx.sheet import Sheet
from parindex.office.xlsx.sheet_checks import (
    Headless,
    headless,
    old_letters,
    unseen_labels,
    unseen_scores,
)
from parindex.office.xlsx.totals import published_of, sums_of_columns, total_of
from parindex.reading.document import fault
from parindex.reading.validate import placed, read_as
from parindex.scheme.own_schemes import file_named
from parindex.scheme.scheme import Scheme
from parindex.scorecard.scorecard import Scorecard
from parindex.scorecard.scorecard_file import HeadForm, scorecard_from
from parindex.scorecard.words import folded
from parindex.values.codes import (
    MISSING_FIELD,
    OTHER_SCHEME_TEMPLATE,
    OTHER_SHEET_UNREADABLE,
    SHEET_PASSED_OVER,
    UNKNOWN_SCHEME,
    UNKNOWN_SHEET,
)
from parindex.values.fields import short
from parindex.values.finding import Finding, Place
from parindex.values.language import N_

_MOST_NAMES: Final = 10
"""Sheets that a message names."""
Read = tuple[Scorecard | None, Scheme | None, list[Finding]]


def read_xlsx(source: bytes | list[Sheet], file: str, reading: Reading) -> Iterator[Read]:
    """The scorecards of a workbook, one for each sheet with a table.

    Scores that nobody sees who looks at the workbook are refused. A sheet beside
    them that is no such table is passed over, and that is reported.

    Args:
        source: the bytes of the file, or its sheets.
        file: its name, for places such as `book.xlsx:Sheet1!D17`.
        reading: the scheme, the decimal mark of numbers that are text, what columns hold, the
            only sheet to read; of `parts`, and of a template that
            is not yet filled in, a table without any score is right too.

    Raises:
        InputError: it is no workbook, it is too large, no sheet has a table, or
            none has the name.
    """
    sheets = [*sheets_of(source, file)] if isinstance(source, bytes) else source
    # The hidden sheet of a template says its scheme's id and hash.
    meta = next((each.rows.values() for each in sheets if each.name == META), ())
    made = {cells[1].text: cells[2].text for cells in meta if {1, 2} <= cells.keys()}
    chosen = _chosen(sheets, reading.sheet, file)
    wide = wide_headings(chosen, reading.columns)
    tables = [each for each in chosen if each.order in wide]
    beside = tables if any(_is_official(each) for each in chosen if each.order not in wide) else []
    reading = reading._replace(unit=_unit_told(chosen, reading))
    doubtful = {each.order for each in beside if _is_official(each)}
    reads: list[Read] = [] if beside else [*read_wide(tables, wide, file, reading)]
    whole: list[Sheet] = []
    others: list[Headless] = []
    for each in chosen:
        if each.order in wide and each.order not in doubtful:
            continue
        try:
            read = _read(each, reading, made)
        except InputError as error:
            read = None, None, [*each.faults, *error.findings]
        if read is not None:
            reads.append(read)
            whole += [each] if read[0] is not None and not read[2] else []
        elif not each.is_hidden:
            others += filter(None, [headless(each)])
    lost = [other.fault() for other in others if other.is_table or not reads]
    if lost:
        reads.append((None, None, lost))
    if not reads:
        expected = N_("headings above it: TT, and Điểm tự đánh giá or Điểm; or --columns")
        raise fault(MISSING_FIELD, Place(file), expected=expected)
    if len(whole) == 1 and any(findings for _, _, findings in reads):
        # It may be the only one that counts.
        told = {"found": short(whole[0].name), "expected": f"--sheet {shlex.quote(whole[0].name)}"}
        reads.append((None, None, [whole[0].finding(OTHER_SHEET_UNREADABLE, "", (0, 0), **told)]))
    passed = [other.sheet for other in others if not other.is_table]
    passed += [each for each in beside if not each.is_hidden and each.order not in doubtful]
    doubts = tuple(each.finding(SHEET_PASSED_OVER, found=short(each.name)) for each in passed)
    for card, scheme, findings in reads:
        yield card and replace(card, doubts=(*card.doubts, *doubts)), scheme, findings
        doubts = () if card else doubts


def _chosen(sheets: list[Sheet], name: str, file: str) -> list[Sheet]:
    """The sheets with something in them, or the one that the user named.

    Raises:
        InputError: P152 there is none of this name.
    """
    shown = [sheet for sheet in sheets if sheet.rows and sheet.name != META]
    if not name:
        return without_analyses(shown)
    found = [sheet for sheet in shown if folded(sheet.name) == folded(name)]
    if not found:
        names = " | ".join(short(sheet.name) for sheet in shown[:_MOST_NAMES])
        raise fault(UNKNOWN_SHEET, Place(file), found=short(name), expected=names)
    return found


def _read(sheet: Sheet, reading: Reading, made: Mapping[str, str]) -> Read | None:
    """The scorecard of one sheet, as far as it can be read; None where it has no table."""
    columns, mark = reading.columns, reading.mark
    if sheet.is_hidden:
        return _hidden(sheet, columns)
    old = old_letters(sheet)
    if old is not None:
        return None, None, [old]
    heading = heading_of(sheet, columns)
    if heading is None:
        return None
    texts = heading_texts(sheet, heading.first, heading.last)
    sheet.headed = {
        at: short(" ".join(texts[at])) for at in heading.columns.values() if at in texts
    }
    sheet.heading = heading.last
    places = Places(sheet)
    tree = read_head(sheet, heading.first, places, reading.unit)
    if "scheme" in made:
        tree.setdefault("scheme", made["scheme"])
    head, findings = read_as(HeadForm, tree, places, mark=mark)
    if head is None:
        return None, None, [*sheet.faults, *findings]
    try:
        scheme = _scheme_of(head, reading, sheet.file, made)
    except InputError as error:
        raise InputError(placed(error, places)) from error
    _same_scheme(sheet, scheme, made)
    table = Table(sheet, heading, scheme, findings.append, mark)
    scores = Entries(table, head.year, places.cells).read()
    findings += maxima_checked(table)
    doubts = [*names_checked(table), *sums_of_columns(table)]
    if not columns:
        doubts += columns_not_read(sheet, heading, (row.number for row in table.rows))
    findings += unseen_scores(sheet, heading)
    findings += unseen_labels(sheet, places.cells)
    findings += years_of_columns(sheet, heading, head.year)
    told = {"total": total_of(table, places), "published": published_of(table, places)}
    card = scorecard_from(head, scheme, places, scores, doubts=tuple(doubts), **told)
    findings = [*sheet.faults, *findings]
    may_be_empty = reading.parts or ("scheme" in made and "key" in heading.columns)
    if not (findings or may_be_empty or card.scores) and card.total is None:
        at = (heading.last + 1, heading.columns[heading.inputs[0]])
        expected = N_("a score in one of its rows")
        findings.append(sheet.finding(MISSING_FIELD, "", at, expected=expected, case="no-score"))
    return card, scheme, findings


def _unit_told(sheets: list[Sheet], reading: Reading) -> str:
    """The name of the unit that the user tells; of several tables it is not known whose it is."""
    is_one = bool(reading.unit) and sum(_is_official(x, reading.columns) for x in sheets) == 1
    return reading.unit if is_one else ""


def _is_official(sheet: Sheet, columns: Mapping[str, int] = MappingProxyType({})) -> bool:
    """Whether a sheet that is seen has the official table, beside which a wide one only sums up."""
    try:
        return not sheet.is_hidden and heading_of(sheet, columns) is not None
    except InputError:
        return True


def _scheme_of(head: HeadForm, reading: Reading, file: str, made: Mapping[str, str]) -> Scheme:
    """The scheme of a sheet; of a template that was made from a file, that of the file."""
    name = made.get("file", "") if head.scheme == made.get("scheme") else ""
    if not name or reading.schemes:
        return reading.scheme_of(head, file)
    found = None if reading.in_memory else file_named(name, head.scheme or "", file)
    try:
        return found or reading.scheme_of(head, file)
    except InputError as error:
        told = {"found": head.scheme or "", "expected": f"--scheme {shlex.quote(name)}"}
        raise InputError([Finding(UNKNOWN_SCHEME, "", told, ("scheme",))]) from error


def _hidden(sheet: Sheet, columns: Mapping[str, int]) -> Read | None:
    """Refuse a hidden sheet that has scores; one with anything else is passed over."""
    try:
        heading = heading_of(sheet, columns)
    except InputError:
        return None
    found = [*unseen_scores(sheet, heading)] if heading else []
    return (None, None, found) if found else None


def _same_scheme(sheet: Sheet, scheme: Scheme, made: Mapping[str, str]) -> None:
    """Refuse a template that was made for another scheme, or for this one before it changed.

    Hashes that earlier versions of the program wrote cannot be compared with those of
    today: their templates go by the id, and every row by its code and maximum.
    """
    known = made.get("sha256", scheme.sha256)
    is_old = made.get("template") != TEMPLATE
    if made.get("scheme", scheme.id) != scheme.id if is_old else known != scheme.sha256:
        found = short(f"{made.get('scheme', '')} {known[:12]}")
        told = {"found": found, "expected": f"{scheme.id} {scheme.sha256[:12]}"}
        raise InputError([sheet.finding(OTHER_SCHEME_TEMPLATE, "scheme", (0, 0), **told)])
