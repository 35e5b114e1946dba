"""JSON, CSV, folders and standard input: the same scorecards in every form."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import strategies as st

from parindex.api import read_scorecards, score, write_scorecard
from parindex.reading.documents import ENDINGS, Kind, kind_of
from parindex.scorecard.scorecard import Entry, Scorecard
from parindex.values.facts import Answer, Answers, Count, Date, Fact, Items, Points, Ratio
from tests.support import EXAMPLE, ROOT, area, call, card, run, scheme

HEAD = "unit,year,scheme,code,points"
ROWS = [
    f"Sóc Trăng,2018,vn-province-2018,{code},{points}"
    for code, points in enumerate(
        ("7.93", "9.09", "10.49", "9.43", "10.50", "7.66", "9.55", "13.70"), start=1
    )
]
CSV = "\n".join([HEAD, *ROWS]) + "\n"
JSON = json.dumps(
    {
        "unit": "Sóc Trăng",
        "year": 2018,
        "scores": {row.split(",")[3]: float(row.split(",")[4]) for row in ROWS},
    },
    ensure_ascii=False,
)


class TestForms:
    """The form of a file does not change what it says."""

    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("a.csv", CSV),
            ("a.csv", "\ufeff" + CSV.replace(",", ";").replace(".", ",")),
            ("a.csv", CSV.replace(",", "\t")),
            ("a.csv", CSV.replace("\n", "\r\n")),
            ("a.json", JSON),
            ("a.json", f"[{JSON}]"),
            ("a.ndjson", f"{JSON}\n"),
            ("a.txt", CSV),
            ("a.txt", JSON),
            ("a.txt", Path(EXAMPLE).read_text("utf-8")),
        ],
    )
    def test_soc_trang(self, tmp_path: Path, name: str, text: str) -> None:
        file = tmp_path / name
        file.write_text(text, encoding="utf-8", newline="")
        [read] = read_scorecards(file)
        assert str(score(read).index) == "78.35"

    @pytest.mark.parametrize("text", [CSV, JSON, Path(EXAMPLE).read_text("utf-8")])
    def test_standard_input(self, text: str) -> None:
        assert "Index: 78.35 %" in run("score", "-", given=text).out

    def test_a_folder(self, tmp_path: Path) -> None:
        (tmp_path / "below").mkdir()
        (tmp_path / "below" / "b.json").write_text(JSON, encoding="utf-8")
        other = CSV.replace("Sóc Trăng", "Hậu Giang")
        (tmp_path / "a.csv").write_text(other, encoding="utf-8")
        (tmp_path / "notes.txt").write_text("not a scorecard", encoding="utf-8")
        assert len(read_scorecards(tmp_path)) == 2

    def test_numbers_of_json_keep_their_digits(self, tmp_path: Path) -> None:
        file = tmp_path / "a.json"
        file.write_text('{"unit": "X", "year": 2018, "scores": {"1": 7.10}}', encoding="utf-8")
        assert read_scorecards(file)[0].scores["1"].fact == Points(Decimal("7.10"))
        assert str(read_scorecards(file)[0].scores["1"].fact.points) == "7.10"  # type: ignore[union-attr]

    def test_the_decimal_mark_may_be_said(self, tmp_path: Path) -> None:
        file = tmp_path / "a.yaml"
        file.write_text('unit: X\nyear: 2018\nscores: {"1": {value: 694.611}}', encoding="utf-8")
        assert call("score", str(file)).err.count("P112") == 1
        assert call("score", str(file), "--decimal", "comma").err.count("P112") == 0


class TestTables:
    """A table may hold many units, in any order of rows, and reads what was written."""

    def test_rows_in_any_order(self, tmp_path: Path) -> None:
        other = [row.replace("Sóc Trăng", "Hậu Giang") for row in ROWS]
        together, apart = tmp_path / "together.csv", tmp_path / "apart.csv"
        mixed = [row for pair in zip(ROWS, other, strict=True) for row in pair]
        together.write_text("\n".join([HEAD, *ROWS, *other]), encoding="utf-8")
        apart.write_text("\n".join([HEAD, *mixed]), encoding="utf-8")
        for file in (together, apart):
            assert [str(score(each).index) for each in read_scorecards(file)] == ["78.35"] * 2

    def test_columns_in_any_order(self, tmp_path: Path) -> None:
        file = tmp_path / "a.csv"
        lines = [",".join(reversed(line.split(","))) for line in [HEAD, *ROWS]]
        file.write_text("\n".join(lines), encoding="utf-8")
        assert str(score(read_scorecards(file)[0]).index) == "78.35"

    @pytest.mark.parametrize("dialect", ["standard", "excel-vi"])
    @pytest.mark.parametrize("files", [["seeds/published"], ["seeds/soc-trang-2018.yaml"]])
    def test_what_score_writes_reads_back(
        self, tmp_path: Path, files: list[str], dialect: str
    ) -> None:
        file = tmp_path / "a.csv"
        options = ("--format", "csv", "--csv-dialect", dialect)
        assert call("score", *files, *options, "-o", str(file)).code == 0
        again = call("score", str(file), *options)
        assert again.out.encode() == file.read_bytes()

    def test_stages_in_rows(self, tmp_path: Path) -> None:
        file = tmp_path / "a.csv"
        file.write_text(
            "unit,year,scheme,code,stage,points,reason\n"
            "X,2018,vn-province-2018,1,self,9,\n"
            "X,2018,vn-province-2018,1,appraised,8,late\n",
            encoding="utf-8",
        )
        [read] = read_scorecards(file)
        assert score(read).node("1").points == 8
        assert score(read, stage="self").node("1").points == 9
        assert score(read, stage="final").node("1").state == "unknown"

    def test_a_formula_is_text(self, tmp_path: Path) -> None:
        file = tmp_path / "a.csv"
        units = ["=1+1", "'quoted", "+84", "@x", "-", "''=x"]
        made = [card({"1": "5"}, unit=unit, year=2018, scheme="vn-province-2018") for unit in units]
        yaml = tmp_path / "a.yaml"
        yaml.write_text(write_scorecard(made), encoding="utf-8")
        call("score", str(yaml), "--format", "csv", "-o", str(file))
        cells = {line.split(",")[3] for line in file.read_text("utf-8").splitlines()[1:]}
        assert not {cell for cell in cells if cell[0] in "=+-@"}
        assert [each.unit for each in read_scorecards(file)] == units


FACTS: dict[str, Fact] = {
    "a": Answer("on_time"),
    "b": Count(3),
    "d": Items(("tasks", "budget")),
    "e": Answers({"A": 120, "B": 30}),
    "f": Ratio(Decimal(234), Decimal(543)),
}


class TestKinds:
    """Every kind of input can be written in every form."""

    def test_csv(self, tmp_path: Path) -> None:
        file = tmp_path / "a.csv"
        file.write_text(
            "unit,year,code,answer,count,date,items,answers,ratio\n"
            "X,2024,a,on_time,,,,,\nX,2024,b,,3,,,,\nX,2024,c,,,2018-01-15,,,\n"
            "X,2024,d,,,,tasks|budget,,\nX,2024,e,,,,,A=120|B=30,\nX,2024,f,,,,,,234/543\n",
            encoding="utf-8",
        )
        leaves = scheme(max="6", criteria=[area(code, "1") for code in "abcdef"])
        [read] = read_scorecards(file, leaves)
        facts = {code: entry.fact for code, entry in read.scores.items()}
        assert isinstance(facts.pop("c"), Date)
        assert facts == FACTS

    def test_yaml(self, tmp_path: Path) -> None:
        file = tmp_path / "a.yaml"
        entries = {code: Entry(fact) for code, fact in FACTS.items()}
        file.write_text(write_scorecard([Scorecard("X", 2024, entries)]), encoding="utf-8")
        leaves = scheme(max="6", criteria=[area(code, "1") for code in "abcdef"])
        [read] = read_scorecards(file, leaves)
        assert {code: entry.fact for code, entry in read.scores.items()} == FACTS


class TestFormats:
    """A format of input is one line: its endings are its own, and the function that it names is there."""

    def test_endings(self) -> None:
        endings = [ending for kind in Kind for ending in kind.endings]
        assert sorted(endings) == sorted(ENDINGS)

    @pytest.mark.parametrize("kind", Kind)
    def test_reader(self, kind: Kind) -> None:
        assert callable(kind.read())
        assert kind_of(f"A{kind.endings[0].upper()}") is kind


class TestUnits:
    """A unit is found by its name without marks and capitals."""

    @pytest.mark.parametrize("name", ["Sở Tư pháp", "so tu phap", "SỞ TƯ PHÁP", "sở tư-pháp"])
    def test_found(self, name: str) -> None:
        out = call("score", "seeds/published/tay-ninh-2023.yaml", "--unit", name, "-f", "csv").out
        assert len(out.splitlines()) == 2

    def test_not_found(self) -> None:
        ran = call("score", "seeds/published/tay-ninh-2023.yaml", "--unit", "Sở Tư phép")
        assert (ran.code, ran.out) == (2, "")
        assert "did you mean: Sở Tư pháp" in ran.err

    @pytest.mark.parametrize("name", ["VN-Province-2018", "vn-province-2018"])
    def test_scheme_ids(self, name: str) -> None:
        assert call("score", EXAMPLE, "--scheme", name).code == 0


LEAVES = scheme(
    criteria=[
        area("1", "4", area("1.1", "1"), area("1.2", "3", rule={"kind": "ratio"})),
        area("2", "6", area("2.1", "2"), area("2.2", "4")),
    ]
)
shares = st.integers(0, 1000).map(lambda number: Decimal(number) / 1000)


class TestCatalog:
    """The index says what the schemes say, and every scheme is sound and has its sources."""

    def test_index(self) -> None:
        from parindex.scheme.catalog import FOLDER
        from tools import catalog

        assert catalog.current() == (Path(FOLDER) / "index.csv").read_text("utf-8")

    @pytest.mark.parametrize(
        "file", sorted((ROOT / "parindex/scheme/catalog/schemes").glob("*.yaml")), ids=str
    )
    def test_every_maximum_has_a_source(self, file: Path) -> None:
        from parindex.scheme.catalog import load_scheme

        loaded = load_scheme(file.stem)
        assert loaded.status in ("official", "provincial", "fragment")
        bare = [
            criterion.code
            for depth, criterion in loaded.walk()
            if depth == 1 and criterion.max is not None and not criterion.source
        ]
        assert bare == []

    def test_provinces_add_up(self) -> None:
        from parindex.scheme.catalog import load_scheme

        areas = {
            year: [str(area.max) for area in load_scheme(f"vn-province-{year}").criteria]
            for year in (2017, 2018)
        }
        assert areas == {
            2017: ["10", "10", "14.5", "11", "16", "7", "16", "15.5"],
            2018: ["9", "10", "13", "12", "13.5", "12.5", "13.5", "16.5"],
        }
