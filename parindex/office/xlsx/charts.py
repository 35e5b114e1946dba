"""Native charts of a workbook, on a sheet of their own, so that they cover nothing."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from parindex.office.pages.page import Chart
from parindex.tables.table import Span
from parindex.values.escaping import cell_text
from parindex.values.fields import short

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

_FONT: Final = {"name": "Times New Roman", "size": 11}
_GRID: Final = {"visible": True, "line": {"color": "#D9D9D9"}}
_WIDTH, _HEIGHT = 980, 560
_PER_BAR: Final = 18
_ROW: Final = 20
"""The height of a row, in pixels."""
_COLOURS: Final = ("#1F4E79", "#C55A11", "#548235", "#7F7F7F")
_LONGEST_TITLE: Final = 120


def add_charts(
    file: "Workbook",
    tab: str,
    charts: Sequence[Chart],
    names: Mapping[int, tuple[str, int]],
) -> None:
    """Draw charts below one another, each on a page of its own when printed.

    Args:
        file: the workbook.
        tab: the name of the sheet that is made for them.
        charts: what to draw.
        names: of each page, by its identity, the name of its sheet and its first row.
    """
    sheet = file.add_worksheet(tab)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    row, breaks = 0, []
    for each in charts:
        tall = _tall(each)
        sheet.insert_chart(row, 0, _chart(file, each, names[id(each.page)]), {"object_position": 2})
        row += tall // _ROW + 2
        breaks.append(row)
    sheet.set_h_pagebreaks(breaks[:-1])


def _tall(chart: Chart) -> int:
    bars = chart.labels.last.row - chart.labels.first.row + 1
    return max(_HEIGHT, bars * _PER_BAR + 120) if chart.kind == "bars" else _HEIGHT


def _chart(file: "Workbook", chart: Chart, where: tuple[str, int]) -> Any:
    tab, first = where
    drawn = file.add_chart(
        {"type": "radar", "subtype": "with_markers"} if chart.kind == "radar" else {"type": "bar"}
    )
    for line, colour in zip(chart.lines, _COLOURS, strict=False):
        drawn.add_series(
            {
                "name": _told(line.name),
                "categories": _cells(tab, first, chart.labels),
                "values": _cells(tab, first, line.values),
                "line": {"color": colour, "width": 2},
                "fill": {"color": colour},
                "gap": 40,
                **({"data_labels": {"value": True, "font": _FONT}} if chart.kind == "bars" else {}),
            }
        )
    drawn.set_title({"name": _told(chart.title), "name_font": {**_FONT, "size": 14}})
    drawn.set_size({"width": _WIDTH, "height": _tall(chart)})
    if chart.kind == "bars":
        drawn.set_y_axis({"reverse": True, "num_font": _FONT})
        most = {"max": 100} if chart.percent else {}
        drawn.set_x_axis({"min": 0, **most, "num_font": _FONT, "major_gridlines": _GRID})
        drawn.set_legend({"none": True})
    else:
        drawn.set_x_axis({"num_font": _FONT})
        drawn.set_y_axis({"min": 0, "max": 100, "num_font": _FONT, "major_gridlines": _GRID})
        drawn.set_legend({"position": "bottom", "font": _FONT})
    return drawn


def _cells(tab: str, first: int, span: Span) -> list[str | int]:
    one, last = span
    return [tab, first + one.row, one.column, first + last.row, last.column]


def _told(text: str) -> str:
    """A name that is no formula: the library takes what begins with = for one."""
    told = short(cell_text(text), _LONGEST_TITLE)
    return f" {told}" if told.startswith("=") else told
