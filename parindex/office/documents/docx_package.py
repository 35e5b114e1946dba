"""What a Word document may hold: bounds before a library opens a template, and the list of what is allowed.

What is allowed stands in `templates/allowed.yaml`. The document is held against it when it is
finished, its placeholders filled in: so nothing that a comment, a condition or the value of a
placeholder puts together is passed over.
"""

import posixpath
import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final, NamedTuple
from xml.parsers import expat

import yaml

from parindex.findings import InputError
from parindex.office.xlsx.ooxml_zip import Listener, Package
from parindex.reading.document import fault
from parindex.reading.file_kind import part_key
from parindex.values.codes import ACTIVE_TEMPLATE, NESTED_TOO_DEEP, NOT_A_TEMPLATE
from parindex.values.finding import Finding, Place

MAX_XML: Final = 2 * 1024 * 1024
"""Bytes of XML in a template; ten times what a letterhead with pictures needs."""
MAX_ELEMENTS: Final = 50_000
"""Elements of it: as many as a hundred pages have."""
_MOST_PARTS: Final = 200
_TYPES: Final = "[Content_Types].xml"
_RELATIONS: Final = "/_rels/"
_NAMES: Final = "http://schemas.openxmlformats.org/"
_TYPE: Final = f"{_NAMES}package/2006/content-types "
_RELATIONSHIP: Final = f"{_NAMES}package/2006/relationships Relationship"
_WORD: Final = f"{_NAMES}wordprocessingml/2006/main "
_CODES: Final = frozenset(f"{_WORD}{name}" for name in ("instrText", "delInstrText"))
_TEXTS: Final = _CODES | {f"{_WORD}t", f"{_WORD}delText"}
_IN_CODE: Final = _TEXTS | {
    f"{_WORD}{each}" for each in ("rPr", "fldChar", "lastRenderedPageBreak")
}
"""What may stand in a run between the beginning of a field and its result."""
_SHOWN: Final = 80
_MOST_FAULTS: Final = 20


class Allowed(NamedTuple):
    """What a document may hold.

    `parts` are the content types of parts by the relationships that lead to them, `left` the
    relationships whose parts a letter does without; `names` are elements and attributes, each
    as its namespace, a space and its name, `spaces` the namespaces of both.
    """

    parts: Mapping[str, frozenset[str]]
    left: frozenset[str]
    field: re.Pattern[str]
    elements: frozenset[str]
    attributes: frozenset[str]
    spaces: frozenset[str]


@cache
def allowed() -> Allowed:
    """What is allowed, as it stands in the list."""
    told = yaml.safe_load(files(__package__).joinpath("templates/allowed.yaml").read_bytes())
    names: dict[str, set[str]] = {"elements": set(), "attributes": set()}
    for group in told["names"]:
        for kind, found in names.items():
            found |= {f"{space} {name}" for space in group["in"] for name in group[kind].split()}
    return Allowed(
        {kind: frozenset(types) for kind, types in told["parts"].items()},
        frozenset(told["left"]),
        re.compile(told["field"]),
        frozenset(names["elements"]),
        frozenset(names["attributes"]),
        frozenset(space for group in told["names"] for space in group["in"]),
    )


def check_bounds(data: bytes, file: str) -> None:
    """Refuse what is no package of XML, or too large.

    Raises:
        InputError: P104 it is broken, P106 it holds too much, P141 it is another kind of file.
    """
    package = Package(data, file, ".docx")
    if not package.has(_TYPES):
        raise fault(NOT_A_TEMPLATE, Place(file), expected=".docx")
    if len(package.names()) > _MOST_PARTS:
        raise too_much(file, MAX_XML)
    counter = _Counter()
    for name in package.names():
        if name.endswith((".xml", ".rels")):
            package.walk(name, counter)
            if package.unpacked > MAX_XML or counter.elements > MAX_ELEMENTS:
                raise too_much(file, MAX_XML)
    package.measure()


