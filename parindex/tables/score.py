"""The result of `score` as a table for people."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cache
from typing import Final

from msgspec.structs import replace

from parindex.analysis.losses import pools
from parindex.findings.lines import finding_lines
from parindex.rules.deadline import date_text
from parindex.scheme.band import BandSet, BandStep
from parindex.scheme.scheme import Scheme
from parindex.scorecard.scorecard import Published, Scorecard
from parindex.scoring.result import Node, Result
from parindex.scoring.standards import Standards, is_met, is_standard, standards_of
from parindex.tables.adjustments import BEFORE, called, reported
from parindex.tables.columns import columns
from parindex.tables.figures import first_of
from parindex.tables.table import Cell, Table
from parindex.tables.table_builder import TableBuilder
from parindex.values.counts import groups_of
from parindex.values.fields import short
from parindex.values.language import N_, SOURCE, Language


def score_sheet(result: Result, depth: int, say: Language) -> Table:
    """One result as a table: criteria down to `depth`, the total, band and notes."""
    nodes = [node for _, node in result.walk(depth)]
    if result.basis != "scores" and all(node.state in _NOTHING for node in nodes):
        nodes = []
    nodes += [node for partition in result.parts for node in result.part_nodes(partition)]
    keys = "code name points max percent bar lost state"
    builder = TableBuilder(columns(say, keys), result.printed)
    for node in nodes:
        builder.add(_cells(node, name_of(node, say), say) | standard_cells(result, node, say))
    _add_blocks(builder, result, depth, say)
    total = _cells(result.total, say("Total"), say) | standard_cells(result, result.total, say)
    builder.add(total, strong=True)
    off = rounding_notes(result, (*nodes, result.total), say)
    findings = (line for line, _ in finding_lines(result.findings, say))
    return builder.table(
        title_of(result.scorecard, result.scheme, say),
        (
            *_pooled(result, say),
            *_notes(result, say),
            *_remarks(nodes, say),
            *off,
            *_printed(result, say),
            *findings,
        ),
        keep=("code", "name", "points", "max", "percent", "bar", "lost"),
    )


def title_of(card: Scorecard, scheme: Scheme, say: Language) -> str:
    """Whose table it is, of which year, by which scheme."""
    return f"{card.unit} · {card.year} · {say.name(scheme.title)}"


_NOTHING = ("unknown", "included")
_UNKNOWN: Final = N_("Not yet known whether met: {codes}")
_LONGEST = 400
"""Letters of a line that repeats what the scorecard says."""
PARTS = {
    "appraised": N_("Appraised"),
    "survey": N_("Survey"),
    "sipas": N_("SIPAS"),
    "leaders_survey": N_("Leaders' survey"),
    "socio_economic": N_("Socio-economic impact"),
}
"""What the parts of the hundred, by origin, are called."""


def name_of(node: Node, say: Language) -> str:
    """The name of a node, behind the number that the decision prints where that is not the code.

    A part that has no name goes by what its id means.
    """
    if node.criterion is None and node.name.vi == node.code:
        return say(PARTS[node.code]) if node.code in PARTS else node.code
    label = node.criterion.label if node.criterion else None
    return f"{label}. {say.name(node.name)}" if label else say.name(node.name)


def _add_blocks(builder: TableBuilder, result: Result, depth: int, say: Language) -> None:
    """Add what is between the criteria and the total: points before, then bonus and penalty."""
    blocks = list(reported(result))
    if not blocks:
        return
    states = called_states(say)
    builder.add(_cells(replace(result.total, added=None), say(BEFORE), say))
    for block, (low, high), items in blocks:
        name = called(block, say)
        builder.add(
            code=_id(block.id, name, say),
            name=name,
            points=low if low == high else None,
            max=None if block.cap is None else Fraction(block.cap),
            state=states["scored" if low == high else "unknown"],
        )
        for node in items if depth > 1 else ():
            cells = _cells(node, name_of(node, say), say)
            builder.add({**cells, "percent": None, "bar": None, "lost": None})


def _id(id_: str, name: str, say: Language) -> str:
    """The id of a part or block, an English word; who reads another language has its name."""
    return id_ if say.code == SOURCE or name == id_ else ""


def _cells(node: Node, name: str, say: Language) -> dict[str, Cell | Fraction]:
    return {
        "code": node.code if node.criterion else _id(node.code, name, say),
        "name": name,
        "points": node.final,
        "max": node.max if node.state == "not_applicable" else node.applicable_max,
        "percent": node.percent,
        "bar": node.percent,
        "lost": node.lost,
        "state": called_states(say)[node.state],
    }


def rounding_notes(result: Result, nodes: Iterable[Node], say: Language) -> Iterator[str]:
    """Why points and lost points, as printed, do not add up to the maximum, where they do not."""
    if any(_is_off(result, node) for node in nodes):
        yield say(
            "Figures are rounded each on its own, so points and lost points may differ from the "
            "maximum in the last digit."
        )


def _is_off(result: Result, node: Node) -> bool:
    points, lost, most = node.points, node.lost, node.applicable_max
    if points is None or lost is None or most is None or points + lost != most:
        return False
    return result.printed(points) + result.printed(lost) != result.printed(most)


_NO_POINTS: Final = dict.fromkeys(("points", "max", "percent", "bar", "lost"))


def standard_cells(result: Result, node: Node, say: Language) -> dict[str, Cell | Fraction]:
    """What the cells of a standard, or of what is made of standards only, say instead of points."""
    is_part = node.criterion is None and node.code
    if node.max != 0 or node.state == "not_applicable" or is_part:
        return {}
    if is_standard(node):
        met = is_met(result, node)
        unknown = called_states(say)["no_evidence" if node.state == "no_evidence" else "unknown"]
        told = unknown if met is None or node.state == "no_evidence" else met_text(say, met=met)
        return {**_NO_POINTS, "state": told}
    found = standards_of(result, node.code)
    return {} if found is None else {**_NO_POINTS, "state": count_text(found, say)}


def met_text(say: Language, *, met: bool) -> str:
    """Whether a standard is met, in words."""
    return say("met") if met else say("not met")


def count_text(found: Standards, say: Language) -> str:
    """How many of the standards that apply are met."""
    return say("{met} of {count} standards met", met=len(found.met), count=found.count)


def standard_lines(result: Result, say: Language) -> Iterator[str]:
    """How many standards are met, and which are not or not yet known."""
    found = standards_of(result)
    if found is None:
        return
    yield f"{count_text(found, say)}."
    for codes, message in ((found.not_met, N_("Not met: {codes}")), (found.unknown, _UNKNOWN)):
        if codes:
            yield say(message, codes=short(", ".join(codes), _LONGEST))


@cache
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


def _pooled(result: Result, say: Language) -> Iterator[str]:
    """What criteria without a maximum of their own have together, so that what was lost adds up."""
    for pool in pools(result):
        yield say(
            "{codes}: no own maximum, {maximum} in all, of which {lost} points were lost.",
            codes=first_of(pool.codes),
            maximum=say.number(pool.max),
            lost=say.number(result.printed(pool.lost)),
        )


def _notes(result: Result, say: Language) -> Iterator[str]:
    total = result.total
    if result.index is not None:
        yield say("Index: {index} %", index=say.number(result.index))
    elif total.state == "not_applicable":
        yield say("Nothing of the scheme applies to this unit.")
    elif total.assessed_max == 0 and total.applicable_max:
        yield say(
            "No score has been filled in yet, of {maximum} points in all. What is not yet known is not zero.",
            maximum=say.number(total.applicable_max),
        )
    elif total.assessed_max is not None and total.applicable_max:
        yield say(
            "Partial: {points} points of {assessed} assessed, out of {maximum}. What is not yet known is not zero.",
            points=say.number(result.printed(total.points or Fraction(0))),
            assessed=say.number(total.assessed_max),
            maximum=say.number(total.applicable_max),
        )
    low, high = result.low, result.high
    if result.index is None and low is not None and high is not None:
        yield say("Index: between {low} % and {high} %", low=say.number(low), high=say.number(high))
    yield from standard_lines(result, say)
    yield from _standing(result, say)
    if result.band_set is not None:
        band, thresholds = band_text(result, say), thresholds_text(result.band_set, say)
        yield say("Band: {band} ({thresholds})", band=band, thresholds=thresholds)
    if result.scheme.status in ("example", "fragment"):
        yield say("The scheme is not official: {status}.", status=say(result.scheme.status))


def _standing(result: Result, say: Language) -> Iterator[str]:
    """Which stage the scores are of, and whether the unit is ranked."""
    if result.stage == "mixed":
        counted = result.stages.items()
        told = ", ".join(say("{stage}: {count}", stage=say(stage), count=n) for stage, n in counted)
        yield say("Of several stages: {stages}.", stages=told)
    elif result.stage is not None:
        yield say("Stage: {stage}.", stage=say(result.stage))
    if not result.scorecard.ranked:
        reason = result.scorecard.unranked_reason or ""
        yield say("Assessed but not ranked: {reason}", reason=reason)


def _remarks(nodes: Sequence[Node], say: Language) -> Iterator[str]:
    """What was said about the scores that are shown, a line for each code."""
    for node in nodes:
        said = (node.entry.note, node.entry.reason) if node.entry else ()
        if text := "; ".join(filter(None, said)):
            yield say("Note on {code}: {text}", code=node.code, text=short(text, _LONGEST))


def _printed(result: Result, say: Language) -> Iterator[str]:
    """The period, what the source printed beside the scores, and the source."""
    card = result.scorecard
    if card.period is not None:
        start, end = (date_text(day, say) for day in (card.period.start, card.period.end))
        yield say("Period: {start} to {end}", start=start, end=end)
    published = card.published or Published()
    rank, of = published.rank, published.of
    if rank is not None and of is not None:
        yield say("Published rank: {rank} of {of}", rank=rank, of=of)
    elif rank is not None:
        yield say("Published rank: {rank}", rank=rank)
    if published.ranks:
        yield say("Published ranks by code: {ranks}", ranks=_listed(published.ranks))
    if published.figures:
        yield say("Published figures: {figures}", figures=_listed(published.figures))
    if card.counts:
        groups = groups_of(card.counts)
        counts = {".".join((*path, name)): n for path, group in groups for name, n in group.items()}
        yield say("Counts: {counts}", counts=_listed(counts))
    if card.source and (rank or published.ranks or published.figures or card.counts):
        yield say("Source: {source}", source=short(card.source, _LONGEST))


def _listed(figures: Mapping[str, object]) -> str:
    return short("; ".join(f"{name}: {figure}" for name, figure in figures.items()), _LONGEST)


def thresholds_text(bands: BandSet, say: Language) -> str:
    """The edges of bands in one line: `A ≥ 80; B ≥ 75; …`, in percent or points, and what else they ask for."""
    told = "; ".join(f"{step.name} {_edges_text(step, bands, say)}" for step in bands.steps)
    if not bands.worst_of:
        return told
    return say("the lowest of {codes}: {bands}", codes=", ".join(bands.worst_of), bands=told)


def _edges_text(step: BandStep, bands: BandSet, say: Language) -> str:
    """One band's edges and conditions: `≥ 12 and < 15 points (1 ≥ 20; 2.1 ≥ 60 %)`."""
    unit = say.spelling.percent if bands.by == "percent" else f" {say('points')}"
    edges = []
    if step.edge is not None:
        edges.append(f"{'≥' if step.above is None else '>'} {say.number(step.edge)}{unit}")
    if step.upper is not None:
        edges.append(f"{'<' if step.to is None else '≤'} {say.number(step.upper[0])}{unit}")
    told = ", ".join(edges) if step.edge is not None else ", ".join((say("edge unknown"), *edges))
    asked = [
        f"{code} ≥ {say.number(least.value)}{say.spelling.percent if least.is_share else ''}"
        for code, least in step.where.items()
    ]
    return f"{told} ({'; '.join(asked)})" if asked else told


def index_text(result: Result, say: Language) -> str:
    """The index as printed, or its bounds."""
    if result.index is not None:
        return say.percent(result.index)
    low, high = result.low, result.high
    if low is None or high is None:
        return say("not known")
    return f"{say.number(low)}–{say.percent(high)}"


def band_text(result: Result, say: Language) -> str:
    """The band, or all that are possible."""
    unknown = say("not known")
    *others, last = [name or unknown for name in result.bands] or [unknown]
    return say("{names} or {last}", names=", ".join(others), last=last) if others else last
