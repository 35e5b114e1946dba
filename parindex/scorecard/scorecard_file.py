"""The form of a scorecard in a file: its fields, and how they become a `Scorecard`."""

import re
from collections.abc import Callable, Mapping
from typing import Annotated, Any, Final

from pydantic import Field, WithJsonSchema, model_validator

from parindex.findings import InputError
from parindex.reading.document import Document, Tree, mapping
from parindex.reading.numerals import DecimalMark
from parindex.reading.validate import placed, read_as
from parindex.scheme.scheme import Scheme
from parindex.scorecard.entry_file import (
    CountsField,
    FactForm,
    PercentField,
    PointsField,
    StagedForm,
    WholeField,
    form_of_short,
)
from parindex.scorecard.scorecard import STAGES, Entry, Period, Published, Scorecard
from parindex.values.codes import AMBIGUOUS_NUMBER, MISSING_FIELD, OUT_OF_RANGE, WRONG_TYPE
from parindex.values.fields import (
    Code,
    DateField,
    Frozen,
    Id,
    NameText,
    PartId,
    SchemeName,
    Text,
    Typed,
    Year,
    fault,
    short,
)
from parindex.values.finding import Finding, Places
from parindex.values.language import N_
from parindex.values.levels import Level


class PublishedForm(Frozen):
    """Figures that a source printed; see `parindex.scorecard.scorecard.Published`."""

    index: PercentField | None = None
    total: PointsField | None = None
    rank: WholeField | None = None
    of: WholeField | None = None
    band: Text | None = None
    points: dict[str, PointsField] = Field(default_factory=dict)
    percent: dict[str, PercentField] = Field(default_factory=dict)
    ranks: dict[str, WholeField] = Field(default_factory=dict)
    figures: dict[str, Typed] = Field(default_factory=dict)

    def published(self) -> Published:
        """The figures as the engine takes them."""
        return Published(**{field: getattr(self, field) for field in type(self).model_fields})


class PeriodForm(Frozen):
    """The days that a scorecard covers, both included."""

    from_: DateField = Field(alias="from")
    to: DateField

    @model_validator(mode="after")
    def _in_order(self) -> "PeriodForm":
        if self.to < self.from_:
            raise fault(
                OUT_OF_RANGE, found=self.to.isoformat(), expected=f"≥ {self.from_.isoformat()}"
            )
        return self

    def period(self) -> Period:
        """The days as the engine takes them."""
        return Period(self.from_, self.to)


class HeadForm(Frozen):
    """Everything of a scorecard but its scores, in the order in which it is written."""

    unit: NameText
    year: Year
    level: Level | None = None
    scheme: SchemeName | None = None
    unit_id: Typed | None = None
    province: NameText | None = None
    parent: NameText | None = None
    group: NameText | None = None
    office: Text | None = Field(default=None, description="Who filled in this part.")
    period: PeriodForm | None = None
    profile: Id | None = None
    applicable_max: PointsField | None = None
    ranked: bool = True
    reason: Text | None = Field(default=None, description="Why the unit is not ranked.")
    parts: dict[PartId, dict[PartId, PointsField]] = Field(default_factory=dict)
    total: PointsField | None = None
    counts: CountsField = Field(default_factory=dict)
    published: PublishedForm | None = None
    source: Text | None = None


_Short = Annotated[
    str,
    WithJsonSchema(
        {
            "description": "Points, or not_applicable, no_evidence or unknown.",
            "type": ["number", "string"],
        }
    ),
]


class ScorecardForm(HeadForm):
    """A whole scorecard as it stands in a file."""

    scores: dict[Code, _Short | FactForm | StagedForm | None] = Field(default_factory=dict)


_SAME: Final = [name for name in HeadForm.model_fields if name in Scorecard.__struct_fields__]
"""Fields that have one name in a file and in a scorecard."""
_CODE: Final = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3})*")
_PAIR: Final = re.compile(r"(?:^|(?<=\s))([0-9]{1,3}(?:\.[0-9]{1,3})*):(\S+)")
_INDENTED: Final = N_("the codes below `scores:`, each with two spaces before it")
_NO_DASHES: Final = N_('the codes without a dash before them, as in `"1": 7`')
_SPACES: Final = N_('a space behind each colon, as in `"1": 7`')
_SCORES: Final = "scores: {code: points}"


def scorecard_of(
    document: Document,
    scheme_of: Callable[[HeadForm], Scheme],
    mark: DecimalMark | None,
    *,
    empty: bool = False,
) -> tuple[Scorecard | None, Scheme | None, list[Finding]]:
    """A document as a scorecard, as far as it can be read, and every fault of its form.

    Args:
        document: one document of a file.
        scheme_of: finds the scheme by what the head says.
        mark: which of comma and point is the decimal mark, where the user said so.
        empty: whether nothing need be scored yet, as in a part that waits for its office.

    Returns:
        The scorecard without the parts that have faults (None without a head),
        its scheme (None where it cannot be told), and the faults.
    """
    try:
        tree = dict(mapping(document))
    except InputError as error:
        return None, None, list(error.findings)
    empty = empty and "scores" in tree
    scores = tree.pop("scores", None)
    meant, misplaced = _meant(scores, tree, document)
    head, scheme, findings = read_head(tree, document, scheme_of, mark)
    if misplaced:
        scores = meant
        findings.append(misplaced)
    elif not empty or scores:
        findings += _nothing_scored(scores, tree, document)
    if head and not head.ranked and head.reason is None:
        told = {"expected": "reason"}
        findings.append(Finding(MISSING_FIELD, "ranked", told, place=document.locate(("ranked",))))
    entries: dict[str, Entry] = {}
    for code, value in scores.items() if isinstance(scores, dict) else ():
        entry, faults = _entry(document, code, value, scheme, mark)
        findings += faults
        if entry is not None:
            entries[code] = entry
    if scheme is None:
        findings = _without_guesses(findings)
    findings = document.and_more(findings)
    if head is None:
        return None, None, findings
    return scorecard_from(head, scheme, document, entries), scheme, findings


