"""The rows of `score` as lines of CSV, of units whose sums columns know.

Under one scheme all such units have the same rows: only names, points and what follows from them
differ. So the rest of each line is made once. The first unit of each scheme is written both
ways; where they differ all of them are written as `score_records` has them.
"""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from math import gcd
from typing import Any, Final, NamedTuple

from parindex.render.csv_table import CsvText
from parindex.scheme.scheme import ORIGIN
from parindex.scoring.outcome import Outcome
from parindex.scoring.reckoned import Reckoned
from parindex.scoring.result import Result
from parindex.tables.figures import rows_of
from parindex.tables.score_rows import COLUMNS, score_records
from parindex.values.exact import LONG_DIGITS, rounded_ratio

_MOST_KNOWN: Final = 65_536
_HEAD: Final = COLUMNS.index("code")
_PARTS: Final = f"{ORIGIN}/"
_OPEN: Final = "\u241f"
"""Stands for a cell that differs from unit to unit."""


def score_lines(results: Iterable[Result], depth: int, dialect: str) -> Iterator[str]:
    """The heading and the rows of all results, as `write_csv` writes their `score_records`.

    Args:
        results: those of any engine.
        depth: down to which level criteria are told.
        dialect: how CSV is written.
    """
    text = CsvText(dialect)
    yield text.start + text.line(COLUMNS)
    sheets: dict[tuple[int, int], _Sheet | None] = {}
    for result in results:
        sheet = None
        scores = result.scorecard.scores
        if isinstance(scores, Reckoned) and scores.is_plain and result.asked_stage is None:
            key = (id(result.scheme), result.scorecard.year)
            if key not in sheets:
                sheets[key] = _sheet(result, depth, text)
            sheet = sheets[key]
        yield from _written(result, depth, text) if sheet is None else sheet.lines(result)


def _written(result: Result, depth: int, text: CsvText) -> Iterator[str]:
    return map(text.line, rows_of(score_records(result, depth), COLUMNS))


def _sheet(result: Result, depth: int, text: CsvText) -> "_Sheet | None":
    """How the units of a scheme are written; None where not all of it is known."""
    told = [*score_records(result, depth)]
    codes = [record.get("code") or record.get("part") or "" for record in told]
    known = {"", *result.known, *(name for name in codes if name.startswith(_PARTS))}
    if {*result.parts} - {ORIGIN} or result.scheme.lowest or not known.issuperset(codes):
        return None
    sheet = _Sheet(result, codes, told, text)
    same = sheet.is_whole and [*sheet.lines(result)] == [*_written(result, depth, text)]
    return sheet if same else None


class _Row(NamedTuple):
    """One row of every unit: its code or part, and maximum, its text, and what was written of points."""

    code: str
    most: tuple[int, int]
    pieces: list[str]
    known: dict[tuple[int, int], str]


class _Sheet:
    """The rows of the units of one scheme and year."""

    def __init__(
        self, result: Result, codes: list[str], told: list[dict[str, Any]], text: CsvText
    ) -> None:
        self._text = text
        self._rounding = result.scheme.rounding
        bands = result.band_set
        self._by_index = bands is not None and bands.by == "percent" and not bands.worst_of
        self._by_index &= bands is None or not any(step.where for step in bands.steps)
        self._bands: dict[str, str] = {}
        self._rows = [self._row(result, *each) for each in zip(codes, told, strict=True)]
        self.is_whole = all(len(row.pieces) == 7 + (not row.code) for row in self._rows)
        """Whether every row has its places for figures, and nothing looks like one."""

    def _row(self, result: Result, code: str, record: Mapping[str, Any]) -> _Row:
        names = ("points", "state", "index", "lost", "low", "high", *(() if code else ("band",)))
        cells = {**record, **dict.fromkeys(names, _OPEN), **dict.fromkeys(COLUMNS[:_HEAD])}
        line = self._text.line(*rows_of([cells], COLUMNS))
        is_part = code.startswith(_PARTS)
        maximum = record["maximum"] if is_part else result.node(code).applicable_max
        most = Fraction(maximum or 1)
        pieces = line[_HEAD * len(self._text.separator) :].split(_OPEN)
        return _Row(code, most.as_integer_ratio(), pieces, {})

    def lines(self, result: Result) -> Iterator[str]:
        """The rows of a unit."""
        card = result.scorecard
        head = {name: getattr(card, name) for name in COLUMNS[:_HEAD]}
        head |= {"level": card.level or result.scheme.level, "scheme": result.scheme.id}
        start = self._text.line([*head.values()])[:-1] + self._text.separator
        for row in self._rows:
            points = (self._outcome(row.code, result).points or Fraction(0)).as_integer_ratio()
            line = row.known.get(points)
            if line is None:
                line = self._line(row, *points, result)
                if len(row.known) < _MOST_KNOWN:
                    row.known[points] = line
            yield start + line

    @staticmethod
    def _outcome(code: str, result: Result) -> Outcome:
        if code.startswith(_PARTS):
            return result.parts[ORIGIN][code.removeprefix(_PARTS)]
        return result.known[code] if code else result.outcome

    def _line(self, row: _Row, above: int, below: int, result: Result) -> str:
        """A row of so many points, which are not below 0, without the cells of the unit."""
        whole, part = row.most
        rounding = self._rounding
        index = self._number(
            rounded_ratio(above * part * 100, below * whole, rounding.index, rounding.mode)
        )
        lost = self._lost(whole * below - above * part, part * below)
        cells = [self._points(above, below), "scored" if above else "zero", index, lost]
        cells += [index, index] if row.code else [self._band(index, result), index, index]
        line = row.pieces[0]
        for cell, piece in zip(cells, row.pieces[1:], strict=True):
            line += cell + piece
        return line

    def _points(self, above: int, below: int) -> str:
        """Points with all their decimals, or as a quotient where they do not end."""
        ending = _ending(above, below)
        return f"{above}/{below}" if ending is None else self._marked(*ending)

    def _lost(self, above: int, below: int) -> str:
        """What was lost, with all its decimals, or with 12 digits where they do not end."""
        divisor = gcd(above, below)
        above, below = above // divisor, below // divisor
        ending = _ending(above, below)
        if ending is not None:
            return self._marked(*ending)
        before = len(str(above // below)) if above >= below else 0
        digits = LONG_DIGITS - before
        return self._marked((2 * above * 10**digits + below) // (2 * below), digits)

    def _marked(self, number: int, digits: int) -> str:
        """A whole number of last digits with its decimal mark."""
        if not digits:
            return str(number)
        text = str(number).zfill(digits + 1)
        return f"{text[:-digits]}{self._text.mark}{text[-digits:]}"

    def _number(self, value: Decimal) -> str:
        return f"{value:f}".replace(".", self._text.mark)

    def _band(self, index: str, result: Result) -> str:
        if not self._by_index:
            return self._text.line([result.band])[:-1]
        found = self._bands.get(index)
        if found is None:
            found = self._bands[index] = self._text.line([result.band])[:-1]
        return found


def _ending(above: int, below: int) -> tuple[int, int] | None:
    """A fraction in lowest terms as a whole number and its decimals; None where they do not end."""
    twos, fives = (below & -below).bit_length() - 1, 0
    rest = below >> twos
    while rest % 5 == 0:
        rest //= 5
        fives += 1
    digits = max(twos, fives)
    return (above * 10**digits // below, digits) if rest == 1 else None
