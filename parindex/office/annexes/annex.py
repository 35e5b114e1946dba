"""What an annex holds: the tree of its criteria, its printed total, and what is none of them."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from msgspec import Struct, field

from parindex.office.annexes.columns import Head
from parindex.office.annexes.information import Information
from parindex.office.annexes.options import Option
from parindex.office.annexes.wordings import RuleForm
from parindex.office.xlsx.cells import cell_name
from parindex.office.xlsx.sheet import Sheet
from parindex.values.language import N_

NO_NUMBER: Final = N_("the row has no number of its own")
NUMBER_GIVEN: Final = N_("the row has no number; it is taken as a criterion")
CODE_TWICE: Final = N_("the number is printed twice")
POINTS_NOT_READ: Final = N_("the maximum is not a number")
TOO_LITTLE: Final = N_(
    "what is printed below it adds up to {found} of {expected}; it is taken as incomplete"
)
TOO_MUCH: Final = N_(
    "what is printed below it adds up to {found}, more than {expected} (rows {rows})"
)
TOTAL_DIFFERS: Final = N_("the printed total is {expected}, the areas add up to {found}")
OTHER_TOTAL: Final = N_("a total, no criterion")
AS_DAY: Final = N_("the number is stored as a date; format the cell as text and type it anew")
HIDDEN: Final = N_("the row or a column of it is hidden in the file")
SURVEY_POINTS: Final = N_("{found} points of it come from a survey, by a column of their own")
NO_NUMBERS: Final = N_("no row has a number; the rows were counted")
NO_ZEROS: Final = N_("rows of 0 points without numbers: criteria and their options look alike")
AS_OPTIONS: Final = N_(
    "a), b), … are more than the maximum together: taken as options, not as parts"
)
MAYBE_AREA: Final = N_("a row below it has no number and may be an area of its own")
UNREAD: Final = N_("columns that were not read: {found}")
ADJUSTS: Final = N_("a bonus or a penalty that is counted within the maximum")
NO_ITEM: Final = N_("left out: without a maximum it is no item of a bonus or penalty")
BESIDE: Final = N_("taken as a bonus or penalty beside the maximum")


class AnnexRow(Struct):
    """A criterion as an annex prints it.

    `label` is the printed number; `maximum` is in points, None where none is
    printed; `rule` is None where its points are given as they are, and `doubts`
    say what was not understood, or does not add up. `adjusts` is `bonus` or
    `penalty` where it counts beside the criteria, `mixed` where it is both.
    """

    row: int
    depth: int
    code: str
    label: str
    name: str
    maximum: Decimal | None = None
    guidance: str = ""
    documents: str = ""
    lead: str = ""
    note: str = ""
    options: list[Option] = field(default_factory=list)
    children: list["AnnexRow"] = field(default_factory=list)
    rule: RuleForm | None = None
    doubts: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    is_complete: bool = True
    adjusts: str = ""

    def walk(self) -> Iterator["AnnexRow"]:
        """This one and all below it, in the order of the annex."""
        yield self
        for child in self.children:
            yield from child.walk()


class Block(Struct):
    """A bonus or penalty with its items; `cap` is the most that it gives."""

    row: int
    id: str
    kind: str
    name: str
    cap: Decimal | None
    note: str
    items: list[AnnexRow] = field(default_factory=list)


class Annex(Struct):
    """The criteria of an annex, its printed total, and the rows that are none of them.

    `adjustments` are sections of a bonus or a penalty as printed, `blocks` what a
    scheme has of them; `totals` are the printed sums by their rows, `passed` rows
    with their words and why they were passed over. `information` is there for an
    annex that a scheme was written to.
    """

    sheet: Sheet
    head: Head
    areas: list[AnnexRow] = field(default_factory=list)
    adjustments: list[AnnexRow] = field(default_factory=list)
    maximum: Decimal | None = None
    is_complete: bool = True
    totals: list[tuple[int, str, Decimal | None]] = field(default_factory=list)
    passed: list[tuple[int, str, str]] = field(default_factory=list)
    doubts: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    information: Information | None = None

    def rows(self) -> Iterator[AnnexRow]:
        """All criteria in the order of the annex, then what adjusts their sum."""
        items = [item for block in self.blocks for item in block.items]
        for area in [*self.areas, *(self.adjustments or items)]:
            yield from area.walk()

    def leaves(self) -> list[AnnexRow]:
        """The criteria that are scored themselves."""
        return [row for row in self.rows() if not row.children]


def _least(row: AnnexRow) -> tuple[Decimal, bool]:
    """The least that a criterion's maximum can be, and whether it is that."""
    if row.maximum is not None or not row.children:
        return row.maximum or Decimal(0), row.maximum is not None
    parts = [_least(child) for child in row.children]
    return sum((least for least, _ in parts), Decimal(0)), all(known for _, known in parts)


def check_sum(row: AnnexRow) -> None:
    """Compare a printed maximum with what is printed below it."""
    if not row.children or row.maximum is None:
        return
    parts = [_least(child) for child in row.children]
    total, is_known = (
        sum((least for least, _ in parts), Decimal(0)),
        all(known for _, known in parts),
    )
    if total > row.maximum or (is_known and total < row.maximum):
        cells = ", ".join(str(child.row) for child in row.children)
        row.is_complete = total > row.maximum
        told = {"found": f"{total:f}", "expected": f"{row.maximum:f}", "rows": cells}
        row.doubts.append((TOO_MUCH if row.is_complete else TOO_LITTLE, told))


def check_total(annex: Annex) -> None:
    """Take the total of all areas from those that are printed, and compare it with them."""
    parts = [_least(area) for area in annex.areas]
    total, is_known = (
        sum((least for least, _ in parts), Decimal(0)),
        all(known for _, known in parts),
    )
    printed = [each for each in annex.totals if each[2] is not None]
    last = printed[-1] if printed else (0, "", None)
    annex.doubts = [each for each in annex.doubts if each[0] is not TOTAL_DIFFERS]
    annex.passed = [each for each in annex.passed if each[2] is not OTHER_TOTAL]
    whole, _, annex.maximum = next((each for each in reversed(printed) if each[2] == total), last)
    annex.passed += [
        (row, f"{name}: {each:f}", OTHER_TOTAL)
        for row, name, each in printed
        if row != whole and each is not None and each != total
    ]
    most = annex.maximum
    annex.is_complete = not (is_known and most is not None and total < most)
    if most is not None and (total > most or not annex.is_complete):
        annex.doubts.append((TOTAL_DIFFERS, {"found": f"{total:f}", "expected": f"{most:f}"}))


def cell_of(annex: Annex, row: int, column: str = "name") -> str:
    """The cell of a row, as `B7`."""
    return cell_name(row, annex.head.columns.get(column, 1))
