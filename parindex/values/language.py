"""What people read: Vietnamese or English words, and numbers the way each writes them.

Messages are English in the code and Vietnamese in a gettext catalog
(`locale/vi`). Nothing here touches data: JSON and CSV never depend on it.
"""

import gettext
import os
import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Final, Literal, NamedTuple, Protocol

from parindex.values.exact import to_text

LanguageCode = Literal["vi", "en"]
DecimalMark = Literal["comma", "point"]
"""Which of comma and point is the decimal mark of a text."""


class Named(Protocol):
    """A name in each language; Vietnamese is never missing."""

    @property
    def vi(self) -> str:
        """The Vietnamese name."""

    @property
    def en(self) -> str | None:
        """The English name, where one is known."""


class Spelling(NamedTuple):
    """How a language is written: decimal mark, sign of percent, tag of documents, number in Windows."""

    decimal_mark: str
    percent: str
    tag: str
    windows: int


LANGUAGES: Final[dict[LanguageCode, Spelling]] = {
    "vi": Spelling(",", "%", "vi-VN", 0x2A),
    "en": Spelling(".", " %", "en-GB", 0x09),
}
"""Every language, in the order in which words of several languages are listed."""
_DECIMAL: Final = re.compile(r"(?<![\d.])(\d+)\.(\d+)(?!\.?\d)")
_ALSO: Final[dict[str, LanguageCode]] = {"vn": "vi"}
"""What people type for a language that is none of the codes, and can mean nothing else."""
SOURCE: Final = "en"
"""The language of messages and ids in the code, and of readers who have none of these."""
_LOCALE_DIR = os.path.join(os.path.dirname(os.path.dirname(__file__)), "locale")  # noqa: PTH118, PTH120


class Language:
    """One of the languages: call it with an English message, get the reader's words."""

    def __init__(self, code: LanguageCode) -> None:
        self.code = code
        self.spelling = LANGUAGES[code]
        self._translate: Callable[[str], str] = gettext.translation(
            "parindex", _LOCALE_DIR, languages=[code], fallback=True
        ).gettext

    def __call__(self, message: str, /, **parameters: object) -> str:
        """The message in this language, with `{parameters}` filled in."""
        text = self._translate(message)
        return text.format(**parameters) if parameters else text

    def number(self, value: Decimal | Fraction) -> str:
        """All digits of an exact number, with this language's decimal mark."""
        return self.figures(to_text(value))

    def percent(self, value: Decimal | Fraction) -> str:
        """All digits of a percentage: 65.49 % in English, 65,49% in Vietnamese."""
        return f"{self.number(value)}{self.spelling.percent}"

    def figures(self, text: str) -> str:
        """A text of figures as `65.49 %`, with this language's decimal mark and sign of percent."""
        return text.replace(".", self.spelling.decimal_mark).replace(" %", self.spelling.percent)

    def decimals(self, text: str) -> str:
        """A text with this language's mark in its decimals; `1.1.1` and words are left."""
        return _DECIMAL.sub(rf"\1{self.spelling.decimal_mark}\2", text).replace(
            " %", self.spelling.percent
        )

    def name(self, name: Named) -> str:
        """A name in this language, else in Vietnamese, which every name has."""
        text: str | None = getattr(name, self.code)
        return text or name.vi

    @property
    def place(self) -> int:
        """The place of this language in words of several languages."""
        return [*LANGUAGES].index(self.code)

    def pick(self, words: Sequence[str]) -> str:
        """The word of this language, of words in the order of the languages; else the last."""
        return words[min(self.place, len(words) - 1)]


@cache
def language(code: LanguageCode) -> Language:
    """The language of that code; its catalog is read once."""
    return Language(code)


def code_named(text: str) -> LanguageCode | None:
    """The language that a text names: `vi`, `VI`, `vi_VN` and `vn`; None where it names none."""
    name = re.split("[-_.]", text.strip().lower(), maxsplit=1)[0]
    return _ALSO.get(name) or next((code for code in LANGUAGES if code == name), None)


def code_from_environment(environment: "os._Environ[str] | dict[str, str]") -> LanguageCode:
    """The language of `PARINDEX_LANG`, else of the locale; English where it is none of those there are.

    Of the locale it looks at LC_ALL, LC_MESSAGES and LANG in that order, as gettext does, and
    on Windows at the display language of the user where none of these is set.
    """
    told = code_named(environment.get("PARINDEX_LANG", ""))
    if told:
        return told
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = environment.get(variable)
        if value:
            return next((code for code in LANGUAGES if value.lower().startswith(code)), SOURCE)
    if os.name == "nt":
        import ctypes

        windll = ctypes.windll  # type: ignore[attr-defined,unused-ignore]
        shown = (
            windll.kernel32.GetUserDefaultUILanguage() & 0x3FF
        )  # the language without its country
        return next((code for code, each in LANGUAGES.items() if each.windows == shown), SOURCE)
    return SOURCE


def N_(message: str) -> str:  # noqa: N802 gettext calls it so
    """Mark a message for translation where it is defined but not yet said."""
    return message
