"""Working days: the calendar of Vietnam, and deadlines that count by it or from another date."""

import json
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parindex.rules.base import RefusedError, UndecidedError
from parindex.rules.deadline import DeadlineRule
from parindex.rules.setting import Setting
from parindex.rules.working_days import (
    latest_before,
    latest_with,
    working_days,
    working_days_of,
)
from parindex.values.facts import Date, Fact, Figures, Value
from parindex.values.language import language
from tests.processes import start_anew
from tests.support import call, run

ONE = Fraction(1)
EN = language("en")
DAY = timedelta(days=1)


def iso(text: str) -> date:
    return date.fromisoformat(text)


def rule(**fields: Any) -> DeadlineRule:
    return DeadlineRule.model_validate({"kind": "deadline", **fields})


LATE = [{"days": "5", "points": "0.5"}]
WITHIN = rule(start="decided", done="published", within="10", calendar="working", late=LATE)
BEFORE = rule(start="decided", done="effective", at_least="20", calendar="working", late=LATE)


def both(of: DeadlineRule, start: date, done: date) -> Figures:
    assert of.start
    assert of.done
    return Figures({of.start: Date(start), of.done: Date(done)})


class TestCalendar:
    """Monday to Friday without public holidays, and the Saturdays worked for days off."""

    @pytest.mark.parametrize(
        "day",
        [
            "2018-01-01",  # the solar new year
            *("2018-02-15", "2018-02-16", "2018-02-20"),  # Tết, with what was on a weekend made up
            "2018-04-25",  # the 10th of the third lunar month
            "2018-09-03",  # 2 September was a Sunday
            "2018-12-31",  # swapped for Saturday, 5 January 2019
            *("2021-09-02", "2021-09-03"),  # two days since 2021
            "2023-01-02",  # 1 January was a Sunday
            *("2023-09-01", "2023-09-04"),  # 2 September was a Saturday
            "2024-04-29",  # swapped for 4 May
            "2026-01-02",  # swapped for 10 January
            *("2026-04-27", "2026-08-31", "2026-09-01", "2026-11-24"),
        ],
    )
    def test_days_off(self, day: str) -> None:
        assert iso(day) not in working_days_of(iso(day).year)

    @pytest.mark.parametrize("day", ["2019-01-05", "2024-05-04", "2025-04-26", "2026-01-10"])
    def test_saturdays_that_were_worked(self, day: str) -> None:
        assert iso(day).isoweekday() == 6
        assert iso(day) in working_days_of(iso(day).year)

    def test_every_year_has_so_many(self) -> None:
        """The bounds of the proof: from any day to the end of the next year there are 240."""
        counts = [len(working_days_of(year)) for year in range(2000, 2100)]
        assert min(counts) >= 240
        assert max(counts) <= 262

    @pytest.mark.parametrize("year", [1, 1999, 2100, 9999])
    def test_unknown_years(self, year: int) -> None:
        with pytest.raises(UndecidedError) as told:
            working_days_of(year)
        assert told.value.code == "P425"

    def test_start_up_does_not_load_it(self) -> None:
        ran = start_anew("schemes", environment={"PYTHONPROFILEIMPORTTIME": "1"})
        assert "parindex.rules.working_days" in ran.err
        assert "holidays" not in ran.err


DAYS = st.dates(date(2000, 1, 1), date(2098, 12, 31))


class TestCounting:
    """The day after is day 1; counting agrees with going from day to day."""

    @given(DAYS, st.integers(0, 400))
    def test_day_by_day(self, after: date, days: int) -> None:
        until = min(after + days * DAY, date(2099, 12, 31))
        steps = (after + n * DAY for n in range(1, (until - after).days + 1))
        count = sum(day in working_days_of(day.year) for day in steps)
        assert working_days(after, until) == count
        assert working_days(until, after) == -count

    @given(DAYS, st.integers(0, 240))
    def test_latest(self, after: date, most: int) -> None:
        last = latest_with(most, after)
        assert working_days(after, last) <= most
        assert working_days(after, last + DAY) > most or last.month == 12

    @given(DAYS.filter(lambda day: day.year > 2000), st.integers(1, 240))
    def test_latest_before(self, until: date, least: int) -> None:
        last = latest_before(least, until)
        assert working_days(last, until) >= least > working_days(last + DAY, until)


