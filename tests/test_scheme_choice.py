"""Without a name of a scheme: a national one of the level and year, or that of the province that is named; never another."""

import itertools
from pathlib import Path

import pytest

import parindex
import parindex.scheme.catalog
from parindex.scheme.catalog import find_scheme, index
from tests.support import call

OWN = [each for each in index() if each.province and each.level]


def named(level: str, year: int, *unit: str | None) -> str:
    """The scheme that is chosen, or the code of why none is."""
    try:
        return find_scheme(None, level, year, *unit).id
    except parindex.InputError as error:
        return error.findings[0].code


class TestChosen:
    """A scheme of one province needs its name, and one of a district also that of the district."""

    @pytest.mark.parametrize(
        ("level", "year"), sorted({(each.level, year) for each in OWN for year in each.years})
    )
    def test_no_province_no_scheme(self, level: str, year: int) -> None:
        assert named(level, year) == "P234"
        assert named(level, year, "Đắk Lắk") == "P210"

    @pytest.mark.parametrize("listed", OWN, ids=lambda each: each.id)
    def test_of_its_own_units(self, listed: parindex.scheme.catalog.Listed) -> None:
        for year in listed.years:
            unit = (listed.province, listed.group, listed.parent or None)
            assert named(listed.level, year, *unit) == listed.id
            assert named(listed.level, year, *unit[:2]) == listed.id

    def test_of_a_district(self) -> None:
        assert named("commune", 2019, "Hà Nội") == "P234"
        assert named("commune", 2019, "Hà Nội", None, "quận Đống Đa") == "P234"
        wanted = "vn-ha-noi-hai-ba-trung-wards-2019"
        assert named("commune", 2019, "ha noi", None, "Quận Hai Bà Trưng") == wanted
        assert named("department", 2019, "Hà Nội", "sở, ban, ngành") == "P234"

    def test_national_ones(self) -> None:
        assert named("province", 2018) == named("province", 2018, "Đắk Lắk") == "vn-province-2018"
        assert named("ministry", 2018) == "vn-ministry-2018"


class TestTold:
    """Each command says which schemes there are and whose, for each unit, by rows and by columns."""

    CARD = "unit: {}\nyear: 2025\nlevel: {}\nscores: {{'1.1': 1}}\n"

    @pytest.mark.parametrize(
        ("command", "level"),
        [*itertools.product(("score", "rank", "losses", "check"), ("department", "commune"))],
    )
    def test_commands(self, command: str, level: str, tmp_path: Path) -> None:
        file = tmp_path / "a.yaml"
        file.write_text(self.CARD.format("A", level) + "---\n" + self.CARD.format("B", level))
        ran = call(command, str(file))
        assert (ran.code > 0, f"{ran.out}{ran.err}".count("P234")) == (True, 2)
        assert f"vn-ha-noi-{level}s-2025 (province: Hà Nội)" in ran.out + ran.err

    @pytest.mark.parametrize("engine", ["rows", "columns"])
    def test_tables(self, engine: str, tmp_path: Path) -> None:
        file = tmp_path / "a.csv"
        rows = [f"U{at},department,2025,1.1,1" for at in range(3)]
        file.write_text("\n".join(["unit,level,year,code,points", *rows]))
        ran = call("score", str(file), "--engine", engine)
        assert (ran.code, ran.out, ran.err.count("P234")) == (2, "", 3)

    def test_in_python(self, tmp_path: Path) -> None:
        file = tmp_path / "a.yaml"
        file.write_text(self.CARD.format("A", "department"))
        with pytest.raises(parindex.InputError, match="P234"):
            parindex.read_scorecards(file)


class TestOwn:
    """A scheme of one's own that names a province needs it, too; one that names none fits as before."""

    SCHEME = "id: own-{0}\ntitle: {{vi: Một, en: One}}\nlevel: department\nyears: [2031]\nmax: 1\n{1}criteria: [{{code: '1', name: {{vi: Một, en: One}}, max: 1}}]\n"

    @pytest.mark.parametrize(
        ("head", "unit", "expected"),
        [
            ("", "", "Index: 100.00 %"),
            ("", "province: Đắk Lắk\n", "Index: 100.00 %"),
            ("province: Đắk Lắk\n", "", "P234"),
            ("province: Đắk Lắk\n", "province: Hà Nội\n", "P210"),
            ("province: Đắk Lắk\n", "province: Đắk Lắk\n", "Index: 100.00 %"),
        ],
    )
    def test_beside_the_scorecard(
        self, head: str, unit: str, expected: str, tmp_path: Path
    ) -> None:
        folder = tmp_path / "schemes"
        folder.mkdir()
        (folder / "a.yaml").write_text(self.SCHEME.format("a", head))
        card = tmp_path / "card.yaml"
        card.write_text(f"unit: A\nyear: 2031\nlevel: department\n{unit}scores: {{'1': 1}}\n")
        ran = call("score", str(card))
        assert expected in ran.out + ran.err
