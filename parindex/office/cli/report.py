"""`parindex report`: the documents that an office sends out, in Word, PDF, HTML or Markdown."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Final, Literal

import typer

from parindex.analysis.goal import Goal
from parindex.cli.options import (
    DataOption,
    FilesArgument,
    Folders,
    LangOption,
    OutputOption,
    command,
)
from parindex.cli.output import destination
from parindex.cli.peers import OneUnitOption
from parindex.cli.target import goal_of
from parindex.cli.words import _
from parindex.findings.wing import install_command
from parindex.office.cli import documents
from parindex.office.cli.documents import Asked
from parindex.office.documents.rendered import ReportFormat, rendered
from parindex.office.reports.blocks import Letterhead, Report, without_traces

Kind = Literal["self-assessment", "analysis", "ranking", "plan"]
_BY_SUFFIX: Final[dict[str, ReportFormat]] = {
    ".docx": "docx",
    ".pdf": "pdf",
    ".html": "html",
    ".htm": "html",
    ".md": "markdown",
}


@command(_("Example: parindex report examples/soc-trang-2018.yaml --kind analysis -o report.docx"))
def main(
    *,
    files: FilesArgument,
    kind: Annotated[Kind, typer.Option(help=_("What the document is for."))],
    unit: OneUnitOption = None,
    reading: Folders,
    previous: Annotated[
        list[str] | None,
        typer.Option(metavar="FILE", help=_("Scorecards of the year before; may be repeated.")),
    ] = None,
    target: Annotated[
        str | None,
        typer.Option(
            metavar="band=A|index=N|rank=N", help=_("What a plan is to reach, one of the three.")
        ),
    ] = None,
    data: DataOption = None,
    letterhead: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help=_("Issuer, number, place, date, signature and recipients, in YAML."),
        ),
    ] = None,
    template: Annotated[
        Path | None,
        typer.Option(metavar="FILE.docx", help=_("A Word template of the office's own.")),
    ] = None,
    no_annex: Annotated[
        bool,
        typer.Option("--no-annex", help=_("Leave out how each score came about.")),
    ] = False,
    form: Annotated[
        ReportFormat | None,
        typer.Option(
            "--format",
            "-f",
            help=_("Format of the document; by default as the ending of the file after -o says."),
        ),
    ] = None,
    output: OutputOption = None,
    lang: LangOption = None,  # noqa: ARG001
) -> None:
    """Read, put the report together, and write it."""
    single = [str(each) for each in (letterhead, data, template) if each]
    reading = reading.of(files, *(previous or []), *single)
    form = _form(form, output)
    if template is not None and form != "docx":
        raise typer.BadParameter(_("a template is for .docx"), param_hint="--template")
    asked = Asked(reading, unit, previous or [], data, _goal(target), _letterhead(letterhead))
    report = _report(kind, asked)
    if no_annex:
        report = without_traces(report)
    _write(report, form, template, output, reading.inputs)


def _form(form: ReportFormat | None, output: str | None) -> ReportFormat:
    """The form that was asked for, else that of the file's name, else Markdown on the screen."""
    if form is not None:
        return form
    if output in (None, "-"):
        return "markdown"
    found = _BY_SUFFIX.get(Path(output or "").suffix.lower())
    if found is None:
        told = _("the name must end in .docx, .pdf, .html or .md, or --format says the form")
        raise typer.BadParameter(told, param_hint="-o")
    return found


def _goal(target: str | None) -> Goal | None:
    """The goal that `band=A`, `index=85` or `rank=10` means."""
    if target is None:
        return None
    name, equals, value = target.partition("=")
    if re.fullmatch("rank=[0-9]{1,9}", target):
        return goal_of(None, None, int(value))
    if not equals or name not in ("band", "index"):
        raise typer.BadParameter(_("expected band=A, index=85 or rank=10"), param_hint="--target")
    with documents.told_of("--target"):
        return goal_of(value if name == "band" else None, value if name == "index" else None, None)


def _letterhead(file: str | None) -> Letterhead:
    if file is None:
        return Letterhead()
    from parindex.office.documents.letterhead import read_letterhead

    return read_letterhead(file)


def _report(kind: Kind, asked: Asked) -> Report:
    makers = {
        "self-assessment": documents.self_assessment,
        "analysis": documents.analysis,
        "ranking": documents.ranking,
        "plan": documents.plan,
    }
    if asked.previous and kind not in ("analysis", "ranking"):
        told = _("only for an analysis or a ranking")
        raise typer.BadParameter(told, param_hint="--previous")
    if asked.goal is not None and kind != "plan":
        raise typer.BadParameter(_("a target is for a plan"), param_hint="--kind")
    return makers[kind](asked)


def _write(
    report: Report,
    form: ReportFormat,
    template: Path | None,
    output: str | None,
    inputs: Sequence[str],
) -> None:
    """The document, to where it was asked for; it is whole before a file is touched."""
    try:
        document = rendered(report, form, template)
    except ImportError:
        told = _("documents need a library: {command}", command=install_command("office"))
        raise typer.BadParameter(told, param_hint=f"--format {form}") from None
    with destination(output, inputs) as stream:
        if isinstance(document, str):
            stream.write(document)
        elif stream.isatty():
            raise typer.BadParameter(_("name a file for the document"), param_hint="-o")
        else:
            stream.buffer.write(document)
