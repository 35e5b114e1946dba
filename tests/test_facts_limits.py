"""Due days worked out from time limits in working days: by hand, by a walk over the days, on every engine."""

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import parindex
from parindex.rules.working_days import working_days_of
from parindex.scale.limits import limits
from tests.facts_support import (
    Row,
    counts,
    day,
    due_by_hand,
    facts,
    frame,
    is_working,
    mapped,
    rejected,
    working_day_after,
)
from tests.support import call
from tests.test_facts_engines import as_arrow, as_duckdb, as_pandas, lazy

STATES = ("early", "on_time", "late")


def state(found: dict[str, int]) -> str:
    """What the one dossier is."""
    [name] = [each for each in STATES if found[each]]
    return name


def row(received: str, limit: str, returned: str | None, **more: str) -> Row:
    """A row with a limit in place of a due day."""
    return {"received": received, "limit": limit, "returned": returned, **more}


class TestByHand:
    """The due day is the n-th working day after the day of receipt, over weekends and holidays."""

    @pytest.mark.parametrize(
        ("received", "limit", "due"),
        [
            ("03/03/2025", "5", "10/03/2025"),
            ("03/03/2025", "1", "04/03/2025"),
            ("07/03/2025", "1", "10/03/2025"),  # Friday
            ("08/03/2025", "1", "10/03/2025"),  # Saturday
            ("08/03/2025", "0", "10/03/2025"),
            ("10/03/2025", "0", "10/03/2025"),
            ("24/01/2025", "20", "28/02/2025"),  # the week of Tết
            ("24/01/2025", "25", "07/03/2025"),
            ("30/01/2025", "15 ngày làm việc", "21/02/2025"),
        ],
    )
    def test_due(self, received: str, limit: str, due: str) -> None:
        last = day(due)
        assert last is not None
        assert last == due_by_hand(day(received) or last, int(limit.split(maxsplit=1)[0]))
        after = f"{last + datetime.timedelta(days=1):%d/%m/%Y}"
        period = {"from": "2025-01-01", "to": "2025-12-31"}
        assert state(counts([row(received, limit, due)], period=period)) == "on_time"
        assert state(counts([row(received, limit, after)], period=period)) == "late"

    def test_the_day_of_receipt_as_the_first(self) -> None:
        rows = [row("03/03/2025", "5", "07/03/2025")]
        first = {"first_day": "received"}
        assert state(counts(rows)) == "early"
        assert state(counts(rows, time_limit=first)) == "on_time"

    def test_a_swapped_saturday_is_worked(self) -> None:
        period = {"from": "2025-04-01", "to": "2025-05-31"}
        rows = [row("25/04/2025", "1", "26/04/2025")]
        assert state(counts(rows, period=period)) == "on_time"

    @pytest.mark.parametrize(
        ("cell", "kind"),
        [
            ("5", None),
            (" 5 ", None),
            ("05", None),
            ("5.0", None),
            ("5 NGÀY LÀM VIỆC", None),
            ("5 ngày làm việc", None),
            ("5 working days", None),
            ("5 ngày", "unreadable_limit"),
            ("2,5", "unreadable_limit"),
            ("-5", "unreadable_limit"),
            ("8 giờ", "unreadable_limit"),
            ("1000", "unreadable_limit"),
            ("", "no_due_day"),
        ],
    )
    def test_cells(self, cell: str, kind: str | None) -> None:
        rows = [row("03/03/2025", cell, "10/03/2025")]
        assert rejected(rows) == ({kind: 1} if kind else {})
        if kind is None:
            assert state(counts(rows)) == "on_time"

    def test_words_of_the_map(self) -> None:
        rows = [row("03/03/2025", "5 ngày", "10/03/2025")]
        assert state(counts(rows, time_limit={"words": ["Ngày"]})) == "on_time"

    def test_a_due_day_wins(self) -> None:
        rows = [row("03/03/2025", "5", "10/03/2025", due="07/03/2025")]
        assert state(counts(rows)) == "late"
        rows = [row("03/03/2025", "no limit", "07/03/2025", due="07/03/2025")]
        assert state(counts(rows)) == "on_time"
        rows = [row("03/03/2025", "5", "10/03/2025", due="")]
        assert state(counts(rows)) == "on_time"
        assert rejected([row("03/03/2025", "5", "", due="?")]) == {"unreadable_due": 1}

    def test_before_the_calendar(self) -> None:
        assert rejected([row("31/12/1999", "5", "10/03/2025")]) == {"unknown_calendar": 1}

    def test_after_the_period(self) -> None:
        assert rejected([row("05/05/2150", "5", "")]) == {"outside_period": 1}
        found = counts([row("31/03/2025", "999", "")])
        assert (found["pending"], found["overdue"]) == (1, 0)

    def test_no_day_of_receipt(self) -> None:
        assert rejected([row("", "5", "10/03/2025")]) == {"no_received_day": 1}
        assert rejected([row("?", "5", "10/03/2025")]) == {"unreadable_received": 1}


