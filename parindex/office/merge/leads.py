"""Lead offices from a table of `code, lead`, for a scheme that names none or other ones."""

from collections.abc import Mapping, Sequence
from typing import Final

from parindex.findings import InputError
from parindex.office.annexes.columns import columns_in
from parindex.office.sheets import open_sheets
from parindex.office.xlsx.sheet import Sheet
from parindex.reading.document import fault
from parindex.reading.source import read_bytes
from parindex.scheme.scheme import Criterion, Scheme
from parindex.scheme.unknown_code import told_of
from parindex.values.codes import DUPLICATE_KEY, MISSING_FIELD, UNKNOWN_CODE
from parindex.values.finding import Finding, Place
from parindex.values.language import N_

_HEADINGS: Final = N_("a table with the headings code and lead (Mã tiêu chí, Cơ quan chủ trì)")
_MOST_ROWS: Final = 200


def with_leads(scheme: Scheme, file: str) -> Scheme:
    """The scheme with the lead offices of a table: of a criterion, and of what is below it.

    Args:
        scheme: the scheme; what the table does not name keeps its office.
        file: CSV, a workbook or a document with a table.

    Raises:
        InputError: the file cannot be read or has no such table; P201 a code that the scheme
            does not have, with its cell; P107 one that is there twice.
    """
    for sheet in open_sheets(read_bytes(file), file):
        for row in sorted(sheet.rows)[:_MOST_ROWS]:
            found = columns_in(sheet, row)
            if {"code", "lead"} <= found.keys():
                return _led(scheme, _leads(scheme, sheet, row, found["code"], found["lead"]))
    raise fault(MISSING_FIELD, Place(file), expected=_HEADINGS)


def _leads(scheme: Scheme, sheet: Sheet, head: int, code_at: int, lead_at: int) -> dict[str, str]:
    leads: dict[str, str] = {}
    findings: list[Finding] = []
    for row in sorted(number for number in sheet.rows if number > head):
        code, lead = (
            sheet.rows[row][at].text if at in sheet.rows[row] else "" for at in (code_at, lead_at)
        )
        if not code or not lead:
            continue
        if code not in scheme.by_code:
            told = told_of(scheme, code)
            findings.append(sheet.finding(UNKNOWN_CODE, "", (row, code_at), **told))
        elif code in leads:
            findings.append(sheet.finding(DUPLICATE_KEY, "", (row, code_at), found=code))
        leads[code] = " ".join(lead.split())
    if findings:
        raise InputError(findings)
    return leads


def _led(scheme: Scheme, leads: Mapping[str, str]) -> Scheme:
    """The scheme made anew, so that nothing worked out of the old one is left."""
    fields = {name: getattr(scheme, name) for name in type(scheme).model_fields}
    fields["criteria"] = _led_criteria(scheme.criteria, leads)
    fields["adjustments"] = tuple(
        block.model_copy(update={"items": _led_criteria(block.items, leads)})
        for block in scheme.adjustments
    )
    return Scheme.model_construct(**fields)


def _led_criteria(criteria: Sequence[Criterion], leads: Mapping[str, str]) -> tuple[Criterion, ...]:
    return tuple(
        each.model_copy(
            update={
                "lead": leads.get(each.code, each.lead),
                "children": _led_criteria(each.children, leads),
            }
        )
        for each in criteria
    )