class TestWithin:
    """Not more than so many days from one reported date to another."""

    @pytest.mark.parametrize(
        ("done", "points"),
        [
            ("2026-03-02", 1),
            ("2026-03-13", 1),
            ("2026-03-16", 1),  # the 10th working day
            ("2026-03-17", Fraction(1, 2)),
            ("2026-03-23", Fraction(1, 2)),  # 5 late
            ("2026-03-24", 0),
            ("2027-12-31", 0),
        ],
    )
    def test_edges(self, done: str, points: Fraction) -> None:
        assert WITHIN.points(both(WITHIN, iso("2026-03-02"), iso(done)), ONE) == points

    def test_weekend_and_tet(self) -> None:
        """Nine days off are none of ten: 13 February 2026 was the Friday before Tết."""
        fact = both(WITHIN, iso("2026-02-13"), iso("2026-03-06"))
        assert WITHIN.working(fact, ONE, EN) == (
            "2026-03-06: 10 working days after 2026-02-13 ≤ 10 → 1"
        )

    def test_working(self) -> None:
        fact = both(WITHIN, iso("2026-03-02"), iso("2026-03-13"))
        assert WITHIN.working(fact, ONE, language("vi")) == (
            "13/03/2026: 9 ngày làm việc sau ngày 02/03/2026 ≤ 10 → 1"
        )
        fact = both(WITHIN, iso("2026-03-02"), iso("2026-03-20"))
        assert WITHIN.working(fact, ONE, EN) == (
            "2026-03-20: 14 working days after 2026-03-02 > 10: working days late: 4 → 0.5"
        )

    def test_calendar_days(self) -> None:
        plain = rule(start="a", done="b", within="10")
        assert plain.points(both(plain, iso("2026-03-02"), iso("2026-03-12")), ONE) == 1
        assert plain.points(both(plain, iso("2026-03-02"), iso("2026-03-13")), ONE) == 0

    @pytest.mark.parametrize(
        ("fact", "code"),
        [
            (both(WITHIN, iso("2026-03-02"), iso("2026-03-01")), "P207"),
            (both(WITHIN, iso("2026-03-02"), iso("2028-01-01")), "P207"),
            (both(WITHIN, iso("1998-03-02"), iso("1998-03-03")), "P425"),
            (both(WITHIN, iso("2099-12-31"), iso("2100-01-04")), "P425"),
            (Figures({"decided": Date(iso("2026-03-02"))}), "P224"),
            (Figures({"decided": Date(iso("2026-03-02")), "published": Value(Decimal(1))}), "P205"),
            (Date(iso("2026-03-02")), "P205"),
        ],
    )
    def test_refused(self, fact: Fact, code: str) -> None:
        with pytest.raises(RefusedError) as told:
            WITHIN.points(fact, ONE)
        assert told.value.code == code


class TestAtLeast:
    """Not fewer than so many days from one reported date to another."""

    @pytest.mark.parametrize(
        ("done", "points"),
        [
            ("2026-03-30", 1),
            ("2026-03-27", Fraction(1, 2)),
            ("2026-03-23", Fraction(1, 2)),
            ("2026-03-20", 0),
            ("2026-02-02", 0),  # decided after it took effect
            ("2027-02-02", 1),
        ],
    )
    def test_edges(self, done: str, points: Fraction) -> None:
        assert BEFORE.points(both(BEFORE, iso("2026-03-02"), iso(done)), ONE) == points

    def test_working(self) -> None:
        fact = both(BEFORE, iso("2026-03-02"), iso("2026-03-27"))
        assert BEFORE.working(fact, ONE, EN) == (
            "2026-03-27: 19 working days after 2026-03-02 < 20: missing: 1 → 0.5"
        )


class TestDue:
    """A due day of the year: how late it is may be counted in working days."""

    @pytest.mark.parametrize(
        ("done", "points"),
        [
            ("2024-12-31", 1),
            ("2025-01-08", Fraction(1, 2)),  # 1 January and a weekend are not counted
            ("2025-01-09", 0),
            ("2023-01-01", 1),
        ],
    )
    def test_edges(self, done: str, points: Fraction) -> None:
        due = rule(due="12-31", calendar="working", late=LATE).for_unit(Setting(2024))
        assert due.points(Date(iso(done)), ONE) == points

    def test_on_a_weekend(self) -> None:
        """What is due on a Saturday is in time on Sunday and late on Monday."""
        due = rule(due="2026-03-14", calendar="working")
        assert [due.points(Date(iso(f"2026-03-{day}")), ONE) for day in (15, 16)] == [1, 0]


class TestProof:
    """A rule counts from one thing only, in whole days that every year has."""

    @pytest.mark.parametrize(
        ("fields", "codes"),
        [
            ({"due": "12-31"}, []),
            ({}, ["P109"]),
            ({"start": "a", "done": "b", "within": "0"}, []),
            ({"start": "a", "done": "b", "at_least": "365"}, []),
            ({"start": "a", "done": "b", "at_least": "240", "calendar": "working"}, []),
            ({"start": "a", "done": "b", "at_least": "241", "calendar": "working"}, ["P309"]),
            ({"start": "a", "done": "b", "at_least": "366"}, ["P309"]),
            ({"start": "a", "done": "b", "at_least": "0"}, ["P309"]),
            ({"start": "a", "done": "b", "within": "1.5"}, ["P309"]),
            ({"start": "a", "done": "b"}, ["P109"]),
            ({"start": "a", "within": "1"}, ["P109"]),
            ({"done": "a", "within": "1"}, ["P109"]),
            ({"start": "a", "done": "a", "within": "1"}, ["P310"]),
            ({"start": "a", "done": "b", "within": "1", "at_least": "1"}, ["P310"]),
            ({"due": "12-31", "start": "a", "within": "1"}, ["P310", "P310"]),
            ({"due": "12-31", "names": {"a": "x"}}, ["P310"]),
            ({"start": "a", "done": "b", "within": "1", "names": {"c": "x"}}, ["P313"]),
            ({"start": "a", "done": "b", "at_least": "5", "late": LATE}, ["P309"]),
            ({"start": "a", "done": "b", "at_least": "6", "late": LATE}, []),
        ],
    )
    def test_proof(self, fields: dict[str, Any], codes: list[str]) -> None:
        assert [each.code for each in rule(**fields).proof(ONE)] == codes


