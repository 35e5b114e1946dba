"""Checks by Python: scorecards, schemes and results, results that were handed on, and cases."""

from collections.abc import Iterable, Iterator
from os import PathLike

from parindex.analysis.cases import Checked, check_case
from parindex.analysis.verification import Verified, compare, depth_of, recomputed_for
from parindex.api.reading import CARD, GIVEN, FileKind, Given, check_scheme, scheme_of
from parindex.files.case_file import read_cases
from parindex.files.checking import Checker
from parindex.files.given import is_given
from parindex.files.open_scorecards import Reading
from parindex.files.result_file import HandedOn, read_results
from parindex.published_figures.units import misspelt
from parindex.reading.numerals import DecimalMark
from parindex.scheme.scheme import Scheme
from parindex.scorecard.scorecard import Scorecard
from parindex.scoring.result import Result
from parindex.tables.score_data import score_data
from parindex.values.arguments import choice, each_of, expect, path_of
from parindex.values.as_data import Several
from parindex.values.fields import short
from parindex.values.finding import Finding
from parindex.version import __version__


def check(
    file: Given | Scorecard,
    scheme: Scheme | None = None,
    decimal: DecimalMark | None = None,
    *,
    kind: FileKind | None = None,
    unit: str = "",
) -> Several[Finding]:
    """Everything that is wrong, or looks wrong, in scorecards, schemes or results; raises none of it.

    >>> found = parindex.check({"unit": "A", "year": 2018, "scores": {"1": "8,x"}})
    >>> [(each.code, str(each.place)) for each in found if each.severity == "error"]
    [('P110', '/scores/1')]

    Args:
        file: a file or folder, or what is in memory, as for `read_scorecards`; a scheme or the
            result of `score` as data; or a scorecard, or a list of them.
        scheme: the scheme of the scorecards; without it as for `score`.
        decimal: which is the decimal mark, as for `read_scorecards`.
        kind: the format of bytes or of a stream.
        unit: whose the table is, where the one of a file names no unit.

    Returns:
        The findings in their order, errors and doubts alike; none where all is well.

    Raises:
        ValueError: `decimal` or `kind` is none of its choices.
    """
    check_scheme(scheme)
    if decimal is not None:
        choice("decimal", decimal, DecimalMark)
    if kind is not None:
        choice("kind", kind, FileKind)
    expect("unit", unit, str, "the name of a unit")
    reading = Reading([] if scheme is None else [scheme], decimal, unit=unit)
    checker = Checker(reading, misspelt)
    cards = [file] if isinstance(file, Scorecard) else file
    if isinstance(cards, list | tuple) and cards and isinstance(cards[0], Scorecard):
        several = each_of("file", cards, Scorecard, CARD)
        found = [checker.card(each, scheme or scheme_of(each)) for each in several]
        return Several(Finding, (finding for each in found for finding in each))
    if is_given(file):
        return Several(Finding, checker.given(file, kind))
    read = checker.check(path_of("file", file, f"{GIVEN}, or a Scorecard"))
    return Several(Finding, (each for of in read for each in of.findings))


def verify(handed_on: str | PathLike[str], results: Iterable[Result]) -> Several[Verified]:
    """Whether results that were handed on still come out of their scorecards.

    >>> [card] = parindex.read_scorecards("examples/soc-trang-2018.yaml")
    >>> result = parindex.score(card)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "result.json")
    ...     _ = file.write_text(result.to_json(), encoding="utf-8")
    ...     parindex.verify(file, [result])[0].agrees
    True

    Args:
        handed_on: JSON or NDJSON of `score`, a file.
        results: the results of the scorecards, scored anew.

    Returns:
        Of each result that was handed on what differs; `agrees` where nothing does.

    Raises:
        InputError: the file cannot be read, or holds no results.
    """
    given = read_results(path_of("handed_on", handed_on))
    known = [*each_of("results", results, Result, "a Result (of score)")]
    matched = recomputed_for([each.result for each in given], known)
    pairs = zip(given, matched, strict=True)
    return Several(Verified, (verified(each, result) for each, result in pairs))


def verified(handed_on: HandedOn, result: Result | None) -> Verified:
    """One result that was handed on, held against the same one scored anew."""
    tree, version, _place = handed_on
    unit, year = short(tree["unit"] or "–"), short(tree["year"] or "–")
    if result is None:
        return Verified(unit, year, "", version, 0, (), missing=True)
    data = score_data(result, depth_of(tree))
    cells, differences = compare(tree, data, same_version=version == __version__)
    return Verified(unit, year, result.scheme.id, version, cells, differences)


def test(files: str | PathLike[str] | Iterable[str | PathLike[str]]) -> Several[Checked]:
    """Check cases: what must come of an input, and what did.

    >>> [*{case.passed for case in parindex.test("tests/cases/bounds.yaml")}]
    [True]

    Args:
        files: files of cases in YAML, or folders of them.

    Raises:
        InputError: every fault of every case.
    """
    one = [files] if isinstance(files, str | PathLike) else files
    return Several(Checked, map(check_case, read_cases(_paths(one))))


def _paths(files: Iterable[str | PathLike[str]]) -> Iterator[str]:
    for each in each_of("files", files, str | PathLike, "a path"):
        yield path_of("files", each)
