"""Help pages in the reader's language, and the classes of commands and groups that show them.

The library's own pages are English and look different with each release.
"""

import os
from collections.abc import Iterator
from typing import Any, Final

import typer
from typer.core import TyperCommand, TyperGroup

from parindex.cli.talk import manner
from parindex.cli.usage import (
    CommandLineError,
    check_dashes,
    kinds_of,
    name_of,
    too_many,
    unknown_command,
    values_of,
)
from parindex.cli.words import _
from parindex.values.codes import COMMAND_MISSING
from parindex.values.finding import Finding
from parindex.values.language import N_

_METAVARS: Final = (
    *(N_("ANNEX"), N_("CODE"), N_("CODE=N"), N_("CODE=VALUE"), N_("CODES"), N_("FILE")),
    *(
        N_("FILE.docx"),
        N_("FILE.json"),
        N_("FILE_OR_FOLDER"),
        N_("FILE_OR_FOLDER/"),
        N_("FOLDER"),
        N_("ID_OR_FILE"),
        N_("LIST"),
    ),
    *(N_("N"), N_("N%"), N_("NAME"), N_("NAME=LETTER,…"), N_("OWN"), N_("PART"), N_("POINTS")),
    *(N_("RESULT"), N_("RESULT.json"), N_("ROWS"), N_("SPARK"), N_("TABLE"), N_("TEXT")),
    *(
        N_("UNIT"),
        N_("YEAR"),
        N_("YEAR_OR_FILE"),
        N_("YEAR|FILE"),
        N_("[SCORECARD] CODE"),
        N_("FROM-TO"),
    ),
)
"""What stands for values in the help of commands."""
_OWN_WORDS: Final = {
    "help": N_("Show this help and exit."),
    "install_completion": N_("Let this shell complete commands and options with the tab key."),
    "show_completion": N_("Show the script for that, to look at it or to put it elsewhere."),
}
"""The options that the library adds, in our words."""
_LONGEST_RANGE: Final = 12
_EVERYWHERE: Final = frozenset(("version", "lang", "errors", "quiet", "verbose", *_OWN_WORDS))


class Command(TyperCommand):
    """A command with help and faults in our words."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the page."""
        _write_page(self, ctx, formatter)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the words of the command line.

        Raises:
            CommandLineError: there are more of them than the command takes.
        """
        ctx.allow_extra_args = True
        check_dashes(args, self.get_params(ctx), ctx)
        rest: list[str] = super().parse_args(ctx, args)
        if rest and not ctx.resilient_parsing:
            raise CommandLineError(too_many(rest, ctx), ctx)
        return rest


class Group(TyperGroup):
    """A group of commands with help and faults in our words."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the page, with a line for each command."""
        _write_page(self, ctx, formatter)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the options of the group; without a word show the page.

        Raises:
            CommandLineError: there is none, and a program reads what is told.
        """
        if args or ctx.resilient_parsing:
            check_dashes(args[:1], self.get_params(ctx), ctx)
            return list(super().parse_args(ctx, args))
        if manner().as_json:
            raise CommandLineError(Finding(COMMAND_MISSING), ctx)
        typer.echo(ctx.get_help(), err=True)
        raise typer.Exit(2)

    def about(self, name: str) -> str:
        """What a command does, in a line."""
        return self.commands[name].help or ""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that is called.

        Raises:
            CommandLineError: there is none of this name.
        """
        known = self.list_commands(ctx)
        if args[0] not in known and not args[0].startswith("-") and not ctx.resilient_parsing:
            raise CommandLineError(unknown_command(args[0], known), ctx)
        return super().resolve_command(ctx, args)


def _write_page(command: Any, ctx: Any, formatter: Any) -> None:
    """Usage, what the command does, its commands or arguments, its options, and an example."""
    parameters = command.get_params(ctx)
    arguments = [each for each in parameters if each.param_type_name == "argument"]
    names = command.list_commands(ctx) if isinstance(command, Group) else []
    pieces = [_("[OPTIONS]"), *map(_piece, arguments), *([_("COMMAND …")] if names else [])]
    formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=_("Usage") + ": ")
    formatter.write_paragraph()
    formatter.write_text(command.help or "")
    own = [each for each in parameters if each not in arguments and each.name not in _EVERYWHERE]
    others = [each for each in parameters if each.name in _EVERYWHERE]
    sections = {
        _("Commands"): [(_name(each), command.about(each)) for each in names],
        _("Arguments"): [row for each in arguments for row in _row(each, ctx)],
        _("Options"): [row for each in own for row in _row(each, ctx)],
        _("Options of every command"): [row for each in others for row in _row(each, ctx)],
    }
    for title, rows in sections.items():
        if rows:
            with formatter.section(title):
                formatter.write_dl(rows)
    if command.epilog:
        formatter.write_paragraph()
        formatter.write(f"{command.epilog}\n")  # on one line, to be copied


def _piece(argument: Any) -> str:
    """An argument as the line of usage shows it."""
    name = f"{name_of(argument)}{'…' if argument.nargs == -1 else ''}"
    return name if argument.required or name.startswith("[") else f"[{name}]"


def _row(parameter: Any, ctx: Any) -> Iterator[tuple[str, str]]:
    """The names of an option or argument with its value, and what it means."""
    if getattr(parameter, "hidden", False):
        return
    values = values_of(ctx, parameter)
    if parameter.param_type_name == "argument":
        term = _name(name_of(parameter))
        if values:
            term = f"{term} {values.replace(' | ', '|')}"
    else:
        term = ", ".join(map(_name, sorted(parameter.opts, key=len)))
        if not parameter.is_flag:
            term = f"{term} {_value(parameter, ctx, values)}"
    text = _(_OWN_WORDS[parameter.name]) if parameter.name in _OWN_WORDS else parameter.help or ""
    more = [*_more(parameter)]
    yield term, f"{text} ({'; '.join(more)})" if more else text


def _value(option: Any, ctx: Any, values: str) -> str:
    """What stands for the value of an option."""
    if option.metavar:
        return str(_(option.metavar))
    if values and not ("…" in values and len(values) > _LONGEST_RANGE):
        return values.replace(" | ", "|")
    return str(_("N") if int in kinds_of(ctx, option) else _("TEXT"))


def _more(parameter: Any) -> Iterator[str]:
    """Whether it must be given, what holds without it, and the variable that gives it too."""
    if parameter.required:
        yield _("required")
    value = getattr(parameter.default, "value", parameter.default)
    if not callable(value) and value not in (None, False, "", ()) and parameter.show_default:
        yield _("default: {value}", value=value)
    if parameter.envvar:
        yield _("environment: {name}", name=parameter.envvar)


def _name(text: str) -> str:
    """A name to type, standing out where the reader's terminal has colours."""
    return text if "NO_COLOR" in os.environ else typer.style(text, fg="cyan", bold=True)
