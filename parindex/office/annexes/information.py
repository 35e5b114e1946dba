"""What a scheme says beyond the table of an annex, as rows of `about what, which field, value`.

The rows stand in a table of their own, which people read and correct. A field is the way to it
in the words of the reader, as `xếp loại / 1 / các bậc / 2 / tên gọi`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Final

from msgspec import Struct, field

from parindex.office.annexes.quoted import is_kept, out_of_cell, quoted
from parindex.office.annexes.rule_words import parted
from parindex.office.xlsx.cells import cell_name
from parindex.office.xlsx.sheet import Sheet
from parindex.values.fuzzy import fold_name
from parindex.values.language import LANGUAGES, N_, Language, language

TITLE: Final = N_("General information")
HEAD: Final = (N_("About"), N_("Field"), N_("Value"))
FIELDS: Final = {
    "id": N_("its id"),
    "title": N_("title of it"),
    "vi": N_("in Vietnamese"),
    "en": N_("in English"),
    "status": N_("its status"),
    "level": N_("level of units"),
    "province": N_("province of it"),
    "group": N_("group of units"),
    "only_by_id": N_("taken by its id only"),
    "years": N_("years scored"),
    "decision": N_("issued by"),
    "number": N_("its number"),
    "date": N_("its date"),
    "url": N_("address"),
    "confidence": N_("how sure"),
    "max": N_("most points"),
    "min": N_("fewest points"),
    "move_to": N_("maximum moves to"),
    "cap": N_("most points together"),
    "rounding": N_("rounding of figures"),
    "index": N_("decimals of the index"),
    "mode": N_("way of rounding"),
    "points": N_("points on the way"),
    "digits": N_("decimals"),
    "at": N_("rounded at"),
    "not_applicable": N_("where not applicable"),
    "ranking": N_("ranking of units"),
    "by": N_("goes by"),
    "ties": N_("equal ones"),
    "keys": N_("told apart by"),
    "bands": N_("bands of units"),
    "steps": N_("bands from the top"),
    "name": N_("called"),
    "names": N_("names of options"),
    "from": N_("from figure"),
    "above": N_("above figure"),
    "to": N_("up to figure"),
    "below": N_("below figure"),
    "where": N_("with at least"),
    "worst_of": N_("lowest of"),
    "partitions": N_("partitions of points"),
    "within": N_("within part"),
    "profiles": N_("kinds of units to whom these do not apply"),
    "complete": N_("all is listed"),
    "clamp": N_("total kept within bounds"),
    "source": N_("where it was read"),
    "note": N_("remark"),
    "label": N_("number printed"),
    "requires": N_("only with points of"),
    "origin": N_("origin of points"),
    "lead": N_("who leads"),
    "evidence": N_("needs documents"),
    "rule": N_("rule of it"),
}
"""What readers call the fields of a scheme file; in each language no two the same."""
_TRUTHS: Final = frozenset(("complete", "clamp", "only_by_id"))
_NUMBERS: Final = frozenset(("max", "min", "cap", "from", "above", "to", "below"))
_NO: Final = N_("no")
_YES: Final = N_("yes")
_LISTS: Final = frozenset(("years", "keys", "steps", "bands", "move_to", "worst_of"))
_IDS: Final = frozenset(("partitions", "profiles", "names", "where"))
"""Fields whose own fields are called by ids."""
_EMPTY: Final = "–"
_STEP: Final = re.compile(r'\s*("(?:[^"\\]|\\.)*"|[^/"][^/]*)\s*(?:/|$)')
_HEADS: Final = 200
_MOST_STEPS: Final = 8

Row = tuple[str, str, str]


class Information(Struct):
    """The fields that the rows say: by code of a criterion, of a block as `[id]`, of all as empty text.

    `left` are rows that no field takes: the cell and what stands there.
    """

    about: dict[str, dict[str, Any]] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)
    left: list[tuple[str, str]] = field(default_factory=list)


# Text in cells


def in_cell(text: str, *, lines: bool = False) -> str:
    """A text as it stands in a cell: in quotes, with escapes, where a cell would change it."""
    parts = text.split("\n") if lines else [text]
    plain = all(part == part.strip() and is_kept(part) for part in parts)
    return text if plain and text[0] != '"' and parted(text)[1] is None else quoted(text)


# Fields as rows


def rows_of(about: str, fields: Mapping[str, Any], say: Language) -> Iterator[Row]:
    """The rows of some fields, each with the way to it."""
    for way, value in _leaves((), fields) if fields else ():
        yield about, " / ".join(_steps_said(way, say)), _value_said(way, value, say)


def _leaves(way: tuple[str, ...], value: Any) -> Iterator[tuple[tuple[str, ...], Any]]:
    if isinstance(value, dict) and value:
        for key, each in value.items():
            yield from _leaves((*way, key), each)
    elif isinstance(value, list | tuple) and value and isinstance(value[0], dict):
        for number, each in enumerate(value, 1):
            yield from _leaves((*way, str(number)), each)
    else:
        yield way, value


def _steps_said(way: Sequence[str], say: Language) -> Iterator[str]:
    for above, step in zip(("", *way), way, strict=False):
        word = step if above in _IDS or step.isdecimal() else say(FIELDS.get(step, step))
        plain = "/" not in word and word[0] != '"' and in_cell(word) == word
        yield word if plain else quoted(word)


def _value_said(way: Sequence[str], value: Any, say: Language) -> str:
    if isinstance(value, bool):
        return say(_YES if value else _NO)
    if isinstance(value, list | tuple | dict):
        return ", ".join(map(str, value)) or _EMPTY
    if way[-1] in _NUMBERS:
        return say.figures(str(value))
    return in_cell(str(value), lines=True)


# Rows as fields


def read_information(sheets: Sequence[Sheet]) -> Information | None:
    """What the table of general information says; None where there is none."""
    for sheet in sheets:
        for row in sorted(sheet.rows)[:_HEADS]:
            cells = sheet.rows[row]
            said = [fold_name(cells[at].text) for at in sorted(cells)]
            if said in _heads():
                return _read(sheet, row, sorted(cells))
    return None


@cache
def _heads() -> list[list[str]]:
    return [[fold_name(language(code)(word)) for word in HEAD] for code in LANGUAGES]


def _read(sheet: Sheet, head: int, columns: Sequence[int]) -> Information:
    found = Information()
    for row in sorted(number for number in sheet.rows if number > head):
        cells = sheet.rows[row]
        about, way, value = (cells[at].text if at in cells else "" for at in columns)
        cell = f"{sheet.name}!{cell_name(row, columns[1])}"
        steps = [*_steps_read(way)]
        found.cells.setdefault(about, cell)
        is_way = 0 < len(steps) <= _MOST_STEPS
        if not is_way or not value or not _put(found.about.setdefault(about, {}), steps, value):
            found.left.append((cell, f"{about} {way}: {value}".strip()))
    for fields in found.about.values():
        _lists(fields)
    return found


@cache
def _words() -> dict[str, str]:
    """Fields by what they are called, in every language."""
    return {
        fold_name(word): name
        for name, message in FIELDS.items()
        for word in (name, *(language(code)(message) for code in LANGUAGES))
    }


def _steps_read(way: str) -> Iterator[str]:
    above, at = "", 0
    while at < len(way) and (found := _STEP.match(way, at)):
        step, quoted = out_of_cell(found[1].strip())
        if not quoted and above not in _IDS:
            step = _words().get(fold_name(step), step)
        yield step
        above, at = step, found.end()


def _put(fields: dict[str, Any], steps: Sequence[str], value: str) -> bool:
    for step in steps[:-1]:
        fields = fields.setdefault(step, {})
        if not isinstance(fields, dict):
            return False
    if steps[-1] in fields:
        return False
    fields[steps[-1]] = _value_read(steps, value)
    return True


def _value_read(steps: Sequence[str], value: str) -> Any:
    last, is_own_list = steps[-1], len(steps) > 1 and steps[-2] in ("partitions", "profiles")
    if last in _LISTS or is_own_list:
        return [] if value == _EMPTY else [each.strip() for each in value.split(",")]
    if last in _TRUTHS:
        truths = {
            fold_name(language(code)(each)): each == _YES
            for code in LANGUAGES
            for each in (_YES, _NO)
        }
        return truths.get(fold_name(value), value)
    if last in _NUMBERS:
        return value.replace(",", ".")
    return out_of_cell(value)[0]


def _lists(fields: dict[str, Any], above: str = "") -> None:
    """Fields that are called 1, 2, 3 … become lists."""
    for key, value in fields.items():
        if isinstance(value, dict):
            _lists(value, key)
            if (key in _LISTS or above == "partitions") and all(each.isdecimal() for each in value):
                fields[key] = [value[each] for each in sorted(value, key=int)]
