"""`parindex split` and `parindex merge`: files to the offices, and back into one scorecard."""

import csv
import io
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import openpyxl
import pytest
from hypothesis import given

from parindex.api import load_scheme, read_scorecards, score
from parindex.cli import progress as bars
from parindex.cli.writing import as_file
from parindex.office.cli.split import PartFormat, _files
from parindex.office.merge.splitting import part_by_lead
from parindex.scheme.scheme import Scheme
from parindex.scorecard.scorecard import Scorecard
from parindex.values.facts import UNKNOWN
from tests.merge_support import filled
from tests.support import ROOT, call, run, scheme

SCHEME_FILE = str(ROOT / "examples" / "schemes" / "departments-2024.yaml")
EXAMPLE_FILE = str(ROOT / "examples" / "departments-2024.yaml")
UNDER = ("--scheme", SCHEME_FILE)
HEAD = "unit: Sở Ví dụ\nyear: 2024\nscheme: example-departments-2024\n"


def test_parts_that_wait_for_their_office_can_be_merged(tmp_path: Path) -> None:
    """What was split is merged again, also the part of which everything is optional."""
    parts = tmp_path / "parts"
    empty = tmp_path / "empty.yaml"
    empty.write_text(f'{HEAD}scores: {{"1.1.1": unknown}}\n', encoding="utf-8")
    assert call("split", str(empty), *UNDER, "-f", "yaml", "-o", str(parts)).code == 0
    ran = call("merge", str(parts), *UNDER, "-o", str(tmp_path / "whole.yaml"))
    assert (ran.code, ran.err) == (0, "")


def test_a_scheme_without_lead_offices_asks_for_a_table(tmp_path: Path) -> None:
    """Rows of no office are told with the way to name the offices."""
    part = tmp_path / "part.yaml"
    part.write_text(
        'unit: Huế\nyear: 2018\nscheme: vn-province-2018\nscores: {"1": 7}\n', encoding="utf-8"
    )
    assert "lead with --leads." in call("merge", str(part)).out
    assert "--leads" not in call("merge", EXAMPLE_FILE, *UNDER).out


def write(folder: Path, **files: str) -> list[str]:
    """Parts of the example scheme, each with its scores as YAML; gives their names."""
    names = []
    for name, text in files.items():
        file = folder / f"{name}.yaml"
        file.write_text(text if "unit:" in text else f"{HEAD}{text}", encoding="utf-8")
        names.append(str(file))
    return names


class TestThereAndBack:
    """What was split and is merged again gives the same result, whatever the files are."""

    def test_the_example_in_yaml(self, tmp_path: Path) -> None:
        parts, whole = str(tmp_path / "parts"), str(tmp_path / "whole.yaml")
        ran = call("split", EXAMPLE_FILE, *UNDER, "--format", "yaml", "-o", parts)
        assert (ran.code, ran.err) == (0, "")
        assert call("merge", parts, *UNDER, "-o", whole).code == 0
        under = load_scheme(SCHEME_FILE)
        [one], [other] = read_scorecards(whole, under), read_scorecards(EXAMPLE_FILE, under)
        assert one.scores == other.scores
        assert score(one, under).total == score(other, under).total
        assert (one.period, one.source, one.office) == (other.period, other.source, None)

    def test_workbooks_that_offices_fill_in(self, tmp_path: Path) -> None:
        empty, parts, whole = (str(tmp_path / each) for each in ("e.yaml", "parts", "whole.xlsx"))
        assert (
            call("template", SCHEME_FILE, "--year", "2024", "--unit", "Sở A", "-o", empty).code == 0
        )
        assert call("split", empty, *UNDER, "-o", parts).code == 0
        files = sorted(Path(parts).iterdir())
        assert [file.name for file in files][:2] == [
            "01-van-phong-so.xlsx",
            "02-phong-phap-che.xlsx",
        ]
        book = openpyxl.load_workbook(files[1])
        sheet = book.worksheets[0]
        rows = {str(row[-1].value): row for row in sheet.iter_rows() if row[-1].value}
        assert "1.1.1" not in rows
        rows["2.1.1"][3].value, rows["2.1.1"][4].value = 9, 10
        rows["2.1.1"][9].value = "38/VD-SVD, ngày 15/5/2024, trang 1"
        rows["2.2.3"][3].value = "13/12/2024"
        book.save(files[1])
        ran = call("merge", parts, *UNDER, "-o", whole)
        assert ran.code == 0
        assert "Phòng Pháp chế                12          2       10" in ran.out
        [card] = read_scorecards(whole, load_scheme(SCHEME_FILE))
        told = {code: entry.fact for code, entry in card.scores.items()}
        [part] = read_scorecards(files[1], load_scheme(SCHEME_FILE))
        of_part = {code: entry.fact for code, entry in part.scores.items()}
        assert told == of_part | dict.fromkeys(load_scheme(SCHEME_FILE).items, UNKNOWN)
        assert card.scores["2.1.1"].evidence[0].page == "1"

    @given(filled())
    def test_any_scheme_in_both_forms(self, case: tuple[Scheme, Scorecard]) -> None:
        under, card = case
        import tempfile

        parts = part_by_lead(card, under)
        for form in get_args(PartFormat):
            with tempfile.TemporaryDirectory() as folder:
                for each in _files(Path(folder), parts, under, form):
                    made = as_file(each.card, under, each.path, each.codes)
                    Path(each.path).write_bytes(made if isinstance(made, bytes) else made.encode())
                schemed = Path(folder) / "scheme.json"
                schemed.write_text(under.model_dump_json(by_alias=True), encoding="utf-8")
                scheme_ = str(schemed.rename(Path(folder).parent / f"{Path(folder).name}.json"))
                whole = str(Path(folder) / "whole.json")
                ran = call("merge", folder, "--scheme", scheme_, "-o", whole)
                assert ran.code == 0, ran.err
                [read] = read_scorecards(whole, under)
                assert score(read, under).total == score(card, under).total
                Path(scheme_).unlink()


