"""What commands say on standard error: for people or for programs, much or little."""

import json
import sys
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from parindex.cli import output, progress, talk, template
from parindex.render.json_schemas import json_schema
from parindex.tables.findings import finding_record, talk_record
from parindex.values.finding import Finding, Place
from tests.support import EXAMPLE, ROOT, call, run
from tests.test_help import COMMANDS

BAD = str(ROOT / "tests" / "bad" / "check" / "all-at-once.yaml")
_READS = [page for page in COMMANDS if page[0] in ("score", "rank", "losses", "merge", "split")]
_READS += [("target", "--band", "A"), ("report", "--kind", "plan"), ("check",), ("test",)]
_SCHEMA = Draft202012Validator(json_schema("findings"))


def records(text: str) -> list[dict[str, Any]]:
    """The findings of standard error, each of which fits the schema."""
    found = [json.loads(line) for line in text.splitlines()]
    for each in found:
        assert [*_SCHEMA.iter_errors(each)] == []
    return found


class TestJson:
    """With `--errors json` each line of standard error is a finding; exit codes stay."""

    @pytest.mark.parametrize("page", COMMANDS, ids=" ".join)
    def test_usage_of_every_command(self, page: tuple[str, ...]) -> None:
        ran = call(*page, "--zzz", "--errors", "json")
        assert (ran.code, ran.out) == (2, "")
        [fault] = records(ran.err)
        assert (fault["code"], fault["where"]) == ("P802", "--zzz")

    @pytest.mark.parametrize("words", _READS, ids=" ".join)
    def test_a_file_that_is_not_there(self, words: tuple[str, ...]) -> None:
        given = (*words, "nowhere.yaml")
        ran, plain = call("--errors", "json", *given), call(*given)
        assert (ran.code, ran.out) == (plain.code, plain.out)
        found = records(ran.err)
        if words != ("check",):  # which tells what it found as its result
            assert (found[0]["code"], found[0]["file"]) == ("P101", "nowhere.yaml")
            assert found[0]["found"] == "no file or folder of this name"

    @pytest.mark.parametrize(
        ("words", "code", "where", "told"),
        [
            (("scor",), "P801", "scor", (None, None)),
            (("score",), "P804", "FILE", (None, None)),
            (("score", EXAMPLE, "--format"), "P803", "--format", (None, None)),
            (("score", EXAMPLE, "--depth", "77"), "P805", "--depth", ("77", "0…40")),
            (("data", "show", "x"), "P806", "x", (None, None)),
            (("compare", "2018", "2017"), "P807", "", (None, None)),
            ((), "P808", "", (None, None)),
            (("data",), "P808", "", (None, None)),
        ],
    )
    def test_usage(
        self, words: tuple[str, ...], code: str, where: str, told: tuple[str | None, str | None]
    ) -> None:
        ran = run(*words, env={"PARINDEX_ERRORS": "json"})
        [fault] = records(ran.err)
        assert (ran.code, fault["code"], fault["where"]) == (2, code, where)
        assert (fault["found"], fault["expected"]) == told

    def test_the_words_of_check(self) -> None:
        checked = records(call("check", BAD, "--format", "ndjson").out)
        found = records(call("score", BAD, "--errors", "json").err)
        assert found
        assert [each for each in found if each not in checked] == []

    def test_place(self) -> None:
        first = records(call("score", BAD, "--errors", "json").err)[0]
        assert (first["file"], first["line"], first["column"]) == (BAD, 3, 9)
        assert first["path"] == ["scheme"]
        assert first["mend"]
        book = Finding("P207", "1", {"found": "x"}, place=Place("a.xlsx", pointer="/Sheet!B7"))
        assert finding_record(book)["cell"] == "B7"

    def test_language(self) -> None:
        [fault] = records(run("score", "nowhere.yaml", "--errors=json", "--lang", "vi").err)
        assert fault["message"].startswith("không đọc được tệp")
        assert fault["severity"] == "error"

    def test_the_option_wins_over_the_environment(self) -> None:
        ran = run("score", "--errors", "text", env={"PARINDEX_ERRORS": "json"})
        assert "FILE: this is missing" in ran.err
        assert (
            "--errors: the value does not fit"
            in run("schemes", "list", env={"PARINDEX_ERRORS": "xml"}).err
        )

    def test_no_end_after_fifty(self, tmp_path: Path) -> None:
        file = tmp_path / "many.csv"
        rows = "".join(f"U{number},2018,vn-province-2018,1,200\n" for number in range(60))
        file.write_text(f"unit,year,scheme,code,points\n{rows}", encoding="utf-8")
        assert len(records(call("score", str(file), "--errors", "json").err)) == 60

    def test_talk(self) -> None:
        assert [*_SCHEMA.iter_errors(talk_record("Wrote a.csv"))] == []

    def test_what_no_input_explains(self, capsys: pytest.CaptureFixture[str]) -> None:
        for error, code in (
            (ValueError("x"), "P903"),
            (OSError(24, "Too many open files"), "P902"),
            (MemoryError(), "P901"),
        ):
            talk.settle(["--errors", "json"])
            talk.print_stop(error)
            assert [each["code"] for each in records(capsys.readouterr().err)] == [code]
            talk.settle([])
            talk.print_stop(error)
            assert capsys.readouterr().err.startswith("parindex: ")


