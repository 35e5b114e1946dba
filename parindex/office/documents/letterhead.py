"""Letterheads in YAML: the text block of Decree 30/2020 that an office puts on its documents."""

from parindex.findings import InputError
from parindex.office.reports.blocks import Letterhead
from parindex.reading.document import fault, mapping
from parindex.reading.documents import documents
from parindex.reading.validate import read_as
from parindex.values.codes import SYNTAX_BROKEN
from parindex.values.finding import in_file


def read_letterhead(file: str) -> Letterhead:
    """The letterhead of a file in YAML or JSON.

    Raises:
        InputError: every fault of its form.
    """
    found = list(documents(file))
    if len(found) > 1:
        raise fault(SYNTAX_BROKEN, found[1].locate(()), found="---")
    document = found[0]
    form, faults = read_as(Letterhead, mapping(document), document)
    findings = document.and_more(faults)
    if form is None or findings:
        raise InputError(sorted(findings, key=in_file))
    return form
