"""Findings as lines for people: each on its own, or many doubts of one kind as one line."""

import re
from collections.abc import Iterator, Sequence
from string import Formatter
from typing import Final

from parindex.findings import LONGEST_PLACE, kinds, message, severity, told, where_text
from parindex.values.finding import Finding, Place
from parindex.values.groups import grouped
from parindex.values.language import Language

_TOGETHER: Final = 4
"""So many doubts of one kind in a file, and more, are one line."""
_PLACES: Final = 3
"""How many of their places that line names."""
_CELL: Final = re.compile(r".*!([A-Z]{1,3}[0-9]+)", re.DOTALL)


def finding_lines(
    findings: Sequence[Finding], say: Language, *, mend: bool = False
) -> Iterator[tuple[str, int]]:
    """The lines of findings in their order, and how many each tells of.

    Errors have a line each; of other findings many of one kind are told with
    their number and first places.

    Args:
        findings: the findings of one input or several.
        say: the language.
        mend: whether to say how grave each is, and how to mend it.
    """
    for group in _groups(findings):
        yield (_line(group, say, mend=mend), len(group))


def fault_lines(findings: Sequence[Finding], say: Language) -> Iterator[tuple[str, int]]:
    """The same lines where they end a command: errors say how to mend them, the same words once."""
    told: set[str] = set()
    for group in _groups(findings):
        line, mend = _line(group, say, mend=False), mend_text(group, say)
        if severity(group[0]) == "error" and mend not in told:
            told.add(mend)
            line = f"{line} → {mend}"
        yield (line, len(group))


def mend_text(findings: Sequence[Finding], say: Language) -> str:
    """How to mend findings of one kind: in a workbook by the cells, elsewhere by fields."""
    first = findings[0]
    kind = kinds()[first.code]
    cells = [*filter(None, (cell_of(finding.place) for finding in findings))]
    is_sheet = first.place is not None and first.place.pointer[:1] not in ("", "/") and not cells
    case = first.parameters.get("case", "in-sheet" if is_sheet else "")
    mend = kind.mends.get(case, "")
    if not mend:
        mend = kind.in_workbook if cells else ""
    if not mend:
        return say(kind.mend)
    if not cells and first.place and first.place.line:
        cells = [f"{first.place.line}:{first.place.column}"]  # of a table saved as text
    more = ["…"] if len(cells) > _PLACES else []
    parameters = {name: told(text) for name, text in first.parameters.items()}
    parameters["cell"] = cell = ", ".join([*cells[:_PLACES], *more])
    parameters["free"] = say("cell {cell}", cell=cell) if cell else say("a row that you insert")
    return say(mend, **parameters)


def cell_of(place: Place | None) -> str:
    """The cell of a workbook that a place names; empty where it is in none."""
    found = _CELL.fullmatch(place.pointer) if place else None
    return found[1] if found else ""


def _groups(findings: Sequence[Finding]) -> Iterator[list[Finding]]:
    kinds = grouped(findings, _kind)
    for finding in findings:
        group = kinds[_kind(finding)]
        if not _is_told_together(group):
            yield [finding]
        elif finding is group[0]:
            yield group


def _kind(finding: Finding) -> tuple[str, str]:
    return finding.code, finding.place.file if finding.place else ""


def _is_told_together(group: Sequence[Finding]) -> bool:
    """Whether doubts are many, and their message is the same but for what was found."""
    names = {name for _, name, _, _ in Formatter().parse(kinds()[group[0].code].message) if name}
    is_doubt = severity(group[0]) != "error"
    return is_doubt and len(group) >= _TOGETHER and names <= _common(group).keys()


def _common(group: Sequence[Finding]) -> dict[str, str]:
    """The parameters that all have."""
    first, *others = group
    return {
        name: value
        for name, value in first.parameters.items()
        if all(other.parameters.get(name) == value for other in others)
    }


def _line(group: Sequence[Finding], say: Language, *, mend: bool) -> str:
    first = group[0]
    if len(group) == 1:
        at = str(first.place or "")
        place = f"{told(at, LONGEST_PLACE)}: " if at else ""
        where = where_text(first, say)
        where = where and f"{where}: "
        text = message(first, say)
    else:
        file = first.place.file if first.place else ""
        place = f"{told(file, LONGEST_PLACE)}: " if file else ""
        where = ""
        text = f"{message(Finding(first.code, '', _common(group)), say)}: {_places(group, say)}"
    count = f" ×{len(group)}" if len(group) > 1 else ""
    grave = f" {say(severity(first))}" if mend else ""
    colon = ":" if count else ""
    line = f"{place}{first.code}{grave}{count}{colon} {where}{text}"
    return f"{line} → {mend_text(group, say)}" if mend else line


def _places(group: Sequence[Finding], say: Language) -> str:
    """Where the first of them are, and how many others there are."""
    first = ", ".join(filter(None, (_place(each, say) for each in group[:_PLACES])))
    left = len(group) - _PLACES
    return say("{places} and {count} more", places=first, count=left) if left > 0 else first


def _place(finding: Finding, say: Language) -> str:
    """The code with its cell or line."""
    place = finding.place
    at = cell_of(place)
    if place and not at:
        at = place.pointer or (f"{place.line}:{place.column}" if place.line else "")
    where = where_text(finding, say)
    return f"{where} ({told(at)})" if where and at else where or told(at)
