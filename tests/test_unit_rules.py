"""Rules that go by more than one fact: the kind of unit, figures by name, the rate of another leaf."""

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parindex.api import read_scorecards
from parindex.findings import InputError
from parindex.rules.base import RefusedError, Rule
from parindex.rules.setting import Setting
from parindex.scheme.scheme import Scheme
from parindex.scheme.scheme_file import read_scheme
from parindex.scoring import score
from parindex.scoring.result import Result
from parindex.values.facts import Figures, Ratio, Value
from tests.rule_support import EN, VI, faults, points, refused, rule, working
from tests.support import call

TARGETS = rule(
    kind="ratio", target={"tỉnh": "20%", "district": "50%", "nhóm A": "80%", "others": "100%"}
)
SYNC = rule(
    kind="ratio",
    part="synced",
    of="max(reported, portal)",
    **{"else": "last_year * months / 12"},
    no_cases="zero",
)
HEAD = "id: own-scheme\ntitle: Thử\nyears: [2026]\nmax: 12\ncriteria:\n"
FIRST = (
    '  - {code: "1.4", name: Đồng bộ, max: 6, rule: {kind: ratio, part: synced, of: received}}\n'
)
SECOND = (
    '  - {code: "3.3", name: Trực tuyến, max: 6, rule: {kind: ratio, target: 50%, times: "1.4"}}\n'
)


def scheme(*lines: str) -> Scheme:
    with TemporaryDirectory() as folder:
        file = Path(folder, "scheme.yaml")
        file.write_text(HEAD + "".join(lines), encoding="utf-8")
        return read_scheme(str(file))


def result(tmp_path: Path, scores: str, *lines: str, more: str = "") -> Result:
    file = tmp_path / "card.yaml"
    file.write_text(f"unit: A\nyear: 2026\n{more}scores: {{{scores}}}\n", encoding="utf-8")
    under = scheme(*lines)
    [card] = read_scorecards(str(file), under)
    return score(card, under)


def refusals(*lines: str) -> list[str]:
    with pytest.raises(InputError) as caught:
        scheme(*lines)
    return [f"{each.code} {each.place}" for each in caught.value.findings]


def figures(**named: int | str) -> Figures:
    return Figures(
        {
            name: Value(Decimal(each))
            if isinstance(each, int)
            else Value(Decimal(each[:-1]), is_percent=True)
            for name, each in named.items()
        }
    )


