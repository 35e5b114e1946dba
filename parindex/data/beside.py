"""What published tables know beside one result: the year before, means, other units of the year."""

from fractions import Fraction

from msgspec.structs import replace

from parindex.analysis.beside import Beside
from parindex.analysis.means import published_means
from parindex.analysis.published_rows import known
from parindex.analysis.standing import Standing, row_standing
from parindex.data.choose import Wanted, choose
from parindex.data.published import load_published, scheme_of
from parindex.data.sides import compare_sides, identify, result_side, row_side
from parindex.data.units import regions
from parindex.findings import InputError
from parindex.model.fields import Name
from parindex.model.published_row import PublishedRow
from parindex.model.result import Result

_LEVELS = ("province", "ministry")
_MEAN_OF_AREA = "average_index_of_area_"


def beside(result: Result) -> Beside | None:
    """What the project's tables know; None for units whose results nobody publishes."""
    card, scheme = result.scorecard, result.scheme
    level = card.level or scheme.level
    if level not in _LEVELS or scheme.status in ("example", "provincial") or scheme.only_by_id:
        return None
    rows = [row for row in known(load_published()) if row.level == level]
    side = result_side(str(card.year), [result])
    before = row_side(str(card.year - 1), _rows_of(rows, card.unit, card.year - 1))
    found = compare_sides(before, side, whole=False, depth=1)
    pair = next(each for each in found.pairs if each.after)
    means = published_means(rows, "result", level, card.year - 1, card.year)
    areas = {
        row.code.removeprefix(_MEAN_OF_AREA): Fraction(row.value)
        for row in rows
        if row.kind == "figure" and row.year == card.year and row.unit is None and not row.region
        if row.code and row.code.startswith(_MEAN_OF_AREA) and row.value is not None
    }
    own = side.units[0]
    others = _others(rows, own)
    printed = next((each for each in others if identify(each) == identify(own)), None)
    if printed and own.rank is None:
        own = replace(own, rank=printed.rank, of=printed.of)
    table = sorted((*(each for each in others if each is not printed), own), key=_by_rank)
    at = next(at for at, unit in enumerate(table) if unit is own)
    names = {each.id: Name(vi=each.name, en=each.name_en) for each in regions()}
    pair = replace(pair, after=own)
    return Beside(pair, tuple(means), areas, tuple(table), at, names)


def _rows_of(rows: list[PublishedRow], unit: str, year: int) -> list[PublishedRow]:
    try:
        return choose(rows, Wanted((year,), (unit,)))
    except InputError:
        return []  # a unit that the year does not have, or that no table names


def _others(rows: list[PublishedRow], own: Standing) -> list[Standing]:
    """Where the units of the year stand, as printed; among them the unit itself."""
    return [
        row_standing(row, scheme_of(row))
        for row in rows
        if row.kind == "result" and row.year == own.year and row.unit
    ]


def _by_rank(unit: Standing) -> tuple[bool, int, Fraction]:
    return unit.rank is None, unit.rank or 0, -(unit.percent or Fraction(0))