class TestMerge:
    """Parts that differ are told with both places, and then nothing is written."""

    def test_conflict(self, tmp_path: Path) -> None:
        one, other = write(
            tmp_path,
            a='scores: {"1.1.3": {ratio: [47, 50]}, "1.2.1": {count: 0}}',
            b='scores: {"1.1.3": {ratio: [45, 50]}, "1.2.1": {count: 0}}',
        )
        whole = tmp_path / "whole.yaml"
        whole.write_text("as it was", encoding="utf-8")
        ran = call("merge", one, other, *UNDER, "-o", str(whole))
        assert (ran.code, whole.read_text(encoding="utf-8")) == (1, "as it was")
        told = f"{other}:4:19: P702 1.1.3: two parts differ: 45/50 here, 47/50 at {one}:4:19"
        assert ran.faults[0] == told
        assert "given differently: 47/50 | 45/50" in ran.out
        assert "given twice, the same" in ran.out
        assert call("merge", one, other, *UNDER).code == 1

    def test_faults_of_all_parts_at_once(self, tmp_path: Path) -> None:
        names = write(
            tmp_path, a='scores: {"9.9": 1}', b='scores: {"1.1.1": {yes: 1}}', c="scores: 5"
        )
        ran = call("merge", *names, *UNDER)
        assert (ran.code, ran.out) == (2, "")
        assert [Path(line.split(":")[0]).name for line in ran.err.splitlines()] == [
            "b.yaml",
            "c.yaml",
        ]

    def test_what_does_not_go_together(self, tmp_path: Path) -> None:
        one, other = write(
            tmp_path, a='scores: {"1.1": 1}', b='scores: {"1.1.1": {answer: on_time}}'
        )
        (three,) = write(tmp_path, c='scores: {"1.1.2": {items: [tasks, budget]}, "1.1.3": 1.5}')
        whole = tmp_path / "whole.yaml"
        ran = call("merge", one, other, three, *UNDER, "-o", str(whole))
        assert (ran.code, whole.exists()) == (2, False)
        assert f"{one}:4:17: P204 1.1: " in ran.err

    def test_another_unit(self, tmp_path: Path) -> None:
        text = 'scores: {"1.1.1": 1}'
        other = f"{HEAD}{text}".replace("2024", "2025", 1)
        names = write(tmp_path, a=other, b=text, c=text)
        ran = call("merge", str(tmp_path), *UNDER)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.startswith(f"{names[0]}:2:7: P701 year: ")
        assert "(found: 2025; expected: 2024)" in ran.err

    def test_missing_and_delivered_by_another(self, tmp_path: Path) -> None:
        own = 'office: Văn phòng Sở\nscores: {"1.1.1": 1, "2.1.1": 1}'
        home = f'{HEAD}office: Sở Nội vụ\nscores: {{"1.1.1": {{appraised: 0.5}}}}'
        write(tmp_path, a=own, b=home)
        rows = csv.DictReader(io.StringIO(call("merge", str(tmp_path), *UNDER, "-f", "csv").out))
        told = {row["code"]: (row["state"], row["others"]) for row in rows}
        assert len(told) == 93
        assert told["1.1.1"] == ("delivered", "")
        assert told["2.1.1"] == ("delivered", "Văn phòng Sở")
        assert (told["2.1.2"], told["T1"]) == (("missing", ""), ("none", ""))

    @pytest.mark.parametrize("ending", ["yaml", "json", "xlsx"])
    def test_what_is_said_of_a_missing_row_stays(self, ending: str, tmp_path: Path) -> None:
        text = 'scores: {"1.2.1": {state: unknown, note: "chờ báo cáo"}, "1.1": 1, T1: unknown}'
        whole = str(tmp_path / f"whole.{ending}")
        assert call("merge", *write(tmp_path, a=text), *UNDER, "-o", whole).code == 0
        [card] = read_scorecards(whole, load_scheme(SCHEME_FILE))
        assert (card.scores["1.2.1"].note, card.scores["1.2.1"].fact) == ("chờ báo cáo", UNKNOWN)
        assert card.scores["T1"].fact == UNKNOWN
        assert "1.1.1" not in card.scores  # the points of 1.1 hold it

    def test_a_file_by_the_name_of_an_office(self, tmp_path: Path) -> None:
        write(tmp_path, **{"02-phong-phap-che": 'scores: {"1.1.1": 1}'})
        [found] = json.loads(call("merge", str(tmp_path), *UNDER, "-f", "json").out)["results"]
        assert found["parts"][0]["office"] == "Phòng Pháp chế"
        first = found["criteria"][0]
        assert (first["state"], len(first["others"]), found["missing"]) == ("delivered", 1, 88)

    @pytest.mark.parametrize("form", ["markdown", "ndjson", "json", "csv", "table"])
    def test_formats(self, form: str, tmp_path: Path) -> None:
        names = write(tmp_path, a='scores: {"1.1.1": 1}', b='scores: {"1.1.1": 0.5}')
        ran = call("merge", *names, *UNDER, "-f", form)
        assert ran.code == 1
        assert all(name in ran.out.replace("\\", "") for name in names)

    def test_the_sheets_of_one_workbook(self, tmp_path: Path) -> None:
        from tests.xlsx_support import HEAD as ABOVE
        from tests.xlsx_support import SCORES, book, table

        half = [*SCORES[:4], *[None] * 4]
        rest = [*[None] * 4, *SCORES[4:]]
        file = book(
            tmp_path / "a.xlsx", {**ABOVE, **table(points=half)}, {**ABOVE, **table(points=rest)}
        )
        whole = str(tmp_path / "whole.yaml")
        ran = call("merge", str(file), "-o", whole)
        assert (ran.code, f"{file}:Sheet2!A5" in ran.out) == (0, True)
        assert "78.35" in call("score", whole).out

    @pytest.mark.parametrize("name", ["whole.csv", "whole", "-"])
    def test_an_ending_that_is_no_format(self, name: str, tmp_path: Path) -> None:
        names = write(tmp_path, a='scores: {"1.1.1": 1}')
        assert call("merge", *names, *UNDER, "-o", name).code == 2

    def test_never_over_a_part(self, tmp_path: Path) -> None:
        names = write(tmp_path, a='scores: {"1.1.1": 1}')
        ran = call("merge", str(tmp_path), *UNDER, "-o", names[0])
        assert (ran.code, "P115" in ran.err) == (2, True)

    def test_what_a_workbook_cannot_hold(self, tmp_path: Path) -> None:
        names = write(tmp_path, a='scores: {"1.1.1": {points: 1, counts: {received: 3}}}')
        whole = tmp_path / "whole.xlsx"
        ran = call("merge", *names, *UNDER, "-o", str(whole))
        assert (ran.code, "P703 1.1.1" in ran.err, whole.exists()) == (2, True, False)


