"""What a file is that no reader here takes, told by its first bytes and not by its name.

One place for workbooks of other programs and times, documents, pictures and
archives, so that every command says the same of them and how to go on.
"""

import posixpath
import re
import zipfile
import zlib
from io import BytesIO
from typing import Final, NamedTuple

from parindex.findings import InputError
from parindex.reading.source import Lines
from parindex.values.codes import OTHER_FILE_KIND
from parindex.values.finding import Finding, Place
from parindex.values.language import N_

_MOST: Final = 4096
"""Parts of a zip whose names are looked at, and bytes of a text that are looked at."""
_LARGEST: Final = 32 * 1024 * 1024
_ENTRY: Final = b"PK\x01\x02"
_ENCRYPTED: Final = 1
_STEP: Final = 128
"""The entries of the directory of an old Office file stand at multiples of so many bytes."""

_AS_XLSX: Final = N_("a workbook saved as .xlsx: open it in Excel or LibreOffice and save it so")
_UNLOCKED: Final = N_(
    "a file without a password, saved as .xlsx: open it, take off the password and save it so"
)
_TYPED: Final = N_("a workbook (.xlsx): copy the table into one and save it")
_UNPACKED: Final = N_("the files in it: unpack it first, and name what is in it")
_NAMED: Final = N_("a name that ends in .xlsx: rename the file, it is a workbook of that kind")
_NAMED_XLS: Final = N_("a name that ends in .xls: rename the file, it is a workbook of that kind")
_NAMED_ODS: Final = N_("a name that ends in .ods: rename the file, it is a workbook of that kind")
_NAMED_DOCX: Final = N_("a name that ends in .docx: rename the file, if it is a table of scores")
_NAMED_PARQUET: Final = N_(
    "a name that ends in .parquet: rename the file, if it is a table of scores"
)
_TEXT: Final = N_("a workbook (.xlsx); a table as text is read under a name that ends in .csv")
_DOCX: Final = N_("a document saved as .docx: open it in Word or LibreOffice and save it so")
_DOCX_UNLOCKED: Final = N_(
    "a file without a password, saved as .docx: open it, take off the password and save it so"
)


class FileKind(NamedTuple):
    """What a file is, and what to do so that it can be read, both still in English."""

    name: str
    mend: str


_LOCKED: Final = FileKind(N_("locked with a password"), _UNLOCKED)
WORKBOOK: Final = FileKind(N_("a workbook (.xlsx)"), _NAMED)
"""What the reader of workbooks takes; it is refused only where text was looked for."""
_XLS: Final = FileKind(N_("an old Excel workbook (.xls)"), _NAMED_XLS)
_XLS_LOCKED: Final = FileKind(N_("an old Excel workbook (.xls) with a password"), _UNLOCKED)
_OLD: Final = FileKind(N_("an old Office file (.xls, .doc), or one with a password"), _UNLOCKED)
_DOC: Final = FileKind(N_("an old Word document (.doc)"), _TYPED)
_PPT: Final = FileKind(N_("an old presentation (.ppt)"), _TYPED)
_XLSB: Final = FileKind(N_("a binary Excel workbook (.xlsb)"), _AS_XLSX)
_ODS: Final = FileKind(N_("an OpenDocument workbook (.ods)"), _NAMED_ODS)
_ODT: Final = FileKind(N_("an OpenDocument text (.odt)"), _TYPED)
_ODP: Final = FileKind(N_("an OpenDocument presentation (.odp)"), _TYPED)
WORD: Final = FileKind(N_("a Word document (.docx)"), _NAMED_DOCX)
_SLIDES: Final = FileKind(N_("a presentation (.pptx)"), _TYPED)
_NUMBERS: Final = FileKind(
    N_("a document of Apple Numbers, Pages or Keynote"),
    N_("a workbook saved as .xlsx: export it so from the program that made it"),
)
_ZIP: Final = FileKind(N_("an archive (.zip)"), _UNPACKED)
_ARCHIVE: Final = FileKind(N_("an archive (.rar, .7z, .gz)"), _UNPACKED)
_PDF: Final = FileKind(N_("a PDF document"), _TYPED)
_PICTURE: Final = FileKind(N_("a picture"), _TYPED)
_PARQUET: Final = FileKind(N_("a Parquet file"), _NAMED_PARQUET)
_RTF: Final = FileKind(N_("a document in rich text (.rtf)"), _TYPED)
_XML_2003: Final = FileKind(N_("an Excel workbook saved as XML (Excel 2003)"), _AS_XLSX)
_FLAT: Final = FileKind(N_("an OpenDocument file saved as XML (.fods, .fodt)"), _AS_XLSX)
_HTML: Final = FileKind(N_("a web page, as many programs save one under the name .xls"), _AS_XLSX)
_XML: Final = FileKind(N_("an XML file"), _AS_XLSX)
_PLAIN: Final = FileKind(N_("a text, not a workbook"), _TEXT)

