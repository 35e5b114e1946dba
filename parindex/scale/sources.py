"""Files of dossiers as one lazy frame of the mapped columns; nothing else of them is read.

Rows stay in their files until an engine streams through them. A place is a file and the number
of a row in it: the line of a CSV without line ends in its cells, the row of a sheet, the line of JSON.
"""

import csv
import glob
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from typing import Any, Final, NamedTuple

import narwhals as nw
import numpy
import polars

from parindex.findings import InputError
from parindex.findings.system import unread
from parindex.findings.wing import wing
from parindex.reading.encoding import decoded, not_utf8
from parindex.reading.file_kind import refuse_foreign
from parindex.reading.folder import files_of
from parindex.reading.source import read_bytes
from parindex.scale.rejects import FILE
from parindex.scale.tables import FIRST_ROWS, Heading, chosen, heading_among, heading_of_text
from parindex.values.codes import EMPTY_FILE, FILE_UNREADABLE, SYNTAX_BROKEN
from parindex.values.finding import Finding, Place
from parindex.values.language import N_

_START: Final = 128 * 1024
_AT_ONCE: Final = 32 * 1024 * 1024
"""Bytes of files that are opened at once."""
_PIECE: Final = 256 * 1024
_LINE_END: Final = ord("\n")
_QUOTE: Final = ord('"')
JSON_LINES: Final = 200
ROWS: Final = N_("rows of dossiers")
_TEXTS: Final = (".csv", ".tsv", ".txt")
JSON: Final = (".jsonl", ".ndjson")
_BOOKS: Final = (".xlsx", ".xlsm", ".xls", ".ods")
ENDINGS: Final = (*_TEXTS, *JSON, *_BOOKS, ".parquet")
"""How files of dossiers end; one with another ending is read as a text."""
_QUOTES: Final = N_("a quote within a cell")
_CLOSED: Final = N_("every quote within a cell doubled, and every cell that begins with one closed")


class Text(NamedTuple):
    """A text with its delimiter, the line of its heading, how many cells this has, and which of them are read; whether it has quotes."""

    file: str
    delimiter: str
    heading: int
    width: int
    columns: Mapping[str, int]
    is_quoted: bool

    def frame(self, types: Mapping[str, Any] | None = None) -> Any:
        """Its rows; a row is too wide where something stands in the first cell behind those of the heading.

        Args:
            types: what columns become, if not texts.
        """
        types = types or {}
        schema: dict[str, Any] = {f"c{at}": polars.String for at in range(self.width + 1)}
        places = list(self.columns.values())
        for name, dtype in types.items():
            # Categories take `"a"b` for `a`, where texts are refused.
            if not self.is_quoted and places.count(self.columns[name]) == 1:
                schema[f"c{self.columns[name]}"] = dtype
        frame = polars.scan_csv(
            self.file,
            has_header=False,
            separator=self.delimiter,
            skip_lines=self.heading,
            schema=schema,
            truncate_ragged_lines=True,
            missing_columns="insert",
            extra_columns="ignore",
            encoding="utf8-lossy",
            row_index_name="row",
            row_index_offset=self.heading + 1,
            glob=False,
        )
        taken = {
            name: polars.col(f"c{at}").cast(types.get(name, polars.String))
            for name, at in self.columns.items()
        }
        return frame.select("row", **taken, wide=polars.col(f"c{self.width}").is_not_null())


