"""Ranges of percentages in words, and the steps that several of them make."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final, NamedTuple

_NUMBER: Final = r"\d{1,3}(?:[.,]\d{1,4})?"
_OVER: Final = "tu tren|tren|lon hon|cao hon|>=?|tu du|tu|dat tu|toi thieu|it nhat"
_UNDER: Final = "duoi|nho hon|it hon|thap hon|<=?"
_OPEN: Final = (
    *("tu tren", "tren", "lon hon", "cao hon", ">"),
    *("duoi", "nho hon", "it hon", "thap hon", "<"),
)
"""Words that leave their edge out of the range."""
_RANGES: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?P<low>{_NUMBER}) ?%? ?(?P<is_over><=?) ?(?:ty le|ti le|x|[a-z]/[a-z]) ?(?P<is_under><=?) ?(?P<high>{_NUMBER}) ?%",
        rf"(?:(?P<over>{_OVER}) ?)?\b(?P<low>{_NUMBER}) ?%? ?(?:-|den|cho den|va) ?(?:(?P<under>{_UNDER}) ?)?(?P<high>{_NUMBER}) ?%",
        rf"(?:tu )?\b(?P<low>{_NUMBER}) ?%(?: [a-z]+){{0,6}} tro len",
        rf"\b(?P<high>{_NUMBER}) ?%(?: [a-z]+){{0,6}} tro xuong",
        rf"(?P<under>khong qua|{_UNDER}) ?(?P<high>{_NUMBER}) ?%",
        rf"(?P<over>{_OVER}) ?(?P<low>{_NUMBER}) ?%",
        r"\b(?P<low>100) ?%",
    )
)
_MORE: Final = re.compile(r"%[^%]*,|\b(?:tang|giam|so voi)\b")
_LIGHT: Final = frozenset(
    ["dat", "duoc", "thuc", "hien", "hoan", "thanh", "ty", "ti", "le", "neu", "tu", "muc"]
)
"""Words that a line may have more than others without meaning more."""


class PercentRange(NamedTuple):
    """A range of percentages; `open_low` and `open_high` say that an edge is not in it."""

    low: Decimal
    high: Decimal
    open_low: bool = False
    open_high: bool = False


def percent_range(words: str) -> PercentRange | None:
    """The range that folded words name, or None where they name none, or other numbers too.

    >>> percent_range("thuc hien tu 70% den duoi 90% ke hoach")
    PercentRange(low=Decimal('70'), high=Decimal('90'), open_low=False, open_high=True)
    """
    words = _with_signs(words)
    found = next((found for each in _RANGES if (found := each.search(words))), None)
    if found is None or re.search(r"[\d<>%]", words[: found.start()] + words[found.end() :]):
        return None
    part = found.groupdict()
    low = Decimal((part.get("low") or "0").replace(",", "."))
    high = Decimal((part.get("high") or "100").replace(",", "."))
    open_low = part.get("over") in _OPEN or part.get("is_over") == "<"
    open_high = part.get("under") in _OPEN or part.get("is_under") == "<"
    return PercentRange(low, high, open_low, open_high) if low <= high <= 100 else None  # noqa: PLR2004


def _with_signs(words: str) -> str:
    """Words with a sign for `lớn hơn hoặc bằng`, `bằng hoặc dưới`."""
    words = re.sub(
        r"\b(?:tren|lon hon|cao hon)(?: hoac)? bang\b|\bbang hoac (?:tren|lon hon|cao hon)\b",
        ">=",
        words,
    )
    return re.sub(
        r"\b(?:duoi|nho hon|thap hon)(?: hoac)? bang\b|\bbang hoac (?:duoi|nho hon|thap hon)\b",
        "<=",
        words,
    )


def what_is_left(ranges: Sequence[PercentRange]) -> PercentRange | None:
    """The range below all others, or above them where they begin at 0; None where neither is."""
    lowest, highest = min(ranges), max(ranges, key=lambda each: (each.high, not each.open_high))
    if lowest.low > 0 and highest.high == 100 and not highest.open_high:  # noqa: PLR2004 percent
        return PercentRange(Decimal(0), lowest.low, open_high=not lowest.open_low)
    if lowest.low == 0 and not lowest.open_low and highest.high < 100:  # noqa: PLR2004 percent
        return PercentRange(highest.high, Decimal(100), open_low=not highest.open_high)
    return None


def has_own_condition(lines: Sequence[str]) -> bool:
    """Whether a line says more than its range and what other lines say too.

    Words behind a comma do, and what grows or falls has no range from 0 to 100 %.
    """
    lines = [_with_signs(line) for line in lines]
    if any(_MORE.search(line) for line in lines):
        return True
    rests = [
        set(
            re.findall(
                r"[a-z]+", next(each for each in _RANGES if each.search(line)).sub(" ", line)
            )
        )
        - _LIGHT
        for line in lines
    ]
    longest = max(rests, key=len)
    joined = {"va", "nhung", "hoac", "dong", "trong", "khong"} & longest
    return bool(joined) or any(not rest <= longest for rest in rests)


def read_steps(
    ranges: Sequence[PercentRange], points: Sequence[Decimal]
) -> list[dict[str, Decimal]]:
    """Steps from the highest to the lowest; empty unless they meet from 100 % down to 0 %.

    Ranges meet where the edge between them is in just one of them.
    """
    ordered = sorted(zip(ranges, points, strict=True), reverse=True)
    steps: list[dict[str, Decimal]] = []
    edge, is_taken = Decimal(100), False
    for each, worth in ordered:
        if each.high != edge or each.open_high != is_taken:
            return []
        steps.append({"above" if each.open_low else "from": each.low, "points": worth})
        edge, is_taken = each.low, not each.open_low
    falls = [worth for _range, worth in ordered]
    turns = falls not in (sorted(falls), sorted(falls, reverse=True))
    return [] if edge or not is_taken or turns else steps
