"""Options that several commands share, so that they mean the same everywhere."""

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import wraps
from inspect import Parameter, Signature, signature
from typing import Annotated, Any, Literal, NamedTuple, get_args

import typer

from parindex.cli.help import Command, Group
from parindex.cli.words import _
from parindex.render.formats import Format
from parindex.values.engines import Engine
from parindex.values.language import LANGUAGES, DecimalMark, LanguageCode, code_named
from parindex.values.stages import Stage

Dialect = Literal["standard", "excel-vi"]
Size = Literal["page", "slide", "phone"]


def _is_given(value: bool | None) -> bool:
    return bool(value)


def _complete_scheme(incomplete: str) -> list[str]:
    from parindex.scheme.catalog import scheme_ids

    return [id_ for id_ in scheme_ids() if id_.startswith(incomplete)]


_FILES = typer.Argument(
    metavar="FILE",
    help=_(
        "Scorecards (YAML, JSON, CSV, Parquet, Excel, .ods or .docx), or folders of them; - is "
        "standard input."
    ),
)
FilesArgument = Annotated[list[str], _FILES]
FilesOrNoneArgument = Annotated[list[str] | None, _FILES]
FormatOption = Annotated[
    Format | None,
    typer.Option(
        "--format",
        "-f",
        help=_("Format of the output; by default as the ending of the file after -o says."),
    ),
]
DialectOption = Annotated[
    Dialect,
    typer.Option(
        "--csv-dialect",
        help=_(
            "How CSV is written; excel-vi is for Excel in Vietnamese: semicolons, decimal commas, byte-order mark."
        ),
    ),
]
OutputOption = Annotated[
    str | None,
    typer.Option(
        "--output", "-o", metavar="FILE", help=_("Write to this file instead of the screen.")
    ),
]
SpecOption = Annotated[
    str | None,
    typer.Option(
        "--spec",
        metavar="FILE.json",
        help=_("Also write the chart as Vega-Lite, with its data, to draw it in another style."),
    ),
]
SizeOption = Annotated[
    Size,
    typer.Option("--size", help=_("Size of the picture: for a page, a slide (16:9) or a phone.")),
]
DarkOption = Annotated[bool, typer.Option("--dark", help=_("Draw the picture on black."))]


def _language(text: str) -> LanguageCode:
    code = code_named(text)
    if code is None:
        raise ValueError(text)
    return code


