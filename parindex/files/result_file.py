"""Results as JSON or NDJSON, as `score` writes them, read with every number as its text.

They are verified (`read_results`), compared with new ones (`read_baseline`),
and their figures are checked against each other (`figures_of`).
"""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Final, NamedTuple, TypeVar

from pydantic import ConfigDict, Field, PlainValidator

from parindex.analysis.gates import Earlier
from parindex.analysis.lint.stored_result import StoredNode, StoredResult
from parindex.findings import InputError
from parindex.reading.document import Document, Tree, fault, mapping, read_text
from parindex.reading.read_json import read_json
from parindex.reading.source import shown
from parindex.reading.validate import read_as
from parindex.values.codes import EMPTY_FILE, MISSING_FIELD, WRONG_TYPE
from parindex.values.fields import Frozen, Id, NameText, Number, Text, Year, short
from parindex.values.fields import fault as field_fault
from parindex.values.finding import Finding, Path, Place, in_file

FORMAT: Final = "parindex-result/1"
_NEEDED: Final = ("unit", "year", "scheme")
_KNOWN: Final = frozenset(("scored", "zero", "no_evidence", "not_applicable"))
_LONGEST: Final = 400

Taken = TypeVar("Taken")


class HandedOn(NamedTuple):
    """One result as it was handed on, the version that it says made it, and where it stands."""

    result: dict[str, Tree]
    version: str | None
    path: Path = ()


def _quotient(value: Any) -> Fraction:
    found = (
        re.fullmatch(r"(-?[0-9]+)/([0-9]*[1-9][0-9]*)", value) if isinstance(value, str) else None
    )
    if found is None or len(value) > _LONGEST:
        raise field_fault(WRONG_TYPE, found=short(value), expected="234/543")
    return Fraction(int(found[1]), int(found[2]))


Quotient = Annotated[Fraction, PlainValidator(_quotient)]


class ResultPart(Frozen):
    """Some fields of a result or of a part of it; the others are passed over."""

    model_config = ConfigDict(extra="ignore")


class FiguresForm(ResultPart):
    """The figures of a criterion or of the whole."""

    points: Number | None = None
    points_exact: Quotient | None = None
    max: Number | None = None
    max_exact: Quotient | None = None
    applicable_max: Number | None = None
    applicable_max_exact: Quotient | None = None
    percent: Number | None = None
    lost: Number | None = None
    lost_exact: Quotient | None = None

    def figure(self, name: str) -> Fraction | None:
        """A figure with all its decimals."""
        exact: Fraction | None = getattr(self, f"{name}_exact")
        decimal: Decimal | None = getattr(self, name)
        return exact if exact is not None or decimal is None else Fraction(decimal)

    def node(self, code: str, path: Path, **more: Any) -> StoredNode:
        """The figures as a check takes them."""
        return StoredNode(
            code,
            path,
            points=self.figure("points"),
            maximum=self.figure("max"),
            applicable=self.figure("applicable_max"),
            percent=self.percent,
            lost=self.figure("lost"),
            **more,
        )


class NodeForm(FiguresForm):
    """One criterion."""

    code: Text
    state: Text
    children: tuple["NodeForm", ...] = ()

    def told(self, path: Path) -> StoredNode:
        """The criterion and all below it."""
        below = _told(self.children, (*path, "children"))
        return self.node(self.code, path, is_known=self.state in _KNOWN, children=below)


class SchemeForm(ResultPart):
    """By which scheme it was computed."""

    id: Id
    sha256: Text


class ResultForm(FiguresForm):
    """One result."""

    unit: NameText
    year: Text
    scheme: SchemeForm
    complete: bool
    criteria: tuple[NodeForm, ...] = ()
    adjustments: tuple[Any, ...] = Field(default=())

    def told(self, path: Path) -> StoredResult:
        """The result as a check takes it."""
        below = _told(self.criteria, (*path, "criteria"))
        adjusted = bool(self.adjustments)
        whole = self.node("", path, is_known=self.complete, adjusted=adjusted, children=below)
        return StoredResult(self.scheme.id, self.scheme.sha256, whole, path)


def _told(nodes: tuple[NodeForm, ...], path: Path) -> tuple[StoredNode, ...]:
    return tuple(node.told((*path, number)) for number, node in enumerate(nodes))


