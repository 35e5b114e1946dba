"""Pictures of a row for each label: bars, bars before a whole, bars in bands, dumbbells, ranges.

Labels stand at the left where they are short, else above their row. On a slide, rows that are
too many for its height stand in columns side by side.
"""

from collections.abc import Callable
from typing import Final, NamedTuple

from msgspec.structs import replace

from parindex.office.charts.chart import Chart
from parindex.office.charts.look import WIDTH, Look
from parindex.office.charts.parts import Spec, apart, lines, only

_LEFT: Final = 38
"""Percent of the width that labels at the left may take."""
_LEFT_OF_MANY: Final = 52
"""The same on a slide, in columns, and where all of them then stand on one line."""
_FEW: Final = 12
"""Up to so many labels have room for more lines; more, and a page could not hold them."""
_TALL: Final = 70
"""Percent of a height that rows may take, beside the title and what is said below."""
_MOST_COLUMNS: Final = 4
_LESS: Final = {2: 2, 3: 5}
"""How much smaller letters are in so many columns or more."""
_BETWEEN: Final = 28
_MANY: Final = 30
"""More rows stand closer together."""
_BREAK: Final = r"length(split(datum.label,'\n'))"


class Rows(NamedTuple):
    """Where things are in each row, in units of the drawing.

    `labels` may have lines; they stand above the bars, or at their left in `left` units.
    A row is `step` high, its bars begin `down` from its top, and all of them are `thick`.
    """

    labels: list[str]
    left: int
    step: int
    down: int
    thick: int


def rows_of(chart: Chart, look: Look, columns: int = 1) -> Rows:
    """Labels as they fit, and the heights that follow; columns side by side share the width."""
    width = look.width // columns
    longest = max(map(len, chart.labels), default=0)
    room = width * _LEFT_OF_MANY // 100
    if columns == 1 and not look.height and longest > look.fitting(room):
        room = width * _LEFT // 100
    bars = len(chart.series) if chart.kind == "bars" else 1
    thick = look.letters if bars == 1 else bars * (look.letters + 2)
    if look.height or longest <= look.fitting(room) * (
        2 if look.whole or look.width > WIDTH else 1
    ):
        found = [lines(each, look.fitting(room), 2 if columns == 1 else 1) for each in chart.labels]
        own = look.width_of(max((len(line) for each in found for line in each), default=0))
        between = 2 if columns > 1 or len(chart.labels) > _MANY else 6
        step = max(thick, look.line * max(map(len, found), default=1)) + between
        thick = max(thick, step // 2)
        if look.height and columns == 1:
            most = look.height * _TALL // (100 * max(len(found), 1))
            step = max(step, min(most, look.line * 3))
            thick = max(thick, step // 2)
        return Rows(apart(map("\n".join, found)), min(own, room), step, (step - thick) // 2, thick)
    most = 2 if len(chart.labels) <= _FEW else 1
    found = [lines(each, look.fitting(width), most) for each in chart.labels]
    down = look.line * max(map(len, found))
    return Rows(apart(map("\n".join, found)), 0, down + thick + 8, down, thick)


def layout(chart: Chart, look: Look) -> tuple[Rows, Look, int]:
    """Where things are in each row, in which look, and in how many columns, as a height asks for.

    In columns letters are smaller.
    """
    count, columns, own = len(chart.labels), 1, look
    rows = rows_of(chart, own)
    room = count * rows.step if look.height is None else look.height * _TALL // 100
    while count * rows.step > columns * room and columns < _MOST_COLUMNS:
        columns += 1
        own = replace(look, letters=look.letters - (_LESS[min(columns, 3)]))
        rows = rows_of(chart, own, columns)
    return rows, own, columns


def labels_of(chart: Chart, look: Look) -> list[str]:
    """The labels of the rows in lines, each another."""
    return layout(chart, look)[0].labels


def in_columns(chart: Chart, look: Look, draw: Callable[[Rows, Look, int, int], Spec]) -> Spec:
    """All rows below one another, or where the height is given in as many columns as they need.

    Args:
        chart: what to draw.
        look: how it looks.
        draw: the picture of the rows from one position up to another, in the width of a look.
    """
    rows, own, columns = layout(chart, look)
    count = len(chart.labels)
    if columns == 1:
        return draw(rows, own, 0, count)
    each = -(-count // columns)
    narrow = replace(own, width=(look.width - _BETWEEN * (columns - 1)) // columns)
    parts = [draw(rows, narrow, at, min(at + each, count)) for at in range(0, count, each)]
    return {"hconcat": parts, "spacing": _BETWEEN}


def placed(rows: Rows, first: int, last: int) -> Spec:
    """The place of each row: what all layers of a picture of rows share."""
    return {
        "height": {"step": rows.step, "for": "position"},
        "transform": [{"filter": f"datum.row >= {first} && datum.row < {last}"}],
        "encoding": {
            "y": {
                "field": "label",
                "type": "nominal",
                "sort": None,
                "axis": None,
                "scale": {"type": "band", "domain": rows.labels[first:last], "padding": 0},
            }
        },
    }


def label_layer(rows: Rows, look: Look) -> Spec:
    """The labels: at the left in the middle of their row, or above the bars."""
    line = look.line
    mark: Spec = {"type": "text", "lineBreak": "\n", "lineHeight": line, "fontSize": look.letters}
    if rows.left:
        mark |= {"align": "right", "baseline": "middle", "x": -8, "limit": rows.left + look.letters}
        mark["dy"] = {"expr": f"-({_BREAK}-1)*{line // 2}"}
    else:
        mark |= {"align": "left", "baseline": "middle", "x": 0, "limit": look.width}
        mark["dy"] = {
            "expr": f"-{_BREAK}*{line}+{line - line // 2 - rows.step // 2 + rows.down - 1}"
        }
    return {
        "transform": [only(0)],
        "mark": mark,
        "encoding": {"text": {"field": "label"}},
    }


def shifted(rows: Rows) -> int:
    """How far the middle of the bars is below the middle of the row."""
    return rows.down + rows.thick // 2 - rows.step // 2