class TestByUnit:
    """A figure of a rule may differ by level, group or profile; the nearest to the unit holds."""

    @pytest.mark.parametrize(
        ("setting", "expected"),
        [
            (Setting(2026, level="province"), "2"),
            (Setting(2026, level="district"), "0.8"),
            (Setting(2026, level="commune"), "0.4"),
            (Setting(2026), "0.4"),
            (Setting(2026, level="province", group="Nhóm A"), "0.5"),
            (Setting(2026, level="district", group="x", profile="Nhóm a"), "0.5"),
        ],
    )
    def test_which_holds(self, setting: Setting, expected: str) -> None:
        assert points(TARGETS.for_unit(setting), "20%") == Fraction(expected)

    def test_no_rule_for_the_unit(self) -> None:
        only = rule(kind="ratio", target={"province": "20%"}).for_unit(Setting(2026))
        assert refused(only, "20%") == "P225"
        assert refused(only, "n=3") == "P205"

    def test_every_place_of_a_figure(self) -> None:
        steps = rule(
            kind="steps",
            steps=[
                {"from": {"province": "20", "commune": "100"}, "points": "2"},
                {"from": "0", "points": {"province": "0", "commune": "1"}},
            ],
        )
        commune = steps.for_unit(Setting(2026, level="commune"))
        assert (points(commune, "99%"), points(commune, "100%")) == (1, 2)
        assert points(steps.for_unit(Setting(2026, level="province")), "20%") == 2

    def test_mappings_that_are_no_units_stay(self) -> None:
        """Options and items may be called as levels are."""
        tick = rule(kind="checklist", items={"province": "1", "commune": "1"})
        assert points(tick, "+commune") == 1

    def test_whole_rules(self) -> None:
        both = rule(
            kind="by-unit",
            rules={"province": {"kind": "ratio"}, "xã": {"kind": "ratio", "floor": "50%"}},
        )
        assert points(both.for_unit(Setting(2026, level="commune")), "40%") == 0
        assert points(both.for_unit(Setting(2026, level="province")), "40%") == Fraction("0.8")
        assert both.in_words(Fraction(2), VI).startswith("cấp tỉnh: ")

    def test_proof(self) -> None:
        """Each rule is proved, and all take the same input."""
        bad = rule(kind="ratio", target={"province": "120%", "commune": "0%", "others": "1%"})
        assert faults(bad) == ["P309", "P309"]
        mixed = rule(
            kind="by-unit", rules={"province": {"kind": "ratio"}, "xã": {"kind": "points"}}
        )
        assert faults(mixed) == ["P310"]

    def test_a_unit_left_out(self, tmp_path: Path) -> None:
        """Two figures by unit name the same units."""
        file = tmp_path / "s.yaml"
        rule_ = "{kind: linear, zero_at: {province: 1, commune: 2}, full_at: {province: 3}}"
        file.write_text(
            HEAD + f'  - {{code: "1", name: A, max: 12, rule: {rule_}}}\n', encoding="utf-8"
        )
        ran = call("schemes", "show", str(file))
        assert (ran.code, "P110" in ran.err, "province, commune" in ran.err) == (2, True, True)

    def test_misspelt(self) -> None:
        line = '  - {code: "1", name: A, max: 12, rule: {kind: ratio, target: {comune: 1%}}}\n'
        assert [each[:4] for each in refusals(line)] == ["P313"]

    def test_explained_for_the_unit(self, tmp_path: Path) -> None:
        line = (
            '  - {code: "1", name: A, max: 12, rule: {kind: ratio, target: {xã: 1%, tỉnh: 9%}}}\n'
        )
        (tmp_path / "s.yaml").write_text(HEAD + line, encoding="utf-8")
        card = "unit: A\nyear: 2026\nlevel: xã\nscheme: s.yaml\nscores: {'1': {value: 1%}}\n"
        (tmp_path / "c.yaml").write_text(card, encoding="utf-8")
        told = call("explain", str(tmp_path / "c.yaml"), "1").out
        assert "Rate ÷ 1 % × 12" in told
        assert "Rate ÷ 9 %" not in told
        whole = call("explain", "--scheme", str(tmp_path / "s.yaml"), "1").out
        assert "Rate ÷ 9 %" in whole


