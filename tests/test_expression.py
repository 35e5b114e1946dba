"""The language of formulas: what can be read, what it gives, what it is called, and what is refused."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from parindex.findings import message
from parindex.rules.base import RefusedError
from parindex.rules.expression import Tree, ZeroDivisorError, evaluate, names, parse, words
from parindex.rules.intervals import Interval, between, bounds, slope, truth, zero_divisors
from parindex.values.finding import Finding
from tests.rule_support import EN, VI

FIGURES = {"a": Fraction(3), "b": Fraction(1, 2), "c": Fraction(0), "số_hồ_sơ": Fraction(7)}


def value(text: str) -> Fraction:
    return evaluate(parse(text), FIGURES)


def read(text: str) -> Tree | RefusedError:
    """The expression of a text, or why it is none."""
    try:
        return parse(text)
    except RefusedError as refused_:
        return refused_


def refused(text: str) -> Mapping[str, str]:
    """What is told of a text that cannot be read."""
    with pytest.raises(RefusedError) as caught:
        parse(text, ("points",))
    assert (caught.value.code, caught.value.path) == ("P321", ("points",))
    for say in (EN, VI):
        assert "{" not in message(Finding("P321", "1", caught.value.parameters), say)
    return caught.value.parameters


class TestValues:
    """An expression gives exactly what the same arithmetic gives on paper."""

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("0.25", "1/4"),
            ("90%", "9/10"),
            ("90 %", "9/10"),
            ("12.5%", "1/8"),
            ("1 + 2 * 3", "7"),
            ("(1 + 2) * 3", "9"),
            ("1 - 2 - 3", "-4"),
            ("1 − 2 − 3", "-4"),
            ("12 / 2 / 3", "2"),
            ("12 ÷ 2 × 3", "18"),
            ("12 / (2 / 3)", "18"),
            ("-2 * -3", "6"),
            ("--2", "2"),
            ("2 - -3", "5"),
            ("a / b", "6"),
            ("số_hồ_sơ * 2", "14"),
            ("min(3, a, 1)", "1"),
            ("max(2; a)", "3"),
            ("min(5)", "5"),
            ("if(a > 2, 10, 20)", "10"),
            ("if(a < 3, 10, 20)", "20"),
            ("if(a <= 3, 10, 20)", "10"),
            ("if(a ≥ 3 and b < 1, 1, 0)", "1"),
            ("if(a != 3 or c = 0, 1, 0)", "1"),
            ("if(a ≠ 3 or a <> 3, 1, 0)", "0"),
            ("if(not a == 3, 1, 0)", "0"),
            ("if(not (a == 3 and c == 1), 1, 0)", "1"),
            ("if(a = 3 or a = 4 and c = 1, 1, 0)", "1"),
            ("if((a = 3 or a = 4) and c = 1, 1, 0)", "0"),
            ("if(c = 0, 0, a / c)", "0"),
            ("if(c = 0 or a / c > 1, 1, 0)", "1"),
            ("1 / 3 + 1 / 3 + 1 / 3", "1"),
            ("0.1 + 0.2", "3/10"),
            ("a\u00a0+\n b", "7/2"),
            ("+".join(["1"] * 100), "100"),
            ("(" * 30 + "1" + ")" * 30, "1"),
            ("9" * 40, "9" * 40),
        ],
    )
    def test_what_it_gives(self, text: str, expected: str) -> None:
        assert value(text) == Fraction(expected)

    @pytest.mark.parametrize("text", ["a / c", "a / (b - 0.5)", "1 / 0", "if(1 / c > 0, 1, 2)"])
    def test_division_by_zero(self, text: str) -> None:
        with pytest.raises(ZeroDivisorError):
            value(text)

    def test_a_result_that_nobody_could_check(self) -> None:
        tree = parse("*".join(["a"] * 100))
        with pytest.raises(RefusedError) as caught:
            evaluate(tree, {"a": Fraction(10) ** 40})
        assert caught.value.code == "P207"

    def test_names(self) -> None:
        assert names(parse("b + min(a, if(số_hồ_sơ > b, 1, c))")) == ("b", "a", "số_hồ_sơ", "c")

    def test_a_letter_is_the_same_however_it_is_written(self) -> None:
        assert value("so\u0302\u0301_ho\u0302\u0300_so\u031b") == 7


class TestRefused:
    """What cannot be read is told with its column, what is there, and what was expected."""

    @pytest.mark.parametrize(
        ("text", "column", "found"),
        [
            ("", 1, None),
            ("1 +", 4, None),
            ("(1 + 2", 7, None),
            ("1 2", 3, "2"),
            ("a ^ 2", 3, "^"),
            ("a ** 2", 4, "*"),
            ("a.b", 2, "."),
            ("1e5", 2, "e5"),
            (".5", 1, "."),
            ("0,5 * a", 2, ","),
            ("a % b", 3, "%"),
            ("a b", 3, "b"),
            ("abs(a)", 1, "abs"),
            ("min()", 5, ")"),
            ("min 1", 5, "1"),
            ("min(1,5; a)", 8, ";"),
            ("if(a, 1, 2)", 4, "a"),
            ("if(a > 1, 2)", 12, ")"),
            ("if(a > 1, 2, 3, 4)", 15, ","),
            ("if(a > 1, b > 1, 2)", 11, "b"),
            ("a > 1", 1, "a"),
            ("(a > 1) + 1", 1, "("),
            ("if(1 < a < 3, 1, 2)", 10, "<"),
            ("if(a and b, 1, 2)", 4, "a"),
            ("if(not a, 1, 2)", 8, "a"),
            ("1 + not a", 5, "not"),
            ("and", 1, "and"),
            ("a = b", 1, "a"),
            ("a; b", 2, ";"),
            ("__import__(os)", 1, "__import__"),
            ("a[0]", 2, "["),
            ("'a'", 1, "'"),
            ("1 + \N{ARABIC-INDIC DIGIT ONE}", 5, "\N{ARABIC-INDIC DIGIT ONE}"),
        ],
    )
    def test_place(self, text: str, column: int, found: str | None) -> None:
        told = refused(text)
        assert told["column"] == str(column)
        assert told.get("found") == found
        assert told["expected"]

    @pytest.mark.parametrize(
        "text",
        [
            "1" * 1001,
            "9" * 41,
            "(" * 31 + "1" + ")" * 31,
            "-" * 31 + "1",
            "if(" + "not " * 31 + "a > 1, 1, 2)",
            "+".join(["1"] * 102),
            "min(" * 31 + "1" + ")" * 31,
            "(" * 900,
        ],
    )
    def test_bounds(self, text: str) -> None:
        assert refused(text)["expected"]


class TestWords:
    """An expression is printed so that it is read as it is computed."""

    @pytest.mark.parametrize(
        ("text", "en", "vi"),
        [
            ("2*min(1,a/b/90%)", "2 × min(1; a ÷ b ÷ 90 %)", "2 × min(1; a ÷ b ÷ 90%)"),
            ("0.5-(a-b)", "0.5 − (a − b)", "0,5 − (a − b)"),
            ("a-b-c", "a − b − c", "a − b − c"),
            ("a/(b*c)", "a ÷ (b × c)", "a ÷ (b × c)"),
            ("(a+b)*c", "(a + b) × c", "(a + b) × c"),
            ("a*b+c", "a × b + c", "a × b + c"),
            ("a - -b", "a − (−b)", "a − (−b)"),
            ("-(a+b)", "−(a + b)", "−(a + b)"),
            ("if(a>=1,b,c)", "if(a ≥ 1; b; c)", "nếu(a ≥ 1; b; c)"),
            (
                "if((a>1 or b=0) and not c<>2, 1, 0)",
                "if((a > 1 or b = 0) and not (c ≠ 2); 1; 0)",
                "nếu((a > 1 hoặc b = 0) và không phải (c ≠ 2); 1; 0)",
            ),
        ],
    )
    def test_text(self, text: str, en: str, vi: str) -> None:
        assert words(parse(text), None, EN) == en
        assert words(parse(text), None, VI) == vi

    def test_figures_put_in(self) -> None:
        tree = parse("maximum * min(1, on_time / received / 90%)")
        figures = {"maximum": "2", "on_time": "982", "received": "1000"}
        assert words(tree, figures, EN) == "2 × min(1; 982 ÷ 1000 ÷ 90 %)"


Made = tuple[str, Any]
"""An expression as text, and a function of figures that gives its value by Python's own arithmetic."""
numbers = st.integers(0, 400).map(lambda n: (f"{n // 4}.{n % 4 * 25:02}", Fraction(n, 4)))


