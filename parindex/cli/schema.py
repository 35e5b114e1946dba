"""`parindex schema`: the JSON Schema of a format, for editors and other programs."""

from typing import Annotated

import typer

from parindex.cli.options import LangOption, OutputOption, command
from parindex.cli.output import destination
from parindex.cli.printing import check_name
from parindex.cli.words import _
from parindex.render.json_data import render_json
from parindex.render.json_schemas import SchemaName, json_schema


@command(_("Example: parindex schema scorecard -o scorecard.schema.json"))
def main(
    name: Annotated[SchemaName, typer.Argument(help=_("What the schema is of."))],
    output: OutputOption = None,
    lang: LangOption = None,  # noqa: ARG001
) -> None:
    """Write one schema."""
    check_name(output, (".json",))
    with destination(output) as stream:
        stream.write(render_json(json_schema(name)))
