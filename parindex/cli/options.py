"""Options that several commands share, so that they mean the same everywhere."""

from enum import StrEnum
from typing import Annotated

import typer

from parindex.cli.words import say


class Format(StrEnum):
    """How a result is written."""

    TABLE = "table"
    JSON = "json"
    NDJSON = "ndjson"
    CSV = "csv"
    MARKDOWN = "markdown"


class Lang(StrEnum):
    """Which language people read."""

    VI = "vi"
    EN = "en"


def _complete_scheme(incomplete: str) -> list[str]:
    from parindex.catalog import scheme_ids

    return [id_ for id_ in scheme_ids() if id_.startswith(incomplete)]


FormatOption = Annotated[
    Format, typer.Option("--format", "-f", help=say("How the result is written."))
]
OutputOption = Annotated[
    str | None,
    typer.Option(
        "--output", "-o", metavar="FILE", help=say("Write to this file instead of the screen.")
    ),
]
LangOption = Annotated[
    Lang | None,
    typer.Option("--lang", help=say("Language of what people read; by default the locale's.")),
]
SchemeOption = Annotated[
    str | None,
    typer.Option(
        "--scheme",
        metavar="ID_OR_FILE",
        autocompletion=_complete_scheme,
        help=say("Score by this scheme, an id or a YAML file, whatever the scorecards name."),
    ),
]
SchemeArgument = Annotated[
    str,
    typer.Argument(
        metavar="ID_OR_FILE",
        autocompletion=_complete_scheme,
        help=say("The id of a scheme, or a YAML file."),
    ),
]
DepthOption = Annotated[
    int,
    typer.Option(
        min=0, max=40, help=say("Levels to show: 0 the total, 1 areas, 2 criteria, 3 sub-criteria.")
    ),
]