class TestAmount:
    """`--quiet` tells only errors, `--verbose` also what is read and written; never both."""

    DOUBTED = ("rank", str(ROOT / "seeds" / "published"))

    def test_quiet(self) -> None:
        assert "P401" in call(*self.DOUBTED).err
        assert call(*self.DOUBTED, "--quiet").err == ""
        assert call("--quiet", *self.DOUBTED).err == ""
        failed = call("score", EXAMPLE, "--fail-under", "99", "--quiet")
        assert (failed.code, failed.err.count("\n")) == (1, 1)
        assert call("score", "nowhere.yaml", "--quiet").err.startswith("nowhere.yaml: P101")

    def test_what_was_skipped_is_no_fault(self, tmp_path: Path) -> None:
        (tmp_path / "a.yaml").write_text(Path(EXAMPLE).read_text("utf-8"), "utf-8")
        (tmp_path / "b.xlsx").write_bytes(b"%PDF-1.7")
        given = ("losses", str(tmp_path), "--skip-unreadable")
        assert "b.xlsx: P150" in call(*given).err
        quiet = call(*given, "--quiet")
        assert (quiet.code, quiet.err) == (0, "")

    def test_facts(self) -> None:
        rows = ROOT / "examples" / "dossiers"
        given = ("facts", str(rows / "rows.csv"), "--map", str(rows / "map.yaml"))
        assert call(*given).err
        assert call(*given, "--quiet").err == ""
        [told, *_] = records(call(*given, "--errors", "json").err)
        assert (told["code"], told["severity"]) == (None, "info")

    def test_verbose(self, tmp_path: Path) -> None:
        (tmp_path / "a.yaml").write_text(Path(EXAMPLE).read_text("utf-8"), "utf-8")
        out = str(tmp_path / "out.csv")
        ran = call("score", str(tmp_path), "-o", out, "--verbose")
        assert (ran.code, ran.err) == (0, f"Reads {tmp_path / 'a.yaml'}\nWrote {out}\n")

    def test_how_to_mend_it_once(self, tmp_path: Path) -> None:
        """Every command tells it as `check` does, the same words once; warnings and gates do not."""
        file = tmp_path / "a.yaml"
        file.write_text("unit: X\nyear: 2018\nyaer: 1\nscores: {1: {pint: 5}}\n", encoding="utf-8")
        first, second = call("score", str(file)).err.splitlines()
        assert first.endswith("did you mean: year) → Remove it, or correct its spelling.")
        assert second.startswith(f"{file}:4:14: P108 ")
        assert "→" not in second
        assert "→ Remove it" in call("rank", str(file)).err
        assert "→" not in call("score", EXAMPLE, "--fail-under", "90").err

    def test_what_was_written(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Told on a terminal, and to whoever asks for more; never to a quiet run, a program or a pipe."""
        for is_terminal, words, told in (
            (True, [], "Wrote a.csv\n"),
            (True, ["--quiet"], ""),
            (True, ["--errors", "json"], ""),
            (False, [], ""),
            (False, ["--verbose"], "Wrote a.csv\n"),
        ):
            monkeypatch.setattr(sys.stderr, "isatty", partial(bool, is_terminal))
            talk.settle(words)
            talk.say_written("Wrote a.csv")
            assert capsys.readouterr().err == told, (is_terminal, words)
        talk.settle([])

    def test_files_of_a_folder_together(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        told: list[str] = []
        monkeypatch.setattr(output, "say_written", told.append)
        monkeypatch.setattr(template, "say_written", told.append)
        units = tmp_path / "units.csv"
        units.write_text("unit\nA\nB\n", encoding="utf-8")
        scheme = "vn-province-2018"
        folder = str(tmp_path / "out")
        assert call("template", scheme, "--units", str(units), "-o", folder).code == 0
        assert told == [f"Wrote 2 workbooks into {folder}"]
        file = str(tmp_path / "a.yaml")
        assert call("template", scheme, "-o", file).code == 0
        assert told[1:] == [f"Wrote {file}"]

    def test_one_of_both(self) -> None:
        ran = call("schemes", "list", "--quiet", "--verbose")
        assert (ran.code, "--quiet and --verbose" in ran.err) == (2, True)

    @pytest.mark.parametrize("words", [["--quiet"], ["--errors", "json"]])
    def test_no_bar(self, words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
        def bar(*_: object) -> None:
            pytest.fail("a bar")

        monkeypatch.setattr(progress, "_bar", bar)
        monkeypatch.setattr(progress, "_QUIET", -1)
        monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
        talk.settle(words)
        assert [*progress.progress([1, 2], "")] == [1, 2]
        talk.settle([])
