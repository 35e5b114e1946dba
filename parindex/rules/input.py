"""What a rule is given: the field of a scorecard's file, and how a workbook asks for it."""

from typing import Final, Literal

from msgspec import Struct

from parindex.values.language import N_

Field = Literal["points", "answer", "items", "count", "date", "answers", "figures", "value"]


class Input(Struct, frozen=True):
    """A kind of input. A workbook has one cell for it, or a row for each thing that a rule names.

    `field` is its name in a scorecard's file, `how` says how the cell is filled in, and
    `row` how each row of a list is; empty where there is no list. With `has_whole` the
    whole of a ratio may be given beside it; with `needs_sign` a figure without a
    whole is a percentage, and must have its sign.
    """

    field: Field
    how: str
    row: str = ""
    has_whole: bool = False
    needs_sign: bool = False


_LIST: Final = N_("Fill in every row of the list below.")
POINTS: Final = Input("points", N_("Points, in the column of the self-assessment."))
OPTION: Final = Input("answer", N_("Choose from the list."))
ITEMS: Final = Input("items", _LIST, N_("Yes or no."))
COUNT: Final = Input("count", N_("How many: a whole number, 0 where there was none."))
DAY: Final = Input("date", N_("The day on which it was done: day/month/year."))
ANSWERS: Final = Input("answers", _LIST, N_("How many gave this answer; 0 where nobody did."))
FIGURES: Final = Input(
    "figures", _LIST, N_("The figure: a number, a percentage with its sign, or a day.")
)
NUMBER: Final = Input("value", N_("The figure, as a plain number."))
PERCENT: Final = Input(
    "value",
    N_("The part, and the whole beside it (234 of 543); or a percentage with its sign (97.2%)."),
    has_whole=True,
    needs_sign=True,
)
FIGURE: Final = Input(
    "value", N_("The figure; of a ratio the part, and the whole beside it."), has_whole=True
)
