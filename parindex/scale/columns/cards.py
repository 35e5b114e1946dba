"""A row of a frame as a scorecard: what columns cannot tell, the row engine scores from the same cells."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from parindex.rules.base import Rule
from parindex.rules.input import NUMBER
from parindex.rules.setting import Setting
from parindex.scale.columns.inputs import kinds_of, own_columns
from parindex.scale.columns.terms import NoColumnsError
from parindex.scheme.scheme import Scheme
from parindex.scorecard.scorecard import Entry, Scorecard
from parindex.values.facts import (
    Answer,
    Answers,
    Count,
    Date,
    Fact,
    Figure,
    Figures,
    Items,
    Percent,
    Points,
    Ratio,
    Value,
)

_TEXTS: Final = ("unit_id", "province", "parent", "level", "group", "profile")


def scorecard(
    row: Mapping[str, Any], scheme: Scheme, year: int, names: Mapping[str, Any]
) -> Scorecard:
    """The scorecard that a row is.

    Raises:
        ValueError: a leaf is reported in two ways.
    """
    said = {name: _text(row.get(name)) for name in _TEXTS}
    own_year = _number(row.get("year"))
    setting = Setting(
        year if own_year is None else int(own_year),
        said["level"] or scheme.level,
        said["group"],
        said["profile"],
    )
    unit = _text(row.get("unit")) or said["unit_id"] or "—"
    scores: dict[str, Entry] = {}
    for code, criterion in scheme.by_code.items():
        columns = own_columns(criterion, names)
        cells = {name: row[name] for name in columns if not is_empty(row[name])}
        if cells:
            rule = criterion.scored_by.for_unit(setting)
            scores[code] = Entry(rule.meant(_fact_of(code, rule, cells, unit)))
    return Scorecard(
        unit,
        setting.year,
        scores,
        scheme=scheme.id,
        level=said["level"],
        unit_id=said["unit_id"],
        province=said["province"],
        parent=said["parent"],
        group=said["group"],
        profile=said["profile"],
    )


def is_empty(value: Any) -> bool:
    """Whether a cell holds nothing."""
    return value is None or value != value  # noqa: PLR0124  # NaN is nothing


def _text(value: Any) -> str | None:
    return None if is_empty(value) else str(value)


def _number(value: Any) -> Decimal | None:
    """A number as a decimal: of one in binary the nearest of 15 digits."""
    if is_empty(value):
        return None
    if isinstance(value, Decimal):
        return value
    if isinstance(value, str | bool):
        raise ValueError(f"expected a number; found {value!r}")  # noqa: TRY004  # a cell's value
    if isinstance(value, int):
        return Decimal(value)
    return Decimal(format(float(value), ".15g"))


def _fact_of(code: str, rule: Rule, cells: Mapping[str, Any], unit: str) -> Fact:
    """What the cells of a criterion report; a fault names the unit and the columns."""
    try:
        return _fact(code, rule, cells)
    except ValueError as fault:
        raise ValueError(f"{unit}: {', '.join(sorted(cells))}: {fault}") from None


def _fact(code: str, rule: Rule, cells: Mapping[str, Any]) -> Fact:  # noqa: C901, PLR0911
    """What the cells of a criterion report."""
    fields = {name[len(code) + 1 :].partition(".")[0] or "points" for name in cells}
    ways = {"part" if field == "whole" else field for field in fields}
    if len(ways) != 1 or (code in cells and f"{code}.points" in cells):
        raise ValueError("reported in two ways")
    [way] = ways
    value = next(iter(cells.values()))
    match way:
        case "points":
            return Points(_decimal(value))
        case "percent":
            return Percent(_decimal(value))
        case "value":
            is_number = rule.takes is NUMBER or getattr(rule, "figures", "") == "value"
            is_rate = rule.takes.field == "value" and rule.takes.needs_sign
            is_rate |= rule.takes.field == "figures"
            return Value(_decimal(value), is_percent=is_rate and not is_number)
        case "part":
            part, whole = (cells.get(f"{code}.{side}") for side in ("part", "whole"))
            if part is None or whole is None:
                raise ValueError("expected a part and a whole")
            return Ratio(_decimal(part), _decimal(whole))
        case "answer":
            return Answer(str(value))
        case "date":
            return Date(value.date() if hasattr(value, "date") else value)
        case "count":
            return _count(value)
        case "items":
            stem = f"{code}.items."
            return Items(tuple(n[len(stem) :] for n, is_met in cells.items() if is_met))
        case "answers":
            stem = f"{code}.answers."
            return Answers({n[len(stem) :]: _whole(each) for n, each in cells.items()})
    return _figures(f"{code}.figures.", rule, cells)


def _decimal(value: Any) -> Decimal:
    number = _number(value)
    return Decimal(0) if number is None else number


def _whole(value: Any) -> int:
    number = _decimal(value)
    if number != int(number):
        raise ValueError(f"expected a whole number; found {number}")
    return int(number)


def _count(value: Any) -> Fact:
    number = _decimal(value)
    return Count(int(number)) if number == int(number) else Value(number)


def _figures(stem: str, rule: Rule, cells: Mapping[str, Any]) -> Figures:
    """Figures by name, percentages as such."""
    try:
        kinds = dict(kinds_of(rule))
    except NoColumnsError:
        kinds = {}
    found: dict[str, Figure] = {}
    for name, value in cells.items():
        told = name[len(stem) :]
        if told.endswith((".part", ".whole")) and told not in kinds:
            own = told.rpartition(".")[0]
            part, whole = (_decimal(cells.get(f"{stem}{own}.{x}")) for x in ("part", "whole"))
            found[own] = Ratio(part, whole)
        elif isinstance(value, str):
            found[told] = Answer(value)
        elif hasattr(value, "toordinal"):
            found[told] = Date(value.date() if hasattr(value, "date") else value)
        else:
            found[told] = Value(_decimal(value), is_percent=kinds.get(told) == "percent")
    return Figures(found)