def read_head(
    tree: Tree,
    places: Places,
    scheme_of: Callable[[HeadForm], Scheme],
    mark: DecimalMark | None,
) -> tuple[HeadForm | None, Scheme | None, list[Finding]]:
    """What is said of a unit beside its scores, its scheme, and the faults; None where unknown."""
    head, findings = read_as(HeadForm, tree, places, mark=mark)
    scheme: Scheme | None = None
    try:
        scheme = scheme_of(head) if head else None
    except InputError as error:
        findings += placed(error, places)
    if scheme is not None and any(finding.code == AMBIGUOUS_NUMBER for finding in findings):
        # The scheme's maximum may leave one reading only.
        head, findings = read_as(HeadForm, tree, places, mark=mark, most=scheme.max)
    return head, scheme, findings


def _without_guesses(findings: list[Finding]) -> list[Finding]:
    """Without points that two readings have only as long as the scheme's maximum is not known.

    Why it is not known is a fault of its own, and is told.
    """
    sure = [each for each in findings if not is_a_guess(each)]
    return sure or findings


def is_a_guess(finding: Finding) -> bool:
    """Whether points have two readings, of which the scheme's maximum might leave one."""
    return finding.code == AMBIGUOUS_NUMBER and finding.path[-1:] in (("points",), ("total",))


def _meant(
    scores: Tree, tree: dict[str, Tree], document: Document
) -> tuple[dict[str, Tree], Finding | None]:
    """Scores that stand otherwise than below `scores:`, and their one fault; codes leave the tree.

    They are read all the same, so that nobody is told that every criterion is left out.
    """
    beside = [key for key in tree if _CODE.fullmatch(key)]
    if beside and isinstance(scores, dict | None):
        told = {"found": short(beside[0]), "expected": _INDENTED}
        place = document.locate((beside[0],), key=True)
        meant = {**(scores or {}), **{code: tree.pop(code) for code in beside}}
        return meant, Finding(WRONG_TYPE, "scores", told, place=place)
    told, place = {"found": short(scores)}, document.locate(("scores",))
    if isinstance(scores, list):
        items = [each for each in scores if isinstance(each, dict)]
        meant = {code: value for each in items for code, value in each.items()}
        if meant and len(items) == len(scores) and all(map(_CODE.fullmatch, meant)):
            return meant, Finding(WRONG_TYPE, "scores", {"expected": _NO_DASHES}, place=place)
    if isinstance(scores, str) and (pairs := _PAIR.findall(scores)):
        return dict(pairs), Finding(
            WRONG_TYPE, "scores", {**told, "expected": _SPACES}, place=place
        )
    return {}, None


def _nothing_scored(scores: Tree, tree: dict[str, Tree], document: Document) -> list[Finding]:
    """The fault of scores that are no mapping, or of a scorecard without any figure."""
    place = document.locate(("scores",))
    if not isinstance(scores, dict | None):
        told = {"found": short(scores), "expected": _SCORES}
        return [Finding(WRONG_TYPE, "scores", told, place=place)]
    if scores or tree.get("total"):
        return []
    for given in (tree.get("parts"), tree.get("published"), tree.get("counts")):
        if any(given.values()) if isinstance(given, dict) else given:
            return []
    told = {"expected": f"{_SCORES} | parts | total | counts | published"}
    return [Finding(MISSING_FIELD, "scores", told, place=place)]


def _entry(
    document: Document, code: str, value: Tree, scheme: Scheme | None, mark: DecimalMark | None
) -> tuple[Entry | None, list[Finding]]:
    """The entry of a code, without the parts that have faults, and these faults."""
    criterion = scheme.by_code.get(code) if scheme else None
    most = criterion.max if criterion else None
    path = ("scores", code)
    model: type[FactForm | StagedForm] = FactForm
    form: Any = form_of_short(value)
    if isinstance(value, dict) and any(stage in value for stage in STAGES):
        model = StagedForm
        form = {
            key: form_of_short(each) if key in STAGES and each is not None else each
            for key, each in value.items()
        }
    read, faults = read_as(model, form, document, path, mark=mark, most=most)
    rule = criterion.rule if criterion else None
    return read.entry(rule) if read else None, faults


def scorecard_from(
    head: HeadForm,
    scheme: Scheme | None,
    places: Places,
    scores: Mapping[str, Entry],
    **other: Any,
) -> Scorecard:
    """The scorecard of a head and its scores; `other` are fields that the head does not have."""
    same = {field: getattr(head, field) for field in _SAME}
    return Scorecard(
        **{
            **same,
            "scores": scores,
            "scheme": scheme.id if scheme else head.scheme,
            "scheme_file": scheme.file if scheme else "",
            "period": head.period and head.period.period(),
            "unranked_reason": head.reason,
            "published": head.published and head.published.published(),
            "places": places,
            **other,
        }
    )
