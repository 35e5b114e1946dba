"""The hidden sheet of a template: what it was made for, and the lists that its cells choose from."""

from typing import TYPE_CHECKING

from parindex.formats.xlsx.inputs import choices_of
from parindex.formats.xlsx.words import META, STATES
from parindex.language import Language
from parindex.model.scheme import Scheme
from parindex.rules.choice import ChoiceRule

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook


class Hidden:
    """Writes the hidden sheet; `states` is the range of the words for states."""

    def __init__(self, book: "Workbook", scheme: Scheme, say: Language) -> None:
        self._sheet = book.add_worksheet(META)
        self._say = say
        self._next = 3
        for row, (name, value) in enumerate((("scheme", scheme.id), ("sha256", scheme.sha256))):
            self._sheet.write_string(row, 0, name)
            self._sheet.write_string(row, 1, value)
        for row, words in enumerate(STATES.values()):
            self._sheet.write_string(row, 3, words[0 if say.code == "vi" else 1])
        self._sheet.hide()
        self._sheet.protect()
        self.states = f"{META}!$D$1:$D${len(STATES)}"

    def choices(self, rule: ChoiceRule) -> tuple[str, str]:
        """Write what the options of a rule are called, and their points; gives both ranges."""
        first = self._next + 1
        for name, points in choices_of(rule, self._say):
            self._sheet.write_string(self._next, 0, name)
            self._sheet.write_number(self._next, 1, points)
            self._next += 1
        return f"{META}!$A${first}:$A${self._next}", f"{META}!$B${first}:$B${self._next}"
