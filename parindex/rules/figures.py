"""What the kinds of rules have in common that take several figures, each by its name."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Annotated, Final, Literal

from parindex.rules.base import RefusedError, Rule, outside_share
from parindex.values.codes import (
    FIGURE_MISSING,
    NEGATIVE_NUMBER,
    OUT_OF_RANGE,
    UNKNOWN_OPTION,
    WRONG_INPUT_FOR_RULE,
    ZERO_DENOMINATOR,
)
from parindex.values.facts import Fact, Figure, Figures, Ratio, Value, figure_form
from parindex.values.fields import matching
from parindex.values.fuzzy import suggest
from parindex.values.language import N_

FigureKind = Literal["percent", "count", "number"]
"""A percentage or a part of a whole; a whole number of 0 or more; any number of 0 or more."""
FigureName = Annotated[
    str, matching(r"[^\W\d]\w{0,39}", N_("a name of letters, digits and _, like on_time"))
]
_SAMPLES: Final = {"percent": "97.2%", "number": "12.5", "date": "31/12/2025"}
EXPECTED: Final = {"percent": "97.2% / 234/543", "count": "0, 1, 2, …", "number": "12.5"}


def figures_of(fact: Fact, names: Iterable[str]) -> Mapping[str, Figure]:
    """The figures of a fact by their names, all of which must be there and no other.

    With a mapping of names to their kinds, or to `date`, what is expected is told by kind.

    Raises:
        RefusedError: P205 another kind of input, P217 a figure of another name, P224 one is missing.
    """
    known = list(names)
    if not isinstance(fact, Figures):
        kinds = names if isinstance(names, Mapping) else {}
        told = ", ".join(f"{name}: {_SAMPLES.get(kinds.get(name) or '', '10')}" for name in known)
        raise RefusedError(WRONG_INPUT_FOR_RULE, expected=f"figures: {{{told}}}")
    for name in fact.figures:
        if name not in known:
            near = suggest(name, known)
            raise RefusedError(UNKNOWN_OPTION, found=name, expected=", ".join(known), near=near)
    missing = [name for name in known if name not in fact.figures]
    if missing:
        raise RefusedError(FIGURE_MISSING, found=", ".join(missing))
    return fact.figures


def kind_of(rule: Rule, name: str) -> FigureKind | None:
    """Of which kind a figure of a rule is; None where the rule does not say it by `inputs`."""
    inputs: Mapping[str, FigureKind] = getattr(rule, "inputs", None) or {}
    return inputs.get(name)


def exact_figures(fact: Fact, kinds: Mapping[str, FigureKind]) -> dict[str, Fraction]:
    """The figures of a fact as exact numbers; 97.2 % is 0.972.

    Raises:
        RefusedError: as `figures_of`, or a figure that is not of its kind.
    """
    found = figures_of(fact, kinds)
    return {name: exact_figure(name, found[name], kind) for name, kind in kinds.items()}


def exact_figure(name: str, figure: Figure, kind: FigureKind) -> Fraction:
    """One figure as an exact number; errors as `exact_figures`."""
    told = f"{name}: {figure_form(figure)}"
    if kind == "percent":
        return _share(told, figure)
    if not isinstance(figure, Value) or figure.is_percent:
        raise RefusedError(WRONG_INPUT_FOR_RULE, expected=f"{name}: {EXPECTED[kind]}")
    if figure.value < 0:
        raise RefusedError(NEGATIVE_NUMBER, found=told)
    if kind == "count" and figure.value != int(figure.value):
        raise RefusedError(OUT_OF_RANGE, found=told, expected=EXPECTED[kind])
    return Fraction(figure.value)


def _share(told: str, figure: Figure) -> Fraction:
    if isinstance(figure, Ratio):
        if figure.whole == 0:
            raise RefusedError(ZERO_DENOMINATOR, found=told)
        share = figure.share()
    elif isinstance(figure, Value) and figure.is_percent:
        share = Fraction(figure.value) / 100
    else:
        expected = told.partition(":")[0] + f": {EXPECTED['percent']}"
        raise RefusedError(WRONG_INPUT_FOR_RULE, expected=expected)
    if not 0 <= share <= 1:
        raise outside_share(told, figure)
    return share
