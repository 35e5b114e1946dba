"""The figures of a result that was handed on, exact, to be checked against each other."""

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Final

from pydantic import ConfigDict, Field, PlainValidator

from parindex.analysis.lint.stored_result import StoredNode, StoredResult
from parindex.files.result_file import results_of
from parindex.findings import InputError
from parindex.reading.document import Document
from parindex.reading.validate import read_as
from parindex.values.codes import WRONG_TYPE
from parindex.values.fields import Frozen, Id, NameText, Number, Text, fault, short
from parindex.values.finding import Finding, Path

_KNOWN: Final = frozenset(("scored", "zero", "no_evidence", "not_applicable"))
_LONGEST: Final = 400


def _quotient(value: Any) -> Fraction:
    found = (
        re.fullmatch(r"(-?[0-9]+)/([0-9]*[1-9][0-9]*)", value) if isinstance(value, str) else None
    )
    if found is None or len(value) > _LONGEST:
        raise fault(WRONG_TYPE, found=short(value), expected="234/543")
    return Fraction(int(found[1]), int(found[2]))


Quotient = Annotated[Fraction, PlainValidator(_quotient)]


class FiguresForm(Frozen):
    """The figures of a criterion or of the whole; what else a result tells is passed over."""

    model_config = ConfigDict(extra="ignore")

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


class SchemeForm(Frozen):
    """By which scheme it was computed."""

    model_config = ConfigDict(extra="ignore")

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


def figures_of(document: Document) -> Iterator[tuple[StoredResult | None, list[Finding]]]:
    """The results of a document as far as they can be read, each with the faults of its form."""
    try:
        for each in results_of(document):
            yield _result(document, each.result, each.path)
    except InputError as error:
        yield None, list(error.findings)
    if document.faults:
        yield None, list(document.faults)


def _result(document: Document, tree: Any, path: Path) -> tuple[StoredResult | None, list[Finding]]:
    form, findings = read_as(ResultForm, tree, document, path)
    return (form.told(path) if form and not findings else None), findings
