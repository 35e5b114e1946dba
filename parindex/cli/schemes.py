"""`parindex schemes`: what the catalog holds, and schemes of one's own out of annexes."""

from pathlib import Path
from typing import Annotated, Final

import typer

from parindex.cli.options import (
    DepthOption,
    LangOption,
    Options,
    Output,
    OutputOption,
    SchemeArgument,
    SheetOption,
    Written,
    group,
    with_options,
)
from parindex.cli.output import check_office
from parindex.cli.printing import check_name, write
from parindex.cli.talk import print_doubts
from parindex.cli.words import _, current
from parindex.cli.writing import write_text
from parindex.findings.wing import wing
from parindex.render.formats import Shapes
from parindex.scheme.catalog import load_scheme, scheme_ids
from parindex.scheme.own_schemes import listed
from parindex.tables.new_scheme import new_scheme
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

_ANNEXES: Final = {".xlsx": "xlsxwriter", ".docx": "docx", ".md": "parindex"}
"""Endings of files that hold a scheme as an annex, each with the library that writes it."""

main = group(
    _("List the schemes that are known, or show one."),
    _("Example: parindex schemes list"),
)


@main.command(
    "list",
    help=_("List the schemes of the catalog and your own, and how far down each is known."),
    epilog=_("Example: parindex schemes list --format csv"),
)
@with_options
def list_schemes(out: Written) -> None:
    """Every scheme on a line."""
    own, findings = listed(scheme_ids())
    print_doubts(findings)
    schemes = [*(load_scheme(id_) for id_ in scheme_ids()), *own]
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
    help=_(
        "Show a scheme: its criteria, maxima, rules, bands and sources. A file that ends in .xlsx, .docx "
        "or .md is the annex of a decision, with rules in words; `schemes import` reads the first two again."
    ),
    epilog=_("Example: parindex schemes show vn-province-2018 -o annex.docx"),
)
@with_options
def show(
    *,
    scheme: SchemeArgument,
    out: Annotated[Output, Options("form output csv_dialect depth lang")],
    depth: DepthOption = 3,
) -> None:
    """One scheme as a tree of criteria."""
    ending = Path(out.output or "").suffix.lower()
    if out.form is None and ending in _ANNEXES:
        check_office(_ANNEXES[ending], "-o")
        annex = wing("annexes.writing").annex_file(load_scheme(scheme), ending, current())
        write_text(annex, out.output or "", [scheme])
        return
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


@main.command(
    help=_("Write a small scheme with comments to start from."),
    epilog=_("Example: parindex schemes new -o scheme.yaml"),
)
@with_options
def new(output: OutputOption = None, lang: LangOption = None) -> None:  # noqa: ARG001
    """A scheme of one's own to change; a file that is there already is not written over."""
    check_name(output, (".yaml",), others=".yml")
    write_text(new_scheme(current()), output or "-", [], keeps=True)


@main.command(
    "import",
    help=_("Make a scheme file from the annex of a decision: .docx, .xlsx or .csv."),
    epilog=_("Example: parindex schemes import annex.docx -o from-annex.yaml"),
)
@with_options
def import_scheme(
    *,
    annex: Annotated[
        str, typer.Argument(metavar="ANNEX", help=_("A Word document, workbook or CSV."))
    ],
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help=_("The scheme file to write; without it the rows are only reported."),
        ),
    ] = None,
    sheet: SheetOption = None,
    table: Annotated[
        int | None, typer.Option(min=1, metavar="N", help=_("The table of a document, from 1."))
    ] = None,
    columns: Annotated[
        str | None,
        typer.Option(
            metavar="code=A,name=B,…",
            help=_("Which column holds what, where headings do not say it."),
        ),
    ] = None,
    year: Annotated[
        int | None, typer.Option(min=1990, max=2100, help=_("The year that is scored."))
    ] = None,
    out: Annotated[Output, Options("form csv_dialect lang")],
) -> None:
    """Read an annex, write the scheme, and report each row."""
    importing = wing("annexes.importing")
    check_name(output, (".yaml", ".yml"))
    told = _columns_told(columns) if columns else None
    imported = importing.import_annex(annex, sheet=sheet or "", table=table, told=told, year=year)
    if output:
        write_text(imported.text(current()), output, [annex], keeps=True)
    shapes = Shapes(
        (importing.report_table(each, current()) for each in [imported]),
        importing.COLUMNS,
        importing.report_rows(imported),
        importing.FORMAT,
        map(importing.report, [imported]),
        "annexes",
    )
    write(shapes, out)


def _columns_told(text: str) -> dict[str, int]:
    try:
        columns: dict[str, int] = wing("annexes.columns").columns_told(text)
    except ValueError as error:
        message = _(
            "expected columns like code=A,name=B,maximum=C; found: {found}", found=str(error)
        )
        raise typer.BadParameter(message, param_hint="--columns") from None
    return columns
