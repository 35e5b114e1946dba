"""Scorecards from files, folders and standard input: the one reader that all commands use."""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from parindex.catalog import choose_scheme
from parindex.findings import InputError
from parindex.findings.system import NOTHING, cause
from parindex.formats.document import STDIN, fault, read_bytes, read_text
from parindex.formats.documents import ENDINGS, documents_of, kind_of
from parindex.formats.numerals import DecimalMark
from parindex.formats.once import Once, Read
from parindex.formats.scorecard_file import HeadForm, scorecard_of
from parindex.model.finding import Finding, Place, in_file
from parindex.model.scheme import Scheme
from parindex.model.scorecard import Scorecard

_START: Final = 4096
"""Bytes of standard input by which its format is told."""
_MOST_FAULTS: Final = 100_000

SchemeOf = Callable[[HeadForm], Scheme]


class Reading(NamedTuple):
    """How scorecards are read, whatever their format."""

    scheme_of: SchemeOf
    mark: DecimalMark | None
    columns: Mapping[str, int]
    parts: bool = False


def read_scorecards(
    file: str,
    schemes: Sequence[Scheme] = (),
    mark: DecimalMark | None = None,
    columns: Mapping[str, int] | None = None,
    *,
    parts: bool = False,
) -> Iterator[Scorecard]:
    """The scorecards of a file, of a folder's files, or of standard input for `-`.

    Args:
        file: the name of a YAML, JSON, CSV or .xlsx file with one or more scorecards,
            of a folder with such files, or `-`.
        schemes: where there is one, the scheme of all of them; of several each
            names its own; without any it is one of the catalog.
        mark: which of comma and point is the decimal mark; without it a number
            that can be read in two ways is refused.
        columns: which column of a workbook holds what, counted from 1; without it
            they are found by their headings.
        parts: whether they are parts of one scorecard: then several may be of one
            unit, and a workbook may be empty still.

    Yields:
        The scorecards in the order of the file, each with the id of its scheme.
        Those of CSV come while the file is being read.

    Raises:
        InputError: every fault of the file, in its order.
    """

    def scheme_of(head: HeadForm) -> Scheme:
        return choose_scheme(schemes, head.scheme, head.level, head.year, head.province, head.group)

    reading = Reading(scheme_of, mark, columns or {}, parts)
    findings: list[Finding] = []
    names = files_of(file)
    once = Once(len(names), parts=parts)
    for name in names:
        try:
            yield from _from_file(name, reading, once)
        except InputError as error:
            findings += error.findings
    if findings:
        raise InputError(findings)


def _from_file(file: str, reading: Reading, once: Once) -> Iterator[Scorecard]:
    if file == STDIN:
        yield from _from_stdin(reading, once)
        return
    kind = kind_of(file, start_of(file))
    if kind == "csv":
        yield from _streamed(once.checked_table(from_csv(file, reading.scheme_of, reading.mark)))
    elif kind == "xlsx":
        yield from _whole(once.checked(_from_xlsx(read_bytes(file), file, reading)))
    else:
        yield from _whole(once.checked(_from_text(read_text(file), file, reading)))


def files_of(file: str) -> list[str]:
    """The file itself, or the scorecard files below a folder, in the order of their names."""
    if not file:
        raise fault("P101", Place('""'), **NOTHING)
    path = Path(file)
    try:
        if file == STDIN or not path.is_dir():
            return [file]
        found = sorted(
            str(each)
            for each in path.rglob("*")
            if each.suffix.lower() in ENDINGS and each.is_file() and not each.name.startswith("~$")
        )
    except (OSError, ValueError) as error:
        raise fault("P101", Place(file), **cause(error)) from error
    if not found:
        raise fault("P118", Place(file))
    return found


def start_of(file: str) -> str:
    """The start of a file whose ending does not tell its format; empty for others."""
    if Path(file).suffix.lower() in ENDINGS:
        return ""
    try:
        with Path(file).open("rb") as stream:
            return stream.read(_START).decode("utf-8", errors="replace")
    except (OSError, ValueError):
        return ""  # said when the file is read