MAY_HOLD_SCORES: Final = frozenset(
    (
        WORKBOOK,
        _LOCKED,
        _XLS,
        _XLS_LOCKED,
        _OLD,
        _XLSB,
        _ODS,
        WORD,
        _NUMBERS,
        _ZIP,
        _ARCHIVE,
        _PARQUET,
    )
)
"""Kinds in which somebody may have put scores, so that a folder does not pass over them silently."""

READ: Final = frozenset((WORKBOOK, _XLS, _ODS, WORD))
"""Kinds whose tables are read as scorecards, where the name of the file does not claim another."""

_STARTS: Final = {
    _PDF: (b"%PDF-",),
    _PARQUET: (b"PAR1\x15",),
    _RTF: (b"{\\rtf",),
    _ARCHIVE: (b"Rar!\x1a", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ"),
    _PICTURE: (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*"),
    _XLS: tuple(
        b"\x09" + rest for rest in (b"\0\4\0", b"\2\6\0", b"\4\6\0", b"\x08\x08\0", b"\x08\x10\0")
    ),
}
_BROKEN: Final = (
    *(zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, RuntimeError),
    *(NotImplementedError, KeyError),
)
"""What a broken zip raises."""
_ZIPPED: Final = (b"PK\x03\x04", b"PK\x05\x06")
_OLE: Final = b"\xd0\xcf\x11\xe0"
_PARTS: Final = (
    ("xl/workbook.bin", _XLSB),
    ("word/document.xml", WORD),
    ("ppt/presentation.xml", _SLIDES),
    ("index/document.iwa", _NUMBERS),
    ("index.zip", _NUMBERS),
)
_OASIS: Final = b"application/vnd.oasis.opendocument."
_OPEN_DOCUMENTS: Final = {b"spreadsheet": _ODS, b"text": _ODT, b"presentation": _ODP}
_TAKEN: Final = {".xlsx": (WORKBOOK,), ".ods": (_ODS,), ".docx": (WORD, _ZIP, WORKBOOK)}
"""Kinds that a reader takes, or of which it says itself what is wrong."""
_MARKUP: Final = (
    (re.compile(rb"urn:schemas-microsoft-com:office:spreadsheet"), _XML_2003),
    (re.compile(rb"<\?mso-application progid=.Excel"), _XML_2003),
    (re.compile(rb"<office:document"), _FLAT),
    (re.compile(rb"<(!doctype\s+html|html|head|body|table|meta)[\s>]", re.IGNORECASE), _HTML),
    (re.compile(rb"\A<\?xml\s"), _XML),
)
_LETTERS: Final = re.compile(rb"(?!PK)\s*[^\0-\x20][^\0-\x08]*\Z")
_WEB_ARCHIVE: Final = re.compile(rb"\AMIME-Version:.*multipart/related", re.DOTALL | re.IGNORECASE)


def kind_of_bytes(data: bytes) -> FileKind | None:
    """What a file is by its bytes, or by the first of them; None for what may be text."""
    if data.startswith(_OLE):
        return _old(data)
    if data.startswith(_ZIPPED):
        return _zipped(data)
    found = next((kind for kind, start in _STARTS.items() if data.startswith(start)), None)
    return found or _markup(data[:_MOST])


def refuse_foreign(data: bytes, file: str, expected: str = "") -> None:
    """Refuse a file that is of another kind than its reader takes; what is broken passes.

    Args:
        data: the bytes of the file, or the first of them.
        file: its name, for the place.
        expected: `.xlsx` or `.docx`, where that is looked for; else text is.

    Raises:
        InputError: P150 it is of another kind.
    """
    kind = kind_of_bytes(data)
    if kind is None and expected == ".xlsx" and _LETTERS.match(data[:_MOST]):
        kind = _PLAIN
    if kind is None or kind in _TAKEN.get(expected, ()):
        return
    mend = kind.mend
    if expected == ".docx":
        mend = _DOCX_UNLOCKED if mend == _UNLOCKED else _DOCX
    told = {"other": kind.name, "expected": mend}
    raise InputError([Finding(OTHER_FILE_KIND, "", told, place=Place(file))])


def is_word(data: bytes) -> bool:
    """Whether the bytes are those of a Word document."""
    return kind_of_bytes(data) is WORD


def is_old_excel(data: bytes) -> bool:
    """Whether the bytes are those of an old Excel workbook without a password."""
    return kind_of_bytes(data) is _XLS


def is_opendocument(data: bytes) -> bool:
    """Whether the bytes are those of an OpenDocument workbook."""
    return kind_of_bytes(data) is _ODS


def is_web_page(data: bytes) -> bool:
    """Whether the bytes are those of a web page alone, without what belongs to it."""
    return kind_of_bytes(data) is _HTML and not _WEB_ARCHIVE.match(data)


def refuse_foreign_stream(stream: Lines, file: str) -> None:
    """Refuse a stream that may be rewound where it is no text, as `refuse_foreign` does."""
    start = stream.read(_MOST)
    if start.startswith((_OLE, *_ZIPPED)):
        start += stream.read(_LARGEST)
    refuse_foreign(start, file)
    stream.seek(0)


def _old(data: bytes) -> FileKind:
    """An old Office file by the names of its streams; a new one with a password is wrapped so."""
    if _stream(data, "EncryptedPackage"):
        return _LOCKED
    book = _stream(data, "Workbook") or _stream(data, "Book")
    if book:
        return _XLS_LOCKED if _is_locked(data, book) else _XLS
    for name, kind in (("WordDocument", _DOC), ("PowerPoint Document", _PPT)):
        if _stream(data, name):
            return kind
    return _OLD


def _stream(data: bytes, name: str) -> int:
    """Where the directory's entry of a stream stands; 0 where there is none."""
    said = f"{name}\0".encode("utf-16-le")
    at = data.find(said)
    while at > 0 and at % _STEP:
        at = data.find(said, at + 1)
    return max(at, 0)


def _is_locked(data: bytes, entry: int) -> bool:
    """Whether the second record of an old workbook says that the others are encrypted."""
    sector = int.from_bytes(data[entry + 116 : entry + 120], "little")
    start = 512 * (sector + 1)
    second = start + 4 + int.from_bytes(data[start + 2 : start + 4], "little")
    return data[start : start + 2] == b"\x09\x08" and data[second : second + 2] == b"\x2f\0"


def _zipped(data: bytes) -> FileKind | None:
    """A zip by the names of its parts; None where it is broken, or cut off."""
    if data.count(_ENTRY) > _MOST:
        return None
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            if any(info.flag_bits & _ENCRYPTED for info in package.infolist()):
                return _LOCKED
            names = [part_key(name) for name in package.namelist() if not name.endswith("/")]
            opened = package.open("mimetype") if "mimetype" in names else BytesIO()
            with opened as stream:
                said = stream.read(_STEP)
    except _BROKEN:
        return None
    found = [kind for word, kind in _OPEN_DOCUMENTS.items() if said.startswith(_OASIS + word)]
    found += [kind for part, kind in _PARTS if part in names]
    if found:
        return found[0]
    if "[content_types].xml" in names or "_rels/.rels" in names:
        return WORKBOOK
    return _ZIP if names else None


def part_key(name: str) -> str:
    """The name of a part of a zip as it is looked up: in small letters, from the root, without dots.

    Some programs write backslashes; no name leads out of the package.
    """
    return posixpath.normpath("/" + name.replace("\\", "/")).lstrip("/").lower()


def _markup(start: bytes) -> FileKind | None:
    """A file of elements, or a web page with all that belongs to it, by how it starts."""
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        start = start.replace(b"\0", b"")[2:]
    start = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if _WEB_ARCHIVE.match(start):
        return _HTML
    if not start.startswith(b"<"):
        return None
    return next((kind for sign, kind in _MARKUP if sign.search(start)), None)
