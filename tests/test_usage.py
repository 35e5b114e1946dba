"""Faults of the command line: one line in the reader's language, whatever Typer would say."""

import json
from pathlib import Path

import pytest

from parindex.cli.usage import MEANT, alike
from parindex.values.language import language
from tests.support import EXAMPLE, call, run
from tools.commands_page import every_command

TOLD = {
    ("scor",): "scor: there is no such command (did you mean: score)",
    ("data", "shw"): "shw: there is no such command (did you mean: show)",
    ("nothing-like-it",): "nothing-like-it: there is no such command",
    ("--lng", "vi"): "--lng: there is no such option (did you mean: --lang)",
    (
        "score",
        EXAMPLE,
        "--frmat",
        "csv",
    ): "--frmat: there is no such option (did you mean: --format)",
    ("score", EXAMPLE, "--zzz"): "--zzz: there is no such option",
    ("score", EXAMPLE, "--out", "x"): "--out: there is no such option (did you mean: --output)",
    ("score", EXAMPLE, "--csv_dialect", "x"): "--csv_dialect: there is no such option "
    "(did you mean: --csv-dialect)",
    ("help",): "help: there is no such command (did you mean: --help)",
    ("RANK",): "RANK: there is no such command (did you mean: rank)",
    ("score", EXAMPLE, "--format", "jsn"): "--format: the value does not fit (found: jsn; "
    "expected: table | json | ndjson | csv | markdown | xlsx; did you mean: json)",
    ("score",): "FILE: this is missing",
    ("schemes", "show"): "ID_OR_FILE: this is missing",
    ("report", EXAMPLE): "--kind: this is missing "
    "(expected: self-assessment | analysis | ranking | plan)",
    ("score", EXAMPLE, "-f", "doc"): "--format: the value does not fit "
    "(found: doc; expected: table | json | ndjson | csv | markdown | xlsx)",
    (
        "score",
        EXAMPLE,
        "--depth",
        "two",
    ): "--depth: the value does not fit (found: two; expected: 0…40)",
    (
        "score",
        EXAMPLE,
        "--depth",
        "41",
    ): "--depth: the value does not fit (found: 41; expected: 0…40)",
    (
        "data",
        "show",
        "--year",
        "18",
    ): "--year: the value does not fit (found: 18; expected: 1000…2999)",
    ("score", EXAMPLE, "--format"): "--format: it stands without its value, "
    "or with one that it does not take",
    ("score", EXAMPLE, "--stages=3"): "--stages: it stands without its value, "
    "or with one that it does not take",
    ("schema", "scheme", "b", "c"): "b c: more than this command takes",
    ("score", EXAMPLE, "--fail-under", "101"): "--fail-under: expected a number from 0 to 100",
    ("score", EXAMPLE, "-depth", "2"): "-depth: there is no such option (did you mean: --depth)",
    ("score", EXAMPLE, "-output=x"): "-output=x: there is no such option (did you mean: --output)",
    ("score", EXAMPLE, "-dpeth", "2"): "-dpeth: there is no such option (did you mean: --depth)",
    ("-lang", "vi", "score", EXAMPLE): "-lang: there is no such option (did you mean: --lang)",
    ("compare", "Sóc Trăng", "2017", "2018"): "2018: more than this command takes "
    '(did you mean: --unit "Sóc Trăng")',
    ("data", "show", "soc trang", "2018"): "soc trang 2018: more than this command takes "
    '(did you mean: --unit "soc trang" --year 2018)',
    ("explain", EXAMPLE): "CODE: a code is missing behind the file, such as 3: "
    f"parindex explain {EXAMPLE} 3",
    (
        "explain",
        "3",
    ): "CODE: a file of scorecards is missing before the code, or --scheme behind it",
    ("explain", "3", EXAMPLE): f"CODE: the file comes first: parindex explain {EXAMPLE} 3",
    ("explain",): "CODE: name a scorecard and a code, or --scheme and a code",
    ("explain", "--finding", "P999"): "--finding: no finding has the code P999 "
    "(did you mean: P901, P902, P903)",
    ("explain", "--finding", "101"): "--finding: no finding has the code 101 (did you mean: P101)",
    ("explain", "--finding", "x"): "--finding: no finding has the code X",
    ("check", EXAMPLE, "--select", "P99"): "--select: no finding has the code P99 "
    "(did you mean: P901, P902, P903)",
    ("compare", "2018", "2017"): "the first year must be before the second",
}


