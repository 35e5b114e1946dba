"""Each definition of a count as single rows by hand: what happens on equal days, and around them."""

import pytest

from parindex.scale.definitions import definitions, headings, words
from parindex.scale.mapping import ColumnsMap
from tests.facts_support import Row, counts, facts, rejected


def row(received: str, due: str = "2025-03-20", returned: str | None = None, **more: str) -> Row:
    """A row with its days; the period is March 2025."""
    return {"received": received, "due": due, "returned": returned, **more}


class TestPeriods:
    """A dossier is received, carried over, settled and pending by days; both ends are included."""

    @pytest.mark.parametrize(
        ("received", "returned", "expected"),
        [
            # received, carried_over, settled, pending
            ("2025-03-01", None, (1, 0, 0, 1)),
            ("2025-03-31", None, (1, 0, 0, 1)),
            ("2025-02-28", None, (0, 1, 0, 1)),
            ("2025-02-28", "2025-03-01", (0, 1, 1, 0)),
            ("2025-02-28", "2025-03-31", (0, 1, 1, 0)),
            ("2025-02-28", "2025-04-01", (0, 1, 0, 1)),
            ("2025-03-01", "2025-03-01", (1, 0, 1, 0)),
            ("2025-03-31", "2025-04-01", (1, 0, 0, 1)),
            ("2025-03-31", "2025-03-31", (1, 0, 1, 0)),
        ],
    )
    def test_days(self, received: str, returned: str | None, expected: tuple[int, ...]) -> None:
        found = counts([row(received, "2025-05-01", returned)])
        names = ("received", "carried_over", "settled", "pending")
        assert tuple(found[name] for name in names) == expected
        assert found["received"] + found["carried_over"] == found["settled"] + found["pending"]

    @pytest.mark.parametrize(
        ("received", "returned"), [("2025-04-01", None), ("2025-02-01", "2025-02-28")]
    )
    def test_outside(self, received: str, returned: str | None) -> None:
        rows = [row(received, "2025-05-01", returned)]
        assert rejected(rows) == {"outside_period": 1}
        assert facts(rows).is_clean


class TestInTime:
    """Returned before the due day is early, on it on time, after it late; times do not matter."""

    @pytest.mark.parametrize(
        ("due", "returned", "expected"),
        [
            ("2025-03-20", "2025-03-19", "early"),
            ("2025-03-20", "2025-03-20", "on_time"),
            ("2025-03-20", "2025-03-21", "late"),
            ("20/03/2025 08:00", "20/03/2025 17:30:00", "on_time"),
            ("2025-03-20T17:00:00", "2025-03-20 08:00", "on_time"),
            ("2025-03-20 23:59", "2025-03-21 00:00", "late"),
        ],
    )
    def test_equal_days(self, due: str, returned: str, expected: str) -> None:
        found = counts([row("2025-03-01", due, returned)])
        assert {name: found[name] for name in ("early", "on_time", "late")} == {
            name: int(name == expected) for name in ("early", "on_time", "late")
        }

    def test_late_is_late_in_whatever_period_it_is_returned(self) -> None:
        found = counts([row("2024-01-02", "2024-01-10", "2025-03-05")])
        assert (found["late"], found["carried_over"]) == (1, 1)

    @pytest.mark.parametrize(("times", "expected"), [("0", 0), ("1", 0), ("2", 1), (" 3 ", 1)])
    def test_sent_back_more_than_once(self, times: str, expected: int) -> None:
        found = counts([row("2025-03-01", "2025-03-20", "2025-03-05", times_returned=times)])
        assert (found["late"], found["early"]) == (expected, 1 - expected)

    @pytest.mark.parametrize(("word", "expected"), [("Trễ hạn", 1), ("đúng hạn", 0), ("", 0)])
    def test_late_at_some_step(self, word: str, expected: int) -> None:
        found = counts([row("2025-03-01", "2025-03-20", "2025-03-05", late=word)])
        assert found["late"] == expected


class TestOverdue:
    """Pending, and the due day over by the end of the last day of the period."""

    @pytest.mark.parametrize(
        ("due", "returned", "expected"),
        [
            ("2025-03-30", None, 1),
            ("2025-03-31", None, 1),
            ("2025-04-01", None, 0),
            ("2025-03-31", "2025-03-31", 0),
            ("2025-03-31", "2025-04-01", 1),
            ("2025-04-02", "2025-04-01", 0),
        ],
    )
    def test_days(self, due: str, returned: str | None, expected: int) -> None:
        assert counts([row("2025-03-01", due, returned)])["overdue"] == expected


class TestSuspended:
    """The clock of a suspended dossier stands still; not of one that was late by then."""

    @pytest.mark.parametrize(
        ("start", "end", "returned", "expected"),
        [
            ("", "", "2025-03-11", "late"),
            ("2025-03-05", "2025-03-08", "2025-03-12", "early"),
            ("2025-03-05", "2025-03-08", "2025-03-13", "on_time"),
            ("2025-03-05", "2025-03-08", "2025-03-14", "late"),
            ("2025-03-10", "2025-03-12", "2025-03-12", "on_time"),
            ("2025-03-11", "2025-03-20", "2025-03-11", "late"),
            ("2025-03-10", "", "2025-03-31", "on_time"),
            ("2025-03-09", "", "2025-03-31", "early"),
        ],
    )
    def test_days_between(self, start: str, end: str, returned: str, expected: str) -> None:
        more = {"suspended_from": start, "suspended_to": end}
        found = counts([row("2025-03-01", "2025-03-10", returned, **more)])
        assert [name for name in ("early", "on_time", "late") if found[name]] == [expected]

    @pytest.mark.parametrize(("days", "expected"), [("", "late"), ("1", "on_time"), ("2", "early")])
    def test_number_of_days(self, days: str, expected: str) -> None:
        found = counts([row("2025-02-20", "2025-02-28", "2025-03-01", suspended_days=days)])
        assert [name for name in ("early", "on_time", "late") if found[name]] == [expected]

    def test_one_that_stands_is_not_overdue(self) -> None:
        more = {"suspended_from": "2025-03-05", "suspended_to": ""}
        assert counts([row("2025-03-01", "2025-03-10", None, **more)])["overdue"] == 0
        assert counts([row("2025-03-01", "2025-03-10", None)])["overdue"] == 1

    @pytest.mark.parametrize(("start", "end"), [("2025-03-08", "2025-03-05"), ("", "2025-03-05")])
    def test_backwards(self, start: str, end: str) -> None:
        more = {"suspended_from": start, "suspended_to": end}
        assert rejected([row("2025-03-01", **more)]) == {"suspended_backwards": 1}


