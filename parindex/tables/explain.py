"""Why a criterion has its points, as a sheet and as data."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from parindex.analysis.explanation import (
    criterion_of,
    inherited,
    lineage,
    more,
    next_step,
    rule_of,
    shut_by,
)
from parindex.analysis.origin import working_of
from parindex.findings import describe
from parindex.rules.base import Gain, Rule
from parindex.rules.deadline import date_text
from parindex.scheme.scheme import Criterion, Scheme
from parindex.scorecard.scorecard import STAGES, Entry, Evidence
from parindex.scoring.result import Node, Result
from parindex.tables.facts import fact_text, need_text
from parindex.tables.score import called_states
from parindex.tables.score_data import criterion_data, exact_figure
from parindex.tables.sheet import Column, Sheet
from parindex.values.exact import rounded, terminating
from parindex.values.facts import Points
from parindex.values.fields import Name
from parindex.values.language import Language, language, mark
from parindex.values.stages import STAGE_WORDS

FORMAT = "parindex-explanation/1"
COLUMNS = ("unit", "year", "code", "item", "text")
Row = tuple[str, str]
"""What is told, in English, and the text of it."""


def sheet_of(subject: Result | Scheme, code: str, say: Language) -> Sheet:
    """One criterion of a result, or of a scheme without anybody's score.

    Raises:
        InputError: P201 the scheme has no such code.
    """
    if isinstance(subject, Scheme):
        head = subject.id
    else:
        head = f"{subject.scorecard.unit} · {subject.scorecard.year}"
    scheme = subject if isinstance(subject, Scheme) else subject.scheme
    title = f"{head} · {code} {say.name(criterion_of(scheme, code).name)}"
    columns = (Column("item", say("What")), Column("text", say("Explanation")))
    rows = tuple((say(item), text) for item, text in _told(subject, code, say))
    return Sheet(title, columns, rows)


def rows_of(subject: Result | Scheme, code: str) -> Iterator[tuple[str, ...]]:
    """The same as rows of CSV, in English."""
    card = None if isinstance(subject, Scheme) else subject.scorecard
    head = ("", "") if card is None else (card.unit, str(card.year))
    for item, text in _told(subject, code, language("en")):
        yield (*head, code, item.strip(), text)


def data_of(subject: Result | Scheme, code: str) -> dict[str, Any]:
    """The same as the data of its JSON."""
    return _rule_data(subject, code) if isinstance(subject, Scheme) else _data(subject, code)


def _told(subject: Result | Scheme, code: str, say: Language) -> Iterator[Row]:
    if isinstance(subject, Scheme):
        criterion = criterion_of(subject, code)
        yield from _of_criterion(subject, criterion, say)
        yield from _around(subject, criterion, say)
    else:
        yield from _of_node(subject, subject.node(criterion_of(subject.scheme, code).code), say)


def _data(result: Result, code: str) -> dict[str, Any]:
    scheme, card = result.scheme, result.scorecard
    criterion = criterion_of(scheme, code)
    node = result.node(code)
    gain = next_step(result, node)
    told = None
    if gain is not None:
        rule = rule_of(criterion, card.year)
        needs = {each: need_text(gain, rule, language(each)) for each in ("vi", "en")}
        told = {
            **exact_figure("points", gain.points),
            **exact_figure("more", more(node, gain)),
            "need": needs,
        }
    data = criterion_data(result, node)
    data["source"] = inherited(scheme, code, "source") or scheme.source
    data["children"] = [criterion_data(result, result.node(c.code)) for c in criterion.children]
    return {
        "unit": card.unit,
        "year": card.year,
        **_rule_data(scheme, code),
        **data,
        "next_step": told,
    }


def _rule_data(scheme: Scheme, code: str) -> dict[str, Any]:
    criterion = criterion_of(scheme, code)
    rule = rule_of(criterion)
    words = None
    if rule is not None and criterion.maximum is not None:
        words = {each: rule.in_words(criterion.maximum, language(each)) for each in ("vi", "en")}
    return {
        "scheme": {"id": scheme.id, "status": scheme.status, "sha256": scheme.sha256},
        "code": code,
        "name": {"vi": criterion.name.vi, "en": criterion.name.en},
        "max": criterion.max,
        "rule": rule.model_dump(by_alias=True, exclude_none=True) if rule else None,
        "rule_in_words": words,
        "requires": criterion.requires,
        "origin": inherited(scheme, code, "origin"),
        "lead": inherited(scheme, code, "lead"),
        "evidence": criterion.evidence,
        "source": inherited(scheme, code, "source") or scheme.source,
    }


def _of_node(result: Result, node: Node, say: Language) -> Iterator[Row]:
    scheme, criterion = result.scheme, result.scheme.by_code[node.code]
    yield mark("Points"), _points_text(result, node, say)
    state = called_states(say)[node.state]
    if state:
        yield mark("State"), state
    yield from _of_criterion(scheme, criterion, say)
    rule = rule_of(criterion, result.scorecard.year)
    if node.entry is not None:
        yield mark("Input"), fact_text(node.entry.fact, rule, say)
    working = working_of(result, node, say)
    if working and node.entry is not None:
        yield mark("Working"), working
    for child in criterion.children:
        below = result.node(child.code)
        yield f"  {child.code}", f"{_points_text(result, below, say)} · {say.name(child.name)}"
    gain = next_step(result, node)
    if gain is not None:
        yield mark("Next higher step"), _gain_text(node, gain, rule, say)
    guard = shut_by(result, node)
    if guard is not None:
        told = {"code": guard.code, "name": say.name(guard.name)}
        yield mark("Next higher step"), say("first {code} {name} must get points", **told)
    if node.entry is not None:
        yield from _said(node.entry, rule_of(criterion), say)
    yield from _around(scheme, criterion, say)
    for finding in result.findings:
        if finding.where == node.code:
            yield mark("Finding"), describe(finding, say)


def _of_criterion(scheme: Scheme, criterion: Criterion, say: Language) -> Iterator[Row]:
    """The rule, and what the score depends on."""
    rule = rule_of(criterion)
    if rule is None:
        yield mark("Rule"), say("Sum of the criteria below.")
    elif criterion.maximum is None:
        yield mark("Rule"), say("The maximum is not known.")
    else:
        yield mark("Rule"), rule.in_words(criterion.maximum, say)
    if criterion.requires is not None:
        guard = scheme.by_code[criterion.requires]
        told = {"code": guard.code, "name": say.name(guard.name)}
        yield mark("Requires"), say("{code} {name}: if it gets nothing, this is 0", **told)


def _around(scheme: Scheme, criterion: Criterion, say: Language) -> Iterator[Row]:
    """Where the criterion belongs, who answers for it, and where it is written."""
    above = [f"{each.code} {say.name(each.name)}" for each in lineage(scheme, criterion.code)][1:]
    if above:
        yield mark("Part of"), " ← ".join(above)
    lead = inherited(scheme, criterion.code, "lead")
    if lead:
        yield mark("Lead office"), lead
    origin = inherited(scheme, criterion.code, "origin")
    if origin:
        parts = scheme.partitions.get("origin", ())
        names = {part.id: part.name for part in parts}
        yield mark("Origin"), say.name(names.get(origin) or Name(vi=origin))
    if criterion.evidence:
        yield mark("Evidence"), say("required")
    if criterion.note:
        yield mark("Note of the scheme"), criterion.note
    source = inherited(scheme, criterion.code, "source") or scheme.source
    if source:
        yield mark("Source"), source
    if scheme.decision is not None:
        decision = scheme.decision
        day = date_text(decision.date, say) if decision.date else ""
        yield mark("Decision"), ", ".join(filter(None, (decision.number, day, decision.url)))


def _said(entry: Entry, rule: Rule | None, say: Language) -> Iterator[Row]:
    """What was said about a score: its stages, reasons and documents."""
    for stage in STAGES:
        each = entry.stages.get(stage)
        if each is not None:
            reason = f" – {each.reason}" if each.reason else ""
            yield STAGE_WORDS[stage].name, f"{fact_text(each.fact, rule, say)}{reason}"
    if entry.reason and not entry.stages:
        yield mark("Reason"), entry.reason
    if entry.explanation:
        yield mark("Explanation of the unit"), entry.explanation
    if entry.note:
        yield mark("Note"), entry.note
    for document in entry.evidence:
        yield mark("Document"), document_text(document, say)


def document_text(document: Evidence, say: Language) -> str:
    """A document in a line: number, date, section and page."""
    told = [document.number]
    if document.date:
        told.append(date_text(document.date, say))
    if document.section:
        told.append(say("section {section}", section=document.section))
    if document.page:
        told.append(say("page {page}", page=document.page))
    return ", ".join(told)


def _points_text(result: Result, node: Node, say: Language) -> str:
    """Points of the maximum, the percentage and what was lost, as far as they are known."""
    maximum = node.applicable_max
    if node.points is None:
        return "–" if maximum is None else say("– of {maximum}", maximum=say.number(maximum))
    points = _exact_text(node.points, say)
    if maximum is None:
        return points
    text = say("{points} of {maximum}", points=points, maximum=say.number(maximum))
    percent = result.printed_percent(node)
    return text if percent is None else f"{text} ({say.number(percent)} %)"


def _gain_text(node: Node, gain: Gain, rule: Rule | None, say: Language) -> str:
    """What would have to be reported, the points for it, and how many more that is."""
    need, more_ = need_text(gain, rule, say), _exact_text(more(node, gain), say)
    if isinstance(gain.fact, Points):
        return say("{need}, {more} more", need=need, more=more_)
    points = _exact_text(gain.points, say)
    return say("{need} → {points}, {more} more", need=need, points=points, more=more_)


def _exact_text(value: Fraction, say: Language) -> str:
    """All decimals, or some and the exact quotient where they do not end."""
    if terminating(value) is not None:
        return say.number(value)
    return f"≈ {say.number(rounded(value, 4))} ({value})"
