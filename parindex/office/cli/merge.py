"""`parindex merge`: the offices' parts into one scorecard, and who delivered what."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from parindex.cli.options import Input, LeadsOption, Options, Output, command
from parindex.cli.printing import write
from parindex.cli.reading import parts_of, scheme_of
from parindex.cli.talk import print_faults, say
from parindex.cli.words import _, current
from parindex.cli.writing import check_suffix, write_scorecard
from parindex.office.merge.leads import with_leads
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
from parindex.values.fuzzy import fold_name


@command(
    _("Example: parindex merge parts --scheme examples/schemes/departments-2024.yaml -o whole.yaml")
)
def main(
    *,
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
    leads: LeadsOption = None,
    reading: Annotated[Input, Options("scheme decimal columns sheet skip_unreadable")],
    out: Annotated[Output, Options("form csv_dialect lang")],
) -> None:
    """Merge, report, and write the whole; exit with 1 where parts differ, and write nothing then."""
    reading = reading.of(files)
    check_suffix(output)
    cards = parts_of(reading)
    used = scheme_of(cards[0][1], load_schemes(reading.scheme or ()))
    used = with_leads(used, leads) if leads else used
    merged = merge([*_parts(cards, used)], used)
    if merged.card is not None:
        score(merged.card, used)  # what does not go together is told before anything is written
    shapes = Shapes(
        merged_sheets(merged, current()),
        COLUMNS,
        merged_records(merged),
        FORMAT,
        map(merged_data, [merged]),
        "results",
    )
    write(shapes, out)
    print_faults([*conflict_findings(merged, current())])
    if merged.card is None:
        if output is not None:
            told = _("the parts differ, so nothing was written to {file}", file=output)
            say(told)
        raise typer.Exit(1)
    if output is not None:
        whole = with_missing(merged, merged.card)
        inputs = [*(file for file, _card in cards), *(reading.scheme or ())]
        write_scorecard(whole, used, output, inputs)


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
