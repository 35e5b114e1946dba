"""`parindex data check`: a user's own rows against all that is known and against themselves."""

from typing import Annotated

import typer

from parindex.api.published import checked_tables
from parindex.cli.checked import Wanted, report
from parindex.cli.options import Options, Written, with_options
from parindex.cli.words import _
from parindex.files.checking import Checked


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
    checked = (Checked(*each) for each in checked_tables(own))
    report(wanted.of(checked), out, own)
