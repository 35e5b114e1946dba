"""A report as a Word document: the text block from a template, the text from python-docx.

The template is the one of this package, or an office's own with the same
placeholders: the names of `Head`, `{{p body }}` and, if it likes, `{{p annex }}`.
"""

import zipfile
from copy import deepcopy
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.oxml.ns import qn

from parindex.findings import InputError
from parindex.office.charts.drawing import png
from parindex.office.documents.docx_body import STYLES, Body, Draw
from parindex.office.documents.docx_package import check_finished
from parindex.office.documents.docx_template import ANNEX, BODY, bookmark, filled_in, with_braces
from parindex.office.documents.paper import Paper, paper
from parindex.office.documents.size import check_size
from parindex.office.reports.blocks import Report
from parindex.reading.document import fault
from parindex.reading.source import read_bytes
from parindex.values.codes import NOT_A_TEMPLATE, TEMPLATE_WITHOUT_BODY
from parindex.values.finding import Place
from parindex.values.language import LANGUAGES

_LONGEST_TITLE = 255  # letters that the format allows


def render_docx(report: Report, template: Path | None = None) -> bytes:
    """The bytes of the file; the same for the same report and template.

    Raises:
        InputError: P101 or P102 the template cannot be read, P104, P106 or P141 it is no
            Word document, P142 it has placeholders that are not known, P143 it would act,
            P144 it has no place for the text.
    """
    check_size(report, "docx")
    laid_out = paper(report)
    own = files(__package__).joinpath("templates/report.docx")
    name = "report.docx" if template is None else str(template)
    data = own.read_bytes() if template is None else read_bytes(name)
    try:
        return _rendered(laid_out, data, name)
    except InputError:
        raise
    except Exception as error:
        if template is None:
            raise
        found = type(error).__name__
        raise fault(
            NOT_A_TEMPLATE, Place(name), found=found, expected=".docx"
        ) from error  # broken inside


def _rendered(laid_out: Paper, template: bytes, name: str) -> bytes:
    head = laid_out.head
    values = {field: getattr(head, field) for field in head.__struct_fields__}
    document, placeholders = filled_in(template, name, values)
    _write(
        document,
        laid_out,
        lambda chart: png(chart, laid_out.lang),
        with_annex=ANNEX in placeholders,
        file=name,
    )
    properties = document.core_properties
    properties.title = f"{head.name} - {head.title}"[:_LONGEST_TITLE]
    properties.language = LANGUAGES[laid_out.lang].tag
    names = [str(part.partname).lower() for part in document.part.package.parts]
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise fault(NOT_A_TEMPLATE, Place(name), found=twice, expected=".docx")
    finished = packed(document)
    check_finished(finished, name)
    return finished


def _write(document: Document, laid_out: Paper, draw: Draw, *, with_annex: bool, file: str) -> None:
    """The text where its bookmarks stand; without a place for it, the annex follows the text."""
    _lend_styles(document)
    _set_language(document, LANGUAGES[laid_out.lang].tag)
    place = _place(document, BODY)
    if place is None:
        raise fault(TEMPLATE_WITHOUT_BODY, Place(file), expected="{{p body }}")
    section = _section_of(place, document)
    writer = Body(document, section, draw)
    writer.write(laid_out.body, place, last_stays=True)
    if laid_out.annex:
        at = _place(document, ANNEX) if with_annex else place
        if at is None:
            raise fault(TEMPLATE_WITHOUT_BODY, Place(file), expected="{{p annex }}")
        writer.write(laid_out.annex, at, new_page=True)
    for name in (BODY, ANNEX):
        mark = _place(document, name)
        if mark is not None:
            mark.getparent().remove(mark)


def _place(document: Document, name: str) -> Any:
    """The paragraph of the text proper that marks a place; None where there is no such one."""
    for mark in document.element.body.iter(qn("w:bookmarkStart")):
        if mark.get(qn("w:name")) == bookmark(name):
            above = mark
            while above is not None and above.getparent() is not document.element.body:
                above = above.getparent()
            return above if above is not None and above.tag == qn("w:p") else None
    return None


def _section_of(place: Any, document: Document) -> Any:
    """The properties of the section that an element is in: they stand at its end."""
    for following in place.itersiblings():
        found = following.find(f"{qn('w:pPr')}/{qn('w:sectPr')}")
        if found is not None:
            return found
    return document.element.body.get_or_add_sectPr()


def _lend_styles(document: Document) -> None:
    """Styles of our own template for those that the office's does not have."""
    missing = [name for name in STYLES if name not in document.styles]
    if not missing:
        return
    own = docx.Document(str(files(__package__).joinpath("templates/report.docx")))
    for name in missing:
        style = deepcopy(own.styles[name].element)
        style.set(qn("w:styleId"), f"parindex{style.get(qn('w:styleId'))}")
        for tag in ("w:link", "w:next", "w:basedOn"):
            for element in style.findall(qn(tag)):
                style.remove(element)
        document.styles.element.append(style)


def _set_language(document: Document, tag: str) -> None:
    """What spelling is checked by, where the template does not say it of a text itself."""
    for form in document.styles.element.iter(qn("w:rPrDefault")):
        for lang in form.iter(qn("w:lang")):
            lang.set(qn("w:val"), tag)


def packed(document: Document) -> bytes:
    """The document as a file, without the time at which it was written."""
    core = document.core_properties._element  # noqa: SLF001 - it would tell the time of today
    for time in (*core.iter(qn("dcterms:created")), *core.iter(qn("dcterms:modified"))):
        core.remove(time)
    written, stream = BytesIO(), BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(stream, "w") as target:
        for info in source.infolist():
            dated = zipfile.ZipInfo(info.filename, (1980, 1, 1, 0, 0, 0))
            dated.compress_type = zipfile.ZIP_DEFLATED
            content = source.read(info)
            is_xml = info.filename.endswith((".xml", ".rels"))
            target.writestr(dated, with_braces(content) if is_xml else content)
    return stream.getvalue()