def _from_text(text: str, file: str, reading: Reading) -> Iterator[Read]:
    for document in documents_of(text, file):
        yield scorecard_of(document, reading.scheme_of, reading.mark, empty=reading.parts)


def _from_xlsx(data: bytes, file: str, reading: Reading) -> Iterator[Read]:
    from parindex.formats.xlsx.read import read_xlsx

    scheme_of, mark, columns, parts = reading
    yield from read_xlsx(data, file, scheme_of, mark, columns, empty=parts)


def from_csv(file: str, scheme_of: SchemeOf, mark: DecimalMark | None) -> Iterator[Read]:
    """The scorecards of a table, as `read_csv` gives them."""
    from parindex.formats.delimited.read import read_csv

    try:
        with Path(file).open("rb") as stream:
            yield from read_csv(stream, file, scheme_of, mark)
    except OSError as error:
        raise fault("P101", Place(file), **cause(error)) from error


def _from_stdin(reading: Reading, once: Once) -> Iterator[Scorecard]:
    if sys.stdin is None:
        raise fault("P113", Place("<stdin>"))
    start = sys.stdin.buffer.read(_START)
    kind = kind_of(STDIN, start.decode("utf-8", errors="replace"))
    if kind == "csv":
        yield from _streamed(_from_copy(start, reading))
    elif kind == "xlsx":
        data = read_bytes(STDIN, start)
        yield from _whole(once.checked(_from_xlsx(data, "<stdin>", reading)))
    else:
        text = read_text(STDIN, start)
        yield from _whole(once.checked(_from_text(text, STDIN, reading)))


def _from_copy(start: bytes, reading: Reading) -> Iterator[Read]:
    """CSV from standard input, by way of a temporary file that can be looked over first."""
    import shutil
    import tempfile

    from parindex.formats.delimited.read import read_csv

    with tempfile.TemporaryFile() as copy:
        copy.write(start)
        shutil.copyfileobj(sys.stdin.buffer, copy)
        copy.seek(0)
        yield from read_csv(copy, "<stdin>", reading.scheme_of, reading.mark)


def _whole(read: Iterable[Read]) -> Iterator[Scorecard]:
    """All scorecards of a file, or every fault of it: of form, and of what does not fit."""
    cards: list[tuple[Scorecard, Scheme]] = []
    findings: list[Finding] = []
    try:
        for scorecard, scheme, faults in read:
            findings += faults
            if scorecard is not None and scheme is not None:
                cards.append((scorecard, scheme))
            if len(findings) > _MOST_FAULTS:
                break  # no file of scorecards: nobody reads more of them
    except InputError as error:
        findings += error.findings
    if findings:
        for scorecard, scheme in cards:
            findings += _unfit(scorecard, scheme)
        raise InputError(sorted(findings, key=in_file))
    for scorecard, _ in cards:
        yield scorecard


def _streamed(read: Iterable[Read]) -> Iterator[Scorecard]:
    """The scorecards as they come; at the end every fault that was met.

    A unit with a fault of form is not given, but what else is wrong with it is
    told with the other faults.
    """
    findings: list[Finding] = []
    try:
        for scorecard, scheme, faults in read:
            findings += faults
            if scorecard is None or scheme is None:
                continue
            if faults:
                findings += _unfit(scorecard, scheme)
            else:
                yield scorecard
    except InputError as error:
        findings += error.findings
    if findings:
        raise InputError(sorted(findings, key=in_file))


def _unfit(scorecard: Scorecard, scheme: Scheme) -> tuple[Finding, ...]:
    """The faults that only scoring finds, so that the user sees all at once."""
    from parindex.scoring import score

    try:
        score(scorecard, scheme)
    except InputError as error:
        return error.findings
    return ()
