"""Files as `check` looks at them: what kind each is, and everything that is wrong in it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Final, Literal, NamedTuple

from parindex.analysis.lint import lint
from parindex.files.open_scorecards import files_of, from_csv
from parindex.findings import InputError
from parindex.reading.document import Document, text_of
from parindex.reading.documents import documents_of, kind_of
from parindex.reading.numerals import DecimalMark
from parindex.reading.source import opened
from parindex.scheme.catalog import choose_scheme, load_scheme
from parindex.scheme.scheme import Scheme
from parindex.scheme.scheme_file import scheme_from
from parindex.scorecard.duplicate_units import Once, Read
from parindex.scorecard.scorecard_file import HeadForm, scorecard_of
from parindex.scoring import score
from parindex.values.finding import Finding, in_file
from parindex.values.wing import wing

Kind = Literal["scorecard", "scheme", "result"]
MOST: Final = 10_000
"""Findings of one file at the most; nobody mends more of them at once."""


class Checked(NamedTuple):
    """A file, and what was found in it, in its order."""

    file: str
    findings: list[Finding]


class Checker:
    """Checks files by the schemes that the user named, or else those of the catalog."""

    def __init__(
        self,
        schemes: Sequence[Scheme],
        decimal: DecimalMark | None,
        columns: Mapping[str, int],
        sheet: str = "",
    ) -> None:
        self._schemes = schemes
        self._decimal = decimal
        self._columns = columns
        self._sheet = sheet

    def check(self, file: str) -> Iterator[Checked]:
        """Everything that is wrong in a file, or in each file of a folder."""
        passed: list[Finding] = []
        try:
            names = files_of(file, passed)
        except InputError as error:
            yield Checked(file, [*error.findings, *passed])
            return
        once = Once(len(names))
        for name in names:
            yield Checked(name, self._file(name, once))
        for each in passed:
            yield Checked(str(each.place), [each])

    def _file(self, file: str, once: Once) -> list[Finding]:
        """The findings of one file in its order, at most so many as anybody reads."""
        findings: list[Finding] = []
        try:
            for found in self._found(file, once):
                findings += found
                if len(findings) >= MOST:
                    break
        except InputError as error:
            findings += error.findings
        return sorted(findings, key=in_file)[:MOST]

    def _found(self, file: str, once: Once) -> Iterator[Iterable[Finding]]:
        """The findings of each scorecard, scheme or result of a file."""
        with opened(file) as source:
            kind = kind_of(file, source.head())
            if kind == "xlsx":
                data = source.read()
                told = (self._scheme_of, self._decimal, self._columns)
                cards = wing("xlsx.read").read_xlsx(data, source.file, *told, sheet=self._sheet)
                yield from map(self._scorecard, once.checked(cards))
            elif kind == "csv":
                table = from_csv(source, self._scheme_of, self._decimal, self._columns)
                yield from map(self._scorecard, once.checked_table(table))
            else:
                text = text_of(source.read(), source.file)
                yield from self._documents(documents_of(text, file), once)

    def _documents(self, documents: Iterable[Document], once: Once) -> Iterator[Iterable[Finding]]:
        for document in documents:
            match _kind(document):
                case "scheme":
                    yield _of_scheme([document])
                case "result":
                    yield from self._results(document)
                case "scorecard":
                    read = scorecard_of(document, self._scheme_of, self._decimal)
                    yield from map(self._scorecard, once.checked([read]))

    def _scorecard(self, read: Read) -> list[Finding]:
        """The faults of a scorecard's form, what does not fit its scheme, and what looks wrong."""
        card, scheme, faults = read
        if card is None or scheme is None:
            return faults
        findings = list(faults)
        result = None
        try:
            result = score(card, scheme)
            findings += result.findings
        except InputError as error:
            findings += (*card.doubts, *error.findings)
        unread = frozenset(
            str(each.path[1]) if each.path[:1] == ("scores",) else each.where for each in faults
        )
        return findings + list(lint(card, scheme, result, unread))

    def _scheme_of(self, head: HeadForm) -> Scheme:
        wanted = (head.scheme, head.level, head.year, head.province, head.group)
        return choose_scheme(self._schemes, *wanted)

    def _results(self, document: Document) -> Iterator[list[Finding]]:
        from parindex.analysis.lint.stored_result import lint_result
        from parindex.files.result_figures import figures_of

        for told, faults in figures_of(document):
            yield faults
            known = None
            if told is not None:
                with suppress(InputError):  # a scheme of the user's own, of which nothing is known
                    known = self._scheme_named(told.scheme)
                yield list(lint_result(told, known, document))

    def _scheme_named(self, id_: str) -> Scheme:
        return next((s for s in self._schemes if s.id == id_), None) or load_scheme(id_)


def _kind(document: Document) -> Kind:
    """What a document is, by the fields that only one kind has."""
    tree = document.tree if isinstance(document.tree, dict) else {}
    if str(tree.get("format", "")).startswith("parindex-"):
        return "result"
    if "unit" in tree:
        return "result" if "criteria" in tree and "findings" in tree else "scorecard"
    return "scheme" if tree.keys() & {"criteria", "bands", "title", "decision"} else "scorecard"


def _of_scheme(documents: list[Document]) -> tuple[Finding, ...]:
    try:
        scheme_from(documents)
    except InputError as error:
        return error.findings
    return ()
