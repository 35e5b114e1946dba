"""An office's own Word template, filled in by docxtpl; nothing in the template is trusted.

It is read within bounds, and what a letter does without is left out of it, before its
placeholders are looked at. They may name what is known, ask whether it is there and repeat it for
each recipient: no other expression is let through to Jinja, whose sandbox stands behind that.
Values are escaped, so that no text of a report is read as a placeholder or as XML. Braces stand
for placeholders in the text of paragraphs alone: those of what is not seen (text that was deleted
or moved with changes tracked, hidden text, comments, codes of fields, attributes) are put away
before, and put back when the document is packed.
"""

import re
from collections.abc import Iterator, Mapping
from html import escape
from io import BytesIO
from itertools import groupby, islice
from typing import Any, Final, NamedTuple

from docx.document import Document
from docx.opc.part import XmlPart
from docx.oxml import parse_xml
from docx.package import Package
from docxtpl import DocxTemplate
from jinja2 import Template, TemplateError, TemplateSyntaxError, meta, nodes
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree
from markupsafe import Markup

from parindex.findings import InputError
from parindex.office.documents.docx_package import allowed, check_bounds, too_much
from parindex.reading.document import fault
from parindex.values.codes import ACTIVE_TEMPLATE, NOT_A_TEMPLATE, UNKNOWN_PLACEHOLDER
from parindex.values.finding import Finding, Place

