"""Rules in the words of an annex: each kind says itself, and what it says is read back.

The words stand behind a mark, `Cách chấm điểm:`, below what the decision itself prints. What
no words can say, such as an option's name of two lines, is written as in a scheme file.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Any, Final, NamedTuple

from parindex.office.annexes.options import option_name
from parindex.office.annexes.quoted import quoted
from parindex.office.annexes.wordings import RuleForm
from parindex.rules.base import Rule
from parindex.rules.checklist import ChecklistRule
from parindex.rules.choice import ChoiceRule
from parindex.rules.count import CountRule
from parindex.rules.deadline import DeadlineRule
from parindex.rules.deduct import DeductRule
from parindex.rules.linear import LinearRule
from parindex.rules.ratio import RatioRule
from parindex.rules.steps import StepsRule
from parindex.rules.survey import SurveyRule
from parindex.values.fields import Amount, Name
from parindex.values.language import LANGUAGES, N_, Language, language
from parindex.values.normal import normalized

MARK: Final = N_("Scored:")
"""Begins the words of a rule."""
_NONE: Final = N_("no rule is stated")
_POINTS: Final = N_("points as assessed")
_WATCH: Final = N_("watched only, no points")
_CHOICE: Final = N_("one of these:")
_CHECKLIST: Final = N_("each that is met, added up:")
_ALL: Final = N_("the maximum where all are met, else 0:")
_STEPS: Final = {
    ("percent", False): N_("by the rate:"),
    ("percent", True): N_("by the rate, both edges stated:"),
    ("value", False): N_("by the figure:"),
    ("value", True): N_("by the figure, both edges stated:"),
}
"""By whether the scheme states the upper edges too, as `to` or `below`."""
_DEADLINE: Final = N_("by the day:")
_SURVEY: Final = N_("mean worth of the answers to a survey:")
_DUE: Final = N_("up to {day}: the maximum")
_LATE: Final = N_("up to {days} days late: {points}")
_LATER: Final = N_("later: 0")
_LEFT_OUT: Final = N_("not counted: {words}")
_DEDUCT: Final = (
    N_("{each} points off for each case"),
    N_("{share} of the maximum off for each case"),
)
_COUNT: Final = (N_("{each} points for each"), N_("{each} points for each over {above}"))
_LINEAR: Final = N_("{zero} gives 0, {full} the maximum, in proportion between")
_NO_CASES: Final = {
    "full-points": N_("where no case arose: the maximum"),
    "zero": N_("where no case arose: 0"),
}
_RATIOS: Final = {
    (False, None): N_("rate × maximum"),
    (False, "floor"): N_("rate × maximum; below {share}: 0"),
    (False, "target"): N_("from {share} on the maximum; below {share}: rate × maximum / {share}"),
    (True, None): N_("(100% - rate) × maximum"),
    (True, "floor"): N_("(100% - rate) × maximum; where that rate is below {share}: 0"),
    (True, "target"): N_(
        "where (100% - rate) is {share} or more the maximum; below it (100% - rate) × maximum / {share}"
    ),
}
_RANGES: Final = {
    ("above", ""): N_("above {low}"),
    ("from", ""): N_("from {low} on"),
    ("from", "below"): N_("from {low} to below {high}"),
    ("from", "to"): N_("from {low} to {high}"),
    ("above", "below"): N_("above {low} to below {high}"),
    ("above", "to"): N_("above {low} to {high}"),
    ("", "below"): N_("below {high}"),
    ("", "to"): N_("up to {high}"),
}
"""What a step says of its lower and of its upper edge."""
_LONGEST: Final = 3000
"""Letters that the words of a rule have at the most; longer ones stand as in a scheme file."""
_NUMBER: Final = r"[0-9]{1,40}(?:[.,][0-9]{1,40})?"
_VALUES: Final = {
    "day": r"[0-9]{1,4}[-/][0-9]{1,2}(?:[-/][0-9]{1,4})?",
    "share": rf"{_NUMBER} ?%",
    "words": r".+",
    **dict.fromkeys(("low", "high", "zero", "full"), rf"{_NUMBER}(?: ?%)?"),
}
_KEYED: Final = re.compile(r"(?P<name>.*\S) \[(?P<key>[^\[\]]+)\]")
_POINTS_OF: Final = re.compile(
    rf"(?P<called>.*\S)\s*:\s*(?P<points>{_NUMBER}(?: ?%)?)(?:\s*(?:điểm|points?))?\s*[.;,]?",
    re.DOTALL,
)
_KEY: Final = re.compile(r"[^\s|=\[\]](?:[^|=\n\[\]]{0,58}[^\s|=\[\]])?")


def rule_block(rule: Rule | None, say: Language) -> str:
    """The words of a rule with their mark; `form_of` reads them."""
    words = say(_NONE) if rule is None else _KINDS[rule.kind].words(rule, say)
    return f"{say(MARK)} {words}"


def exact_block(rule: Rule, say: Language) -> str:
    """The rule as it stands in a scheme file, for what words cannot say."""
    form = rule.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    form = {"kind": rule.kind, **form}
    if names := form.get("names"):
        form["names"] = {key: name["vi"] for key, name in names.items()}
    return f"{say(MARK)} {quoted(form)}"


def is_said(rule: Rule | None) -> bool:
    """Whether there are words for such a rule; there are none for cases of several kinds."""
    return rule is None or (rule.kind in _KINDS and not getattr(rule, "events", None))


def parted(text: str) -> tuple[str, str | None]:
    """A text without the words of a rule at its end, and these words without their mark."""
    lines = text.split("\n")
    for number in range(len(lines) - 1, -1, -1):
        for code in LANGUAGES:
            mark = language(code)(MARK)
            if normalized("NFC", lines[number]).casefold().startswith(mark.casefold()):
                words = "\n".join([lines[number][len(mark) :], *lines[number + 1 :]]).strip()
                return "\n".join(lines[:number]), words
    return text, None


class NotRead(ValueError):  # noqa: N818 it is caught here, and nobody else sees it
    """Words that are not those of a rule."""


def form_of(words: str) -> RuleForm | None:
    """The rule that words say; None where they say that there is none.

    Raises:
        NotRead: they say something else.
    """
    if words.startswith("{"):
        return _exact(words)
    if len(words) > _LONGEST:
        raise NotRead(words)
    head, *lines = [line.strip() for line in words.split("\n") if line.strip()] or [""]
    if not lines and _read(_NONE, head) is not None:
        return None
    for kind in _KINDS.values():
        try:
            return kind.form(head, lines)
        except NotRead:
            continue
    raise NotRead(words)


def _exact(words: str) -> RuleForm:
    try:
        form = json.loads(words, parse_float=Decimal, parse_constant=Decimal)
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise NotRead(words) from error
    if not isinstance(form.get("kind"), str) or not _is_flat(form):
        raise NotRead(words)
    return {str(key): value for key, value in form.items()}


def _is_flat(value: Any, levels: int = 12) -> bool:
    """Whether mappings and lists stand in each other no deeper than in rules."""
    if isinstance(value, dict | list) and not levels:
        return False
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return all(_is_flat(each, levels - 1) for each in inside)


# Phrases: written in one language, read in each


def _plain(text: str) -> str:
    said = re.sub("[–—−]", "-", normalized("NFC", text))
    return re.sub(r"\s+", " ", said).strip()


@cache
def _patterns(message: str) -> tuple[re.Pattern[str], ...]:
    return tuple(_pattern(_plain(language(code)(message))) for code in LANGUAGES)


def _pattern(words: str) -> re.Pattern[str]:
    found, seen = "", set()
    for piece in re.split(r"(\{\w+\})", words):
        name = piece[1:-1]
        if not piece.startswith("{"):
            found += re.escape(piece)
        elif name in seen:
            found += f"(?P={name})"
        else:
            found += f"(?P<{name}>{_VALUES.get(name, _NUMBER)})"
            seen.add(name)
    return re.compile(found, re.IGNORECASE)


def _read(message: str, text: str) -> dict[str, str] | None:
    """What stands in the places of a phrase; None where the text is not this phrase."""
    said = _plain(text).rstrip(".;")
    return next(
        (found.groupdict() for each in _patterns(message) if (found := each.fullmatch(said))), None
    )


def _need(message: str, text: str) -> dict[str, str]:
    found = _read(message, text)
    if found is None:
        raise NotRead(text)
    return found


def _number(text: str) -> Decimal:
    return Decimal(text.strip(" %").replace(",", "."))


def _share(text: str) -> str:
    return f"{_number(text):f}%"


def _alone(lines: Sequence[str]) -> None:
    if lines:
        raise NotRead(lines[0])


# Options and items


def _called(key: str, names: Mapping[str, Name]) -> str:
    return f"{names[key].vi} [{key}]" if key in names else key


def _options(called: Sequence[tuple[str, Any]], field: str) -> RuleForm:
    """Options by their keys; what has none in brackets is its own key where that can be one."""
    options: dict[str, Any] = {}
    names: dict[str, str] = {}
    for words, worth in called:
        keyed = _KEYED.fullmatch(words)
        key = keyed["key"] if keyed else words
        if keyed or not _KEY.fullmatch(words):
            key = key if keyed else option_name(words)
            names[key] = keyed["name"] if keyed else words
        if key in options:
            raise NotRead(words)
        options[key] = worth
    if not options:
        raise NotRead(field)
    return {field: options, **({"names": names} if names else {})}


def _worths(lines: Sequence[str]) -> list[tuple[str, Decimal | str]]:
    found = [_POINTS_OF.fullmatch(line) for line in lines]
    if not all(found):
        raise NotRead("")
    return [(each["called"], _worth(each["points"])) for each in found if each]


def _worth(text: str) -> Decimal | str:
    """Points, or a share of the maximum."""
    return _share(text) if "%" in text else _number(text)


def _worth_words(worth: Amount, say: Language) -> str:
    return say.percent(worth.value) if worth.is_share else say.number(worth.value)


def _choice_words(rule: ChoiceRule, say: Language) -> str:
    told = (
        f"{_called(key, rule.names)}: {_worth_words(each, say)}"
        for key, each in rule.options.items()
    )
    return "\n".join([say(_CHOICE), *told])


def _choice(head: str, lines: Sequence[str]) -> RuleForm:
    _need(_CHOICE, head)
    return {"kind": "choice", **_options(_worths(lines), "options")}


def _checklist_words(rule: ChecklistRule, say: Language) -> str:
    told = (
        _called(key, rule.names)
        + ("" if rule.all_ or each is None else f": {_worth_words(each, say)}")
        for key, each in rule.items.items()
    )
    return "\n".join([say(_ALL if rule.all_ else _CHECKLIST), *told])


def _checklist(head: str, lines: Sequence[str]) -> RuleForm:
    if _read(_ALL, head) is None:
        _need(_CHECKLIST, head)
        return {"kind": "checklist", **_options(_worths(lines), "items")}
    form = _options([(line, None) for line in lines], "items")
    return {"kind": "checklist", "all": True, **form, "items": [*form["items"]]}


# Figures


def _no_cases_words(given: str | None, say: Language) -> Iterator[str]:
    if given:
        yield say(_NO_CASES[given])


def _no_cases(lines: Sequence[str]) -> tuple[Sequence[str], RuleForm]:
    """The lines without that which says what 0 of 0 gives, and what it says."""
    for given, message in _NO_CASES.items():
        if lines and _read(message, lines[-1]) is not None:
            return lines[:-1], {"no_cases": given}
    return lines, {}


def _ratio_words(rule: RatioRule, say: Language) -> str:
    field = next((each for each in ("floor", "target") if getattr(rule, each) is not None), None)
    share = "" if field is None else say.percent(getattr(rule, field))
    told = say(_RATIOS[rule.inverted, field]).format(share=share)
    return "\n".join([told, *_no_cases_words(rule.no_cases, say)])


def _ratio(head: str, lines: Sequence[str]) -> RuleForm:
    rest, cases = _no_cases(lines)
    _alone(rest)
    for (inverted, field), message in _RATIOS.items():
        if (found := _read(message, head)) is not None:
            edge = {field: _share(found["share"])} if field else {}
            return {"kind": "ratio", **edge, **({"inverted": True} if inverted else {}), **cases}
    raise NotRead(head)


def _steps_words(rule: StepsRule, say: Language) -> str:
    told = say.percent if rule.of == "percent" else say.number
    stated = len(rule.steps) > 1 and all(step.upper is not None for step in rule.steps[1:])
    lines = [say(_STEPS[rule.of, stated])]
    for higher, step in zip((None, *rule.steps), rule.steps, strict=False):
        low = "from" if step.above is None else "above"
        high = "" if higher is None else "to" if higher.above is not None else "below"
        if high and low == "from" and step.order[0] == 0:
            low = ""
        edges = {"low": told(step.order[0]), "high": told(higher.order[0]) if higher else ""}
        lines.append(f"{say(_RANGES[low, high], **edges)}: {_worth_words(step.points, say)}")
    return "\n".join([*lines, *_no_cases_words(rule.no_cases, say)])


def _steps(head: str, lines: Sequence[str]) -> RuleForm:
    of, stated = next(
        (key for key, message in _STEPS.items() if _read(message, head) is not None), ("", False)
    )
    rest, cases = _no_cases(lines)
    steps: list[dict[str, Decimal | str]] = []
    before: tuple[str, str] | None = None
    for words, points in _worths(rest):
        low, high, found = _range(words)
        edge = found.get("low", "0%" if of == "percent" else "0")
        is_first = before is None
        joins = before == ({"to": "above", "below": "from"}.get(high), found.get("high"))
        units = {"%" in each for each in (edge, *found.values())}
        if not of or (high != "" if is_first else not joins) or units != {of == "percent"}:
            raise NotRead(words)
        before = (low or "from", edge)
        upper = {high: _number(found["high"])} if stated and high else {}
        steps.append({low or "from": _number(edge), **upper, "points": points})
    if not steps:
        raise NotRead(head)
    form = {} if of == "percent" else {"of": of}
    return {"kind": "steps", **form, "steps": steps, **cases}


def _range(words: str) -> tuple[str, str, dict[str, str]]:
    for (low, high), message in _RANGES.items():
        if (found := _read(message, words)) is not None:
            return low, high, found
    raise NotRead(words)


def _linear_words(rule: LinearRule, say: Language) -> str:
    told = say.percent if rule.of == "percent" else say.number
    words = say(_LINEAR, zero=told(rule.zero_at), full=told(rule.full_at))
    return "\n".join([words, *_no_cases_words(rule.no_cases, say)])


def _linear(head: str, lines: Sequence[str]) -> RuleForm:
    rest, cases = _no_cases(lines)
    _alone(rest)
    found = _need(_LINEAR, head)
    if ("%" in found["zero"]) != ("%" in found["full"]):
        raise NotRead(head)
    of = {"of": "percent"} if "%" in found["zero"] else {}
    ends = {"zero_at": _number(found["zero"]), "full_at": _number(found["full"])}
    return {"kind": "linear", **of, **ends, **cases}


# Cases, days, answers, and what has no parameters


def _deduct_words(rule: DeductRule, say: Language) -> str:
    if rule.step is None:
        return say(_NONE)
    if rule.step.is_share:
        return say(_DEDUCT[1], share=say.percent(rule.step.value))
    return say(_DEDUCT[0], each=say.number(rule.step.value))


def _deduct(head: str, lines: Sequence[str]) -> RuleForm:
    _alone(lines)
    if (found := _read(_DEDUCT[1], head)) is not None:
        return {"kind": "deduct", "step": _share(found["share"])}
    return {"kind": "deduct", "step": _number(_need(_DEDUCT[0], head)["each"])}


def _count_words(rule: CountRule, say: Language) -> str:
    if rule.each is None:
        return say(_NONE)
    each, above = _worth_words(rule.each, say), say.number(rule.above)
    return say(_COUNT[1], each=each, above=above) if rule.above else say(_COUNT[0], each=each)


def _count(head: str, lines: Sequence[str]) -> RuleForm:
    _alone(lines)
    found = _read(_COUNT[0], head) or _need(_COUNT[1], head)
    return {"kind": "count", **{key: _number(value) for key, value in found.items()}}


def _deadline_words(rule: DeadlineRule, say: Language) -> str:
    due, day = rule.due, ""
    if due is not None:  # else the rule is written as in a scheme file
        day = f"{due.day:02}/{due.month:02}" + ("" if due.year is None else f"/{due.year:04}")
    late = (
        say(_LATE, days=say.number(rung.days), points=_worth_words(rung.points, say))
        for rung in rule.late
    )
    return "\n".join([say(_DEADLINE), say(_DUE, day=day), *late, say(_LATER)])


def _deadline(head: str, lines: Sequence[str]) -> RuleForm:
    _need(_DEADLINE, head)
    if not lines:
        raise NotRead(head)
    day, rungs = _need(_DUE, lines[0])["day"], lines[1:]
    if rungs and _read(_LATER, rungs[-1]) is not None:
        rungs = rungs[:-1]
    if short := re.fullmatch(r"([0-9]{1,2})/([0-9]{1,2})", day):
        day = f"{int(short[2]):02}-{int(short[1]):02}"
    late = [{key: _number(each) for key, each in _need(_LATE, rung).items()} for rung in rungs]
    return {"kind": "deadline", "due": day, **({"late": late} if late else {})}


def _survey_words(rule: SurveyRule, say: Language) -> str:
    told = [f"{answer}: {_worth_words(each, say)}" for answer, each in rule.weights.items()]
    left = [say(_LEFT_OUT, words=answer) for answer in rule.left_out]
    return "\n".join([say(_SURVEY), *told, *left])


def _survey(head: str, lines: Sequence[str]) -> RuleForm:
    _need(_SURVEY, head)
    weights: dict[str, str] = {}
    left: list[str] = []
    for line in lines:
        if (found := _read(_LEFT_OUT, line)) is not None:
            left.append(found["words"])
        elif (worth := _POINTS_OF.fullmatch(line)) and "%" in worth["points"]:
            weights[worth["called"]] = _share(worth["points"])
        else:
            raise NotRead(line)
    return {"kind": "survey", "weights": weights, **({"left_out": left} if left else {})}


class _Kind(NamedTuple):
    words: Callable[[Any, Language], str]
    form: Callable[[str, Sequence[str]], RuleForm]


def _lone(kind: str, message: str) -> _Kind:
    """A kind that has no parameters."""

    def form(head: str, lines: Sequence[str]) -> RuleForm:
        _alone(lines)
        _need(message, head)
        return {"kind": kind}

    return _Kind(lambda _rule, say: say(message), form)


_KINDS: Final = {
    "points": _lone("points", _POINTS),
    "watch": _lone("watch", _WATCH),
    "choice": _Kind(_choice_words, _choice),
    "checklist": _Kind(_checklist_words, _checklist),
    "ratio": _Kind(_ratio_words, _ratio),
    "steps": _Kind(_steps_words, _steps),
    "linear": _Kind(_linear_words, _linear),
    "deduct": _Kind(_deduct_words, _deduct),
    "count": _Kind(_count_words, _count),
    "deadline": _Kind(_deadline_words, _deadline),
    "survey": _Kind(_survey_words, _survey),
}
