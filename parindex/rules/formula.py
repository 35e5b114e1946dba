"""Points as a formula for spreadsheets, in the functions that all of them have (OpenFormula).

A formula names its cells in braces, as `str.format` fills them in: `{result}` what was
reported, `{whole}` the whole beside it, `{max}` the maximum points, `{names}` and
`{worths}` the ranges of the options and of their points, and `{0}`, `{1}`, … the
rows of a list in the order of `Rule.named`. It gives an empty text for input
that the rule refuses.
"""

from decimal import Decimal
from typing import Final

from parindex.rules.options import YES_NO
from parindex.values.exact import to_text
from parindex.values.fields import Amount

RESULT: Final = "{result}"
WHOLE: Final = "{whole}"
MAX: Final = "{max}"
RATE: Final = 'ROUND(IF({whole}="",{result},{result}/{whole}),12)'
"""A rate from 0 to 1, at so many decimals that binary floats do not decide."""
MOST_LEVELS: Final = 50
"""A spreadsheet nests 64 functions."""


def share(percent: Decimal) -> str:
    """A percentage as a number from 0 to 1."""
    return to_text(percent / 100)


def worth(amount: Amount) -> str:
    """Points, or a share of the maximum."""
    return f"{MAX}*{share(amount.value)}" if amount.is_share else to_text(amount.value)


def of_option() -> str:
    """The points beside the option that was chosen; no letter of it stands for others."""
    told = RESULT
    for letter in "~*?":
        told = f'SUBSTITUTE({told},"{letter}","~{letter}")'
    found = f"INDEX({{worths}},MATCH({told},{{names}},0))"
    return f'IF({RESULT}="","",IFERROR({found},""))'


def if_yes(row: int, worth: str) -> str:
    """The worth where a row says yes, 0 where it says no; an error where it says neither."""
    yes, no = (",".join(f'TRIM({{{row}}})="{word}"' for word in words) for words in YES_NO)
    return f"IF(OR({yes}),{worth},IF(OR({no}),0,NA()))"


def of_count(points: str) -> str:
    """Points of a whole number of 0 or more."""
    is_count = f"AND({RESULT}>=0,INT({RESULT})={RESULT})"
    return f'IF(ISNUMBER({RESULT}),IF({is_count},{points},""),"")'


def of_number(points: str) -> str:
    """Points of a plain number of 0 or more."""
    return f'IF(ISNUMBER({RESULT}),IF({RESULT}>=0,{points},""),"")'


def of_rate(points: str, no_cases: str | None = None) -> str:
    """Points of a rate from 0 to 1: none of 0/0, unless the rule says what that gives."""
    empty = {"full-points": MAX, "zero": "0"}.get(no_cases or "", '""')
    typed = f'ISNUMBER({RESULT}),OR({WHOLE}="",ISNUMBER({WHOLE}))'
    told = f'IF(AND({typed},{RATE}>=0,{RATE}<=1),{points},"")'
    no_case = f"AND(ISNUMBER({RESULT}),ISNUMBER({WHOLE}),{RESULT}=0,{WHOLE}=0)"
    return f'IFERROR(IF({no_case},{empty},{told}),"")'