class TestWords:
    """What words of cells say, in both languages, whatever capitals and marks they have."""

    @pytest.mark.parametrize(
        ("column", "word", "count", "expected"),
        [
            ("channel", "Trực tuyến", "online", 1),
            ("channel", "TRUC TUYEN", "online", 1),
            ("channel", " trực tuyến ", "online", 1),
            ("channel", "Online", "online", 1),
            ("channel", "Trực tiếp", "online", 0),
            ("channel", "Bưu chính công ích", "online", 0),
            ("payment", "Thanh toán trực tuyến", "paid_online", 1),
            ("payment", "", "paid_online", 0),
            ("fee", "50.000", "with_fee", 1),
            ("fee", "0", "with_fee", 0),
            ("fee", "0 đồng", "with_fee", 0),
            ("fee", "Miễn phí", "with_fee", 0),
            ("service_level", "Toàn trình", "full_service", 1),
            ("service_level", "Một phần", "full_service", 0),
            ("digitised", "Có", "digitised", 1),
            ("electronic_result", "Bản điện tử", "electronic_result", 1),
            ("electronic_result", "Bản giấy", "electronic_result", 0),
        ],
    )
    def test_known(self, column: str, word: str, count: str, expected: int) -> None:
        found = counts([row("2025-03-01", returned="2025-03-02", **{column: word})])
        assert found[count] == expected

    def test_unknown_ones_are_reported(self) -> None:
        assert rejected([row("2025-03-01", channel="Kiểu mới")]) == {"unknown_word": 1}
        assert rejected([row("2025-03-01", channel="")]) == {"unknown_word": 1}

    def test_a_map_adds_words_and_may_turn_one_round(self) -> None:
        rows = [row("2025-03-01", channel="Kiểu mới"), row("2025-03-01", channel="Bưu chính")]
        own = {"online": ["kiểu mới", "Bưu chính"]}
        assert counts(rows, words=own)["online"] == 2

    def test_all_others(self) -> None:
        rows = [row("2025-03-01", channel="abc"), row("2025-03-01", channel="Trực tuyến")]
        assert counts(rows, words={"not_online": ["*"]})["online"] == 1


class TestServices:
    """Each procedure counts once for a unit and a period; online ones where a dossier was online."""

    def test_once(self) -> None:
        rows = [
            row("2025-03-01", procedure="1.01", channel="Trực tiếp"),
            row("2025-03-02", procedure="1.01", channel="Trực tuyến"),
            row("2025-03-02", procedure="1.02", channel="Trực tiếp"),
            row("2025-02-02", procedure="1.03", channel="Trực tuyến"),
        ]
        found = counts(rows, services="543")
        names = ("services_used", "services_online", "services")
        assert [found[name] for name in names] == [2, 1, 543]


class TestEveryPeriod:
    """Months, quarters and years of one map are counted from the same rows at once."""

    def test_months(self) -> None:
        rows = [row("2025-01-15", "2025-02-10", "2025-03-01")]
        found = facts(rows, period={"from": "2025-01-01", "to": "2025-03-31", "by": "month"})
        names = ("received", "carried_over", "settled", "late", "pending", "overdue")
        table = [[int(str(card.counts[name])) for name in names] for card in found.scorecards]
        assert table == [[1, 0, 0, 0, 1, 0], [0, 1, 0, 0, 1, 1], [0, 1, 1, 1, 0, 0]]

    def test_the_last_month_may_be_a_part(self) -> None:
        period = {"from": "2025-01-10", "to": "2025-02-05", "by": "month"}
        cards = facts([row("2025-01-15")], period=period).scorecards
        days = [(str(card.period.start), str(card.period.end)) for card in cards if card.period]
        assert days == [("2025-01-10", "2025-01-31"), ("2025-02-01", "2025-02-05")]


class TestDefinitions:
    """Every count says what it is in both languages, needs columns there are, and has a source."""

    @pytest.mark.parametrize("name", list(definitions()))
    def test_whole(self, name: str) -> None:
        each = definitions()[name]
        assert all((each.name.vi, each.name.en, each.says, each.source))
        assert set(each.needs) <= set(headings())
        assert set(each.parts) <= set(definitions())
        assert sum((each.at is not None, bool(each.parts), bool(each.given))) == 1

    def test_a_map_has_each_column_that_a_heading_may_be(self) -> None:
        assert set(ColumnsMap.model_fields) == set(headings())

    def test_words_have_an_opposite_and_no_word_says_both(self) -> None:
        for name in (each for each in words() if not each.startswith("not_")):
            assert not set(words()[name]) & set(words()[f"not_{name}"])
