"""Cases in YAML, one for each document: the form in which officials write what must come out."""

import os
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Annotated, Any, Final, Literal

from pydantic import (
    AfterValidator,
    Field,
    PlainValidator,
    SkipValidation,
    WithJsonSchema,
    model_validator,
)

from parindex.analysis.cases import Case, Expected
from parindex.files.open_scorecards import Reading
from parindex.findings import InputError, kinds
from parindex.reading.document import Document, Tree, mapping, read_text
from parindex.reading.folder import beside, files_of
from parindex.reading.numerals import read_number
from parindex.reading.read_yaml import read_yaml
from parindex.reading.source import shown
from parindex.reading.validate import read_as
from parindex.scheme.catalog import is_file, load_scheme
from parindex.scheme.scheme import Scheme
from parindex.scheme.unknown_code import told_of
from parindex.scorecard.scorecard import Stage
from parindex.scorecard.scorecard_file import ScorecardForm
from parindex.scoring.outcome import NodeState
from parindex.values.codes import (
    FILE_UNREADABLE,
    MISSING_FIELD,
    OUT_OF_RANGE,
    PARAMETERS_EXCLUDE,
    UNKNOWN_CODE,
    UNKNOWN_PART,
    UNKNOWN_REFERENCE,
    WRONG_TYPE,
)
from parindex.values.fields import Code, Frozen, Id, PartId, Text, short
from parindex.values.fields import fault as field_fault
from parindex.values.finding import Finding, Place, in_file
from parindex.values.finding import Path as Steps
from parindex.values.fuzzy import suggest

_ENDINGS: Final = (".yaml", ".yml")
_MOST: Final = 100
"""Names that a scheme lacks of which a case is told."""
_FIGURES: Final = ("points", "final", "lost", "applicable_max", "index", "low", "high")


def _exact(value: Any) -> Fraction:
    """An exact figure: `7.93`, `78.35%` or `1/3`."""
    if not isinstance(value, str):
        raise field_fault(WRONG_TYPE, found=short(value), expected="12.5 / 1/3")
    above, slash, below = value.removesuffix("%").partition("/")
    whole = Fraction(read_number(below)) if slash else Fraction(1)
    if whole <= 0:
        raise field_fault(OUT_OF_RANGE, found=short(value), expected="1/3")
    return Fraction(read_number(above)) / whole


def _finding_code(value: str) -> str:
    if value not in kinds():
        told = {"found": short(value), "near": suggest(value, kinds())}
        raise field_fault(WRONG_TYPE, **told, expected="P202")
    return value


Exact = Annotated[Fraction, PlainValidator(_exact), WithJsonSchema({"type": ["number", "string"]})]
FindingCode = Annotated[str, AfterValidator(_finding_code)]


class ExpectedForm(Frozen):
    """What must come of the input; see `parindex.analysis.cases.Expected`."""

    points: Exact | None = None
    final: Exact | None = None
    lost: Exact | None = None
    applicable_max: Exact | None = None
    index: Exact | None = None
    low: Exact | None = None
    high: Exact | None = None
    band: Text | None = None
    bands: tuple[Text, ...] | None = None
    complete: bool | None = None
    states: dict[Code, NodeState] = Field(default_factory=dict)
    criteria: dict[Code, Exact] = Field(default_factory=dict)
    parts: dict[PartId, dict[PartId, Exact]] = Field(default_factory=dict)
    adjustments: dict[Id, Exact] = Field(default_factory=dict)
    standards: dict[Literal["met", "not_met", "unknown"], Exact] = Field(default_factory=dict)
    findings: tuple[FindingCode, ...] | None = None
    faults: tuple[FindingCode, ...] = ()

    @model_validator(mode="after")
    def _something(self) -> "ExpectedForm":
        """Something is expected, and nothing of a result that faults leave none of."""
        given = [name for name in type(self).model_fields if getattr(self, name) not in (None, {})]
        if given == ["faults"] and not self.faults:
            raise field_fault(MISSING_FIELD, expected="points | index | band | states | faults | …")
        if self.faults and len(given) > 1:
            raise field_fault(PARAMETERS_EXCLUDE, found=", ".join(given))
        return self

    def expected(self) -> Expected:
        """The same as it is compared."""
        figures = {name: getattr(self, name) for name in _FIGURES}
        bands: tuple[str | None, ...] | None = None
        if self.bands is not None:
            bands = tuple(None if name == "unknown" else name for name in self.bands)
        same = {name: getattr(self, name) for name in Expected.__struct_fields__ if name in _SAME}
        known = {name: figure for name, figure in figures.items() if figure is not None}
        return Expected(**same, figures=known, bands=bands)


_SAME: Final = ExpectedForm.model_fields.keys() - {"bands"}
"""Fields that are compared as they are read."""


class InputForm(ScorecardForm):
    """A scorecard whose unit needs no name."""

    unit: Text = "–"


class CaseForm(Frozen):
    """One case as it stands in a file; `scheme` is an id, or a file beside the case's."""

    name: Text
    scheme: Text | None = None
    stage: Stage | None = None
    input: SkipValidation[InputForm]
    expected: ExpectedForm


