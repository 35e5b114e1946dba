"""The result of `score` as a sheet for people."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from msgspec.structs import replace

from parindex.findings.lines import finding_lines
from parindex.scheme.band import BandSet
from parindex.scorecard.scorecard import Published
from parindex.scoring.result import Node, Result
from parindex.tables.adjustments import BEFORE, called, reported
from parindex.tables.sheet import Cell, Column, Sheet
from parindex.values.counts import groups_of
from parindex.values.fields import short
from parindex.values.language import SOURCE, Language, mark


def score_sheet(result: Result, depth: int, say: Language) -> Sheet:
    """One result as a table: criteria down to `depth`, the total, band and notes."""
    nodes = [node for _, node in result.walk(depth)]
    if result.basis != "scores" and all(node.state in _NOTHING for node in nodes):
        nodes = []
    nodes += [node for partition in result.parts for node in result.part_nodes(partition)]
    rows = [_row(result, node, name_of(node, say), say) for node in nodes]
    rows += _beside(result, depth, say)
    rows.append(_row(result, result.total, say("Total"), say))
    told = list(_told(rows, say))
    stated = any(row[-1] for row in told)
    card = result.scorecard
    return Sheet(
        title=f"{card.unit} · {card.year} · {say.name(result.scheme.title)}",
        columns=(
            Column("code", say("Code"), "code"),
            Column("name", say("Criterion")),
            Column("points", say("Points"), "number"),
            Column("max", say("Maximum"), "number"),
            Column("percent", say("Percent"), "number"),
            Column("bar", "", "bar"),
            Column("lost", say("Lost"), "number"),
            *((Column("state", say("State")),) if stated else ()),
        ),
        rows=tuple(row if stated else row[:-1] for row in told),
        strong=frozenset({len(rows) - 1}),
        notes=(
            *_notes(result, say),
            *_remarks(nodes, say),
            *_printed(result, say),
            *(line for line, _ in finding_lines(result.findings, say)),
        ),
    )


_NOTHING = ("unknown", "included")
_LONGEST = 400
"""Letters of a line that repeats what the scorecard says."""
_PARTS = {
    "appraised": mark("Appraised"),
    "survey": mark("Survey"),
    "sipas": mark("SIPAS"),
    "leaders_survey": mark("Leaders' survey"),
    "socio_economic": mark("Socio-economic impact"),
}


def name_of(node: Node, say: Language) -> str:
    """The name of a node; a part that has none goes by what its id means."""
    if node.criterion is None and node.name.vi == node.code:
        return say(_PARTS[node.code]) if node.code in _PARTS else node.code
    return say.name(node.name)


def _beside(result: Result, depth: int, say: Language) -> Iterator[tuple[Cell, ...]]:
    """What stands between the criteria and the total: points before, then bonus and penalty."""
    blocks = list(reported(result))
    if not blocks:
        return
    total = result.total
    before = replace(total, added=None)
    yield _row(result, before, say(BEFORE), say)
    for block, (low, high), items in blocks:
        points = _points(result, low) if low == high else None
        state = "scored" if low == high else "unknown"
        cap = None if block.cap is None else _points(result, Fraction(block.cap))
        id_ = _id(block.id, called(block, say), say)
        yield (id_, called(block, say), points, cap, None, None, None, state)
        for node in items if depth > 1 else ():
            yield (*_row(result, node, name_of(node, say), say)[:4], None, None, None, node.state)


def _id(id_: str, name: str, say: Language) -> str:
    """The id of a part or block, an English word; who reads another language has its name."""
    return id_ if say.code == SOURCE or name == id_ else ""


def _row(result: Result, node: Node, name: str, say: Language) -> tuple[Cell, ...]:
    share = None if node.percent is None else result.printed(node.percent)
    points, lost = _points(result, node.final), _points(result, node.lost)
    maximum = _points(result, node.max if node.state == "not_applicable" else node.applicable_max)
    code = node.code if node.criterion else _id(node.code, name, say)
    return (code, name, points, maximum, share, share, lost, node.state)


def _told(rows: list[tuple[Cell, ...]], say: Language) -> Iterator[tuple[Cell, ...]]:
    """The rows with their states in words."""
    words = called_states(say)
    for row in rows:
        yield (*row[:-1], words[str(row[-1])])


def called_states(say: Language) -> dict[str, str]:
    """The states of a node in words; a plain score needs none."""
    return {
        "scored": "",
        "zero": "",
        "partial": say("in part unknown"),
        "not_applicable": say("does not apply"),
        "no_evidence": say("no evidence"),
        "unknown": say("not yet known"),
        "included": say("included above"),
    }


def _points(result: Result, value: Fraction | None) -> Decimal | None:
    """Points as people read them: the scheme's digits."""
    return None if value is None else result.printed(value)


