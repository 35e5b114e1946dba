"""What Python writes that is no result: empty scorecards, schemes that are known, JSON Schemas."""

from io import BytesIO, StringIO
from typing import Any, Literal, overload

from parindex.api.reading import check_scheme
from parindex.findings.wing import wing
from parindex.render.csv_table import write_csv
from parindex.render.json_schemas import SchemaName, json_schema
from parindex.scheme import catalog
from parindex.scheme.own_schemes import listed
from parindex.scheme.scheme import Scheme
from parindex.tables.figures import rows_of
from parindex.tables.new_scheme import new_scheme as scheme_to_start_from
from parindex.tables.template import columns_of, template_records, write_template
from parindex.tables.written import LISTED_SCHEMES
from parindex.values.arguments import choice, expect
from parindex.values.as_data import Several
from parindex.values.language import LanguageCode, language

TemplateKind = Literal["yaml", "csv", "xlsx"]


@overload
def template(
    scheme: Scheme,
    unit: str = "",
    year: int | None = None,
    kind: Literal["yaml", "csv"] = "yaml",
    *,
    lang: LanguageCode = "en",
) -> str: ...
@overload
def template(
    scheme: Scheme,
    unit: str = "",
    year: int | None = None,
    *,
    kind: Literal["xlsx"],
    lang: LanguageCode = "en",
) -> bytes: ...
def template(
    scheme: Scheme,
    unit: str = "",
    year: int | None = None,
    kind: TemplateKind = "yaml",
    *,
    lang: LanguageCode = "en",
) -> str | bytes:
    """An empty scorecard of a scheme, to be filled in.

    >>> scheme = parindex.load_scheme("vn-province-2018")
    >>> parindex.template(scheme, "Sóc Trăng", kind="csv").splitlines()[1][:30]
    ',,,Sóc Trăng,province,,2018,vn'

    Args:
        scheme: the scheme.
        unit: the name of the unit; without it somebody must write it before the scorecard is read.
        year: the year, where the scheme holds for several.
        kind: `yaml` with comments or `csv` as text, `xlsx` as the bytes of a workbook.
        lang: the language of what people read.

    Raises:
        ValueError: the scheme is not of this year, or of several and none is named.
        InputError: P158 workbooks need the extra `office`.
    """
    check_scheme(scheme)
    expect("unit", unit, str, "the name of a unit")
    choice("kind", kind, TemplateKind)
    choice("lang", lang, LanguageCode)
    say = language(lang)
    chosen = scheme.years[0] if year is None and len(scheme.years) == 1 else year
    if chosen not in scheme.years:
        raise ValueError(f"year: expected one of {[*scheme.years]}; found {year}")
    if kind == "xlsx":
        book = BytesIO()
        wing("xlsx.template").write_template(scheme, unit, chosen, say, book)
        return book.getvalue()
    name = unit.strip()
    if kind == "yaml":
        return write_template(scheme, name, chosen, say)
    text, keys = StringIO(newline=""), columns_of(scheme)
    write_csv(text, keys, rows_of(template_records(scheme, name, chosen), keys), "standard")
    return text.getvalue()


def schemes() -> Several[Scheme]:
    """The schemes of the catalog, and those of one's own that are found, as `schemes list`.

    >>> "vn-province-2018" in [scheme.id for scheme in parindex.schemes()]
    True
    """
    ids = catalog.scheme_ids()
    found = [*map(catalog.load_scheme, ids), *listed(ids)[0]]
    return Several(LISTED_SCHEMES, found)


def new_scheme(lang: LanguageCode = "en") -> str:
    """A small scheme in YAML with comments, to start from, as `schemes new` writes it.

    >>> "criteria:" in parindex.new_scheme("vi")
    True
    """
    choice("lang", lang, LanguageCode)
    return scheme_to_start_from(language(lang))


def schema(name: SchemaName) -> dict[str, Any]:
    """The JSON Schema of a file that is read, or of JSON that is written, as `schema` prints it.

    >>> parindex.schema("result")["title"]
    'Results of parindex (parindex-result/1)'

    Args:
        name: such as `scorecard`, `scheme`, `result` or `ranking`.

    Raises:
        ValueError: there is no such schema.
    """
    choice("name", name, SchemaName)
    return json_schema(name)
