"""The rows of an annex to which a scheme was written: they say their codes and depths themselves."""

import re
from typing import Final

from parindex.office.annexes.annex import Annex, AnnexRow, Block
from parindex.office.annexes.numbering import Numbered
from parindex.office.annexes.printed import exact_points
from parindex.office.annexes.quoted import out_of_cell
from parindex.office.annexes.rows import Rows, Told

_BLOCK: Final = re.compile(
    r"(?:(?P<bonus>điểm thưởng|bonus)|điểm trừ|penalty)(?:: (?P<name>.*))? \[(?P<id>[a-z0-9-]+)\]",
    re.IGNORECASE | re.DOTALL,
)
_QUOTED: Final = ("code", "name", "documents", "lead", "note")


class OwnRows(Rows):
    """Takes the rows of an annex of a scheme; a row that somebody added is one of any annex."""

    def __init__(self, annex: Annex) -> None:
        super().__init__(annex)
        self._points = exact_points

    def _take_own(self, told: Told, /) -> bool:
        """Take a block, its item, or a row with its code and depth."""
        texts, exact = dict(told.texts), False
        for key in texts.keys() & set(_QUOTED):
            texts[key], is_quoted = out_of_cell(texts[key])
            exact |= is_quoted and key == "name"
        told = told._replace(texts=texts)
        name, printed, code = told.get("name"), told.get("code"), told.get("own_code")
        name = name if exact else re.sub(r"\s+", " ", name)
        blocks = self._annex.blocks
        if not printed and (block := _BLOCK.fullmatch(told.get("name"))):
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
