"""The figures that come with the project: each read, sourced and in agreement with the others."""

import csv
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import ClassVar

import pytest

from parindex.analysis.published_row import PublishedRow
from parindex.findings import InputError
from parindex.published_figures.consistency import check_rows
from parindex.published_figures.published_tables import TABLES, bands_of, known, load_published
from parindex.published_figures.published_tables import clashes as clashes_of
from parindex.published_figures.units import (
    FOLDER,
    find_unit,
    regions,
    table,
    units,
    units_named,
    units_of,
)
from parindex.scheme.band import BandSet

ROWS = load_published()
A_TO_D = BandSet.model_validate(
    {"years": [2018], "steps": [{"name": "A", "from": "80"}, {"name": "B", "from": "70"}]}
)


def row(unit: str = "Hà Nội", year: int = 2018, **fields: object) -> PublishedRow:
    """A row of a province, with figures as text."""
    exact = {
        name: Decimal(str(value)) if name in ("index", "points", "max", "change") else value
        for name, value in fields.items()
    }
    base = {"kind": "result", "source": "x", "level": "province", "list": "63"}
    return PublishedRow(**{**base, "unit": unit, "year": year, **exact})  # type: ignore[arg-type]


def clashes(*rows: PublishedRow, bands: BandSet | None = None) -> list[tuple[str, str]]:
    """What is said of rows: code and subject."""
    return [(clash.code, clash.subject) for clash in check_rows(rows, lambda _: bands)]


class TestShipped:
    """The tables of the project agree with each other but for exceptions that are listed."""

    def test_exactly_the_exceptions_apply(self) -> None:
        found = [(c.code, c.row.kind, c.row.year, c.row.level, c.subject) for c in clashes_of(ROWS)]
        exempt = table("exceptions")
        listed = [
            (e["finding"], e["kind"], int(e["year"]), e["level"], e["subject"]) for e in exempt
        ]
        assert sorted(found) == sorted(listed)
        assert all(e["reason"] for e in exempt)

    def test_every_mark_of_contradiction_has_its_contradiction(self) -> None:
        marked = [r for r in ROWS if r.doubt == "contradicted"]
        assert len(marked) >= 2
        exempt = {(int(e["year"]), e["subject"]) for e in table("exceptions")}
        for one in marked:
            others = {(r.index, r.rank) for r in marked if r.subject == one.subject}
            rival = one.rank is not None and {r.unit for r in marked if (r.race, r.rank) == (one.race, one.rank)}  # fmt: skip
            assert len(others) > 1 or len(rival or ()) > 1 or (one.year, one.unit) in exempt, one

    def test_every_misprint_says_why(self) -> None:
        assert all(r.note for r in ROWS if r.doubt == "misprint")
        assert sum(r.doubt == "misprint" for r in ROWS) >= 2

    def test_every_note_is_there_in_vietnamese_and_none_is_left_over(self) -> None:
        """Each piece of a note, and of a reason of `exceptions.csv`, has its line in `notes.csv`."""
        notes = [row.note or "" for row in load_published()]
        notes += [row["reason"] for row in table("exceptions")]
        pieces = {piece for note in notes if note for piece in note.split("; ")}
        translated = [row["note"] for row in table("notes")]
        assert translated == sorted(pieces)
        assert all(row["vi"] for row in table("notes"))

    def test_bands_are_compared(self) -> None:
        assert sum(r.band is not None and bands_of(r) is not None for r in ROWS) > 30

    @pytest.mark.parametrize("name", TABLES)
    def test_a_row_stands_once_and_has_a_source(self, name: str) -> None:
        lines = (Path(FOLDER) / f"{name}.csv").read_text(encoding="utf-8").splitlines()
        assert len(lines) == len(set(lines))
        assert all(each["source"] for each in table(name))

    def test_digits_are_as_printed(self) -> None:
        [found] = [
            r for r in known(ROWS) if (r.unit, r.year, r.kind) == ("Hải Phòng", 2024, "result")
        ]
        assert (str(found.index), found.rank, found.of, found.band) == ("96.17", 1, 63, "A")
        [area] = [r for r in ROWS if (r.unit, r.year, r.code) == ("Bình Thuận", 2024, "1")]
        assert str(area.points) == "9.428"

    def test_seeds_are_among_them(self) -> None:
        [found] = [
            r for r in known(ROWS) if (r.unit, r.year, r.kind) == ("Sóc Trăng", 2018, "result")
        ]
        assert (str(found.index), found.rank, found.band, found.move) == ("78.35", 24, "B", 22)
        areas = [r.points for r in ROWS if (r.unit, r.year, r.kind) == ("Sóc Trăng", 2018, "area")]
        assert sum(p for p in areas if p is not None) == Decimal("78.35")