class Scanned(NamedTuple):
    """Rows of files as lazy frames of Narwhals, and the files by their numbers."""

    tables: Sequence["_Table"]

    @property
    def files(self) -> Sequence[str]:
        """The file of each table."""
        return [each.file for each in self.tables]

    @property
    def texts(self) -> Sequence[Text]:
        """The texts among them."""
        return [each.text for each in self.tables if each.text]

    @property
    def others(self) -> Sequence[Any]:
        """The frames that are of no text."""
        return [each.frame for each in self.tables if not each.text]

    def frames(self, types: Mapping[str, Any] | None = None) -> Sequence[Any]:
        """The rows, those of several small files in one frame.

        Args:
            types: what columns are read as, if not as they are; all tables are texts then.
        """
        tables = self.tables
        if types:
            tables = [each._replace(frame=each.text.frame(types)) for each in tables if each.text]
        return list(_grouped(_alike(_numbered(tables)), tables))

    def _other_rows(self) -> int:
        counts = polars.collect_all([each.select(polars.len()) for each in self.others])
        return sum(each.item() for each in counts)

    def hides_lines(self, rows: int) -> bool:
        """Whether texts have more lines than there are rows: some stand within quotes."""
        if not any(each.is_quoted for each in self.texts):
            return False
        with ThreadPoolExecutor() as pool:
            lines = sum(pool.map(_lines_of, [each.file for each in self.texts]))
        lines -= sum(each.heading for each in self.texts)
        return lines > rows - self._other_rows()


class _Table(NamedTuple):
    """One table as a lazy frame of Polars: mapped columns by their names, `row` and `wide`, of JSON `broken`; the bytes of its file."""

    file: str
    frame: Any
    text: Text | None = None
    size: int = 0


def each_file(given: Sequence[str]) -> list[str]:
    """The files that names, folders and patterns mean, each once.

    Raises:
        InputError: P113 there is none, P101 a folder cannot be read.
    """
    found: dict[str, None] = {}
    findings: list[Finding] = []
    for name in given:
        is_pattern = glob.has_magic(name) and not Path(name).exists()
        names = _matching(name) if is_pattern else [name]
        if not names:
            findings.append(Finding(EMPTY_FILE, "", {"expected": ROWS}, place=Place(name)))
        try:
            for each in names:
                found |= dict.fromkeys(files_of(each, ENDINGS, [], expected=ROWS))
        except InputError as error:
            findings += error.findings
    if findings:
        raise InputError(findings)
    return list(found)


def _matching(pattern: str) -> list[str]:
    """The files of a pattern such as `2025-*.csv` or `rows/**/*.parquet`, in the order of their names."""
    return sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 - it may be absolute


def scanned(given: Sequence[str], wanted: Mapping[str, str]) -> Scanned:
    """The rows of files, folders and patterns.

    Args:
        given: their names.
        wanted: the heading of each column that is read, by the name that it has in the frame.

    Raises:
        InputError: every fault of every file that is found before its rows are read.
    """
    tables: list[_Table] = []
    findings: list[Finding] = []
    for file in each_file(given):
        try:
            size = Path(file).stat().st_size
            tables += [each._replace(size=size) for each in _tables(file, wanted)]
        except InputError as error:
            findings += error.findings
        except OSError as error:
            findings.append(Finding(FILE_UNREADABLE, "", unread(error), place=Place(file)))
    if findings:
        raise InputError(findings)
    return Scanned(tables)


def _numbered(tables: Sequence[_Table]) -> list[Any]:
    """The frames of tables, whose rows have numbers of their own; `broken` in all where it is in one."""
    frames = [
        each.frame.with_columns(polars.col("row").cast(polars.Int64) + number * FILE)
        for number, each in enumerate(tables)
    ]
    if any("broken" in each.collect_schema() for each in frames):
        frames = [
            each
            if "broken" in each.collect_schema()
            else each.with_columns(broken=polars.lit(value=False))
            for each in frames
        ]
    return frames


def _grouped(frames: Iterable[Any], tables: Iterable[_Table]) -> Iterator[Any]:
    """Frames of Narwhals, one after another: small files together, for an engine opens those of a frame at once."""
    held: list[Any] = []
    size = 0
    for frame, table in zip(frames, tables, strict=True):
        held.append(frame)
        size += table.size
        if size > _AT_ONCE:
            yield nw.from_native(polars.concat(held))
            held, size = [], 0
    if held:
        yield nw.from_native(polars.concat(held))


def _alike(frames: list[Any]) -> list[Any]:
    """Frames of the same types; where these differ all become text."""
    schemas = [each.collect_schema() for each in frames]
    if any(schema != schemas[0] for schema in schemas):
        kept = ("row", "wide", "broken")
        frames = [
            each.with_columns(polars.selectors.exclude(*kept).cast(polars.String))
            for each in frames
        ]
    return frames


