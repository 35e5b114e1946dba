"""Options that several commands share, so that they mean the same everywhere."""

from enum import StrEnum
from typing import Annotated

import typer

from parindex.cli.words import _
from parindex.render.formats import Format
from parindex.values.language import LanguageCode
from parindex.values.stages import Stage


class Dialect(StrEnum):
    """How CSV is written."""

    STANDARD = "standard"
    EXCEL_VI = "excel-vi"


class Decimal(StrEnum):
    """The decimal mark of the numbers in a file."""

    COMMA = "comma"
    POINT = "point"


class LevelName(StrEnum):
    """The levels of units."""

    PROVINCE = "province"
    MINISTRY = "ministry"
    DEPARTMENT = "department"
    CENTRAL_AGENCY = "central-agency"
    DISTRICT = "district"
    COMMUNE = "commune"


def _complete_scheme(incomplete: str) -> list[str]:
    from parindex.scheme.catalog import scheme_ids

    return [id_ for id_ in scheme_ids() if id_.startswith(incomplete)]


_FILES = typer.Argument(
    metavar="FILE",
    help=_("Scorecards in YAML, JSON, CSV or .xlsx, or folders of them; - is standard input."),
)
FilesArgument = Annotated[list[str], _FILES]
FilesOrNoneArgument = Annotated[list[str] | None, _FILES]
FormatOption = Annotated[
    Format | None,
    typer.Option(
        "--format",
        "-f",
        help=_("How the result is written; by default as the name of the file after -o ends."),
    ),
]
DialectOption = Annotated[
    Dialect,
    typer.Option(
        "--csv-dialect",
        help=_("How CSV is written; excel-vi: semicolons, decimal commas, byte-order mark."),
    ),
]
OutputOption = Annotated[
    str | None,
    typer.Option(
        "--output", "-o", metavar="FILE", help=_("Write to this file instead of the screen.")
    ),
]
LangOption = Annotated[
    LanguageCode | None,
    typer.Option("--lang", help=_("Language of what people read; by default the locale's.")),
]
SchemeOption = Annotated[
    list[str] | None,
    typer.Option(
        "--scheme",
        metavar="ID_OR_FILE",
        autocompletion=_complete_scheme,
        help=_(
            "Score by this scheme: an id, a file or a folder; of several each unit names its own."
        ),
    ),
]
StageOption = Annotated[
    Stage | None,
    typer.Option(
        "--stage", help=_("Count only scores of this stage; by default the latest of each.")
    ),
]
DecimalOption = Annotated[
    Decimal | None,
    typer.Option("--decimal", help=_("The decimal mark, where numbers can be read in two ways.")),
]
ColumnsOption = Annotated[
    str | None,
    typer.Option(
        "--columns",
        metavar="NAME=LETTER,…",
        help=_("Columns of a workbook whose headings are others: code=B,self=E,appraised=F."),
    ),
]
SheetOption = Annotated[
    str | None,
    typer.Option(
        "--sheet",
        metavar="NAME",
        help=_("Only the sheet of this name in a workbook; capitals do not matter."),
    ),
]
SkipOption = Annotated[
    bool,
    typer.Option(
        "--skip-unreadable",
        help=_("Pass over what in a folder is not read, and tell it, instead of refusing it."),
    ),
]
UnitOption = Annotated[
    list[str] | None,
    typer.Option(
        "--unit",
        metavar="NAME",
        help=_("Only this unit; marks and capitals do not matter; may be repeated."),
    ),
]
SchemeArgument = Annotated[
    str,
    typer.Argument(
        metavar="ID_OR_FILE",
        autocompletion=_complete_scheme,
        help=_("The id of a scheme, or a YAML file."),
    ),
]
DepthOption = Annotated[
    int,
    typer.Option(
        min=0, max=40, help=_("Levels to show: 0 the total, 1 areas, 2 criteria, 3 sub-criteria.")
    ),
]
DataOption = Annotated[
    str | None,
    typer.Option(
        "--data",
        metavar="FILE_OR_FOLDER",
        envvar="PARINDEX_DATA",
        help=_("Published results of your own in CSV; they win over those of the project."),
    ),
]
