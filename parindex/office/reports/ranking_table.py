"""The table of a ranking (layout L6), and of the units that are not ranked."""

from collections.abc import Iterator, Sequence

from parindex.analysis.ranking import Ranked, Ranking
from parindex.analysis.stages import Staged
from parindex.analysis.unit_figures import RankInput, rank_input_of
from parindex.office.reports.scores import STAGE_SHORT, printed, staged
from parindex.office.reports.sentences import signed
from parindex.scheme.scheme import Scheme
from parindex.scorecard.scorecard import Stage
from parindex.scoring.result import Result
from parindex.tables.adjustments import reported
from parindex.tables.sheet import Cell, Column, Sheet, filled, places
from parindex.tables.stages import stage_cell
from parindex.values.language import Language


def ranking_table(ranking: Ranking, results: Sequence[Result], say: Language) -> Sheet:
    """A row for each unit: its areas at each stage, bonus and penalty, index, rank and band."""
    by_entrant = {rank_input_of(result): staged(result) for result in results}
    units = [(place, by_entrant[place.entrant]) for place in ranking.places]
    scheme = _one_scheme(results)
    stages = _stages([each for _, each in units])
    columns = (
        Column("number", say("Item"), "number"),
        Column("unit", say("Unit")),
        *_area_columns(scheme, stages, say),
        Column("added", say("Bonus/penalty"), "number"),
        Column("points", say("Total points"), "number"),
        Column("max", say("Applicable maximum"), "number"),
        Column("index", say("Index (%)"), "number"),
        Column("rank", say("Rank"), "number"),
        Column("band", say("Band"), "code"),
        Column("move", say("Places +/-"), "number"),
    )
    rows = [
        _row(ranking, place, unit, number, scheme, stages, say)
        for number, (place, unit) in enumerate(units, start=1)
    ]
    shown, cells = filled(columns, rows)
    return Sheet(say("Ranking"), shown, cells, notes=tuple(_notes(shown, scheme, stages, say)))


def _one_scheme(results: Sequence[Result]) -> Scheme | None:
    """The scheme of all, whose areas are columns; None where there are several."""
    schemes = {result.scheme.id: result.scheme for result in results}
    return next(iter(schemes.values())) if len(schemes) == 1 else None


def _stages(units: Sequence[Staged]) -> tuple[Stage, ...]:
    """The first and the last stage that units went through."""
    met = [stage for stage in STAGE_SHORT if any(stage in unit.stages for unit in units)]
    return tuple(dict.fromkeys((met[0], met[-1]))) if met else ()


def _area_columns(
    scheme: Scheme | None, stages: Sequence[Stage], say: Language
) -> Iterator[Column]:
    for area in scheme.criteria if scheme else ():
        for stage in stages:
            title = f"{area.code} {say(STAGE_SHORT[stage])}" if len(stages) > 1 else area.code
            yield Column(f"{area.code}-{stage}", title, "number")


def _row(
    ranking: Ranking,
    place: Ranked,
    unit: Staged,
    number: int,
    scheme: Scheme | None,
    stages: Sequence[Stage],
    say: Language,
) -> tuple[Cell, ...]:
    result, each = unit.result, place.entrant
    cells: list[Cell] = []
    for area in scheme.criteria if scheme else ():
        nodes = unit.nodes(area.code)
        cells += [
            stage_cell(result, nodes[stage], say) if stage in nodes else None for stage in stages
        ]
    return (
        number,
        ", ".join(filter(None, (each.unit, each.parent))),
        *cells,
        _added(result, say),
        printed(result, result.total.final),
        printed(result, result.total.applicable_max),
        each.index,
        place.rank,
        each.band,
        places(place.move) if ranking.since is not None else None,
    )


def _added(result: Result, say: Language) -> str | None:
    """Bonus and penalty together; at least and at most, where a part is unknown."""
    added = result.total.added
    if added is None or not list(reported(result)):
        return None
    return " – ".join(dict.fromkeys(signed(result, each, say) for each in (added.low, added.high)))


def _notes(
    shown: Sequence[Column], scheme: Scheme | None, stages: Sequence[Stage], say: Language
) -> Iterator[str]:
    """What the codes and letters in the headings mean, as far as they stand there."""
    if scheme is None:
        yield say("The units have several schemes, so that their areas are not set side by side.")
        return
    keys = {column.key.rpartition("-")[0] for column in shown}
    areas = [area for area in scheme.criteria if area.code in keys]
    if not areas:
        return
    yield say("Areas: {areas}.", areas="; ".join(f"{a.code} {say.name(a.name)}" for a in areas))
    if len(stages) > 1:
        told = "; ".join(f"{say(STAGE_SHORT[stage])}: {say(stage)}" for stage in stages)
        yield say("Columns: {stages}.", stages=told)


def apart_sheet(ranking: Ranking, say: Language) -> Sheet:
    """Whoever has a scorecard and is not ranked, and why."""
    rows: list[tuple[Cell, ...]] = [
        (each.unit, say("assessed but not ranked"), each.index, each.reason)
        for each in ranking.unranked
    ]
    rows += [
        (each.unit, say("not known in full"), _range(each, say), None) for each in ranking.unknown
    ]
    columns = (
        Column("unit", say("Unit")),
        Column("state", say("State")),
        Column("index", say("Index (%)"), "number"),
        Column("reason", say("Reason")),
    )
    return Sheet(say("Units that are not ranked"), *filled(columns, rows))


def _range(each: RankInput, say: Language) -> str | None:
    if each.low is None or each.high is None:
        return None
    return f"{say.number(each.low)} – {say.number(each.high)}"
