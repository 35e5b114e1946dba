"""A very small spreadsheet: works out the formulas that templates hold, where no program is at hand."""

import datetime
import math
import re
from collections.abc import Callable
from typing import Any

from openpyxl.workbook import Workbook

_TOKEN = re.compile(
    r'\s*("[^"]*"|[0-9.]+|<>|>=|<=|[A-Z]+(?=\()|(?:\w+!|\'[^\']*\'!)?\$?[A-Z]+\$?[0-9]+|.)'
)


class Wrong(Exception):  # noqa: N818
    """An error such as a division by nothing."""


class Spreadsheet:
    """The values of the cells of a workbook's first sheet."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._tokens: list[str] = []

    def value(self, cell: str) -> Any:
        """The value of a cell, worked out where it holds a formula; empty ones are `""`."""
        sheet, _, at = cell.replace("$", "").rpartition("!")
        sheet = sheet.strip("'")
        found: Any = (self._book[sheet] if sheet else self._book.worksheets[0])[at].value
        if isinstance(found, datetime.date):
            return _date(found.year, found.month, found.day)
        if not isinstance(found, str) or not found.startswith("="):
            return "" if found is None else found
        outer, self._tokens = self._tokens, _TOKEN.findall(found[1:])[::-1]
        try:
            return self._compared()()
        finally:
            self._tokens = outer

    def _compared(self) -> Callable[[], Any]:
        sums = self._joined(self._joined(self._operand, "*/"), "+-")
        left: Callable[[], Any] = sums()
        signs = {"=", "<>", ">", "<", ">=", "<="}
        if not self._tokens or self._tokens[-1] not in signs:
            return left
        sign, right = self._tokens.pop(), sums()

        def compare() -> Any:
            one, other = left(), right()
            if sign in ("=", "<>"):
                return (one == other) == (sign == "=")
            a, b = _order(one), _order(other)
            return {">": a > b, "<": a < b, ">=": a >= b, "<=": a <= b}[sign]

        return compare

    def _joined(self, part: Callable[[], Callable[[], Any]], signs: str) -> Callable[[], Any]:
        def parse() -> Callable[[], Any]:
            left: Callable[[], Any] = part()
            while self._tokens and self._tokens[-1] in signs:
                left = _apply(self._tokens.pop(), left, part())
            return left

        return parse

    def _operand(self) -> Callable[[], Any]:  # noqa: PLR0911
        token = self._tokens.pop()
        if token.startswith('"'):
            return lambda: token[1:-1]
        if re.fullmatch("[0-9.]+", token):
            return lambda: float(token)
        if self._tokens and self._tokens[-1] == "(":
            self._tokens.pop()
            if self._tokens[-1] == ")":
                self._tokens.pop()
                return lambda: _call(token, [])
            given = [self._compared()]
            while self._tokens.pop() == ",":
                given.append(self._compared())
            return lambda: _call(token, given)
        if token == "(":  # noqa: S105
            inner = self._compared()
            self._tokens.pop()
            return inner
        if token == "-":  # noqa: S105
            operand = self._operand()
            return lambda: -operand()
        if self._tokens and self._tokens[-1] == ":":
            self._tokens.pop()
            last = self._tokens.pop()
            return lambda: self._range(token, last)
        return lambda: self.value(token)

    def _range(self, first: str, last: str) -> list[Any]:
        sheet, _, at = first.replace("$", "").rpartition("!")
        column = at.rstrip("0123456789")
        rows = range(int(at[len(column) :]), int(last.replace("$", "")[len(column) :]) + 1)
        return [self.value(f"{sheet}!{column}{row}") for row in rows]


def _order(value: Any) -> tuple[bool, Any]:
    """Every text comes after every number."""
    return isinstance(value, str), value


def _date(year: float, month: float, day: float) -> int:
    first = datetime.date(1899, 12, 30)
    return (datetime.date(int(year), int(month), int(day)) - first).days


def _error() -> None:
    raise Wrong


def _whole(value: Any) -> float:
    if isinstance(value, str):
        raise Wrong
    return math.floor(float(value))


def _apply(sign: str, left: Callable[[], Any], right: Callable[[], Any]) -> Callable[[], Any]:
    def work_out() -> Any:
        one, other = left(), right()
        if "" in (one, other) or isinstance(one, str) or isinstance(other, str):
            raise Wrong
        if sign == "/" and not other:
            raise Wrong
        made = {"+": one + other, "-": one - other, "*": one * other}
        return made[sign] if sign in made else one / other

    return work_out


def _call(name: str, given: list[Callable[[], Any]]) -> Any:
    if name == "IF":
        return given[1]() if given[0]() else given[2]()
    if name == "IFERROR":
        try:
            return given[0]()
        except Wrong:
            return given[1]()
    return _FUNCTIONS[name](*(each() for each in given))


def _match(wanted: Any, among: list[Any], _: object) -> int:
    wanted = re.sub("~(.)", r"\1", wanted)
    if wanted not in among:
        raise Wrong
    return among.index(wanted) + 1


def _round(value: Any, digits: float) -> Any:
    if isinstance(value, str):
        raise Wrong
    return round(value, int(digits))


_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "SUM": lambda *values: sum(value for value in values if not isinstance(value, str)),
    "COUNT": lambda *values: sum(not isinstance(value, str) for value in values),
    "DATE": _date,
    "INT": _whole,
    "N": lambda value: 0 if isinstance(value, str) else value,
    "NA": _error,
    "NOT": lambda value: not value,
    "TRIM": lambda text: str(text).strip(),
    "INDEX": lambda values, number: values[number - 1],
    "MATCH": _match,
    "ISNUMBER": lambda value: not isinstance(value, str),
    "SUBSTITUTE": lambda text, old, new: text.replace(old, new),
    "AND": lambda *values: all(values),
    "OR": lambda *values: any(values),
    "MIN": min,
    "MAX": max,
    "ROUND": _round,
}
