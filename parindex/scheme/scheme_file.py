"""A scheme from a file: its form is checked, then it is proved, all faults at once."""

from collections.abc import Iterable, Sequence
from copy import copy
from typing import Any, Final

from parindex.findings import InputError
from parindex.reading.document import Document, mapping
from parindex.reading.documents import documents, only
from parindex.reading.validate import read_as
from parindex.scheme.proof import prove
from parindex.scheme.scheme import Scheme
from parindex.values.codes import UNKNOWN_FIELD
from parindex.values.finding import Finding, Path, Place, in_file

_ROUNDS: Final = 5
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
    meant = _Meant(document)
    found_faults: list[Finding] = []
    for _ in range(_ROUNDS):
        scheme, told = read_as(Scheme, meant.tree, meant)
        if scheme is None:  # what else is wrong is said together with what is missing
            faulty = {each.path[0] for each in told if each.path}
            lacking = {key: x for key, x in _MISSING.items() if key in faulty}
            scheme, _more = read_as(Scheme, {**meant.tree, **lacking}, meant)
        known = {(each.code, each.place) for each in found_faults}
        found_faults += [each for each in told if (each.code, each.place) not in known]
        if not meant.rename(told):
            break
    findings = document.and_more(found_faults)
    broken = [_rule(finding.path) for finding in found_faults]
    for fault_ in prove(scheme) if scheme else ():
        if any(rule and fault_.path[: len(rule)] == rule for rule in broken):
            continue  # of a rule that was read without its faulty parts
        place = meant.locate(fault_.path)
        findings.append(Finding(fault_.code, fault_.where, fault_.parameters, fault_.path, place))
    if scheme is None or findings:
        raise InputError(sorted(findings, key=in_file))
    return scheme


class _Meant:
    """A document with its fields called as they should be, and where they really are.

    So what is wrong behind a field that is called otherwise (`tiêu chí`) is told with it.
    """

    def __init__(self, document: Document) -> None:
        self.tree: dict[str, Any] = dict(mapping(document))
        self._document = document
        self._names: dict[Path, str] = {}

    def locate(self, path: Path, *, key: bool = False) -> Place:
        """The place of a value in the document as it is."""
        real = [self._names.get(path[: at + 1], step) for at, step in enumerate(path)]
        return self._document.locate(tuple(real), key=key)

    def rename(self, findings: Iterable[Finding]) -> bool:
        """Call fields by the names that are likely meant; says whether there were any."""
        done = False
        for finding in findings:
            *above, name = finding.path or ("",)
            near = finding.parameters.get("near", "")
            if finding.code != UNKNOWN_FIELD or not near or "," in near:
                continue
            at = self._copied(above)
            if isinstance(at, dict) and name in at and near not in at:
                at[near] = at.pop(name)
                self._names[*above, near] = str(name)
                done = True
        return done

    def _copied(self, path: Sequence[int | str]) -> Any:
        """What is at a path, in copies of its own all the way."""
        at: Any = self.tree
        for step in path:
            if step not in (at if isinstance(at, dict) else range(len(at))):
                continue  # the tag of a rule is no step of the tree
            inner = copy(at[step])
            at[step] = inner
            at = inner
        return at


def _rule(path: Path) -> Path:
    """The way to the rule that a path leads into; empty where it leads into none."""
    return path[: path.index("rule") + 1] if "rule" in path else ()
