"""Scorecards and results as commands ask for them: files, scheme, stage, decimal mark, units."""

import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final

import typer

from parindex.cli.options import Input
from parindex.cli.progress import progress
from parindex.cli.talk import manner, print_doubts, say_more
from parindex.cli.words import _
from parindex.files import open_scorecards as files
from parindex.files.open_scorecards import (
    faults_in,
    is_unreadable,
    read_scorecards,
    scorecard_files,
    without_schemes,
)
from parindex.findings import InputError
from parindex.findings.wing import scale, wing
from parindex.scheme.catalog import choose_scheme, load_scheme, load_schemes
from parindex.scheme.scheme import Scheme
from parindex.scorecard.scorecard import Scorecard, Stage
from parindex.scoring import score
from parindex.scoring.group_best import Together
from parindex.scoring.result import Result
from parindex.values.codes import NO_SUCH_UNIT_GIVEN
from parindex.values.finding import Finding, in_file
from parindex.values.fuzzy import is_unit, suggest
from parindex.values.language import N_


def results_of(reading: Input, *, quiet: bool = False) -> Iterator[Result]:
    """The results of all scorecards, one after another as they are read.

    From the first one on whose scheme compares units with the best of their group, they wait
    until all are read.

    Where that takes long a terminal sees how many they are, unless it is to be
    `quiet`: what is written to a terminal as it comes needs the place.

    Raises:
        InputError: after the last one, every fault of every file.
    """
    results = _results(reading)
    return results if quiet else progress(results, _("Reading scorecards"))


def _results(reading: Input) -> Iterator[Result]:
    how = how_of(reading)
    findings: list[Finding] = []
    held: list[tuple[Scorecard, Scheme]] = []
    wanted = reading.unit or ()
    met: dict[str, None] = {}
    for file in reading.files:
        told: list[Finding] = []
        passed: list[Finding] = []
        try:
            _tell_files(file)
            for card in read_scorecards(
                file, how, passed=passed, skip=bool(reading.skip_unreadable)
            ):
                is_wanted = _is_wanted(card, wanted)
                if wanted:
                    met[card.unit] = None
                try:
                    scheme = scheme_of(card, how.schemes)
                    if scheme.relative or (held and is_wanted):
                        held.append((card, scheme))
                    elif is_wanted:
                        yield score(card, scheme, reading.stage)
                except InputError as error:
                    told += error.findings if is_wanted else ()
        except InputError as error:
            told += error.findings
        print_doubts(_told(passed, told, reading))
        findings += sorted(told, key=in_file)
    yield from _together(held, wanted, reading.stage, findings)
    units = (
        Finding(NO_SUCH_UNIT_GIVEN, "", {"found": name, "near": suggest(name, met)})
        for name in wanted
        if not any(is_unit(each, name) for each in met)
    )
    _raise_all(findings, units)


def _is_wanted(card: Scorecard, wanted: Collection[str]) -> bool:
    """Whether a scorecard is of one of the units that are asked for, or of any where none is."""
    return not wanted or any(is_unit(card.unit, name) for name in wanted)


def _raise_all(findings: Sequence[Finding], units: Iterable[Finding]) -> None:
    """Raise the faults of files, else of units that no file has: in a file that was not read one may be.

    Raises:
        InputError: there are any.
    """
    findings = findings or [*units]
    if findings:
        raise InputError(findings)


def _together(
    held: Sequence[tuple[Scorecard, Scheme]],
    wanted: Collection[str],
    stage: Stage | None,
    findings: list[Finding],
) -> Iterator[Result]:
    """The results of units that are compared with each other; their faults are added to `findings`."""
    of = Together(held)
    for card, scheme in held:
        if _is_wanted(card, wanted):
            try:
                yield of.score(card, scheme, stage)
            except InputError as error:
                findings += sorted(error.findings, key=in_file)


def parts_of(reading: Input) -> list[tuple[str, Scorecard]]:
    """The scorecards of files, each once, with the files; several may be of one unit, or empty still.

    Raises:
        InputError: every fault of every file.
    """
    how = how_of(reading, parts=True)
    wanted = reading.unit or ()
    cards: list[tuple[str, Scorecard]] = []
    findings: list[Finding] = []
    passed: list[Finding] = []
    names = each_file(reading.files, passed)
    for file in progress(names, _("Reading files")):
        try:
            found = list(read_scorecards(file, how))
        except InputError as error:
            if reading.skip_unreadable and file not in reading.files and is_unreadable(error):
                passed += error.findings
            else:
                findings += sorted(error.findings, key=in_file)
            continue
        print_doubts([doubt for card in found for doubt in card.doubts])
        cards += [(file, card) for card in found if _is_wanted(card, wanted)]
    print_doubts(_told(passed, findings, reading))
    _raise_all(
        findings,
        (
            Finding(NO_SUCH_UNIT_GIVEN, "", {"found": name})
            for name in wanted
            if not any(is_unit(card.unit, name) for _file, card in cards)
        ),
    )
    return cards


