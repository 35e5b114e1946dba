"""What came of merging parts: who delivered what, what is missing, and what differs."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, Final

from parindex.office.merge.merging import Conflict, Delivery, Given, Merged
from parindex.tables.columns import columns
from parindex.tables.facts import fact_text
from parindex.tables.figures import record_of
from parindex.tables.score import title_of
from parindex.tables.table import Table
from parindex.tables.table_builder import TableBuilder
from parindex.tables.written import Written, each_of_them, one
from parindex.values.codes import PARTS_DIFFER
from parindex.values.facts import Fact
from parindex.values.finding import Finding
from parindex.values.language import N_, Language, language
from parindex.values.stages import STAGE_WORDS

FORMAT: Final = "parindex-merge/1"
COLUMNS: Final = (
    *("unit_id", "unit", "year", "scheme", "code", "name_vi", "maximum", "lead"),
    *("state", "by", "others", "twice"),
)
_NAMELESS: Final = N_("no office named")


def merged_sheets(merged: Merged, say: Language) -> Iterator[Table]:
    """The rows of each office with how many came, and the rows of which something is to be said."""
    yield _offices(merged, say)
    builder = TableBuilder(columns(say, "office code name what parts"))
    for remark in _remarks(merged, say):
        builder.add(remark)
    if builder.next:
        yield builder.table(_title(merged, say("Rows to look at"), say))


def _title(merged: Merged, about: str, say: Language) -> str:
    return f"{title_of(merged.parts[0].card, merged.scheme, say)} · {about}"


def _offices(merged: Merged, say: Language) -> Table:
    builder = TableBuilder(columns(say, "office rows delivered missing parts"))
    asked = [*_asked(merged)]
    for lead, of in _by_lead(asked).items():
        names = _names(part.name for each in of for part in each.by)
        builder.add(_counted(of), office=lead or say(_NAMELESS), parts=names)
    builder.add(_counted(asked), office=say("Total"), strong=True)
    busy = {part.name for each in asked for part in each.by}
    idle = [part.name for part in merged.parts if part.name not in busy]
    notes = [say("Nothing is filled in yet: {part}", part=name) for name in idle]
    silent = len(merged.deliveries) - len(asked)
    if silent:
        told = N_(
            "Rows of bonus and penalty of which no part says anything are not counted: {count}"
        )
        notes.append(say(told, count=silent))
    if not any(lead for lead in merged.scheme.leads.values()):
        notes.append(
            say("The scheme names no lead office: give a table of code and lead with --leads.")
        )
    return builder.table(_title(merged, say("Delivered rows"), say), notes, keep=None)


def _asked(merged: Merged) -> Iterator[Delivery]:
    """The leaves, and what was given of bonus and penalty."""
    return (each for each in merged.deliveries if each.by or not each.is_item)


def _by_lead(deliveries: Iterable[Delivery]) -> dict[str, list[Delivery]]:
    """By office in the order of the scheme; those of none come last."""
    found: dict[str, list[Delivery]] = {}
    for each in deliveries:
        found.setdefault(each.lead, []).append(each)
    return {lead: found[lead] for lead in sorted(found, key=bool, reverse=True)}


def _counted(deliveries: list[Delivery]) -> dict[str, int]:
    missing = sum(each.is_missing for each in deliveries)
    count = len(deliveries)
    return {"rows": count, "delivered": count - missing, "missing": missing}


def _names(names: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(names))


def _remarks(merged: Merged, say: Language) -> Iterator[dict[str, str]]:
    """Rows by office: missing, delivered by another office, given twice or differently."""
    differ: dict[str, list[dict[str, str]]] = {}
    for conflict in merged.conflicts:
        parts = _names(given.part.name for given in conflict.given)
        remark = {"what": _differently(merged, conflict, say), "parts": parts}
        about = {} if conflict.code else {"code": conflict.field}
        differ.setdefault(conflict.code, []).append(about | remark)
    yield from differ.pop("", ())
    for lead, of in _by_lead(merged.deliveries).items():
        for each in of:
            code, name = each.criterion.code, say.name(each.criterion.name)
            about = {"office": lead or say(_NAMELESS), "code": code, "name": name}
            for remark in _said(each, differ.pop(code, []), say):
                yield about | remark
    for code, remarks in differ.items():
        criterion = merged.scheme.by_code.get(code)
        name = say.name(criterion.name) if criterion else ""
        lead = merged.scheme.leads.get(code) or say(_NAMELESS)
        yield from ({"office": lead, "code": code, "name": name} | remark for remark in remarks)


def _said(
    each: Delivery, differ: Iterable[dict[str, str]], say: Language
) -> Iterator[dict[str, str]]:
    if each.is_missing:
        yield {"what": say("missing"), "parts": ""}
    yield from differ
    if each.is_twice and not each.in_conflict:
        names = _names(part.name for part in each.by)
        yield {"what": say("given twice, the same"), "parts": names}
    for part in each.others:
        yield {"what": say("delivered by {office}", office=part.office), "parts": part.name}


def _differently(merged: Merged, conflict: Conflict, say: Language) -> str:
    values = dict.fromkeys(value_text(merged, conflict, each, say) for each in conflict.given)
    about = [say(STAGE_WORDS[conflict.stage].name)] if conflict.stage else []
    about += [conflict.field] if conflict.field and conflict.code else []
    brackets = f" ({', '.join(about)})" if about else ""
    differently = say("given differently")
    return f"{differently}{brackets}: {' | '.join(values)}"


def value_text(merged: Merged, conflict: Conflict, given: Given, say: Language) -> str:
    """What a part gives, in words."""
    criterion = merged.scheme.by_code.get(conflict.code)
    if isinstance(given.value, Fact):
        return fact_text(given.value, criterion.rule if criterion else None, say)
    if isinstance(given.value, Decimal):
        return say.number(given.value)
    return str(given.value)


def conflict_findings(merged: Merged, say: Language) -> Iterator[Finding]:
    """P702 for each part that differs from the first that gives the same thing."""
    for conflict in merged.conflicts:
        first = conflict.given[0]
        expected = value_text(merged, conflict, first, say)
        for other in conflict.given[1:]:
            found = value_text(merged, conflict, other, say)
            if found != expected:
                told = {"found": found, "expected": expected, "other": str(first.place)}
                where = conflict.code or conflict.field
                yield Finding(PARTS_DIFFER, where, told, other.path, other.place)


def merged_records(merged: Merged) -> Iterator[dict[str, Any]]:
    """Each leaf and item by the columns of CSV."""
    card = merged.parts[0].card
    head = {**record_of(card, "unit_id unit year"), "scheme": merged.scheme.id}
    for each in merged.deliveries:
        leaf = each.criterion
        yield {
            **head,
            **_record(each),
            "name_vi": leaf.name.vi,
            "maximum": leaf.max,
            "by": "|".join(part.name for part in each.by) or None,
            "others": "|".join(part.office or part.name for part in each.others) or None,
            "twice": "true" if each.is_twice else None,
        }


def _record(each: Delivery) -> dict[str, Any]:
    """What CSV and JSON say of a row in the same words."""
    come = "delivered" if each.by else "missing" if each.is_missing else "none"
    state = "conflict" if each.in_conflict else come
    return {"code": each.criterion.code, "lead": each.lead or None, "state": state}


def merged_data(merged: Merged) -> dict[str, Any]:
    """The whole report as data; what conflicts has the facts in words of English."""
    card, asked, say = merged.parts[0].card, [*_asked(merged)], language("en")
    return {
        "unit": card.unit,
        "unit_id": card.unit_id,
        "year": card.year,
        "scheme": {"id": merged.scheme.id, "sha256": merged.scheme.sha256},
        "merged": merged.card is not None,
        **_counted(asked),
        "parts": [
            {"file": p.name, "office": p.office, "rows": sum(p in each.by for each in asked)}
            for p in merged.parts
        ],
        "criteria": [
            {
                **_record(each),
                "by": [part.name for part in each.by],
                "others": [part.name for part in each.others],
                "twice": each.is_twice,
            }
            for each in merged.deliveries
        ],
        "conflicts": [
            {
                "code": conflict.code or None,
                "field": conflict.field or None,
                "stage": conflict.stage,
                "given": [
                    {
                        "file": each.part.name,
                        "place": str(each.place),
                        "value": value_text(merged, conflict, each, say),
                    }
                    for each in conflict.given
                ],
            }
            for conflict in merged.conflicts
        ],
    }


WRITTEN: Final = Written(
    FORMAT,
    "results",
    one(merged_data),
    columns=COLUMNS,
    rows=merged_records,
    tables=each_of_them(merged_sheets),
)
