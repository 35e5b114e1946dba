"""The files of the site, one after another: pages, tables, the search and its index."""

import io
from collections.abc import Callable, Sequence
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct, json
from msgspec.structs import replace

from parindex.analysis.published_row import PublishedRow
from parindex.office.charts.chart import Chart
from parindex.office.charts.drawing import svg
from parindex.office.site import addresses
from parindex.office.site.addresses import way
from parindex.office.site.contents import Contents, UnitPage
from parindex.office.site.desk import NAMES, level_name
from parindex.office.site.region_page import region_page, region_rows
from parindex.office.site.start_page import ABOUT, START, about_page, start_page
from parindex.office.site.unit_page import unit_page
from parindex.office.site.view import PageView
from parindex.office.site.year_page import year_page
from parindex.render.csv_table import write_csv
from parindex.tables.data import COLUMNS, row_record
from parindex.tables.figures import rows_of
from parindex.values.escaping import json_escaped, xml_text
from parindex.values.language import LANGUAGES, N_, Language, language

if TYPE_CHECKING:
    from jinja2 import Environment

_TEMPLATES: Final = Path(__file__).parent / "templates"
_NAMES: Final = {"vi": "Tiếng Việt", "en": "English"}
"""What each language calls itself."""
_WORDS: Final = {
    "skip": N_("Skip to the content"),
    "languages": N_("Languages"),
    "search": N_("Search"),
    "example": N_("unit, year or region"),
    "found": N_("Found: %"),
    "none": N_("Nothing found"),
    "contents": N_("Contents"),
    "show": N_("Show"),
    "source": N_("source"),
    "sources": N_("Sources of this page"),
    "data": N_("The rows of this page as CSV"),
    "about": N_("How to read these pages"),
}


class File(Struct, frozen=True):
    """A file of the site: its path, and what makes it."""

    path: str
    made: Callable[[], str]


def files(rows: Sequence[PublishedRow]) -> list[File]:
    """Every file of the site, in the order of the pages.

    Args:
        rows: published rows, a user's own first.
    """
    contents = Contents([_without_folder(row) for row in rows])
    found = [
        File("index.html", _chooser),
        *(File(name, partial(_as_it_is, name)) for name in ("site.css", "search.js")),
    ]
    for code in LANGUAGES:
        say = language(code)
        found.append(File(f"search-{code}.js", partial(_index, contents, say)))
        for address, make in _views(contents):
            page = partial(_page, make, contents, say)
            found.append(File(f"{code}/{address}.html", page))
    found += [File(f"data/{address}.csv", partial(_csv, own)) for address, own in _rows(contents)]
    return found


def _without_folder(row: PublishedRow) -> PublishedRow:
    """The row without where the user keeps his tables, which is nobody's business."""
    name = row.origin.replace("\\", "/").rstrip("/").rpartition("/")[2]
    return replace(row, origin=name) if row.origin else row


_View = Callable[[Contents, Language], PageView]


def _views(contents: Contents) -> list[tuple[str, _View]]:
    """The address of each page, and what puts it together."""
    return [
        (START, start_page),
        (ABOUT, about_page),
        *((addresses.year(year), partial(year_page, year)) for year in contents.years),
        *((addresses.region(r.list, r.id), partial(region_page, r)) for r in contents.regions),
        *((page.address, partial(unit_page, page)) for page in contents.units),
    ]


def _rows(contents: Contents) -> list[tuple[str, Sequence[PublishedRow]]]:
    """The address of each page that has rows, with these."""
    found: list[tuple[str, Sequence[PublishedRow]]] = [
        ("all", contents.rows),
        *((addresses.year(y), [r for r in contents.rows if r.year == y]) for y in contents.years),
        *(
            (addresses.region(region.list, region.id), region_rows(region, contents))
            for region in contents.regions
        ),
        *((page.address, (*page.rows, *page.groups)) for page in contents.units),
    ]
    return [each for each in found if each[1]]


def _csv(rows: Sequence[PublishedRow]) -> str:
    stream = io.StringIO()
    write_csv(stream, COLUMNS, rows_of(map(row_record, rows), COLUMNS))
    return stream.getvalue()


def _as_it_is(name: str) -> str:
    return (_TEMPLATES / name).read_text(encoding="utf-8")


def _page(make: _View, contents: Contents, say: Language) -> str:
    """A page, whole."""
    page = make(contents, say)
    here = f"{say.code}/{page.address}.html"
    count = iter(range(1_000_000))
    is_unit = page.address.partition("/")[0] not in ("year", "region", START, ABOUT)
    return (
        _templates()
        .get_template("page.html")
        .render(
            page=page,
            words={key: say(words) for key, words in _WORDS.items()},
            root=way(here, ".") + "/",
            home=way(here, f"{say.code}/{START}.html"),
            about=way(here, f"{say.code}/{ABOUT}.html"),
            name_lang=NAMES if is_unit and say.code != NAMES else "",
            languages=[
                {
                    "code": code,
                    "name": _NAMES[code],
                    "href": way(here, f"{code}/{page.address}.html"),
                }
                for code in LANGUAGES
            ],
            drawn=lambda chart: _drawn(chart, say, f"chart-{next(count)}"),
        )
    )


def _drawn(chart: Chart, say: Language, name: str) -> Any:
    from markupsafe import Markup

    return Markup(svg(chart, say.code, name=name))  # noqa: S704 - escaped as XML


def _chooser() -> str:
    """The page above the languages."""
    found = [
        {
            "code": code,
            "name": _NAMES[code],
            "href": f"{code}/{START}.html",
            "title": language(code)("PAR INDEX: published figures"),
        }
        for code in LANGUAGES
    ]
    return _templates().get_template("chooser.html").render(languages=found)


def _index(contents: Contents, say: Language) -> str:
    """The pages by name for the search: name, what it is, address, other spellings."""
    pages = [*_entries(contents, say)]
    text = json.encode(pages).decode()
    return f"window.parindexPages = {json_escaped(text)};\n"


def _entries(contents: Contents, say: Language) -> list[tuple[str, str, str, str]]:
    return [
        *((str(year), say("Year"), addresses.year(year), "PAR INDEX") for year in contents.years),
        *(
            (
                say.pick((region.name, region.name_en)),
                say("Region, list of {list}", list=region.list),
                addresses.region(region.list, region.id),
                f"{region.name} {region.name_en} {region.id}",
            )
            for region in contents.regions
        ),
        *(_entry(page, say) for page in contents.units),
        (say("How to read these pages"), "", ABOUT, ""),
    ]


def _entry(page: UnitPage, say: Language) -> tuple[str, str, str, str]:
    about = " · ".join(filter(None, (level_name(page.level, say, page.list), page.province)))
    unit = page.unit
    others = " ".join((unit.name_en, *unit.other_names)) if unit else ""
    return xml_text(page.name), xml_text(about), page.address, others


@cache
def _templates() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: xml_text(value) if type(value) is str else value,
    )
