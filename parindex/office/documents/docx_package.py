"""What a Word template may hold: looked at within bounds before any library opens it.

No programs, no objects of other programs, no fields that fetch something, and no
relationship to anything outside the file but for web and mail addresses to click on.
"""

import re
from collections.abc import Collection, Mapping
from typing import Final

from parindex.findings import InputError
from parindex.office.xlsx.ooxml_zip import Package
from parindex.reading.document import fault
from parindex.values.codes import (
    ACTIVE_TEMPLATE,
    NESTED_TOO_DEEP,
    NOT_A_TEMPLATE,
    UNKNOWN_PLACEHOLDER,
)
from parindex.values.finding import Finding, Place

MAX_XML: Final = 4 * 1024 * 1024
"""Bytes of XML in a template; ten times what a letterhead with pictures needs."""
MAX_FILLED: Final = 32 * 1024 * 1024
"""Bytes of XML that its loops may make of it."""
MAX_BRACES: Final = 4096
_TYPES: Final = "[Content_Types].xml"
_DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_SVG: Final = "image/svg+xml"
_ACTING: Final = frozenset(
    (
        "vbaProject",
        "wordVbaData",
        "oleObject",
        "control",
        "aFChunk",
        "subDocument",
        "frame",
        "attachedTemplate",
        "attachedToolbars",
        "mailMergeSource",
    )
)
"""Relationships, by the end of their type, to what runs or is fetched."""
UNSEEN: Final = frozenset(("del", "moveFrom", "instrText", "delInstrText", "comment"))
"""Elements around text that was deleted or moved to another place, codes of fields, comments."""
_LINK: Final = re.compile("(https?:|mailto:)", re.IGNORECASE)
_FETCHING: Final = re.compile(r"(?<!HYPER)LINK|DDE|INCLUDE|MACROBUTTON|IMPORT|DATABASE")
_PAIRS: Final = (("{{", "}}"), ("{%", "%}"), ("{#", "#}"))
_SHOWN: Final = 80


def check_package(data: bytes, file: str, repeats: int) -> None:
    """Refuse what is no Word document, too large, or would act.

    Args:
        data: the bytes of the file.
        file: its name, for the place of findings.
        repeats: how often its longest loop can run.

    Raises:
        InputError: P104, P106, P141; P143 and P142, all programs, links and braces that are
            left open at once.
    """
    package = Package(data, file, ".docx")
    if not package.has(_TYPES):
        raise fault(NOT_A_TEMPLATE, Place(file), expected=".docx")
    look = _Look(file)
    for name in package.names():
        if name.endswith((".xml", ".rels")):
            look.begin()
            package.walk(name, look.start, look.end, look.text)
            look.part_ends()
            if package.unpacked > min(MAX_XML, MAX_FILLED // max(repeats, 1)):
                raise _too_much(file, MAX_XML)
    package.measure()
    look.report()
    if look.main != _DOCX or look.odd:
        found = look.odd or look.main
        raise fault(NOT_A_TEMPLATE, Place(file), found=found[-_SHOWN:], expected=".docx")


class _Look:
    """Looks at the elements of every part as they come, and keeps what would act."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._acting: list[str] = []
        self._fields: list[str] = []
        self._in_field = False
        self._gone = 0
        self._in_run = self._hidden = False
        self._braces = 0
        self._paragraphs: list[str] = []
        self._open: list[str] = []
        self.main = self.odd = ""

    def begin(self) -> None:
        self._fields = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        tag = _bare(tag)
        attributes = {_bare(name): value for name, value in attributes.items()}
        if tag == "Relationship":
            self._relationship(attributes)
        elif tag in ("Override", "Default"):
            self._content_type(attributes)
        elif tag == "fldSimple":
            self._fields.append(attributes.get("instr", ""))
        elif tag == "instrText":
            self._in_field = True
        elif tag == "r":
            self._in_run, self._hidden = True, False
        elif tag == "vanish":
            self._hidden = self._in_run and is_on([*attributes.values()])
        if tag in UNSEEN:
            self._gone += 1
        elif tag == "p":
            self._paragraphs.append("")

    def end(self, tag: str) -> None:
        tag = _bare(tag)
        if tag in UNSEEN:
            self._gone -= 1
        if tag == "instrText":
            self._in_field = False
        elif tag == "r":
            self._in_run = self._hidden = False
        elif tag == "p":
            text = self._paragraphs.pop()
            if any(text.count(start) != text.count(end) for start, end in _PAIRS):
                self._open.append(" ".join(text.split()))

    def text(self, text: str) -> None:
        self._braces += text.count("{")
        if self._braces > MAX_BRACES:
            raise _too_much(self._file, MAX_XML)
        if self._in_field:
            self._fields.append(text)
        elif self._paragraphs and not self._gone and not self._hidden:
            self._paragraphs[-1] += text

    def part_ends(self) -> None:
        fields = "".join(self._fields)
        if _FETCHING.search(fields.upper()):
            self._acting.append(" ".join(fields.split()))

    def _relationship(self, attributes: Mapping[str, str]) -> None:
        kind = attributes.get("Type", "").rpartition("/")[2]
        target = attributes.get("Target", "")
        outside = attributes.get("TargetMode", "").lower() == "external"
        if kind in _ACTING or (outside and not (kind == "hyperlink" and _LINK.match(target))):
            self._acting.append(f"{kind} {target}")

    def _content_type(self, attributes: Mapping[str, str]) -> None:
        kind = attributes.get("ContentType", "")
        if "macroEnabled" in kind or "vbaProject" in kind:
            self._acting.append(kind.rpartition("/")[2])
        name = attributes.get("PartName") or f".{attributes.get('Extension', '')}"
        if kind.endswith("xml") and kind != _SVG and not name.lower().endswith((".xml", ".rels")):
            self.odd = name
        if kind.endswith(".main+xml"):
            self.main = kind

    def report(self) -> None:
        """Raise what was found; placeholders that are not closed would swallow what follows."""
        faults = [(ACTIVE_TEMPLATE, found) for found in self._acting]
        faults += [(UNKNOWN_PLACEHOLDER, found) for found in self._open]
        if faults:
            place = Place(self._file)
            raise InputError(
                [
                    Finding(code, "", {"found": found[:_SHOWN]}, place=place)
                    for code, found in dict.fromkeys(faults)
                ]
            )


def is_on(values: Collection[str]) -> bool:
    """Whether a switch of Word is on: it says nothing else."""
    return not {*values} & {"0", "false", "off"}


def _bare(name: str) -> str:
    """A name without its prefix: any prefix can stand for any namespace."""
    return name.rpartition(":")[2]


def _too_much(file: str, most: int) -> Exception:
    return fault(NESTED_TOO_DEEP, Place(file), expected=f"≤ {most // 1024 // 1024} MB")
