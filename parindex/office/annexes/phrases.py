"""The rule of a sub-criterion, read from the words in which an annex prints how it is scored.

Words are read without marks and in small letters. A text is taken for a rule only where
it says one thing: what can be read in two ways, or holds words that no pattern knows,
stays points with its words, and the doubt is named.
"""

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final, NamedTuple

from parindex.office.annexes.percent_ranges import has_own_condition, percent_range, read_steps
from parindex.values.fuzzy import fold_marks
from parindex.values.language import N_

RuleForm = dict[str, Any]
"""A rule in the form of a scheme file; its numbers are decimals."""

NOT_UNDERSTOOD: Final = N_("these words are not understood")
SEVERAL_AMOUNTS: Final = N_("several amounts are taken off or added")
BEST_NOT_MAXIMUM: Final = N_("no option gives the maximum, and together they do not give it")
STEPS_DO_NOT_MEET: Final = N_("the steps leave a gap, overlap, or do not go from 100 % down to 0 %")
NO_MAXIMUM: Final = N_("the maximum is not printed")
BELOW_ZERO: Final = N_("an option gives less than 0 points")
OTHER_NUMBER: Final = N_("two numbers that should be the same differ")
JUMP: Final = N_("below the target it is the rate, not its share of the target")


class RuleReading(NamedTuple):
    """What the words of a sub-criterion say of its rule.

    `rule` is None where points are given as they are; `doubt` says why words
    that speak of points were not read as a rule, else it is empty.
    """

    rule: RuleForm | None
    doubt: str = ""


class Option(NamedTuple):
    """A line of words with its points, or with its share of the maximum in percent, as printed."""

    words: str
    points: Decimal = Decimal(0)
    share: Decimal | None = None
    printed: str = ""


def read_rule(text: str, maximum: Decimal | None, options: Sequence[Option] = ()) -> RuleReading:
    """The rule of a sub-criterion.

    Args:
        text: how it is scored, as printed; lines and signs as in the annex.
        maximum: its maximum in points, or None where it is not printed.
        options: options that stand in rows of their own below it.

    >>> read_rule("Mỗi báo cáo chậm trừ 0,25 điểm", Decimal(2)).rule
    {'kind': 'deduct', 'step': Decimal('0.25')}
    >>> read_rule("Trên 90%: 2; từ 70% - 90%: 1; dưới 70%: 0", Decimal(2)).rule["kind"]
    'steps'
    """
    if len(text) > _LONGEST:
        return RuleReading(None, NOT_UNDERSTOOD)
    words = fold_words(re.sub(r"[\n\r]+", " ; ", text))
    if _WATCHED.search(words) and not maximum:
        return RuleReading({"kind": "watch"})
    lines = list(options) or option_lines(text)
    if maximum is None:
        return RuleReading(None, NO_MAXIMUM if lines or _speaks_of_points(words) else "")
    if not options:
        for read in (_rate, _each):
            if found := read(words, maximum):
                return found
    if lines:
        return _of_options(lines, maximum, surveyed=bool(_SURVEYED.search(words)))
    return RuleReading(None, NOT_UNDERSTOOD if _speaks_of_points(words) else "")


def fold_words(text: str) -> str:
    """Small letters without marks, one space between words, one form of each sign."""
    words = fold_marks(text).lower()
    for sign, plain in (("–", "-"), ("—", "-"), ("−", "-"), ("≥", ">="), ("≤", "<="), ("×", "*")):
        words = words.replace(sign, plain)
    return re.sub(r"\s+", " ", words.replace("÷", "/").replace("[", "(").replace("]", ")")).strip()


def _to_number_if(printed: str | None) -> Decimal | None:
    return to_number(printed) if printed else None


def to_number(printed: str) -> Decimal:
    """A printed number with a comma or a full stop as its decimal mark."""
    return Decimal(printed.replace(",", "."))


_LONGEST: Final = 3000
"""Letters of a text that may say a rule; a longer one says more than one thing."""
_NUMBER: Final = r"\d{1,4}(?:[.,]\d{1,4})?"
_WATCHED: Final = re.compile(r"chi theo doi|khong (?:cham|tinh) diem")
_SURVEYED: Final = re.compile(r"dieu tra|khao sat|hai long|\bxhh\b")


