"""Tables of any program's files as sheets, so that one reader takes them all."""

from parindex.office.xlsx.book import sheets_of
from parindex.office.xlsx.official_csv import text_sheet
from parindex.office.xlsx.sheet import Sheet
from parindex.reading.document import text_of
from parindex.reading.file_kind import is_word

_DELIMITERS = (";", "\t", ",")


def open_sheets(data: bytes, file: str) -> list[Sheet]:
    """The tables of a file: sheets of a workbook, tables of a Word document, or a text's lines.

    Args:
        data: the bytes of the file, whose kind they say.
        file: its name, for places.

    Raises:
        InputError: it is of no kind that has tables, broken, or larger than any.
    """
    if data.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        if is_word(data):
            from parindex.office.sheets.word import word_tables

            return word_tables(data, file)
        return [*sheets_of(data, file)]
    text = text_of(data, file)
    tables = [text_sheet(text, delimiter, file) for delimiter in _DELIMITERS]
    return [max((each for each in tables if each), key=_width)] if any(tables) else []


def _width(sheet: Sheet) -> int:
    return sum(len(cells) for cells in sheet.rows.values()) - len(sheet.rows)