class TestWorkedOut:
    """A rate of figures by name: a part of the first whole that is not 0."""

    @given(*[st.integers(0, 10**6)] * 4, st.sampled_from([1, 3, 6, 12]))
    def test_the_larger_of_two_else_last_year(
        self, synced: int, reported: int, portal: int, last_year: int, months: int
    ) -> None:
        fact = figures(synced=synced, reported=reported, portal=portal, last_year=last_year)
        whole = Fraction(max(reported, portal)) or Fraction(last_year * months, 12)
        under = SYNC.for_unit(Setting(2026, months=months))
        if not whole:
            assert under.points(fact, Fraction(6)) == 0
        elif synced > whole:
            with pytest.raises(RefusedError) as caught:
                under.points(fact, Fraction(6))
            assert caught.value.code == "P207"
        else:
            assert under.points(fact, Fraction(6)) == 6 * Fraction(synced) / whole

    @pytest.mark.parametrize(
        ("fact", "code"),
        [
            (figures(synced=1, reported=2), "P224"),
            (figures(synced=0, reported=0, portal=0), "P224"),
            (figures(synced=1, reported=2, portal=2, others=1), "P217"),
            (figures(synced="1%", reported=2, portal=2), "P205"),
            (Figures({"synced": Value(Decimal("1.5"))}), "P224"),
            (
                Figures(
                    {"synced": Value(Decimal("1.5"))} | dict(figures(reported=2, portal=2).figures)
                ),
                "P207",
            ),
        ],
    )
    def test_refused(self, fact: Figures, code: str) -> None:
        with pytest.raises(RefusedError) as caught:
            SYNC.for_unit(Setting(2026)).points(fact, Fraction(6))
        assert caught.value.code == code

    def test_what_a_later_whole_needs_may_be_left_out(self) -> None:
        fact = figures(synced=1, reported=2, portal=2)
        assert SYNC.for_unit(Setting(2026)).points(fact, Fraction(6)) == 3

    def test_no_whole_months(self) -> None:
        fact = figures(synced=0, reported=0, portal=0, last_year=12)
        with pytest.raises(RefusedError) as caught:
            SYNC.for_unit(Setting(2026, months=None)).points(fact, Fraction(6))
        assert caught.value.code == "P207"

    def test_a_rate_may_be_reported_as_it_is(self) -> None:
        assert SYNC.points(Ratio(Decimal(1), Decimal(2)), Fraction(6)) == 3
        assert points(SYNC, "50%", Fraction(6)) == 3

    def test_without_a_whole(self) -> None:
        """The part may be the rate itself, also one less others."""
        happy = rule(
            kind="ratio", target="90%", part="1 - (late + complained) / settled", no_cases="zero"
        )
        fact = figures(late=10, complained=9, settled=100)
        assert happy.points(fact, Fraction(6)) == Fraction(6) * 81 / 90
        assert happy.points(figures(late=0, complained=0, settled=0), Fraction(6)) == 0
        told = happy.working(fact, Fraction(6), EN)
        assert told == "1 − (10 + 9) ÷ 100 = 81.00 % ÷ 90 % × 6 = 5.4"

    def test_percentages_and_numbers(self) -> None:
        two = rule(
            kind="linear",
            of="value",
            zero_at="0",
            full_at="10",
            part="own * 10 - cost",
            inputs={"own": "percent", "cost": "number"},
        )
        fact = Figures({"own": Ratio(Decimal(3), Decimal(4)), "cost": Value(Decimal("2.5"))})
        assert two.points(fact, Fraction(2)) == 1

    def test_words_and_working(self) -> None:
        fact = figures(synced=1, reported=2, portal=4)
        under = SYNC.for_unit(Setting(2026))
        assert under.working(fact, Fraction(6), EN) == "1 ÷ max(2; 4) = 25.00 % × 6 = 1.5"
        assert "last_year × " in SYNC.in_words(Fraction(6), EN)
        none = figures(synced=0, reported=0, portal=0, last_year=0)
        assert under.working(none, Fraction(6), EN).endswith("no case arose → 0")

    @given(st.integers(0, 60), st.integers(1, 60), st.fractions(0, 6))
    def test_gains(self, synced: int, received: int, now: Fraction) -> None:
        """What is asked for is the least count of the same whole with more points than now."""
        under = rule(kind="ratio", target="90%", part="synced", of="received")
        if synced > received:
            return
        fact = figures(synced=synced, received=received)
        gain = under.next_step(now, Fraction(6), fact)
        most = under.points(figures(synced=received, received=received), Fraction(6))
        if gain is None:
            assert now >= most
        else:
            assert gain.points == under.points(gain.fact, Fraction(6)) > now
        reach = under.reaching(now, Fraction(6), fact) if now else None
        if reach is not None and isinstance(reach.fact, Figures):
            enough = [
                n
                for n in range(received + 1)
                if under.points(figures(synced=n, received=received), Fraction(6)) >= now
            ]
            assert reach.fact.figures["synced"] == Value(Decimal(min(enough)))

    @pytest.mark.parametrize(
        ("fields", "codes"),
        [
            ({"of": "received"}, ["P131"]),
            ({"part": "a", "of": "b", "inputs": {"c": "count"}}, ["P313"]),
            ({"part": "a", "of": "b", "names": {"c": {"vi": "x"}}}, ["P313"]),
            ({"times": "1", "inverted": "true"}, ["P310"]),
        ],
    )
    def test_proof(self, fields: dict[str, Any], codes: list[str]) -> None:
        found = faults(rule(kind="ratio", **fields))
        assert found == codes or (codes == ["P131"] and len(found) == 1)

    def test_broken_text(self) -> None:
        line = '  - {code: "1", name: A, max: 12, rule: {kind: ratio, part: "a +", of: b}}\n'
        [told] = refusals(line)
        assert told.startswith("P321 ")


