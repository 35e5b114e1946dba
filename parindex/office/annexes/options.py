"""Options in words: one a line, with its points or its share of the maximum."""

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from parindex.office.annexes.percent_ranges import has_own_condition, percent_range, read_steps
from parindex.office.annexes.wordings import (
    BELOW_ZERO,
    BEST_NOT_MAXIMUM,
    NUMBER,
    STEPS_DO_NOT_MEET,
    RuleForm,
    RuleReading,
    fold_words,
    to_number,
)


class Option(NamedTuple):
    """A line of words with its points, or with its share of the maximum in percent, as printed."""

    words: str
    points: Decimal = Decimal(0)
    share: Decimal | None = None
    printed: str = ""


_POINTS: Final = re.compile(
    rf"""^(?P<words>.*?\S)\s*
    (?: (?:[:=]|->|→)\s*(?:(?:được|đạt|tính|cho|chấm)\s+)?
        (?P<after>-?{NUMBER}|1/[2345]|(?:số\s+)?điểm\s+tối\s+đa|không\s+điểm)\s*
        (?P<unit>%)?\s*(?:điểm|đ)?(?P<most>\s*(?:số\s+)?(?:điểm\s+)?(?:tối\s+đa|chuẩn))?
      | \s(?P<nothing>không\s+(?:(?:tính|chấm|cho|có|được)\s+)?điểm)
      | [\s(](?:(?:được|đạt|tính|cho|chấm|-|–)\s*)?(?P<said>-?{NUMBER}|1/[2345])\s*(?P<said_unit>%)?
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


def rule_of_options(lines: Sequence[Option], maximum: Decimal, *, surveyed: bool) -> RuleReading:
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
