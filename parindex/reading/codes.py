"""Codes of criteria as people type them: `1.1.`, `2*`, `3)`, `TC 1,1`, `Ⅱ`, with letters that nobody sees."""

import re
from collections.abc import Container, Iterator
from functools import lru_cache
from typing import Final

from parindex.values.normal import normalized, unseen_removed

_MARKS: Final = " \t\n.,;:/*()[]{}'\"’‘`´†‡#+-–—_"
"""What may surround a code."""
_CODE: Final = re.compile(r"\w[\w.\-]{0,39}")
_LONGEST: Final = 200
"""Letters of a text that may be a code with words around it."""
_WORDS: Final = re.compile(
    r"(?:tiêu chí thành phần|tiêu chí|lĩnh vực|tiểu mục|mục|phần|nội dung|chỉ số|mã|số|"
    r"tctp|tc|lv|stt|tt|criterion|sub-criterion|area|item|code|no)\b[\s.:]*(?=[0-9IVX])"
    r"|(?:tctp|tc|lv)[\s.:]*(?=[0-9])",
    re.IGNORECASE,
)
"""Words before a code."""
_ROMAN: Final = re.compile(r"(X{0,3})(IX|IV|V?I{0,3})(?![A-Za-z])")
_VALUES: Final = {"I": 1, "V": 5, "X": 10}
_NARROW: Final = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
_RAISED: Final = re.compile("[\u2070\u00b9\u00b2\u00b3\u2074-\u208e]+$")
"""Footnote marks behind a code."""


def narrow(text: str) -> str:
    """The text with letters, digits and signs of full width, as `２０１８：`, in their usual width."""
    return text if text.isascii() else text.translate(_NARROW)


def code_meant(text: str, known: Container[str]) -> str:
    """The code that a text means, where it is one of `known`; else the text, if need be without marks.

    Nothing of a code itself is passed over: `1.1a` is not `1.1`, and neither is `1.1 (2)`.
    """
    if text in known or len(text) > _LONGEST:
        return text
    readings = _readings(text)
    found = [code for code in readings if code in known]
    return next(iter(found or filter(_CODE.fullmatch, readings)), readings[0])


@lru_cache(maxsize=4096)
def _readings(text: str) -> tuple[str, ...]:
    """What a text may mean as a code, the plainest first."""
    bare = normalized("NFKC", _RAISED.sub("", unseen_removed(text).strip()))
    plain = " ".join(bare.split())
    return tuple(dict.fromkeys((plain.rstrip(".") or plain, *_cleaned(plain))))


def _cleaned(text: str) -> Iterator[str]:
    for bare in (text.strip(_MARKS), _WORDS.sub("", text.strip(_MARKS), count=1).strip(_MARKS)):
        code = re.sub(r"\s*[.,]\s*", ".", bare)
        yield code
        yield _arabic(code)


def _arabic(code: str) -> str:
    """A code whose first number is Roman, as `II.1`, with an Arabic one."""
    match = _ROMAN.match(code)
    if match is None or not match[0]:
        return code
    values = [_VALUES[letter] for letter in match[0]]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return f"{sum(-one if one < after else one for one, after in pairs)}{code[match.end() :]}"
