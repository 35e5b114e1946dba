"""What an engine cannot scan where it lies, copied to a file for as long as it is read.

Standard input and pipes pass once, and engines read twice; a text of two bytes a letter becomes
one of UTF-8, lines that end with CR alone end with LF, and JSON loses its byte-order mark. Places
go on to name what was given.
"""

import codecs
import stat
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final, TypeVar

from msgspec.structs import replace

from parindex.findings import InputError
from parindex.reading.encoding import is_utf16
from parindex.reading.source import STDIN, opened, shown
from parindex.scale.sources import JSON, each_file
from parindex.values.codes import FILE_TOO_LARGE, NOT_UTF8
from parindex.values.finding import Finding, Place

MOST_BYTES: Final = 4 * 1024**3
"""Bytes of a stream at the most: what is copied fills a disk."""
_START: Final = 4096
_PIECE: Final = 1024 * 1024
_BOOK: Final = ".xlsx"
_PARQUET: Final = b"PAR1"
_PACKED: Final = b"PK\x03\x04"
_CR: Final = b"\r"
_LF: Final = b"\n"
T = TypeVar("T")


def read_once(given: Sequence[str], read: Callable[[Sequence[str], Mapping[str, str]], T]) -> T:
    """What a function reads of files that may be streams.

    Args:
        given: names of files, folders and patterns, and `-` for standard input.
        read: takes files that can be opened again and again, and what some of them are called.

    Raises:
        InputError: those of the function, with the names that were given; P101 a file cannot be
            read, P102 a stream is too large, P103 one of two bytes a letter is none.
    """
    with tempfile.TemporaryDirectory(prefix="parindex-") as folder, _copied(given, folder) as found:
        names = {copy: name for name, copy in found.items() if copy != name}
        try:
            return read(list(found.values()), names)
        except InputError as error:
            renamed = [_renamed(each, names) for each in error.findings]
            raise InputError(renamed) from error


def _renamed(finding: Finding, names: Mapping[str, str]) -> Finding:
    place = finding.place
    if place is None:
        return finding
    file = called(place.file, names)
    return finding if file == place.file else replace(finding, place=replace(place, file=file))


def called(file: str, names: Mapping[str, str]) -> str:
    """What a file is called: a sheet of a copied workbook stands behind the name of its file."""
    for copy, name in names.items():
        if file == copy or file.startswith(f"{copy}:"):
            return name + file.removeprefix(copy)
    return file


@contextmanager
def _copied(given: Sequence[str], folder: str) -> Iterator[dict[str, str]]:
    """The file to be read for each that was given."""
    found: dict[str, str] = {}
    findings: list[Finding] = []
    for number, name in enumerate(each_file(given)):
        try:
            found[shown(name)] = _copy(name, Path(folder, str(number))) or name
        except InputError as error:
            findings += error.findings
    if findings:
        raise InputError(findings)
    yield found


def _copy(name: str, target: Path) -> str | None:
    """The copy of a stream, or of a text that engines read otherwise; None of what can be read as it is."""
    if name != STDIN and not _is_stream(name):
        with opened(name) as source:
            is_plain = _is_plain(source.start, name)
        if is_plain:
            return None
    with opened(name) as source:
        start, ending = source.start, _ending(source.start, name)
        copy = target.with_suffix(ending)
        if ending in JSON:
            start = start.removeprefix(codecs.BOM_UTF8)
        with copy.open("wb") as stream:
            if is_utf16(start):
                _write_utf8(start, source.more, stream, name)
            elif _is_of_returns(start):
                more = source.more
                start = start.replace(_CR, _LF)
                _write(start, lambda size: more(size).replace(_CR, _LF), stream, name)
            else:
                _write(start, source.more, stream, name)
    return str(copy)


def _is_plain(start: bytes, name: str) -> bool:
    """Whether engines read a file as it is meant."""
    if _ending(start, name) in JSON and start.startswith(codecs.BOM_UTF8):
        return False
    return not is_utf16(start) and not _is_of_returns(start)


def _is_of_returns(start: bytes) -> bool:
    """Whether lines end with CR alone, as old programs write them."""
    is_text = not start.startswith((_PARQUET, _PACKED, b"\xd0\xcf\x11\xe0")) and b"\0" not in start
    return is_text and _CR in start[:-1] and _LF not in start


def _is_stream(name: str) -> bool:
    try:
        mode = Path(name).stat().st_mode
    except (OSError, ValueError):
        return False  # told where it is opened
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


def _ending(start: bytes, name: str) -> str:
    """How a copy is called: as its bytes tell, for streams have no ending."""
    if start.startswith(_PARQUET):
        return ".parquet"
    if start.startswith(_PACKED):
        return _BOOK
    ending = Path(name).suffix.lower()
    text = start.decode("utf-16" if is_utf16(start) else "utf-8-sig", errors="replace")
    return JSON[0] if ending in JSON or text.lstrip().startswith("{") else ".csv"


def _write(start: bytes, more: Callable[[int], bytes], stream: BinaryIO, name: str) -> None:
    data, size = start, 0
    while data:
        size += len(data)
        if size > MOST_BYTES:
            told = {"expected": f"≤ {MOST_BYTES // 1024**2} MB"}
            raise InputError([Finding(FILE_TOO_LARGE, "", told, place=Place(shown(name)))])
        stream.write(data)
        data = more(_PIECE)


def _write_utf8(start: bytes, more: Callable[[int], bytes], stream: BinaryIO, name: str) -> None:
    decoder = codecs.getincrementaldecoder("utf-16")()

    def text(size: int) -> bytes:
        while data := more(size):
            if told := decoder.decode(data).encode():
                return told
        return decoder.decode(b"", final=True).encode()

    try:
        _write(decoder.decode(start).encode(), text, stream, name)
    except UnicodeError as error:
        place = Place(shown(name), 1, 1)
        raise InputError([Finding(NOT_UTF8, "", {"found": "UTF-16"}, place=place)]) from error