class TestProcedures:
    """A limit of the map belongs to a procedure; the row's own wins."""

    def test_by_procedure(self) -> None:
        rows: list[Row] = [
            {"received": "03/03/2025", "returned": "10/03/2025", "procedure": each}
            for each in (" 1.1 ", "1.2", "1.3")
        ]
        limit = {"procedures": {"1.1": 5, "1.2": 4}}
        found = counts(rows, time_limit=limit)
        assert (found["on_time"], found["late"], found["received"]) == (1, 1, 2)
        assert rejected(rows, time_limit=limit) == {"no_due_day": 1}

    def test_letters_composed_or_not(self) -> None:
        rows: list[Row] = [
            {"received": "03/03/2025", "returned": "10/03/2025", "procedure": "Cấp giấy phép"}
        ]
        assert state(counts(rows, time_limit={"procedures": {"Cấp giấy phép": 5}})) == "on_time"

    def test_the_rows_own_wins(self) -> None:
        rows = [row("03/03/2025", each, "10/03/2025", procedure="1.1") for each in ("4", "")]
        found = counts(rows, time_limit={"procedures": {"1.1": 5}})
        assert (found["on_time"], found["late"]) == (1, 1)


class TestSuspended:
    """The working days of a suspension move the due day, where the map says so."""

    @pytest.mark.parametrize(
        ("start", "end", "due"),
        [
            ("05/03/2025", "08/03/2025", "13/03/2025"),  # Wednesday to Friday
            ("08/03/2025", "10/03/2025", "10/03/2025"),  # a weekend
            ("07/03/2025", "11/03/2025", "12/03/2025"),
            ("11/03/2025", "20/03/2025", "10/03/2025"),  # began after the due day
        ],
    )
    def test_days_between(self, start: str, end: str, due: str) -> None:
        last = day(due)
        assert last is not None
        more = {"suspended_from": start, "suspended_to": end}
        how = {"suspension": {"calendar": "working"}}
        after = f"{last + datetime.timedelta(days=1):%d/%m/%Y}"
        for told in ({"limit": "5"}, {"due": "10/03/2025"}):
            rows = [{"received": "03/03/2025", "returned": due, **told, **more}]
            assert state(counts(rows, **how)) == "on_time"
            rows = [{"received": "03/03/2025", "returned": after, **told, **more}]
            assert state(counts(rows, **how)) == "late"

    def test_number_of_days(self) -> None:
        rows = [row("03/03/2025", "5", "12/03/2025", suspended_days="2")]
        assert state(counts(rows, suspension={"calendar": "working"})) == "on_time"
        rows = [row("03/03/2025", "4", "09/03/2025", suspended_days="2")]
        assert state(counts(rows)) == "on_time"  # days of the calendar: Friday and two

    def test_open(self) -> None:
        more = {"suspended_from": "05/03/2025", "suspended_to": ""}
        how = {"suspension": {"calendar": "working"}}
        rows = [row("03/03/2025", "5", each, **more) for each in ("", "28/03/2025")]
        found = counts(rows, **how)
        assert (found["overdue"], found["late"], found["early"]) == (0, 0, 1)

    def test_backwards(self) -> None:
        more = {"suspended_from": "05/03/2025", "suspended_to": "04/03/2025"}
        how = {"suspension": {"calendar": "working"}}
        assert rejected([row("03/03/2025", "5", "", **more)], **how) == {"suspended_backwards": 1}


DAYS = st.dates(datetime.date(2025, 1, 2), datetime.date(2025, 10, 31))


