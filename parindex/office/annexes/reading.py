"""An annex read: its tree of criteria with the rules that its words say, its sums, what adjusts them."""

from collections.abc import Mapping
from decimal import Decimal

from parindex.office.annexes.annex import (
    ADJUSTS,
    AS_OPTIONS,
    BESIDE,
    MAYBE_AREA,
    NO_ITEM,
    Annex,
    AnnexRow,
    Block,
    check_sum,
    check_total,
)
from parindex.office.annexes.columns import find_head
from parindex.office.annexes.information import Information
from parindex.office.annexes.options import read_option
from parindex.office.annexes.own_rows import OwnRows
from parindex.office.annexes.phrases import read_rule
from parindex.office.annexes.printed import adjusts_by
from parindex.office.annexes.quoted import out_of_cell
from parindex.office.annexes.rows import Rows
from parindex.office.annexes.rule_words import NotRead, form_of, parted
from parindex.office.annexes.wordings import NOT_UNDERSTOOD, RuleForm, RuleReading
from parindex.office.xlsx.sheet import Sheet


def read_annex(
    sheet: Sheet, told: Mapping[str, int], information: Information | None = None
) -> Annex | None:
    """The annex of a sheet, or None where it has no table of criteria.

    Args:
        sheet: the sheet, or a table of a document.
        told: columns that the user named.
        information: what is said beside the table, where a scheme was written to it.
    """
    head = find_head(sheet, told)
    if head is None:
        return None
    annex = Annex(sheet, head, information=information)
    (Rows if information is None else OwnRows)(annex).read()
    if information is not None:
        annex.maximum = next((each for _, _, each in reversed(annex.totals)), None)
        for row in annex.rows():
            read_words(row)
        return annex
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
    for section in annex.adjustments:
        _take_block(annex, section)
    return annex if annex.areas else None


def read_words(row: AnnexRow) -> None:
    """The rule of a criterion of an annex to which a scheme was written, and its guidance.

    The words of a rule behind their mark go before those of the guidance.
    """
    guidance, words = parted(row.guidance)
    text, _ = out_of_cell(guidance)
    if row.children or words is None:
        row.guidance = text
        if not row.children:
            _read_rule(row, keeps_maximum=True)
        return
    try:
        row.guidance, row.rule = text, form_of(words)
    except NotRead:
        reading = read_rule(words, row.maximum)
        row.rule = reading.rule
        row.doubts += [] if reading.rule else [(reading.doubt or NOT_UNDERSTOOD, {})]


def _take_block(annex: Annex, section: AnnexRow) -> None:
    """The bonus or penalty of a section: its leaves with a maximum are the items."""
    leaves = [row for row in section.walk() if not row.children]
    items = [row for row in leaves if row.maximum]
    for row in leaves:
        row.doubts += [] if row.maximum else [(NO_ITEM, {})]
    if items:
        block_id = f"{section.adjusts}-{len(annex.blocks) + 1}"
        name, cap = section.name, section.maximum or None
        annex.blocks.append(Block(section.row, block_id, section.adjusts, name, cap, "", items))


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


def _read_rule(row: AnnexRow, *, keeps_maximum: bool = False) -> None:
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
    if row.rule and row.rule["kind"] == "watch" and not keeps_maximum:
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
