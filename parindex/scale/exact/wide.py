"""Many scorecards in one wide table, a row for each unit, read and added up by columns."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final, NamedTuple, Protocol

import numpy as np
import polars

from parindex.reading.document import MAX_DOCUMENTS, fault, normal
from parindex.reading.numerals import DecimalMark
from parindex.rules.setting import Setting
from parindex.scale.exact.cells import Cells, cells_of
from parindex.scale.exact.plan import Plan
from parindex.scale.exact.points import Entries, Told
from parindex.scale.exact.read import Block, Scores, SettingUnits, reported
from parindex.scale.exact.sums import Outcomes
from parindex.scale.exact.text import NotPlainError, texts_in
from parindex.scheme.scheme import Criterion, Scheme
from parindex.scorecard.delimited.columns import Columns
from parindex.scorecard.scorecard import Entry
from parindex.scorecard.scorecard_file import HeadForm
from parindex.values.codes import NESTED_TOO_DEEP
from parindex.values.facts import NOT_APPLICABLE, UNKNOWN, State, StateName
from parindex.values.finding import Place

_TOLD: Final = ("points", "percent", "value", "state")
_NAMES: Final = ("unit", "year", "code", *_TOLD)
"""The columns of the table of one row a score that a wide one stands for."""


class TextCells(Protocol):
    """What cells of a text report."""

    def state(self, text: str) -> StateName | None:
        """The state that a text stands for."""

    def entry(self, text: str, criterion: Criterion) -> Entry | None:
        """The entry of a cell; None where it has a fault."""


def columns_of(data: bytes, delimiter: str, width: int, file: str) -> list[polars.Series] | None:
    """The cells of lines column by column, cleaned; None where they are for the row reader.

    Raises:
        InputError: P106 there are more lines than units.
    """
    if data.count(b"\n") > MAX_DOCUMENTS:
        raise fault(NESTED_TOO_DEEP, Place(file), expected=f"≤ {MAX_DOCUMENTS}")
    try:
        frame = texts_in(data, delimiter, width)
    except NotPlainError:
        return None
    return [_cleaned(each) for each in frame.iter_columns()]


def _cleaned(texts: polars.Series) -> polars.Series:
    """Texts composed and without spaces around them, as cells are."""
    if texts.str.contains(r"[^\x21-\x7e]").any():
        known = texts.unique()
        clean = [normal(each.replace("\xa0", " ")).strip() for each in known]
        return texts.replace_strict(known, polars.Series(clean, dtype=polars.String))
    return texts


class WideEntries(Entries):
    """The entries of cells, as the reader of wide tables makes them."""

    def __init__(self, cells: TextCells, setting: Setting) -> None:
        self._cells = cells
        self.setting = setting
        self._known: dict[tuple[str, Told], Fraction | int] = {}

    def entry(self, leaf: Criterion, told: Told) -> Entry | None:
        """The entry of a cell; None where it has a fault."""
        if not told:
            return None
        [(name, text)] = told
        if name == "state":
            return Entry(_STATES.get(text) or State(text))  # type: ignore[arg-type]  # a state's name
        return self._cells.entry(text, leaf)


_STATES: Final[Mapping[str, State]] = {"not_applicable": NOT_APPLICABLE, "unknown": UNKNOWN}


class _Many(NamedTuple):
    """The units of one scheme, and their cells: those of each column one after another."""

    rows: Any
    heads: Sequence[HeadForm]
    plan: Plan
    cells: Cells
    at: Any


def scores_of(
    columns: Mapping[str, Sequence[str]],
    first: int,
    units: Sequence[tuple[int, HeadForm]],
    scheme: Scheme,
    mark: DecimalMark | None,
    cells: TextCells,
    why: "Counter[str]",
) -> dict[int, Scores]:
    """The scores of units by their rows; those that columns do not know are left out.

    Args:
        columns: the cells by the code of their column.
        first: the number of the row of the first cell.
        units: the row of each, and what is said of it.
        scheme: that of all of them.
        mark: which of comma and point is the decimal mark, where the user said so.
        cells: what cells that are no plain figures report.
        why: counts units that columns do not know, by the reason.
    """
    plan = Plan(scheme)
    if not (plan.is_possible and columns and columns.keys() <= plan.at.keys()):
        why["scheme" if not plan.is_possible else "rows"] += len(units)
        return {}
    rows = np.array([row for row, _ in units], np.int64)
    read = _read(columns, rows - first, scheme, mark, cells)
    count = len(units)
    at = np.full((count, len(plan.at)), -1, np.int64)
    kind = read.kind.reshape(len(columns), count)
    for number, code in enumerate(columns):
        own = np.arange(number * count, (number + 1) * count)
        at[:, plan.at[code]] = np.where(kind[number] >= 0, own, -1)
    many = _Many(rows, [head for _, head in units], plan, read, at)
    found: dict[int, Scores] = {}
    for setting in _settings(many, cells, why):
        found |= _scored(many, setting, why)
    return found


def _read(
    columns: Mapping[str, Sequence[str]],
    rows: Any,
    scheme: Scheme,
    mark: DecimalMark | None,
    cells: TextCells,
) -> Cells:
    """The cells as those of a table of one row a score."""
    found: list[polars.DataFrame] = []
    for code, column in columns.items():
        texts = polars.Series(column).gather(rows).alias("text")
        odd = texts.filter(~texts.str.contains("^[0-9]")).unique()
        named = {text: name for text in odd if text and (name := cells.state(text))}
        is_percent = polars.col("text").str.ends_with("%")
        is_state = polars.col("state") != ""
        share = "value" if scheme.by_code[code].scored_by.has_standard else "percent"
        nothing = polars.lit("")
        state = polars.col("text").replace_strict(
            [*named], [*named.values()], default="", return_dtype=polars.String
        )
        frame = texts.to_frame().with_columns(state=state)
        parts = dict.fromkeys(_TOLD, nothing)
        parts["points"] = (
            polars.when(is_percent | is_state).then(nothing).otherwise(polars.col("text"))
        )
        parts[share] = polars.when(is_percent).then(polars.col("text")).otherwise(nothing)
        parts["state"] = polars.col("state")
        found.append(frame.select(each.alias(name) for name, each in parts.items()))
    named_as = Columns(_NAMES, "", 1)
    named_as.at = {name: at for at, name in enumerate(_TOLD)}  # what is said of units takes no room
    return cells_of(polars.concat(found, rechunk=True), named_as, mark)


def _settings(many: _Many, cells: TextCells, why: "Counter[str]") -> Iterator[SettingUnits]:
    """The units by what the rules of their scheme go by; without those of whose whole more is said."""
    found: dict[tuple[object, ...], SettingUnits] = {}
    scheme = many.plan.scheme
    for number, head in enumerate(many.heads):
        if head.applicable_max is not None or head.profile not in (None, *scheme.profiles):
            why["head"] += 1
            continue
        own = (head.level or scheme.level, head.group) if scheme.units else (None, None)
        key = (head.year, *own, head.profile)
        if key not in found:
            setting = Setting(head.year, *own, profile=head.profile)
            found[key] = SettingUnits(many.plan, WideEntries(cells, setting), [])
        found[key].units.append(number)
    yield from found.values()


def _scored(many: _Many, setting: SettingUnits, why: "Counter[str]") -> dict[int, Scores]:
    """The scores of the units of a setting, by their rows."""
    plan, entries = setting.plan, setting.entries
    if not plan.is_plain(entries.setting):
        why["scheme"] += len(setting.units)
        return {}
    at, rows = many.at[setting.units], many.rows[setting.units]
    found, is_known = reported(plan, entries, many.cells, at)
    why["cells"] += int(len(rows) - is_known.sum())
    if not is_known.all():
        at, rows, found = at[is_known], rows[is_known], [each.of(is_known) for each in found]
    outcomes = Outcomes(plan, found)
    block = Block(setting, outcomes, outcomes.is_plain, at, many.cells)
    return {row: Scores(block, place) for place, row in enumerate(rows.tolist())}