class TestCounted:
    """`split` hands out every row; `merge` counts those asked for, and says how many it does not count."""

    def test_rows_that_add_nothing(self) -> None:
        ran = run("merge", EXAMPLE_FILE, *UNDER, "--lang", "vi")
        assert "mà không phần nào ghi gì, không tính ở trên: 2" in ran.out


class TestSplit:
    """Each office gets a file of its own under a name that every system takes; none is written over."""

    def test_nothing_is_written_over(self, tmp_path: Path) -> None:
        parts = tmp_path / "parts"
        parts.mkdir()
        old = parts / "03-bo-phan-mot-cua.yaml"
        old.write_text("as it was", encoding="utf-8")
        ran = call("split", EXAMPLE_FILE, *UNDER, "-f", "yaml", "-o", str(parts))
        assert (ran.code, ran.err.count("P704")) == (2, 1)
        assert [file.read_text(encoding="utf-8") for file in parts.iterdir()] == ["as it was"]

    def test_names_of_offices(self, tmp_path: Path) -> None:
        names = ["CON", "../../etc", "Sở A", "sở a", "x" * 500, "中", "a/b\\c:d*?", "Phòng <b>"]
        areas = [
            {"code": str(n), "name": {"vi": "x"}, "max": 1, "lead": name}
            for n, name in enumerate(names)
        ]
        under = scheme(max=len(names), criteria=areas)
        files = [*_files(tmp_path, part_by_lead(Scorecard("X", 2024), under), under, "yaml")]
        stems = [Path(each.path).name for each in files]
        assert [each.office for each in files] == names
        assert len({stem.lower() for stem in stems}) == len(names)
        assert all(Path(each.path).parent == tmp_path for each in files)
        assert max(map(len, stems)) < 80
        assert stems[:2] == ["01-con.yaml", "02-etc.yaml"]

    def test_a_name_is_text_wherever_it_stands(self, tmp_path: Path) -> None:
        office = "=1+1 [red]x\u202ey"
        areas = [{"code": "1", "name": {"vi": "x"}, "max": 10, "lead": office}]
        under = tmp_path / "scheme.json"
        under.write_text(scheme(criteria=areas).model_dump_json(by_alias=True), encoding="utf-8")
        card = tmp_path / "card.yaml"
        card.write_text('unit: X\nyear: 2024\nscores: {"1": 5}\n', encoding="utf-8")
        for form in ("yaml", "xlsx"):
            parts = str(tmp_path / form)
            ran = call("split", str(card), "--scheme", str(under), "-f", form, "-o", parts)
            assert (ran.code, "\u202e" in ran.out + ran.err) == (0, False)
            ran = call("merge", parts, "--scheme", str(under))
            assert (ran.code, "\u202e" in ran.out + ran.err) == (0, False)
            assert "=1+1 [red]x" in ran.out

    def test_what_there_is_nothing_to_split_by(self, tmp_path: Path) -> None:
        ran = call("split", "examples/soc-trang-2018.yaml", "-o", str(tmp_path / "x"))
        assert (ran.code, "no lead office" in " ".join(ran.err.split())) == (2, True)

    def test_one_of_several_units(self, tmp_path: Path) -> None:
        text = f'{HEAD}scores: {{"1.1.1": 1}}\n'
        file = tmp_path / "a.yaml"
        file.write_text(f"{text}---\n{text.replace('Ví dụ', 'Khác')}", encoding="utf-8")
        asked = ("split", str(file), *UNDER, "-f", "yaml", "-o", str(tmp_path / "x"))
        assert call(*asked).code == 2
        assert call(*asked, "--unit", "so khac").code == 0
        assert call(*asked, "--unit", "so nao").code == 2

    def test_a_folder_by_the_name_of_the_file(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        shutil.copy(EXAMPLE_FILE, tmp_path / "whole.yaml")
        monkeypatch.chdir(tmp_path)
        assert call("split", "whole.yaml", *UNDER, "-f", "yaml").code == 0
        assert len([*(tmp_path / "whole-parts").iterdir()]) == 7


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class TestProgress:
    """A bar is drawn on a terminal for long work, and only there; it takes nothing from the work."""

    @staticmethod
    def seconds(step: int) -> Iterator[int]:
        now = 0
        while True:
            yield now
            now += step

    def run(self, monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, step: int) -> str:
        clock = self.seconds(step)
        monkeypatch.setattr(bars, "monotonic", lambda: next(clock))
        monkeypatch.setattr("sys.stderr", stream)
        monkeypatch.setenv("TERM", "xterm")
        assert [*bars.progress(["a", "b", "c"], "Reading [b]files[/b]")] == ["a", "b", "c"]
        return stream.getvalue()

    def test_long_work_on_a_terminal(self, monkeypatch: pytest.MonkeyPatch) -> None:
        shown = self.run(monkeypatch, _Terminal(), 2)
        assert "Reading [b]files[/b]" in shown
        assert "/3" in shown

    def test_what_comes_one_by_one_is_counted(self, monkeypatch: pytest.MonkeyPatch) -> None:
        clock = self.seconds(2)
        monkeypatch.setattr(bars, "monotonic", lambda: next(clock))
        monkeypatch.setattr("sys.stderr", terminal := _Terminal())
        monkeypatch.setenv("TERM", "xterm")
        assert [*bars.progress(iter("abc"), "Reading")] == ["a", "b", "c"]
        assert "Reading" in terminal.getvalue()
        assert "/" not in terminal.getvalue()

    def test_short_work(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert self.run(monkeypatch, _Terminal(), 0) == ""

    def test_a_pipe(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert self.run(monkeypatch, io.StringIO(), 2) == ""
