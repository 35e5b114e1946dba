"""What a run says on standard error: faults and talk, as lines or as JSON, and how much of it."""

import os
import sys
from collections.abc import Sequence
from typing import Final, NamedTuple

from parindex.cli.words import _, current, given
from parindex.values.finding import Finding

MOST_FAULTS: Final = 50


class Manner(NamedTuple):
    """How a run talks, as `--errors`, `--quiet` and `--verbose` say."""

    as_json: bool = False
    is_quiet: bool = False
    is_verbose: bool = False


class _Run:
    manner = Manner()
    arguments: Sequence[str] = ()


def settle(arguments: Sequence[str]) -> None:
    """Find out how this run is to talk before its command line is read, which may be at fault."""
    _Run.arguments = arguments
    forms = [*given(arguments, "--errors"), os.environ.get("PARINDEX_ERRORS", "")]
    _Run.manner = Manner(forms[0] == "json", *(_is_there(arguments, each) for each in _AMOUNTS))


def told(option: str) -> list[str]:
    """What the command line of this run gives for an option."""
    return [*given(_Run.arguments, option)]


def line() -> Sequence[str]:
    """The words of this run's command line."""
    return _Run.arguments


def manner() -> Manner:
    """How this run talks."""
    return _Run.manner


def print_faults(findings: Sequence[Finding], *, mends: bool = True) -> None:
    """Every finding on a line of stderr, the first fifty where there are more, and the count.

    Errors say how to mend them, unless it is told otherwise.

    As JSON all of them. Where the run is to be quiet, only those that are errors.
    """
    if manner().is_quiet:
        findings = _errors(findings)
    if manner().as_json:
        for finding in findings:
            _print_record(finding)
        return
    from parindex.findings.lines import fault_lines, finding_lines

    lines = list((fault_lines if mends else finding_lines)(findings, current()))
    for line, _count in lines[:MOST_FAULTS]:
        _print(line)
    if len(lines) > MOST_FAULTS:
        left = sum(count for _line, count in lines[MOST_FAULTS:])
        _print(_("… and {count} more faults", count=left))


def print_doubts(findings: Sequence[Finding]) -> None:
    """What does not stop a command: doubts, and what it passed over; a quiet run does not tell it."""
    if not manner().is_quiet:
        print_faults(findings, mends=False)


def print_usage_fault(command: str, finding: Finding) -> None:
    """What is wrong with the command line of a command, and where to look it up."""
    if manner().as_json:
        _print_record(finding)
        return
    from parindex.findings import message
    from parindex.values.escaping import visible

    where = f"{finding.where}: " if finding.where else ""
    _print(f"{visible(f'{command}: {where}')}{message(finding, current())}")
    _print(_("{command} --help tells what it takes", command=visible(command)))


def print_stop(error: BaseException) -> None:
    """What stopped a command and is no fault of an input."""
    from parindex.findings import message
    from parindex.values.codes import INTERNAL_ERROR, OUT_OF_MEMORY, SYSTEM_REFUSES

    finding = Finding(INTERNAL_ERROR, "", {"found": f"{type(error).__name__}: {error}"})
    if isinstance(error, OSError):
        finding = Finding(SYSTEM_REFUSES, "", {"found": str(error)})
    if isinstance(error, MemoryError):
        finding = Finding(OUT_OF_MEMORY)
    if manner().as_json:
        _print_record(finding)
    else:
        _print(f"parindex: {message(finding, current())}")


def say(text: str) -> None:
    """Talk that is no finding; a run that is to be quiet does not say it."""
    if manner().is_quiet:
        return
    if manner().as_json:
        from parindex.render.json_data import render_line
        from parindex.tables.findings import talk_record

        _print(render_line(talk_record(text.rstrip("\n"))).rstrip("\n"))
        return
    _print(text.removesuffix("\n"))


def say_more(text: str) -> None:
    """Talk for whoever asked for more of it."""
    if manner().is_verbose:
        say(text)


def say_written(text: str) -> None:
    """What was written, for whoever sits at a terminal or asked for more; a program knows it already."""
    is_seen = sys.stderr is not None and sys.stderr.isatty() and not manner().as_json
    if is_seen or manner().is_verbose:
        say(text)


_AMOUNTS: Final = ("--quiet", "--verbose")


def _is_there(arguments: Sequence[str], option: str) -> bool:
    before = arguments[: arguments.index("--")] if "--" in arguments else arguments
    return option in before


def _errors(findings: Sequence[Finding]) -> list[Finding]:
    from parindex.findings import severity

    return [each for each in findings if severity(each) == "error"]


def _print_record(finding: Finding) -> None:
    from parindex.render.json_data import render_line
    from parindex.tables.findings import finding_record

    _print(render_line(finding_record(finding, current())).rstrip("\n"))


def _print(line: str) -> None:
    print(line, file=sys.stderr)  # noqa: T201
