"""Charts with the tables of their figures as one page: it needs no network and runs no script."""

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from parindex.office.charts.chart import Chart
from parindex.office.charts.drawing import svg
from parindex.office.documents.html import grid, template
from parindex.tables.table import Table
from parindex.values.language import LanguageCode, language


def page(
    charts: Sequence[Chart], tables: Sequence[Table], lang: LanguageCode, *, dark: bool = False
) -> str:
    """The page: each chart with its title, source and notes, then the tables.

    Args:
        charts: what is drawn, in the colours of the page.
        tables: the figures, as the command prints them.
        lang: the language.
        dark: dark whatever the reader's machine prefers; else as it prefers.
    """
    say = language(lang)
    drawn: list[dict[str, Any]] = []
    for at, chart in enumerate(charts):
        picture = Markup(svg(chart, lang, name=f"chart-{at}"))  # noqa: S704 - escaped as XML
        source = say("Source: {source}", source=chart.source) if chart.source else ""
        drawn.append({"chart": chart, "picture": picture, "source": source})
    titles = [*(each.title for each in charts), *(each.title for each in tables)]
    return template("picture.html").render(
        lang=lang,
        title=titles[0] if titles else say("No figure is known."),
        dark=dark,
        charts=drawn,
        figures=say("Figures"),
        tables=[grid(table.title, table, say) for table in tables],
    )
