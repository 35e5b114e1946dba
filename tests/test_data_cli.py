"""`parindex data`: filters, formats, a user's own tables, and every fault of them.

One small file a fault, below `bad/published`.
"""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.bad.check import BAD
from tests.support import call, run

FAULTS = {
    "column-twice": [
        "1:4: P107 index: this key stands twice (found: index)",
    ],
    "empty": [
        "P113 there is nothing in it",
    ],
    "impossible": [
        "2:3: P207 index: the value lies outside what is possible (found: 100.01%; expected: 0–100 %)",
        "3:4: P202 points: the points are above the maximum (found: 10.5; expected: 0…10)",
        "3:6: P405 rank: the published rank 64 is not one of 63",
        "4:4: P203 points: the number is negative (found: -1)",
        "5:6: P110 rank: the value is not of the kind expected (found: 0; expected: 1, 2, 3, …)",
    ],
    "missing-of-kinds": [
        "2:1: P109 a field is missing (expected: code)",
        "3:1: P109 a field is missing (expected: value)",
        "4:1: P109 a field is missing (expected: count)",
    ],
    "missing": [
        "2:1: P109 a field is missing (expected: year)",
        "3:1: P109 a field is missing (expected: unit)",
        "4:1: P109 a field is missing (expected: index | points | rank | band)",
        "5:4: P109 a field is missing (expected: source)",
    ],
    "not-a-number": [
        "2:3: P110 index: the value is not of the kind expected (found: high; expected: 80.69%)",
        "2:4: P110 rank: the value is not of the kind expected (found: first; expected: 1, 2, 3, …)",
        "2:5: P110 change: the value is not of the kind expected (found: up; expected: 12.5 / 12,5)",
        "2:6: P110 move: the value is not of the kind expected (found: 1.5; expected: 1, 2, 3, …)",
    ],
    "nul": [
        "2:1: P104 the file breaks the rules of its format (found: U+0000)",
    ],
    "only-header": [
        "P113 there is nothing in it",
    ],
    "ragged": [
        "2:1: P116 the row does not have the cells of the heading (found: 3; expected: 4)",
        "3:1: P116 the row does not have the cells of the heading (found: 5; expected: 4)",
    ],
    "two-readings": [
        "2:3: P112 points: the number can be read in two ways, as a decimal or with thousands (found: 1,250; expected: 1,2500 / 1250)",
        "3:3: P112 points: the number can be read in two ways, as a decimal or with thousands (found: 97,685; expected: 97,6850 / 97685)",
    ],
    "unclosed-quote": [
        '2:1: P104 the file breaks the rules of its format (found: "Hà Nội,80,a; expected: every quote and bracket closed)',
    ],
    "unknown-column": [
        "1:1: P108 this field does not belong here (found: yaer; did you mean: year)",
        "1:4: P108 this field does not belong here (found: rnak; did you mean: rank)",
        "1:0: P109 a field is missing (expected: year)",
    ],
    "unknown-region": [
        "2:3: P133 region: this is no region of the year, or not that of the unit (found: TN; expected: DBSH)",
        "3:3: P133 region: this is no region of the year, or not that of the unit (found: Nowhere; expected: DBSH)",
    ],
    "unknown-unit": [
        "2:2: P131 unit: no unit of this name is known (found: Sóc Trnăg; did you mean: Sóc Trăng)",
        "3:2: P132 unit: Long An is no unit of 2025: since the merger it belongs to Tây Ninh",
    ],
    "unknown-words": [
        "2:1: P110 kind: the value is not of the kind expected (found: score; expected: result | area | part | sipas | band-count | figure)",
        "2:3: P110 level: the value is not of the kind expected (found: provinc; expected: province | ministry | department | central-agency | district | commune)",
        "2:6: P110 doubt: the value is not of the kind expected (found: maybe; expected: contradicted | misprint)",
        "2:7: P110 confidence: the value is not of the kind expected (found: sure; expected: read | derived | weak)",
    ],
    "utf-16": [
        "1:1: P103 the text is not UTF-8 (found: UTF-16)",
    ],
}


