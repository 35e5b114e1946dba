"""An annex read: its tree of criteria with the rules that its words say, its sums, what adjusts them."""

from collections.abc import Mapping
from decimal import Decimal

from parindex.office.annexes.annex import (
    ADJUSTS,
    AS_OPTIONS,
    BESIDE,
    MAYBE_AREA,
    Annex,
    AnnexRow,
    check_sum,
    check_total,
)
from parindex.office.annexes.columns import find_head
from parindex.office.annexes.options import read_option
from parindex.office.annexes.phrases import read_rule
from parindex.office.annexes.printed import adjusts_by
from parindex.office.annexes.rows import take_rows
from parindex.office.annexes.wordings import NOT_UNDERSTOOD, RuleForm, RuleReading
from parindex.office.xlsx.sheet import Sheet


def read_annex(sheet: Sheet, told: Mapping[str, int]) -> Annex | None:
    """The annex of a sheet, or None where it has no table of criteria.

    Args:
        sheet: the sheet, or a table of a document.
        told: columns that the user named.
    """
    head = find_head(sheet, told)
    if head is None:
        return None
    annex = Annex(sheet, head)
    take_rows(annex)
    for row in [*annex.rows()]:
        _options_of_parts(row)
    for area in [*annex.areas]:
        if (
            not (area.children or area.label or area.guidance or area.adjusts)
            and area.maximum is None
        ):
            annex.areas.remove(area)
            annex.passed.append((area.row, area.name, ""))
    check_total(annex)
    _part_adjustments(annex)
    if annex.adjustments:
        check_total(annex)
    for row in annex.rows():
        _read_rule(row)
        check_sum(row)
    return annex if annex.areas else None


def _options_of_parts(row: AnnexRow) -> None:
    """`a)`, `b)`, `c)` with points up to the maximum and down to 0 are options, no parts of it."""
    parts = row.children
    known = [part.maximum for part in parts if part.maximum is not None]
    if len(known) < 2 or len(known) < len(parts) or any(part.children for part in parts):  # noqa: PLR2004
        return
    is_listed = all(part.label.isalpha() and part.label.islower() for part in parts)
    if is_listed and max(known) == row.maximum and (min(known) == 0 or sum(known) > row.maximum):
        options = (read_option(part.name, f"{part.maximum:f}") for part in parts)
        row.options, row.children = [each for each in options if each], []
        row.doubts += [(AS_OPTIONS, {})] if min(known) else []


def _part_adjustments(annex: Annex) -> None:
    """Put sections of bonus and penalty beside the areas, unless the printed total counts them."""
    sections = [area for area in annex.areas if area.adjusts]
    if not sections or len(sections) == len(annex.areas):
        return
    is_counted = (
        annex.maximum is not None and not annex.doubts and _sum_known(annex) == annex.maximum
    )
    for area in sections:
        parts = [area] if area.adjusts != "mixed" else area.children
        kinds = [part.adjusts if part is area else adjusts_by(part.name) for part in parts]
        if is_counted or not parts or not {"bonus", "penalty"}.issuperset(kinds):
            area.doubts.append((ADJUSTS, {}))
            continue
        annex.areas.remove(area)
        for part, kind in zip(parts, kinds, strict=True):
            for each in part.walk():
                each.adjusts = kind
            part.doubts.append((BESIDE, {}))
        annex.adjustments += parts


def _sum_known(annex: Annex) -> Decimal:
    """What all areas that print a maximum add up to."""
    return sum((area.maximum for area in annex.areas if area.maximum is not None), Decimal(0))


def _read_rule(row: AnnexRow) -> None:
    """The rule of a criterion without parts."""
    if row.children:
        if row.options:
            row.guidance = "\n".join([row.guidance, *(each.words for each in row.options)]).strip()
        return
    reading = read_rule(row.guidance, row.maximum, row.options)
    if row.options and row.guidance:
        again = read_rule(row.guidance, row.maximum)
        if again.doubt or (again.rule and not _gives_same(again.rule, reading.rule)):
            reading = RuleReading(None, NOT_UNDERSTOOD)
    if any(words in (AS_OPTIONS, MAYBE_AREA) for words, _ in row.doubts):
        reading = RuleReading(None)
    row.rule = reading.rule
    if row.rule and row.rule["kind"] == "watch":
        row.maximum = Decimal(0)
    if reading.doubt:
        row.doubts.append((reading.doubt, {}))
    if row.rule and row.adjusts == "penalty":
        row.rule = _of_penalty(row.rule, row.maximum)
        row.doubts += [] if row.rule else [(NOT_UNDERSTOOD, {})]
    if row.options and not row.guidance:
        row.guidance = "\n".join(each.printed for each in row.options)


def _gives_same(rule: RuleForm, other: RuleForm | None) -> bool:
    """Whether two rules have the same points, whatever the words of their options."""
    figures = [
        sorted(each["options"].values()) if each["kind"] == "choice" else each
        for each in (rule, other or {"kind": ""})
    ]
    return figures[0] == figures[1]


def _of_penalty(rule: RuleForm, maximum: Decimal | None) -> RuleForm | None:
    """What each thing takes off is what it adds to a penalty."""
    if rule["kind"] != "deduct":
        return None
    step = rule["step"]
    share = (
        Decimal(step.removesuffix("%")) / 100 * (maximum or 0) if isinstance(step, str) else step
    )
    return {"kind": "count", "each": share}
