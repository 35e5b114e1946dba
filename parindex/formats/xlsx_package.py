"""The zip and the XML of a workbook or Word document, read within bounds: nothing is trusted or run.

Only the parts that are asked for are unpacked, as a stream, and what they
unpack to is counted, whatever their headers say. A document type, and with it
every entity, is refused. Macros, links to other files and pictures are never
looked at.
"""

import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from io import BytesIO
from typing import Final
from xml.parsers import expat

from parindex.findings import InputError
from parindex.formats.document import fault
from parindex.language import mark
from parindex.model.finding import Place

MAX_UNPACKED: Final = 64 * 1024 * 1024
"""Bytes of XML that are looked at in one workbook."""
MAX_ELEMENTS: Final = 2_000_000
_MOST_PARTS: Final = 4096
_CHUNK: Final = 64 * 1024
_ENTRY: Final = b"PK\x01\x02"
_LOCKED: Final = b"\xd0\xcf\x11\xe0"
_ENCRYPTED: Final = 1
_OLD: Final = mark("a file with a password, or of an old kind (.xls, .doc)")
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError)
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)

Start = Callable[[str, Mapping[str, str]], None]
"""Takes the local name of an element that begins, and its attributes by local name."""


class Package:
    """The parts of a workbook, or of what else is `expected`, by name.

    Raises:
        InputError: P104 it is none, P106 it unpacks to more than any.
    """

    def __init__(self, data: bytes, file: str, expected: str = ".xlsx") -> None:
        self.file = file
        self.unpacked = 0
        self._expected = expected
        self._elements = 0
        if data.startswith(_LOCKED):
            raise self._no_workbook(_OLD)
        if data.count(_ENTRY) > _MOST_PARTS:
            raise self._too_much()
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except _BROKEN as error:
            raise self._no_workbook(str(error)) from error
        self._parts = {info.filename.lstrip("/").lower(): info for info in self._zip.infolist()}

    def has(self, name: str) -> bool:
        """Whether there is such a part; capitals do not matter."""
        return name.lower() in self._parts

    def names(self) -> list[str]:
        """The names of the parts, in small letters; two of one name are refused."""
        if len(self._parts) < len(self._zip.infolist()):
            raise self._no_workbook(mark("two parts of one name"))
        return list(self._parts)

    def measure(self) -> None:
        """Unpack every part once, only to count what it holds."""
        try:
            for name in self.names():
                for _ in self._chunks(name):
                    pass
        except InputError:  # it is a ValueError, too
            raise
        except (*_BROKEN, RuntimeError) as error:
            raise self._no_workbook(str(error)) from error

    def walk(
        self,
        name: str,
        start: Start,
        end: Callable[[str], None] = lambda _: None,
        text: Callable[[str], None] = lambda _: None,
    ) -> None:
        """Tell of the elements of a part, in their order, and of the text between them."""

        def begin(tag: str, attributes: dict[str, str]) -> None:
            self._elements += 1
            if self._elements > MAX_ELEMENTS:
                raise self._too_much()
            start(
                _local(tag),
                {_local(key): value for key, value in attributes.items()}
                if attributes
                else attributes,
            )

        def refuse(*_: object) -> None:
            raise self._no_workbook("<!DOCTYPE")

        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = begin
        parser.EndElementHandler = lambda tag: end(_local(tag))
        parser.CharacterDataHandler = text
        parser.StartDoctypeDeclHandler = refuse
        try:
            self._feed(name, parser)
        except expat.ExpatError as error:
            raise self._no_workbook(f"{name}: {error}") from error
        except InputError:  # it is a ValueError, too
            raise
        except (*_BROKEN, RuntimeError) as error:
            raise self._no_workbook(str(error)) from error

    def _feed(self, name: str, parser: "expat.XMLParserType") -> None:
        for chunk in self._chunks(name):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)

    def _chunks(self, name: str) -> Iterator[bytes]:
        info = self._parts.get(name.lower())
        if info is None:
            raise self._no_workbook(name)
        if info.flag_bits & _ENCRYPTED or info.compress_type not in _METHODS:
            raise self._no_workbook(_OLD)
        with self._zip.open(info) as stream:
            while chunk := stream.read(_CHUNK):
                self.unpacked += len(chunk)
                if self.unpacked > MAX_UNPACKED:
                    raise self._too_much()
                yield chunk

    def _no_workbook(self, found: str) -> Exception:
        return fault("P104", Place(self.file), found=found, expected=self._expected)

    def _too_much(self) -> Exception:
        return fault("P106", Place(self.file), expected=f"≤ {MAX_UNPACKED // 1024 // 1024} MB")


@lru_cache(maxsize=1024)
def _local(name: str) -> str:
    return name.rsplit(" ", 1)[-1]
