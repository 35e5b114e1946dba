"""What the drawings of all kinds are made of: the data with names to read, texts, colours."""

import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any, Final

from parindex.office.charts.chart import Chart
from parindex.office.charts.look import Look
from parindex.values.escaping import xml_text
from parindex.values.language import Language

Spec = dict[str, Any]
"""A chart, or a part of it, in the words of Vega-Lite."""

PALE: Final = Decimal("0.6")
DASHES: Final = ([1, 0], [7, 4], [2, 3], [10, 3, 2, 3])
SHAPES: Final = ("circle", "square", "triangle-up", "diamond")
KNOWN: Final = {"filter": "isValid(datum.value)"}
"""Of the rows of data those whose value is known."""
SPLIT: Final = r"split(datum.label,'\n')"
_STEPS: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000)


def drawn(text: str) -> str:
    """The text as it is drawn: Vega-Lite cuts a long one between the halves of a letter above U+FFFF."""
    return re.sub(r"[^\0-\uffff]", "□", xml_text(text))


def lines(text: str, letters: int, most: int) -> list[str]:
    """The text in at most so many lines of so many letters; what is left out is "…".

    Vega takes a line that is the one word `if` for its function, so that a space follows it.
    """
    found = textwrap.wrap(drawn(text), letters, max_lines=most, placeholder="…") or ["–"]
    return [f"{line} " if line == "if" else line for line in found]


def apart(texts: Iterable[str]) -> list[str]:
    """The texts, each another: one that was there before has a space more at its end."""
    told: dict[str, None] = {}
    for text in texts:
        own = text
        while own in told:
            own += " "
        told[own] = None
    return [*told]


def names_of(chart: Chart, letters: int = 40, most: int = 2) -> list[str]:
    """The names of the series, in lines, each another."""
    return apart("\n".join(lines(each.name, letters, most)) for each in chart.series)


def data(chart: Chart, labels: Sequence[str], names: Sequence[str], say: Language) -> list[Spec]:
    """A row for each value: where it stands, of what it is, and how it is printed."""
    found = []
    for number, (name, series) in enumerate(zip(names, chart.series, strict=True)):
        for at, value in enumerate(series.values):
            row: Spec = {"row": at, "label": labels[at], "number": number, "series": name}
            row["value"] = value
            row["figure"] = "–" if value is None else say.number(value)
            if chart.texts:
                row["text"] = drawn(chart.texts[at])
            if chart.beside:
                row["beside"] = drawn(chart.beside[at])
            if chart.groups:
                row["group"] = drawn(chart.groups[at])
            found.append(row)
    return found


def by_series(names: Sequence[str], look: Look, *channels: str, named: bool = True) -> Spec:
    """Each series by its colour, and by the form of its points, which says the same without colour.

    Args:
        names: the names of the series.
        look: how the picture looks.
        channels: `color` and `shape`.
        named: whether a legend names them.
    """
    columns = 1 if sum(map(len, names)) > look.fitting(look.width) - 4 * len(names) else len(names)
    legend = {"title": None, "labelExpr": SPLIT, "columns": columns} if named else None
    looks = [_look_of(at, look) for at in range(len(names))]
    ranges = {"color": [each[0] for each in looks], "shape": [each[2] for each in looks]}
    return {
        channel: {
            "field": "series",
            "type": "nominal",
            "scale": {"domain": [*names], "range": ranges[channel]},
            "legend": legend,
        }
        for channel in channels
    }


def _look_of(at: int, look: Look) -> tuple[str, list[int], str]:
    """Colour, dashes and points of a series, no two of the first sixteen alike."""
    colours = look.colours.series
    turn = at + at // len(colours)
    return colours[at % len(colours)], DASHES[turn % len(DASHES)], SHAPES[turn % len(SHAPES)]


def outline(names: Sequence[str], look: Look, *, named: bool = True, **more: Any) -> list[Spec]:
    """The line of each series, broken where a value is not known, and the points on it."""
    transform = [*more.pop("transform", [])]
    drawn_ = []
    for at in range(len(names)):
        colour, dashes, _ = _look_of(at, look)
        line = {"type": "line", "color": colour, "strokeDash": dashes}
        broken = {**line, "invalid": "break-paths-show-path-domains"}
        drawn_.append({"transform": [only(at), *transform], "mark": broken, **more})
    points = by_series(names, look, "color", "shape", named=named)
    point = {"transform": [KNOWN, *transform], "mark": "point", "encoding": points, **more}
    return [*drawn_, point]


def only(first: int, last: int | None = None) -> Spec:
    """Of the rows of data those of one series by its number, or of those from one to another.

    No text of a user stands in an expression.
    """
    return {
        "filter": f"datum.number >= {first} && datum.number <= {first if last is None else last}"
    }


def step_of(reach: Decimal | int, ticks: int = 6) -> int:
    """The distance between round numbers, so that at most so many reach that far."""
    return next((each for each in _STEPS if reach <= ticks * each), _STEPS[-1])


def values_of(chart: Chart) -> Iterator[Decimal]:
    """Every value that is known."""
    return (value for each in chart.series for value in each.values if value is not None)


def in_words(chart: Chart, say: Language) -> str:
    """All figures in words, for those who cannot see the picture."""
    told = [
        (series.name, ["–" if value is None else say.number(value) for value in series.values])
        for series in chart.series
    ]
    if chart.beside:
        told.append((chart.column, [*chart.beside]))
    return " ".join(
        f"{name}. "
        + "; ".join(f"{label}: {text}" for label, text in zip(chart.labels, texts, strict=True))
        + "."
        for name, texts in told
    )
