"""The language of this run, known before any command is imported, so that help speaks it too."""

import os
import sys
from collections.abc import Iterator, Sequence
from typing import Any

from parindex.values.language import (
    Language,
    LanguageCode,
    code_from_environment,
    code_named,
    language,
)


def given(arguments: Sequence[str], option: str) -> Iterator[str]:
    """What the arguments give for an option, before anything is known of their command."""
    for position, argument in enumerate(arguments):
        if argument == "--":
            return
        if argument == option:
            yield next(iter(arguments[position + 1 :]), "")
        elif argument.startswith(f"{option}="):
            yield argument.removeprefix(f"{option}=")


def chosen(arguments: Sequence[str]) -> LanguageCode:
    """The language that the arguments ask for with `--lang`, else that of the locale."""
    for value in given(arguments, "--lang"):
        code = code_named(value)
        if code:
            return code
    return code_from_environment(os.environ)


_SAY = language(chosen(sys.argv[1:]))


def _(message: str, /, **parameters: object) -> Any:
    """A message in the language of this run."""
    return _SAY(message, **parameters)


def current() -> Language:
    """The language of this run."""
    return _SAY
