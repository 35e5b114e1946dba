"""Whatever the library gives as plain rows and frames: what tables of other libraries are made of."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final, Literal

from parindex.findings import InputError
from parindex.findings.wing import missing
from parindex.tables.written import THINGS, kind_of, written
from parindex.values.arguments import choice, each_of, refuse
from parindex.values.as_data import AsData, Several
from parindex.values.finding import Finding
from parindex.values.language import N_

Tabular = AsData | Finding
Value = str | int | bool | Decimal | None
Numbers = Literal["decimal", "float"]
"""How numbers stand in rows: exact, or as the nearest binary number."""
FrameLibrary = Literal["pandas", "polars"]

_SHADOWED: Final = frozenset(
    (
        *("all", "any", "columns", "count", "index", "item", "max", "mean", "median", "min"),
        *("rank", "rows", "shift", "sum", "values", "where"),
    )
)
"""Columns that frames have as attributes of their own."""
_WITH_POLARS: Final = N_('pip install pandas, or library="polars", which is installed')
_EXPECTED: Final = "a Result, Ranking, Comparison, Trend, PublishedRow or whatever else has CSV"


def to_rows(
    items: Tabular | Iterable[Tabular], *, numbers: Numbers = "decimal"
) -> list[dict[str, Any]]:
    """Results, rankings, comparisons and whatever else has CSV, as a list of flat dicts.

    >>> [card] = parindex.read_scorecards("examples/soc-trang-2018.yaml")
    >>> result = parindex.score(card)
    >>> parindex.to_rows(result, numbers="float")[0]["points"]
    7.93

    `pandas.DataFrame(rows)` and `polars.DataFrame(rows)` take them as they are; `to_frame`
    makes a frame with names of columns that do not hide those of the frame.

    Args:
        items: one such thing or several of one kind.
        numbers: `decimal` for exact numbers, `float` for the nearest binary ones.

    Returns:
        A dict for each criterion, place, unit or figure, all with the same keys:
        the columns of the same CSV, in the same order. Numbers are `Decimal` or
        `int`, points with all their decimals or twelve digits; None is not known.

    Raises:
        TypeError: it is something else.
        ValueError: `numbers` is none of its choices.
    """
    choice("numbers", numbers, Numbers)
    rows = _table(items)[1]
    return rows if numbers == "decimal" else [*map(_binary, rows)]


def _table(items: Any) -> tuple[Sequence[str], list[dict[str, Any]]]:
    """The columns of things, and their rows."""
    one = isinstance(items, THINGS) and not isinstance(items, Several)
    found = [*each_of("items", [items] if one else items, THINGS, _EXPECTED)]
    kinds = [kind_of(items)] * len(found) if isinstance(items, Several) else [*map(type, found)]
    rows: list[dict[str, Any]] = []
    for number, (each, kind) in enumerate(zip(found, kinds, strict=True)):
        form = written(kind)
        if form is None or not form.columns:
            refuse(f"items[{number}]", each, _EXPECTED)
        rows += ({name: record.get(name) for name in form.columns} for record in form.rows(each))
    if rows:
        return [*rows[0]], rows
    form = written(kind_of(items)) if isinstance(items, Several) else None
    return form.columns if form else (), rows


def to_frame(
    items: Tabular | Iterable[Tabular],
    library: FrameLibrary = "pandas",
    *,
    numbers: Numbers = "float",
) -> Any:
    """The same as a frame of pandas or Polars, which must be installed.

    >>> [card] = parindex.read_scorecards("examples/soc-trang-2018.yaml")
    >>> result = parindex.score(card)
    >>> [*parindex.to_frame(parindex.losses(result, "area")).columns[-3:]]
    ['lost', 'index_', 'running']

    Columns that a frame has as attributes of its own end in a line: `index_`, `rank_`, `max_`.

    Args:
        items: as for `to_rows`.
        library: `pandas` or `polars`.
        numbers: `float` for the nearest binary numbers, which frames count with, or `decimal`.

    Raises:
        InputError: P158 the library is not installed: no extra brings pandas, `scale` brings Polars.
        TypeError, ValueError: as `to_rows`; there is no such library.
    """
    choice("library", library, FrameLibrary)
    choice("numbers", numbers, Numbers)
    names, exact = _table(items)
    rows = exact if numbers == "decimal" else [*map(_binary, exact)]
    try:
        made = import_module(library).DataFrame
    except ModuleNotFoundError as error:
        raise _missing(library) from error
    named = {name: f"{name}_" if name in _SHADOWED else name for name in names}
    columns = {new: [row[old] for row in rows] for old, new in named.items()}
    return made(columns) if library == "pandas" else made(columns, strict=False)


def _missing(library: FrameLibrary) -> InputError:
    """The fault of a library that is not installed; where the other one is, that is said and not done."""
    if library == "polars":
        return missing(library, "scale")
    return missing(library, or_else=_WITH_POLARS if find_spec("polars") else "")


def _binary(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value.__float__() if isinstance(value, Decimal) else value
        for name, value in row.items()
    }