class TestUnits:
    """Any spelling of a name leads to one unit of a year; codes mean something only in a list."""

    def test_the_lists(self) -> None:
        assert [len(units_of(year)) for year in (2012, 2024, 2025, 2026)] == [63, 63, 34, 34]
        assert len({(unit.list, unit.code) for unit in units()}) == 97

    def test_seven_codes_changed_their_meaning(self) -> None:
        new = {unit.code: unit.name for unit in units_of(2025)}
        moved = [u.code for u in units_of(2024) if u.code in new and u.merged_into != new[u.code]]
        other = [u.code for u in units_of(2024) if new.get(u.code) == u.merged_into != u.name]
        assert moved == []
        assert other == ["15", "24", "44", "46", "52", "80", "82", "91"]
        assert {u.name for u in units_of(2024) if u.code == "46"} == {"Thừa Thiên Huế"}

    def test_every_unit_has_a_region_of_its_list_and_every_old_one_a_new_one(self) -> None:
        ids = {(region.list, region.id) for region in regions()}
        assert {(unit.list, unit.region) for unit in units()} == ids
        assert {unit.merged_into for unit in units_of(2024)} == {u.name for u in units_of(2025)}

    @pytest.mark.parametrize(
        ("spelling", "year", "name"),
        [
            ("Hòa Bình", 2020, "Hòa Bình"),
            ("hoà bình", 2020, "Hòa Bình"),
            ("hoa binh", 2020, "Hòa Bình"),
            ("Tỉnh Hòa Bình", 2020, "Hòa Bình"),
            ("TP.HCM", 2020, "Hồ Chí Minh"),
            ("TP. Hồ Chí Minh", 2020, "Hồ Chí Minh"),
            ("Thành phố Hồ Chí Minh", 2025, "Hồ Chí Minh"),
            ("Ho Chi Minh City", 2025, "Hồ Chí Minh"),
            ("Huế", 2018, "Thừa Thiên Huế"),
            ("Thừa Thiên Huế", 2025, "Huế"),
            ("Bà Rịa-Vũng Tàu", 2020, "Bà Rịa - Vũng Tàu"),
            ("Bà Rịa – Vũng Tàu", 2020, "Bà Rịa - Vũng Tàu"),
            ("Đăk Lăk", 2020, "Đắk Lắk"),
            ("Hanoi", 2018, "Hà Nội"),
            ("Lào Cai", 2024, "Lào Cai"),
            ("Lào Cai", 2025, "Lào Cai"),
        ],
    )
    def test_names(self, spelling: str, year: int, name: str) -> None:
        unit = find_unit(spelling, year)
        assert (unit.name, unit in units_of(year)) == (name, True)

    def test_a_merged_unit_is_another_one(self) -> None:
        assert find_unit("Lào Cai", 2024) != find_unit("Lào Cai", 2025)
        assert [unit.code for unit in units_named("Lào Cai")] == ["10", "15"]

    def test_no_name_leads_to_two_units_of_a_list(self) -> None:
        for unit in units():
            for name in (unit.name, unit.name_en, *unit.other_names):
                assert len({each.list for each in units_named(name)}) == len(units_named(name))

    @pytest.mark.parametrize(
        ("name", "year", "code", "told"),
        [
            ("Sóc Trnăg", 2018, "P131", {"found": "Sóc Trnăg", "near": "Sóc Trăng"}),
            ("Long An", 2025, "P132", {"unit": "Long An", "year": "2025", "other": "Tây Ninh"}),
        ],
    )
    def test_no_such_unit(self, name: str, year: int, code: str, told: dict[str, str]) -> None:
        with pytest.raises(InputError) as caught:
            find_unit(name, year)
        [finding] = caught.value.findings
        assert (finding.code, finding.parameters) == (code, told)


CHECKS: dict[str, tuple[Sequence[PublishedRow], list[tuple[str, str]]]] = {
    "two at one rank": ([row(rank=1), row("Huế", rank=1)], [("P411", "Huế")]),
    "two at one rank with one index": (
        [row(rank=1, index="90"), row("Huế", rank=1, index="90.00")],
        [],
    ),
    "one rank in two years": ([row(rank=1), row("Huế", 2019, rank=1)], []),
    "one rank in two lists": ([row(rank=1), row("Huế", rank=1, list="34")], []),
    "better rank, lower index": (
        [row(rank=1, index="80.00"), row("Huế", rank=2, index="80.01")],
        [("P412", "Hà Nội")],
    ),
    "better rank, lower index, far apart": (
        [row(rank=1, index="81.00"), row("Vinh", rank=2, index="70.00"), row("Huế", rank=9, index="80.01")],
        [("P412", "Vinh")],
    ),
    "equal index, successive ranks": (
        [row(rank=1, index="80.00"), row("Huế", rank=2, index="80.00")],
        [],
    ),
    "a figure that lost digits": (
        [row(rank=1, index="83.9"), row("Huế", rank=2, index="83.98")],
        [],
    ),
    "a misprint is left aside": (
        [row(rank=1, index="81", doubt="misprint", note="x"), row("Huế", rank=2, index="83.98")],
        [],
    ),
    "points of a maximum": (
        [row(rank=1, points="68", max="80"), row("Huế", rank=2, points="90", max="100")],
        [("P412", "Hà Nội")],
    ),
    "move": ([row(rank=5), row(year=2019, rank=3, move=3)], [("P413", "Hà Nội")]),
    "right move": ([row(rank=5), row(year=2019, rank=3, move=2)], []),
    "move between lists": ([row(rank=5), row(year=2019, rank=3, move=3, list="34")], []),
    "change": ([row(index="80.00"), row(year=2019, index="81.00", change="1.02")], [("P413", "Hà Nội")]),
    "change within rounding": (
        [row(index="80.00"), row(year=2019, index="81.00", change="1.01")],
        [],
    ),
    "two sources": ([row(index="80.00"), row(index="80.10")], [("P414", "Hà Nội")]),
    "two sources, marked": (
        [row(index="80.00", doubt="contradicted"), row(index="80.10", doubt="contradicted")],
        [],
    ),
    "cut off": ([row(index="83.98"), row(index="83.9")], []),
    "rounded": ([row(index="83.98"), row(index="84")], []),
    "neither": ([row(index="83.98"), row(index="83.8")], [("P414", "Hà Nội")]),
    "two ranks": ([row(rank=1), row(rank=2)], [("P414", "Hà Nội")]),
}  # fmt: skip


