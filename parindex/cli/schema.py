"""`parindex schema`: the JSON Schema of a format, for editors and other programs."""

from enum import StrEnum
from typing import Annotated

import typer

from parindex.cli.options import LangOption, OutputOption
from parindex.cli.output import destination
from parindex.cli.printing import check_name
from parindex.cli.words import _
from parindex.render.json_data import render_json
from parindex.render.json_schemas import json_schema

app = typer.Typer(add_completion=False)


class Name(StrEnum):
    """What a schema is of."""

    SCHEME = "scheme"
    SCORECARD = "scorecard"
    RESULT = "result"
    CASE = "case"
    LETTERHEAD = "letterhead"
    RANKING = "ranking"
    COMPARISON = "comparison"
    PUBLISHED = "published"


@app.command(
    help=_("Print the JSON Schema of a file that is read, or of JSON that is written."),
    epilog=_("Example: parindex schema scorecard -o scorecard.schema.json"),
)
def main(
    name: Annotated[Name, typer.Argument(help=_("What the schema is of."))],
    output: OutputOption = None,
    lang: LangOption = None,  # noqa: ARG001
) -> None:
    """Write one schema."""
    check_name(output, (".json",))
    with destination(output) as stream:
        stream.write(render_json(json_schema(name.value)))
