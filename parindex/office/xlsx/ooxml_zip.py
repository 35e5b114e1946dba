"""The zip and the XML of a workbook, read within bounds: nothing in it is trusted or run.

Only the parts that are asked for are unpacked, as a stream, and what they
unpack to is counted, whatever their headers say. A document type, and with it
every entity, is refused. Macros, links to other files and pictures are never
looked at.
"""

import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from typing import Final
from urllib.parse import unquote
from xml.parsers import expat

from parindex.findings import InputError
from parindex.reading.document import fault
from parindex.reading.file_kind import part_key, refuse_foreign
from parindex.values.codes import DUPLICATE_KEY, NESTED_TOO_DEEP, SYNTAX_BROKEN
from parindex.values.fields import short
from parindex.values.finding import Place
from parindex.values.language import N_

MAX_UNPACKED: Final = 64 * 1024 * 1024
"""Bytes of XML that are looked at in one workbook."""
_MOST_TAGS: Final = 1_200_000
"""Signs that begin an element, or end it, in all of them."""
_LONGEST_TAG: Final = 1024 * 1024
"""Bytes of one tag: a parser looks at a tag that does not end again with every chunk."""
_MOST_PARTS: Final = 4096
_CHUNK: Final = 16 * 1024
_ENTRY: Final = b"PK\x01\x02"
_DAMAGED: Final = N_("damaged, or no file of this kind")
_MISSING: Final = N_("not in it")
_ENCRYPTED: Final = 1
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError)
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)

Start = Callable[[str, Mapping[str, str]], None]
"""Takes the name of an element that begins, and its attributes by name."""


class Package:
    """The parts of a workbook, or of what else is `expected`, by name.

    Raises:
        InputError: P104 it is none, P106 it unpacks to more than any, P107 two
            of its parts have one name.
    """

    def __init__(self, data: bytes, file: str, expected: str = ".xlsx") -> None:
        self.file = file
        self.unpacked = 0
        self._expected = expected
        self._tags = 0
        refuse_foreign(data, file, expected)
        if data.count(_ENTRY) > _MOST_PARTS:
            raise self._too_much()
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except _BROKEN as error:
            raise self._no_workbook(_DAMAGED) from error
        self._parts: dict[str, zipfile.ZipInfo] = {}
        for info in self._zip.infolist():
            if info.filename.endswith(("/", "\\")):
                continue  # a folder
            name = part_key(info.filename)
            if name in self._parts:
                raise fault(DUPLICATE_KEY, Place(file), found=short(name))
            self._parts[name] = info

    def has(self, name: str) -> bool:
        """Whether there is such a part; capitals do not matter."""
        return self._info(name) is not None

    def _info(self, name: str) -> zipfile.ZipInfo | None:
        return self._parts.get(part_key(name)) or self._parts.get(part_key(unquote(name)))

    def names(self) -> list[str]:
        """The names of the parts, in small letters."""
        return list(self._parts)

    def measure(self) -> None:
        """Unpack every part once, only to count what it holds."""
        for name in self._parts:
            for _ in self.chunks(name):
                pass

    def walk(
        self,
        name: str,
        start: Start,
        end: Callable[[str], None] = lambda _: None,
        text: Callable[[str], None] = lambda _: None,
        *,
        is_done: Callable[[], bool] = lambda: False,
    ) -> None:
        """Tell of the elements of a part, in their order, and of the text between them.

        Names are told without the prefix of the first element; with another one
        they are told as they stand. Once it `is_done` the rest is
        unpacked, so that its checksum holds, and no longer looked at.
        """

        def first(tag: str, attributes: dict[str, str]) -> None:
            prefix, colon, _ = tag.rpartition(":")
            if colon:
                shared = prefix + colon
                parser.StartElementHandler = lambda tag, said: start(tag.removeprefix(shared), said)
                parser.EndElementHandler = lambda tag: end(tag.removeprefix(shared))
                start(tag.removeprefix(shared), attributes)
            else:
                parser.StartElementHandler = start
                start(tag, attributes)

        def refuse(*_: object) -> None:
            raise self._no_workbook("<!DOCTYPE")

        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = first
        parser.EndElementHandler = end
        parser.CharacterDataHandler = text
        parser.StartDoctypeDeclHandler = refuse
        # Newer parsers put off long tags, and then do not tell how far they are.
        getattr(parser, "SetReparseDeferralEnabled", lambda _: None)(False)
        try:
            self._feed(name, parser, is_done)
        except expat.ExpatError as error:
            at = f"{name}:{error.lineno}:{error.offset + 1}"
            raise self._no_workbook(_DAMAGED, at) from error

    def _feed(self, name: str, parser: "expat.XMLParserType", is_done: Callable[[], bool]) -> None:
        fed = read = 0
        for chunk in self.chunks(name):
            if is_done():
                continue
            parser.Parse(chunk, False)
            fed += len(chunk)
            read = max(read, parser.CurrentByteIndex)
            if fed - read > _LONGEST_TAG:
                raise self._too_much()
        if not is_done():
            parser.Parse(b"", True)

    def chunks(self, name: str) -> Iterator[bytes]:
        """What a part holds, piece by piece.

        Raises:
            InputError: P104 it is not there or broken, P106 all parts hold too much.
        """
        info = self._info(name)
        if info is None:
            raise self._no_workbook(_MISSING, name)
        if info.flag_bits & _ENCRYPTED or info.compress_type not in _METHODS:
            raise self._no_workbook(f"zip {info.compress_type}")
        try:
            with self._zip.open(info) as stream:
                while chunk := stream.read(_CHUNK):
                    self.unpacked += len(chunk)
                    self._tags += chunk.count(b"<")
                    if self.unpacked > MAX_UNPACKED or self._tags > _MOST_TAGS:
                        raise self._too_much()
                    yield chunk
        except InputError:  # it is a ValueError, too
            raise
        except (*_BROKEN, RuntimeError) as error:
            raise self._no_workbook(_DAMAGED, name) from error

    def _no_workbook(self, cause: str, found: str = "") -> Exception:
        told = {"found": found, "cause": cause, "expected": self._expected}
        return fault(SYNTAX_BROKEN, Place(self.file), **told)

    def _too_much(self) -> Exception:
        return fault(
            NESTED_TOO_DEEP, Place(self.file), expected=f"≤ {MAX_UNPACKED // 1024 // 1024} MB"
        )
