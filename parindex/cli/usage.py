"""Faults of the command line in our words: those of the library are English and differ by release."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import Enum
from typing import Any, Final, Literal, get_args, get_origin, get_type_hints

import typer

from parindex.cli.talk import print_usage_fault, told
from parindex.cli.words import _
from parindex.values.codes import (
    ARGUMENT_MISSING,
    COMMAND_MISSING,
    NO_SUCH_COMMAND,
    NO_SUCH_OPTION,
    OPTION_WITHOUT_VALUE,
    REQUEST_REFUSED,
    TOO_MANY_ARGUMENTS,
    VALUE_UNFIT,
)
from parindex.values.finding import Finding
from parindex.values.fuzzy import suggest

_USAGE: Final[Any] = typer.BadParameter.__base__
_LIKE_OPTIONS: Final = {"help": "--help", "version": "--version", "trợ-giúp": "--help"}
"""Words that people type as commands, and the options that do it."""


class CommandLineError(Exception):
    """What is wrong with the command line, found by our own code."""

    def __init__(self, finding: Finding, context: Any) -> None:
        super().__init__(finding)
        self.finding = finding
        self.ctx = context


_CHOOSING: Final = ("--unit", "--year", "--level", "--region", "--kind")
"""Options by which a command shows fewer units or years."""


class SeveralChartsError(typer.BadParameter):
    """A picture was asked for of more than one chart."""

    def __init__(self, count: int, option: str) -> None:
        super().__init__("", param_hint=option)
        self.count = count

    def told(self, command: Any) -> str:
        """What to do, with the options that a command has for it."""
        known = [name for each in command.params for name in each.opts] if command else []
        chosen = ", ".join(name for name in _CHOOSING if name in known)
        if not chosen:
            return str(
                _(
                    "a picture shows one chart, and here are {count}; name a .html, or fewer files",
                    count=self.count,
                )
            )
        return str(
            _(
                "a picture shows one chart, and here are {count}; name a .html, or choose with {options}",
                count=self.count,
                options=chosen,
            )
        )


@contextmanager
def usage_told() -> Iterator[None]:
    """Say in a line what is wrong with the command line, and in another one where to look it up.

    Raises:
        typer.Exit: with 2, after the command line was at fault.
    """
    try:
        yield
    except (_USAGE, CommandLineError) as error:
        command = error.ctx.command_path if error.ctx else "parindex"
        print_usage_fault(command, finding_of(error))
        raise typer.Exit(2) from None


def finding_of(error: Any) -> Finding:
    """What is wrong with the command line; `where` is the option or argument."""
    if isinstance(error, CommandLineError):
        return error.finding
    if not isinstance(error, typer.BadParameter):
        return _of_words(error)
    parameter, hint = error.param, _hint_of(error)
    if isinstance(error, SeveralChartsError):
        told_ = error.told(error.ctx and error.ctx.command)
        return Finding(REQUEST_REFUSED, hint, {"other": told_})
    if parameter is None:  # a command refused it, in our words
        return Finding(REQUEST_REFUSED, hint, {"other": error.message})
    name, expected = hint or name_of(parameter), values_of(error.ctx, parameter)
    if type(error) is not typer.BadParameter:
        return Finding(ARGUMENT_MISSING, name, _known(expected=expected))
    found = next((value for each in parameter.opts for value in told(each)), "")
    near = suggest(found.lower(), expected.split(" | ")) if "|" in expected else ""
    return Finding(VALUE_UNFIT, name, _known(found=found, expected=expected, near=near))


def _hint_of(error: Any) -> str:
    """The option or argument that a command refused, an argument as the help calls it; else empty."""
    hint = str(error.param_hint or "")
    return hint if not hint or hint.startswith("-") else _(hint)


def _known(**parameters: str) -> dict[str, str]:
    """Those parameters of a finding of which something is known."""
    return {name: value for name, value in parameters.items() if value}


def unknown_command(name: str, known: Iterable[str]) -> Finding:
    """The fault of a command that there is not, with what was perhaps meant."""
    near = _LIKE_OPTIONS.get(name.lower()) or suggest(name.lower(), known)
    return Finding(NO_SUCH_COMMAND, name, _known(near=near))


def too_many(words: Iterable[str]) -> Finding:
    """The fault of words that a command does not take."""
    return Finding(TOO_MANY_ARGUMENTS, " ".join(words))


def _of_words(error: Any) -> Finding:
    """What is wrong with words that are no value of an option or argument."""
    option, command = getattr(error, "option_name", ""), error.ctx and error.ctx.command
    if not option:
        return Finding(COMMAND_MISSING)
    if not hasattr(error, "possibilities"):
        return Finding(OPTION_WITHOUT_VALUE, option)
    known = [each for parameter in command.params for each in parameter.opts] if command else []
    near = _alike(option, known)
    return Finding(NO_SUCH_OPTION, option, _known(near=near))


def _alike(option: str, known: Iterable[str]) -> str:
    """The options that are spelt like one, or that begin as it does."""
    names = [each for each in known if each.startswith("--")]
    lower = option.lower().replace("_", "-")
    begun = [each for each in names if len(lower) > 3 and each.startswith(lower)]  # noqa: PLR2004
    return ", ".join(begun) or suggest(lower, names)


def name_of(parameter: Any) -> str:
    """The longest name of an option, or what stands for an argument in the help."""
    name: str = max(parameter.opts, key=len)
    return name if name.startswith("-") else _(parameter.metavar or name.upper())


def values_of(context: Any, parameter: Any) -> str:
    """What a parameter takes, by the type that its command gives it; empty for any text."""
    for kind in kinds_of(context, parameter):
        if get_origin(kind) is Literal:
            return " | ".join(get_args(kind))
        if isinstance(kind, type) and issubclass(kind, Enum):
            return " | ".join(str(each.value) for each in kind)
        if getattr(kind, "max", None) is not None:
            return f"{kind.min}…{kind.max}"
    return ""


def kinds_of(context: Any, parameter: Any) -> Iterator[Any]:
    """The type that a command gives a parameter, and all that it is made of."""
    types = get_type_hints(context.command.callback, include_extras=True)
    pending: list[Any] = [types.get(parameter.name)]
    while pending:
        kind = pending.pop()
        yield kind
        pending += get_args(kind)
