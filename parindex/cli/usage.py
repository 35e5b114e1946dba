"""Faults of the command line in our words: those of the library are English and differ by release."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import Enum
from typing import Any, Final, Literal, get_args, get_origin, get_type_hints

import typer

from parindex.cli.talk import line, manner, print_usage_fault, told
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
from parindex.values.language import N_

_YEAR: Final = re.compile("[12][0-9]{3}")
_USAGE: Final[Any] = typer.BadParameter.__base__
_LIKE_OPTIONS: Final = {"help": "--help", "version": "--version", "trợ-giúp": "--help"}
"""Words that people type as commands, and the options that do it."""


MEANT: Final = frozenset(
    (
        *(N_("leaf"), N_("criterion"), N_("area"), N_("origin"), N_("lead")),
        *(N_("self-assessment"), N_("analysis"), N_("ranking"), N_("plan")),
        *(N_("self"), N_("appraised"), N_("reappraised"), N_("final")),
        *(N_("province"), N_("ministry"), N_("department"), N_("central-agency")),
        *(N_("district"), N_("commune")),
        *(N_("result"), N_("part"), N_("band-count"), N_("figure")),
        *(N_("competition"), N_("dense"), N_("ordinal"), N_("comma"), N_("point")),
    )
)
"""Choices that are words of the field: a fault tells them with their meaning in the reader's language."""


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
        finding = finding_of(error)
        print_usage_fault(command, finding if manner().as_json else _with_meanings(finding))
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


def _with_meanings(finding: Finding) -> Finding:
    """The same with what each choice means, where the reader's language has another word for it."""
    told = finding.parameters.get("expected", "").split(" | ")
    words = [_meant(each) for each in told]
    if words == told:
        return finding
    return Finding(
        finding.code, finding.where, {**finding.parameters, "expected": " | ".join(words)}
    )


def _meant(choice: str) -> str:
    word = _(choice) if choice in MEANT else choice
    return choice if word == choice else f"{choice} ({word})"


def _known(**parameters: str) -> dict[str, str]:
    """Those parameters of a finding of which something is known."""
    return {name: value for name, value in parameters.items() if value}


def unknown_command(name: str, known: Iterable[str]) -> Finding:
    """The fault of a command that there is not, with what was perhaps meant."""
    near = _LIKE_OPTIONS.get(name.lower()) or suggest(name.lower(), known)
    return Finding(NO_SUCH_COMMAND, name, _known(near=near))


def too_many(words: Sequence[str], context: Any) -> Finding:
    """The fault of words that a command does not take, with the options that they may be meant for."""
    command = context.command
    names = {name for each in command.params for name in each.opts}
    arguments = [each.name for each in command.params if each.param_type_name == "argument"]
    given = [each for name in arguments if isinstance(each := context.params.get(name), str)]
    near = [f'--unit "{each}"' for each in (*given, *words) if "--unit" in names and _is_unit(each)]
    near += [f"--year {each}" for each in words if "--year" in names and _YEAR.fullmatch(each)]
    return Finding(TOO_MANY_ARGUMENTS, " ".join(words), _known(near=" ".join(near)))


def _is_unit(name: str) -> bool:
    """Whether a word is the name of a province, however it is spelt."""
    from parindex.published_figures.units import units_named

    return bool(units_named(name))


def check_dashes(words: Sequence[str], parameters: Sequence[Any], context: Any) -> None:
    """Refuse a long option behind one dash: `-output x` would be `-o` with the value `utput`.

    Raises:
        CommandLineError: there is one, with how it is written.
    """
    known = {name for each in parameters for name in each.opts if name.startswith("--")}
    before = words[: words.index("--")] if "--" in words else words
    for word in before:
        name = f"-{word.partition('=')[0]}"
        if len(word) > 2 and word[1] != "-" and name in known:  # noqa: PLR2004
            raise CommandLineError(Finding(NO_SUCH_OPTION, word, {"near": name}), context)


def _of_words(error: Any) -> Finding:
    """What is wrong with words that are no value of an option or argument."""
    option, command = getattr(error, "option_name", ""), error.ctx and error.ctx.command
    if not option:
        return Finding(COMMAND_MISSING)
    if not hasattr(error, "possibilities"):
        return Finding(OPTION_WITHOUT_VALUE, option)
    known = [each for parameter in command.params for each in parameter.opts] if command else []
    if not option.startswith("--"):  # the library took its letters for options of their own
        option = next((each for each in line() if each.startswith(option)), option)
    near = alike(option if option.startswith("--") else f"-{option}", known)
    return Finding(NO_SUCH_OPTION, option, _known(near=near))


def alike(option: str, known: Iterable[str]) -> str:
    """The options with the same letters as one, that begin as it does, or that are spelt like it."""
    names = [each for each in known if each.startswith("--")]
    lower = option.lower().replace("_", "-")
    begun = [each for each in names if len(lower) > 3 and each.startswith(lower)]  # noqa: PLR2004
    swapped = [each for each in names if sorted(each) == sorted(lower)]
    return ", ".join(swapped or begun) or suggest(lower, names)


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