class TestFaults:
    """Every fault of a user's table is told at once, with its line and cell, and exit code 2."""

    @pytest.mark.parametrize(("name", "lines"), FAULTS.items())
    def test_file(self, name: str, lines: list[str]) -> None:
        file = BAD / "published" / f"{name}.csv"
        ran = call("data", "show", "--data", str(file))
        assert (ran.code, ran.out) == (2, "")
        told = [line.removeprefix(f"{file}:").strip() for line in ran.faults]
        assert told == lines

    def test_every_file_is_in_the_table(self) -> None:
        assert {file.stem for file in (BAD / "published").iterdir()} == set(FAULTS)

    def test_all_files_of_a_folder(self) -> None:
        ran = call("data", "list", "--data", str(BAD / "published"))
        assert ran.code == 2
        for name, lines in FAULTS.items():
            assert (f"{name}.csv" in ran.err) == bool(lines)

    def test_more_rows_than_any_table(self, tmp_path: Path) -> None:
        rows = "2018,X,80,a,ministry\n" * 100_001
        (tmp_path / "a.csv").write_text(f"year,unit,index,source,level\n{rows}", encoding="utf-8")
        ran = call("data", "list", "--data", str(tmp_path))
        assert (ran.code, "P106" in ran.err) == (2, True)

    @pytest.mark.parametrize(
        ("arguments", "code"),
        [
            (("--unit", "Sóc Trnăg"), "P131"),
            (("--unit", "Long An", "--year", "2025"), "P132"),
            (("--region", "Nowhere"), "P133"),
            (("--data", "nowhere.csv"), "P101"),
        ],
    )
    def test_options(self, arguments: tuple[str, ...], code: str) -> None:
        ran = call("data", "show", *arguments)
        assert (ran.code, ran.out, code in ran.err) == (2, "", True)


class TestShow:
    """One row for each unit and year, and of how many how much is known."""

    def test_what_is_known_of_a_year(self) -> None:
        ran = call("data", "show", "--year", "2018", "--kind", "result", "--level", "province")
        assert (ran.code, ran.err) == (0, "")
        lines = ran.out.splitlines()
        assert lines[2].split()[:6] == ["2018", "Quảng", "Ninh", "89.06", "1", "63"]
        assert lines[-1] == ("result, province, 2018: index known of 14 of 63, rank of 23 of 63")

    def test_vietnamese(self) -> None:
        out = run("data", "show", "--year", "2024", "--kind", "result", "--lang", "vi").out
        assert "96,17" in out
        assert "biết chỉ số của 15/63" in out

    @pytest.mark.parametrize("lang", ["vi", "en"])
    def test_people_read_names_and_programs_codes(self, lang: str) -> None:
        asked = ("data", "show", "--unit", "Hòa Bình", "--year", "2023")
        told = run(*asked, "--lang", lang).out
        names = {
            "vi": ("3. Cải cách thủ tục hành chính", "Khảo sát lãnh đạo", "Chỉ số, tỷ lệ %"),
            "en": ("3. Administrative procedures", "Leaders' survey", "Index or percent"),
        }
        assert [name for name in names[lang] if name not in told] == []
        assert "leaders_survey" not in told
        codes = {row["code"] for row in csv.DictReader(io.StringIO(call(*asked, "-f", "csv").out))}
        assert codes == {"", "1", "3", "appraised", "leaders_survey", "sipas", "socio_economic"}

    def test_a_note_is_read_in_the_language_of_the_reader(self) -> None:
        asked = ("data", "show", "--unit", "Lào Cai", "--year", "2012")
        assert "Lào Cai 2012: hạng 11 năm 2013 + 6 bậc như đã in" in run(*asked, "--lang", "vi").out
        assert "Lào Cai 2012: rank 11 of 2013 + 6 places printed" in call(*asked).out

    def test_the_percentage_of_an_area_is_no_index(self) -> None:
        asked = ("data", "show", "--unit", "Hòa Bình", "--year", "2023", "--kind", "area")
        heading = run(*asked, "--lang", "vi").out.splitlines()[1]
        assert "Tỷ lệ %" in heading
        assert "Chỉ số" not in heading

    def test_a_region_goes_by_its_name(self) -> None:
        told = run("data", "show", "--year", "2023", "--kind", "figure", "--lang", "vi").out
        assert "Đồng bằng sông Hồng" in told
        assert "DBSH" not in told

    def test_a_region_is_that_of_the_year(self) -> None:
        out = call("data", "show", "--region", "Tây Nguyên", "--year", "2022", "-f", "csv").out
        rows = list(csv.DictReader(io.StringIO(out)))
        assert {row["unit"] for row in rows if row["kind"] == "result"} == {
            "Đắk Nông",
            "Gia Lai",
            "Kon Tum",
        }

    def test_a_merged_unit_has_no_figures_before_the_merger(self) -> None:
        out = call("data", "show", "--unit", "lao cai", "--year", "2025").out
        assert "Nothing is known of it." in out
        assert "Lào Cai was made of Lào Cai, Yên Bái" in out
        assert "was made of" not in call("data", "show", "--unit", "hanoi").out

    def test_json_keeps_the_digits(self) -> None:
        out = call("data", "show", "--unit", "Bình Dương", "--year", "2019", "-f", "json").out
        assert '"index": 82.30' in out
        assert json.loads(out)["format"] == "parindex-published/1"

    def test_list_in_every_format(self) -> None:
        counts = {
            form: len(call("data", "list", "--level", "ministry", "-f", form).out.splitlines())
            for form in ("table", "csv", "ndjson", "markdown")
        }
        lines = counts["ndjson"]
        assert lines > 10
        assert counts == {
            "table": lines + 4,
            "csv": lines + 1,
            "ndjson": lines,
            "markdown": lines + 8,
        }


