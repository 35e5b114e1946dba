"""`parindex report`: whole documents as Markdown, and what the command refuses."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from parindex.findings.wing import install_command
from tests.processes import Ran
from tests.report_support import HOSTILE
from tests.support import EXAMPLE, ROOT, call, run, same_as_golden

SMALL = ("--scheme", "examples/small-scheme.yaml")
BOTH = (*SMALL, "--scheme", "examples/small-scheme-before.yaml")
WHOLE = "examples/small-2024-whole.yaml"
LARGE = ("examples/departments-2024.yaml", "--scheme", "examples/schemes/departments-2024.yaml")
GOLDEN: dict[str, tuple[str, ...]] = {
    "self-assessment": ("self-assessment", "examples/small-2024.yaml", *SMALL),
    "analysis": ("analysis", EXAMPLE),
    "analysis-previous": ("analysis", WHOLE, *BOTH, "--previous", "examples/small-2023.yaml"),
    "ranking": ("ranking", "seeds/published/tay-ninh-2023.yaml"),
    "plan": (
        "plan",
        WHOLE,
        *SMALL,
        "--target",
        "index=90",
        "--letterhead",
        "examples/letterhead.yaml",
    ),
}


def report(kind: str, *arguments: str) -> Ran:
    return call("report", "--kind", kind, *arguments)


class TestGolden:
    """Each kind of document reads as it was read and found good; in Vietnamese as offices send it."""

    @pytest.mark.parametrize("name", GOLDEN)
    def test_vietnamese(self, name: str) -> None:
        kind, *arguments = GOLDEN[name]
        done = run("report", "--kind", kind, *arguments, "--lang", "vi")
        assert (done.code, done.err) == (0, "")
        assert same_as_golden(f"report-{name}.vi.md", done.out)

    @pytest.mark.parametrize("name", ["self-assessment", "analysis"])
    def test_english(self, name: str) -> None:
        assert same_as_golden(f"report-{name}.md", report(*GOLDEN[name]).out)


class TestPublished:
    """What was printed of Sóc Trăng in 2018 stands in its analysis."""

    def test_soc_trang(self) -> None:
        told = report("analysis", EXAMPLE).out
        for sentence in (
            "In 2018 Sóc Trăng reached 78.35 of 100.00 points; the index is 78.35 %.",
            "The band is B",
            "Its published rank is 24 of 63.",
            "Against 2017 the rank rose from 46 to 24 (places: 22).",
            "Of the units whose index is known, Lào Cai is next above, by 0.12.",
            "| all units | 77.72 | 76.92 | +1.43 | -0.80 | as published |",
            "| 6 | Public finance | 12.50 | 7.66 | 61.28 | 50 |",
            "| 2018 | 85 | 25 |",
        ):
            assert sentence in told

    def test_a_printed_rank_belongs_to_the_printed_figure(self, tmp_path: Path) -> None:
        """Another total than the published one has no place among final results."""
        file = tmp_path / "own.yaml"
        text = Path(EXAMPLE).read_text(encoding="utf-8").replace("7.93", "8.93")
        file.write_text(text.partition("published:")[0], encoding="utf-8")
        told = report("analysis", str(file)).out
        assert "the index is 79.35 %" in told
        assert "published rank" not in told


class TestWhole:
    """The example of 89 leaves makes every kind of document, with a trace of each score."""

    def test_self_assessment(self) -> None:
        told = report("self-assessment", *LARGE).out
        assert "| **1** | **STEERING AND DIRECTION OF REFORM** |" in told
        assert (
            "| 1.1.1 | Plan issued | 1.00 | 1.00 | 0.50 | -0.50 | 17/VD-SVD, 2024-02-15, page 2 |"
            in told
        )
        assert "| **Total** | **100.00** | **62.40 (incomplete)** | **80.80** | **-5.08** |" in told
        assert told.count("\n### ") == 91  # 89 leaves, one bonus, one penalty

    def test_without_the_annex(self) -> None:
        """The document is the same up to where the traces begin."""
        whole = report("self-assessment", *LARGE).out
        short = report("self-assessment", *LARGE, "--no-annex").out
        assert short == whole[: whole.index("\n## Annex")]

    def test_plan(self) -> None:
        told = report("plan", *LARGE, "--target", "band=Xuất sắc").out
        assert "The target is: band Xuất sắc." in told
        assert "| Văn phòng Sở | 20 | 26.00 | 21.08 | 4.92 | 26.32 |" in told
        assert "### 6. Phòng Pháp chế" in told

    def test_what_nobody_knows_is_left_open(self) -> None:
        """Cause, coordinating offices, solution, deadline and target: empty, not invented."""
        told = report("plan", *LARGE).out
        row = "| 2 | 5.2.3 | Leading posts filled by competition | 1.00 | 0.00 | 1.00 | 5.35 | 10.69 |"
        assert f"{row}  | Phòng Tổ chức cán bộ |  |  |  |  |" in told

    def test_ranking(self, tmp_path: Path) -> None:
        """Both stages of each area; who is unranked or unknown stands apart; moves add up."""
        now, before = tmp_path / "now.yaml", tmp_path / "before.yaml"
        now.write_text(group(2025, ("A", "B", "C", "D")), encoding="utf-8")
        before.write_text(group(2024, ("B", "A")), encoding="utf-8")
        other = tmp_path / "other.yaml"
        other.write_text(group(2024, ("E",)), encoding="utf-8")
        previous = ("--previous", str(before), "--previous", str(other))
        told = report("ranking", str(now), *previous, *LARGE[1:]).out
        assert "Units: 2. Mean 81.98" in told
        assert "Above the mean: 1." in told
        assert re.search(r"\| 1\. [^|]+: Self \| 1\. [^|]+: Appraised \|", told)
        assert "Rank: 1 up, 1 down, 0 unchanged." in told
        assert "| **Assessed but not ranked** |" in told
        assert "| 1 | D | +0.50 | 80.51 | 99.00 | 81.33 | new |" in told
        assert "| 2 | C | +0.50 |  | 99.00 |  | 79.99–82.01 % |" in told
        assert "Without a scorecard: 1 (E)." in told

    def test_regions(self, tmp_path: Path) -> None:
        """The mean of a region is told where all its provinces are known in both years."""
        names = ("Kon Tum", "Gia Lai", "Đắk Lắk", "Đắk Nông", "Lâm Đồng")
        for year, first in ((2022, 80), (2023, 82)):
            rows = [f"{name},{year},province,,{first + at}" for at, name in enumerate(names)]
            table = "\n".join(["unit,year,level,code,points", *rows, f"Hà Nội,{year},province,,91"])
            (tmp_path / f"{year}.csv").write_text(table, encoding="utf-8")
        files = (str(tmp_path / "2023.csv"), "--previous", str(tmp_path / "2022.csv"))
        told = report("ranking", *files).out
        assert "| Central Highlands | 82.00 | 84.00 | +2.00 | computed from 5 |" in told
        assert "Red River Delta | 91" not in told


def group(year: int, names: tuple[str, ...]) -> str:
    """Units like the large example, each a little lower; the third is not known in full, the fourth unranked."""
    text = (ROOT / LARGE[0]).read_text(encoding="utf-8").replace("year: 2024", f"year: {year}")
    text = text.replace("period: {from: 2024-01-01, to: 2024-12-31}\n", "")
    text = text.replace("2024-", f"{year}-")
    made = []
    for place, name in enumerate(names):
        unit = text.replace("unit: Sở Ví dụ", f"unit: {name}")
        unit = unit.replace(
            "appraised: {value: 86.2%}", f"appraised: {{value: {86 - 13 * place}%}}"
        )
        if place == 2:
            answers = "appraised: {answers: {A: 18, B: 9, C: 2, D: 1, E: 3}}"
            unit = unit.replace(answers, "appraised: unknown")
        if place == 3:
            unit = f"ranked: false\nreason: new\n{unit}"
        made.append(unit)
    return "\n---\n".join(made)


class TestText:
    """Text from inputs shows letter by letter, in every kind of document."""

    @pytest.mark.parametrize("kind", ["self-assessment", "analysis", "ranking", "plan"])
    def test_hostile(self, kind: str, tmp_path: Path) -> None:
        file = tmp_path / "unit.json"
        name = "".join(HOSTILE[:4]).replace("\\", "")
        file.write_text(
            f'{{"unit": {quoted(name)}, "year": 2024, "level": "department", "scores": '
            f'{{"1.1": {{"points": 0.5, "note": {quoted(HOSTILE[0])}, "reason": {quoted(HOSTILE[1])}}}, '
            f'"1.2": {{"value": "95%"}}, "2.1": {{"value": "98%"}}, "2.2": {{"value": "10%"}}}}}}',
            encoding="utf-8",
        )
        told = report(kind, str(file), *SMALL).out
        assert "\\<script\\>document.title='acted'\\</script\\>" in told
        assert not [line for line in told.splitlines() if line.lstrip().startswith("<")]
        assert "<script" not in told.replace("\\<script", "")
        assert "<img" not in told.replace("\\<img", "")


def quoted(text: str) -> str:
    return '"' + text.replace('"', '\\"') + '"'


class TestRefused:
    """What cannot be made is said in one line, and leaves nothing behind."""

    @pytest.mark.parametrize(
        ("arguments", "told"),
        [
            (
                (EXAMPLE,),
                "--kind: this is missing (expected: self-assessment | analysis | ranking | plan)",
            ),
            ((EXAMPLE, "--kind", "analysis", "-o", "x.txt"), "must end in"),
            ((EXAMPLE, "--kind", "plan", "--previous", EXAMPLE), "only for an analysis"),
            ((EXAMPLE, "--kind", "analysis", "--target", "band=A"), "a target is for a plan"),
            ((EXAMPLE, "--kind", "plan", "--target", "A"), "expected band=A"),
            ((EXAMPLE, "--kind", "plan", "--target", "rank=first"), "expected band=A"),
            ((EXAMPLE, "--kind", "plan", "--target", f"rank={'9' * 5000}"), "expected band=A"),
            ((EXAMPLE, "--kind", "plan", "--target", "index=1e9"), "report: --target: "),
            ((*LARGE, "--kind", "plan", "--target", "rank=1"), "report: --target: "),
            ((EXAMPLE, "--kind", "plan", "--target", "band=E"), "P207"),
            ((EXAMPLE, "--kind", "ranking", "--unit", "Sóc Trăng"), "all units"),
            ((EXAMPLE, "--kind", "analysis", "--unit", "Ba"), "name one of the units"),
            ((EXAMPLE, "--kind", "analysis", "--template", "x.docx"), "a template is for .docx"),
            ((EXAMPLE, "--kind", "analysis", "--letterhead", "none.yaml"), "P101"),
        ],
    )
    def test_fault(self, arguments: tuple[str, ...], told: str) -> None:
        done = call("report", *arguments)
        assert done.code == 2
        assert done.out == ""
        assert told in done.err

    def test_not_over_its_own_inputs(self, tmp_path: Path) -> None:
        file = tmp_path / "letterhead.md"
        file.write_text("place: Ví Dụ\n", encoding="utf-8")
        arguments = ("--letterhead", str(file), "-o", str(file))
        assert "P115" in report("analysis", EXAMPLE, *arguments).err
        assert file.read_text(encoding="utf-8") == "place: Ví Dụ\n"


class TestLetterhead:
    """What the file tells stands in the document; what it leaves out is filled in by hand."""

    def test_all(self) -> None:
        told = report(
            "analysis", EXAMPLE, "--letterhead", "examples/letterhead.yaml", "--lang", "vi"
        )
        for line in ("**UBND TỈNH VÍ DỤ**", "**SỞ VÍ DỤ**", "**KT. GIÁM ĐỐC**", "12/BC-SVD"):
            assert line in told.out

    def test_the_date_is_in_words(self) -> None:
        done = run(
            *("report", EXAMPLE, "--kind", "analysis", "--lang", "vi"),
            *("--letterhead", "examples/letterhead.yaml"),
        )
        assert "*Ví Dụ, ngày 05 tháng 02 năm 2025*" in done.out

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("placement: Ví Dụ", "P108"),
            ("date: 12/31/2024", "P110"),
            ("date: 20241231", "day/month/year"),
            ("date: 1704067200", "day/month/year"),
            ("date: 2024-12-31T10:00:00", "day/month/year"),
            ("recipients: one", "P110"),
            ("place: A\n---\nplace: B", "P104"),
            ("- a", "P110"),
            ("place: &a Ví Dụ", "P105"),
        ],
    )
    def test_faults(self, text: str, told: str, tmp_path: Path) -> None:
        file = tmp_path / "letterhead.yaml"
        file.write_text(text, encoding="utf-8")
        done = report("analysis", EXAMPLE, "--letterhead", str(file))
        assert (done.code, done.out) == (2, "")
        assert told in done.err


class TestForm:
    """The name of the file decides the form; each form has the same document."""

    @pytest.mark.parametrize(
        ("suffix", "start"),
        [("docx", b"PK\x03\x04"), ("pdf", b"%PDF-"), ("html", b"<!doctype html>"), ("md", b"**")],
    )
    def test_by_the_name(self, suffix: str, start: bytes, tmp_path: Path) -> None:
        file = tmp_path / f"report.{suffix}"
        assert report("analysis", EXAMPLE, "-o", str(file)) == Ran(0, "", "")
        assert file.read_bytes()[: len(start)].lower() == start.lower()

    def test_format_wins(self, tmp_path: Path) -> None:
        file = tmp_path / "report.txt"
        assert report("analysis", EXAMPLE, "-f", "markdown", "-o", str(file)).code == 0
        assert file.read_text(encoding="utf-8").startswith("**")


class TestStage:
    """Of one stage stand its own points and reasons, and the documents of the whole score."""

    def test_before_the_appraisal(self) -> None:
        done = report("self-assessment", *LARGE, "--stage", "self").out
        row = "| 1.1.1 | Plan issued | 1.00 | 1.00 | 17/VD-SVD, 2024-02-15, page 2 | Chậm do chờ"
        assert row in done
        assert "Kế hoạch ban hành ngày 25/01/2024" not in done.partition("## Annex")[0]


class TestBinary:
    """A Word document or a PDF goes to a file or a pipe, never onto a screen."""

    def test_a_screen_is_refused(self) -> None:
        pty = pytest.importorskip("pty", reason="this system has no terminals of this kind")
        ours, theirs = pty.openpty()
        done = subprocess.run(
            [sys.executable, "-m", "parindex", "report", EXAMPLE, "--kind", "plan", "-f", "docx"],
            stdout=theirs,
            stderr=subprocess.PIPE,
            cwd=ROOT,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
            check=False,
            timeout=200,
        )
        os.close(theirs)
        os.close(ours)
        assert done.returncode == 2
        assert "name a file for the document" in done.stderr.decode()

    def test_a_pipe(self) -> None:
        done = subprocess.run(
            [sys.executable, "-m", "parindex", "report", EXAMPLE, "--kind", "plan", "-f", "docx"],
            capture_output=True,
            cwd=ROOT,
            check=False,
            timeout=200,
        )
        assert (done.returncode, done.stdout[:2], done.stderr) == (0, b"PK", b"")

    @pytest.mark.parametrize("form", ["docx", "pdf", "html"])
    def test_without_the_libraries(
        self, form: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setitem(sys.modules, f"parindex.office.documents.{form}", None)
        file = tmp_path / f"report.{form}"
        done = report("plan", EXAMPLE, "-o", str(file))
        assert done.code == 2
        assert install_command("office") in done.err
        assert not file.exists()
