"""Scorecards in memory: bytes, streams and plain data, read and checked as files are."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, ValuesView
from io import BytesIO
from typing import Any, Final

from parindex.files.open_scorecards import Reading, cards_of, from_csv, read_source
from parindex.files.row_places import read_of_rows
from parindex.reading.document import Document, fault
from parindex.reading.documents import Kind, kind_of
from parindex.reading.plain_data import document_of, each_document, is_frame, table_of
from parindex.reading.source import MOST_BYTES, Source
from parindex.scorecard.delimited.columns import Columns
from parindex.scorecard.duplicate_units import DuplicateUnits, Read
from parindex.scorecard.scorecard import Scorecard
from parindex.scorecard.scorecard_file import ScorecardForm
from parindex.values.codes import EMPTY_FILE
from parindex.values.finding import Place

_HEAD: Final = frozenset(ScorecardForm.model_fields)


def is_given(value: object) -> bool:
    """Whether something holds scorecards itself: bytes, a stream, plain data or a frame."""
    if isinstance(value, str):
        return False
    if isinstance(value, memoryview | Mapping | Sequence | Iterator | ValuesView):
        return True
    return callable(getattr(value, "read", None)) or is_frame(value)


def scorecards_given(given: Any, reading: Reading, kind: str | None = None) -> list[Scorecard]:
    """The scorecards of something in memory.

    Args:
        given: bytes; a binary or text stream; a dict, or a list of dicts, of the fields of a
            scorecard file; rows of a table as dicts, or as lists of which the first has the
            headings; an iterator of either; a frame of pandas, Polars or PyArrow.
        reading: how they are read.
        kind: the format of bytes or of a stream, where that is known; else it is told by how they begin.

    Raises:
        InputError: every fault of it.
    """
    return [*cards_of(read_given(given, reading, kind), is_streamed=False)]


def read_given(
    given: Any,
    reading: Reading,
    kind: str | None = None,
    of_document: Callable[[Document], Iterable[Read]] | None = None,
) -> Iterable[Read]:
    """What is in memory, as it is read; arguments as `scorecards_given`.

    `of_document` reads a document; without it that is a scorecard, or has results.
    """
    reading = reading._replace(in_memory=True)
    of_document = of_document or reading.of_document
    if isinstance(given, bytes | bytearray | memoryview):
        return _of_bytes(Source("", BytesIO(bytes(given))), reading, kind, of_document)
    if callable(getattr(given, "read", None)):
        return _of_bytes(_source(given), reading, kind, of_document)
    if isinstance(given, Iterator | Sequence | ValuesView) and not isinstance(given, list | tuple):
        given = [*given]
    duplicates = DuplicateUnits(parts=reading.parts)
    if is_frame(given) or _is_rows(given):
        found = table_of(given, reading.mark, lambda name: Columns.name_of(name) == "code")
        if found is not None:
            text, rows = found
            read = read_of_rows(lambda: from_csv(Source("", BytesIO(text)), reading), rows)
            return duplicates.checked(read)
    is_one = isinstance(given, Mapping)
    if not is_one and not given:
        raise fault(EMPTY_FILE, Place(""))
    documents = [document_of(given, reading.mark)] if is_one else each_document(given, reading.mark)
    return duplicates.checked(each for document in documents for each in of_document(document))


def _of_bytes(
    source: Source,
    reading: Reading,
    kind: str | None,
    of_document: Callable[[Document], Iterable[Read]],
) -> Iterable[Read]:
    of = next(each for each in Kind if each == kind) if kind else kind_of("", source.head())
    duplicates = DuplicateUnits(parts=reading.parts)
    return read_source(source, of, reading, duplicates, of_document)


def _source(stream: Any) -> Source:
    """A stream from where it stands; a text stream as its bytes in UTF-8."""
    name = getattr(stream, "name", "")
    name = name if isinstance(name, str) else ""
    if not isinstance(stream.read(0), str):
        is_at_start = not stream.seekable() or not stream.tell()
        return Source(name, stream if is_at_start else BytesIO(stream.read(MOST_BYTES + 1)))
    return Source(name, BytesIO(stream.read(MOST_BYTES + 1).encode("utf-8", "surrogatepass")))


def _is_rows(given: Any) -> bool:
    """Whether a list has the rows of a table, and not scorecards."""
    if not isinstance(given, list | tuple) or not given:
        return False
    first = given[0]
    if not isinstance(first, Mapping):
        return isinstance(first, list | tuple)
    names = {Columns.name_of(str(name)) for name in first}
    is_nested = any(isinstance(each, Mapping | list | tuple) for each in first.values())
    return "code" in names or not (is_nested or names <= _HEAD)
