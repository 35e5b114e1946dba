"""An annex imported: the file is read, its table found, and what was understood reported."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar, Final

from msgspec import Struct, field

from parindex.findings import InputError
from parindex.office.annexes.about import About, read_about
from parindex.office.annexes.annex import UNREAD, Annex, AnnexRow, cell_of
from parindex.office.annexes.columns import find_head
from parindex.office.annexes.information import Information, read_information
from parindex.office.annexes.joining import annexes_in, joined
from parindex.office.annexes.quoted import out_of_cell
from parindex.office.annexes.reading import read_annex
from parindex.office.annexes.scheme_yaml import scheme_text
from parindex.office.sheets import open_sheets
from parindex.office.xlsx.sheet import Sheet
from parindex.reading.document import fault
from parindex.reading.source import read_bytes
from parindex.tables.columns import columns
from parindex.tables.table import Table
from parindex.tables.table_builder import TableBuilder
from parindex.tables.written import Written, each_of_them, one
from parindex.values.as_data import AsData
from parindex.values.codes import MISSING_FIELD, UNKNOWN_SHEET
from parindex.values.finding import Finding, Place
from parindex.values.fuzzy import fold_whole
from parindex.values.language import N_, Language, LanguageCode, language

FORMAT: Final = "parindex-annex/1"
COLUMNS: Final = ("cell", "code", "label", "name", "max", "leaf", "rule", "status", "doubt")
_HEADINGS: Final = N_(
    "a table with headings like STT, Tiêu chí and Điểm tối đa; or --columns code=A,name=B,maximum=C"
)
READ: Final = N_("rule read")
KEPT: Final = N_("kept as points")
DOUBTFUL: Final = N_("doubtful")
OTHERS: Final = N_("other tables of criteria, not taken; choose one by --sheet or --table: {found}")
PASSED: Final = N_("not taken")


class Imported(AsData, Struct):
    """An annex as it was read, and what is printed above it."""

    annex: Annex
    about: About
    file: str
    others: list[str] = field(default_factory=list)
    _writer: ClassVar[str] = "parindex.office.annexes.importing"

    def notes(self) -> list[tuple[str, dict[str, str]]]:
        """What is to be said of the whole: sums, columns that were not read, other annexes."""
        unread = " | ".join(" ".join(text.split()) for text in self.annex.head.unread.values())
        others = " | ".join(self.others)
        return [
            *self.annex.doubts,
            *([(UNREAD, {"found": unread})] if unread else []),
            *([(OTHERS, {"found": others})] if others else []),
        ]

    def text(self, say: Language | LanguageCode) -> str:
        """The scheme file, with its comments in a language."""
        say = language(say) if isinstance(say, str) else say
        return scheme_text(
            self.annex, self.about, self.file.replace("\\", "/").rpartition("/")[2], say
        )


def import_annex(
    file: str,
    *,
    sheet: str = "",
    table: int | None = None,
    told: Mapping[str, int] | None = None,
    year: int | None = None,
) -> Imported:
    """Read the annex of a file.

    Args:
        file: its name: .docx, .xlsx, .xls, .ods or .csv.
        sheet: the sheet to take; without it the first with a table of criteria.
        table: the table of a document to take, counted from 1.
        told: which column holds what, where headings do not say it.
        year: the year that is scored, where the title does not name it.

    Raises:
        InputError: the file cannot be read, or has no such table.
    """
    sheets = open_sheets(read_bytes(file), file)
    information = read_information([each for each in sheets if not each.is_hidden])
    chosen = _chosen(sheets, sheet, table, file)
    is_one = bool(sheet or table or information)
    for order, each in enumerate(chosen):
        later = chosen[order + 1 :]
        annex, rest = _annex_of(each, later, told or {}, information, is_one=is_one)
        if annex is not None and information is not None:
            return Imported(annex, _about_own(annex), file)
        if annex is not None:
            hidden = [other for other in sheets if other.is_hidden]
            others = [] if sheet or table else annexes_in([*rest, *hidden], annex)
            about = read_about(_lines_above(annex))
            if year is not None:
                about.year, about.is_year_of_decision = year, False
            if about.year is None:
                place = Place(file)
                raise fault(MISSING_FIELD, place, expected=N_("the year in the title, or --year"))
            return Imported(annex, about, file, others)
    raise fault(MISSING_FIELD, Place(file), expected=_HEADINGS)


def _annex_of(
    sheet: Sheet,
    others: Sequence[Sheet],
    told: Mapping[str, int],
    information: Information | None,
    *,
    is_one: bool,
) -> tuple[Annex | None, Sequence[Sheet]]:
    """The annex of a sheet, or of a document's tables that continue one another, and what is left."""
    head = find_head(sheet, told)
    if head is not None and not is_one and min(sheet.rows, default=1) < 1:
        sheet, others = joined(sheet, head, others)
    return read_annex(sheet, told, information), others


