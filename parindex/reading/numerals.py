"""Numbers as officials type them: with a point or a comma, never guessed."""

import re
from decimal import Decimal
from typing import Final

from parindex.values import language
from parindex.values.codes import AMBIGUOUS_NUMBER, TOO_LONG, WRONG_TYPE
from parindex.values.fields import MAX_DIGITS, fault, short

DecimalMark = language.DecimalMark
NUMBER: Final = language.N_("12.5 / 12,5")
_SIMPLE: Final = re.compile(r"-?[0-9]+(?:[.,][0-9]+)?")
_GROUPS: Final = re.compile(r"-?[1-9][0-9]{0,2}(?:(?:\.[0-9]{3}){2,}|(?:,[0-9]{3}){2,})")

_THOUSANDS: Final = re.compile(
    r"-?[1-9][0-9]{0,2}(?:(?:\.[0-9]{3})+,[0-9]+|(?:,[0-9]{3})+\.[0-9]+)"
)


def read_number(
    text: str,
    mark: DecimalMark | None = None,
    most: Decimal | None = None,
    *,
    counted: bool = False,
    expected: str = NUMBER,
    whole: str = "",
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
        expected: what is expected instead of a text that is no number.
        whole: the text of which it is a part, as it is found wrong.

    Raises:
        PydanticCustomError: P110 not a number, P111 too many digits, P112 two readings.
    """
    text = text.strip()
    if len(text) > MAX_DIGITS:
        raise fault(TOO_LONG, found=short(text, 20), expected=f"≤ {MAX_DIGITS}")
    if text.isdecimal() and text.isascii():
        return Decimal(text)
    if mark is not None:
        decimal, thousands = (",", ".") if mark == "comma" else (".", ",")
        digits = rf"(?:[0-9]+|[0-9]{{1,3}}(?:\{thousands}[0-9]{{3}})+)"
        if not re.fullmatch(rf"-?{digits}(?:\{decimal}[0-9]+)?", text):
            raise fault(WRONG_TYPE, found=short(whole or text), expected=expected)
        return Decimal(text.replace(thousands, "").replace(decimal, "."))
    if counted and _GROUPS.fullmatch(text):
        return Decimal(re.sub("[.,]", "", text))
    if _THOUSANDS.fullmatch(text):
        plain = text.replace("." if text.rfind(".") < text.rfind(",") else ",", "")
        raise fault(WRONG_TYPE, found=short(whole or text), expected=plain)
    if not _SIMPLE.fullmatch(text):
        raise fault(WRONG_TYPE, found=short(whole or text), expected=expected)
    figure = Decimal(text.replace(",", "."))
    separators = ".," if counted else ","
    if re.fullmatch(rf"-?[1-9][0-9]{{0,2}}[{separators}][0-9]{{3}}", text):
        other = Decimal(re.sub("[.,]", "", text))
        if most is None or abs(other) <= most:
            raise fault(AMBIGUOUS_NUMBER, found=text, expected=f"{text}0 / {other:f}")
    return figure