class TestWalk:
    """Whatever is received when: the due day is that of a walk over the days, on every engine."""

    def test_the_calendar_by_hand(self) -> None:
        days = [datetime.date(2025, 1, 1) + datetime.timedelta(days=each) for each in range(365)]
        assert [each for each in days if is_working(each)] == list(working_days_of(2025))

    @pytest.mark.filterwarnings("ignore")
    @pytest.mark.parametrize(
        ("made", "examples"),
        [(frame, 10), (lazy, 4), (as_pandas, 2), (as_arrow, 2), (as_duckdb, 2)],
    )
    def test_same(self, made: Callable[[list[Row]], Any], examples: int) -> None:
        cases = st.tuples(DAYS, st.integers(0, 30), st.integers(0, 60), st.integers(0, 20))

        @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))
        @given(st.lists(cases, min_size=1, max_size=20), st.sampled_from(["next", "received"]))
        def checked(drawn: list[tuple[datetime.date, int, int, int]], first: str) -> None:
            rows, plain = [], dict.fromkeys(STATES, 0)
            for received, limit, later, stood in drawn:
                returned = received + datetime.timedelta(days=later)
                due = working_day_after(due_by_hand(received, limit, first), stood)
                plain[STATES[(returned >= due) + (returned > due)]] += 1
                told = row(
                    f"{received:%d/%m/%Y}",
                    str(limit),
                    f"{returned:%d/%m/%Y}",
                    suspended_days=str(stood),
                )
                rows.append(told)
            given = mapped(
                [*rows[0]],
                period={"from": "2025-01-01", "to": "2025-12-31"},
                time_limit={"first_day": first},
                suspension={"calendar": "working"},
            )
            [card] = parindex.facts(made(rows), given).scorecards
            assert {each: card.counts[each].number for each in STATES} == plain  # type: ignore[union-attr]  # no groups

        checked()


class TestMap:
    """What working days need is said at once; a new map tells the limit and how it is counted."""

    @pytest.mark.parametrize(
        ("more", "where"),
        [
            ({"time_limit": {"first_day": "received"}}, "time_limit"),
            ({"time_limit": {"procedures": {"1.1": 5}}}, "time_limit.procedures"),
            ({"time_limit": {"procedures": {"1.1": "5.5"}}}, "time_limit.procedures.1.1"),
            ({"time_limit": {"procedures": {"1.1": 1000}}}, "time_limit.procedures.1.1"),
            ({"time_limit": {"first_day": "later"}}, "time_limit.first_day"),
            ({"suspension": {"calendar": "working"}}, "suspension"),
            ({"suspension": {"calendar": "lunar"}}, "suspension.calendar"),
        ],
    )
    def test_faults(self, more: dict[str, Any], where: str) -> None:
        with pytest.raises(parindex.InputError) as error:
            facts([{"received": "03/03/2025"}], **more)
        assert where in [each.where for each in error.value.findings]

    def test_a_year_without_holidays(self) -> None:
        period = {"from": "2150-01-01", "to": "2150-12-31"}
        with pytest.raises(parindex.InputError, match=r"2000…2099"):
            facts([row("03/03/2150", "5", "")], period=period)

    def test_definitions_have_a_source(self) -> None:
        assert [*limits().first_day] == ["next", "received"]
        assert all(each.source and each.says for each in limits().first_day.values())

    @pytest.mark.parametrize(
        ("heading", "cells", "expected"),
        [
            ("Số ngày giải quyết", ("15", "5"), "limit"),
            ("Thời hạn giải quyết", ("15", "5"), "limit"),
            ("Thời hạn giải quyết", ("15 ngày làm việc", ""), "limit"),
            ("Thời hạn giải quyết", ("12/03/2025", "13/03/2025"), "due"),
            ("Thời hạn giải quyết", ("", ""), "due"),
        ],
    )
    def test_new(self, heading: str, cells: tuple[str, str], expected: str, tmp_path: Path) -> None:
        file = tmp_path / "a.csv"
        rows = [
            f"Mã hồ sơ,Ngày tiếp nhận,{heading}",
            *(f"a{each},03/03/2025,{each}" for each in cells),
        ]
        file.write_text("\n".join(rows), encoding="utf-8")
        for lang in ("en", "vi"):
            code, out, err = call("facts", str(file), "--new", "--lang", lang)
            assert (code, err) == (0, "")
            assert f"\n  {expected}: {heading}\n" in out
            assert ("\n#   first_day: received" in out) is (expected == "limit")