class AreaForm(ResultPart):
    """The percentage of one area."""

    code: Text
    state: Text | None = None
    applicable_max: Number | None = None
    percent: Number | None = None

    @property
    def is_blank(self) -> bool:
        """Whether the percentage is missing although there must be one."""
        return self.percent is None and self.state in _KNOWN and bool(self.applicable_max)


class EarlierForm(ResultPart):
    """An earlier result, for the gate `--baseline`."""

    unit: NameText
    unit_id: Text | None = None
    year: Year
    scheme: SchemeForm
    percent: Number | None = None
    low: Number | None = None
    criteria: tuple[AreaForm, ...] = ()

    def earlier(self) -> Earlier:
        """The result as the gate takes it."""
        return Earlier(
            self.unit,
            self.unit_id,
            self.year,
            self.scheme.sha256,
            self.low if self.percent is None else self.percent,
            {area.code: area.percent for area in self.criteria},
            tuple(area.code for area in self.criteria if area.is_blank),
        )


def read_results(file: str) -> list[HandedOn]:
    """The results of a file, or of standard input for `-`.

    Raises:
        InputError: every fault: the file cannot be read, or holds something else.
    """
    return _read(file, lambda _, each: (each, []))


def read_baseline(file: str) -> list[Earlier]:
    """Earlier results of a file, as the gate takes them; errors as `read_results`."""

    def earlier(document: Document, each: HandedOn) -> tuple[Earlier | None, list[Finding]]:
        form, faults = read_as(EarlierForm, dict(each.result), document, each.path)
        return (form.earlier() if form else None), faults

    return _read(file, earlier)


def figures_of(document: Document) -> Iterator[tuple[StoredResult | None, list[Finding]]]:
    """The results of a document as far as they can be read, each with the faults of its form."""
    try:
        for each in results_of(document):
            form, faults = read_as(ResultForm, dict(each.result), document, each.path)
            yield (form.told(each.path) if form and not faults else None), faults
    except InputError as error:
        yield None, list(error.findings)
    if document.faults:
        yield None, list(document.faults)


def _read(
    file: str, take: Callable[[Document, HandedOn], tuple[Taken | None, list[Finding]]]
) -> list[Taken]:
    """What is taken of each result of a file, or every fault."""
    found: list[Taken] = []
    findings: list[Finding] = []
    try:
        for document in read_json(read_text(file), shown(file)):
            findings += document.faults
            try:
                for each in results_of(document) if not document.faults else ():
                    taken, faults = take(document, each)
                    findings += faults
                    found += [taken] if taken is not None else []
            except InputError as error:
                findings += error.findings
    except InputError as error:
        findings += error.findings
    if findings:
        raise InputError(sorted(findings, key=in_file))
    if not found:
        raise fault(EMPTY_FILE, Place(file))
    return found


def results_of(document: Document) -> Iterator[HandedOn]:
    """The results of an object that holds several, or the one that a line is.

    Raises:
        InputError: the document is neither.
    """
    whole = mapping(document)
    if "format" not in whole and "results" not in whole:
        yield _result(document, whole, ())
        return
    if whole.get("format") != FORMAT:
        raise _not_one(document, ("format",), whole.get("format"), FORMAT)
    results = whole.get("results")
    if not isinstance(results, list):
        raise _not_one(document, ("results",), results, "[…]")
    version = _version(whole.get("tool"))
    for number, result in enumerate(results):
        yield _result(document, result, ("results", number))._replace(version=version)


def _result(document: Document, tree: Tree, path: Path) -> HandedOn:
    if not isinstance(tree, dict):
        raise _not_one(document, path, tree, "key: value")
    missing = [name for name in _NEEDED if name not in tree]
    if missing:
        place = document.locate(path)
        raise InputError(
            [Finding(MISSING_FIELD, "", {"expected": name}, place=place) for name in missing]
        )
    result = {name: value for name, value in tree.items() if name != "tool"}
    return HandedOn(result, _version(tree.get("tool")), path)


def _version(tool: Tree) -> str | None:
    version = tool.get("version") if isinstance(tool, dict) else None
    return short(version) if isinstance(version, str) else None


def _not_one(document: Document, path: Path, found: Tree, expected: str) -> InputError:
    shown = "–" if found is None else short(found)
    return fault(WRONG_TYPE, document.locate(path), found=shown, expected=expected)