def _tables(file: str, wanted: Mapping[str, str]) -> list[_Table]:
    ending = Path(file).suffix.lower()
    if ending == ".parquet":
        return [_parquet(file, wanted)]
    if ending in _BOOKS:
        return _sheets(file, wanted)
    return [_json_lines(file, wanted) if ending in JSON else _text(file, wanted)]


def start_of(file: str) -> str:
    """The first lines of a text.

    Raises:
        InputError: P150 it is of another kind, P103 it is not UTF-8, P113 it is empty.
    """
    with Path(file).open("rb") as stream:
        data = stream.read(_START)
        if len(data) == _START:
            data = data[: data.rfind(b"\n") + 1] or data
    return checked_start(data, file)


def checked_start(data: bytes, file: str) -> str:
    """The first bytes of a text as text; errors as `start_of`."""
    refuse_foreign(data, file)
    start = decoded(data, file)
    if not start.strip():
        raise InputError([Finding(EMPTY_FILE, "", place=Place(file))])
    return start


def _text(file: str, wanted: Mapping[str, str]) -> _Table:
    heading = heading_of_text(start_of(file), wanted)
    columns = chosen(wanted, heading.cells, file)
    text = Text(
        file, heading.delimiter, heading.row, len(heading.cells), columns, _has_quotes(file)
    )
    return _Table(file, text.frame(), text)


def _parquet(file: str, wanted: Mapping[str, str]) -> _Table:
    try:
        frame = polars.scan_parquet(file, glob=False)
        names = frame.collect_schema().names()
    except polars.exceptions.PolarsError as error:
        raise InputError([Finding(SYNTAX_BROKEN, "", place=Place(file))]) from error
    columns = chosen(wanted, names, file)
    taken = {name: polars.col(names[at]) for name, at in columns.items()}
    frame = frame.with_row_index("row", offset=1)
    return _Table(file, frame.select("row", **taken, wide=polars.lit(value=False)))


def keys_of_lines(file: str) -> list[str]:
    """The keys that the first lines of JSON have."""
    return keys_among(start_of(file))


def keys_among(start: str) -> list[str]:
    """The keys that the first of some lines of JSON have."""
    return list(dict.fromkeys(key for each in _objects(start) for key in each))


def first_objects(file: str) -> list[dict[str, Any]]:
    """The first objects of lines of JSON."""
    return [*_objects(start_of(file))]


def _objects(start: str) -> Iterator[dict[str, Any]]:
    for line in islice(start.splitlines(), JSON_LINES):
        try:
            read = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(read, dict):
            yield read


def _json_lines(file: str, wanted: Mapping[str, str]) -> _Table:
    keys = keys_of_lines(file)
    columns = chosen(wanted, keys, file)
    frame = polars.scan_lines(file, row_index_name="row", row_index_offset=1, glob=False)
    line = polars.col("line").str.strip_chars("\ufeff \t\r\n")
    frame = frame.with_columns(line=line)
    is_object = line.str.starts_with("{") & line.str.json_path_match("$").is_not_null()
    broken = (line != "") & ~is_object
    taken = {
        name: polars.col("line").str.json_path_match(_path_of(keys[at]))
        for name, at in columns.items()
    }
    return _Table(file, frame.select("row", **taken, wide=polars.lit(value=False), broken=broken))


def _path_of(key: str) -> str:
    """The path of a key of an object."""
    said = key.replace("\\", "\\\\").replace("'", "\\'")
    return f"$['{said}']"


