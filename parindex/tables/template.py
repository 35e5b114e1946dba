"""An empty scorecard, or one office's part of a scorecard: as YAML with comments, or as CSV."""

from collections.abc import Collection, Iterator
from decimal import Decimal
from textwrap import wrap
from typing import Any, Final

from msgspec.structs import replace

from parindex.rules.base import RefusedError
from parindex.scheme.scheme import Adjustment, Criterion, Scheme
from parindex.scorecard.delimited.columns import PRINTED, SCORE, UNIT
from parindex.scorecard.scorecard import Scorecard
from parindex.scorecard.write_yaml import write_score, write_yaml
from parindex.tables.adjustments import called
from parindex.tables.figures import record_of
from parindex.values.escaping import visible
from parindex.values.facts import UNKNOWN
from parindex.values.language import N_, Language

COLUMNS: Final = (*UNIT, "code", *SCORE, "name_vi", "maximum")
_CAPPED: Final = {
    "bonus": N_("{name}: together at most {cap} points more."),
    "penalty": N_("{name}: together at most {cap} points less."),
}
_POINTS: Final = N_("Write for `unknown` points, like 7.93.")
_FACTS: Final = N_(
    'Write for `unknown` points, like 7.93, or one form after “Report”: {value: "97.2%"}.'
)
_STATES: Final = N_(
    "Or not_applicable, or no_evidence (zero points). What stays unknown is not zero."
)
_NO_UNIT: Final = "unit: ''\n"
_WIDTH: Final = 98
_MODELINE: Final = "# yaml-language-server: $schema=scorecard.schema.json"


def template_records(scheme: Scheme, unit: str, year: int) -> Iterator[dict[str, Any]]:
    """The rows of CSV: a leaf or an item of a bonus or penalty each; without criteria the total."""
    unit_fields = record_of(scheme, "province level group")
    unit_fields |= {"unit": unit, "year": str(year), "scheme": scheme.id}
    for each in scheme.leaves:
        words = record_of(each, " ".join(PRINTED))
        yield {
            **unit_fields,
            "code": each.code,
            "name_vi": each.name.vi,
            "maximum": each.max,
            **words,
        }
    if not scheme.criteria:
        yield {**unit_fields, "name_vi": scheme.title.vi, "maximum": scheme.max}


def columns_of(scheme: Scheme) -> tuple[str, ...]:
    """The columns of CSV."""
    return (
        *COLUMNS,
        *(("reference",) if scheme.relative else ()),
        *(key for key in PRINTED if any(getattr(each, key) for each in scheme.leaves)),
    )


def write_template(scheme: Scheme, unit: str, year: int, say: Language) -> str:
    """A scorecard in which nothing is known yet; `total` is empty where only that can be given.

    Without a `unit` its name is empty, and refused until somebody writes it.
    Text of the scheme is in comments only, each line of it behind a `#`.
    """
    fields = record_of(scheme, "level province group")
    card = Scorecard(unit, year, scheme=scheme.id, **fields)
    scores = _scores(scheme, card, None, say) if scheme.criteria else _total(scheme, say)
    return "\n".join([*_start(scheme, card, say), *scores, *_parts(scheme, say), ""])


def write_part(card: Scorecard, scheme: Scheme, of: Collection[str], say: Language) -> str:
    """A part of a scorecard: the leaves `of` it with what is known of them, and all its other fields."""
    return "\n".join([*_start(scheme, card, say), *_scores(scheme, card, of, say), ""])


def _start(scheme: Scheme, card: Scorecard, say: Language) -> Iterator[str]:
    """What the file is and how to fill it in, and the fields before the scores."""
    hints = [f"{scheme.id} · {say.name(scheme.title)}"]
    if scheme.criteria:
        has_facts = any(_form(each) for each in (*scheme.leaves, *scheme.items.values()))
        hints += [say(_FACTS if has_facts else _POINTS), say(_STATES)]
    for name, codes in scheme.profiles.items():
        message = N_("With `profile: {profile}` these do not apply: {codes}")
        hints.append(say(message, profile=name, codes=", ".join(codes)))
    if scheme.units and card.level is None:
        message = N_(
            "Write the `level`, `group` or `profile` of the unit, by which rules differ: {units}"
        )
        hints.append(say(message, units=", ".join(scheme.units)))
    for hint in hints:
        yield from _comment(hint)
    command = "parindex schema scorecard -o scorecard.schema.json"
    yield from _comment(say("An editor checks this file after: {command}", command=command))
    yield _MODELINE
    text, named = write_yaml([replace(card, scores={})]), say("name of the unit")
    yield text.rstrip("\n").replace(_NO_UNIT, f"unit: # {named}\n", 1)


