"""What people read: Vietnamese or English words, and numbers the way each writes them.

Messages are English in the code and Vietnamese in a gettext catalog
(`locale/vi`). Nothing here touches data: JSON and CSV never depend on it.
"""

import gettext
import os
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Literal, Protocol

from parindex.values.exact import plain

LanguageCode = Literal["vi", "en"]
_LOCALE_DIR = os.path.join(os.path.dirname(os.path.dirname(__file__)), "locale")  # noqa: PTH118, PTH120


class Named(Protocol):
    """Something with a Vietnamese name and perhaps an English one."""

    @property
    def vi(self) -> str:
        """The Vietnamese name."""

    @property
    def en(self) -> str | None:
        """The English name, if known."""


class Language:
    """One of the two languages: call it with an English message, get the reader's words."""

    def __init__(self, code: LanguageCode) -> None:
        self.code = code
        self._translate: Callable[[str], str] = gettext.translation(
            "parindex", _LOCALE_DIR, languages=[code], fallback=True
        ).gettext

    def __call__(self, message: str, /, **parameters: object) -> str:
        """The message in this language, with `{parameters}` filled in."""
        text = self._translate(message)
        return text.format(**parameters) if parameters else text

    def number(self, value: Decimal | Fraction) -> str:
        """All digits of an exact number, with this language's decimal mark."""
        return self.figures(plain(value))

    def figures(self, text: str) -> str:
        """A text of figures, with this language's decimal mark."""
        return text.replace(".", ",") if self.code == "vi" else text

    def name(self, name: Named) -> str:
        """A name in this language, else in Vietnamese, which every name has."""
        return (name.en or name.vi) if self.code == "en" else name.vi


@cache
def language(code: LanguageCode) -> Language:
    """The language of that code; its catalog is read once."""
    return Language(code)


def code_from_environment(environment: "os._Environ[str] | dict[str, str]") -> LanguageCode:
    """Vietnamese where the locale says so, else English.

    Looks at LC_ALL, LC_MESSAGES and LANG in that order, as gettext does, and
    on Windows at the display language of the user where none of these is set.
    """
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = environment.get(variable)
        if value:
            return "vi" if value.lower().startswith("vi") else "en"
    if os.name == "nt":
        import ctypes

        vietnamese = 0x2A  # the primary language id of Vietnamese in Windows
        windll = ctypes.windll  # type: ignore[attr-defined,unused-ignore]
        if windll.kernel32.GetUserDefaultUILanguage() & 0x3FF == vietnamese:
            return "vi"
    return "en"


def mark(message: str) -> str:
    """Mark a message for translation where it is defined but not yet said."""
    return message
