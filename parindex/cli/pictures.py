"""Pictures of what a command answers: SVG, PNG, a page, and the spec of Vega-Lite."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import typer

from parindex.cli.options import Output
from parindex.cli.output import bytes_of, check_office, destination
from parindex.cli.usage import SeveralChartsError
from parindex.cli.words import _, current
from parindex.findings.wing import wing
from parindex.render.formats import Shapes
from parindex.values.language import N_

ENDINGS: Final = (".svg", ".png", ".html")


def picture_of(out: Output) -> str:
    """The ending of a picture that was asked for; empty where none is.

    Raises:
        typer.BadParameter: the library is not installed, or the spec has no name of its own.
    """
    suffix = Path(out.output or "").suffix.lower() if out.form is None else ""
    told = N_("pictures need a library: {command}")
    if suffix in ENDINGS:
        check_office("vl_convert", "-o", told)
    if out.spec is not None:
        check_office("vl_convert", "--spec", told)
        if Path(out.spec).suffix.lower() != ".json":
            raise typer.BadParameter(_("name a file that ends in .json"), param_hint="--spec")
    return suffix if suffix in ENDINGS else ""


def write_spec(shapes: Shapes, out: Output, inputs: Sequence[str]) -> None:
    """Write the spec of the one chart, with its data in it."""
    chart = _only(shapes, "--spec")
    text = wing("charts.drawing").spec_json(chart, current().code, _look(out))
    with destination(out.spec, inputs) as stream:
        stream.write(text)


def write_picture(shapes: Shapes, suffix: str, out: Output, inputs: Sequence[str]) -> None:
    """Write the one chart as a picture, or a page with all charts and tables."""
    drawing, lang = wing("charts.drawing"), current().code
    made: Any
    if suffix == ".html":
        charts, tables = _charts(shapes), [*shapes.tables]
        made = wing("charts.page").page(charts, tables, lang, dark=out.dark)
    elif suffix == ".svg":
        made = drawing.svg_alone(_only(shapes, "-o"), lang, _look(out)) + "\n"
    else:
        made = drawing.png(_only(shapes, "-o"), lang, _look(out))
    with destination(out.output, inputs) as stream:
        if isinstance(made, str):
            stream.write(made)
        else:
            bytes_of(stream).write(made)


def _look(out: Output) -> Any:
    return wing("charts.look").alone(out.size, dark=out.dark)


def _charts(shapes: Shapes) -> list[Any]:
    return [] if shapes.charts is None else [*shapes.charts()]


def _only(shapes: Shapes, option: str) -> Any:
    """The chart of a picture.

    Raises:
        typer.BadParameter: there are several (then it names what chooses fewer), or there is none.
    """
    charts = _charts(shapes)
    if len(charts) == 1:
        return charts[0]
    if not charts:
        raise typer.BadParameter(_("there is nothing to draw"), param_hint=option)
    raise SeveralChartsError(len(charts), option)
