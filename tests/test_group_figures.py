"""Figures of a whole group against those of its units: means, ends, counts, bands, ranks."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest

from parindex.analysis.published_row import PublishedRow
from parindex.published_figures.consistency import check_rows
from parindex.published_figures.group_figures import check_groups
from parindex.published_figures.published_tables import clashes as clashes_of
from parindex.published_figures.units import units_of


def row(unit: str | None = None, year: int = 2018, **fields: Any) -> PublishedRow:
    """A row of provinces, with figures as text."""
    exact = {
        name: Decimal(each) if name in ("index", "points", "max", "change", "value") else each
        for name, each in fields.items()
    }
    fields = {"kind": "result", "source": "x", "level": "province", "list": "63", **exact}
    return PublishedRow(unit=unit, year=year, **fields)


def figure(code: str, value: str, **fields: Any) -> PublishedRow:
    return row(kind="figure", code=code, value=value, **fields)


def group(*indexes: str, year: int = 2018, ranked: bool = False) -> list[PublishedRow]:
    """Units A, B, … with an index each."""
    return [
        row(chr(65 + at), year, index=index, rank=at + 1 if ranked else None)
        for at, index in enumerate(indexes)
    ]


def told(rows: Sequence[PublishedRow], size: int | None) -> list[tuple[str, str]]:
    """What is said of rows: the code, and what the units give."""
    found = check_groups(rows, lambda _: size)
    return [(clash.code, clash.parameters.get("computed", "")) for clash in found]


FOUR = group("90.00", "85.00", "80.00", "70.00", ranked=True)
RISEN = [*group("80.00", "70.00", "75.00", year=2017), *group("81.00", "71.00", "74.00")]
CASES: dict[str, tuple[Sequence[PublishedRow], int | None, list[tuple[str, str]]]] = {
    "mean": ([*FOUR, figure("average_index", "81.25")], 4, []),
    "mean within rounding": ([*FOUR, figure("average_index", "81.26")], 4, []),
    "mean, wrong": ([*FOUR, figure("average_index", "82.25")], 4, [("P415", "81.25")]),
    "mean of others, too": ([*FOUR, figure("average_index", "82.25")], 5, []),
    "mean that no fifth unit explains": ([*FOUR, figure("average_index", "60.00")], 5, [("P415", "65.00–85.00")]),
    "mean of who knows how many": ([*FOUR, figure("average_index", "60.00")], None, []),
    "mean, a misprint": ([*FOUR, figure("average_index", "60.00", doubt="misprint")], 4, []),
    "mean of SIPAS": ([row("A", kind="sipas", index="80.00"), figure("sipas", "70.00")], 1, []),
    "mean of an area": (
        [row("A", kind="area", code="3", points="8.00", max="10"), figure("average_index_of_area_3", "81.00")],
        1,
        [("P415", "80.00")],
    ),
    "mean of a region": (
        [row("A", index="80.00", region="TN"), row("B", index="70.00", region="DNB"), figure("average_index", "79.00", region="TN")],
        1,
        [("P415", "80.00")],
    ),
    "mean of another year": ([*FOUR, figure("average_index", "60.00", year=2019)], 4, []),
    "highest": ([*FOUR, figure("highest_index", "90.00")], 9, []),
    "highest, one above": ([*FOUR, figure("highest_index", "89.00")], 9, [("P416", "90.00")]),
    "highest, nobody has it": ([*FOUR, figure("highest_index", "91.00")], 9, [("P416", "90.00")]),
    "lowest": ([*FOUR, figure("lowest_index", "70.00")], 4, []),
    "lowest, one below": ([*FOUR, figure("lowest_index", "72.00")], 9, [("P416", "70.00")]),
    "lowest, another": ([*FOUR, figure("lowest_index", "60.00")], 4, [("P416", "70.00")]),
    "lowest of SIPAS": ([row("A", kind="sipas", index="60.00"), figure("sipas_lowest", "65.00")], 9, [("P416", "60.00")]),
    "over": ([*FOUR, figure("units_over_80", "2")], 4, []),
    "over, the edge with it": ([*FOUR, figure("units_over_80", "3")], 4, []),
    "over, too many": ([*FOUR, figure("units_over_80", "4")], 4, [("P417", "2–3")]),
    "over, by a rank": ([row("A", index="79.60", rank=10), figure("units_over_80", "29")], 63, [("P417", "0–9")]),
    "from, by a rank": ([row("A", index="91.00", rank=10), figure("units_from_90", "5")], 63, [("P417", "10–63")]),
    "over the mean": ([*FOUR, figure("average_index", "81.25"), figure("units_over_average", "1")], 4, [("P417", "2")]),
    "over a mean that is not known": ([*FOUR, figure("units_over_average", "4")], 4, []),
    "under": ([*FOUR, figure("units_under_80", "3")], 4, [("P417", "1–2")]),
    "between": ([*FOUR, figure("units_80_to_90", "2")], 4, []),
    "between, others": ([*FOUR, figure("units_80_to_90", "0")], 4, [("P417", "1–3")]),
    "between halves": ([*FOUR, figure("units_62_58_to_67_68", "1")], 4, [("P417", "0")]),
    "who knows how many": ([*group("90.00", "85.00", "70.00"), figure("units_over_80", "9")], None, []),
    "too few of who knows how many": ([*group("90.00", "85.00", "70.00"), figure("units_over_80", "1")], None, [("P417", "≥ 2")]),
    "rose": ([*RISEN, figure("units_with_increase", "2")], 3, []),
    "rose, too many": ([*RISEN, figure("units_with_increase", "3")], 3, [("P417", "2")]),
    "fell, others may have": ([*RISEN, figure("units_with_decrease", "2")], 4, []),
    "fell, printed": ([row("A", change="-1"), row("B", change="1"), figure("units_with_decrease", "2")], 2, [("P417", "1")]),
    "rank up": ([row("A", move=3), row("B", move=-3), figure("units_rank_up", "2")], 2, [("P417", "1")]),
    "bands": ([row("A", band="A"), row("B", band="B"), row(kind="band-count", band="a", count=2, of=3)], 3, []),
    "bands, too many": ([row("A", band="A"), row("B", band="B"), row(kind="band-count", band="A", count=3, of=3)], 3, [("P417", "1–2")]),
    "bands, more than there are": (
        [row(kind="band-count", band="A", count=2, of=3), row(kind="band-count", band="B", count=2, of=3)],
        3,
        [("P417", "0–3")],
    ),
    "a rank of no unit": ([row("A", rank=64)], 63, [("P405", "")]),
    "a rank below others": ([row("A", rank=1, index="80.00"), row("B", index="81.00")], 9, [("P407", "≥ 2")]),
    "a rank above others": ([row("A", rank=9, index="80.00"), row("B", index="79.00")], 9, [("P407", "≤ 8")]),
    "a rank among equals": ([row("A", rank=1, index="80.00"), row("B", index="80.00")], 2, []),
}  # fmt: skip


class TestGroups:
    """A printed figure is doubted where no figures of unknown units could make it right, and only there."""

    @pytest.mark.parametrize("name", CASES)
    def test_case(self, name: str) -> None:
        rows, size, expected = CASES[name]
        assert told(rows, size) == expected

    def test_ranks_of_all_say_nothing_of_a_region(self) -> None:
        rows = [row("A", index="91.00", rank=10, region="TN")]
        rows.append(figure("units_over_90", "1", region="TN"))
        assert [*check_groups(rows, lambda row: 63 if row.unit else 5)] == []

    def test_a_whole_year_of_provinces(self) -> None:
        """63 units, whose number nobody has to say."""
        rows = [row(unit.name, index="70.00") for unit in units_of(2018)]
        found = clashes_of([*rows, figure("average_index", "71.00")])
        assert [(each.code, each.parameters["computed"]) for each in found] == [("P415", "70.00")]


class TestOrder:
    """Of ranks that are not in the order of the index those are told that fit the others least."""

    @staticmethod
    def blamed(*indexes: str) -> list[str]:
        found = check_rows(group(*indexes, ranked=True), lambda _: None)
        return [each.blamed.unit or "" for each in found if each.blamed]

    def test_one_rank_too_good(self) -> None:
        assert self.blamed("90", "60", "80", "75", "70") == ["B"]

    def test_one_rank_too_bad(self) -> None:
        assert self.blamed("90", "80", "75", "70", "85") == ["E"]

    def test_each_of_several(self) -> None:
        assert self.blamed("90.00", "60.00", "80.00", "75.00", "76.00", "50.00") == ["B", "D"]

    def test_it_is_told_with_the_order_only(self) -> None:
        found = clashes_of(group("90", "60", "80", "75", "70", ranked=True))
        assert [each.code for each in found] == ["P412"]

    def test_many_units_take_no_time(self) -> None:
        rows = [row(f"{at}", index=f"{99 - at / 1000:.3f}", rank=at + 1, level="commune", list=None) for at in range(10_000)]  # fmt: skip
        assert [*check_rows(rows, lambda _: None)] == []
