"""`parindex schemes list` and `parindex schemes show`: what the catalog holds."""

import typer

from parindex.cli.options import (
    DepthOption,
    Dialect,
    DialectOption,
    FormatOption,
    LangOption,
    OutputOption,
    SchemeArgument,
)
from parindex.cli.printing import output_of, write
from parindex.cli.words import current, say
from parindex.render.formats import Shapes
from parindex.scheme.catalog import load_scheme, scheme_ids
from parindex.tables.schemes import (
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
    form: FormatOption = None,
    output: OutputOption = None,
    csv_dialect: DialectOption = Dialect.STANDARD,
    lang: LangOption = None,  # noqa: ARG001
) -> None:
    """Every scheme on a line."""
    schemes = [load_scheme(id_) for id_ in scheme_ids()]
    shapes = Shapes(
        (list_sheet(each, current()) for each in [schemes]),
        LIST_COLUMNS,
        map(list_row, schemes),
        FORMAT,
        map(list_data, schemes),
        "schemes",
    )
    write(shapes, output_of(output, form, csv_dialect))


@app.command(
    help=say("Show a scheme: its criteria, maxima, rules, bands and sources."),
    epilog=say("Example: parindex schemes show vn-province-2018"),
)
def show(
    scheme: SchemeArgument,
    form: FormatOption = None,
    output: OutputOption = None,
    csv_dialect: DialectOption = Dialect.STANDARD,
    depth: DepthOption = 3,
    lang: LangOption = None,  # noqa: ARG001
) -> None:
    """One scheme as a tree of criteria."""
    loaded = load_scheme(scheme)
    shapes = Shapes(
        (scheme_sheet(each, depth, current()) for each in [loaded]),
        CRITERION_COLUMNS,
        criterion_rows(loaded, depth),
        FORMAT,
        map(scheme_data, [loaded]),
        "schemes",
    )
    write(shapes, output_of(output, form, csv_dialect, [scheme]))
