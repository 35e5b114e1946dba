"""The rows of an annex to which a scheme was written: they say their codes and depths themselves."""

import re
from typing import Final

from parindex.office.annexes.annex import Annex, AnnexRow, Block
from parindex.office.annexes.numbering import Numbered
from parindex.office.annexes.printed import exact_points
from parindex.office.annexes.quoted import out_of_cell
from parindex.office.annexes.rows import Exact, Rows, Told

_BLOCK: Final = re.compile(
    r"(?:(?P<bonus>điểm thưởng|bonus)|điểm trừ|penalty)(?:: (?P<name>.*))? \[(?P<id>[a-z0-9-]+)\]",
    re.IGNORECASE | re.DOTALL,
)
_QUOTED: Final = ("code", "name", "documents", "lead", "note")


def _none(_name: str, /) -> str:
    """No name makes a bonus or penalty of a row: those of a scheme are blocks."""
    return ""


class OwnRows(Rows):
    """Takes the rows of an annex of a scheme; a row that somebody added is one of any annex."""

    def __init__(self, annex: Annex) -> None:
        super().__init__(annex)
        self._points, self._adjusts = exact_points, _none

    def _as_meant(self, told: Told) -> Told:
        texts = dict(told.texts)
        for key in texts.keys() & set(_QUOTED):
            text, is_quoted = out_of_cell(texts[key])
            texts[key] = Exact(text) if is_quoted else text
        return told._replace(texts=texts)

    def _take_own(self, told: Told, /) -> bool:
        """Take a block, its item, or a row with its code and depth."""
        name, printed, code = told.get("name"), told.get("code"), told.get("own_code")
        blocks = self._annex.blocks
        if not printed and (block := _BLOCK.fullmatch(name)):
            kind, cap = "bonus" if block["bonus"] else "penalty", exact_points(told.get("maximum"))
            blocks.append(
                Block(told.row, block["id"], kind, block["name"] or "", cap, told.get("note"))
            )
        elif printed and blocks:
            blocks[-1].items.append(self._own(told, Numbered(1, code or printed, printed), name))
        elif code and re.fullmatch("[0-9]{1,2}", depth := told.get("depth")):
            place = Numbered(min(int(depth), len(self._open) + 1), code, printed or code)
            found = self._own(told, place, name)
            del self._open[place.depth - 1 :]
            self._put(found)
        else:
            return False
        return True

    def _own(self, told: Told, place: Numbered, name: str) -> AnnexRow:
        found = self._criterion(told, place, name)
        found.maximum = self._maximum(told, found)
        return found