class TestChecks:
    """Each check finds its fault, and no more than that."""

    @pytest.mark.parametrize("name", CHECKS)
    def test_check(self, name: str) -> None:
        rows, expected = CHECKS[name]
        assert clashes(*rows) == expected

    @pytest.mark.parametrize(("band", "told"), [("A", False), ("B", True), ("", False)])
    def test_bands(self, band: str, told: bool) -> None:
        found = clashes(row(index="80.00", band=band or None), bands=A_TO_D)
        assert found == ([("P403", "Hà Nội")] if told else [])


class TestSums:
    """Parts, and areas, that are all known add up to the index, within what rounding explains."""

    PARTS: ClassVar = {"appraised": "57.04", "sipas": "8.19", "leaders_survey": "18.34", "socio_economic": "4.32"}  # fmt: skip

    def told(self, index: str, parts: dict[str, str], **fields: str) -> list[tuple[str, str]]:
        rows = [row(kind="part", year=2023, code=code, points=each) for code, each in parts.items()]
        found = clashes_of([row(year=2023, index=index, **fields), *rows])
        return [(clash.code, clash.parameters["computed"]) for clash in found]

    @pytest.mark.parametrize(
        ("index", "codes"),
        [("87.89", []), ("87.90", ["P402"]), ("87.91", ["P402"]), ("87.92", ["P401"])],
    )
    def test_sum(self, index: str, codes: list[str]) -> None:
        assert self.told(index, self.PARTS) == [(code, "87.89") for code in codes]

    def test_what_is_not_known_in_full_says_nothing(self) -> None:
        assert self.told("50", {"appraised": "57.04"}) == []

    def test_a_misprint_says_nothing(self) -> None:
        assert self.told("86.89", self.PARTS, doubt="misprint") == []

    def test_what_the_scheme_does_not_have_is_left_aside(self) -> None:
        assert self.told("87.89", {**self.PARTS, "impact": "31"}) == []

    def test_areas(self) -> None:
        points = ("7.93", "9.09", "10.49", "9.43", "10.50", "7.66", "9.55", "13.70")
        areas = [row(kind="area", code=str(n), points=each) for n, each in enumerate(points, 1)]
        for index, codes in (("78.35", []), ("79.35", ["P401"])):
            found = clashes_of([row(index=index), *areas])
            assert [clash.code for clash in found] == codes


class TestKnown:
    """Of several rows about a unit one is made: own before shipped, read before weak."""

    def test_figures_come_from_the_first_that_has_them(self) -> None:
        rows = [
            row(rank=2, source="a"),
            row(index="83.9", source="b"),
            row(index="83.98", source="c"),
        ]
        [found] = known(rows)
        assert (str(found.index), found.rank, found.source) == ("83.98", 2, "c | a")

    def test_own_rows_win_and_say_so(self) -> None:
        own = row(index="80", source="own", origin="own.csv", confidence="weak")
        [found] = known([row(index="81.00", rank=3, source="theirs"), own])
        assert (found.index, found.rank, found.origin) == (Decimal(80), 3, "own.csv")
        assert found.source == "own | theirs"

    def test_read_before_weak(self) -> None:
        [found] = known([row(index="80.00", confidence="weak"), row(index="81.0")])
        assert (str(found.index), found.confidence) == ("81.0", "read")

    def test_misprints_are_left_out(self) -> None:
        assert known([row(index="80", doubt="misprint")]) == []


def test_tables_are_tidy() -> None:
    """Every table has the columns of one form, each filled somewhere."""
    for name in TABLES:
        with (Path(FOLDER) / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        assert [c for c in rows[0] if not any(each[c] for each in rows)] == []
