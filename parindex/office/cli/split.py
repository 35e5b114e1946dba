"""`parindex split`: a file for each lead office, with its rows of a scorecard."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Final, Literal

import typer

from parindex.cli.options import Input, LangOption, LeadsOption, Options, command
from parindex.cli.output import check_office, destination
from parindex.cli.progress import progress
from parindex.cli.reading import parts_of, scheme_of
from parindex.cli.words import _, current
from parindex.cli.writing import as_file, write_all
from parindex.findings import InputError
from parindex.office.merge.leads import with_leads
from parindex.office.merge.merging import not_asked
from parindex.office.merge.splitting import PartFile, part_by_lead, parts_sheet
from parindex.render.terminal import write_tables
from parindex.scheme.catalog import load_schemes
from parindex.scheme.scheme import Scheme
from parindex.scorecard.scorecard import Scorecard
from parindex.scoring import score
from parindex.values.codes import FILE_EXISTS
from parindex.values.finding import Finding, Place
from parindex.values.fuzzy import fold_name

_LONGEST: Final = 60
"""Letters of an office in the name of its file: with the folders around it a path must stay usable."""


PartFormat = Literal["xlsx", "yaml"]


@command(
    _(
        "Example: parindex split examples/departments-2024.yaml "
        "--scheme examples/schemes/departments-2024.yaml -f yaml -o parts"
    )
)
def main(
    *,
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE",
            help=_("A scorecard in YAML, JSON, CSV or .xlsx, also one of `parindex template`."),
        ),
    ],
    by: Annotated[Literal["lead"], typer.Option(help=_("What it is split by."))] = "lead",  # noqa: ARG001
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FOLDER",
            help=_("Where the files go; by default NAME-parts."),
        ),
    ] = None,
    form: Annotated[
        PartFormat,
        typer.Option("--format", "-f", help=_("Workbooks, or YAML with comments.")),
    ] = "xlsx",
    leads: LeadsOption = None,
    reading: Annotated[Input, Options("scheme decimal columns sheet unit")],
    lang: LangOption = None,  # noqa: ARG001
) -> None:
    """Write the parts, all or none, and tell which file is whose."""
    if form == "xlsx":
        check_office("xlsxwriter", "--format xlsx")
    cards = parts_of(reading.of([file]))
    card = _one([card for _file, card in cards])
    own = scheme_of(card, load_schemes(reading.scheme or ()))
    used = with_leads(own, leads) if leads else own
    score(card, used)  # what does not fit the scheme is told before anything is written
    parts = part_by_lead(card, used)
    if not any(parts):
        told = _(
            "the scheme names no lead office, so there is nothing to split by: "
            "give a table of code and lead with --leads"
        )
        raise typer.BadParameter(told, param_hint="--by lead")
    stem = "" if file == "-" else f"{Path(file).stem}-"
    folder = Path(f"{stem}parts" if output is None else output)
    files = [*_files(folder, parts, used, form)]
    _write(folder, files, own)  # the parts are of the scheme as it is known
    with destination(None) as stream:
        write_tables([parts_sheet(files, card, used, current())], stream, current())


def _one(cards: list[Scorecard]) -> Scorecard:
    if len(cards) > 1:
        units = ", ".join(dict.fromkeys(card.unit for card in cards))
        told = _("there are several scorecards ({units}): name one with --unit", units=units[:200])
        raise typer.BadParameter(told, param_hint=_("FILE"))
    return cards[0]


def _files(
    folder: Path, parts: Mapping[str, Scorecard], scheme: Scheme, form: PartFormat
) -> Iterator[PartFile]:
    """The parts with their files: a number keeps names apart, and off those that Windows reserves."""
    left_out = not_asked(next(iter(parts.values())), scheme)
    for number, (office, card) in enumerate(parts.items(), start=1):
        leaves = [leaf.code for leaf in scheme.leaves if leaf.code not in left_out]
        codes = tuple(code for code in leaves if scheme.leads[code] == office)
        name = fold_name(office or _("no office named"))[:_LONGEST].strip("-")
        path = folder / f"{number:02}-{name}.{form}"
        yield PartFile(str(path), office, card, codes)


def _write(folder: Path, files: list[PartFile], scheme: Scheme) -> None:
    """Write all files, or none where one of them is there already or would lose something."""
    findings: list[Finding] = []
    contents: dict[str, str | bytes] = {}
    for each in progress(files, _("Writing files")):
        if os.path.exists(each.path):  # noqa: PTH110 - a name too long is told when it is written
            findings.append(Finding(FILE_EXISTS, "", place=Place(each.path)))
        try:
            contents[each.path] = as_file(each.card, scheme, each.path, each.codes)
        except InputError as error:
            findings += error.findings
    if findings:
        raise InputError(findings)
    write_all(folder, contents)