class TestTimes:
    """A rate multiplied with the rate of another leaf, however far that lies."""

    def test_product(self, tmp_path: Path) -> None:
        got = result(
            tmp_path,
            '"1.4": {figures: {synced: 900, received: 1000}}, "3.3": {ratio: [200, 1000]}',
            FIRST,
            SECOND,
        )
        assert got.node("3.3").points == Fraction(6) * Fraction(18, 50)

    @given(*[st.integers(1, 10**5)] * 4)
    def test_exact(self, a: int, b: int, c: int, d: int) -> None:
        under = rule(kind="ratio", target="50%", times="x")
        (a, b), (c, d) = sorted((a, b)), sorted((c, d))
        bound = under.for_unit(Setting(2026, rates={"x": Fraction(100 * c, d)}))
        expected = min(Fraction(1), Fraction(a * c * 2, b * d)) * 6
        assert bound.points(Ratio(Decimal(a), Decimal(b)), Fraction(6)) == expected

    @pytest.mark.parametrize("said", ["unknown", "3", "not_applicable"])
    def test_unknown(self, tmp_path: Path, said: str) -> None:
        """Without that rate the points are unknown, and the result says why."""
        got = result(tmp_path, f'"1.4": {said}, "3.3": {{value: 20%}}', FIRST, SECOND)
        node = got.node("3.3")
        assert (node.state, node.outcome.unassessed) == ("unknown", 6)
        assert [(f.code, f.where) for f in got.findings] == [("P421", "3.3")]

    def test_order_does_not_matter(self, tmp_path: Path) -> None:
        got = result(
            tmp_path,
            '"3.3": {value: 20%}, "1.4": {ratio: [1, 2]}',
            SECOND,
            FIRST,
        )
        assert got.node("3.3").points == Fraction(6) * Fraction(1, 5)

    def test_chain(self, tmp_path: Path) -> None:
        """A rate that is itself a product hands on the product."""
        last = SECOND.replace("3.3", "4").replace("1.4", "3.3").replace("6, ", "0.5, ", 1)
        lines = (FIRST, SECOND.replace("6, ", "5.5, ", 1), last)
        scores = '"1.4": {ratio: [1, 2]}, "3.3": {value: 50%}, "4": {value: 80%}'
        got = result(tmp_path, scores, *lines)
        assert got.node("4").points == Fraction(1, 2) * Fraction(20, 50)

    def test_working(self) -> None:
        bound = rule(kind="ratio", target="50%", times="1.4").for_unit(
            Setting(2026, rates={"1.4": Fraction(90)})
        )
        told = working(bound, "200/1000", Fraction(6))
        assert told == "200/1000 × 90.00 % (1.4) = 18.00 % ÷ 50 % × 6 = 2.16"

    @pytest.mark.parametrize(
        ("times", "code"), [("9", "P313"), ("3.3", "P314"), ("1.5", "P228"), ("2", "P313")]
    )
    def test_proof(self, times: str, code: str) -> None:
        given_points = '  - {code: "1.5", name: B, max: 0.5}\n'
        inner = '{code: "2.1", name: C, max: 0.5, rule: {kind: ratio}}'
        parent = f'  - {{code: "2", name: C, max: 0.5, children: [{inner}]}}\n'
        lines = FIRST.replace("6,", "5,"), SECOND.replace("1.4", times)
        assert [each[:4] for each in refusals(*lines, given_points, parent)] == [code]

    def test_circle(self) -> None:
        other = FIRST.replace("of: received", 'of: received, times: "3.3"')
        assert [each[:4] for each in refusals(other, SECOND)] == ["P314", "P314"]

    @given(st.integers(0, 100), st.integers(0, 100), st.fractions(0, 6))
    def test_gains(self, factor: int, own: int, now: Fraction) -> None:
        """What is asked for gives what is promised, and more than now."""
        bound = rule(kind="ratio", target="50%", times="x").for_unit(
            Setting(2026, rates={"x": Fraction(factor)})
        )
        reported = Value(Decimal(own), is_percent=True)
        for gain in bound.gains(now, Fraction(6), reported):
            assert gain.points == bound.points(gain.fact, Fraction(6)) > now
        best = bound.points(Value(Decimal(100), is_percent=True), Fraction(6))
        assert (bound.next_step(now, Fraction(6), reported) is None) == (now >= best)

    def test_simulate_and_target(self, tmp_path: Path) -> None:
        """A leaf whose rate another takes is raised by its figures, so that the other rises, too."""
        (tmp_path / "s.yaml").write_text(HEAD + FIRST + SECOND, encoding="utf-8")
        scores = '{"1.4": {figures: {synced: 500, received: 1000}}, "3.3": {ratio: [400, 1000]}}'
        file = tmp_path / "c.yaml"
        file.write_text(
            f"unit: A\nyear: 2026\nscheme: s.yaml\nscores: {scores}\n", encoding="utf-8"
        )
        ran = call("simulate", str(file), "--set", "1.4=value:90%", "-f", "json")
        after = json.loads(ran.out)
        assert "36" in json.dumps(after)
        ran = call("target", str(file), "--index", "85", "-f", "json")
        assert ran.code == 0, ran.err
        plan = json.loads(ran.out)["results"][0]["plans"][0]
        assert [step["code"] for step in plan["steps"]] == ["1.4"]


