"""`parindex data check`: a user's own rows against all that is known and against themselves."""

from collections.abc import Iterator
from typing import Annotated

import typer

from parindex.analysis.published_row import PublishedRow
from parindex.cli.checked import Wanted, report
from parindex.cli.options import Options, Written, with_options
from parindex.cli.words import _
from parindex.files.checking import MOST, Checked
from parindex.findings import InputError
from parindex.published_figures.published_file import read_table, table_files
from parindex.published_figures.published_tables import clashes, load_published
from parindex.values.finding import Finding, in_file
from parindex.values.groups import grouped


@with_options
def check(
    *,
    own: Annotated[
        list[str],
        typer.Argument(metavar="OWN", help=_("Tables in the form of --data, or folders of them.")),
    ],
    wanted: Annotated[Wanted, Options("select ignore")],
    out: Written,
) -> None:
    """Write every finding; exit as `parindex check` does."""
    report(wanted.of(checked_tables(own)), out, own)


def checked_tables(own: list[str]) -> Iterator[Checked]:
    """What is wrong in each table: in its form, and against the others and what is published."""
    rows: list[PublishedRow] = []
    faults: dict[str, list[Finding]] = {}
    for given in own:
        try:
            files = table_files(given)
        except InputError as error:
            faults[given] = [*error.findings]
            continue
        for file in files:
            if file not in faults:
                read, faults[file] = read_table(file)
                rows += read
    doubts = [each.finding for each in clashes([*rows, *load_published()]) if each.own]
    of_file = grouped(doubts, lambda doubt: doubt.place.file if doubt.place else "")
    for file, found in faults.items():
        yield Checked(file, sorted([*found, *of_file.get(file, [])], key=in_file)[:MOST])
