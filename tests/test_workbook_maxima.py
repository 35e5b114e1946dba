"""The maxima of a table are those of the scheme, and no more than what it leaves open."""

from pathlib import Path
from typing import Final

import openpyxl
import pytest

from tests.support import call

FIRST: Final = 8
"""The row of the first area in the template."""
POINTS: Final = (9, 9, 12, 9, 14, 11, 12.4, 9)


def filled(folder: Path, maxima: dict[int, float]) -> str:
    """The template of 2024, filled in, with other maxima of some areas."""
    file = folder / "card.xlsx"
    assert not call("template", "vn-province-2024", "--unit", "Huế", "-o", str(file)).code
    book = openpyxl.load_workbook(file)
    sheet = book.worksheets[0]
    for number, points in enumerate(POINTS):
        sheet.cell(FIRST + number, 7).value = points
    for area, maximum in maxima.items():
        sheet.cell(FIRST + area - 1, 3).value = maximum
    book.save(file)
    return str(file)


class TestMaxima:
    """The areas 6 and 7 have no maximum in the scheme of 2024, which leaves 25.5 for both."""

    @pytest.mark.parametrize(
        ("maxima", "said"),
        [
            ({5: 50}, "C12: P235 5: * (found: 50; expected: 15)"),
            ({6: 30}, "C13: P235 6: * (found: 30; expected: ≤ 25.5; for these together: 6, 7)"),
            (
                {6: 12, 7: 14},
                "C14: P235 7: * (found: 14; expected: ≤ 25.5; for these together: 6, 7)",
            ),
            ({6: 12, 7: 13.5}, None),
            ({6: 12}, None),
        ],
    )
    def test_what_cannot_be(
        self, tmp_path: Path, maxima: dict[int, float], said: str | None
    ) -> None:
        ran = call("score", filled(tmp_path, maxima))
        before, _, after = (said or "").partition("*")
        assert ran.code == (2 if said else 0)
        assert before in ran.err
        assert after in ran.err