def _speaks_of_points(words: str) -> bool:
    """Whether words say how points come about, and not only where they come from."""
    return bool(re.search(r"\d.*\bdiem\b|\bdiem\b.*\d|\d ?%|\btru\b|\*|diem toi da", words))


# Options: one a line, or parted by semicolons


_POINTS: Final = re.compile(
    rf"""^(?P<words>.*?\S)\s*
    (?: (?:[:=]|->|→)\s*(?:(?:được|đạt|tính|cho|chấm)\s+)?
        (?P<after>-?{_NUMBER}|1/[2345]|(?:số\s+)?điểm\s+tối\s+đa|không\s+điểm)\s*
        (?P<unit>%)?\s*(?:điểm|đ)?(?P<most>\s*(?:số\s+)?(?:điểm\s+)?(?:tối\s+đa|chuẩn))?
      | \s(?P<nothing>không\s+(?:(?:tính|chấm|cho|có|được)\s+)?điểm)
      | [\s(](?:(?:được|đạt|tính|cho|chấm|-|–)\s*)?(?P<said>-?{_NUMBER}|1/[2345])\s*(?P<said_unit>%)?
        \s*điểm(?P<said_most>\s*tối\s+đa)?\)?
    )\s*[.,]*$""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_BULLET: Final = re.compile(r"^\s*(?:[-+*•●○–▪✓]|[a-zđ]\)|\d{1,2}\))\s*", re.IGNORECASE)


def option_lines(text: str) -> list[Option]:
    """The options of a text; empty unless there are two or more and every line says its points.

    A first line that ends with a colon is a heading and passed over.
    """
    whole = unicodedata.normalize("NFC", text)
    lines = [_BULLET.sub("", line).strip() for line in re.split(r"[\n\r;]+", whole)]
    lines = [line for line in lines if line.strip(" .,")]
    if len(lines) > 1 and lines[0].endswith(":"):
        del lines[0]
    found = [option for line in lines if (option := _option(line))]
    return found if len(found) == len(lines) > 1 else []


def read_option(words: str, points: str) -> Option | None:
    """An option whose points stand in a cell of their own; None where these are no points."""
    words = _BULLET.sub("", words).strip()
    option = _option(f"{words}: {points}")
    return option and option._replace(words=words, printed=f"{words}: {points}")


def _option(line: str) -> Option | None:
    found = _POINTS.match(line)
    if found is None or re.search(r"\b(?:tru|cong them|moi)\b", fold_words(found["words"])):
        return None
    words = re.sub(r"\s+", " ", found["words"]).strip(" :-–=")
    number = (found["after"] or found["said"] or "").lower()
    if found["nothing"] or number.startswith("không"):
        return Option(words)
    if number.endswith("đa"):
        return Option(words, share=Decimal(100))
    if "/" in number:
        whole = found["most"] or found["said_most"]
        return Option(words, share=Decimal(100) / int(number[-1])) if whole else None
    if found["unit"] or found["said_unit"]:
        return Option(words, share=to_number(number))
    return Option(words, to_number(number))


def _of_options(lines: Sequence[Option], maximum: Decimal, *, surveyed: bool) -> RuleReading:
    """Worth of answers, steps where each line is a range of percentages, a choice, a checklist."""
    shares = {option_name(line.words): line.share for line in lines if line.share is not None}
    if surveyed and len(shares) == len(lines) and max(shares.values()) == 100:  # noqa: PLR2004 percent
        weights = {name: f"{share:f}%" for name, share in shares.items()}
        return RuleReading({"kind": "survey", "weights": weights})
    given = [
        (line.words, line.points if line.share is None else maximum * line.share / 100)
        for line in lines
    ]
    points = [each for _words, each in given]
    if min(points) < 0:
        return RuleReading(None, BELOW_ZERO)
    if max(points) != maximum:
        if min(points) > 0 and sum(points) == maximum:
            return RuleReading(_named("checklist", "items", given))
        return RuleReading(None, BEST_NOT_MAXIMUM)
    return _of_ranges(given)


def _of_ranges(given: Sequence[tuple[str, Decimal]]) -> RuleReading:
    """Steps where the lines differ by their ranges of percentages only, else a choice."""
    folded = [fold_words(words) for words, _points in given]
    ranges = [found for words in folded if (found := percent_range(words))]
    if len(ranges) < len(given) or has_own_condition(folded):
        return RuleReading(_named("choice", "options", given))
    steps = read_steps(ranges, [points for _words, points in given])
    return (
        RuleReading({"kind": "steps", "steps": steps})
        if steps
        else RuleReading(None, STEPS_DO_NOT_MEET)
    )


def _named(kind: str, field: str, given: Sequence[tuple[str, Decimal]]) -> RuleForm:
    """Options or items by short names of their own, with the printed words as their names."""
    points: dict[str, Decimal] = {}
    names: dict[str, str] = {}
    for words, each in given:
        base = option_name(words)
        key = next(
            key for at in range(len(given)) if (key := f"{base}-{at}" if at else base) not in points
        )
        points[key] = each
        names[key] = words
    return {"kind": kind, field: points, "names": names}


def option_name(words: str) -> str:
    """A short name out of the first words of an option: `ban-hanh-kip-thoi`."""
    parts = re.findall(r"[0-9a-z]+", fold_words(re.sub(r"\(.*?\)", " ", words)))
    name = "-".join(parts[:6]) or "muc"
    return name if name[0].isalpha() else f"muc-{name}"


# Rates: rate × maximum, with a floor, with a target, of what went wrong


_FIGURE: Final = r"(?:[a-z]\d?|(?:so|tong)(?: [a-z]+){1,20})"
_COUNTS: Final = rf"\(? ?{_FIGURE} ?[/:] ?{_FIGURE} ?\)?"
_RATE: Final = rf"(?:\(?(?:ty|ti) le(?: ?%)?(?: [a-z]+){{0,20}}?(?: ?{_COUNTS})?\)?|{_COUNTS})"
_MAXIMUM: Final = r"\(?(?:so )?diem (?:toi da|chuan)\)?"
_TIMES: Final = r"(?: ?\* ?| x |(?<=\))x ?)"
_MOST: Final = rf"(?:{_MAXIMUM}|\(?(?P<most>{_NUMBER})\)?(?: diem)?)"
_SO: Final = (
    r"(?:(?:thi|se|duoc|dat|tinh|cham|la|cho|so|diem|danh gia|theo|cong thuc|nhu sau)[ :,=]*)*"
)
_PRODUCTS: Final = tuple(
    re.compile(rf"{_SO}{pattern}(?: ?/ ?(?P<by>{_NUMBER}) ?%?)?(?:[, ]+trong do\b(?P<letters>.*))?")
    for pattern in (
        rf"\( ?(?P<wrong>1|100 ?%) ?- ?{_RATE} ?\){_TIMES}{_MOST}",
        rf"{_RATE}(?: ?/ ?100 ?%?)?{_TIMES}{_MOST}",
        rf"{_MAXIMUM}{_TIMES}{_RATE}",
    )
)
_CONDITION: Final = re.compile(
    rf"(?P<words>[^\d%<>*+]{{0,80}}?)(?:(?P<below>\b(?:duoi|nho hon)|<)|(?P<from>\b(?:tu|dat)\b|>=))"
    rf" ?(?P<edge>{_NUMBER}) ?(?P<unit>%)?(?: tro len)?[ :,=]+"
)
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


def _rate(words: str, maximum: Decimal) -> RuleReading | None:
    """What a product of a rate and the maximum says, or None where there is none."""
    clauses: list[_Clause] = []
    for clause in re.split(r";|\.(?!\d)", words):
        if text := clause.strip(" ,:-+"):
            found = _clause(text)
            if found is None and not _says_no_more(text):
                return RuleReading(None, NOT_UNDERSTOOD) if clauses and _has_rate(clauses) else None
            clauses += [found] if found else []
    if not _has_rate(clauses):
        return None
    if any(each.most not in (None, maximum) for each in clauses):
        return RuleReading(None, OTHER_NUMBER)
    return _ratio({(each.gives, each.side): each for each in clauses}, len(clauses))


def _has_rate(clauses: Sequence[_Clause]) -> bool:
    return any(each.gives == "rate" for each in clauses)


def _clause(words: str) -> _Clause | None:
    """A clause with its condition, or None where it is no part of a formula."""
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
        return _Clause("full", side, edge, _to_number_if(full["most"]))
    product = next((found for each in _PRODUCTS if (found := each.fullmatch(words))), None)
    if product is None or not _says_no_more(product["letters"] or ""):
        return None
    part = product.groupdict()
    most, by = _to_number_if(part.get("most")), _to_number_if(part["by"])
    by = None if by == 100 else by  # noqa: PLR2004 percent
    return _Clause("rate", side, edge, most, by, bool(part.get("wrong")))


def _ratio(found: dict[tuple[str, str], _Clause], clauses: int) -> RuleReading:
    """The rule of a formula and its conditions, which all name the same edge."""
    edges = {each.edge for each in found.values()} - {None}
    rate = next(each for each in found.values() if each.gives == "rate")
    rule: RuleForm = {"kind": "ratio"} | ({"inverted": True} if rate.is_wrong else {})
    if len(found) < clauses:
        return RuleReading(None, NOT_UNDERSTOOD)
    if len(edges | ({rate.by} - {None})) > 1:
        return RuleReading(None, OTHER_NUMBER)
    edge = next(iter(edges), None)
    match sorted(found):
        case [("rate", "")] if rate.by is None:
            return RuleReading(rule)
        case [("rate", "" | "from"), ("zero", "below")] if rate.by is None and not rate.is_wrong:
            return RuleReading(rule | {"floor": f"{edge:f}%"})
        case [("full", "from"), ("rate", "" | "below")] if not rate.is_wrong:
            return (
                RuleReading(rule | {"target": f"{edge:f}%"}) if rate.by else RuleReading(None, JUMP)
            )
    return RuleReading(None, NOT_UNDERSTOOD)


def _edge(number: str, percent: str | None) -> Decimal | None:
    """An edge in percent: `0.8` without a sign is 80 %, `80` without one says nothing."""
    edge = to_number(number)
    edge = edge if percent else edge * 100 if edge < 1 else Decimal(0)
    return Decimal(f"{edge.normalize():f}") if 0 < edge <= 100 else None  # noqa: PLR2004 percent


def _says_no_more(rest: str) -> bool:
    """Whether words around a formula only say what its letters are."""
    return not re.search(r"\d|\b(?:tru|cong|tren|duoi|toi da|neu|khong qua)\b|[<>%*]", rest)


# Points for each: taken off, or added


_OFF: Final = re.compile(
    rf"\btru(?: di)? (?P<each>{_NUMBER}) ?(?P<share>%)?(?: ?(?:so )?diem(?: toi da)?)?"
)
_ADD: Final = re.compile(
    rf"(?:duoc cong|duoc tinh|duoc|cong|tinh)(?: them)? (?P<each>{_NUMBER}) ?(?P<share>%)? ?diem"
)
_PER: Final = re.compile(
    r"\b(?:moi|cu)(?: (?:mot|0?1))?\b|\b(?:0?1|mot) (?!diem)(?=[a-z])|(?<=diem) ?/ ?(?:0?1 )?(?=[a-z])"
)
_AT_MOST: Final = re.compile(
    rf"(?:(?:nhung |va )?(?:toi da|khong qua|cho den|den)(?: khong qua| la)? (?:het )?)"
    rf"(?:(?P<most>{_NUMBER}) diem|so diem|diem toi da|diem)"
)


def _each(words: str, maximum: Decimal) -> RuleReading | None:
    """So many points off, or to it, for each thing; None where the words speak of neither."""
    off = list(_OFF.finditer(words))
    add = [] if off else list(_ADD.finditer(words))
    if not off and not (add and _PER.search(words)):
        return None
    found = off or add
    if len({(each["each"], each["share"]) for each in found}) > 1:
        return RuleReading(None, SEVERAL_AMOUNTS)
    rest = words[: found[0].start()] + "diem" + words[found[0].end() :]
    most = _AT_MOST.search(rest)
    if most and most["most"] and to_number(most["most"]) != maximum:
        return RuleReading(None, OTHER_NUMBER)
    rest = _AT_MOST.sub(" ", rest)
    per = _PER.search(rest)
    rest = _PER.sub(" ", rest)
    amount = to_number(found[0]["each"])
    fits = 0 < amount <= (100 if found[0]["share"] else maximum)
    if (
        per is None
        or not fits
        or len(found) > 1
        or re.search(r"\d|[;<>%*]|\b(?:tren|duoi)\b", rest)
    ):
        return RuleReading(None, NOT_UNDERSTOOD)
    if add:
        each = maximum * amount / 100 if found[0]["share"] else amount
        return RuleReading({"kind": "count", "each": each})
    return RuleReading({"kind": "deduct", "step": f"{amount:f}%" if found[0]["share"] else amount})