def read_cases(names: Iterable[str], opened: list[str] | None = None) -> list[Case]:
    """The cases of files, and of all YAML files below folders.

    A file below a folder that a case names as its scheme is no file of cases.

    Args:
        names: the files and folders.
        opened: takes the files that cases name as their schemes.

    Raises:
        InputError: every fault of every file; those of an input only where its
            form is wrong and the case does not expect faults.
    """
    read: dict[str, list[Document]] = {}
    roots: dict[str, str] = {}
    found: set[str] = set()
    findings: list[Finding] = []
    for name in names:
        try:
            files = files_of(name, _ENDINGS, findings)
        except InputError as error:
            findings += error.findings
            continue
        for file in files:
            try:
                read[file] = list(read_yaml(read_text(file), shown(file)))
            except InputError as error:
                findings += error.findings
            if file != name:
                roots[file] = name
                found.add(os.path.realpath(file))
    named = _schemes_named(read)
    schemes = found & named
    (opened if opened is not None else []).extend(named)
    cases: list[Case] = []
    for file, documents in read.items():
        for document in documents if os.path.realpath(file) not in schemes else ():
            try:
                cases.append(_case(document, file, roots.get(file, "")))
            except InputError as error:
                findings += sorted(error.findings, key=in_file)
    if findings:
        raise InputError(_once(findings))
    return cases


def _once(findings: Iterable[Finding]) -> list[Finding]:
    """The same without repetitions: several cases may name the same faulty scheme."""
    told = {(each.place, each.code, *each.parameters.items()): each for each in findings}
    return list(told.values())


def _schemes_named(read: Mapping[str, Iterable[Document]]) -> set[str]:
    """The files that cases name as their schemes."""
    wanted = (_scheme_file(each.tree, file) for file, found in read.items() for each in found)
    return {os.path.realpath(each) for each in wanted if each}


def _scheme_file(tree: Tree, file: str) -> str | None:
    """The file that a case names as its scheme."""
    wanted = tree.get("scheme") if isinstance(tree, dict) else None
    if not isinstance(wanted, str) or not is_file(wanted):
        return None
    return os.path.join(os.path.dirname(file), wanted)  # noqa: PTH118, PTH120


def _case(document: Document, file: str, root: str) -> Case:
    """A document as a case of a file, which stands below the folder `root` if that was named.

    Raises:
        InputError: every fault of it.
    """
    tree = mapping(document)
    form, findings = read_as(CaseForm, tree, document)
    findings = document.and_more(findings)
    if form is None:
        raise InputError(findings)
    given: list[Scheme] = []
    try:
        if form.scheme is not None:
            if is_file(form.scheme):
                place = document.locate(("scheme",))
                given.append(load_scheme(beside(file, form.scheme, place, root)))
            else:
                given.append(load_scheme(form.scheme))
    except InputError as error:
        raise InputError(
            [*findings, *(_placed(each, document) for each in error.findings)]
        ) from error
    [(card, scheme, faults)] = Reading(given).of_document(_input(document, form.name))
    if not form.expected.faults and any(each.code.startswith("P1") for each in faults):
        findings += faults
    if scheme is not None:
        findings += _unknown(form.expected, scheme, document)
    if findings:
        raise InputError(findings)
    place, expected = document.locate(()), form.expected.expected()
    return Case(form.name, place, expected, card, scheme, form.stage, tuple(faults))


def _placed(finding: Finding, document: Document) -> Finding:
    """A fault of the scheme: in its own file, or of the case that names what there is not."""
    own = finding.place
    if own is not None and finding.code != FILE_UNREADABLE:
        return finding
    where = own.file if own else finding.where
    place = document.locate(("scheme",))
    return Finding(finding.code, where, finding.parameters, finding.path, place)


def _input(document: Document, name: str) -> Document:
    """What stands under `input`, as a document of its own; its unit is called as the case is."""
    tree = mapping(document)["input"]
    if isinstance(tree, dict) and tree.get("unit") is None:
        tree = {"unit": name, **tree}
    return Document(
        document.file, tree, _below("input", document.places), _below("input", document.keys)
    )


def _below(step: str, places: Mapping[Steps, Place]) -> dict[Steps, Place]:
    return {path[1:]: place for path, place in places.items() if path[:1] == (step,)}


def _unknown(form: ExpectedForm, scheme: Scheme, document: Document) -> Iterator[Finding]:
    """Codes, parts and blocks that the scheme does not have."""
    blocks = [block.id for block in scheme.adjustments]
    for field, known, code in (
        ("states", scheme.by_code, UNKNOWN_CODE),
        ("criteria", scheme.by_code, UNKNOWN_CODE),
        ("parts", scheme.partitions, UNKNOWN_PART),
        ("adjustments", blocks, UNKNOWN_REFERENCE),
    ):
        unknown = [name for name in getattr(form, field) if name not in known]
        for name in unknown[:_MOST]:
            yield _no_such(code, name, known, ("expected", field, name), scheme, document)
    for partition, parts in form.parts.items():
        ids = [part.id for part in scheme.partitions.get(partition, ())]
        for name in parts:
            if ids and name not in ids:
                path = ("expected", "parts", partition, name)
                yield _no_such(UNKNOWN_PART, name, ids, path, scheme, document)


def _no_such(
    code: str, name: str, known: Iterable[str], path: Steps, scheme: Scheme, document: Document
) -> Finding:
    if code == UNKNOWN_CODE:
        told = told_of(scheme, name)
    else:
        told = {"found": name, "near": suggest(name, known), "scheme": scheme.id}
    return Finding(code, name, told, path, document.locate(path, key=True))
