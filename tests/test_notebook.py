"""What notebooks show of results, rankings and charts: well-formed, in the reader's language, escaped."""

from html.parser import HTMLParser
from typing import Any

import pytest

import parindex
from tests.support import EXAMPLE
from tests.test_as_data import everything

HOSTILE = "<script>alert('1')</script>\x1b[31m\u202e&amp;\""


class Read(HTMLParser):
    """The elements and the text of a page; each that is opened is closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.words = ""
        self.feed(text)
        assert not self.open

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.add(tag)
        self.open.append(tag)
        assert {name for name, _ in attrs} <= {"style"}

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.mark.parametrize("name", sorted(everything()))
class TestTables:
    """Each result is shown as the tables that its command prints, in both languages."""

    def test_each(self, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
        thing = everything()[name]
        texts = []
        for lang in ("en", "vi"):
            monkeypatch.setenv("PARINDEX_LANG", lang)
            read = Read(thing._repr_html_())
            assert {"table", "th", "td"} <= read.tags <= {"table", "caption", "thead", "tbody", "tr", "th", "td", "p", "div"}  # fmt: skip
            texts.append(read.words)
        assert texts[0] != texts[1]


class TestHostile:
    """Text of inputs is text: no markup, no letter that acts, in tables and in charts."""

    def result(self, **fields: Any) -> parindex.Result:
        [card] = parindex.read_scorecards(EXAMPLE)
        scheme = parindex.load_scheme("vn-province-2018")
        fields = {"unit": HOSTILE, "year": 2018, "scores": card.scores, **fields}
        return parindex.score(parindex.Scorecard(**fields), scheme)

    def test_tables(self) -> None:
        result = self.result()
        for thing in (result, parindex.rank([result])[0], parindex.losses(result)):
            read = Read(thing._repr_html_() or "")
            assert "script" not in read.tags
            assert "alert('1')" in read.words
            assert not {"\x1b", "\u202e"} & {*read.words}

    def test_charts(self) -> None:
        shown = parindex.chart(self.result())._repr_html_() or ""
        assert "<svg" in shown
        assert "<script" not in shown

    def test_a_scorecard_has_none(self) -> None:
        assert parindex.read_scorecards(EXAMPLE)[0]._repr_html_() is None

    def test_many_rows_are_cut(self) -> None:
        results = [self.result(unit=f"Xã {number}") for number in range(300)]
        shown = parindex.rank(results)[0]._repr_html_() or ""
        assert shown.count("<tr") == 201
        assert "<p>… 100</p>" in shown