def _notes(result: Result, say: Language) -> Iterator[str]:
    total = result.total
    if result.index is not None:
        yield say("Index: {index} %", index=say.number(result.index))
    elif total.state == "not_applicable":
        yield say("Nothing of the scheme applies to this unit.")
    elif total.assessed_max is not None and total.applicable_max is not None:
        yield say(
            "Partial: {points} points of {assessed} assessed, out of {maximum}. What is not yet known is not zero.",
            points=say.number(result.printed(total.points or Fraction(0))),
            assessed=say.number(total.assessed_max),
            maximum=say.number(total.applicable_max),
        )
    if result.index is None and total.low is not None and total.high is not None:
        low, high = result.printed(total.low), result.printed(total.high)
        yield say("Index: between {low} % and {high} %", low=say.number(low), high=say.number(high))
    yield from _standing(result, say)
    if result.band_set is not None:
        named = [name or say("not known") for name in result.bands]
        thresholds = thresholds_text(result.band_set, say)
        either = say("or")
        band = f" {either} ".join(named) or say("not known")
        yield say("Band: {band} ({thresholds})", band=band, thresholds=thresholds)
    if result.scheme.status in ("example", "fragment"):
        yield say("The scheme is not official: {status}.", status=say(result.scheme.status))


def _standing(result: Result, say: Language) -> Iterator[str]:
    """Which stage the scores are of, and whether the unit is ranked."""
    if result.stage == "mixed":
        told = ", ".join(f"{say(stage)}: {count}" for stage, count in result.stages.items())
        yield say("Of several stages: {stages}.", stages=told)
    elif result.stage is not None:
        yield say("Stage: {stage}.", stage=say(result.stage))
    if not result.scorecard.ranked:
        reason = result.scorecard.unranked_reason or ""
        yield say("Assessed but not ranked: {reason}", reason=reason)


def _remarks(nodes: Sequence[Node], say: Language) -> Iterator[str]:
    """What was said about the scores that are shown, a line for each code."""
    for node in nodes:
        if node.entry is not None:
            said = [text for text in (node.entry.note, node.entry.reason) if text]
            if said:
                yield say(
                    "Note on {code}: {text}", code=node.code, text=short("; ".join(said), _LONGEST)
                )


def _printed(result: Result, say: Language) -> Iterator[str]:
    """The period, what the source printed beside the scores, and the source."""
    card = result.scorecard
    if card.period is not None:
        start, end = card.period.start.isoformat(), card.period.end.isoformat()
        yield say("Period: {start} to {end}", start=start, end=end)
    published = card.published or Published()
    if published.rank is not None and published.of is not None:
        yield say("Published rank: {rank} of {of}", rank=published.rank, of=published.of)
    elif published.rank is not None:
        yield say("Published rank: {rank}", rank=published.rank)
    if published.ranks:
        yield say("Published ranks by code: {ranks}", ranks=_listed(published.ranks))
    if published.figures:
        yield say("Published figures: {figures}", figures=_listed(published.figures))
    if card.counts:
        listed = {
            ".".join((*path, name)): tally
            for path, group in groups_of(card.counts)
            for name, tally in group.items()
        }
        yield say("Counts: {counts}", counts=_listed(listed))
    kept = published.rank or published.ranks or published.figures or card.counts
    if card.source and kept:
        yield say("Source: {source}", source=short(card.source, _LONGEST))


def _listed(figures: Mapping[str, object]) -> str:
    told = "; ".join(f"{name}: {figure}" for name, figure in figures.items())
    return short(told, _LONGEST)


def thresholds_text(bands: BandSet, say: Language) -> str:
    """The lower edges of bands in one line: `A ≥ 80; B ≥ 75; …`, in percent or points."""
    unit = "%" if bands.by == "percent" else say("points")
    unknown = say("edge unknown")
    edges = []
    for step in bands.steps:
        if step.edge is None:
            edges.append(f"{step.name} {unknown}")
        else:
            sign = ">" if step.above is not None else "≥"
            edges.append(f"{step.name} {sign} {say.number(step.edge)} {unit}")
    return "; ".join(edges)
