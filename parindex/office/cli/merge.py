"""`parindex merge`: the offices' parts into one scorecard, and who delivered what."""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from parindex.cli.options import (
    ColumnsOption,
    DecimalOption,
    Dialect,
    DialectOption,
    FormatOption,
    LangOption,
    SchemeOption,
    SheetOption,
    SkipOption,
)
from parindex.cli.output import print_faults
from parindex.cli.printing import output_of, write
from parindex.cli.reading import check_stdin, parts_of, reading_of, scheme_of
from parindex.cli.words import _, current
from parindex.cli.writing import check_suffix, write_scorecard
from parindex.office.merge.merge_tables import (
    COLUMNS,
    FORMAT,
    conflict_findings,
    merged_data,
    merged_records,
    merged_sheets,
)
from parindex.office.merge.merging import Part, merge, with_missing
from parindex.render.formats import Shapes
from parindex.scheme.catalog import load_schemes
from parindex.scheme.scheme import Scheme
from parindex.scorecard.scorecard import Scorecard
from parindex.scoring import score
from parindex.tables.figures import rows_of
from parindex.values.fuzzy import fold_name

app = typer.Typer(add_completion=False)


@app.command(
    help=_("Put the parts of several offices together into one scorecard, and tell who delivered."),
    epilog=_("Example: parindex merge parts -o whole.xlsx"),
)
def main(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="PART",
            help=_("Parts in YAML, JSON, CSV or .xlsx, or folders of them."),
        ),
    ],
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help=_("Write the whole to this file: .yaml, .json or .xlsx."),
        ),
    ] = None,
    scheme: SchemeOption = None,
    decimal: DecimalOption = None,
    columns: ColumnsOption = None,
    sheet: SheetOption = None,
    skip_unreadable: SkipOption = False,
    form: FormatOption = None,
    csv_dialect: DialectOption = Dialect.STANDARD,
    lang: LangOption = None,  # noqa: ARG001
) -> None:
    """Merge, report, and write the whole; exit with 1 where parts differ, and write nothing then."""
    check_stdin(files)
    check_suffix(output)
    cards = parts_of(
        reading_of(files, scheme, None, decimal, None, columns, sheet=sheet, skip=skip_unreadable)
    )
    used = scheme_of(cards[0][1], load_schemes(scheme or []))
    merged = merge([*_parts(cards, used)], used)
    if merged.card is not None:
        score(merged.card, used)  # what does not go together is told before anything is written
    shapes = Shapes(
        merged_sheets(merged, current()),
        COLUMNS,
        rows_of(merged_records(merged), COLUMNS),
        FORMAT,
        map(merged_data, [merged]),
        "results",
    )
    write(shapes, output_of(None, form, csv_dialect))
    print_faults([*conflict_findings(merged, current())])
    if merged.card is None:
        if output is not None:
            told = _("the parts differ, so nothing was written to {file}", file=output)
            print(told, file=sys.stderr)  # noqa: T201
        raise typer.Exit(1)
    if output is not None:
        whole = with_missing(merged, merged.card)
        write_scorecard(whole, used, output, [*(file for file, _card in cards), *(scheme or [])])


def _parts(cards: list[tuple[str, Scorecard]], scheme: Scheme) -> Iterator[Part]:
    """The parts; one that does not name its office is of the lead by whose name its file goes."""
    leads = {fold_name(lead): lead for lead in scheme.leads.values() if lead}
    count = Counter(file for file, _card in cards)
    for file, card in cards:
        name = "<stdin>" if file == "-" else file
        if count[file] > 1 and card.places is not None:
            name = str(card.places.locate(("unit",)))
        stem = re.sub("^[0-9]+-", "", fold_name(Path(file).stem))
        yield Part(name, card, card.office or leads.get(stem))
