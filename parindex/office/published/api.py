"""The Python interface of the published figures where files are made or read: export, import and site."""

from decimal import Decimal
from io import StringIO
from os import PathLike
from pathlib import Path
from typing import Any, ClassVar, Final

from msgspec import Struct

from parindex.analysis.published_row import PublishedRow, RowKind
from parindex.api.published import Own, Units, Years, rows_of, wanted_of
from parindex.office.published import data_package, sqlite_file
from parindex.office.published.importing import About, ImportedTable, import_table
from parindex.office.published.printed_table import columns_told
from parindex.office.site.folder import write_site
from parindex.published_figures.choose import choose
from parindex.render.csv_table import write_csv
from parindex.tables.data import COLUMNS, FORMAT, row_record, rows_table
from parindex.tables.figures import rows_of as lines_of
from parindex.tables.written import Written, each_of_them
from parindex.values.arguments import choice, expect, path_of
from parindex.values.as_data import AsData
from parindex.values.brief import brief
from parindex.values.language import LanguageCode, language
from parindex.values.levels import LevelCode

_CODED: Final = ("area", "part", "figure")


class DataSet(AsData, Struct, frozen=True):
    """Published rows as they stand in the tables, contradictions and misprints too, and what is made of them."""

    rows: tuple[PublishedRow, ...]
    _writer: ClassVar[str] = "parindex.office.published.api"

    def csv(self) -> str:
        """A table that `data` of `published` reads."""
        text = StringIO(newline="")
        write_csv(text, COLUMNS, lines_of(map(row_record, self.rows), COLUMNS))
        return text.getvalue()

    def sqlite(self, lang: LanguageCode = "en") -> bytes:
        """The file of a database with views, its descriptions in a language."""
        choice("lang", lang, LanguageCode)
        return sqlite_file.sqlite_file(self.rows, language(lang))

    def package(self, lang: LanguageCode = "en") -> dict[str, bytes]:
        """The files of a Data Package by their names, with titles and descriptions in a language."""
        choice("lang", lang, LanguageCode)
        return data_package.data_package(self.rows, language(lang))

    def __repr__(self) -> str:
        return brief(self, f"{len(self.rows)} rows")


WRITTEN: Final = Written(
    FORMAT,
    "rows",
    lambda it, _depth: map(row_record, it.rows),
    lambda it: {"about": data_package.about(it.rows, language("en"))},
    COLUMNS,
    lambda it: map(row_record, it.rows),
    each_of_them(lambda it, say: [rows_table(it.rows, [], say)]),
)


def data_export(
    year: Years | None = None,
    unit: Units | None = None,
    level: LevelCode | None = None,
    region: str | None = None,
    kind: RowKind | None = None,
    data: Own | None = None,
) -> DataSet:
    """Every row with its source, to be written as a table, a database or a Data Package, as `data export`.

    >>> parindex.data_export(2018, level="ministry").csv().splitlines()[0][:20]
    'kind,year,level,prov'

    Args:
        year: only this year, or these.
        unit: only this unit, in any spelling, or these.
        level: only units of this level, as for `published`.
        region: only provinces of this region.
        kind: only figures of this kind, as for `published`.
        data: a table of your own, a CSV file or a folder of them.

    Returns:
        The rows: `csv()` is text, `sqlite()` the bytes of a database, `package()` the files of a
        Data Package by their names.

    Raises:
        InputError: every fault of `data`; P131, P132 there is no such unit, P133 no such region.
        ValueError: there is no such level or kind.
    """
    wanted = wanted_of(year, unit, level, region, kind)
    return DataSet(tuple(choose(rows_of(data), wanted)))


def data_import(
    file: str | PathLike[str],
    year: int,
    source: str,
    *,
    kind: RowKind = "result",
    level: LevelCode = "province",
    province: str | None = None,
    group: str | None = None,
    code: str | None = None,
    maximum: Decimal | int | None = None,
    sheet: str = "",
    table: int | None = None,
    columns: str = "",
) -> ImportedTable:
    r"""Published rows of a printed table, each held against what is known, as `data import`.

    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "table.csv")
    ...     _ = file.write_text("Đơn vị,Chỉ số,Xếp hạng\nSóc Trăng,78.35,16\n", encoding="utf-8")
    ...     imported = parindex.data_import(file, 2018, "QĐ 1150/QĐ-BNV")
    >>> [(each.row.unit, each.state) for each in imported.rows]
    [('Sóc Trăng', 'differs')]

    Args:
        file: the name of a .csv, .xlsx, .xls, .ods, .docx, .html or .json file.
        year: the year of the figures.
        source: where the table is printed.
        kind: what the figures are of, as for `published`.
        level: the level of the units, as for `published`.
        province: the province whose units they are.
        group: the group of units, where there are some.
        code: the code of the area, part or figure.
        maximum: the maximum of the points.
        sheet: the sheet to take; without it the first with such a table.
        table: the table of a document to take, counted from 1.
        columns: which column holds what, where headings do not say it: `unit=B,index=C`.

    Returns:
        The rows, the units that are missing, and the doubts as `findings`; `text()` is the CSV
        file that `data` of `published` reads.

    Raises:
        InputError: every name, figure and rank that cannot be right, with its cell.
        ValueError: there is no such kind or level, `source` is empty, `columns` names no
            columns, or a kind needs a `code`.
    """
    name = path_of("file", file)
    expect("year", year, int, "a year")
    expect("source", source, str, "where the table is printed")
    choice("kind", kind, RowKind)
    choice("level", level, LevelCode)
    if not source.strip():
        raise ValueError("source: expected where the table is printed; found nothing")
    if kind in _CODED and not code:
        raise ValueError(f"code: expected the code that figures of kind {kind!r} are of")
    if maximum is not None:
        expect("maximum", maximum, Decimal | int, "a Decimal, because a float is not exact")
    most = None if maximum is None else Decimal(maximum)
    about = About(year, source.strip(), kind, level, province, group, code, most)
    told: Any = columns_told(columns) if columns else None
    return import_table(name, about, sheet=sheet, table=table, told=told)


def data_site(output: str | PathLike[str], data: Own | None = None) -> Path:
    """Write a site of the published figures, as `data site`: a page for each unit, year and region.

    >>> callable(parindex.data_site)  # 730 files take about a minute
    True

    Args:
        output: the folder; a site that was written there before is replaced.
        data: a table of your own, a CSV file or a folder of them, which wins.

    Returns:
        The page to begin with.

    Raises:
        InputError: every fault of `data`; P114 the folder cannot be written, P115 it holds the
            data or lies in it, P704 it holds files that are of no site.
    """
    folder = path_of("output", output)
    if not folder:
        raise ValueError("output: expected the name of a folder; found nothing")
    write_site(rows_of(data), folder, None if data is None else path_of("data", data))
    return Path(folder, "index.html")
