"""The rule of a sub-criterion, read from the words in which an annex prints how it is scored.

Words are read without marks and in small letters. A text is taken for a rule only where
it says one thing: what can be read in two ways, or holds words that no pattern knows,
stays points with its words, and the doubt is named.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from parindex.office.annexes.options import Option, option_lines, rule_of_options
from parindex.office.annexes.rates import rate_rule
from parindex.office.annexes.wordings import (
    NO_MAXIMUM,
    NOT_UNDERSTOOD,
    NUMBER,
    OTHER_NUMBER,
    SEVERAL_AMOUNTS,
    RuleReading,
    fold_words,
    to_number,
)


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
    if not maximum and _WATCHED.fullmatch(words):
        return RuleReading({"kind": "watch"})
    lines = list(options) or option_lines(text)
    if maximum is None:
        return RuleReading(None, NO_MAXIMUM if lines or _speaks_of_points(words) else "")
    if not options:
        found = rate_rule(words, maximum) or _each(words, maximum, has_options=bool(lines))
        if found:
            return found
    if lines:
        return rule_of_options(lines, maximum, surveyed=bool(_SURVEYED.search(words)))
    return RuleReading(None, NOT_UNDERSTOOD if _speaks_of_points(words) else "")


_LONGEST: Final = 3000
"""Letters of a text that may say a rule; a longer one says more than one thing."""
_WATCHED: Final = re.compile(
    r"(?:(?:tieu chi|chi so|chi tieu) )?(?:nay )?(?:chi )?(?:de )?theo doi(?: danh gia)?(?:[, ;.-]+khong (?:cham|tinh) diem)?\.?"
    r"|khong (?:cham|tinh) diem\.?"
)
_SURVEYED: Final = re.compile(r"dieu tra|khao sat|hai long|\bxhh\b")


def _speaks_of_points(words: str) -> bool:
    """Whether words say how points come about, and not only where they come from."""
    if re.search(r"\bdiem\b", words) and re.search(r"\d", words):
        return True
    return bool(
        re.search(r"\d ?%|\btru\b|\*|diem toi da|\bx \d|[:=] ?\d[\d.,]{0,4} ?(?:;|$)", words)
    )


# Points for each: taken off, or added


_OFF: Final = re.compile(
    rf"\btru(?: di)? (?P<each>{NUMBER}) ?(?P<share>%)?(?: ?(?:so )?diem(?: toi da)?)?"
)
_ADD: Final = re.compile(
    rf"(?:duoc cong|duoc tinh|duoc|cong|tinh)(?: them)? (?P<each>{NUMBER}) ?(?P<share>%)? ?diem"
)
_GIVE: Final = re.compile(rf"(?:dat|cham|cho|:) ?(?P<each>{NUMBER}) ?(?P<share>%)? ?diem")
"""The same without options, which say their points in this way too."""
_PER: Final = re.compile(
    r"\b(?:moi|cu)(?: (?:mot|0?1))?\b|\b(?:0?1|mot) (?!diem)(?=[a-z])|(?<=diem) ?/ ?(?:0?1 )?(?=[a-z])"
)
_WRONG: Final = re.compile(r"\b(?:loi|sai|cham|thieu|vi pham|tre|khong)\b")
"""What nobody gets points for."""
_AT_MOST: Final = re.compile(
    rf"(?:(?:nhung |va )?(?:toi da|khong qua|cho den|den)(?: khong qua| la)? (?:het )?)"
    rf"(?:(?P<most>{NUMBER}) diem|so diem|diem toi da|diem)"
)


def _each(words: str, maximum: Decimal, *, has_options: bool) -> RuleReading | None:
    """So many points off, or to it, for each thing; None where the words speak of neither."""
    words = re.sub(r"[:,] ?- ?(?=\d)", " tru ", words) if _PER.search(words) else words
    words = re.sub(r"\btoi da (?:bi )?tru\b", "toi da", words)
    off = list(_OFF.finditer(words))
    add = [] if off else list(_ADD.finditer(words))
    if not off and not add and not has_options:
        add = list(_GIVE.finditer(words))
    found = off or add
    if not off and not (add and _PER.search(words)):
        return None
    if len({(each["each"], each["share"]) for each in found}) > 1:
        return RuleReading(None, SEVERAL_AMOUNTS)
    rest = words[: found[0].start()] + "diem" + words[found[0].end() :]
    most = _AT_MOST.search(rest)
    if most and most["most"] and to_number(most["most"]) != maximum:
        return RuleReading(None, OTHER_NUMBER)
    rest = _AT_MOST.sub(" ", rest)
    rest, per = _PER.subn(" ", rest)
    amount = to_number(found[0]["each"])
    fits = 0 < amount <= (100 if found[0]["share"] else maximum)
    is_more = re.search(r"\d|[;<>%*]|\b(?:tren|duoi)\b", rest) or (add and _WRONG.search(rest))
    if not per or not fits or len(found) > 1 or is_more:
        return RuleReading(None, NOT_UNDERSTOOD)
    if add:
        each = maximum * amount / 100 if found[0]["share"] else amount
        return RuleReading({"kind": "count", "each": each})
    return RuleReading({"kind": "deduct", "step": f"{amount:f}%" if found[0]["share"] else amount})
