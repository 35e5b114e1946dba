"""Columns of a wide table as criteria: those of a scheme, or a scheme made of the columns themselves."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final, NamedTuple

from parindex.office.wide.columns import Area, WideHeading
from parindex.office.xlsx.headings import WORDS
from parindex.office.xlsx.names import known_names, likeness
from parindex.office.xlsx.sheet import Sheet
from parindex.reading.codes import code_meant
from parindex.scheme.scheme import Criterion, Scheme
from parindex.scorecard.words import folded
from parindex.values.codes import (
    MAXIMA_DO_NOT_ADD_UP,
    MAXIMUM_PRINTED_OTHERWISE,
    NAME_OF_OTHER_CRITERION,
    UNKNOWN_CODE,
)
from parindex.values.exact import to_text
from parindex.values.fields import Name, short
from parindex.values.finding import Finding
from parindex.values.fuzzy import fold_name, suggest

_NUMBERED: Final = re.compile(
    r"(?:(?:lĩnh vực|tiêu chí|nội dung|area|criterion)\s*)?"
    r"([0-9]{1,3}(?:\.[0-9]{1,3})*|[IVXLC]+|[A-Z](?=[.):]))(?:\s*[.):\-–]\s*|\s+)(?=[^\W\d_])",
    re.IGNORECASE,
)
"""A number before a name."""
_CODE: Final = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3}){0,5}")
_WRITTEN_OUT: Final[Mapping[str, str]] = WORDS["abbreviations"]
_EMPTY: Final = re.compile(rf"(?<![^ ])(?:{'|'.join(WORDS['empty'])})(?![^ ])")
_MAXIMUM: Final = re.compile(
    r"\((?:điểm\s*)?(?:tối đa|max(?:imum)?)\s*:?\s*([0-9]{1,4}(?:[.,][0-9]{1,2})?)\s*(?:điểm|đ|points?)?\)\s*$"
    r"|\(([0-9]{1,4}(?:[.,][0-9]{1,2})?)\s*(?:điểm|đ|points?)\)\s*$",
    re.IGNORECASE,
)
"""A maximum behind a name, in brackets."""
_LONGEST: Final = 300
OWN: Final = "table"
"""The first word of the id of a scheme that is a table's own."""
_MOST_ID: Final = 40


class Found(NamedTuple):
    """The codes of columns of points, by column, and what is wrong with the others."""

    codes: dict[int, str]
    faults: list[Finding]


class Maxima(NamedTuple):
    """The row of maxima: its number, and the figures by column."""

    row: int = 0
    points: Mapping[int, Decimal] = {}


def maxima_above(heading: WideHeading, texts: Mapping[int, str]) -> Maxima:
    """The maxima that stand in the headings themselves: `Thể chế (tối đa 10 điểm)`.

    Args:
        heading: the heading.
        texts: its texts by column.
    """
    columns = [*(area.column for area in heading.areas), heading.columns.get("total", 0)]
    found = {at: _MAXIMUM.search(texts.get(at, "")) for at in columns}
    points = {
        at: Decimal((match[1] or match[2]).replace(",", "."))
        for at, match in found.items()
        if match
    }
    return Maxima(heading.last, points) if points else Maxima()


def columns_in(scheme: Scheme, sheet: Sheet, heading: WideHeading) -> Found:
    """Which criterion of a scheme each column of points is, by code, label or name."""
    find = _finder(scheme)
    names = known_names(scheme)
    found = Found({}, [])
    for area in heading.areas:
        at = (heading.last, area.column)
        code = find(area.text) or find(area.whole)
        number, name = _apart(area.text)
        printed = code_meant(number, scheme.by_code) if number else ""
        criterion = scheme.by_code.get(printed)
        if code is None and criterion and likeness(name, criterion, names) != "other":
            code = printed
        if code:
            found.codes[area.column] = code
        elif area.is_words:
            continue
        elif criterion is not None:
            told = {"found": short(area.text), "expected": short(criterion.name.vi)}
            found.faults.append(sheet.finding(NAME_OF_OTHER_CRITERION, printed, at, **told))
        else:
            near = suggest(area.text, (each.name.vi for each in scheme.by_code.values()))
            told = {"scheme": scheme.id, "found": short(area.text)} | (
                {"near": near} if near else {}
            )
            found.faults.append(sheet.finding(UNKNOWN_CODE, "", at, **told))
    return found


def maxima_in(
    scheme: Scheme, sheet: Sheet, heading: WideHeading, codes: Mapping[int, str], maxima: Maxima
) -> Iterator[Finding]:
    """The faults of printed maxima that are not those of the scheme."""
    told = {column: scheme.by_code[code].max for column, code in codes.items()}
    told[heading.columns.get("total", 0)] = scheme.max
    for column, printed in maxima.points.items():
        expected = told.get(column)
        if expected is not None and expected != printed:
            figures = {"found": to_text(printed), "expected": to_text(expected)}
            at, code = (maxima.row, column), codes.get(column, "")
            yield sheet.finding(MAXIMUM_PRINTED_OTHERWISE, code, at, scheme=scheme.id, **figures)


