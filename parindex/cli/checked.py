"""What a command found in files: which of it is wanted, how it is written, and how it exits."""

from collections.abc import Iterable
from itertools import islice
from typing import Annotated, Final, NamedTuple

import typer

from parindex.cli.options import Output
from parindex.cli.output import destination
from parindex.cli.printing import format_of, write
from parindex.cli.talk import MOST_FAULTS
from parindex.cli.words import _, current
from parindex.files.checking import MOST, Checked
from parindex.findings import kinds, severity
from parindex.render.formats import Format, Shapes
from parindex.tables.findings import (
    COLUMNS,
    FORMAT,
    checked_lines,
    finding_record,
    findings_table,
    summary,
)
from parindex.values.codes import (
    EMPTY_FILE,
    FILE_TOO_LARGE,
    FILE_UNREADABLE,
    NESTED_TOO_DEEP,
    NO_SCORECARDS,
    NOT_UTF8,
    SYNTAX_BROKEN,
)
from parindex.values.finding import Finding
from parindex.values.fuzzy import suggest

_MOST_NEAR: Final = 3
_UNREAD: Final = frozenset(
    (
        FILE_UNREADABLE,
        FILE_TOO_LARGE,
        NOT_UTF8,
        SYNTAX_BROKEN,
        NESTED_TOO_DEEP,
        EMPTY_FILE,
        NO_SCORECARDS,
    )
)
"""Findings of a file that was not read, or not to its end, whatever else was found in it."""


class Wanted(NamedTuple):
    """Which findings are told, as the options of these names say."""

    select: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CODES",
            help=_("Only findings with these codes, or that start so: P6,P203; may be repeated."),
        ),
    ] = None
    ignore: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CODES", help=_("Leave out findings with these codes; may be repeated.")
        ),
    ] = None

    def of(self, checked: Iterable[Checked]) -> list[Checked]:
        """The same files with the findings that are wanted; that a file was not read always is.

        Raises:
            typer.BadParameter: no code starts so.
        """
        wanted = _codes(self.select, "--select") or frozenset(kinds())
        wanted = (wanted - _codes(self.ignore, "--ignore")) | _UNREAD
        return [
            Checked(each.file, [finding for finding in each.findings if finding.code in wanted])
            for each in checked
        ]


def report(checked: list[Checked], out: Output, inputs: list[str]) -> None:
    """Write every finding; exit with 1 where one is an error, with 2 where a file was not read."""
    if format_of(out) is Format.TABLE:
        with destination(out.output, inputs) as stream:
            stream.writelines(f"{line}\n" for line in _lines(checked))
    else:
        write(_shapes(checked), out, inputs)
    if any(finding.code in _UNREAD for finding in _all(checked)):
        raise typer.Exit(2)
    if any(severity(finding) == "error" for finding in _all(checked)):
        raise typer.Exit(1)


def _shapes(checked: list[Checked]) -> Shapes:
    found = list(islice(_all(checked), MOST))
    note = summary(_all(checked), len(checked), current())
    return Shapes(
        (findings_table(each, note, current()) for each in [found]),
        COLUMNS,
        map(finding_record, found),
        FORMAT,
        map(finding_record, found),
        "findings",
    )


def _all(checked: Iterable[Checked]) -> Iterable[Finding]:
    return (finding for each in checked for finding in each.findings)


def _lines(checked: list[Checked]) -> Iterable[str]:
    for each in checked:
        yield from checked_lines(each.findings, MOST_FAULTS, current())
    yield summary(_all(checked), len(checked), current())


def _codes(given: list[str] | None, option: str) -> frozenset[str]:
    """The codes that are named, or that start as what is named.

    Raises:
        typer.BadParameter: no code starts so.
    """
    found: set[str] = set()
    for name in (each.strip().upper() for text in given or [] for each in text.split(",")):
        codes = {code for code in kinds() if name and code.startswith(name)}
        if not codes:
            raise typer.BadParameter(no_finding(name), param_hint=option)
        found |= codes
    return frozenset(found)


def no_finding(code: str) -> str:
    """That no finding has a code, with those that are like it or of the same group, where there are any."""
    told = _("no finding has the code {found}", found=code or "—")
    group = [each for each in kinds() if len(code) > 1 and each.startswith(code[:2])]
    near = suggest(code, kinds()) or ", ".join(group[:_MOST_NEAR])
    return f"{told} ({_('did you mean')}: {near})" if near else str(told)
