"""`parindex facts`: rows of dossiers to scorecards with facts and counts."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any, Final, Literal

import typer

from parindex.cli.options import DialectOption, LangOption, OutputOption, command
from parindex.cli.output import check_office, destination
from parindex.cli.printing import check_name
from parindex.cli.talk import say as say_aside
from parindex.cli.words import _, current
from parindex.cli.writing import as_file, write_all
from parindex.findings.wing import scale
from parindex.render.formats import Format, Shapes, render
from parindex.scheme.catalog import load_scheme
from parindex.scheme.scheme import Scheme
from parindex.scorecard.scorecard import Scorecard
from parindex.tables.rejects import COLUMNS, FORMAT, rejects_table
from parindex.values.codes import UNKNOWN_CODE
from parindex.values.facts import Count, Figures, Ratio, Value, figure_form
from parindex.values.finding import Finding, Place
from parindex.values.fuzzy import fold_name

FactsFormat = Literal["yaml", "json", "csv", "xlsx"]
_ENDINGS: Final = (".yaml", ".json", ".csv", ".xlsx")
_FIELDS: Final = ("unit_id", "province", "parent", "unit", "level", "group", "year", "scheme")
_FACTS: Final = ("ratio", "figures", "count", "value", "state")


@command(_("Example: parindex facts examples/dossiers/rows.csv --map examples/dossiers/map.yaml"))
def main(
    *,
    rows: Annotated[
        list[str],
        typer.Argument(
            metavar="ROWS",
            help=_(
                "Rows of dossiers: .csv, .parquet, .xlsx, .jsonl, folders of them, patterns like 2025-*.csv, or - for standard input."
            ),
        ),
    ],
    map_: Annotated[
        str | None,
        typer.Option(
            "--map",
            metavar="FILE",
            help=_("Which column is what, the units, the period and the facts: a YAML file."),
        ),
    ] = None,
    scheme: Annotated[
        str | None,
        typer.Option(
            metavar="ID_OR_FILE", help=_("The scheme of the scorecards; by default the map's.")
        ),
    ] = None,
    new: Annotated[
        bool, typer.Option("--new", help=_("Write a map of the headings that the rows have."))
    ] = False,
    form: Annotated[
        FactsFormat | None,
        typer.Option(
            "--format",
            "-f",
            help=_(
                "Format of the scorecards; by default as the ending of the file after -o says, else YAML."
            ),
        ),
    ] = None,
    report: Annotated[
        str | None,
        typer.Option(
            metavar="FILE", help=_("Write the rows that are not counted to this .csv or .json.")
        ),
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help=_("Exit with 1 where a row could not be counted."))
    ] = False,
    engine: Annotated[
        str | None,
        typer.Option(
            metavar="SPARK",
            help=_(
                "Let Spark read and count the rows: spark://host:15002 (Spark Connect), or local[2]; by default Polars does."
            ),
        ),
    ] = None,
    output: OutputOption = None,
    csv_dialect: DialectOption = "standard",
    lang: LangOption = None,  # noqa: ARG001
) -> None:
    """Count, write the scorecards, and tell what was not counted."""
    scale("reading")  # what is missing is told before anything is read
    if new == (map_ is not None):
        raise typer.BadParameter(_("give one of the two"), param_hint="--map, --new")
    if new:
        with destination(output, rows, keeps=True) as stream:
            stream.write(scale("new_map").new_map(rows, current()))
        return
    if [*rows, map_].count("-") > 1:
        raise typer.BadParameter(_("standard input can be read only once"), param_hint=_("ROWS"))
    form = form or _form(output)
    check_name(report, (".csv", ".json"), "--report")
    read = scale("mapping").read_map(map_)
    named = scheme or read.form.scheme
    loaded = _scheme(scheme, named, map_ or "")
    if loaded is not None:
        _check_codes(read, loaded)
    facts = _counted(engine, rows, read, loaded.id if loaded else None)
    inputs = [*rows, map_ or ""]
    _write(facts.scorecards, loaded, form, output, csv_dialect, inputs)
    _tell(facts, report, inputs)
    if strict and not facts.is_clean:
        raise typer.Exit(1)


def _counted(engine: str | None, rows: Sequence[str], read: Any, scheme: str | None) -> Any:
    """The facts of files by the engine that is asked for."""
    if engine is None:
        return scale("reading").facts_of_files(rows, read, scheme)
    if "-" in rows:
        told = _("Spark reads no standard input: name files, or leave the option out")
        raise typer.BadParameter(told, param_hint="--engine")
    spark = scale("spark")
    try:
        return spark.facts_of_files(engine, rows, read, scheme)
    except spark.SparkError as error:
        told = _(error.message, **error.told)
        raise typer.BadParameter(told, param_hint="--engine") from error


def _form(output: str | None) -> FactsFormat:
    """The form that the name of the file tells, else YAML."""
    check_name(output, _ENDINGS, others=".yml")
    suffix = Path(output or "").suffix.lower()
    forms: dict[str, FactsFormat] = {".csv": "csv", ".xlsx": "xlsx", ".json": "json"}
    return forms.get(suffix, "yaml")


def _scheme(given: str | None, named: str | None, map_: str) -> Scheme | None:
    """The scheme that an option or the map names; that of a map may be a file beside it."""
    if named is None:
        return None
    from parindex.reading.folder import beside
    from parindex.scheme.catalog import is_file

    if given is None and is_file(named):
        named = beside(map_, named, Place(map_))
    return load_scheme(named)


def _check_codes(read: Any, scheme: Scheme) -> None:
    """Refuse facts of codes that the scheme does not have."""
    from parindex.findings import InputError
    from parindex.scheme.unknown_code import told_of

    findings = [
        Finding(
            UNKNOWN_CODE,
            code,
            told_of(scheme, code),
            ("facts", code),
            read.places.locate(("facts", code), key=True),
        )
        for code in read.form.facts
        if scheme.criteria and code not in scheme.by_code
    ]
    if findings:
        raise InputError(findings)


def _write(
    cards: Sequence[Scorecard],
    scheme: Scheme | None,
    form: FactsFormat,
    output: str | None,
    dialect: str,
    inputs: Sequence[str],
) -> None:
    if form == "xlsx":
        _write_workbooks(cards, scheme, output)
        return
    if form == "csv" and len({(each.unit, each.unit_id, each.year) for each in cards}) < len(cards):
        told = _("CSV has no column for periods within a year: take YAML or JSON")
        raise typer.BadParameter(told, param_hint="-o")
    with destination(output, inputs) as stream:
        if form == "csv":
            from parindex.render.csv_table import write_csv

            keys = (*_FIELDS, "code", *_FACTS, "note")
            lines = ([each.get(key) for key in keys] for card in cards for each in _records(card))
            write_csv(stream, keys, lines, dialect)
        elif form == "json":
            from parindex.render.json_data import render_json
            from parindex.scorecard.write_yaml import form_of_card

            stream.write(render_json([form_of_card(card) for card in cards]))
        else:
            from parindex.scorecard.write_yaml import write_yaml

            stream.write(write_yaml(cards))


def _records(card: Scorecard) -> Iterator[dict[str, Any]]:
    """The scores of a card as rows of CSV; its counts stand in the note of the first."""
    note = "; ".join(f"{name}: {count}" for name, count in card.counts.items())
    if card.days:
        note = f"{card.days.start.isoformat()}/{card.days.end.isoformat()}; {note}"
    head = {name: getattr(card, name) for name in _FIELDS}
    for code, entry in card.scores.items():
        fact = entry.fact
        told: dict[str, Any] = {}
        match fact:
            case Ratio(part, whole):
                told["ratio"] = f"{part:f}/{whole:f}"
            case Figures(figures):
                pairs = (f"{name}={figure_form(each)}" for name, each in figures.items())
                told["figures"] = "|".join(pairs)
            case Count(count):
                told["count"] = count
            case Value(value):
                told["value"] = value
            case _:
                told["state"] = "unknown"
        yield {**head, "code": code, **told, "note": note}
        note = ""


def _write_workbooks(cards: Sequence[Scorecard], scheme: Scheme | None, output: str | None) -> None:
    """A workbook in the layout of the scheme for each card; counts have no place in one."""
    check_office("xlsxwriter", "-o")
    if scheme is None or not scheme.criteria:
        raise typer.BadParameter(
            _("a workbook has the rows of a scheme: name one"), param_hint="--scheme"
        )
    from msgspec.structs import replace

    bare = [replace(card, counts={}) for card in cards]
    if not output or output == "-" or (len(bare) != 1 and Path(output).suffix):
        told = _("a workbook is of one unit and period: name a folder, with --format xlsx")
        raise typer.BadParameter(told, param_hint="-o")
    if Path(output).suffix:
        folder, names = Path(output).parent, [Path(output).name]
    else:
        folder, names = Path(output), [_file_name(card) for card in bare]
    contents = {
        str(folder / name): as_file(card, scheme, name)
        for name, card in zip(names, bare, strict=True)
    }
    write_all(folder, contents)


def _file_name(card: Scorecard) -> str:
    """A name of small letters for the file of a unit and period."""
    days = f"{card.days.start:%Y%m%d}-{card.days.end:%Y%m%d}" if card.days else str(card.year)
    who = fold_name(" ".join(filter(None, (card.unit_id, card.unit))))[:100]
    return f"{who}-{days}.xlsx"


def _tell(facts: Any, report: str | None, inputs: Sequence[str]) -> None:
    """What was not counted: as a table for people, and where it is asked for as a file."""
    records = [scale("rejects").record_of(each) for each in facts.rejects]
    reasons = scale("rejects").KINDS
    say = current()
    shapes = Shapes(
        (rejects_table(records, reasons, facts.read, facts.counted, say) for _each in [0]),
        COLUMNS,
        ({**each, "places": " ".join(each["places"])} for each in records),
        FORMAT,
        records,
        "rows",
        {"read": facts.read, "counted": facts.counted},
    )
    if report is not None:
        form = Format.JSON if report.lower().endswith(".json") else Format.CSV
        with destination(report, inputs) as stream:
            render(shapes, form, stream, say, "standard")
    from parindex.render.plain_text import render_text

    table = rejects_table(records, reasons, facts.read, facts.counted, say)
    text = render_text(table, say) if records else f"{table.title}\n"
    say_aside(text)
    if facts.without:
        told = _("No row is of these units: {units}", units=", ".join(facts.without[:20]))
        say_aside(told)
