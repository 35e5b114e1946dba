"""A scheme laid out as the annex of a decision: its lines, its table, and general information."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, Final

from msgspec import Struct, field
from pydantic import TypeAdapter, ValidationError

from parindex.office.annexes.about import read_about
from parindex.office.annexes.annex import AnnexRow
from parindex.office.annexes.information import Information, Row, in_cell, rows_of
from parindex.office.annexes.reading import read_annex, read_words
from parindex.office.annexes.rule_words import exact_block, is_said, rule_block
from parindex.office.xlsx.cells import Cell, text_cell
from parindex.office.xlsx.sheet import Sheet
from parindex.rules import AnyRule, Rule
from parindex.scheme.scheme import Adjustment, Criterion, Scheme
from parindex.values.fields import Name
from parindex.values.language import N_, Language

HEAD: Final = (
    N_("No."),
    N_("Area, criterion, sub-criterion"),
    N_("Maximum points"),
    N_("How it is scored"),
    N_("Documents as evidence"),
    N_("Lead office"),
    N_("Notes"),
)
PLACES: Final = (N_("Own code"), N_("Depth"))
"""Headings of two more columns, where the printed numbers do not give codes and depths."""
BLOCKS: Final = {"bonus": N_("Bonus"), "penalty": N_("Penalty")}
_DECISION: Final = N_("(Issued with Decision No. {number} of {date})")
_DATED: Final = N_("{day}/{month}/{year}")
_BARE: Final = N_("(Issued with Decision No. {number})")
_TOTAL: Final = N_("Total")
_IN_TABLE: Final = (
    "code",
    "name",
    "max",
    "guidance",
    "documents",
    "lead",
    "note",
    "rule",
    "children",
)


class Line(Struct):
    """A row of the table: its cells, a maximum as a number; `strong` for areas and the total."""

    cells: tuple[str | Decimal | None, ...]
    strong: bool = False


class Layout(Struct):
    """An annex before any format: `lines` stand above the table, `information` in one of its own."""

    title: str
    lines: list[str]
    head: tuple[str, ...]
    rows: list[Line] = field(default_factory=list)
    information: list[Row] = field(default_factory=list)


def lay_out(scheme: Scheme, say: Language) -> Layout:
    """The annex of a scheme. It is read back here, so that it says what the scheme says.

    Codes and depths have columns of their own where the printed numbers do not give them.
    """
    fields = scheme.model_dump(
        mode="json",
        by_alias=True,
        exclude_defaults=True,
        exclude={"criteria", "adjustments", "max"},
    )
    fields["title"] = _other(scheme.title, say)
    if not fields["title"]:
        del fields["title"]
    lines = [in_cell(say.name(scheme.title)), *_decision(scheme, fields, say)]
    head = tuple(map(say, HEAD))
    for placed in (False, True):
        laid_out = Layout(say.name(scheme.title), lines, head)
        if placed:
            laid_out.head = (*head, *map(say, PLACES))
        laid_out.rows = [*_rows(scheme, say, placed=placed)]
        laid_out.information = [
            *rows_of("", fields, say),
            *(row for _, each in scheme.walk() for row in _criterion_rows(each, say)),
            *(row for block in scheme.adjustments for row in _block_rows(block, say)),
        ]
        if placed or _is_same(laid_out, scheme, say):
            break
    return laid_out


def _decision(scheme: Scheme, fields: dict[str, Any], say: Language) -> Iterator[str]:
    """The line of the decision, where it is read as it is meant; else it stays a field."""
    decision = scheme.decision
    if decision is None:
        return
    day = decision.date
    dated = day and say(_DATED, day=f"{day.day:02}", month=f"{day.month:02}", year=f"{day.year:04}")
    line = (
        say(_DECISION, number=decision.number, date=dated)
        if dated
        else say(_BARE, number=decision.number)
    )
    read = read_about([line])
    if in_cell(line) == line and (read.number, read.date) == (
        decision.number,
        day.isoformat() if day else None,
    ):
        fields["decision"] = {
            key: each for key, each in fields["decision"].items() if key not in ("number", "date")
        }
        if not fields["decision"]:
            del fields["decision"]
        yield line


# The table


def _rows(scheme: Scheme, say: Language, *, placed: bool) -> Iterator[Line]:
    for depth, each in scheme.walk():
        yield _row(each, depth, say, placed=placed)
    places = ("", "") if placed else ()
    yield Line(("", say(_TOTAL), scheme.max, "", "", "", "", *places), strong=True)
    for block in scheme.adjustments:
        name = f"{say(BLOCKS[block.kind])}{f': {say.name(block.name)}' if block.name else ''} [{block.id}]"
        note = in_cell(block.note, lines=True) if block.note else ""
        yield Line(("", in_cell(name), block.cap, "", "", "", note, *places), strong=True)
        for item in block.items:
            yield _row(item, 1, say, placed=placed)


def _row(criterion: Criterion, depth: int, say: Language, *, placed: bool) -> Line:
    places = (criterion.code, str(depth)) if placed else ()
    cells = (
        in_cell(criterion.label or criterion.code),
        in_cell(say.name(criterion.name)),
        criterion.max,
        guidance_cell(criterion, say),
        *(
            in_cell(text, lines=True) if text else ""
            for text in (criterion.documents, criterion.lead, criterion.note)
        ),
    )
    return Line((*cells, *places), strong=bool(criterion.children) or depth == 1)


def guidance_cell(criterion: Criterion, say: Language) -> str:
    """The decision's own words; and the rule's, where reading those does not give the rule."""
    guidance = in_cell(criterion.guidance, lines=True) if criterion.guidance else ""
    if criterion.children:
        return guidance
    wanted = _named(criterion.rule, say)
    blocks = [""] if guidance or wanted is None else []
    blocks += [rule_block(wanted, say)] if is_said(wanted) else []
    blocks += [exact_block(wanted, say)] if wanted else []
    told = [f"{guidance}\n{block}".strip() if block else guidance for block in blocks]
    return next((each for each in told if _reads(each, criterion, wanted)), told[-1])


def _reads(told: str, criterion: Criterion, wanted: Rule | None) -> bool:
    """Whether a cell is read as what is wanted."""
    cell = text_cell(told)
    if cell is None:
        return wanted is None and not criterion.guidance
    row = AnnexRow(0, 1, "", "", "", maximum=criterion.max, guidance=cell.text)
    read_words(row)
    return row.guidance == (criterion.guidance or "") and _model(row) == wanted


def _model(row: AnnexRow) -> Rule | str | None:
    """The rule of a row as a model; what is none is the text of its fault."""
    if row.rule is None:
        return None
    try:
        rule: Rule = TypeAdapter(AnyRule).validate_python(row.rule)
    except ValidationError as error:
        return str(error)
    return rule


def _named(rule: Rule | None, say: Language) -> Rule | None:
    """The rule with the names of its options as the table says them: the others are general information."""
    names = getattr(rule, "names", None)
    if rule is None or not names:
        return rule
    return rule.model_copy(update={"names": {key: Name(vi=say.name(names[key])) for key in names}})


def _other(name: Name | None, say: Language) -> dict[str, str]:
    """A name in the language in which the table does not say it."""
    if name is None:
        return {}
    if say.name(name) != name.vi:
        return {"vi": name.vi}
    return {"en": name.en} if name.en else {}


# General information


def _criterion_rows(criterion: Criterion, say: Language) -> Iterator[Row]:
    fields = criterion.model_dump(
        mode="json", by_alias=True, exclude_defaults=True, exclude=set(_IN_TABLE)
    )
    if fields.get("label") != criterion.code:
        fields.pop("label", None)
    names = getattr(criterion.rule, "names", None) or {}
    others = {key: other for key, name in names.items() if (other := _other(name, say))}
    told: dict[str, Any] = {"name": _other(criterion.name, say), **fields}
    told["rule"] = {"names": others} if others else {}
    yield from rows_of(
        criterion.code, {key: each for key, each in told.items() if each or each is False}, say
    )


def _block_rows(block: Adjustment, say: Language) -> Iterator[Row]:
    told = {"name": _other(block.name, say), "source": block.source}
    yield from rows_of(f"[{block.id}]", {key: each for key, each in told.items() if each}, say)
    for item in block.items:
        yield from _criterion_rows(item, say)


# Read back


def sheet_of(laid_out: Layout) -> Sheet:
    """The table as a file of it is read."""
    sheet = Sheet("annex", "annex", 0, is_hidden=False)
    rows: list[Sequence[str | Decimal | None]] = [
        *([line] for line in laid_out.lines),
        laid_out.head,
        *(line.cells for line in laid_out.rows),
    ]
    for number, row in enumerate(rows, 1):
        cells = {at: cell for at, each in enumerate(row, 1) if (cell := _cell(each))}
        if cells:
            sheet.rows[number] = cells
    return sheet


def _cell(value: str | Decimal | None) -> Cell | None:
    return text_cell(f"{value:f}" if isinstance(value, Decimal) else value or "")


def _is_same(laid_out: Layout, scheme: Scheme, say: Language) -> bool:
    """Whether the table is read as the criteria of the scheme, with all that it holds."""
    annex = read_annex(sheet_of(laid_out), {}, Information())
    if annex is None or annex.passed or len(annex.blocks) != len(scheme.adjustments):
        return False
    pairs = [(annex.areas, scheme.criteria)]
    pairs += [
        (one.items, two.items) for one, two in zip(annex.blocks, scheme.adjustments, strict=True)
    ]
    return all(_are_same(rows, criteria, say) for rows, criteria in pairs)


def _are_same(rows: Sequence[AnnexRow], criteria: Sequence[Criterion], say: Language) -> bool:
    return len(rows) == len(criteria) and all(
        (row.code, row.label, row.name, row.maximum)
        == (each.code, each.label or each.code, say.name(each.name), each.max)
        and _are_same(row.children, each.children, say)
        for row, each in zip(rows, criteria, strict=True)
    )
