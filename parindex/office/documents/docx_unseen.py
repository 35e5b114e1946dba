"""Text of a Word template that is not part of the document: what stands there asks for nothing.

That is text which was deleted or moved away with changes tracked, hidden text, and the
codes of fields. Its braces are put away before the template is filled in, and put back after.
"""

import zipfile
from collections.abc import Collection, Mapping
from io import BytesIO
from typing import Any, Final

from docx.document import Document
from lxml import etree

WORD: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
UNSEEN: Final = frozenset(("del", "moveFrom", "instrText", "delInstrText", "comment"))
"""Elements around text that was deleted or moved to another place, codes of fields, comments."""
_AWAY: Final = str.maketrans({"{": "\ue17b", "}": "\ue17d"})
_BACK: Final = {ord(new): chr(old) for old, new in _AWAY.items()}
_TEXTS: Final = tuple(f"{WORD}{name}" for name in ("t", "delText", "instrText", "delInstrText"))
_FILLED: Final = ("document", "header", "footer", "footnotes", "endnotes")


def without_unseen(data: bytes) -> bytes:
    """The template with the braces put away of all that is not seen."""
    found = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as given, zipfile.ZipFile(found, "w") as made:
        for item in given.infolist():
            content = given.read(item)
            folder, _, name = item.filename.rpartition("/")
            if folder == "word" and name.startswith(_FILLED) and name.endswith(".xml"):
                content = _put_away(content)
            made.writestr(item, content)
    return found.getvalue()


def put_back(document: Document) -> None:
    """Put the braces back into the document that was filled in."""
    for part in document.part.package.iter_parts():
        element = getattr(part, "element", None)
        for each in () if element is None else element.iter(*_TEXTS):
            each.text = (each.text or "").translate(_BACK)
        for each in () if element is None else element.iter(f"{WORD}fldSimple"):
            _replace_code(each, _BACK)


def _put_away(content: bytes) -> bytes:
    root: Any = etree.fromstring(content, etree.XMLParser(resolve_entities=False))
    for each in root.iter(etree.Element):
        name = _local(each)
        if name in UNSEEN or (name == "r" and _is_hidden(each)):
            _replace(each, _AWAY)
        elif name == "fldSimple":
            _replace_code(each, _AWAY)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _local(element: Any) -> str:
    """The name of an element in whatever namespace, as the check of the package reads it."""
    return str(etree.QName(element).localname)


def _is_hidden(run: Any) -> bool:
    return any(
        _local(each) == "vanish" and is_on([*each.attrib.values()])
        for properties in run
        if _local(properties) == "rPr"
        for each in properties
    )


def is_on(values: Collection[str]) -> bool:
    """Whether a switch of Word is on: it says nothing else."""
    return not {*values} & {"0", "false", "off"}


def _replace(element: Any, letters: Mapping[int, str]) -> None:
    """Put other letters for some in all texts, and in the codes of fields, below an element."""
    for each in element.iter(etree.Element):
        if each.text:
            each.text = each.text.translate(letters)
        _replace_code(each, letters)


def _replace_code(element: Any, letters: Mapping[int, str]) -> None:
    code = element.get(f"{WORD}instr")
    if code:
        element.set(f"{WORD}instr", code.translate(letters))
