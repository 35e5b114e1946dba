"""What was reported, in words, and what would have to be reported for more points."""

from parindex.rules.base import Gain, Rule
from parindex.rules.deadline import date_text
from parindex.values.facts import (
    Answer,
    Answers,
    Count,
    Date,
    Fact,
    Figures,
    Items,
    Percent,
    Points,
    Ratio,
    State,
    Value,
)
from parindex.values.language import N_, Language

STATES = {
    "not_applicable": N_("does not apply"),
    "no_evidence": N_("no evidence"),
    "unknown": N_("not yet known"),
}
_NEEDS = {
    "from": N_("at least {fact}"),
    "above": N_("above {fact}"),
    "to": N_("at most {fact}"),
    "below": N_("below {fact}"),
    "is": "{fact}",
}


def fact_text(fact: Fact, rule: Rule | None, say: Language) -> str:  # noqa: PLR0911
    """A fact in words; options and items go by the names that the rule gives them."""
    names = rule.named(say) if rule else {}
    match fact:
        case Answer(answer):
            return names.get(answer, answer)
        case Items(items):
            return "; ".join(names.get(item, item) for item in items) or say("none of the items")
        case Answers(answers):
            return ", ".join(f"{names.get(each, each)}: {n}" for each, n in answers.items())
        case Figures(figures):
            return "; ".join(
                f"{names.get(name, name)}: {fact_text(figure, rule and rule.of_figure(name), say)}"
                for name, figure in figures.items()
            )
        case Date(date):
            return date_text(date, say)
        case State(state):
            return say(STATES[state])
        case _:
            return _figure_text(fact, say)


def _figure_text(fact: Points | Percent | Value | Ratio | Count, say: Language) -> str:
    match fact:
        case Points(points):
            return say("{points} points", points=say.number(points))
        case Percent(share):
            return say("{share} % of the maximum", share=say.number(share))
        case Value(value, is_percent):
            return say.percent(value) if is_percent else say.number(value)
        case Ratio(part, whole):
            return f"{say.number(part)}/{say.number(whole)}"
        case Count(count):
            return str(count)


def need_text(gain: Gain, rule: Rule | None, say: Language) -> str:
    """What must be reported for a gain: `at least 70 %`, `at most 2`, or the option."""
    told = fact_text(gain.fact, rule, say)
    if isinstance(gain.fact, Date) and gain.need == "to":
        return say("not later than {date}", date=told)
    return say(_NEEDS[gain.need], fact=told)
