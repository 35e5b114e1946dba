"""`parindex schemes list` and `parindex schemes show`: what the catalog holds."""

import typer

from parindex.catalog import load_scheme, scheme_ids
from parindex.cli.options import (
    DepthOption,
    Format,
    FormatOption,
    LangOption,
    OutputOption,
    SchemeArgument,
)
from parindex.cli.output import destination, write_data, write_sheets
from parindex.cli.words import current, say
from parindex.views.schemes import (
    FORMAT,
    list_data,
    list_sheet,
    scheme_data,
    scheme_sheet,
)
from parindex.views.sheet import Sheet

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help=say("List the schemes that are known, or show one."),
)


@app.command(
    "list",
    help=say("List the schemes of the catalog, and how far down each is known."),
    epilog=say("Example: parindex schemes list --format csv"),
)
def list_schemes(
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
    lang: LangOption = None,  # noqa: ARG001
) -> None:
    """Every scheme on a line."""
    schemes = [load_scheme(id_) for id_ in scheme_ids()]
    data = [list_data(scheme) for scheme in schemes]
    _write(list_sheet(schemes, current()), data, form, output)


@app.command(
    help=say("Show a scheme: its criteria, maxima, rules, bands and sources."),
    epilog=say("Example: parindex schemes show vn-province-2018"),
)
def show(
    scheme: SchemeArgument,
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
    depth: DepthOption = 3,
    lang: LangOption = None,  # noqa: ARG001
) -> None:
    """One scheme as a tree of criteria."""
    loaded = load_scheme(scheme)
    _write(scheme_sheet(loaded, depth, current()), [scheme_data(loaded)], form, output)


def _write(sheet: Sheet, data: list[dict[str, object]], form: Format, output: str | None) -> None:
    with destination(output) as stream:
        if form in (Format.TABLE, Format.MARKDOWN):
            write_sheets([sheet], form, stream)
        elif form is Format.CSV:
            from parindex.formats.render_csv import render_csv

            stream.write(render_csv([column.key for column in sheet.columns], sheet.rows))
        else:
            write_data(FORMAT, data, "schemes", form, stream)
