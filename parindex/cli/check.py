"""`parindex check`: what is wrong in scorecards, schemes and results, and how to mend it."""

from typing import Annotated

import typer

from parindex.cli.checked import Wanted, report
from parindex.cli.options import Input, Options, Written, command
from parindex.cli.reading import how_of
from parindex.cli.words import _
from parindex.files.checking import Checker
from parindex.published_figures.units import misspelt


@command(_("Example: parindex check examples/soc-trang-2018.yaml"))
def main(
    *,
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE",
            help=_(
                "Scorecards, schemes or results of score in JSON, or folders of them; - is standard input."
            ),
        ),
    ],
    wanted: Annotated[Wanted, Options("select ignore")],
    reading: Annotated[Input, Options("scheme decimal columns sheet nameless")],
    out: Written,
) -> None:
    """Write every finding; exit with 1 where one is an error, with 2 where a file was not read."""
    reading = reading.of(files)
    checker = Checker(how_of(reading), misspelt)
    checked = (each for file in files for each in checker.check(file))
    report(wanted.of(checked), out, reading.inputs)
