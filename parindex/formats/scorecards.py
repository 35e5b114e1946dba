"""Scorecards from files and standard input: the one reader that all commands use."""

from collections.abc import Iterator

from parindex.catalog import find_scheme
from parindex.findings import InputError
from parindex.formats.documents import documents
from parindex.formats.numerals import DecimalMark
from parindex.formats.scorecard_file import HeadForm, scorecard_of
from parindex.model.finding import Finding
from parindex.model.scheme import Scheme
from parindex.model.scorecard import Scorecard


def read_scorecards(
    file: str, scheme: Scheme | None = None, mark: DecimalMark | None = None
) -> Iterator[Scorecard]:
    """The scorecards of a file, or of standard input for `-`.

    Args:
        file: the name of a YAML file with one or more documents, or `-`.
        scheme: the scheme of all of them; without it each names its own, or
            level and year do.
        mark: which of comma and point is the decimal mark; without it a number
            that can be read in two ways is refused.

    Yields:
        The scorecards in the order of the file, each with the id of its scheme.

    Raises:
        InputError: every fault of the file, in its order.
    """

    def scheme_of(head: HeadForm) -> Scheme:
        return scheme or find_scheme(head.scheme, head.level, head.year)

    read = [scorecard_of(document, scheme_of, mark) for document in documents(file)]
    findings = [finding for _, _, faults in read for finding in faults]
    if findings:
        for scorecard, its_scheme, _ in read:
            if scorecard is not None and its_scheme is not None:
                findings += _unfit(scorecard, its_scheme)
        raise InputError(sorted(findings, key=_in_file))
    for scorecard, _, _ in read:
        if scorecard is not None:
            yield scorecard


def _unfit(scorecard: Scorecard, scheme: Scheme) -> tuple[Finding, ...]:
    """The faults that only scoring finds, so that the user sees all at once."""
    from parindex.scoring import score

    try:
        score(scorecard, scheme)
    except InputError as error:
        return error.findings
    return ()


def _in_file(finding: Finding) -> tuple[int, int]:
    return (finding.place.line, finding.place.column) if finding.place else (0, 0)
