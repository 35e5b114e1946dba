"""What a terminal shows: lines and colours where wanted, and a table that fits."""

import io

import pytest
from rich.console import Console

from parindex.api import read_scorecards, score
from parindex.render.plain_text import width
from parindex.render.rich_table import render_table
from parindex.tables.score import score_sheet
from parindex.values.language import language
from tests.support import EXAMPLE


def drawn(columns: int, *, no_color: bool = False, lang: str = "vi") -> str:
    stream = io.StringIO()
    console = Console(
        file=stream,
        width=columns,
        force_terminal=True,
        highlight=False,
        color_system=None if no_color else "standard",
    )
    say = language("vi" if lang == "vi" else "en")
    [card] = read_scorecards(EXAMPLE)
    render_table(score_sheet(score(card), 1, say), console, say)
    return stream.getvalue()


class TestTerminal:
    """A table fits the terminal, in Vietnamese too."""

    @pytest.mark.parametrize("columns", [20, 36, 50, 60, 79, 80, 120])
    def test_no_line_is_wider_than_the_terminal(self, columns: int) -> None:
        lines = drawn(columns, no_color=True).splitlines()
        assert max(map(width, lines)) <= columns

    @pytest.mark.parametrize("columns", [16, 20, 36, 50, 60, 80])
    def test_every_figure_is_whole(self, columns: int) -> None:
        text = drawn(columns, no_color=True)
        for figure in ("7,93", "88,11", "12,50", "61,28", "78,35", "21,65"):
            assert figure in text

    def test_bars_only_where_there_is_room(self) -> None:
        assert "█" in drawn(80)
        assert "█" not in drawn(79)

    def test_no_color_means_plain_text(self) -> None:
        plain = drawn(80, no_color=True)
        assert not set(plain) & set("█░─━│╭\x1b")
        assert "\x1b[" in drawn(80)


class TestWidth:
    """Letters with marks take one column, East Asian wide ones two."""

    @pytest.mark.parametrize(
        ("text", "columns"),
        [("Sóc Trăng", 9), ("So\u0301c Tra\u0306ng", 9), ("Đắk Lắk", 7), ("省", 2), ("", 0)],
    )
    def test_width(self, text: str, columns: int) -> None:
        assert width(text) == columns