def _binary(sign: str) -> Any:
    return {
        "+": lambda a, b: a + b,
        "-": lambda a, b: a - b,
        "*": lambda a, b: a * b,
        "/": lambda a, b: a / b,
        "<": lambda a, b: a < b,
        ">=": lambda a, b: a >= b,
        "=": lambda a, b: a == b,
        "!=": lambda a, b: a != b,
        "and": lambda a, b: a and b,
        "or": lambda a, b: a or b,
    }[sign]


@st.composite
def made(draw: st.DrawFn, depth: int = 4) -> Made:
    """A random number, and how Python computes it."""
    kind = draw(
        st.sampled_from(["number", "name", *(("sum", "minus", "least", "if") * (depth > 0))])
    )
    if kind == "number":
        text, exact = draw(numbers)
        return text, lambda _: exact
    if kind == "name":
        name = draw(st.sampled_from(["a", "b", "c"]))
        return name, lambda figures: figures[name]
    one, other = draw(made(depth - 1)), draw(made(depth - 1))
    if kind == "minus":
        return f"-({one[0]})", lambda figures: -one[1](figures)
    if kind == "least":
        pick, name = draw(st.sampled_from([(min, "min"), (max, "max")]))
        return f"{name}({one[0]}, {other[0]})", lambda f: pick(one[1](f), other[1](f))
    if kind == "if":
        test = draw(condition(depth - 1))
        return (
            f"if({test[0]}, {one[0]}, {other[0]})",
            lambda f: one[1](f) if test[1](f) else other[1](f),
        )
    sign = draw(st.sampled_from("+-*/"))
    compute = _binary(sign)
    return f"({one[0]}) {sign} ({other[0]})", lambda f: compute(one[1](f), other[1](f))


