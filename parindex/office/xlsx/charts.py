"""Native charts of a workbook, on a sheet of their own, so that they cover nothing."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from parindex.office.pages.page import Chart
from parindex.office.xlsx.output import FONT, Output, print_wide
from parindex.tables.table import Span
from parindex.values.escaping import cell_text
from parindex.values.fields import short

_FONT: Final = {"name": FONT, "size": 11}
_GRID: Final = {"visible": True, "line": {"color": "#D9D9D9"}}
_WIDTH, _HEIGHT = 980, 560
_PER_BAR: Final = 18
_ROW: Final = 20
"""The height of a row, in pixels."""
_COLOURS: Final = ("#1F4E79", "#C55A11", "#548235", "#7F7F7F")
_LONGEST_TITLE: Final = 120


def add_charts(
    output: Output, name: str, charts: Sequence[Chart], names: Mapping[int, tuple[str, int]]
) -> None:
    """Draw charts below one another, each on a page of its own when printed.

    Args:
        output: the workbook.
        name: what the sheet that is made for them is called.
        charts: what to draw.
        names: of each page, by its identity, the name of its sheet and its first row.
    """
    sheet = output.file.add_worksheet(output.tab(name))
    sheet.hide_gridlines(2)
    print_wide(sheet)
    row, breaks = 0, []
    for each in charts:
        bars = each.labels.last.row - each.labels.first.row + 1
        tall = max(_HEIGHT, bars * _PER_BAR + 120) if each.kind == "bars" else _HEIGHT
        drawn = _chart(output, each, *names[id(each.page)])
        drawn.set_size({"width": _WIDTH, "height": tall})
        sheet.insert_chart(row, 0, drawn, {"object_position": 2})
        row += tall // _ROW + 2
        breaks.append(row)
    sheet.set_h_pagebreaks(breaks[:-1])


def _chart(output: Output, chart: Chart, tab: str, first: int) -> Any:
    def cells(span: Span) -> list[str | int]:
        one, last = span
        return [tab, first + one.row, one.column, first + last.row, last.column]

    is_radar = chart.kind == "radar"
    kind = {"type": "radar", "subtype": "with_markers"} if is_radar else {"type": "bar"}
    drawn = output.file.add_chart(kind)
    labels = {} if is_radar else {"data_labels": {"value": True, "font": _FONT}}
    for line, colour in zip(chart.lines, _COLOURS, strict=False):
        drawn.add_series(
            {
                "name": _no_formula(line.name),
                "categories": cells(chart.labels),
                "values": cells(line.values),
                "line": {"color": colour, "width": 2},
                "fill": {"color": colour},
                "gap": 40,
                **labels,
            }
        )
    drawn.set_title({"name": _no_formula(chart.title), "name_font": {**_FONT, "size": 14}})
    figures = {"min": 0, "num_font": _FONT, "major_gridlines": _GRID}
    if is_radar or chart.percent:
        figures["max"] = 100
    names, axis = (drawn.set_x_axis, drawn.set_y_axis)[:: 1 if is_radar else -1]
    names({"num_font": _FONT} if is_radar else {"reverse": True, "num_font": _FONT})
    axis(figures)
    drawn.set_legend({"position": "bottom", "font": _FONT} if is_radar else {"none": True})
    return drawn


def _no_formula(text: str) -> str:
    """A name that is no formula: the library takes what begins with = for one."""
    told = short(cell_text(text), _LONGEST_TITLE)
    return f" {told}" if told.startswith("=") else told
