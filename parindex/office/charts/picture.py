"""The charts of something that Python gives, drawn when they are asked for."""

from typing import Any

from msgspec import Struct

from parindex.analysis.comparison import Comparison
from parindex.analysis.losses import Losses
from parindex.analysis.ranking import Ranking
from parindex.analysis.stability import Stability
from parindex.findings import InputError
from parindex.findings.wing import missing
from parindex.office.charts.chart import Chart
from parindex.office.charts.of_comparison import comparison_charts
from parindex.office.charts.of_losses import losses_chart
from parindex.office.charts.of_ranking import ranges_chart, ranking_chart
from parindex.office.charts.of_score import score_chart
from parindex.office.charts.of_trend import trend_chart
from parindex.published_figures.trend import Trend
from parindex.scoring.result import Result
from parindex.tables.compare import Compared
from parindex.values.brief import brief
from parindex.values.language import Language, LanguageCode, language

Drawable = Result | Ranking | Stability | Comparison | Losses | Trend


class Picture(Struct, frozen=True):
    """Charts with their words in one language; a notebook shows them.

    Each is drawn by a library of the extra `office`; without it that is P158.
    """

    charts: tuple[Chart, ...]
    lang: LanguageCode = "en"

    def svg(self) -> str:
        """The first chart as a file of its own, in SVG."""
        text: str = _drawing().svg_alone(self._first(), self.lang)
        return text

    def png(self) -> bytes:
        """The first chart as a file of its own, in PNG."""
        data: bytes = _drawing().png(self._first(), self.lang)
        return data

    def spec(self) -> str:
        """The spec of the first chart for Vega-Lite, with its data, as JSON."""
        text: str = _drawing().spec_json(self._first(), self.lang)
        return text

    def _first(self) -> Chart:
        if not self.charts:
            raise ValueError("there is nothing to draw")
        return self.charts[0]

    def _repr_html_(self) -> str | None:
        try:
            drawn = [_drawing().svg_alone(each, self.lang) for each in self.charts]
        except InputError:
            return None
        return "\n".join(drawn)

    def __repr__(self) -> str:
        return brief(self, *(each.title for each in self.charts[:3]))


def picture_of(thing: Drawable, lang: LanguageCode) -> Picture:
    """The charts that the command line draws of the same thing."""
    return Picture(tuple(_charts(thing, language(lang))), lang)


def _charts(thing: Drawable, say: Language) -> list[Chart]:
    match thing:
        case Result():
            return [score_chart(thing, say)]
        case Ranking():
            return [ranking_chart(thing, say)]
        case Stability():
            return [ranges_chart(thing, say)]
        case Losses():
            return [losses_chart(thing, say)]
        case Trend():
            return [trend_chart(thing, say)]
        case Comparison():
            told = Compared(thing, thing.means, thing.of, thing.ties, {}, merged=False)
            return comparison_charts(told, say, detail=len(thing.pairs) == 1)


def _drawing() -> Any:
    try:
        from parindex.office.charts import drawing
    except ModuleNotFoundError as error:
        raise missing(error.name or "", "office") from error
    return drawing
