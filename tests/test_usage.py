"""Faults of the command line: one line in the reader's language, whatever Typer would say."""

import pytest

from tests.support import EXAMPLE, call, run

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
        assert "--kind: còn thiếu (cần ghi: self-assessment | analysis" in ran.err

    def test_an_argument_goes_by_the_name_that_the_help_gives_it(self) -> None:
        told = run("explain", EXAMPLE, "--lang", "vi").err
        assert "MÃ: hãy nêu" in told
        assert "CODE" not in told

    def test_control_characters_are_shown(self) -> None:
        assert "x\\x1b[1m: there is no such command" in call("x\x1b[1m").err

    def test_nothing_shows_the_help(self) -> None:
        for arguments in ((), ("data",), ("schemes",)):
            ran = call(*arguments)
            assert "--help" in ran.out + ran.err
            assert "tells what it takes" not in ran.err
