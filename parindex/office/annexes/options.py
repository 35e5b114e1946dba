"""Options in words: one a line, with its points or its share of the maximum."""

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final, NamedTuple

from parindex.office.annexes.percent_ranges import (
    has_own_condition,
    percent_range,
    read_steps,
    what_is_left,
)
from parindex.office.annexes.wordings import (
    BELOW_ZERO,
    BEST_NOT_MAXIMUM,
    NOT_UNDERSTOOD,
    NUMBER,
    STEPS_DO_NOT_MEET,
    RuleForm,
    RuleReading,
    fold_words,
    to_number,
)
from parindex.values.exact import to_decimal_or_none


class Option(NamedTuple):
    """A line of words with its points, or with its share of the maximum in percent, as printed.

    `part` is 3 where the share is printed as `1/3`.
    """

    words: str
    points: Decimal = Decimal(0)
    share: Decimal | None = None
    printed: str = ""
    part: int = 0

    def points_of(self, maximum: Decimal) -> Decimal | None:
        """Its points; None where a share has no end as a decimal number."""
        if self.part:
            return to_decimal_or_none(Fraction(maximum) / self.part)
        return self.points if self.share is None else maximum * self.share / 100


_HALF: Final = r"(?:một\s+|1\s+)?nửa\s+(?:số\s+)?điểm(?:\s+tối\s+đa)?"
_POINTS: Final = re.compile(
    rf"""^(?P<words>.*?\S)\s*
    (?: (?:[:=]|->|→)\s*(?:(?:được|đạt|tính|cho|chấm)\s+)?
        (?P<after>-?{NUMBER}|1/[2345]|{_HALF}|(?:số\s+)?điểm\s+tối\s+đa|không\s+điểm)\s*
        (?P<unit>%)?\s*(?:điểm|đ)?(?P<most>\s*(?:số\s+)?(?:điểm\s+)?(?:tối\s+đa|chuẩn))?
      | [\s,](?:thì\s+)?(?:số\s+)?điểm(?:\s+đánh\s+giá|\s+đạt|\s+đạt\s+được)?\s*(?:là|bằng|=|:|được)?\s*
        (?P<is>{NUMBER})\s*(?:điểm|đ)?
      | \s(?:thì\s+)?(?:được|đạt|tính|cho|chấm)\s+(?P<full>(?:số\s+)?điểm\s+tối\s+đa)
      | \s(?P<nothing>không\s+(?:(?:tính|chấm|cho|có|được)\s+)?điểm)
      | [\s(](?:(?:được|đạt|tính|cho|chấm|-|–)\s*)?(?P<said>-?{NUMBER}|1/[2345])\s*(?P<said_unit>%)?
        \s*điểm(?P<said_most>\s*tối\s+đa)?\)?
    )\s*[.,]*$""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_MOST: Final = 50
"""Options of one criterion."""
_OFF: Final = re.compile(r"\b(?:tru|cong them|moi|cu)\b(?! truong hop)")
"""Words by which a line takes off or adds for each thing, and is no option."""
_REST: Final = re.compile(
    r"(?:cac |nhung )?(?:truong hop )?(?:con lai|khac|nguoc lai)(?: con lai)?"
)
_SEVERAL: Final = re.compile(
    rf"(?:[:=]|được|đạt|tính|cho|chấm)\s*{NUMBER}\s*(?:điểm|đ)?\s*[,.](?!\d)|(?<=\w\w)\.\s+(?=[A-ZĐÀ-Ỹ])",
    re.IGNORECASE,
)
"""Points of an option before it, within its words."""
_BULLET: Final = re.compile(r"^\s*(?:[-+*•●○–▪✓]|[a-zđ]\)|\d{1,2}\))\s*", re.IGNORECASE)


_FIRST: Final = re.compile(
    rf"(?:(?:được|đạt|cho|chấm)\s+)?(?P<points>{NUMBER})\s*(?:điểm|đ)?\s*(?::|=|\b(?:nếu|khi|đối với)\b)\s*(?P<words>\D.*)",
    re.IGNORECASE | re.DOTALL,
)
_LINES: Final = re.compile(r"[\n\r;]+")
_PARTINGS: Final = (
    _LINES,
    re.compile(r"[\n\r;]+|(?<=[\wđ%)])\.\s+(?=[^\W\d])|(?<=[\wđ%)])\.\s+(?=\d+\s*%)"),
    re.compile(r"[\n\r;]+|(?<=[\wđ%)])[.,]\s+|\s[-–]\s+(?=[^\W\d])"),
)
"""Where one option ends: a line or a semicolon, else a sentence, else a comma or a dash."""
_HEADING: Final = re.compile(r"(?:cach tinh|tinh|xac dinh|can cu|dua tren)\b[^\d:;]*")
"""A first sentence that only says what is measured."""


def option_lines(text: str) -> list[Option]:
    """The options of a text; empty unless there are two or more and every line says its points.

    A first line that ends with a colon, or only says what is measured, is passed over.
    """
    whole = unicodedata.normalize("NFC", text)
    for parting in _PARTINGS:
        lines = [_BULLET.sub("", line).strip() for line in parting.split(whole)]
        lines = [line for line in lines if line.strip(" .,")]
        if lines[1:] and (lines[0].endswith(":") or _HEADING.fullmatch(fold_words(lines[0]))):
            del lines[0]
        for read in (_option, _points_first):
            found = [option for line in lines if (option := read(line))]
            if len(found) == len(lines) > 1:
                return found
    return []


def _points_first(line: str) -> Option | None:
    """An option whose points stand before its words: `2 điểm: trên 90%`."""
    found = _FIRST.fullmatch(line.rstrip(" .,"))
    if found is None or _option(line) or _OFF.search(fold_words(found["words"])):
        return None
    return Option(re.sub(r"\s+", " ", found["words"]), to_number(found["points"]))


def read_option(words: str, points: str) -> Option | None:
    """An option whose points stand in a cell of their own; None where these are no points."""
    words = _BULLET.sub("", words).strip()
    option = _option(f"{words}: {points}")
    return option and option._replace(words=words, printed=f"{words}: {points}")


def _option(line: str) -> Option | None:
    found = _POINTS.match(line)
    if found is None or _OFF.search(fold_words(found["words"])) or _SEVERAL.search(found["words"]):
        return None
    words = re.sub(r"\s+", " ", found["words"]).strip(" :-–=,")
    words = re.sub(r"^nếu\s+|[\s,]+(?:thì|được)$", "", words, flags=re.IGNORECASE)
    number = (found["after"] or found["said"] or found["is"] or found["full"] or "").lower()
    is_whole = bool(found["most"] or found["said_most"])
    return _worth(
        words, number, has_sign=bool(found["unit"] or found["said_unit"]), is_whole=is_whole
    )


def _worth(words: str, number: str, *, has_sign: bool, is_whole: bool) -> Option | None:
    """An option of so many points, of percent, or of a part of the maximum; none by empty words."""
    if not number or number.startswith("không"):
        return Option(words)
    if "nửa" in number:
        return Option(words, share=Decimal(50), part=2)
    if number.endswith("đa"):
        return Option(words, share=Decimal(100))
    if "/" in number:
        part = int(number[-1])
        return Option(words, share=Decimal(100) / part, part=part) if is_whole else None
    return Option(words, share=to_number(number)) if has_sign else Option(words, to_number(number))


def rule_of_options(lines: Sequence[Option], maximum: Decimal, *, surveyed: bool) -> RuleReading:
    """Worth of answers, steps where each line is a range of percentages, a choice, a checklist."""
    shares = {option_name(line.words): line.share for line in lines if line.share is not None}
    is_ranged = any(percent_range(fold_words(line.words)) for line in lines)
    if surveyed and not is_ranged and len(shares) == len(lines) and max(shares.values()) == 100:  # noqa: PLR2004 percent
        weights = {name: f"{share:f}%" for name, share in shares.items()}
        return RuleReading({"kind": "survey", "weights": weights})
    known = [(line.words, line.points_of(maximum)) for line in lines]
    given = [(words, each) for words, each in known if each is not None]
    points = [each for _words, each in given]
    if len(given) < len(known) or not 1 < len(known) <= _MOST:
        return RuleReading(None, NOT_UNDERSTOOD)
    if min(points) < 0:
        return RuleReading(None, BELOW_ZERO)
    if max(points) != maximum:
        if min(points) > 0 and sum(points) == maximum:
            return RuleReading(_named("checklist", "items", given))
        return RuleReading(None, BEST_NOT_MAXIMUM)
    return _of_ranges(given)


def _of_ranges(given: Sequence[tuple[str, Decimal]]) -> RuleReading:
    """Steps where the lines differ by their ranges of percentages only, else a choice.

    One line may say `còn lại`: it is what the others leave below them, or above.
    """
    folded = [fold_words(words) for words, _points in given]
    ranges = [percent_range(words) for words in folded]
    rest = [at for at, words in enumerate(folded) if _REST.fullmatch(words)]
    known = [each for each in ranges if each]
    if len(rest) == 1 and len(known) == len(given) - 1 and known:
        ranges[rest[0]] = what_is_left(known)
    told = [words for at, words in enumerate(folded) if at not in rest]
    found = [each for each in ranges if each]
    if len(found) < len(given) or has_own_condition(told):
        return RuleReading(_named("choice", "options", given))
    steps = read_steps(found, [points for _words, points in given])
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