@st.composite
def condition(draw: st.DrawFn, depth: int) -> Made:
    one, other = draw(made(max(0, depth - 1))), draw(made(max(0, depth - 1)))
    sign = draw(st.sampled_from(["<", ">=", "=", "!="]))
    compute = _binary(sign)
    first: Made = (f"{one[0]} {sign} {other[0]}", lambda f: compute(one[1](f), other[1](f)))
    if depth > 0 and draw(st.booleans()):
        second, word = draw(condition(depth - 2)), draw(st.sampled_from(["and", "or"]))
        joins = word == "and"
        return f"{first[0]} {word} not ({second[0]})", (
            (lambda f: first[1](f) and not second[1](f))
            if joins
            else (lambda f: first[1](f) or not second[1](f))
        )
    return first


figures = st.fixed_dictionaries(
    dict.fromkeys("abc", st.integers(0, 12).map(lambda n: Fraction(n, 4)))
)


class TestRandom:
    """Random expressions agree with Python, lie within their bounds, and print as what they are."""

    @given(made(), figures)
    def test_values_words_and_bounds(self, expression: Made, given_: dict[str, Fraction]) -> None:
        text, compute = expression
        tree = read(text)
        if isinstance(tree, RefusedError):
            assert len(text) > 200
            return
        domain = {name: between(0, 3) for name in given_}
        try:
            expected = compute(given_)
        except ZeroDivisionError:
            with pytest.raises(ZeroDivisorError):
                evaluate(tree, given_)
            return
        assert evaluate(tree, given_) == expected
        assert within(expected, bounds(tree, domain))
        point = {name: between(each, each) for name, each in given_.items()}
        assert within(expected, bounds(tree, point))
        assert evaluate(parse(words(tree, None, EN)), given_) == expected

    @given(made(), figures, st.sampled_from("abc"))
    def test_slopes(self, expression: Made, given_: dict[str, Fraction], name: str) -> None:
        tree = read(expression[0])
        if isinstance(tree, RefusedError):
            return
        domain = {other: between(each, each) for other, each in given_.items()}
        way = slope(tree, name, {**domain, name: between(0, 3)})
        if way is None:
            return
        try:
            found = [evaluate(tree, {**given_, name: Fraction(n, 4)}) for n in range(13)]
        except ZeroDivisorError:
            return
        assert found == sorted(found, reverse=way < 0)
        assert way or len(set(found)) == 1

    @given(st.text(alphabet="0159.,;%+-*/×÷−<>=!≤≥≠() abmaxinfotrd_đ\n", max_size=80))
    @example("((((((((((1" * 20)
    @example("if" * 300)
    @example("1 or 2")
    def test_any_text(self, text: str) -> None:
        """It is read, or refused with its place; nothing else ever happens."""
        tree = read(text)
        if isinstance(tree, RefusedError):
            assert tree.code == "P321"
            assert 1 <= int(tree.parameters["column"]) <= len(text) + 1
            return
        given_ = dict.fromkeys(names(tree), Fraction(2, 3))
        try:
            found = evaluate(tree, given_)
        except (ZeroDivisorError, RefusedError):
            return
        assert within(found, bounds(tree, {name: between(0, 1) for name in given_}))


