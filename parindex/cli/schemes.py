"""`parindex schemes list` and `parindex schemes show`: what the catalog holds."""

from typing import Annotated

import typer

from parindex.cli.options import (
    DepthOption,
    Options,
    Output,
    SchemeArgument,
    Written,
    with_options,
)
from parindex.cli.printing import write
from parindex.cli.words import _, current
from parindex.render.formats import Shapes
from parindex.scheme.catalog import load_scheme, scheme_ids
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

main = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help=_("List the schemes that are known, or show one."),
)


@main.command(
    "list",
    help=_("List the schemes of the catalog, and how far down each is known."),
    epilog=_("Example: parindex schemes list --format csv"),
)
@with_options
def list_schemes(out: Written) -> None:
    """Every scheme on a line."""
    schemes = [load_scheme(id_) for id_ in scheme_ids()]
    shapes = Shapes(
        (list_table(each, current()) for each in [schemes]),
        LIST_COLUMNS,
        map(list_row, schemes),
        FORMAT,
        map(list_record, schemes),
        "schemes",
    )
    write(shapes, out)


@main.command(
    help=_("Show a scheme: its criteria, maxima, rules, bands and sources."),
    epilog=_("Example: parindex schemes show vn-province-2018"),
)
@with_options
def show(
    *,
    scheme: SchemeArgument,
    out: Annotated[Output, Options("form output csv_dialect depth lang")],
    depth: DepthOption = 3,
) -> None:
    """One scheme as a tree of criteria."""
    loaded = load_scheme(scheme)
    shapes = Shapes(
        (scheme_table(each, depth, current()) for each in [loaded]),
        CRITERION_COLUMNS,
        criterion_records(loaded, depth),
        FORMAT,
        map(scheme_record, [loaded]),
        "schemes",
    )
    write(shapes, out, [scheme])
