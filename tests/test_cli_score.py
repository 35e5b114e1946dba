"""`parindex score`: formats, gates, exit codes, streams."""

import csv
import io
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from pathlib import Path

import pytest

from tests.support import EXAMPLE, ROOT, call, run, same_as_golden

SMALL = str(ROOT / "examples" / "small-2024.yaml")
SMALL_SCHEME = str(ROOT / "examples" / "small-scheme.yaml")
FORMATS = ("table", "json", "ndjson", "csv", "markdown")


class TestFormats:
    """One result, five ways to write it."""

    @pytest.mark.parametrize("form", FORMATS)
    def test_complete(self, form: str) -> None:
        ran = call("score", EXAMPLE, "--format", form)
        assert (ran.code, ran.err) == (0, "")
        assert same_as_golden(f"soc-trang-2018.{form}", ran.out)

    @pytest.mark.parametrize("form", FORMATS)
    def test_partial(self, form: str) -> None:
        ran = call("score", SMALL, "--scheme", SMALL_SCHEME, "--depth", "2", "--format", form)
        assert (ran.code, ran.err) == (0, "")
        assert same_as_golden(f"small-2024.{form}", ran.out)

    @pytest.mark.parametrize("form", ["table", "markdown"])
    def test_vietnamese(self, form: str) -> None:
        ran = run("score", EXAMPLE, "--format", form, "--lang", "vi")
        assert (ran.code, ran.err) == (0, "")
        assert same_as_golden(f"soc-trang-2018.vi.{form}", ran.out)

    @pytest.mark.parametrize("form", ["json", "ndjson", "csv"])
    def test_data_does_not_depend_on_the_language(self, form: str) -> None:
        english = run("score", SMALL, "--scheme", SMALL_SCHEME, "-f", form)
        vietnamese = run(
            "score", SMALL, "--scheme", SMALL_SCHEME, "-f", form, env={"LC_ALL": "vi_VN.UTF-8"}
        )
        assert english == vietnamese

    def test_json_numbers_have_their_digits(self) -> None:
        out = call("score", EXAMPLE, "--format", "json").out
        assert '"percent": 90.90' in out
        [result] = json.loads(out)["results"]
        assert (result["points"], result["band"], result["complete"]) == (78.35, "B", True)

    def test_a_number_without_end_comes_with_its_quotient(self) -> None:
        out = call("score", SMALL, "--scheme", SMALL_SCHEME, "-f", "json", "--depth", "2").out
        leaf = json.loads(out)["results"][0]["criteria"][1]["children"][1]
        assert (leaf["points"], leaf["points_exact"]) == (2.15469613260, "390/181")

    @pytest.mark.parametrize(
        ("options", "lines"),
        [
            (
                ("--depth", "1"),
                [
                    "Note on 1: plan; late",
                    "Period: 2018-01-01 to 2018-06-30",
                    "Published rank: 24 of 63",
                    "Published ranks by code: 1: 8; 2: 3",
                    "Published figures: sipas: 85%",
                    "Source: the paper",
                ],
            ),
            (
                ("--depth", "0", "--lang", "vi"),
                [
                    "Kỳ đánh giá: 01/01/2018 đến 30/06/2018",
                    "Thứ hạng công bố: 24/63",
                    "Thứ hạng công bố theo mã: 1: 8; 2: 3",
                    "Số liệu công bố khác: sipas: 85%",
                    "Nguồn: the paper",
                ],
            ),
        ],
    )
    @pytest.mark.parametrize("form", ["table", "markdown"])
    def test_what_was_said_stands_below(
        self, options: tuple[str, ...], lines: list[str], form: str
    ) -> None:
        card = (
            "unit: X\nyear: 2018\nperiod: {from: 2018-01-01, to: 2018-06-30}\nsource: the paper\n"
            'scores: {"1": {points: 5, note: plan, reason: late}}\n'
            "published: {rank: 24, of: 63, ranks: {1: 8, 2: 3}, figures: {sipas: 85%}}\n"
        )
        out = run("score", "-", "-f", form, *options, given=card).out
        told = [line for line in out.splitlines() if line]
        assert told[-len(lines) :] == lines

    def test_depth_is_a_view(self) -> None:
        total = [
            json.loads(call("score", EXAMPLE, "-f", "ndjson", "--depth", str(depth)).out)
            for depth in (0, 1)
        ]
        assert (len(total[0].pop("criteria")), len(total[1].pop("criteria"))) == (0, 8)
        assert total[0] == total[1]


