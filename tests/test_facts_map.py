"""The map of `parindex facts`: all faults at once with their places, its schema, and a new one of headings."""

import json
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from parindex.findings import InputError
from parindex.scale.definitions import headings
from parindex.scale.mapping import map_given, read_map
from parindex.scale.new_map import recognised
from tests.facts_support import MARCH
from tests.support import ROOT, call

MAP = ROOT / "examples" / "dossiers" / "map.yaml"
ROWS = str(ROOT / "examples" / "dossiers" / "rows.csv")

BROKEN = """\
columns: {recieved: Ngày, due: Hạn, suspended_from: Từ, channel: Kênh}
period: {from: 31/03/2025, to: 01/03/2025}
words: {onlin: [x]}
units: [Sở A, {unit: Sở B, names: [sở  a]}]
facts:
  "1": {ratio: [early * 2, received]}
  "2": {ratio: [erly, received]}
  "3": {ratio: [received, received], count: received}
  "4": {ratio: [digitised, received]}
  "5": {ratio: [services_used, services]}
"""


class TestFaults:
    """Every fault of a map is told at once, with line and column, and what to write instead."""

    def test_all_at_once(self, tmp_path: Path) -> None:
        file = tmp_path / "map.yaml"
        file.write_text(BROKEN, encoding="utf-8")
        with pytest.raises(InputError) as error:
            read_map(str(file))
        lines = {each.place.line for each in error.value.findings if each.place}
        assert {1, 2, 6, 7, 8} <= lines
        told = str(error.value)
        for words in ("recieved", "received", "early * 2", "erly", "ratio, count"):
            assert words in told

    def test_what_only_the_whole_tells(self, tmp_path: Path) -> None:
        file = tmp_path / "map.yaml"
        kept = [line for at, line in enumerate(BROKEN.splitlines()) if at not in (1, 5, 6, 7)]
        kept[0] = kept[0].replace("recieved", "received")
        file.write_text("\n".join([*kept, "period: {from: 2025-03-01, to: 2025-03-31}"]), "utf-8")
        with pytest.raises(InputError) as error:
            read_map(str(file))
        found = sorted((each.code, each.where) for each in error.value.findings)
        assert found == [
            ("P107", "units.1"),
            ("P108", "words.onlin"),
            ("P109", "columns"),
            ("P109", "columns"),
            ("P109", "facts.4.ratio.0"),
            ("P109", "facts.5.ratio.0"),
            ("P109", "facts.5.ratio.1"),
        ]

    @pytest.mark.parametrize(
        "terms",
        [
            "",
            "early on_time",
            "early + ",
            "- ",
            "early ++ on_time",
            "1 + early",
            "early/settled",
            "EARLY",
        ],
    )
    def test_only_sums_and_differences(self, terms: str) -> None:
        given = {
            "columns": {"received": "r", "due": "d", "returned": "x"},
            "unit": "A",
            "period": MARCH,
            "facts": {"1": {"count": terms}},
        }
        with pytest.raises(InputError, match=r"P110|P217"):
            map_given(given)

    def test_too_many_periods(self) -> None:
        period = {"from": "1900-01-01", "to": "2100-01-01", "by": "month"}
        with pytest.raises(InputError, match="P207"):
            map_given({"columns": {"received": "r"}, "unit": "A", "period": period})


class TestSchema:
    """The example fits the JSON Schema, and what is misspelt does not."""

    SCHEMA = json.loads((ROOT / "schemas" / "facts-map.json").read_text("utf-8"))

    def test_example(self) -> None:
        given = json.loads(json.dumps(yaml.safe_load(MAP.read_text("utf-8")), default=str))
        assert list(Draft202012Validator(self.SCHEMA).iter_errors(given)) == []
        del given["columns"]["received"]
        given["colums"] = {}
        assert list(Draft202012Validator(self.SCHEMA).iter_errors(given))


class TestNew:
    """A new map recognises headings in both languages, without marks and misspelt; the rest is a comment."""

    @pytest.mark.parametrize(
        ("heading", "name"),
        [
            ("Mã hồ sơ", "id"),
            ("MA HO SO", "id"),
            ("Ngày tiếp nhận", "received"),
            ("Ngay tiep nhan hồ sơ", "received"),
            ("Ngày tiêp nhận", "received"),
            ("Ngày hẹn trả", "due"),
            ("Ngày hẹn trảa", "due"),
            ("Ngày trả kết quả", "returned"),
            ("Hình thức nộp", "channel"),
            ("Cơ quan giải quyết", "unit"),
            ("Thủ tục", "procedure"),
            ("Mức độ DVC", "service_level"),
            ("Thanh toán", "payment"),
            ("Due date", "due"),
            ("Recieved", "received"),
        ],
    )
    def test_recognised(self, heading: str, name: str) -> None:
        assert recognised([heading]) == {name: heading}

    @pytest.mark.parametrize("heading", ["Người nộp", "Số điện thoại", "CCCD", "", "Ghi chú"])
    def test_not_recognised(self, heading: str) -> None:
        assert recognised([heading]) == {}

    def test_every_heading_means_one_column(self) -> None:
        for name, listed in headings().items():
            for each in listed:
                assert recognised([each]) == {name: each}

    def test_it_reads_back(self, tmp_path: Path) -> None:
        file = tmp_path / "map.yaml"
        assert call("facts", ROWS, "--new", "-o", str(file)).code == 0
        text = file.read_text("utf-8")
        assert "#   Người nộp" in text
        read = read_map(str(file))
        assert set(read.columns) == set(read_map(str(MAP)).columns)

    def test_a_unit_that_nobody_named(self, tmp_path: Path) -> None:
        """Where no column tells the unit, the map is refused until somebody writes its name."""
        rows, file = tmp_path / "rows.csv", tmp_path / "map.yaml"
        rows.write_text("Mã hồ sơ,Ngày tiếp nhận\n1,01/02/2024\n", encoding="utf-8")
        assert call("facts", str(rows), "--new", "-o", str(file)).code == 0
        ran = call("facts", str(rows), "--map", str(file))
        assert (ran.code, "P109" in ran.err) == (2, True)