def _scores(
    scheme: Scheme, card: Scorecard, of: Collection[str] | None, say: Language
) -> Iterator[str]:
    """Each criterion with its comments and score; of a part only those `of` it."""
    yield "scores:"
    for _, criterion in scheme.walk():
        yield from _score(scheme, criterion, card, of, say)
    for block in scheme.adjustments:
        is_here = of is None or any(item.code in of for item in block.items)
        if is_here:
            yield from _comment(block_line(block, say), "  ")
        if is_here and of is not None:
            hint = say("Take off the # where there is one: what is left out adds nothing.")
            yield from _comment(hint, "  ")
        for item in block.items:
            yield from _score(scheme, item, card, of, say)


def _score(
    scheme: Scheme,
    criterion: Criterion,
    card: Scorecard,
    of: Collection[str] | None,
    say: Language,
) -> Iterator[str]:
    """The comments of a criterion, and its score; that of a leaf may be not yet known."""
    if of is not None and not any(each.code in of for _, each in criterion.walk()):
        return
    for line in criterion_lines(criterion, say):
        yield from _comment(line, "  ")
    if criterion.code in card.scores:
        text = write_score(criterion.code, card.scores[criterion.code])
        yield from (f"  {line}" for line in text.splitlines())
    elif not criterion.children:
        left_out = of is not None and criterion.code in scheme.items  # then it adds nothing
        yield f'  {"# " if left_out else ""}"{criterion.code}": unknown'


def _total(scheme: Scheme, say: Language) -> Iterator[str]:
    yield from _comment(f"{say('Total')}: {_maximum_text(scheme.max, say)}")
    yield "total:"
    yield from _comment(say("Where only printed figures are known, instead of the total:"))
    yield "# published: {index: 78.35, rank: 24, of: 63}"


def _parts(scheme: Scheme, say: Language) -> Iterator[str]:
    """The partitions as comments: most units have scores or parts, not both."""
    if scheme.partitions:
        yield from _comment(say("Where points of parts are known, take off the # and fill in:"))
        yield "# parts:"
    for name, parts in scheme.partitions.items():
        yield f"#   {name}:"
        for part in parts:
            name_ = f"{say.name(part.name)}: " if part.name else ""
            yield f"#     {part.id}: # {visible(name_ + _maximum_text(part.max, say))}"


def _comment(text: str, indent: str = "") -> list[str]:
    """Text as comment lines; whatever is in it, none of it gets out of the comment."""
    return [f"{indent}# {line}" for line in wrap(visible(text), _WIDTH)]


def criterion_lines(criterion: Criterion, say: Language) -> Iterator[str]:
    """What to know in order to score a criterion: name and maximum, rule, office, documents."""
    label = f" ({criterion.label})" if criterion.label else ""
    name = say.name(criterion.name)
    yield f"{criterion.code}{label} {name}: {_maximum_text(criterion.max, say)}"
    yield from words_of(criterion, say)
    if criterion.rule is not None and criterion.maximum is not None:
        rule = criterion.scored_by
        yield rule.in_words(criterion.maximum, say)
        if form := _form(criterion):
            yield say("Report: {form}", form=form)
    if criterion.requires is not None:
        yield say("Counts only where {code} got points.", code=criterion.requires)
    if criterion.lead is not None:
        yield say("Lead office: {office}", office=criterion.lead)
    if criterion.evidence is not None:
        yield say("Points need documents: `evidence`.")


def _form(criterion: Criterion) -> str:
    """What the rule of a criterion takes; empty where it has none of its own, or says nothing."""
    if criterion.rule is None or criterion.maximum is None:
        return ""
    try:
        criterion.scored_by.points(UNKNOWN, criterion.maximum)
    except RefusedError as refused:  # by what it takes, as the rule itself says it
        return refused.parameters.get("expected", "")
    return ""


def words_of(criterion: Criterion, say: Language) -> Iterator[str]:
    """What the decision itself says: how it is scored, and by which documents."""
    if criterion.guidance:
        yield say("Guidance: {text}", text=criterion.guidance)
    if criterion.documents:
        yield say("Documents asked for: {text}", text=criterion.documents)


def _maximum_text(maximum: Decimal | None, say: Language) -> str:
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
