"""A scheme from a file: its form is checked, then it is proved, all faults at once."""

from parindex.findings import InputError
from parindex.formats.document import fault, mapping
from parindex.formats.documents import documents
from parindex.formats.validate import validated
from parindex.model.finding import Finding
from parindex.model.proof import prove
from parindex.model.scheme import Scheme


def read_scheme(file: str) -> Scheme:
    """The scheme of a file.

    Raises:
        InputError: every fault of its form, or where the form is right every
            fault of its sums, rules and bands.
    """
    found = list(documents(file))
    if len(found) > 1:
        raise fault("P104", found[1].locate(()), found="---")
    document = found[0]
    scheme = validated(Scheme, mapping(document), document)
    faults = prove(scheme)
    if faults:
        raise InputError(
            [
                Finding(f.code, f.where, f.parameters, f.path, document.locate(f.path))
                for f in faults
            ]
        )
    return scheme
