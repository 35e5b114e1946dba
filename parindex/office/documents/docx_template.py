"""An office's own Word template, filled in by docxtpl; nothing in the template is trusted.

Its parts are read within bounds before any library sees them. Its placeholders may name
what is known, ask whether it is there and repeat it for each recipient: no other
expression is let through to Jinja, whose sandbox stands behind that. Values are
escaped, so that no text of a report is read as a placeholder or as XML. What is no part of
the document (text that was deleted or moved with changes tracked, hidden text, codes of
fields) asks for nothing: its braces are put away before, and put back after.
"""

import re
import zipfile
from collections.abc import Mapping
from html import escape
from io import BytesIO
from typing import Any, Final, NamedTuple

from docx.document import Document
from docxtpl import DocxTemplate
from jinja2 import Template, TemplateError, TemplateSyntaxError, meta, nodes
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree
from markupsafe import Markup

from parindex.findings import InputError
from parindex.office.documents.docx_package import UNSEEN, check_package, is_on
from parindex.values.codes import UNKNOWN_PLACEHOLDER
from parindex.values.finding import Finding, Place

BODY: Final = "body"
ANNEX: Final = "annex"
_MARKED: Final = (BODY, ANNEX)
_LISTS: Final = ("recipients",)
_HARMLESS: Final = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.If,
    nodes.For,
    nodes.Not,
    nodes.And,
    nodes.Or,
)
_SHOWN: Final = 60
_WORD: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_AWAY: Final = str.maketrans({"{": "\ue17b", "}": "\ue17d"})
"""What braces of text that is no part of the document are while the template is filled in."""
_BACK: Final = {ord(new): chr(old) for old, new in _AWAY.items()}
_TEXTS: Final = tuple(f"{_WORD}{name}" for name in ("t", "delText", "instrText", "delInstrText"))
_FILLED: Final = ("document", "header", "footer", "footnotes", "endnotes")


class Filled(NamedTuple):
    """A template with its placeholders filled in, and the names of those that it has."""

    document: Document
    names: frozenset[str]


def bookmark(name: str) -> str:
    """The name of the bookmark that stands where the placeholder `name` stood."""
    return f"parindex_{name}"


def filled_in(data: bytes, file: str, values: Mapping[str, str | tuple[str, ...]]) -> Filled:
    """The template with these values; `body` and `annex` become bookmarks.

    Raises:
        InputError: P104 it is no zip, P106 it holds too much, P141 it is no Word document,
            P142 a placeholder is unknown or more than a name, P143 it carries a program or
            reaches outside itself.
        Exception: of any kind, where it is broken inside: the libraries trust templates.
    """
    lists = [len(value) for value in values.values() if isinstance(value, tuple)]
    check_package(data, file, max(lists, default=1))
    names = _Names(file, {*values, *_MARKED})
    context: dict[str, Any] = {
        name: _safe(value) if isinstance(value, str) else [_safe(each) for each in value]
        for name, value in values.items()
    }
    for number, name in enumerate(_MARKED):
        context[name] = _bookmarked(name, 900 + number)
    template = DocxTemplate(BytesIO(_without_unseen(data)))
    try:
        template.render(context, names, autoescape=True)
    except TemplateError as error:
        raise _unreadable(file, type(error).__name__) from error
    if names.faults:
        raise InputError(names.faults)
    _put_back(template.docx)
    return Filled(template.docx, frozenset(names.seen))


class _Names(SandboxedEnvironment):
    """Templates that are names, conditions and loops over names, and nothing else."""

    def __init__(self, file: str, known: set[str]) -> None:
        super().__init__(autoescape=True)
        self.globals.clear()
        self.filters.clear()
        self.tests.clear()
        self._file, self._known = file, known
        self.seen: set[str] = set()
        self.faults: list[Finding] = []

    def from_string(self, source: Any, *_: Any, **__: Any) -> Template:
        """The template of one part of the document, once it is found harmless."""
        try:
            tree = self.parse(source)
        except TemplateSyntaxError as error:
            raise _unreadable(self._file, _line(source, error.lineno)) from error
        for node in tree.find_all(nodes.Node):
            if not isinstance(node, _HARMLESS) or not self._harmless_loop(node):
                raise _unreadable(self._file, _line(source, node.lineno))
        used = meta.find_undeclared_variables(tree)
        self.seen |= used
        for name in sorted(used - self._known):
            expected = ", ".join(sorted(self._known))
            told = {"found": f"{{{{ {name[:_SHOWN]} }}}}", "expected": expected}
            self.faults.append(Finding(UNKNOWN_PLACEHOLDER, "", told, place=Place(self._file)))
        return super().from_string(source)

    @staticmethod
    def _harmless_loop(node: nodes.Node) -> bool:
        if not isinstance(node, nodes.For):
            return True
        lists = isinstance(node.iter, nodes.Name) and node.iter.name in _LISTS
        inner = any(found is not node for found in node.find_all(nodes.For))
        return lists and not inner and not node.recursive


def _safe(text: str) -> Markup:
    """A value that stays text, also where docxtpl looks for braces after Jinja is done."""
    return Markup(escape(text).replace("{", "&#123;").replace("}", "&#125;"))  # noqa: S704


def _bookmarked(name: str, number: int) -> Markup:
    return Markup(  # noqa: S704
        f'<w:p><w:bookmarkStart w:id="{number}" w:name="{bookmark(name)}"/>'
        f'<w:bookmarkEnd w:id="{number}"/></w:p>'
    )


def _line(source: str, number: int) -> str:
    """What people see of the paragraph in a line of XML: docxtpl begins a line for each."""
    lines = source.splitlines()
    line = lines[number - 1] if 0 < number <= len(lines) else ""
    return " ".join(re.sub("<[^>]*>", " ", line.partition("</w:p>")[0]).split())[:_SHOWN]


def _unreadable(file: str, found: str) -> InputError:
    told = {"found": found[:_SHOWN], "expected": "{{ issuer }}, {{p body }}"}
    return InputError([Finding(UNKNOWN_PLACEHOLDER, "", told, place=Place(file))])


def _without_unseen(data: bytes) -> bytes:
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


def _put_back(document: Document) -> None:
    """Put the braces back into the document that was filled in."""
    for part in document.part.package.iter_parts():
        element = getattr(part, "element", None)
        for each in () if element is None else element.iter(*_TEXTS):
            each.text = (each.text or "").translate(_BACK)
        for each in () if element is None else element.iter(f"{_WORD}fldSimple"):
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


def _replace(element: Any, letters: Mapping[int, str]) -> None:
    """Put other letters for some in all texts, and in the codes of fields, below an element."""
    for each in element.iter(etree.Element):
        if each.text:
            each.text = each.text.translate(letters)
        _replace_code(each, letters)


def _replace_code(element: Any, letters: Mapping[int, str]) -> None:
    code = element.get(f"{_WORD}instr")
    if code:
        element.set(f"{_WORD}instr", code.translate(letters))
