"""Figures as programs and people get them: exact numbers, changes with a sign, records."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from parindex.values.exact import approximate, to_decimal_or_none, to_text
from parindex.values.language import Language


def exact_number(value: Fraction | None) -> Decimal | None:
    """A number for programs: with all its decimals, or with 12 digits where they do not end."""
    if value is None:
        return None
    decimal = to_decimal_or_none(value)
    return approximate(value) if decimal is None else decimal


def put(figures: dict[str, Any], key: str, value: Fraction | None) -> None:
    """Put a number under its key; where its decimals do not end, also the exact quotient.

    >>> figures: dict[str, Any] = {}
    >>> put(figures, "points", Fraction(1, 3)); figures["points_exact"]
    '1/3'
    """
    if value is None:
        figures[key] = None
        return
    decimal = to_decimal_or_none(value)
    figures[key] = approximate(value) if decimal is None else decimal
    if decimal is None:
        figures[f"{key}_exact"] = to_text(value)


def exact_figures(**values: Fraction | None) -> dict[str, Any]:
    """Numbers under their keys, each as `put` puts it."""
    figures: dict[str, Any] = {}
    for key, value in values.items():
        put(figures, key, value)
    return figures


def record_of(item: object, names: str) -> dict[str, Any]:
    """Some fields of an item, by their names with spaces between; numbers as programs get them."""
    values = ((name, getattr(item, name)) for name in names.split())
    return {n: exact_number(each) if isinstance(each, Fraction) else each for n, each in values}


def places(move: int | None) -> str | None:
    """A move in places with its sign; up is positive."""
    return None if move is None else f"{move:+}" if move else "0"


def signed(change: Decimal | None, say: Language) -> str | None:
    """A change, already rounded, with its sign; no change has none."""
    if change is None:
        return None
    return say.figures(f"{change:+f}" if change else f"{change:f}")


def rows_of(
    records: Iterable[Mapping[str, Any]], columns: Sequence[str]
) -> Iterator[tuple[Any, ...]]:
    """Records as the rows of a CSV with these columns; what a record does not have is empty."""
    for record in records:
        values = map(record.get, columns)
        yield tuple(str(each).lower() if isinstance(each, bool) else each for each in values)


def unnested(records: Iterable[Mapping[str, Any]], key: str) -> Iterator[Mapping[str, Any]]:
    """A record for each item under the key, beside what holds for all; one where there is none.

    >>> list(unnested([{"unit": "A", "parts": [{"points": 1}, {"points": 2}]}], "parts"))[1]["points"]
    2
    """
    for record in records:
        for item in record[key] or [{}]:
            yield {**record, **item}


def first_of(names: Sequence[str], most: int = 12, more: str = ", …") -> str:
    """The first names in a line, and that there are more.

    >>> first_of(["Huế", "Hà Nội", "Lào Cai"], most=2)
    'Huế, Hà Nội, …'
    """
    return ", ".join(names[:most]) + (more if len(names) > most else "")
