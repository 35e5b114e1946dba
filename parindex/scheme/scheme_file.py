"""A scheme from a file: its form is checked, then it is proved, all faults at once."""

from typing import Any, Final

from parindex.findings import InputError
from parindex.reading.document import Document, mapping
from parindex.reading.documents import documents, only
from parindex.reading.validate import read_as
from parindex.scheme.proof import prove
from parindex.scheme.scheme import Scheme
from parindex.values.finding import Finding, Path, in_file

_MISSING: Final[dict[str, Any]] = {"id": "x", "title": "x", "years": ["2000"]}


def read_scheme(file: str) -> Scheme:
    """The scheme of a file.

    Raises:
        InputError: every fault of its form, and of its sums, rules and bands as
            far as the form lets them be seen.
    """
    return scheme_of(only(documents(file)))


def scheme_of(document: Document) -> Scheme:
    """The scheme of a document; errors as `read_scheme`."""
    tree = mapping(document)
    scheme, found_faults = read_as(Scheme, tree, document)
    if scheme is None:  # what else is wrong is said together with what is missing
        scheme, _ = read_as(Scheme, {**_MISSING, **tree}, document)
    findings = document.and_more(found_faults)
    broken = [_rule(finding.path) for finding in found_faults]
    for fault_ in prove(scheme) if scheme else ():
        if any(rule and fault_.path[: len(rule)] == rule for rule in broken):
            continue  # of a rule that was read without its faulty parts
        place = document.locate(fault_.path)
        findings.append(Finding(fault_.code, fault_.where, fault_.parameters, fault_.path, place))
    if scheme is None or findings:
        raise InputError(sorted(findings, key=in_file))
    return scheme


def _rule(path: Path) -> Path:
    """The way to the rule that a path leads into; empty where it leads into none."""
    return path[: path.index("rule") + 1] if "rule" in path else ()
