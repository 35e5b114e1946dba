"""Tables as an Excel workbook, which the office wing writes."""

from typing import TextIO

from parindex.findings.wing import wing
from parindex.render.formats import Shapes
from parindex.values.language import Language


def write(shapes: Shapes, stream: TextIO, say: Language, _dialect: str) -> None:
    """Write the workbook of a command, or else a page for each of its tables."""
    book = shapes.book() if shapes.book else wing("pages.page").book_of(list(shapes.tables))
    wing("xlsx.write").write_book(book, say, stream.buffer)