LangOption = Annotated[
    LanguageCode | None,
    typer.Option(
        "--lang",
        parser=_language,
        autocompletion=lambda: [*LANGUAGES],
        help=_("Language of what people read; by default that of PARINDEX_LANG, or the locale's."),
    ),
]
ErrorsOption = Annotated[
    Literal["text", "json"] | None,
    typer.Option(
        "--errors",
        envvar="PARINDEX_ERRORS",
        help=_("Format of errors on standard error: text, or one JSON object on each line."),
    ),
]
QuietOption = Annotated[
    bool,
    typer.Option(
        "--quiet", help=_("Print only errors on standard error: no warnings, notes or progress.")
    ),
]
VerboseOption = Annotated[
    bool,
    typer.Option(
        "--verbose",
        help=_(
            "Also print which files of folders are read, which files are written, how many units "
            "were added up by columns, and why others were not."
        ),
    ),
]
SchemeOption = Annotated[
    list[str] | None,
    typer.Option(
        "--scheme",
        metavar="ID_OR_FILE",
        autocompletion=_complete_scheme,
        help=_(
            "Score by this scheme: an id, a file or a folder; of several, each unit takes the one "
            "it names."
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
    DecimalMark | None,
    typer.Option("--decimal", help=_("The decimal mark, where numbers can be read in two ways.")),
]
ColumnsOption = Annotated[
    str | None,
    typer.Option(
        "--columns",
        metavar="NAME=LETTER,…",
        help=_(
            "Which column of a workbook holds what, where its headings do not say: code=B,self=E,appraised=F."
        ),
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
LeadsOption = Annotated[
    str | None,
    typer.Option(
        "--leads",
        metavar="TABLE",
        help=_("A table of code and lead office, for a scheme that names none: CSV or .xlsx."),
    ),
]
SkipOption = Annotated[
    bool | None,
    typer.Option(
        "--skip-unreadable",
        callback=_is_given,
        help=_("Skip files of a folder that cannot be read, with a note, instead of stopping."),
    ),
]
UnitOption = Annotated[
    list[str] | None,
    typer.Option(
        "--unit",
        metavar="NAME",
        help=_("Only this unit; accents and capitals do not matter; may be repeated."),
    ),
]
UnitOfFilesOption = Annotated[
    list[str] | None,
    typer.Option(
        "--unit",
        metavar="NAME",
        help=_(
            "Only this unit; accents and capitals do not matter; may be repeated. A table that names "
            "no unit, alone in its file, is taken as this unit's."
        ),
    ),
]
NamelessOption = Annotated[
    str | None,
    typer.Option(
        "--unit", metavar="NAME", help=_("Whose the table is, where the file names no unit.")
    ),
]
EngineOption = Annotated[
    Engine | None,
    typer.Option(
        "--engine",
        help=_(
            "How a CSV of many units is added up, with the same figures; by default by columns "
            "where it is large and parindex[scale] is installed."
        ),
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


class Input(NamedTuple):
    """What to read and how, as the options of these names say."""

    scheme: SchemeOption = None
    stage: StageOption = None
    decimal: DecimalOption = None
    columns: ColumnsOption = None
    sheet: SheetOption = None
    skip_unreadable: SkipOption = None
    """Whether what in a folder cannot be read is passed over and told, or is a fault.

    None: files of other kinds are passed over and told, unreadable scorecards are faults.
    """
    unit: UnitOfFilesOption = None
    engine: EngineOption = None
    nameless: NamelessOption = None
    """The unit of the one table of a file that names none, where `unit` does not say it."""
    files: Sequence[str] = ()
    beside: Sequence[str] = ()
    """Other files that the command reads."""

    def of(self, files: Sequence[str], *beside: str | None) -> "Input":
        """The same of these files, with others that are read beside them.

        Raises:
            typer.BadParameter: two of them are standard input, which can be read only once.
        """
        others = [each for each in beside if each]
        if [*files, *others].count("-") > 1:
            told = _("standard input can be read only once")
            raise typer.BadParameter(told, param_hint=_("FILE"))
        return self._replace(files=files, beside=others)

    @property
    def inputs(self) -> list[str]:
        """Every file that is read, and so must not be written over."""
        return [*self.files, *self.beside, *(self.scheme or ())]


class Output(NamedTuple):
    """Where to write and how, as the options of these names say."""

    form: FormatOption = None
    output: OutputOption = None
    spec: SpecOption = None
    size: SizeOption = "page"
    dark: DarkOption = False
    csv_dialect: DialectOption = "standard"
    lang: LangOption = None


class Options(str):
    """The names of options that make up one parameter, in the order of `--help`."""

    __slots__ = ()


Scorecards = Annotated[Input, Options("scheme stage decimal columns sheet")]
Folders = Annotated[Input, Options("scheme stage decimal columns sheet skip_unreadable")]
Ranked = Annotated[Input, Options("scheme stage decimal columns sheet skip_unreadable engine")]
Written = Annotated[Output, Options("form output csv_dialect lang")]
Drawn = Annotated[Output, Options("form output spec size dark csv_dialect lang")]
"""As `Written`, of a command that draws pictures, too."""


def figure_of(text: str, option: str) -> Decimal:
    """A percentage, as an option tells it.

    Raises:
        typer.BadParameter: it is no number of at most three digits before its mark.
    """
    if not re.fullmatch(r"[0-9]{1,3}([.,][0-9]{1,6})?", text):
        raise typer.BadParameter(_("expected a number from 0 to 100"), param_hint=option)
    return Decimal(text.replace(",", "."))


class Everywhere(NamedTuple):
    """How a run talks; every command takes these options, and `cli.talk` knows them before."""

    errors: ErrorsOption = None
    quiet: QuietOption = False
    verbose: VerboseOption = False


class Commands(typer.Typer):
    """Commands with help and faults in our words, that take the options of every command."""

    def command(self, *arguments: Any, **fields: Any) -> Callable[[Any], Any]:
        """Add a command."""
        add = super().command(*arguments, cls=Command, **fields)

        def added(function: Callable[..., None]) -> Callable[..., None]:
            add(everywhere(function))
            return function

        return added


def command(epilog: str, help_: str = "") -> Callable[[Callable[..., None]], typer.Typer]:
    """A function as the only command of its module; without `help_` with the help of its name."""

    def added(function: Callable[..., None]) -> typer.Typer:
        app = Commands(add_completion=False)
        app.command(help=help_, epilog=epilog)(with_options(function))
        return app

    return added


def group(help_: str, epilog: str) -> Commands:
    """A group of commands; `epilog` is an example of one of them."""
    app = Commands(cls=Group, add_completion=False, no_args_is_help=True, help=help_, epilog=epilog)

    def options(*, lang: LangOption = None) -> None:
        """Options of the group; they have done their work when this is called."""

    app.callback()(everywhere(options))
    return app


def everywhere(function: Callable[..., None]) -> Callable[..., None]:
    """The function with the options of every command behind its own.

    It may be called without them, as tests do.
    """
    own, more = signature(function), signature(Everywhere).parameters

    @wraps(function)
    def called(**given: Any) -> None:
        if given.pop("quiet", None) and given.pop("verbose", None):
            told = _("use only one of --quiet and --verbose")
            raise typer.BadParameter(told, param_hint="--quiet")
        function(**{name: value for name, value in given.items() if name not in more})

    shown = [*own.parameters.values(), *more.values()]
    alone = [each.replace(kind=Parameter.KEYWORD_ONLY) for each in shown]
    called.__dict__["__signature__"] = Signature(alone)
    called.__annotations__ = {each.name: each.annotation for each in alone}
    return called


def with_options(function: Callable[..., None]) -> Callable[..., None]:
    """The function as Typer takes it: the options of a group stand one by one.

    A group is a parameter annotated with its class and `Options`; one of these that is a
    parameter of the function itself is that one, and stands there.
    """
    own = signature(function).parameters
    groups: dict[str, tuple[type[tuple[Any, ...]], list[str]]] = {}
    shown: dict[str, Parameter] = {}
    for name, parameter in own.items():
        kind, *told = get_args(parameter.annotation) or (parameter.annotation,)
        if not (told and isinstance(told[0], Options)):
            shown.setdefault(name, parameter)
            continue
        fields = {**signature(kind).parameters, **own}
        shown |= {option: fields[option] for option in told[0].split()}
        groups[name] = kind, [option for option in told[0].split() if option not in own]

    @wraps(function)
    def called(**given: Any) -> None:
        for name, (kind, options) in groups.items():
            given[name] = kind(**{option: given.pop(option) for option in options})
        function(**given)

    alone = [each.replace(kind=Parameter.KEYWORD_ONLY) for each in shown.values()]
    called.__dict__["__signature__"] = Signature(alone)
    called.__annotations__ = {each.name: each.annotation for each in alone}
    return called
