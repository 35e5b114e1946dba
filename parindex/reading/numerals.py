"""Numbers as officials type them: with a point or a comma, never guessed."""

import re
from decimal import Decimal
from typing import Final, Literal

from parindex.values.codes import AMBIGUOUS_NUMBER, TOO_LONG, WRONG_TYPE
from parindex.values.fields import MAX_DIGITS, fault, short

DecimalMark = Literal["comma", "point"]
_SIMPLE: Final = re.compile(r"-?[0-9]+(?:[.,][0-9]+)?")
_GROUPS: Final = re.compile(r"-?[1-9][0-9]{0,2}(?:(?:\.[0-9]{3}){2,}|(?:,[0-9]{3}){2,})")


def read_number(
    text: str,
    mark: DecimalMark | None = None,
    most: Decimal | None = None,
    *,
    counted: bool = False,
) -> Decimal:
    """The number that a text means.

    The point is the decimal mark, and a comma is one too. Before exactly three
    digits, however, a comma may separate thousands, and in a count so may a
    point: such a text is a decimal only where the other reading is above the
    most that the field can hold, and refused elsewhere.

    Args:
        text: what stands in the file.
        mark: which of comma and point is the decimal mark, where the user said so.
        most: the largest possible value of the field, if known.
        counted: whether the field counts things.

    Raises:
        PydanticCustomError: P110 not a number, P111 too many digits, P112 two readings.
    """
    text = text.strip()
    if len(text) > MAX_DIGITS:
        raise fault(TOO_LONG, found=short(text, 20), expected=f"≤ {MAX_DIGITS}")
    if text.isdecimal() and text.isascii():
        return Decimal(text)
    if mark is not None:
        return _marked(text, mark)
    if counted and _GROUPS.fullmatch(text):
        return Decimal(re.sub("[.,]", "", text))
    if not _SIMPLE.fullmatch(text):
        raise _not_a_number(text)
    decimal = Decimal(text.replace(",", "."))
    separators = ".," if counted else ","
    if re.fullmatch(rf"-?[1-9][0-9]{{0,2}}[{separators}][0-9]{{3}}", text):
        thousands = Decimal(re.sub("[.,]", "", text))
        if most is None or abs(thousands) <= most:
            readings = f"{decimal:f} / {thousands:f}"
            raise fault(AMBIGUOUS_NUMBER, found=text, expected=readings)
    return decimal


def _marked(text: str, mark: DecimalMark) -> Decimal:
    decimal, thousands = (",", ".") if mark == "comma" else (".", ",")
    whole = rf"(?:[0-9]+|[0-9]{{1,3}}(?:\{thousands}[0-9]{{3}})+)"
    if not re.fullmatch(rf"-?{whole}(?:\{decimal}[0-9]+)?", text):
        raise _not_a_number(text)
    return Decimal(text.replace(thousands, "").replace(decimal, "."))


def _not_a_number(text: str) -> Exception:
    return fault(WRONG_TYPE, found=short(text), expected="12.5 / 12,5")
