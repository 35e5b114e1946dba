"""The zip of a Word document: the same bytes for the same parts, whenever it is written."""

import zipfile
from io import BytesIO

from docx.document import Document
from docx.oxml.ns import qn

_LONG_AGO = (1980, 1, 1, 0, 0, 0)


def packed(document: Document) -> bytes:
    """The document as a file, without the time at which it was written."""
    core = document.core_properties._element  # noqa: SLF001 - it would tell the time of today
    for time in (*core.iter(qn("dcterms:created")), *core.iter(qn("dcterms:modified"))):
        core.remove(time)
    written, stream = BytesIO(), BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(stream, "w") as target:
        for info in source.infolist():
            dated = zipfile.ZipInfo(info.filename, _LONG_AGO)
            dated.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(dated, source.read(info))
    return stream.getvalue()