class TestGates:
    """A gate is judged on the full result: the exit code is the same in every format."""

    GATES = (
        ((), 0),
        (("--fail-under", "78.35"), 0),
        (("--fail-under", "78,35"), 0),
        (("--fail-under", "78.36"), 1),
        (("--fail-under-area", "6=61.28"), 0),
        (("--fail-under-area", "6=61.29"), 1),
        (("--fail-under-area", "1=80", "--fail-under-area", "6=70"), 1),
        (("--fail-under-area", "9=1"), 2),
        (("--fail-under", "abc"), 2),
        (("--fail-under-area", "6"), 2),
    )

    @pytest.mark.parametrize(("form", "gate"), list(product(FORMATS, GATES)))
    def test_every_format(self, form: str, gate: tuple[tuple[str, ...], int]) -> None:
        options, code = gate
        ran = call("score", EXAMPLE, "--depth", "0", "--format", form, *options)
        assert ran.code == code
        assert bool(ran.err) == bool(code)

    @pytest.mark.parametrize(
        ("least", "code", "words"),
        [("56.55", 0, ""), ("56.56", 1, "P502"), ("86.55", 1, "P502"), ("86.56", 1, "P501")],
    )
    def test_a_partial_result_passes_only_with_its_lowest(
        self, least: str, code: int, words: str
    ) -> None:
        ran = call("score", SMALL, "--scheme", SMALL_SCHEME, "--fail-under", least)
        assert ran.code == code
        assert words in ran.err

    def test_the_result_is_written_before_the_gate_fails(self) -> None:
        ran = call("score", EXAMPLE, "--fail-under", "90", "--format", "json")
        assert json.loads(ran.out)["results"][0]["band"] == "B"
        assert ran.err == "P501 Sóc Trăng 2018: 78.35 % is below 90 %\n"


class TestStreams:
    """Data to stdout or a file, talk to stderr; `-` is standard input."""

    def test_standard_input(self) -> None:
        ran = run("score", "-", "--format", "ndjson", given=Path(EXAMPLE).read_bytes())
        assert json.loads(ran.out)["unit"] == "Sóc Trăng"

    def test_several_documents_and_files(self) -> None:
        one = Path(EXAMPLE).read_text(encoding="utf-8")
        two = one + "---\n" + one.replace("unit: Sóc Trăng", "unit: Hậu Giang")
        ran = run("score", "-", EXAMPLE, "--format", "ndjson", given=two)
        assert len(ran.out.splitlines()) == 3

    def test_output_file(self, tmp_path: Path) -> None:
        target = tmp_path / "kết quả.csv"
        ran = call("score", EXAMPLE, "--format", "csv", "-o", str(target))
        assert (ran.code, ran.out) == (0, "")
        rows = list(csv.DictReader(io.StringIO(target.read_text(encoding="utf-8"))))
        assert (rows[-1]["points"], rows[-1]["band"]) == ("78.35", "B")
        assert [file.name for file in tmp_path.iterdir()] == [target.name]

    @pytest.mark.parametrize("name", ["a.pdf", "a.DOCX", "a.xls", "a.htm", "a.jpg"])
    def test_a_name_that_promises_what_is_not_written(self, name: str, tmp_path: Path) -> None:
        """Text under such a name is a file that Word or a PDF reader calls broken."""
        ran = call("score", EXAMPLE, "-o", str(tmp_path / name))
        assert (ran.code, list(tmp_path.iterdir())) == (2, [])
        assert "parindex report" in ran.err

    @pytest.mark.parametrize(
        ("name", "begin"),
        [("a.svg", b"<svg"), ("a.PNG", b"\x89PNG"), ("a.html", b"<!DOCTYPE html>")],
    )
    def test_a_name_that_promises_a_picture(self, name: str, begin: bytes, tmp_path: Path) -> None:
        ran = call("score", EXAMPLE, "-o", str(tmp_path / name))
        assert (ran.code, ran.out, ran.err) == (0, "", "")
        assert (tmp_path / name).read_bytes().lower().startswith(begin.lower())

    def test_bad_input_leaves_the_old_file(self, tmp_path: Path) -> None:
        target = tmp_path / "result.json"
        target.write_text("old", encoding="utf-8")
        ran = call("score", "no-such-file.yaml", "-f", "json", "-o", str(target))
        assert (ran.code, target.read_text(encoding="utf-8")) == (2, "old")

    def test_a_folder_that_does_not_exist(self, tmp_path: Path) -> None:
        target = tmp_path / "none" / "result.json"
        ran = call("score", EXAMPLE, "-o", str(target))
        assert ran.code == 2
        assert "P114" in ran.err

    def test_a_reader_that_goes_away(self) -> None:
        one = Path(EXAMPLE).read_text(encoding="utf-8")
        many = "---\n".join(one.replace("unit: Sóc Trăng", f"unit: X{n}") for n in range(200))
        command = [sys.executable, "-m", "parindex", "score", "-"]
        pipe = subprocess.PIPE
        with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=pipe) as process:
            assert process.stdout
            process.stdout.close()
            _, err = process.communicate(many.encode(), timeout=200)
        assert (process.returncode, err) == (0, b"")

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is full")
    def test_a_full_disk(self) -> None:
        with Path("/dev/full").open("wb") as full:
            command = [sys.executable, "-m", "parindex", "score", EXAMPLE]
            done = subprocess.run(
                command, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, check=False, timeout=200
            )
        assert done.returncode == 2
        assert done.stderr.startswith(b"<stdout>: P114")
        assert b"Traceback" not in done.stderr

    def test_an_input_is_never_written_to(self, tmp_path: Path) -> None:
        card = tmp_path / "card.yaml"
        card.write_bytes(Path(EXAMPLE).read_bytes())
        ran = call("score", str(card), "--format", "csv", "-o", str(card))
        assert (ran.code, card.read_bytes()) == (2, Path(EXAMPLE).read_bytes())
        assert "P115" in ran.err

    def test_a_link_is_followed(self, tmp_path: Path) -> None:
        target, link = tmp_path / "target.txt", tmp_path / "link.txt"
        target.write_text("old", encoding="utf-8")
        link.symlink_to(target)
        assert call("score", EXAMPLE, "-o", str(link)).code == 0
        assert link.is_symlink()
        assert "78.35" in target.read_text(encoding="utf-8")

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
    def test_what_is_no_plain_file_is_not_replaced(self, tmp_path: Path) -> None:
        pipe = tmp_path / "pipe"
        os.mkfifo(pipe)
        with ThreadPoolExecutor() as pool:
            read = pool.submit(pipe.read_text, encoding="utf-8")
            assert call("score", EXAMPLE, "-o", str(pipe)).code == 0
            assert "78.35" in read.result(timeout=200)
        assert pipe.is_fifo()

    def test_a_dash_is_the_screen_and_nothing_is_no_file(self) -> None:
        assert "78.35" in call("score", EXAMPLE, "-o", "-").out
        assert "P114" in call("score", EXAMPLE, "-o", "").err

    def test_standard_input_is_read_once(self) -> None:
        assert call("score", "-", "-", given="").code == 2


