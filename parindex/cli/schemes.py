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
from parindex.cli.words import _, current
from parindex.render.formats import Shapes
from parindex.scheme.catalog import load_scheme, scheme_ids
from parindex.tables.figures import rows_of
from parindex.tables.schemes import (
    CRITERION_COLUMNS,
    FORMAT,
    LIST_COLUMNS,
    criterion_records,
    list_record,
    list_row,
    list_table,
    scheme_record,
    scheme_table,
)

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help=_("List the schemes that are known, or show one."),
)


@app.command(
    "list",
    help=_("List the schemes of the catalog, and how far down each is known."),
    epilog=_("Example: parindex schemes list --format csv"),
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
        (list_table(each, current()) for each in [schemes]),
        LIST_COLUMNS,
        rows_of(map(list_row, schemes), LIST_COLUMNS),
        FORMAT,
        map(list_record, schemes),
        "schemes",
    )
    write(shapes, output_of(output, form, csv_dialect))


@app.command(
    help=_("Show a scheme: its criteria, maxima, rules, bands and sources."),
    epilog=_("Example: parindex schemes show vn-province-2018"),
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
        (scheme_table(each, depth, current()) for each in [loaded]),
        CRITERION_COLUMNS,
        rows_of(criterion_records(loaded, depth), CRITERION_COLUMNS),
        FORMAT,
        map(scheme_record, [loaded]),
        "schemes",
    )
    write(shapes, output_of(output, form, csv_dialect, [scheme]))
