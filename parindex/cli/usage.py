"""Faults of the command line in our words: those of the library are English and differ by release."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from typing import Any, Final, Literal, get_args, get_origin, get_type_hints

import typer

from parindex.cli.words import _
from parindex.values.escaping import visible
from parindex.values.fuzzy import suggest

_USAGE: Final[Any] = typer.BadParameter.__base__
_SHOWS_HELP: Final = "NoArgsIsHelpError"


@contextmanager
def usage_told() -> Iterator[None]:
    """Say in a line what is wrong with the command line, and in another one where to look it up.

    Raises:
        typer.Exit: with 2, after the command line was at fault.
    """
    try:
        yield
    except _USAGE as error:
        if type(error).__name__ == _SHOWS_HELP:
            raise
        command = error.ctx.command_path if error.ctx else "parindex"
        typer.echo(visible(f"{command}: {told(error)}"), err=True)
        typer.echo(_("{command} --help tells what it takes", command=command), err=True)
        raise typer.Exit(2) from None


def told(error: Any) -> str:
    """What is wrong with the command line, with the option or argument first."""
    if not isinstance(error, typer.BadParameter):
        return _of_words(error)
    parameter = error.param
    name = error.param_hint or (parameter and _name(parameter))
    if parameter is None:  # a command refused it, in our words
        return f"{name}: {error.message}" if name else error.message
    is_missing = type(error) is not typer.BadParameter
    what = _("this is missing") if is_missing else _("the value does not fit")
    expected = _expected(error.ctx, parameter)
    return f"{name}: {what} ({_('expected')}: {expected})" if expected else f"{name}: {what}"


def _of_words(error: Any) -> str:
    """What is wrong with words that are no value of an option or argument."""
    option, command = getattr(error, "option_name", ""), error.ctx and error.ctx.command
    if option and hasattr(error, "possibilities"):
        known = [each for parameter in command.params for each in parameter.opts] if command else []
        return _not_known(option, _("there is no such option"), known)
    if option:
        what = _("it stands without its value, or with one that it does not take")
        return f"{option}: {what}"
    quoted = re.search("'([^']*)'", error.message)
    if quoted and hasattr(command, "list_commands"):
        known = command.list_commands(error.ctx)
        return _not_known(quoted[1], _("there is no such command"), known)
    more = re.search(r"\((?!s\))(.*)\)", error.message)
    what = _("more than this command takes")
    return f"{more[1]}: {what}" if more else error.message


def _not_known(name: str, what: str, known: list[str]) -> str:
    alike = suggest(name, known)
    return f"{name}: {what} ({_('did you mean')}: {alike})" if alike else f"{name}: {what}"


def _name(parameter: Any) -> str:
    """The longest name of an option, or what stands for an argument in the help."""
    name: str = max(parameter.opts, key=len)
    return name if name.startswith("-") else parameter.metavar or name


def _expected(context: Any, parameter: Any) -> str:
    """What a parameter takes, by the type that its command gives it; empty for any text."""
    types = get_type_hints(context.command.callback, include_extras=True)
    pending: list[Any] = [types.get(parameter.name)]
    while pending:
        kind = pending.pop()
        if get_origin(kind) is Literal:
            return " | ".join(get_args(kind))
        if isinstance(kind, type) and issubclass(kind, Enum):
            return " | ".join(str(each.value) for each in kind)
        if getattr(kind, "max", None) is not None:
            return f"{kind.min}…{kind.max}"
        pending += get_args(kind)
    return ""