BODY: Final = "body"
ANNEX: Final = "annex"
MAX_FILLED: Final = 4 * 1024 * 1024
"""Letters of XML that placeholders and loops may make of a template."""
_TAG: Final = 40
"""Letters that an element takes, beside those of its own, in time and memory."""
_MOST_BRACES: Final = 4096
_MOST_SECTIONS: Final = 100
"""For each of them docxtpl looks through all parts."""
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
_DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_WORD: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_IGNORABLE: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Ignorable"
_EXTRAS: Final = ("extLst", "printerSettings")
"""Elements that a letter does without: extensions of drawings, and what a printer was told."""
_REPEATED: Final = frozenset(f"{_WORD}{name}" for name in ("p", "r", "t", "tc", "tr"))
"""For each of these that has attributes and no end docxtpl looks through the whole text."""
_COPY: Final = "{urn:schemas-microsoft-com:office:office}gfxdata"
_WEB: Final = re.compile("(https?:|mailto:)", re.IGNORECASE)
_UNSEEN: Final = tuple(f"{_WORD}{name}" for name in ("del", "moveFrom", "comment"))
_PLACEHOLDER: Final = re.compile("{{.*?}}|{%.*?%}|{#.*?#}", re.DOTALL)
_SIGN: Final = re.compile("{{|}}|{%|%}|{#|#}")
_AWAY: Final = str.maketrans({"{": "\ue17b", "}": "\ue17d"})
"""What braces of text that is no part of the document are while the template is filled in."""


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
            P142 a placeholder is unknown, more than a name or not closed.
        Exception: of any kind, where it is broken inside: the libraries trust templates.
    """
    check_bounds(data, file)
    context: dict[str, Any] = {
        name: _safe(value) if isinstance(value, str) else [_safe(each) for each in value]
        for name, value in values.items()
    }
    for number, name in enumerate(_MARKED):
        context[name] = _bookmarked(name, 900 + number)
    names = _Names(file, context)
    template = DocxTemplate(BytesIO())
    template.docx = _opened(data, file)
    try:
        template.render(context, names, autoescape=True)
    except TemplateError as error:
        raise _unreadable(file, type(error).__name__) from error
    if names.faults:
        raise InputError(names.faults)
    return Filled(template.docx, frozenset(names.seen))


def with_braces(xml: bytes) -> bytes:
    """A part that was filled in, with the braces put back that were put away."""
    for brace, away in _AWAY.items():
        xml = xml.replace(away.encode(), chr(brace).encode())
    return xml


def _opened(data: bytes, file: str) -> Document:
    """The template without what a letter does without, and with braces in its text alone."""
    package = Package.open(BytesIO(data))
    main = package.main_document_part
    if main.content_type != _DOCX:
        found = main.content_type[-_SHOWN:]
        code = ACTIVE_TEMPLATE if "macro" in found else NOT_A_TEMPLATE
        raise fault(code, Place(file), found=found, expected=".docx")
    faults: list[Finding] = []
    braces = 0
    _leave(package.rels)
    for part in package.iter_parts():
        if not part.content_type.endswith("xml"):
            continue
        root = etree.fromstring(part.blob, etree.XMLParser(resolve_entities=False))
        _leave(part.rels, root)
        _clean(root)
        faults += [_unclosed(file, text) for text in _put_away(root)]
        content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        braces += content.count(b"{")
        # python-docx has no other way to give a part another content.
        if isinstance(part, XmlPart):
            part._element = parse_xml(content)  # noqa: SLF001
        else:
            part._blob = content  # noqa: SLF001
    if faults:
        raise InputError(faults)
    opened: Document = main.document
    if braces > _MOST_BRACES or len(opened.sections) > _MOST_SECTIONS:
        raise too_much(file, MAX_FILLED)
    return opened


def _leave(relations: Any, root: Any = None) -> None:
    """Leave out what a letter does without; of a link to the web its text stays."""
    for name, relation in list(relations.items()):
        link = relation.is_external and relation.reltype.endswith("/hyperlink")
        if relation.reltype in allowed().left:
            del relations[name]
        elif link and root is not None and _WEB.match(relation.target_ref):
            del relations[name]
            for each in root.iter(f"{_WORD}hyperlink"):
                if each.get(_RELATION) == name:
                    del each.attrib[_RELATION]


def _clean(root: Any) -> None:
    """Leave out remarks, what a letter does without, and what the part itself says may be ignored."""
    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
    prefixes = root.get(_IGNORABLE, "").split()
    ignored = {root.nsmap.get(prefix) for prefix in prefixes} - allowed().spaces - {None}
    for each in list(root.iterdescendants()):
        name = etree.QName(each)
        if name.namespace in ignored or name.localname in _EXTRAS:
            each.getparent().remove(each)
    for each in root.iter():
        empty = not len(each) and not each.text and each.tag in _REPEATED
        for name in list(each.attrib):
            if empty or name == _COPY or etree.QName(name).namespace in ignored:
                del each.attrib[name]


def _put_away(root: Any) -> Iterator[str]:
    """Put braces away that ask for nothing; yield the texts whose braces do not go in pairs."""
    shown = list(_shown(root))
    placeholders = {text for run in shown for text in run}
    for each in root.iter():
        if each.text and each not in placeholders:
            each.text = each.text.translate(_AWAY)
        if each.tail:
            each.tail = each.tail.translate(_AWAY)
        for name, value in each.items():
            if "{" in value or "}" in value:
                each.set(name, value.translate(_AWAY))
    for run in shown:
        whole = "".join(text.text or "" for text in run)
        if _SIGN.search(_PLACEHOLDER.sub(" ", whole)):
            yield whole
        elif "{" in whole or "}" in whole:
            kept = _PLACEHOLDER.sub(lambda found: "." * len(found[0]), whole)
            signs = iter(
                sign if mask == "." else sign.translate(_AWAY)
                for sign, mask in zip(whole, kept, strict=True)
            )
            for text in run:
                text.text = "".join(islice(signs, len(text.text or "")))


def _shown(root: Any) -> Iterator[list[Any]]:
    """The elements of text that are shown, those together that follow each other in a paragraph."""
    unseen = {*_unseen(root)}
    for paragraph, texts in groupby(root.iter(f"{_WORD}t"), _paragraph):
        seen = [text for text in texts if unseen.isdisjoint(text.iterancestors())]
        if paragraph is not None:
            yield seen


def _paragraph(text: Any) -> Any:
    return next(text.iterancestors(f"{_WORD}p"), None)


def _unseen(root: Any) -> Iterator[Any]:
    """Elements around what is deleted, moved away, a comment or hidden."""
    yield from root.iter(*_UNSEEN)
    for switch in root.iter(f"{_WORD}vanish"):
        run = switch.getparent().getparent()
        if run.tag == f"{_WORD}r" and switch.get(f"{_WORD}val") not in ("0", "false", "off"):
            yield run


class _Names(SandboxedEnvironment):
    """Templates that are names, conditions and loops over names, and nothing else."""

    def __init__(self, file: str, context: Mapping[str, Any]) -> None:
        super().__init__(autoescape=True)
        self.globals.clear()
        self.filters.clear()
        self.tests.clear()
        self._file, self._context = file, context
        lists = [value for value in context.values() if isinstance(value, list)]
        self._longest = max((len(each) for value in lists for each in value), default=0)
        self._repeats = max(map(len, lists), default=1)
        self._filled = 0
        self.seen: set[str] = set()
        self.faults: list[Finding] = []

    def from_string(self, source: Any, *_: Any, **__: Any) -> Template:
        """The template of one part of the document, once it is found harmless and small enough."""
        try:
            tree = self.parse(source)
        except TemplateSyntaxError as error:
            raise _unreadable(self._file, _line(source, error.lineno)) from error
        for node in tree.find_all(nodes.Node):
            if not isinstance(node, _HARMLESS) or not self._harmless_loop(node):
                raise _unreadable(self._file, _line(source, node.lineno))
        used = meta.find_undeclared_variables(tree)
        self.seen |= used
        for name in sorted(used - {*self._context}):
            expected = ", ".join(sorted(self._context))
            told = {"found": f"{{{{ {name[:_SHOWN]} }}}}", "expected": expected}
            self.faults.append(Finding(UNKNOWN_PLACEHOLDER, "", told, place=Place(self._file)))
        self._filled += self._most(tree)
        if self._filled > MAX_FILLED:
            raise too_much(self._file, MAX_FILLED)
        return super().from_string(source)

    def _most(self, node: nodes.Node) -> int:
        """Letters that come of a part of a template at most: every condition holds."""
        if isinstance(node, nodes.Output):
            texts = [each.data for each in node.find_all(nodes.TemplateData)]
            most = sum(len(text) + _TAG * text.count("<") for text in texts)
            return most + sum(self._length(each.name) for each in node.find_all(nodes.Name))
        inner = sum(map(self._most, node.iter_child_nodes()))
        return inner * self._repeats if isinstance(node, nodes.For) else inner

    def _length(self, name: str) -> int:
        """Letters of the value of a name at most; one that loops have made is of a list."""
        value = self._context.get(name)
        if isinstance(value, str):
            return len(value)
        return self._longest * (1 if value is None else self._repeats)

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
    return " ".join(re.sub("<[^>]*>", " ", line.partition("</w:p>")[0]).split())


def _unreadable(file: str, found: str) -> InputError:
    return InputError([_unclosed(file, found)])


def _unclosed(file: str, found: str) -> Finding:
    told = {"found": found[:_SHOWN], "expected": "{{ issuer }}, {{p body }}"}
    return Finding(UNKNOWN_PLACEHOLDER, "", told, place=Place(file))
