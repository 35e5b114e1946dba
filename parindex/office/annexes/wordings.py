"""What reading the words of an annex rests on: the doubts, folded words, numbers, what a reading is."""

import re
from decimal import Decimal
from typing import Any, Final, NamedTuple

from parindex.values.fuzzy import fold_marks
from parindex.values.language import N_

NUMBER: Final = r"\d{1,4}(?:[.,]\d{1,4})?"
"""A number in words."""
RuleForm = dict[str, Any]
"""A rule in the form of a scheme file; its numbers are decimals."""

NOT_UNDERSTOOD: Final = N_("these words are not understood")
SEVERAL_AMOUNTS: Final = N_("several amounts are taken off or added")
BEST_NOT_MAXIMUM: Final = N_("no option gives the maximum, and together they do not give it")
STEPS_DO_NOT_MEET: Final = N_("the steps leave a gap, overlap, or do not go from 100 % down to 0 %")
NO_MAXIMUM: Final = N_("the maximum is not printed")
BELOW_ZERO: Final = N_("an option gives less than 0 points")
OTHER_NUMBER: Final = N_("two numbers that should be the same differ")
JUMP: Final = N_("below the target it is the rate, not its share of the target")


class RuleReading(NamedTuple):
    """What the words of a sub-criterion say of its rule.

    `rule` is None where points are given as they are; `doubt` says why words
    that speak of points were not read as a rule, else it is empty.
    """

    rule: RuleForm | None
    doubt: str = ""


def fold_words(text: str) -> str:
    """Small letters without marks, one space between words, one form of each sign."""
    words = fold_marks(text).lower()
    for sign, plain in (("–", "-"), ("—", "-"), ("−", "-"), ("≥", ">="), ("≤", "<="), ("×", "*")):
        words = words.replace(sign, plain)
    return re.sub(r"\s+", " ", words.replace("÷", "/").replace("[", "(").replace("]", ")")).strip()


def to_number_if(printed: str | None) -> Decimal | None:
    """The number where one is printed."""
    return to_number(printed) if printed else None


def to_number(printed: str) -> Decimal:
    """A printed number with a comma or a full stop as its decimal mark."""
    return Decimal(printed.replace(",", "."))