def _tell_files(given: str) -> None:
    """Tell whoever wants to know which files of a folder are read."""
    if manner().is_verbose and os.path.isdir(given):  # noqa: PTH112 - of any name
        for file in scorecard_files(given, []):
            say_more(_("Reads {file}", file=file))


def _told(passed: list[Finding], faults: list[Finding], reading: Input) -> list[Finding]:
    """What was passed over and is only told; the rest are faults where nothing is to be skipped."""
    if reading.skip_unreadable is not False:
        return passed
    faults[:0] = faults_in(passed)
    return [each for each in passed if each not in faults]


def each_file(given: Sequence[str], passed: list[Finding]) -> list[str]:
    """The files themselves and those of folders, each once.

    Args:
        given: names of files and folders.
        passed: takes what else stands in folders, and so is not read.

    Raises:
        InputError: every folder without scorecards.
    """
    names: dict[str, str] = {}
    findings: list[Finding] = []
    for each in given:
        try:
            for name in without_schemes(each, passed):
                names.setdefault(name if name == "-" else os.path.realpath(name), name)
        except InputError as error:
            findings += error.findings
    if findings:
        raise InputError(findings)
    return [*names.values()]


def how_of(reading: Input, *, parts: bool = False) -> files.Reading:
    """How scorecards are read, with the schemes and columns that options name.

    Raises:
        InputError: every fault of every scheme.
    """
    schemes, columns = load_schemes(reading.scheme or ()), columns_of(reading.columns)
    sheet, tell = reading.sheet or "", lambda finding: print_doubts([finding])
    if reading.engine == "columns":
        scale("exact.read")  # what is missing is told before anything is read
    by_columns = _tell_columns if manner().is_verbose else None
    how = files.Reading(
        schemes, reading.decimal, columns, sheet, parts, tell, reading.engine, by_columns
    )
    return how._replace(unit=_unit_told(reading))


def _unit_told(reading: Input) -> str:
    """The one unit that `--unit` names, of the one file that is read; of several it is not known whose it is."""
    files_of, names = reading.files, [*(reading.unit or filter(None, [reading.nameless]))]
    is_one = len(files_of) == len(names) == 1 and not os.path.isdir(files_of[0])  # noqa: PTH112 - of any name
    return names[0] if is_one else ""


_WHY: Final = {
    "cells": N_("a cell that its rule does not take, or that says more than columns add up"),
    "few": N_("a table of few units, or parindex[scale] is not installed"),
    "head": N_("a maximum of its own, or a profile that the scheme does not have"),
    "rows": N_("rows of stages, parts or sums, or two for one leaf"),
    "scheme": N_("a scheme that columns do not add up"),
    "table": N_("a table in which columns do not tell rows or units apart"),
}


def _tell_columns(columns: int, rows: Mapping[str, int]) -> None:
    """Say on stderr how many units were added up by columns, and why others were not."""
    say_more(_("By columns: {count} units.", count=columns))
    for why, count in rows.items():
        told = {"why": _(_WHY[why]), "count": count}
        if why in ("few", "table"):
            say_more(_("By rows: {why}.", **told))
        elif count:
            say_more(_("By rows: {count} units, {why}.", **told))


def scheme_of(card: Scorecard, schemes: Sequence[Scheme]) -> Scheme:
    """The scheme of a scorecard: of those given, or else of the catalog."""
    if card.own is not None:
        return card.own
    if card.scheme_file and not schemes:
        return load_scheme(card.scheme_file)
    wanted = (card.scheme, card.level, card.year, card.province, card.group, card.parent)
    return choose_scheme(schemes, *wanted)


def columns_of(told: str | None) -> dict[str, int]:
    """The columns of a workbook as `--columns` tells them."""
    if told is None:
        return {}
    try:
        columns: dict[str, int] = wing("xlsx.headings").columns_told(told)
    except ValueError as error:
        message = _(
            "expected code=B and columns of points, like self=E; found: {found}", found=error
        )
        raise typer.BadParameter(message, param_hint="--columns") from None
    return columns