class TestUsage:
    """The option or argument, what is wrong with it, and what it takes; exit code 2."""

    @pytest.mark.parametrize("arguments", TOLD, ids=" ".join)
    def test_told(self, arguments: tuple[str, ...]) -> None:
        ran = call(*arguments)
        assert (ran.code, ran.out) == (2, "")
        first, second = ran.err.splitlines()
        assert first.partition(": ")[2] == TOLD[arguments]
        assert second.endswith(" --help tells what it takes")

    def test_in_vietnamese(self) -> None:
        ran = run("report", EXAMPLE, "--lang", "vi")
        assert (ran.code, ran.out) == (2, "")
        told = "self-assessment (báo cáo tự đánh giá) | analysis (phân tích)"
        assert f"--kind: còn thiếu (cần ghi: {told}" in ran.err

    def test_an_argument_goes_by_the_name_that_the_help_gives_it(self) -> None:
        told = run("explain", EXAMPLE, "--lang", "vi").err
        assert "MÃ: còn thiếu" in told
        assert "CODE" not in told

    def test_control_characters_are_shown(self) -> None:
        assert "x\\x1b[1m: there is no such command" in call("x\x1b[1m").err

    def test_nothing_shows_the_help(self) -> None:
        for arguments in ((), ("data",), ("schemes",)):
            ran = call(*arguments)
            assert "--help" in ran.out + ran.err
            assert "tells what it takes" not in ran.err


class TestAlmost:
    """What is nearly right is told: each option of each command, files of the same folder, words in Vietnamese."""

    def test_each_option(self) -> None:
        """Two letters of it changed places, as fingers do."""
        for _, command, context in every_command():
            names = [
                max(each.opts, key=len)
                for each in command.get_params(context)
                if each.param_type_name == "option"
            ]
            for name in names:
                typo = name[:3] + name[4] + name[3] + name[5:] if len(name) > 4 else name
                near = alike(typo, names)
                assert name in near.split(", "), (context.command_path, typo, near)

    @pytest.mark.parametrize("name", ["card.yml", "card", "cadr.yaml", "Cárd.csv"])
    def test_files_of_the_same_folder(self, name: str, tmp_path: Path) -> None:
        (tmp_path / "card.yaml").touch()
        (tmp_path / ".card.yaml").touch()
        err = call("score", str(tmp_path / name)).err
        assert f"did you mean: {tmp_path / 'card.yaml'})" in err

    @pytest.mark.parametrize(
        "name", ["other.yaml", "a.yaml", "in/card.yaml", "", ".yaml", "x" * 300]
    )
    def test_no_file(self, name: str, tmp_path: Path) -> None:
        (tmp_path / "card.yaml").touch()
        assert "did you mean" not in call("score", str(tmp_path / name)).err

    @pytest.mark.parametrize("name", ["Hoà Binh Tỉnh", "tỉnh Hoa Binhh"])
    def test_units(self, name: str) -> None:
        assert "did you mean: Hòa Bình" in call("data", "show", "--unit", name).err

    def test_choices_with_their_meaning(self) -> None:
        ran = run("losses", EXAMPLE, "--by", "linh-vuc", "--lang", "vi")
        assert "criterion (tiêu chí) | area (lĩnh vực) | origin (nguồn điểm)" in ran.err
        ran = run("losses", EXAMPLE, "--by", "linh-vuc", "--lang", "vi", "--errors", "json")
        assert json.loads(ran.err)["expected"] == "leaf | criterion | area | origin | lead"

    def test_every_choice_has_a_meaning_in_vietnamese(self) -> None:
        say = language("vi")
        assert [each for each in MEANT if say(each) == each] == []
