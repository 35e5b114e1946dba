"""An empty scorecard as rows of CSV, and what there is to say about each criterion."""

from collections.abc import Iterator
from decimal import Decimal

from parindex.rules.base import RefusedError
from parindex.scheme.scheme import Adjustment, Criterion, Scheme
from parindex.scorecard.delimited.columns import SCORE, UNIT
from parindex.tables.adjustments import called
from parindex.tables.table import Cell
from parindex.values.facts import UNKNOWN
from parindex.values.language import Language, mark

COLUMNS = (*UNIT, "code", *SCORE, "name_vi", "maximum")

_EMPTY = (None,) * len(SCORE)
_CAPPED = {
    "bonus": mark("{name}: together at most {cap} points more."),
    "penalty": mark("{name}: together at most {cap} points less."),
}


def template_rows(scheme: Scheme, unit: str, year: int) -> Iterator[tuple[Cell, ...]]:
    """A row for each leaf and each item of a bonus or penalty; without criteria one for the total."""
    about = (None, scheme.province, None, unit, scheme.level, scheme.group, str(year), scheme.id)
    head: tuple[Cell, ...] = (*about, None, None)
    for criterion in scheme.leaves:
        yield (*head, criterion.code, *_EMPTY, criterion.name.vi, criterion.max)
    if not scheme.criteria:
        yield (*head, None, *_EMPTY, scheme.title.vi, scheme.max)


def criterion_lines(criterion: Criterion, say: Language) -> Iterator[str]:
    """What to know in order to score a criterion: name and maximum, rule, office, documents."""
    yield f"{criterion.code} {say.name(criterion.name)}: {maximum_text(criterion.max, say)}"
    if criterion.rule is not None and criterion.maximum is not None:
        yield criterion.rule.in_words(criterion.maximum, say)
        form = _form(criterion)
        if form:
            yield say("Report: {form}", form=form)
    if criterion.requires is not None:
        yield say("Counts only where {code} got points.", code=criterion.requires)
    if criterion.lead is not None:
        yield say("Lead office: {office}", office=criterion.lead)
    if criterion.evidence is not None:
        yield say("Points need documents: `evidence`.")


def maximum_text(maximum: Decimal | None, say: Language) -> str:
    """The most points there are, in words."""
    if maximum is None:
        return say("maximum not known")
    return say("maximum {maximum}", maximum=say.number(maximum))


def block_line(block: Adjustment, say: Language) -> str:
    """What a bonus or penalty is called, and its cap."""
    name = called(block, say)
    if block.cap is None:
        return name
    return say(_CAPPED[block.kind], name=name, cap=say.number(block.cap))


def _form(criterion: Criterion) -> str:
    """What the rule takes, as it says itself when it is given something else."""
    if criterion.rule is None or criterion.maximum is None:
        return ""
    try:
        criterion.rule.points(UNKNOWN, criterion.maximum)
    except RefusedError as refused:
        return refused.parameters.get("expected", "")
    return ""
