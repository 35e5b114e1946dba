"""Files as `check` looks at them: what kind each is, and everything that is wrong in it."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import Any, Final, Literal, NamedTuple

from parindex.analysis.lint import lint
from parindex.files.given import read_given
from parindex.files.open_scorecards import Reading, opened_scorecards, scorecard_files
from parindex.findings import InputError
from parindex.reading.document import Document
from parindex.scheme.catalog import load_scheme
from parindex.scheme.scheme import Scheme
from parindex.scheme.scheme_file import scheme_of
from parindex.scorecard.duplicate_units import DuplicateUnits, Read
from parindex.scorecard.scorecard import Scorecard
from parindex.scoring import score
from parindex.scoring.group_best import Together
from parindex.values.codes import REFERENCE_UNKNOWN
from parindex.values.finding import Finding, in_file
from parindex.values.fuzzy import fold_name

Kind = Literal["scorecard", "scheme", "result"]


MOST: Final = 10_000
"""Findings of one file at the most; nobody mends more of them at once."""


class Checked(NamedTuple):
    """A file, and what was found in it, in its order."""

    file: str
    findings: list[Finding]


class Checker:
    """Checks files by the schemes that are given, or else those of the catalog.

    `more` looks at each scorecard for what only those know who know the units.
    """

    def __init__(
        self, reading: Reading, more: Callable[[Scorecard, Scheme], Iterable[Finding]]
    ) -> None:
        self._reading, self._more = reading, more

    def check(self, file: str) -> Iterator[Checked]:
        """Everything that is wrong in a file, or in each file of a folder."""
        passed: list[Finding] = []
        try:
            names = scorecard_files(file, passed)
        except InputError as error:
            yield Checked(file, [*error.findings, *passed])
            return
        duplicates = DuplicateUnits()
        for name in names:
            yield Checked(name, self._file(name, duplicates))
        for each in passed:
            yield Checked(str(each.place), [each])

    def _file(self, file: str, duplicates: DuplicateUnits) -> list[Finding]:
        """The findings of one file in its order, at most so many as anybody reads."""
        return _in_order(self._found(file, duplicates))

    def given(self, given: Any, kind: str | None = None) -> list[Finding]:
        """Everything that is wrong in data in memory; see `parindex.files.given`."""
        self._reading = self._reading._replace(in_memory=True)
        try:
            read = read_given(given, self._reading, kind, self._document)
        except InputError as error:
            return list(error.findings)
        return _in_order(self._each(read))

    def card(self, card: Scorecard, scheme: Scheme) -> list[Finding]:
        """What is wrong in a scorecard that was read."""
        return self._scorecard((card, scheme, []))

    def _found(self, file: str, duplicates: DuplicateUnits) -> Iterator[Iterable[Finding]]:
        """The findings of each scorecard, scheme or result of a file."""
        with opened_scorecards(file, self._reading, duplicates, self._document) as (read, _):
            yield from self._each(read)

    def _each(self, read: Iterable[Read]) -> Iterator[Iterable[Finding]]:
        held = []
        for each in read:
            card, scheme, _ = each
            if card is not None and scheme is not None and scheme.relative:
                held.append((card, scheme, each))
            else:
                yield self._scorecard(each)
        of = Together((card, scheme) for card, scheme, _ in held)
        yield from (self._scorecard(each, of) for _, _, each in held)

    def _document(self, document: Document) -> Iterable[Read]:
        """What a document holds: a scorecard, or the findings of a scheme or of results."""
        match _kind(document):
            case "scheme":
                yield None, None, list(_of_scheme(document))
            case "result":
                yield from ((None, None, found) for found in self._results(document))
            case "scorecard":
                yield from self._reading.of_document(document)

    def _scorecard(self, read: Read, of: Together | None = None) -> list[Finding]:
        """The faults of a scorecard's form, what does not fit its scheme, and what looks wrong.

        That the best of its group is not known is no fault of a file with one unit.
        """
        card, scheme, faults = read
        if card is None or scheme is None:
            return faults
        findings = list(faults)
        result = None
        try:
            result = of.score(card, scheme) if of else score(card, scheme)
            findings += (
                each
                for each in result.findings
                if each.code != REFERENCE_UNKNOWN or "found" in each.parameters
            )
        except InputError as error:
            findings += (*card.doubts, *error.findings)
        unread = frozenset(
            str(each.path[1]) if each.path[:1] == ("scores",) else each.where for each in faults
        )
        return [*findings, *lint(card, scheme, result, unread), *self._more(card, scheme)]

    def _results(self, document: Document) -> Iterator[list[Finding]]:
        from parindex.analysis.lint.stored_result import lint_result
        from parindex.files.result_file import figures_of

        for told, faults in figures_of(document):
            yield faults
            known = None
            if told is not None:
                with suppress(InputError):  # a scheme of the user's own, of which nothing is known
                    known = self._scheme_named(told.scheme)
                yield list(lint_result(told, known, document))

    def _scheme_named(self, id_: str) -> Scheme:
        given = (each for each in self._reading.schemes if each.id == id_)
        return next(given, None) or load_scheme(id_)


def _in_order(found: Iterable[Iterable[Finding]]) -> list[Finding]:
    findings: list[Finding] = []
    try:
        for each in found:
            findings += each
            if len(findings) >= MOST:
                break
    except InputError as error:
        findings += error.findings
    return sorted(findings, key=in_file)[:MOST]


_OF_SCHEME: Final = frozenset(("tieu-chi", "linh-vuc", "cac-tieu-chi", "cac-linh-vuc", "xep-loai"))
"""What people call the criteria or the bands of a scheme in Vietnamese, folded."""


def _kind(document: Document) -> Kind:
    """What a document is, by the fields that only one kind has."""
    tree = document.tree if isinstance(document.tree, dict) else {}
    if str(tree.get("format", "")).startswith("parindex-"):
        return "result"
    if "unit" in tree:
        return "result" if "criteria" in tree and "findings" in tree else "scorecard"
    if tree.keys() & {"criteria", "bands", "title", "decision"}:
        return "scheme"
    return "scheme" if {fold_name(key) for key in tree} & _OF_SCHEME else "scorecard"


def _of_scheme(document: Document) -> tuple[Finding, ...]:
    try:
        scheme_of(document)
    except InputError as error:
        return error.findings
    return ()
