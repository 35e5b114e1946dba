"""`parindex explain`: why a criterion has its points, or what its rule says."""

from typing import Annotated

import typer

from parindex.cli.options import Input, Options, Output, Written, command
from parindex.cli.printing import write
from parindex.cli.reading import results_of
from parindex.cli.words import _, current
from parindex.reading.documents import ENDINGS
from parindex.render.formats import Shapes
from parindex.scheme.catalog import load_scheme
from parindex.scheme.scheme import Scheme
from parindex.scoring.result import Result
from parindex.tables import explain as view
from parindex.values.language import language


@command(
    _("Example: parindex explain examples/soc-trang-2018.yaml 6"),
    _(
        "Explain the points of a criterion: its rule, the input, the working, the source, and"
        " what the next higher step would need. Without a scorecard, explain the rule."
    ),
)
def main(
    *,
    targets: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SCORECARD] CODE",
            help=_(
                "A file with scorecards, and the code of a criterion; only the code with --scheme."
            ),
        ),
    ] = None,
    finding: Annotated[
        str | None,
        typer.Option(metavar="CODE", help=_("Explain a finding instead, by its code: P101.")),
    ] = None,
    reading: Annotated[Input, Options("scheme stage decimal columns sheet unit")],
    out: Written,
) -> None:
    """Explain one criterion, of each unit of a file or of a scheme, or a finding."""
    if finding is not None:
        _explain_finding(finding.upper(), out)
        return
    *files, code = targets or [""]
    _check(files, code, has_scheme=bool(reading.scheme))
    subjects: list[Result | Scheme]
    reading = reading.of(files)
    if files:
        subjects = list(results_of(reading))
    else:
        subjects = [load_scheme(each) for each in reading.scheme or []]
    shapes = Shapes(
        (view.explanation_table(each, code, current()) for each in subjects),
        view.COLUMNS,
        (row for each in subjects for row in view.explanation_rows(each, code)),
        view.FORMAT,
        (view.explanation_record(each, code) for each in subjects),
        "explanations",
    )
    write(shapes, out, reading.inputs)


def _check(files: list[str], code: str, *, has_scheme: bool) -> None:
    """Refuse what is no file and no code, or not in this order.

    Raises:
        typer.BadParameter: it is so, with what is missing.
    """
    is_file = code.lower().endswith((*ENDINGS,))
    if len(files) == 1 and is_file:
        told = _("the file comes first: parindex explain {file} {code}", file=code, code=files[0])
    elif not files and is_file:
        told = _(
            "a code is missing behind the file, such as 3: parindex explain {file} 3", file=code
        )
    elif not files and code and not has_scheme:
        told = _("a file of scorecards is missing before the code, or --scheme behind it")
    elif len(files) > 1 or not code:
        told = _("name a scorecard and a code, or --scheme and a code")
    else:
        return
    raise typer.BadParameter(told, param_hint=_("CODE"))


def _explain_finding(code: str, out: Output) -> None:
    from parindex.cli.checked import no_finding
    from parindex.findings import kinds
    from parindex.tables import findings as page

    if code not in kinds():
        raise typer.BadParameter(no_finding(code), param_hint="--finding")
    said = page.page_rows(code, language("en"))
    shapes = Shapes(
        (page.page_table(each, current()) for each in [code]),
        page.PAGE_COLUMNS,
        ({"code": code, "item": item, "text": text} for item, text in said),
        page.PAGE_FORMAT,
        map(page.page_record, [code]),
        "findings",
    )
    write(shapes, out)
