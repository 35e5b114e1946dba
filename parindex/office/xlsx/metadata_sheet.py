"""The hidden sheet of a template: what it was made for, and the lists that its cells choose from."""

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from parindex.office.xlsx.cells import column_letters
from parindex.office.xlsx.headings import META, TEMPLATE
from parindex.office.xlsx.inputs import choices_of
from parindex.rules import Rule
from parindex.scheme.scheme import Scheme
from parindex.scorecard.words import STATES
from parindex.values.language import Language

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

_FIRST_FORMULA: Final = 5
"""The columns before hold what the template was made for, and lists."""


class Hidden:
    """Writes the hidden sheet; `states` is the range of the words for states."""

    def __init__(self, book: "Workbook", scheme: Scheme, say: Language) -> None:
        self._sheet = book.add_worksheet(META)
        self._say = say
        self._next = 3
        made = (("scheme", scheme.id), ("sha256", scheme.sha256), ("template", TEMPLATE))
        for row, (name, value) in enumerate(made):
            self._sheet.write_string(row, 0, name)
            self._sheet.write_string(row, 1, value)
        for row, words in enumerate(STATES.values()):
            self._sheet.write_string(row, 3, say.pick(words))
        self._sheet.hide()
        self._sheet.protect()
        self.states = f"{META}!$D$1:$D${len(STATES)}"

    def cell(self, number: int, column: int) -> str:
        """The cell for a formula that belongs to a row of the table."""
        return f"{META}!{column_letters(_FIRST_FORMULA + column + 1)}{number}"

    def formula(self, cell: str, formula: str, value: Decimal | str) -> None:
        """Write a formula that the table refers to, with what it gives now."""
        self._sheet.write_formula(cell.rpartition("!")[2], formula, None, value)

    def choices(self, rule: Rule) -> tuple[str, str]:
        """Write what the options of a rule are called, and their points; gives both ranges."""
        first = self._next + 1
        names = choices_of(rule, self._say)
        for option, points in rule.worths().items():
            self._sheet.write_string(self._next, 0, names[option])
            self._sheet.write_number(self._next, 1, points)
            self._next += 1
        return f"{META}!$A${first}:$A${self._next}", f"{META}!$B${first}:$B${self._next}"
