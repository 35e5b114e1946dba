"""The types of the Python interface know the choices; mypy proves it with this file.

Each `type: ignore` must be needed, which `warn_unused_ignores` sees to: if a
choice became any text, mypy would fail here.
"""

from typing import assert_type

import parindex
from parindex.analysis.comparison import Comparison
from parindex.analysis.losses import Losses
from parindex.analysis.published_row import PublishedRow
from parindex.analysis.ranking import Ranking
from parindex.analysis.scenario import Simulation
from parindex.analysis.target import Target


def wrong(card: parindex.Scorecard, result: parindex.Result) -> None:
    """Is not called: mypy reads it."""
    parindex.losses(result, by="xx")  # type: ignore[arg-type]
    parindex.rank([result], ties="foo")  # type: ignore[arg-type]
    parindex.score(card, stage="foo")  # type: ignore[call-overload]
    parindex.published(kind="foo")  # type: ignore[arg-type]
    parindex.published(level="foo")  # type: ignore[arg-type]
    parindex.read_scorecards("-", decimal="foo")  # type: ignore[arg-type]
    parindex.score(result)  # type: ignore[call-overload]
    parindex.score("a.yaml")  # type: ignore[arg-type]
    parindex.target(result, index=0.5)  # type: ignore[arg-type]


def right(card: parindex.Scorecard) -> None:
    """What comes out has its own type, and not `object`."""
    result = assert_type(parindex.score(card, stage="self"), parindex.Result)
    assert_type(parindex.losses(result, by="lead"), Losses)
    assert_type(parindex.target(result, band="A"), Target)
    assert_type(parindex.rank(each for each in [result]), list[Ranking])
    assert_type(parindex.compare(result, result), Comparison)
    assert_type(parindex.published(kind="area", level="province"), list[PublishedRow])
    assert_type(parindex.simulate(result, {"1": "1"}), Simulation)


class TestTypes:
    """Types are read by mypy; that a run passes them through is the rest."""

    def test_right(self) -> None:
        [card] = parindex.read_scorecards("examples/soc-trang-2018.yaml", decimal="point")
        right(card)