def rows_of_sheet(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    """The rows of a sheet that hold something, each with its number and the texts of its cells."""
    width = max((max(cells) for cells in sheet.rows.values() if cells), default=0)
    for number in sorted(sheet.rows):
        cells = sheet.rows[number]
        yield number, [cells[at].text if at in cells else "" for at in range(1, width + 1)]


def _sheets(file: str, wanted: Mapping[str, str]) -> list[_Table]:
    sheets = [each for each in sheets_of(file) if not each.is_hidden and each.rows]
    if not sheets:
        raise InputError([Finding(EMPTY_FILE, "", {"expected": ROWS}, place=Place(file))])
    found: list[tuple[Any, Heading]] = []
    for sheet in sheets:
        heading = heading_among(islice(rows_of_sheet(sheet), FIRST_ROWS), wanted)
        found.append((sheet, heading))
    whole = [pair for pair in found if _is_whole(wanted, pair[1], file)]
    if not whole:
        chosen(wanted, found[0][1].cells, file)
    return [_sheet(file if len(whole) == 1 else f"{file}:{sheet.name}", sheet, heading, wanted)
            for sheet, heading in whole]  # fmt: skip


def _is_whole(wanted: Mapping[str, str], heading: Heading, file: str) -> bool:
    try:
        chosen(wanted, heading.cells, file)
    except InputError:
        return False
    return True


def sheets_of(file: str) -> list[Any]:
    """The sheets of a workbook, by the reader of this house, which bounds what it takes."""
    sheets: list[Any] = wing("sheets").workbook_sheets(read_bytes(file), file)
    return sheets


def _sheet(file: str, sheet: Any, heading: Heading, wanted: Mapping[str, str]) -> _Table:
    columns = chosen(wanted, heading.cells, file)
    rows = [each for each in rows_of_sheet(sheet) if each[0] > heading.row]
    data: dict[str, Any] = {"row": [number for number, _ in rows]}
    data |= {name: [cells[at] for _, cells in rows] for name, at in columns.items()}
    schema = dict.fromkeys(columns, polars.String)
    frame = polars.DataFrame(data, schema={"row": polars.Int64, **schema}).lazy()
    return _Table(file, frame.with_columns(wide=polars.lit(value=False)))


def refuse_other_letters(scan: Scanned) -> None:
    """Refuse texts that have bytes of another encoding, far behind their start.

    Raises:
        InputError: P103, P154 the first such byte.
    """
    for text in scan.texts:
        with Path(text.file).open("rb") as stream:
            for number, line in enumerate(stream, start=1):
                try:
                    line.decode()
                except UnicodeDecodeError as error:
                    place = Place(text.file, number, error.start + 1)
                    raise not_utf8(line, error.start, place) from error


def broken_texts(scan: Scanned) -> list[Finding]:
    """The first row that breaks the rules of CSV, in each of the texts that has one."""
    findings = []
    for text in scan.texts:
        line = _broken_line(text)
        if line:
            told = {"cause": _QUOTES, "expected": _CLOSED}
            findings.append(Finding(SYNTAX_BROKEN, "", told, place=Place(text.file, line, 1)))
    return findings


def broken(scan: Scanned) -> InputError:
    """The fault of files that an engine refused: of texts the row, of others the file."""
    texts = {each.file for each in scan.texts}
    others = [Place(each) for each in scan.files if each not in texts] or [Place(scan.files[0])]
    faults = broken_texts(scan)
    return InputError(faults or [Finding(SYNTAX_BROKEN, "", place=each) for each in others])


def _broken_line(text: Text) -> int:
    """The line at which the first broken row of a text begins; 0 where there is none."""
    with Path(text.file).open(encoding="utf-8", errors="replace", newline="") as stream:
        rows = csv.reader(stream, delimiter=text.delimiter, strict=True)
        line = 1
        try:
            for _ in rows:
                line = rows.line_num + 1
        except csv.Error:
            return line
    return 0


def _has_quotes(file: str) -> bool:
    """Whether a quote stands anywhere in a text."""
    piece = bytearray(_PIECE)
    with Path(file).open("rb", buffering=0) as stream:
        while size := stream.readinto(piece):
            if piece.find(_QUOTE, 0, size) >= 0:
                return True
    return False


def _lines_of(file: str) -> int:
    """How many lines a text has."""
    lines, ends = 0, numpy.zeros(0, bool)
    piece = bytearray(_PIECE)
    read = numpy.frombuffer(piece, numpy.uint8)
    with Path(file).open("rb", buffering=0) as stream:
        while size := stream.readinto(piece):
            ends = read[:size] == _LINE_END
            lines += int(numpy.count_nonzero(ends))
    return lines + (len(ends) > 0 and not ends[-1])
