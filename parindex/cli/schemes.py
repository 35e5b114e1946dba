"""`parindex schemes list` and `parindex schemes show`: what the catalog holds."""

import typer

from parindex.catalog import load_scheme, scheme_ids
from parindex.cli.options import (
    DepthOption,
    Dialect,
    DialectOption,
    Format,
    FormatOption,
    LangOption,
    OutputOption,
    SchemeArgument,
)
from parindex.cli.output import destination, write_data, write_rows, write_sheets
from parindex.cli.words import current, say
from parindex.views.schemes import (
    CRITERION_COLUMNS,
    FORMAT,
    LIST_COLUMNS,
    criterion_rows,
    list_data,
    list_row,
    list_sheet,
    scheme_data,
    scheme_sheet,
)

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
    csv_dialect: DialectOption = Dialect.STANDARD,
    lang: LangOption = None,  # noqa: ARG001
) -> None:
    """Every scheme on a line."""
    schemes = [load_scheme(id_) for id_ in scheme_ids()]
    with destination(output) as stream:
        if form in (Format.TABLE, Format.MARKDOWN):
            write_sheets([list_sheet(schemes, current())], form, stream)
        elif form is Format.CSV:
            write_rows(LIST_COLUMNS, map(list_row, schemes), csv_dialect, stream)
        else:
            data = [list_data(scheme) for scheme in schemes]
            write_data(FORMAT, data, "schemes", form, stream)


@app.command(
    help=say("Show a scheme: its criteria, maxima, rules, bands and sources."),
    epilog=say("Example: parindex schemes show vn-province-2018"),
)
def show(
    scheme: SchemeArgument,
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
    csv_dialect: DialectOption = Dialect.STANDARD,
    depth: DepthOption = 3,
    lang: LangOption = None,  # noqa: ARG001
) -> None:
    """One scheme as a tree of criteria."""
    loaded = load_scheme(scheme)
    with destination(output, [scheme]) as stream:
        if form in (Format.TABLE, Format.MARKDOWN):
            write_sheets([scheme_sheet(loaded, depth, current())], form, stream)
        elif form is Format.CSV:
            write_rows(CRITERION_COLUMNS, criterion_rows(loaded, depth), csv_dialect, stream)
        else:
            write_data(FORMAT, [scheme_data(loaded)], "schemes", form, stream)
