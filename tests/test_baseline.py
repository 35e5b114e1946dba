"""The gate `--baseline`: exit 1 where the index or an area fell below an earlier result."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from parindex.analysis.gates import Baseline, Earlier
from parindex.scoring import score
from tests.support import EXAMPLE, call, card, run, scheme

FORMATS = ("table", "json", "ndjson", "csv", "markdown")
SCHEME = scheme()
SAME: dict[str, Any] = {"sha256": SCHEME.sha256, "index": Decimal("70.00")}


def told(before: dict[str, Any], now: dict[str, str], **fields: Any) -> list[str]:
    """The findings of scores under a scheme of 4 + 6 points, against an earlier result."""
    earlier = Earlier(**{"unit": "Thử", "unit_id": None, "year": 2024, "index": None, **before})
    result = score(card(now, **fields), SCHEME)
    return [
        f"{each.code} {each.where}".removesuffix(" Thử 2024")
        for each in Baseline([earlier]).check(result)
    ]


class TestRule:
    """What is surely lower fails; what is as high or higher passes; in doubt it has not passed."""

    @pytest.mark.parametrize(
        ("areas", "now", "codes"),
        [
            ({}, {"1": "3", "2": "4"}, []),
            ({}, {"1": "3", "2": "3.99"}, ["P503"]),
            ({}, {"1": "3", "2": "5"}, []),
            ({"1": "75.00", "2": "66.67"}, {"1": "3", "2": "4"}, []),
            ({"1": "75.00", "2": "66.67"}, {"1": "2.99", "2": "5"}, ["P503 Thử 2024 1"]),
            ({"1": "75.00", "9": "100"}, {"1": "3", "2": "4"}, []),
            ({"1": None}, {"1": "0", "2": "6"}, ["P503"]),
            ({"1": "75.00"}, {"1": "not_applicable", "2": "6"}, []),
            ({}, {"1": "3", "2": "unknown"}, ["P502"]),
            ({}, {"1": "0.9", "2": "unknown"}, ["P503"]),
            ({"1": "100"}, {"1": "unknown", "2": "6"}, ["P502", "P502 Thử 2024 1"]),
        ],
    )
    def test_figures(
        self, areas: dict[str, str | None], now: dict[str, str], codes: list[str]
    ) -> None:
        percents = {code: text and Decimal(text) for code, text in areas.items()}
        assert told({**SAME, "areas": percents}, now) == codes

    def test_another_scheme_is_told(self) -> None:
        before = {**SAME, "sha256": "0" * 64}
        assert told(before, {"1": "3", "2": "4"}) == ["P505"]
        assert told(before, {"1": "3", "2": "3"}) == ["P505", "P503"]

    @pytest.mark.parametrize(
        ("before", "fields", "found"),
        [
            ({"unit": "thử "}, {}, True),
            ({"unit": "Khác"}, {}, False),
            ({"unit": "Khác", "unit_id": "7"}, {"unit_id": "7"}, True),
            ({"unit_id": "7"}, {"unit_id": "8"}, False),
            ({"unit_id": "7"}, {}, True),
            ({"year": 2023}, {}, True),
        ],
    )
    def test_who_is_who(self, before: dict[str, Any], fields: dict[str, Any], found: bool) -> None:
        codes = told({**SAME, **before}, {"1": "3", "2": "4"}, **fields)
        assert codes == ([] if found else ["P504"])

    def test_the_same_year_wins(self) -> None:
        years = [
            Earlier("Thử", None, year, SCHEME.sha256, Decimal(index))
            for year, index in ((2022, 90), (2024, 10), (2023, 90))
        ]
        result = score(card({"1": "3", "2": "4"}), SCHEME)
        assert list(Baseline(years).check(result)) == []
        assert [each.code for each in Baseline(years[::2]).check(result)] == ["P504"]


class TestCommand:
    """`score --baseline`: the same exit code in every format; the file is read before all else."""

    def before(self, folder: Path, form: str = "json") -> str:
        file = str(folder / f"before.{form}")
        assert call("score", EXAMPLE, "-f", form, "-o", file).code == 0
        return file

    @pytest.mark.parametrize("form", FORMATS)
    def test_same_and_fallen(self, form: str, tmp_path: Path) -> None:
        same = self.before(tmp_path)
        assert call("score", EXAMPLE, "--baseline", same, "-f", form).code == 0
        worse = tmp_path / "worse.yaml"
        text = Path(EXAMPLE).read_text(encoding="utf-8")
        worse.write_text(text.replace('"6": 7.66', '"6": 7.50'), encoding="utf-8")
        ran = call("score", str(worse), "--baseline", same, "-f", form)
        assert ran.code == 1
        assert ran.err.splitlines() == [
            "P503 Sóc Trăng 2018: 78.19 % is below 78.35 % of the baseline",
            "P503 Sóc Trăng 2018 6: 60.00 % is below 61.28 % of the baseline",
        ]

    def test_ndjson_and_a_risen_area(self, tmp_path: Path) -> None:
        before = self.before(tmp_path, "ndjson")
        better = tmp_path / "better.yaml"
        text = Path(EXAMPLE).read_text(encoding="utf-8")
        better.write_text(text.replace('"6": 7.66', '"6": 8'), encoding="utf-8")
        assert call("score", str(better), "--baseline", before).code == 0

    def test_nobody_is_in_it(self, tmp_path: Path) -> None:
        before = self.before(tmp_path)
        other = Path(EXAMPLE).read_text(encoding="utf-8").replace("Sóc Trăng", "Hậu Giang")
        ran = run("score", "-", "--baseline", before, given=other)
        assert ran.code == 1
        assert [line.split(" ")[0].rstrip(":") for line in ran.err.splitlines()] == ["P504", "P506"]

    def test_a_new_unit_is_told_and_no_more(self, tmp_path: Path) -> None:
        before = self.before(tmp_path)
        one = Path(EXAMPLE).read_text(encoding="utf-8")
        two = one + "---\n" + one.replace("unit: Sóc Trăng", "unit: Hậu Giang")
        ran = run("score", "-", "--baseline", before, given=two)
        assert (ran.code, ran.err.split(" ")[0]) == (0, "P504")

    @pytest.mark.parametrize(
        ("text", "line"),
        [
            ("", "P113"),
            ("[]", "P113"),
            ("{", "1:"),
            ('{"format": "x", "results": []}', "/format: P110"),
            ('{"format": "parindex-result/1", "results": [{"unit": "X"}]}', "/results/0: P109"),
            (json.dumps({"unit": "X", "year": 2018, "scheme": {"id": "x"}}), "/scheme: P109"),
            (
                json.dumps(
                    {"unit": "X", "year": 1, "scheme": {"id": "x", "sha256": "x"}, "percent": "a"}
                ),
                "/year: P110",
            ),
        ],
    )
    def test_a_bad_file(self, text: str, line: str, tmp_path: Path) -> None:
        file = tmp_path / "bad.json"
        file.write_text(text, encoding="utf-8")
        ran = call("score", EXAMPLE, "--baseline", str(file))
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.removeprefix(f"{file}:").strip().startswith(line)

    def test_it_is_never_written_to(self, tmp_path: Path) -> None:
        before = self.before(tmp_path)
        ran = call("score", EXAMPLE, "--baseline", before, "-f", "json", "-o", before)
        assert ran.code == 2
        assert "P115" in ran.err
