"""Rates in words: rate × maximum, with a floor, with a target, of what went wrong."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from parindex.office.annexes.wordings import (
    JUMP,
    NOT_UNDERSTOOD,
    NUMBER,
    OTHER_NUMBER,
    RuleForm,
    RuleReading,
    to_number,
    to_number_if,
)

_FIGURE: Final = r"(?:[a-z]\d?|(?:so|tong)(?: [a-z]+){1,20})"
_COUNTS: Final = rf"\(? ?{_FIGURE} ?[/:] ?{_FIGURE} ?\)?"
_RATE: Final = (
    rf"(?:\(?(?:(?:ty|ti) le|chi so hai long)(?: ?\(?%\)?)?(?: [a-z]+){{0,20}}?(?: ?\([a-z%]{{1,9}}\))?"
    rf"(?: ?{_COUNTS})?\)?|{_COUNTS})"
)
_WHOLE: Final = r"(?: ?/ ?100 ?%?|(?: ?\* ?| x )100 ?%)?"
_MAXIMUM: Final = r"\(?(?:so )?diem (?:toi da|chuan)\)?"
_TIMES: Final = r"(?: ?\* ?| x | nhan(?: voi)? |(?<=[)%])x ?)"
_MOST: Final = rf"(?:{_MAXIMUM}|\(?(?P<most>{NUMBER})\)?(?: diem)?)"
_SO: Final = (
    r"(?:(?:thi|se|duoc|dat|tinh|cham|la|cho|so|diem|danh gia|theo|cong thuc|nhu sau)[ :,=]*)*"
)
_BY: Final = rf"(?P<by>{NUMBER}) ?%?"
_PRODUCTS: Final = tuple(
    re.compile(rf"{_SO}{pattern}(?:[, ]+trong do\b(?P<letters>.*))?")
    for pattern in (
        rf"\( ?(?P<wrong>1|100 ?%) ?- ?{_RATE} ?\){_TIMES}{_MOST}(?: ?/ ?{_BY})?",
        rf"\(?{_RATE}{_WHOLE}{_TIMES}{_MOST}\)?(?: ?/ ?{_BY})?",
        rf"\(?{_RATE} ?/ ?(?P<by>{NUMBER}) ?%\)?{_TIMES}{_MOST}",
        rf"{_MOST}{_TIMES}{_RATE}{_WHOLE}(?: ?/ ?{_BY})?",
    )
)
_CONDITION: Final = re.compile(
    rf"(?P<words>[^\d%<>*+]{{0,80}}?)"
    rf"(?:(?P<below>\b(?:duoi|nho hon|thap hon)|<)|(?P<from>\b(?:tu|dat)\b|>=|\b(?:ty le|hoan thanh|bang) (?=100 ?%)))"
    rf" ?(?P<edge>{NUMBER}) ?(?P<unit>%)?(?: tro len)?(?: ?(?:-|den) ?(?:duoi |< ?)?100 ?%)?[ :,=]+"
)
_OTHERWISE: Final = re.compile(r"(?:cac truong hop )?(?:nguoc lai|con lai)[ :,=]+")
_MEASURED: Final = re.compile(r"(?:cach tinh|tinh|xac dinh) (?:ty|ti) le[^\d*+:]{0,300}")
"""A sentence that only says what is measured."""
_CLAUSES: Final = re.compile(r";|\.(?!\d)|,(?= (?:neu|nguoc lai|con lai|duoi \d|tu \d))")
_FULL: Final = re.compile(rf"{_SO}{_MOST}")
_NOTHING: Final = re.compile(rf"{_SO}(?:0(?: diem)?|khong (?:(?:tinh|cham|cho|co|duoc|dat) )*diem)")


class _Clause(NamedTuple):
    """One clause: what it gives (`rate`, `full`, `zero`), and from or below which edge."""

    gives: str
    side: str = ""
    edge: Decimal | None = None
    most: Decimal | None = None
    by: Decimal | None = None
    is_wrong: bool = False


def rate_rule(words: str, maximum: Decimal) -> RuleReading | None:
    """What a product of a rate and the maximum says, or None where there is none."""
    clauses: list[_Clause] = []
    for clause in _CLAUSES.split(words):
        if text := clause.strip(" ,:-+"):
            found = _clause(text)
            if found is None and not (_says_no_more(text) or _MEASURED.fullmatch(text)):
                return RuleReading(None, NOT_UNDERSTOOD) if clauses and _has_rate(clauses) else None
            clauses += [found] if found else []
    if not _has_rate(clauses):
        return None
    if any(each.most not in (None, maximum) for each in clauses):
        return RuleReading(None, OTHER_NUMBER)
    told = {(each.gives, each.side): each for each in clauses}
    return _ratio(told, is_twice=len(told) < len(clauses))


def _has_rate(clauses: Sequence[_Clause]) -> bool:
    return any(each.gives == "rate" for each in clauses)


def _clause(words: str) -> _Clause | None:
    """A clause with its condition, or None where it is no part of a formula."""
    if (rest := _OTHERWISE.match(words)) and _NOTHING.fullmatch(words[rest.end() :]):
        return _Clause("zero", "below")
    condition = _CONDITION.match(words)
    side, edge = "", None
    if condition:
        side = "below" if condition["below"] else "from"
        edge = _edge(condition["edge"], condition["unit"])
        if edge is None or re.search(r"\b(?:va|hoac|nhung|khong)\b", condition["words"]):
            return None
        words = words[condition.end() :]
    if side == "below" and _NOTHING.fullmatch(words):
        return _Clause("zero", side, edge)
    if side == "from" and (full := _FULL.fullmatch(words)):
        return _Clause("full", side, edge, to_number_if(full["most"]))
    product = next((found for each in _PRODUCTS if (found := each.fullmatch(words))), None)
    if product is None or not _says_no_more(product["letters"] or ""):
        return None
    part = product.groupdict()
    most, by = to_number_if(part.get("most")), to_number_if(part["by"])
    by = None if by == 100 else by  # noqa: PLR2004 percent
    return _Clause("rate", side, edge, most, by, bool(part.get("wrong")))


def _ratio(found: dict[tuple[str, str], _Clause], *, is_twice: bool) -> RuleReading:
    """The rule of a formula and its conditions, which all name the same edge."""
    found = _without_whole(found)
    edges = {each.edge for each in found.values()} - {None}
    rate = next(each for each in found.values() if each.gives == "rate")
    rule: RuleForm = {"kind": "ratio"} | ({"inverted": True} if rate.is_wrong else {})
    if is_twice:
        return RuleReading(None, NOT_UNDERSTOOD)
    if len(edges | ({rate.by} - {None})) > 1:
        return RuleReading(None, OTHER_NUMBER)
    edge = next(iter(edges), None)
    match sorted(found):
        case [("rate", "")] if rate.by is None:
            return RuleReading(rule)
        case [("rate", "" | "from"), ("zero", "below")] if (
            rate.by is None and not rate.is_wrong and edge is not None
        ):
            return RuleReading(rule | {"floor": f"{edge:f}%"})
        case [("full", "from"), ("rate", "" | "below")] if not rate.is_wrong:
            return (
                RuleReading(rule | {"target": f"{edge:f}%"}) if rate.by else RuleReading(None, JUMP)
            )
    return RuleReading(None, NOT_UNDERSTOOD)


def _without_whole(found: dict[tuple[str, str], _Clause]) -> dict[tuple[str, str], _Clause]:
    """The clauses without the maximum at 100 %, which rate × maximum gives anyway."""
    full = found.get(("full", "from"))
    if full is None or full.edge != 100 or any(each.is_wrong for each in found.values()):  # noqa: PLR2004 percent
        return found
    rest = [each for each in found.values() if each is not full]
    rest = [
        each._replace(side="", edge=None)
        if (each.gives, each.side, each.edge) == ("rate", "below", full.edge)
        else each
        for each in rest
    ]
    return {(each.gives, each.side): each for each in rest}


def _edge(number: str, percent: str | None) -> Decimal | None:
    """An edge in percent: `0.8` without a sign is 80 %, `80` without one says nothing."""
    edge = to_number(number)
    edge = edge if percent else edge * 100 if edge < 1 else Decimal(0)
    return Decimal(f"{edge.normalize():f}") if 0 < edge <= 100 else None  # noqa: PLR2004 percent


def _says_no_more(rest: str) -> bool:
    """Whether words around a formula only say what its letters are."""
    return not re.search(r"\d|\b(?:tru|cong|tren|duoi|toi da|neu|khong qua)\b|[<>%*]", rest)
