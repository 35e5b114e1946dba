"""What `score` wrote is read again as scorecards; what only an analysis says is refused plainly."""

import json
from pathlib import Path

import pytest

from tests.support import call

EXAMPLE = "examples/soc-trang-2018.yaml"
SMALL = ["--scheme", "examples/small-scheme.yaml"]
CARDS = {
    "one": (EXAMPLE, []),
    "rules": ("examples/small-2024.yaml", SMALL),
    "several": ("examples/provinces-2018.csv", []),
    "with a total alone": ("seeds/published/tay-ninh-2023.yaml", []),
}


NOT_IN_A_WORKBOOK = {
    ("rules", "xlsx"): "Summary!G7: P110",  # known in part
}


def points(file: str, *more: str) -> list[str]:
    """The units and exact points of all criteria of a file."""
    ran = call("score", file, *more, "-f", "json", "--depth", "9")
    assert ran.code == 0, ran.err
    return [
        f"{each['unit']} {each['year']} {each.get('points_exact', each['points'])} {each['percent']}"
        for each in json.loads(ran.out)["results"]
    ]


class TestAgain:
    """The same units have the same points, whether a result or the scorecard itself is read."""

    @pytest.mark.parametrize("ending", ["json", "csv", "xlsx"])
    @pytest.mark.parametrize("name", CARDS)
    def test_score(self, name: str, ending: str, tmp_path: Path) -> None:
        card, more = CARDS[name]
        file = str(tmp_path / f"result.{ending}")
        depth = ["--depth", "9"] if ending != "csv" else []
        assert call("score", card, *more, *depth, "-o", file).code == 0
        if (name, ending) in NOT_IN_A_WORKBOOK:
            ran = call("score", file, *more)
            assert (ran.code, f".xlsx:{NOT_IN_A_WORKBOOK[name, ending]}" in ran.err) == (2, True)
            return
        wanted, found = points(card, *more), points(file, *more)
        assert found == wanted

    @pytest.mark.parametrize("command", ["rank", "losses", "check"])
    def test_other_commands(self, command: str, tmp_path: Path) -> None:
        file = str(tmp_path / "result.json")
        call("score", "examples/provinces-2018.csv", "-o", file)
        assert call(command, file).code == 0

    def test_before(self, tmp_path: Path) -> None:
        file = str(tmp_path / "before.json")
        call("score", "examples/provinces-2018.csv", "-o", file)
        ran = call("rank", "examples/provinces-2018.csv", "--previous", file)
        assert ran.code == 0
        assert "0.00" in call("compare", file, "examples/provinces-2018.csv").out
        assert call("score", "examples/provinces-2018.csv", "--baseline", file).code == 0

    @pytest.mark.parametrize("lang", ["vi", "en"])
    def test_the_maximum_that_applies(self, lang: str, tmp_path: Path) -> None:
        """A column that is written beside the points is no doubt of a reader."""
        text = Path("examples/small-2024-whole.yaml").read_text(encoding="utf-8")
        card, file = tmp_path / "card.yaml", str(tmp_path / "a.xlsx")
        line = next(each for each in text.splitlines() if '"1.1":' in each)
        card.write_text(text.replace(line, '  "1.1": not_applicable'), encoding="utf-8")
        form = ["--depth", "9", "-o", file, "--lang", lang]
        assert call("score", str(card), *SMALL, *form).code == 0
        ran = call("score", file, *SMALL, "--depth", "0")
        assert (ran.code, ran.err) == (0, "")
        assert "Index: 89.94 %" in ran.out

    def test_lines_of_results(self, tmp_path: Path) -> None:
        file = tmp_path / "a.ndjson"
        file.write_text(call("score", EXAMPLE, "-f", "ndjson").out, encoding="utf-8")
        assert points(str(file)) == points(EXAMPLE)

    def test_criteria_that_were_not_written(self, tmp_path: Path) -> None:
        file = str(tmp_path / "a.json")
        call("score", "examples/small-2024.yaml", *SMALL, "-o", file)
        ran = call("score", file, *SMALL)
        assert (ran.code, "score --depth 9 -f json" in ran.err) == (2, True)

    def test_other_points_than_those_of_the_criteria(self, tmp_path: Path) -> None:
        file = tmp_path / "a.json"
        text = call("score", EXAMPLE, "-f", "json").out
        file.write_text(text.replace('"points": 78.35', '"points": 79.35', 1), encoding="utf-8")
        ran = call("score", str(file))
        assert (ran.code, "P110" in ran.err, "78.35" in ran.err) == (2, True, True)

    @pytest.mark.parametrize("said", ["1e999999999", "1/0", "x" * 100])
    def test_what_is_no_number(self, said: str, tmp_path: Path) -> None:
        """It is refused at once, however large it would be."""
        file = tmp_path / "a.json"
        text = call("score", EXAMPLE, "-f", "json").out
        file.write_text(text.replace('"points": 78.35', f'"points": "{said}"', 1), encoding="utf-8")
        assert call("score", str(file)).code == 2


class TestRanking:
    """A ranking in JSON is read again as the totals of its units, and nothing else is made of it."""

    def test_same_ranking(self, tmp_path: Path) -> None:
        text = call("rank", "examples/provinces-2018.csv", "-f", "json").out
        (tmp_path / "r.json").write_text(text, encoding="utf-8")
        assert call("rank", str(tmp_path / "r.json"), "-f", "json").out == text

    def test_without_a_place(self, tmp_path: Path) -> None:
        """A unit that is known in part stays without points."""
        text = call("rank", "examples/small-2024.yaml", *SMALL, "-f", "json").out
        (tmp_path / "r.json").write_text(text, encoding="utf-8")
        [group] = json.loads(call("rank", str(tmp_path / "r.json"), *SMALL, "-f", "json").out)[
            "groups"
        ]
        assert ([each["unit"] for each in group["unknown"]], group["ranked"]) == (["Sở Ví dụ"], [])

    def test_before(self, tmp_path: Path) -> None:
        call("rank", "examples/provinces-2018.csv", "-o", str(tmp_path / "r.json"))
        ran = call("rank", "examples/provinces-2018.csv", "--previous", str(tmp_path / "r.json"))
        assert ran.code == 0

    def test_an_index_that_points_do_not_give(self, tmp_path: Path) -> None:
        """Where part of the maximum did not apply, the points alone would give another rank."""
        text = call("rank", "examples/provinces-2018.csv", "-f", "json").out
        other = text.replace('"index": 89.06', '"index": 90.12')
        (tmp_path / "r.json").write_text(other, encoding="utf-8")
        ran = call("rank", str(tmp_path / "r.json"))
        assert (ran.code, "P110" in ran.err, "89.06" in ran.err) == (2, True, True)


class TestAnalyses:
    """Losses and comparisons have no scores; the message names what to give."""

    @pytest.mark.parametrize("ending", ["json", "csv"])
    @pytest.mark.parametrize("command", ["losses", "compare"])
    def test_refused(self, command: str, ending: str, tmp_path: Path) -> None:
        file = str(tmp_path / f"a.{ending}")
        others = ["examples/provinces-2018.csv"] if command == "compare" else []
        assert call(command, "examples/provinces-2018.csv", *others, "-o", file).code == 0
        ran = call("score", file)
        assert (ran.code, "P150" in ran.err) == (2, True), ran.err
        assert "what `score` wrote" in ran.err