def check_finished(data: bytes, file: str) -> None:
    """Hold a finished document against the list.

    Args:
        data: the bytes of the document, as it is handed out.
        file: the name of its template, for the place of findings.

    Raises:
        InputError: P143 for each thing that is not allowed.
    """
    package = Package(data, file, ".docx")
    look = _Look()
    names = package.names()
    relations = [name for name in names if _RELATIONS in f"/{name}"]
    parts = sorted({*names} - {*relations, part_key(_TYPES)})
    for name in (part_key(_TYPES), *relations):
        look.walk(package, name)
    for name in parts:
        if name not in look.related:
            look.acting.append(name)
        elif not look.kind(name).startswith("image/"):
            look.walk(package, name)
    if look.acting:
        found = list(dict.fromkeys(each[:_SHOWN] for each in look.acting))[:_MOST_FAULTS]
        place = Place(file)
        raise InputError(
            [Finding(ACTIVE_TEMPLATE, "", {"found": each}, place=place) for each in found]
        )


class _Counter(Listener):
    """Counts the elements of all parts."""

    elements = 0

    def start(self, *_: object) -> None:
        """An element begins."""
        self.elements += 1


class _Look:
    """Looks at the elements of every part as they come, and keeps what is not allowed."""

    def __init__(self) -> None:
        self.acting: list[str] = []
        self.related: set[str] = set()
        self._types: dict[str, str] = {}
        self._known: set[tuple[str, ...]] = set()
        self._part = ""
        self._above: list[str] = []
        self._field: str | None = None

    def kind(self, part: str) -> str:
        """The content type of a part."""
        return self._types.get(part) or self._types.get(f".{part.rpartition('.')[2]}", "")

    def walk(self, package: Package, part: str) -> None:
        """Look at a part; one that no program would read is as little allowed."""
        self._part, self._above, self._field = part, [], None
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = lambda *_: self.acting.append(f"{part} <!DOCTYPE")
        try:
            for chunk in package.chunks(part):
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
        except expat.ExpatError:
            self.acting.append(part)
        self._check_field()

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == _RELATIONSHIP:
            self._relationship(attributes)
        elif tag in (f"{_TYPE}Override", f"{_TYPE}Default"):
            name = attributes.get("PartName") or f".{attributes.get('Extension', '')}"
            self._types[part_key(name)] = attributes.get("ContentType", "")
        elif tag == f"{_WORD}fldSimple":
            self._check_code(attributes.pop(f"{_WORD}instr", ""))
        elif tag == f"{_WORD}fldChar":
            self._check_field(begins=attributes.get(f"{_WORD}fldCharType") == "begin")
        if self._field is not None and self._above[-1:] == [f"{_WORD}r"] and tag not in _IN_CODE:
            self._tell(tag)
        self._above.append(tag)
        names = (tag, *attributes)
        if names not in self._known:
            self._check_names(tag, attributes)
            self._known.add(names)

    def _end(self, _tag: str) -> None:
        self._above.pop()

    def _text(self, text: str) -> None:
        tag = self._above[-1]
        if self._field is not None and tag in _TEXTS:
            self._field += text
        elif tag in _CODES and text.strip():
            self._check_code(text)

    def _check_names(self, tag: str, attributes: Iterable[str]) -> None:
        if tag not in allowed().elements:
            self._tell(tag)
            return
        space = tag.rpartition(" ")[0]
        for name in attributes:
            if (name if " " in name else f"{space} {name}") not in allowed().attributes:
                self._tell(tag, name)

    def _check_field(self, *, begins: bool = False) -> None:
        """The code of a field ends, with its result, the field itself, another one or the part."""
        if self._field is not None:
            self._check_code(self._field)
        self._field = "" if begins else None

    def _check_code(self, code: str) -> None:
        if not allowed().field.fullmatch(code):
            self.acting.append(" ".join(code.split()) or "fldChar")

    def _tell(self, *names: str) -> None:
        found = "/@".join(name.rpartition(" ")[2] for name in names)
        self.acting.append(f"{self._part} <{found}>")

    def _relationship(self, attributes: Mapping[str, str]) -> None:
        kind, target = attributes.get("Type", ""), attributes.get("Target", "")
        folder = posixpath.dirname(posixpath.dirname(f"/{self._part}"))
        part = part_key(posixpath.normpath(posixpath.join(folder, target)).lstrip("/"))
        inside = attributes.get("TargetMode", "Internal") == "Internal"
        if not inside or self.kind(part) not in allowed().parts.get(kind, ()):
            self.acting.append(f"{kind.rpartition('/')[2]} {target}")
        else:
            self.related.add(part)


def too_much(file: str, most: int) -> Any:
    """P106: there is more than so many bytes of text."""
    return fault(NESTED_TOO_DEEP, Place(file), expected=f"≤ {most // 1024 // 1024} MB")