def test_reads_back() -> None:
    """A rule said by unit is the same rule after it was written out."""
    model: Rule = type(TARGETS).model_validate(TARGETS.model_dump(by_alias=True, exclude_none=True))
    assert model == TARGETS


class TestTemplates:
    """A scheme without a level, whose rules differ by it, asks for it; figures by name are asked for too."""

    def test_yaml(self) -> None:
        told = call("template", "vn-tt01-2018-vpcp", "--year", "2024").out
        assert "by which rules differ: ministry, province," in told.replace("\n# ", " ")
        told = call("template", "vn-766-service-index-2026").out
        assert "# Report: figures: {synced: 10, reported: 10," in told

    def test_workbook(self, tmp_path: Path) -> None:
        file = tmp_path / "a.xlsx"
        made = call(
            "template", "vn-tt01-2018-vpcp", "--year", "2024", "--unit", "Xã A", "-o", str(file)
        )
        assert made.code == 0, made.err
        book = openpyxl.load_workbook(file)
        sheet = book.worksheets[0]
        [row] = [n for n in range(1, 10) if sheet.cell(n, 2).value == "Level:"]
        names = {str(sheet.cell(n, 2).value): n for n in range(1, sheet.max_row + 1)}
        [head] = [row for row in sheet.iter_rows() if row[0].value == "No."]
        result = next(cell.column for cell in head if cell.value == "Result")
        for name in ("– Handled there", "– Received there"):
            sheet.cell(names[name], result, "60%")
        for level, points_ in (("Xã", 0), ("Huyện", 2)):
            sheet.cell(row, 3, level)
            book.save(file)
            [told] = json.loads(call("score", str(file), "-f", "json", "--depth", "1").out)[
                "results"
            ]
            assert [c["points"] for c in told["criteria"] if c["code"] == "5"] == [points_]
