"""Markdown of reports: text from inputs begins no list, and no block of code."""

import pytest

from parindex.office.documents.markdown import render_report_markdown
from parindex.office.reports.blocks import Bullets, Letterhead, Paragraph, Report


class TestLines:
    """A text stands on its line as it is, whatever sign it begins with."""

    @pytest.mark.parametrize(
        ("text", "line"),
        [
            ("- x", r"\- x"),
            ("+ x", r"\+ x"),
            ("1. x", r"1\. x"),
            ("12) x", r"12\) x"),
            ("---", r"\---"),
            ("===", r"\==="),
            ("    x", "x"),
            ("# x", r"\# x"),
            ("> x", r"\> x"),
            ("5.25 x", "5.25 x"),
            ("-2+3", "-2+3"),
        ],
    )
    def test_line(self, text: str, line: str) -> None:
        blocks = (Paragraph(text), Bullets((text,)))
        letterhead = Letterhead(recipients=(text,))
        lines = render_report_markdown(Report("en", "A", "B", blocks, letterhead)).splitlines()
        assert line in lines
        assert f"- {line}" in lines
        assert any(each in (f"- {line};", f"- {line}.") for each in lines)
