"""Why a criterion has its points, or what its rule says, for people and programs."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any, Final

from parindex.analysis.explanation import (
    criterion_of,
    more,
    next_step,
    rule_of,
    shut_by,
    working_of,
)
from parindex.findings import describe
from parindex.rules.base import Gain, Rule, result_text
from parindex.rules.deadline import date_text
from parindex.scheme.scheme import Criterion, Scheme
from parindex.scorecard.scorecard import STAGES, Entry, Evidence
from parindex.scoring.result import Node, Result
from parindex.scoring.standards import standards_alone
from parindex.tables.columns import columns
from parindex.tables.facts import fact_text, need_text
from parindex.tables.figures import exact_figures, record_of
from parindex.tables.score import called_states, standard_cells
from parindex.tables.score_data import criterion_data, name_data
from parindex.tables.sources import is_unchecked, source_of
from parindex.tables.table import Table
from parindex.values.exact import rounded, to_decimal_or_none
from parindex.values.facts import Points
from parindex.values.fields import Name
from parindex.values.language import LANGUAGES, N_, Language, language
from parindex.values.stages import STAGE_WORDS

FORMAT: Final = "parindex-explanation/1"
COLUMNS: Final = ("unit", "year", "code", "item", "text")
_SOURCES: Final = (N_("Source of the scheme"), N_("Source of the maximum"), N_("Decision"))
"""Items that say where a criterion and its decision were read."""
Row = tuple[str, str]
"""An item of an explanation, in English, and its text."""
OptionalRow = tuple[str, str | None]
"""The same; without a text it is left out."""


def explanation_table(
    subject: Result | Scheme, code: str, say: Language, *, sources: bool = True
) -> Table:
    """One criterion of a result, or of a scheme without anybody's score.

    Without `sources` it leaves out where criterion and decision were read, which a
    document says once.

    Raises:
        InputError: P201 the scheme has no such code.
    """
    scheme, result = _parts(subject)
    head = f"{result.scorecard.unit} · {result.scorecard.year}" if result else scheme.id
    title = f"{head} · {code} {say.name(criterion_of(scheme, code).name)}"
    rows = tuple(
        (say(item), text)
        for item, text in _explained(subject, code, say)
        if sources or item not in _SOURCES
    )
    return Table(title, columns(say, "what text"), rows)


def explanation_rows(subject: Result | Scheme, code: str) -> Iterator[dict[str, str]]:
    """The same as rows of CSV, in English."""
    card = subject.scorecard if isinstance(subject, Result) else None
    head = (card.unit, str(card.year)) if card else ("", "")
    for item, text in _explained(subject, code, language("en")):
        yield dict(zip(COLUMNS, (*head, code, item.strip(), text), strict=True))


def explanation_record(subject: Result | Scheme, code: str) -> dict[str, Any]:
    """The same for programs: the rule, and of a result also the score and the next step."""
    scheme, result = _parts(subject)
    criterion = criterion_of(scheme, code)
    rule, words = rule_of(criterion), None
    if rule is not None and criterion.maximum is not None:
        words = {lang: rule.in_words(criterion.maximum, language(lang)) for lang in LANGUAGES}
    record = {
        "scheme": record_of(scheme, "id status sha256"),
        "code": criterion.code,
        "name": name_data(criterion.name),
        "label": criterion.label,
        "guidance": criterion.guidance,
        "documents": criterion.documents,
        "max": criterion.max,
        "rule": rule.model_dump(by_alias=True, exclude_none=True) if rule else None,
        "rule_in_words": words,
        "requires": criterion.requires,
        "origin": scheme.inherited(criterion.code, "origin"),
        "lead": scheme.inherited(criterion.code, "lead"),
        "evidence": criterion.evidence,
        "source": source_of(scheme, criterion),
    }
    if result is None:
        return record
    card, node = result.scorecard, result.node(code)
    step, gain = None, next_step(result, node)
    if gain is not None:
        rule = rule_of(criterion, result)
        needs = {lang: need_text(gain, rule, language(lang)) for lang in LANGUAGES}
        step = {**exact_figures(points=gain.points, more=more(node, gain)), "need": needs}
    return {
        **record_of(card, "unit year"),
        **record,
        **criterion_data(result, node),
        "source": record["source"],
        "children": [criterion_data(result, result.node(c.code)) for c in criterion.children],
        "next_step": step,
    }


def _parts(subject: Result | Scheme) -> tuple[Scheme, Result | None]:
    return (subject, None) if isinstance(subject, Scheme) else (subject.scheme, subject)


def _explained(subject: Result | Scheme, code: str, say: Language) -> Iterator[Row]:
    """The items that have a text."""
    return ((item, text) for item, text in _items(subject, code, say) if text)


def _items(subject: Result | Scheme, code: str, say: Language) -> Iterator[OptionalRow]:
    """The points and the state, the rule, how the score came about, and where it is written."""
    scheme, result = _parts(subject)
    criterion = criterion_of(scheme, code)
    if result:
        node = result.node(code)
        standard = standard_cells(result, node, say)
        yield N_("Points"), None if standard else _points_text(result, node, say)
        yield N_("State"), str(standard.get("state") or called_states(say)[node.state])
        yield N_("Maximum"), _moved_text(result, node, say)
    yield N_("Printed as"), criterion.label
    yield from _rule(scheme, criterion, result, say)
    yield N_("Guidance of the decision"), criterion.guidance
    yield N_("Documents asked for"), criterion.documents
    if result:
        yield from _score(result, result.node(code), criterion, say)
    yield from _context(scheme, criterion, say)
    for finding in result.findings if result else ():
        if finding.where == code:
            yield N_("Finding"), describe(finding, say)


def _rule(
    scheme: Scheme, criterion: Criterion, result: Result | None, say: Language
) -> Iterator[Row]:
    """The rule, that of the unit where units differ, and what the score depends on."""
    rule = rule_of(criterion)
    if rule is not None and rule.units:
        rule = rule_of(criterion, result)
    if rule is None and standards_alone(criterion):
        text = say("How many of the standards below are met.")
    elif rule is None:
        text = say("Sum of the criteria below.")
    elif criterion.maximum is None:
        text = say("The maximum is not known.")
    else:
        text = rule.in_words(criterion.maximum, say)
    yield N_("Rule"), text
    if criterion.requires is not None:
        guard = scheme.by_code[criterion.requires]
        told = {"code": guard.code, "name": say.name(guard.name)}
        yield N_("Requires"), say("{code} {name}: if it gets nothing, this is 0", **told)
    if criterion.moves_to:
        told = {"codes": ", ".join(criterion.moves_to)}
        moved = say("its maximum goes in equal parts to {codes}", **told)
        yield N_("Where it does not apply"), moved


def _score(
    result: Result, node: Node, criterion: Criterion, say: Language
) -> Iterator[OptionalRow]:
    """What was reported, the working, the criteria below, and what more would need."""
    entry, rule = node.entry, rule_of(criterion, result)
    if entry is not None:
        yield N_("Input"), fact_text(entry.fact, rule, say)
        yield N_("Working"), working_of(result, node, say)
    for child in criterion.children:
        below = result.node(child.code)
        standard = standard_cells(result, below, say).get("state")
        points = _points_text(result, below, say) if standard is None else str(standard)
        yield f"  {child.code}", f"{points} · {say.name(child.name)}"
    gain = next_step(result, node)
    if gain and not isinstance(gain.fact, Points):  # points that somebody gives have no steps
        yield N_("Next higher step"), _gain_text(node, gain, rule, say)
    if guard := shut_by(result, node):
        told = {"code": guard.code, "name": say.name(guard.name)}
        yield N_("Next higher step"), say("first {code} {name} must get points", **told)
    if entry is not None:
        yield from _reported(entry, rule_of(criterion), say)


def _reported(entry: Entry, rule: Rule | None, say: Language) -> Iterator[OptionalRow]:
    """What was reported beside a score: its stages, reasons and documents."""
    for stage in filter(entry.stages.get, STAGES):
        each = entry.stages[stage]
        told = (fact_text(each.fact, rule, say), each.reason)
        yield STAGE_WORDS[stage].name, " – ".join(filter(None, told))
    yield N_("Reason"), None if entry.stages else entry.reason
    yield N_("Explanation of the unit"), entry.explanation
    yield N_("Note"), entry.note
    for document in entry.evidence:
        yield N_("Document"), document_text(document, say)


def _context(scheme: Scheme, criterion: Criterion, say: Language) -> Iterator[OptionalRow]:
    """Where the criterion belongs, who answers for it, and where it is written."""
    above = [f"{each.code} {say.name(each.name)}" for each in scheme.lineage(criterion.code)][1:]
    yield N_("Part of"), " ← ".join(above)
    yield N_("Lead office"), scheme.inherited(criterion.code, "lead")
    if origin := scheme.inherited(criterion.code, "origin"):
        names = {part.id: part.name for part in scheme.partitions.get("origin", ())}
        yield N_("Origin"), say.name(names.get(origin) or Name(vi=origin))
    yield N_("Evidence"), say("required") if criterion.evidence else None
    yield N_("Note of the scheme"), criterion.note
    yield _SOURCES[criterion.max is not None], _source_text(scheme, criterion, say)
    if decision := scheme.decision:
        day = date_text(decision.date, say) if decision.date else None
        yield _SOURCES[-1], ", ".join(filter(None, (decision.number, day, decision.url)))


def _source_text(scheme: Scheme, criterion: Criterion, say: Language) -> str | None:
    """Where a criterion was read, and that it is not the decision."""
    source = source_of(scheme, criterion)
    if source is None or not is_unchecked(scheme, source):
        return source
    return say("{source} (not checked against the decision itself)", source=source)


def document_text(document: Evidence, say: Language) -> str:
    """A document in a line: number, date, section and page."""
    day, section, page = document.date, document.section, document.page
    parts = (
        document.number,
        date_text(day, say) if day else None,
        say("section {section}", section=section) if section else None,
        say("page {page}", page=page) if page else None,
    )
    return ", ".join(filter(None, parts))


def _points_text(result: Result, node: Node, say: Language) -> str:
    """Points of the maximum, the percentage and what was lost, as far as they are known."""
    maximum = node.applicable_max
    if node.points is None:
        return "–" if maximum is None else say("– of {maximum}", maximum=say.number(maximum))
    if maximum is None:
        return _exact_text(node.points, say)
    if to_decimal_or_none(node.points) is None:
        text = say(
            "≈ {points} of {maximum} points, exactly {exact}",
            points=say.number(rounded(node.points, 4)),
            maximum=say.number(maximum),
            exact=node.points,
        )
    else:
        points = say.number(node.points)
        text = say("{points} of {maximum}", points=points, maximum=say.number(maximum))
    percent = result.printed_percent(node)
    return text if percent is None else f"{text} ({say.percent(percent)})"


def _moved_text(result: Result, node: Node, say: Language) -> str | None:
    """From which leaves a leaf received how much of their maxima, or where its own went."""
    moved = result.rules.moved
    if node.code in moved and node.max is not None:
        told = [
            say(
                "{points} of {code}, which does not apply", points=_exact_text(each, say), code=code
            )
            for code, each in moved[node.code].items()
        ]
        whole = result_text(node.max + result.rules.received(result.scheme.by_code[node.code]), say)
        return f"{' + '.join((say.number(node.max), *told))} {whole}"
    gone = {code: each[node.code] for code, each in moved.items() if node.code in each}
    if not gone:
        return None
    return "; ".join(
        say("{points} moved to {code}", points=_exact_text(each, say), code=code)
        for code, each in gone.items()
    )


def _gain_text(node: Node, gain: Gain, rule: Rule | None, say: Language) -> str:
    """What would have to be reported, the points for it, and how many more that is."""
    need, more_ = need_text(gain, rule, say), _exact_text(more(node, gain), say)
    points = _exact_text(gain.points, say)
    return say("{need} → {points}, {more} more", need=need, points=points, more=more_)


def _exact_text(value: Fraction, say: Language) -> str:
    """All decimals, or some and the exact quotient where they do not end."""
    if to_decimal_or_none(value) is not None:
        return say.number(value)
    return f"≈ {say.number(rounded(value, 4))} ({value})"