def within(number: Fraction, interval: Interval) -> bool:
    return interval.low <= (0, number) <= interval.high


class TestIntervals:
    """Bounds hold whatever is reported, and tell what can never be."""

    @pytest.mark.parametrize(
        ("text", "least", "most"),
        [
            ("a", "0", None),
            ("rate", "0", "1"),
            ("2 * min(1, a / b)", "0", "2"),
            ("2 - rate", "1", "2"),
            ("a / b", "0", None),
            ("-a", None, "0"),
            ("a - b", None, None),
            ("1 / (1 + a)", "0", "1"),
            ("rate / (1 + rate)", "0", "1"),
            ("max(0.5, rate) * -2", "-2", "-1"),
            ("1 / -(1 + rate)", "-1", "-1/2"),
            ("if(a >= 0, 1, 5)", "1", "1"),
            ("if(rate > 1, 5, 2)", "2", "2"),
            ("if(rate > 0.5, 5, 2)", "2", "5"),
            ("if(a < 0 or rate <= 1, 5, 2)", "5", "5"),
            ("if(a = 0 and rate > 1, 5, 2)", "2", "2"),
            ("if(not rate > 1, 5, 2)", "5", "5"),
            ("if(2 = rate, 5, 2)", "2", "2"),
            ("if(2 ≠ rate, 5, 2)", "5", "5"),
        ],
    )
    def test_bounds(self, text: str, least: str | None, most: str | None) -> None:
        known = {"a": between(0, None), "b": between(0, None), "rate": between(0, 1)}
        found = bounds(parse(text), known)
        told = [None if each is None else str(each) for each in (found.least, found.most)]
        assert told == [least, most]

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("a / 0", ["0"]),
            ("a / (1 - 1) + b / 0%", ["1 − 1", "0 %"]),
            ("a / (b * 0)", ["b × 0"]),
            ("a / b", []),
            ("if(a > 1, a / (100% - 1), 2)", ["100 % − 1"]),
        ],
    )
    def test_constant_zero(self, text: str, expected: list[str]) -> None:
        known = {"a": between(0, None), "b": between(0, None)}
        found = [words(each, None, EN) for each in zero_divisors(parse(text), known)]
        assert found == expected

    def test_truth(self) -> None:
        tree: Any = parse("if(a < b, 1, 2)")
        assert truth(tree.condition, {"a": between(0, 1), "b": between(2, 3)}) is True
        assert truth(tree.condition, {"a": between(3, 4), "b": between(2, 3)}) is False
        assert truth(tree.condition, {"a": between(0, 4), "b": between(2, 3)}) is None
