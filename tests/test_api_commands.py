"""What the command line does, done from Python: the same texts, documents and findings."""

import io
import json
from pathlib import Path
from typing import Any

import pytest

import parindex
from tests.support import EXAMPLE, ROOT, call

SMALL = ROOT / "examples" / "small-scheme.yaml"
CARD = parindex.read_scorecards(EXAMPLE)[0]
RESULT = parindex.score(CARD)
BOOK = ROOT / "examples" / "soc-trang-2018.xlsx"


class TestCheck:
    """`check` finds in memory and in files what the command finds; a scorecard is checked, too."""

    @pytest.mark.parametrize("name", ["above-maximum.yaml", "broken.yaml", "a-list.yaml"])
    def test_as_the_command(self, name: str) -> None:
        file = str(ROOT / "tests" / "bad" / name)
        printed = json.loads(call("check", file, "--format", "json").out)["findings"]
        found = parindex.check(file)
        assert [each.to_dict() for each in found] == printed
        with Path(file).open("rb") as stream:
            in_memory = parindex.check(stream.read(), kind="yaml")
        assert [each.code for each in in_memory] == [each.code for each in found]

    def test_a_scorecard(self) -> None:
        assert parindex.check(CARD) == []
        body = {"unit": "Sóc Trăng", "year": 2018, "scores": {"1": 99}}
        [card] = parindex.read_scorecards(body)
        assert {each.code for each in parindex.check(card)} == {
            each.code for each in parindex.check(body)
        }

    def test_schemes_and_results(self) -> None:
        scheme = {"id": "x", "title": {"vi": "X"}, "level": "department", "years": "x"}
        assert {each.code for each in parindex.check(scheme)} >= {"P110"}
        assert parindex.check(RESULT.to_dict()) == parindex.check(RESULT.to_json().encode()) == []

    def test_nothing_is_raised(self) -> None:
        wrong: Any
        for wrong in (b"", [], {}, [5], b"\0", "nowhere.yaml"):
            assert parindex.check(wrong)


class TestVerify:
    """A result that was handed on agrees, or it is told what differs."""

    def test_agrees_and_differs(self, tmp_path: Path) -> None:
        file = tmp_path / "result.json"
        file.write_text(RESULT.to_json(), encoding="utf-8")
        assert [each.agrees for each in parindex.verify(file, [RESULT])] == [True]
        file.write_text(RESULT.to_json().replace("78.35", "78.36"), encoding="utf-8")
        [told] = parindex.verify(file, [RESULT])
        assert not told.agrees
        assert told.differences
        assert not parindex.verify(file, [])[0].agrees


class TestTemplates:
    """Empty scorecards are those of the command, and are read again."""

    @pytest.mark.parametrize("kind", ["yaml", "csv"])
    def test_text(self, kind: Any) -> None:
        scheme = parindex.load_scheme("vn-province-2018")
        printed = call("template", "vn-province-2018", "--unit", "Sóc Trăng", "-f", kind).out
        assert parindex.template(scheme, "Sóc Trăng", kind=kind) == printed

    def test_workbook(self) -> None:
        scheme = parindex.load_scheme("vn-province-2018")
        book = parindex.template(scheme, "Sóc Trăng", kind="xlsx")
        assert book.startswith(b"PK")
        with pytest.raises(ValueError, match="year"):
            parindex.template(scheme, year=1990)

    def test_schemes(self) -> None:
        assert parindex.new_scheme() == call("schemes", "new").out
        for name in ("result", "scorecard"):
            printed = json.loads(call("schema", name).out)
            assert parindex.schema(name) == printed
        imported = parindex.import_scheme(ROOT / "tests" / "annexes" / "merged.docx")
        assert imported.text("vi") != imported.text("en")
        assert parindex.read_scorecards(io.BytesIO(BOOK.read_bytes()))


class TestReports:
    """Reports are the documents of the command."""

    @pytest.mark.parametrize("kind", ["self-assessment", "analysis", "plan", "ranking"])
    def test_markdown(self, kind: Any) -> None:
        printed = call("report", EXAMPLE, "--kind", kind).out
        assert parindex.report(RESULT, kind, lang="en") == printed

    @pytest.mark.parametrize(("form", "start"), [("docx", b"PK"), ("pdf", b"%PDF")])
    def test_documents(self, form: Any, start: bytes) -> None:
        made: Any = parindex.report(RESULT, "self-assessment", form)
        assert made.startswith(start)

    def test_refused(self) -> None:
        with pytest.raises(ValueError, match="results: expected one result"):
            parindex.report([RESULT, RESULT], "plan")
        with pytest.raises(ValueError, match="kind: expected one of"):
            parindex.report(RESULT, "poem")  # type: ignore[call-overload]


class TestCharts:
    """Charts are those of the commands, and draw hostile text letter by letter."""

    def test_same(self, tmp_path: Path) -> None:
        file = tmp_path / "a.svg"
        call("losses", EXAMPLE, "-o", str(file))
        assert parindex.chart(parindex.losses(RESULT)).svg() + "\n" == file.read_text("utf-8")

    def test_each(self) -> None:
        things: list[Any] = [RESULT, parindex.rank([RESULT])[0], parindex.trend("Sóc Trăng")]
        for thing in things:
            picture = parindex.chart(thing, "vi")
            assert picture.png().startswith(b"\x89PNG")
            assert "<svg" in (picture._repr_html_() or "")
        with pytest.raises(TypeError, match="thing: expected a Result"):
            parindex.chart(CARD)  # type: ignore[arg-type]
