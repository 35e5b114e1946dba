"""Tables of any program's files as sheets, so that one reader takes them all."""

from typing import Final

from parindex.findings import InputError
from parindex.office.xlsx.book import sheets_of
from parindex.office.xlsx.head import Places, read_head
from parindex.office.xlsx.headings import heading_of
from parindex.office.xlsx.official_csv import text_sheet
from parindex.office.xlsx.sheet import Sheet
from parindex.office.xlsx.sheet_checks import headless
from parindex.reading.document import text_of
from parindex.reading.file_kind import is_old_excel, is_opendocument, is_word

_DELIMITERS: Final = (";", "\t", ",")


def _word(data: bytes, file: str) -> list[Sheet]:
    from parindex.office.sheets.word import word_tables

    return word_tables(data, file)


def _old_excel(data: bytes, file: str) -> list[Sheet]:
    from parindex.office.sheets.old_excel import old_sheets

    return old_sheets(data, file)


def _opendocument(data: bytes, file: str) -> list[Sheet]:
    from parindex.office.sheets.opendocument import ods_sheets

    return ods_sheets(data, file)


_READERS: Final = ((is_word, _word), (is_old_excel, _old_excel), (is_opendocument, _opendocument))
"""What a file is by its bytes, and what reads it; all else is .xlsx, or text."""


def open_sheets(data: bytes, file: str) -> list[Sheet]:
    """The tables of a file: sheets of a workbook, tables of a Word document, or a text's lines.

    Args:
        data: the bytes of the file, whose kind they say.
        file: its name, for places.

    Raises:
        InputError: it is of no kind that has tables, broken, or larger than any.
    """
    if is_packed(data):
        return workbook_sheets(data, file)
    text = text_of(data, file)
    tables = [text_sheet(text, delimiter, file) for delimiter in _DELIMITERS]
    return [max((each for each in tables if each), key=_width)] if any(tables) else []


def workbook_sheets(data: bytes, file: str) -> list[Sheet]:
    """The tables of a workbook, or of a Word document; errors as `open_sheets`."""
    for is_of_kind, read in _READERS:
        if is_of_kind(data):
            return read(data, file)
    return [*sheets_of(data, file)]


def has_scores(data: bytes, file: str) -> bool | None:
    """Whether a document has a table of scores of a unit; None where it does not say whose.

    Raises:
        InputError: it cannot be read.
    """
    is_unsaid = False
    for sheet in workbook_sheets(data, file):
        try:
            heading = heading_of(sheet, {})
            if heading is not None and read_head(sheet, heading.first, Places(sheet)).get("unit"):
                return True
        except InputError:
            heading = None
            is_unsaid = True
        other = headless(sheet)
        is_unsaid = is_unsaid or heading is not None or (other is not None and other.is_table)
    return None if is_unsaid else False


def is_packed(data: bytes) -> bool:
    """Whether the bytes are no text, but those of a workbook or document."""
    return data.startswith((b"PK", b"\xd0\xcf\x11\xe0")) or is_old_excel(data)


def _width(sheet: Sheet) -> int:
    return sum(len(cells) for cells in sheet.rows.values()) - len(sheet.rows)