def _chosen(sheets: Sequence[Sheet], name: str, number: int | None, file: str) -> list[Sheet]:
    shown = [each for each in sheets if not each.is_hidden]
    if name:
        shown = [each for each in shown if fold_whole(each.name) == fold_whole(name)]
    elif number is not None:
        shown = shown[number - 1 : number]
    if shown or not (name or number):
        return shown
    told = {"found": name or str(number), "expected": " | ".join(each.name for each in sheets[:20])}
    raise InputError([Finding(UNKNOWN_SHEET, "", told, place=Place(file))])


def _lines_above(annex: Annex) -> list[str]:
    """The texts above the table."""
    rows = annex.sheet.rows
    return [
        cell.text
        for row in sorted(row for row in rows if row < annex.head.first)
        for _, cell in sorted(rows[row].items())
    ]


def _about_own(annex: Annex) -> About:
    """What is above an annex to which a scheme was written: the title, then the decision."""
    title, *rest = [*_lines_above(annex), ""]
    found = read_about(rest)
    return About(out_of_cell(title)[0] or None, found.number, found.date)


def report_rows(imported: Imported) -> Iterator[dict[str, Any]]:
    """What was understood of each row, for programs; words are English."""
    annex = imported.annex
    for row in annex.rows():
        yield {
            "cell": cell_of(annex, row.row),
            "code": row.code,
            "label": row.label,
            "name": row.name,
            "max": row.maximum,
            "leaf": not row.children,
            "rule": row.rule,
            "status": _status(row),
            "doubt": "; ".join(words.format(**told) for words, told in row.doubts) or None,
        }
    for number, words, why in annex.passed:
        empty = dict.fromkeys(("code", "label", "max", "rule"))
        yield {
            "cell": cell_of(annex, number),
            "name": words,
            "leaf": False,
            "status": PASSED,
            "doubt": why or None,
            **empty,
        }
    for cell, words in annex.information.left if annex.information else ():
        empty = dict.fromkeys(("code", "label", "max", "rule", "doubt"))
        yield {"cell": cell, "name": words, "leaf": False, "status": PASSED, **empty}


def _status(row: AnnexRow) -> str | None:
    if row.doubts:
        return DOUBTFUL
    if row.children:
        return None
    return READ if row.rule else KEPT


def report(imported: Imported) -> dict[str, Any]:
    """The import for programs: how many leaves, how many rules read, each row."""
    leaves = imported.annex.leaves()
    return {
        "file": imported.file,
        "sheet": imported.annex.sheet.name,
        "title": imported.about.title,
        "year": imported.about.year,
        "leaves": len(leaves),
        "rules": sum(leaf.rule is not None for leaf in leaves),
        "doubtful": sum(bool(row.doubts) for row in imported.annex.rows()),
        "notes": [words.format(**told) for words, told in imported.notes()],
        "rows": list(report_rows(imported)),
    }


def report_table(imported: Imported, say: Language) -> Table:
    """The import for people: each row with what was understood of it."""
    annex = imported.annex
    titles = {"cell": say("Cell"), "doubt": say("What to look at")}
    builder = TableBuilder(
        columns(say, "cell:code code name max rule:text status doubt:text", **titles)
    )
    for row in annex.rows():
        status = _status(row)
        builder.add(
            cell=cell_of(annex, row.row),
            code=row.label or row.code,
            name=row.name,
            max=row.maximum,
            rule=_kind(row, say),
            status=say(status) if status else "",
            doubt="; ".join(say(words, **told) for words, told in row.doubts),
            depth=row.depth,
        )
    for number, words, why in annex.passed:
        doubt = say(why) if why else ""
        builder.add(cell=cell_of(annex, number), name=words, status=say(PASSED), doubt=doubt)
    for cell, words in annex.information.left if annex.information else ():
        builder.add(cell=cell, name=words, status=say(PASSED))
    figures = report(imported)
    note = say(
        "{rules} of {leaves} sub-criteria have a rule that was read; doubtful rows: {doubtful}.",
        **{key: figures[key] for key in ("rules", "leaves", "doubtful")},
    )
    told_notes = [say(words, **told) for words, told in imported.notes()]
    notes = [note, *(f"{each[:1].upper()}{each[1:]}." for each in told_notes)]
    return builder.table(imported.about.title or imported.file, notes)


def _kind(row: AnnexRow, say: Language) -> str:
    kind = str(row.rule["kind"]) if row.rule else ""
    return say(kind) if kind else ""


WRITTEN: Final = Written(
    FORMAT,
    "annexes",
    one(report),
    columns=COLUMNS,
    rows=report_rows,
    tables=each_of_them(lambda imported, say: [report_table(imported, say)]),
)