class TestAddresses:
    """Where the table shortens an address, a line says where it stands in full; elsewhere there is none."""

    @pytest.mark.parametrize(
        ("source", "is_told"), [("https://a.example/b/c", True), ("QĐ 1 | Báo B", False)]
    )
    def test_told(self, source: str, is_told: bool, tmp_path: Path) -> None:
        own = tmp_path / "own.csv"
        own.write_text(f"year,unit,index,source\n2009,Sóc Trăng,80,{source}\n", encoding="utf-8")
        out = call("data", "show", "--data", str(own), "--year", "2009").out
        assert ("Full addresses of the sources" in out) == is_told


class TestOwn:
    """A user's own table is checked like that of the project, and wins over it."""

    def own(self, tmp_path: Path, *rows: str, heading: str = "year,unit,index,rank,source") -> str:
        file = tmp_path / "own.csv"
        file.write_text("\n".join([heading, *rows, ""]), encoding="utf-8")
        return str(file)

    def test_it_wins_and_is_named(self, tmp_path: Path) -> None:
        own = self.own(tmp_path, "2018,soc trang,78.36,,mine")
        ran = call("data", "show", "--unit", "Sóc Trăng", "--year", "2018", "--kind", "result",
                   "-f", "ndjson", "--data", own)  # fmt: skip
        row = json.loads(ran.out)
        assert (row["index"], row["rank"], row["table"]) == (78.36, 24, own)
        assert row["source"] == "mine | Báo Sóc Trăng (baosoctrang.org.vn), 24/6/2019"
        assert f"{own}:2:3: P414 Sóc Trăng 2018" in ran.err

    def test_the_environment_names_it_too(self, tmp_path: Path) -> None:
        own = self.own(tmp_path, "2016,Sóc Trăng,70.00,,mine")
        out = run(
            "data", "show", "--unit", "soc trang", "-f", "csv", env={"PARINDEX_DATA": own}
        ).out
        assert "Sóc Trăng,,70.00" in out

    def test_a_folder_and_another_dialect(self, tmp_path: Path) -> None:
        self.own(tmp_path, "2016;Huế;70,50;;mine", heading="year;unit;index;rank;source")
        out = call("data", "export", "--year", "2016", "--unit", "hue", "--data", str(tmp_path)).out
        assert "Thừa Thiên Huế,,70.50" in out

    def test_a_clash_with_the_project_is_told(self, tmp_path: Path) -> None:
        ran = call("data", "list", "--data", self.own(tmp_path, "2018,Huế,70.00,1,mine"))
        assert ran.code == 0
        assert "P411 Quảng Ninh 2018: rank 1 stands for both" in ran.err
        assert "P412" in ran.err

    def test_an_export_reads_back_as_the_same_rows(self, tmp_path: Path) -> None:
        for dialect in ("standard", "excel-vi"):
            file = tmp_path / f"{dialect}.csv"
            call("data", "export", "-o", str(file), "--csv-dialect", dialect)
            again = call("data", "export", "--data", str(file)).out.splitlines()
            plain = call("data", "export").out.splitlines()
            heading, rows = plain[0], plain[1:]
            assert again[0] == heading
            own = [line.replace(f",{file}", ",parindex") for line in again[1 : len(rows) + 1]]
            assert own == rows