def _finder(scheme: Scheme) -> Callable[[str], str | None]:
    """What finds the code of a heading: by code, by label, by name; where several fit, an area's."""
    keys: dict[str, list[str]] = {}
    areas = {area.code for area in scheme.criteria}
    for code, criterion in scheme.by_code.items():
        names = [criterion.name.vi, criterion.name.en or "", criterion.label or ""]
        for said in {key for name in filter(None, names) for key in _keys(name)}:
            keys.setdefault(said, []).append(code)

    def find(text: str) -> str | None:
        code = code_meant(text.strip(), scheme.by_code)
        if code in scheme.by_code:
            return code
        number, name = _apart(text)
        for key in _keys(name):
            codes = keys.get(key, [])
            fit = codes if len(codes) == 1 else [each for each in codes if each in areas]
            if len(fit) == 1 and _goes_with(number, scheme.by_code[fit[0]], scheme):
                return fit[0]
        return None

    return find


def _goes_with(number: str, criterion: Criterion, scheme: Scheme) -> bool:
    """Whether a number before a name is not that of another criterion."""
    code = code_meant(number, scheme.by_code)
    return not number or code not in scheme.by_code or code == criterion.code


def _apart(text: str) -> tuple[str, str]:
    """The number that stands before a name, if any, and the name."""
    found = _NUMBERED.match(text)
    return (found[1], text[found.end() :]) if found else ("", text)


@lru_cache(maxsize=4096)
def _keys(name: str) -> tuple[str, ...]:
    """What a name is looked up by: as it is, with abbreviations written out, and its telling words."""
    plain = fold_name(folded(name[:_LONGEST])).replace("-", " ")
    whole = " ".join(_WRITTEN_OUT.get(word, word) for word in plain.split())
    telling = " ".join(_EMPTY.sub(" ", whole).split())
    return tuple(dict.fromkeys(filter(None, (plain, whole, telling))))


def own_scheme(
    heading: WideHeading, maxima: Maxima, about: Mapping[str, Any]
) -> tuple[Scheme, dict[int, str]]:
    """A scheme of a table's own columns, with the maxima that it prints, and their codes by column.

    Args:
        heading: the columns, in their order.
        maxima: the row of maxima, if there is one.
        about: the other fields of the scheme: `id`, `title`, `years`, `level`.
    """
    counted = [area for area in heading.areas if not area.is_words]
    codes = _codes(counted)
    areas = {codes[area.column]: area for area in counted}  # of stages the latest
    most_of = {code: maxima.points.get(area.column) for code, area in areas.items()}
    parts = [
        Criterion(code=code, name=Name(vi=_name(area)), max=most_of[code])
        for code, area in areas.items()
    ]
    criteria = _nested(parts)
    most = maxima.points.get(heading.columns.get("total", 0))
    known = [each.max for each in criteria]
    if most is None and criteria and None not in known:
        most = sum((each for each in known if each is not None), Decimal(0))
    return Scheme(**{**about, "max": about.get("max") or most, "criteria": criteria}), codes


def _name(area: Area) -> str:
    text = _MAXIMUM.sub("", area.text if area.stage else area.whole).strip()
    return _apart(text)[1] or text


def own_faults(scheme: Scheme, sheet: Sheet, heading: WideHeading, maxima: Maxima) -> list[Finding]:
    """The fault of a printed maximum of the whole that is not the sum of those of the areas."""
    known = [each.max for each in scheme.criteria]
    total = sum((each for each in known if each is not None), Decimal(0))
    printed = maxima.points.get(heading.columns.get("total", 0))
    if not known or None in known or printed in (None, total):
        return []
    at = (maxima.row, heading.columns["total"])
    told = {"found": to_text(total), "expected": to_text(printed or Decimal(0))}
    return [sheet.finding(MAXIMA_DO_NOT_ADD_UP, "", at, **told)]


def _codes(areas: Sequence[Area]) -> dict[int, str]:
    """The codes of columns: those that all print, else their places in the table."""
    texts = [*dict.fromkeys(area.text if area.stage else area.whole for area in areas)]
    printed = [_apart(text)[0] or text.strip().rstrip(".") for text in texts]
    if not all(map(_CODE.fullmatch, printed)) or len({*printed}) < len(printed):
        printed = [str(place) for place in range(1, len(texts) + 1)]
    codes = dict(zip(texts, printed, strict=True))
    return {area.column: codes[area.text if area.stage else area.whole] for area in areas}


def _nested(parts: Iterable[Criterion]) -> tuple[Criterion, ...]:
    """The criteria of columns, those of longer codes below those that they begin with."""
    given = sorted(parts, key=lambda each: [int(number) for number in each.code.split(".")])
    codes = {each.code for each in given}
    return tuple(
        _with_children(each, given)
        for each in given
        if not any(each.code.startswith(f"{code}.") for code in codes)
    )


def _with_children(criterion: Criterion, given: Sequence[Criterion]) -> Criterion:
    below = [each for each in given if each.code.startswith(f"{criterion.code}.")]
    if not below:
        return criterion
    return criterion.model_copy(
        update={"children": _nested(below), "complete": _whole(criterion, below)}
    )


def _whole(criterion: Criterion, below: Sequence[Criterion]) -> bool:
    """Whether the maxima below a criterion are not known to add up to less than its own."""
    known = [each.max for each in _nested(below)]
    if criterion.max is None or None in known:
        return criterion.max is None
    return sum((each for each in known if each is not None), Decimal(0)) >= criterion.max


def id_of(name: str) -> str:
    """The id of a scheme that is a table's own: `table-` with the name of the file."""
    return f"{OWN}-{fold_name(name)[:_MOST_ID].strip('-')}".strip("-")