class TestHarmless:
    """A name can carry markup, control characters or a formula, and none of them acts."""

    NAME = "[red]x[/] \\N[31m =1+1 | `a` <b> \\u202e"
    CARD = f'unit: "{NAME}"\nyear: 2018\nscores: {{"1": 5}}\n'

    @pytest.mark.parametrize("form", FORMATS)
    def test_no_control_character_gets_through(self, form: str) -> None:
        out = run("score", "-", "--format", form, given=self.CARD).out
        assert not set(out) & {"\x85", "\u202e"}
        assert "red" in out

    def test_the_table_shows_the_name(self) -> None:
        out = run("score", "-", given=self.CARD).out
        assert out.startswith("[red]x[/] \\x85[31m =1+1 | `a` <b> · 2018")

    def test_markdown_shows_the_name(self) -> None:
        out = run("score", "-", "-f", "markdown", given=self.CARD).out
        assert r"\[red\]x\[/\] \\x85\[31m =1+1 \| \`a\` \<b\>" in out

    def test_a_formula_gets_an_apostrophe_in_csv(self) -> None:
        card = 'unit: "=HYPERLINK(1)"\nyear: 2018\nscores: {"1": 5}\n'
        assert ",'=HYPERLINK(1)," in run("score", "-", "-f", "csv", given=card).out


class TestFormByName:
    """Without --format a file is written as its name ends, and a table is what else is written."""

    @pytest.mark.parametrize(
        ("name", "start"),
        [
            ("a.json", '{\n  "format": "parindex-result/1"'),
            ("a.NDJSON", '{"tool"'),
            ("a.jsonl", '{"tool"'),
            ("a.csv", "unit_id,"),
            ("a.md", "## "),
            ("a.txt", "Sóc Trăng · 2018"),
            ("a", "Sóc Trăng · 2018"),
        ],
    )
    def test_it_is(self, name: str, start: str, tmp_path: Path) -> None:
        file = tmp_path / name
        assert call("score", EXAMPLE, "-o", str(file)).code == 0
        assert file.read_text(encoding="utf-8").startswith(start)

    def test_what_is_asked_for_wins(self, tmp_path: Path) -> None:
        file = tmp_path / "a.json"
        assert call("score", EXAMPLE, "-o", str(file), "-f", "csv").code == 0
        assert file.read_text(encoding="utf-8").startswith("unit_id,")