RULES = [
    WITHIN,
    BEFORE,
    rule(start="a", done="b", within="7", late=LATE),
    rule(start="a", done="b", at_least="9", late=LATE),
    rule(due="2026-03-14", calendar="working", late=LATE),
]


class TestGains:
    """What `explain` asks for is the latest day that gives the points: the day after gives fewer."""

    @pytest.mark.parametrize("of", RULES)
    @given(start=st.dates(date(2020, 1, 1), date(2026, 12, 31)), days=st.integers(0, 365))
    def test_exhaustive(self, of: DeadlineRule, start: date, days: int) -> None:
        fact: Fact = both(of, start, start + days * DAY) if of.start else Date(iso("2026-12-30"))
        now = of.points(fact, ONE)
        gains = [*of.gains(now, ONE, fact)]
        assert [gain.points for gain in gains] == [p for p in (Fraction(1, 2), ONE) if p > now]
        for gain in gains:
            assert of.points(gain.fact, ONE) == gain.points
            if of.due is None or gain.points < 1:  # the due day itself may be a Friday
                assert of.points(later(of, gain.fact), ONE) < gain.points

    def test_without_dates(self) -> None:
        """Before a date is known points are all that can be named."""
        assert [gain.points for gain in WITHIN.gains(Fraction(0), ONE)] == [Fraction(1, 2), 1]
        assert [*rule(due="12-31").gains(Fraction(0), ONE)] == []


def later(of: DeadlineRule, fact: Fact) -> Fact:
    """The same with the date that the unit chooses a day later."""
    if isinstance(fact, Date):
        return Date(fact.date + DAY)
    assert isinstance(fact, Figures)
    moved = of.done if of.at_least is None else of.start
    return Figures(
        {
            name: Date(each.date + DAY) if name == moved and isinstance(each, Date) else each
            for name, each in fact.figures.items()
        }
    )


SCHEME = """\
id: example-days
title: {vi: Thử}
status: example
level: department
years: [2026]
max: 2
criteria:
  - code: "1"
    name: {vi: Công khai quyết định}
    max: 1
    rule:
      kind: deadline
      start: decided
      done: published
      within: 10
      calendar: working
      late: [{days: 5, points: 0.5}]
      names: {decided: Ngày ban hành, published: Ngày công khai}
  - {code: "2", name: {vi: Khác}, max: 1}
"""
CARD = """\
unit: Sở A
year: 2026
scheme: example-days
scores:
  "1": {figures: {decided: 2026-03-02, published: 17/03/2026}}
  "2": 1
"""


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """A scorecard, and how its scheme is named."""
    scheme, card = tmp_path / "scheme.yaml", tmp_path / "card.yaml"
    scheme.write_text(SCHEME, encoding="utf-8")
    card.write_text(CARD, encoding="utf-8")
    return [str(card), "--scheme", str(scheme)]


class TestCommands:
    """The commands know such a rule as any other."""

    def test_score(self, files: list[str]) -> None:
        [result] = json.loads(call("score", *files, "-f", "json").out)["results"]
        assert [each["points"] for each in result["criteria"]] == [0.5, 1]

    def test_explain(self, files: list[str]) -> None:
        text = run("explain", files[0], "1", *files[1:], "--lang", "vi").out
        told = " ".join(text.split())
        for words in (
            "1 nếu không quá 10 ngày làm việc từ “Ngày ban hành” đến “Ngày công khai”",
            "17/03/2026: 11 ngày làm việc sau ngày 02/03/2026 > 10: số ngày làm việc chậm: 1 → 0,5",
            "Ngày công khai: 16/03/2026",
        ):
            assert words in told

    def test_simulate_and_target(self, files: list[str]) -> None:
        told = call("target", *files, "--index", "90").out
        assert "published: 2026-03-16" in told.replace("Ngày công khai", "published")
        ran = call("simulate", *files, "--set", "1=unknown", "-f", "json")
        assert ran.code == 0

    def test_unknown_year(self, files: list[str]) -> None:
        """The leaf is unknown, and a finding says why; nothing is guessed."""
        card = Path(files[0])
        card.write_text(
            CARD.replace("2026-03-02, published: 17/03/2026", "1998-03-02, published: 1998-03-03")
        )
        ran = call("score", *files, "-f", "json")
        [result] = json.loads(ran.out)["results"]
        assert (ran.code, result["criteria"][0]["state"]) == (0, "unknown")
        assert [each["code"] for each in result["findings"]] == ["P425"]
