"""The rows of an annex taken one after another: criteria, their options, what is none of them."""

import re
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from typing import Final, NamedTuple

from parindex.office.annexes.annex import (
    ADJUSTS,
    AS_DAY,
    CODE_TWICE,
    HIDDEN,
    MAYBE_AREA,
    NO_NUMBER,
    NO_NUMBERS,
    NO_ZEROS,
    NUMBER_GIVEN,
    POINTS_NOT_READ,
    SURVEY_POINTS,
    Annex,
    AnnexRow,
)
from parindex.office.annexes.numbering import (
    Number,
    Numbered,
    Numbering,
    leading_number,
    read_number,
)
from parindex.office.annexes.options import read_option
from parindex.office.annexes.printed import (
    adjusts_by,
    bare,
    is_bulleted,
    is_capitals,
    is_count,
    is_note,
    is_total,
    points_of,
    words_of,
)
from parindex.office.xlsx.cells import Cell

_MOST_ROWS: Final = 20_000
_LONGEST_HEADING: Final = 200


class Told(NamedTuple):
    """What a row says: its texts by what their columns hold, its cells, whether its name is bold."""

    row: int
    texts: Mapping[str, str]
    cells: Mapping[str, Cell]
    is_bold: bool

    def get(self, name: str) -> str:
        """The text of a column."""
        return self.texts.get(name, "")


def _numbered(told: Told) -> tuple[Number | None, str]:
    """The number of a row, in its own column or at the head of its name, and the name."""
    printed, name = told.get("code"), told.get("name")
    number = read_number(bare(printed))
    if number is not None:
        return number, name
    if re.search(r"\w", printed) and not name:
        name = printed
    inner, rest = leading_number(name)
    return read_number(inner), rest


class Exact(str):
    """Text that stood in quotes: no space in it is one too many."""

    __slots__ = ()


class Rows:
    """Takes the rows of a table one after another, and builds the tree of criteria."""

    def __init__(self, annex: Annex) -> None:
        self._annex = annex
        self._points, self._adjusts = points_of, adjusts_by
        self._numbering = Numbering()
        self._open: list[AnnexRow] = []
        self._codes: set[str] = set()
        self._again: Counter[str] = Counter()
        self._bold: set[int] = set()
        self._is_over = False
        self._has_numbers = False
        self._headings: set[int] = set()
        self._numbers_inner = False

    def read(self) -> None:
        """Read all rows below the heading."""
        head, sheet = self._annex.head, self._annex.sheet
        titles = {
            at: sheet.rows[head.first][at].text
            for at in head.columns.values()
            if at in sheet.rows.get(head.first, {})
        }
        hidden = [at for at in head.columns.values() if sheet.hides_column(at)]
        places = sorted((at, name) for name, at in head.columns.items())
        self._look_ahead()
        again = 0
        for number in sorted(row for row in sheet.rows if row > head.last)[:_MOST_ROWS]:
            cells = sheet.rows[number]
            found = {name: cells[at] for at, name in places if at in cells}
            texts = {name: cell.text.strip() for name, cell in found.items()}
            is_bold = (number, head.columns["name"]) in sheet.in_bold
            row = self._as_meant(Told(number, texts, found, is_bold))
            if self._take_own(row):
                continue
            if titles and all(
                at in cells and cells[at].text == text for at, text in titles.items()
            ):
                again = number + head.last - head.first
            elif (texts or head.inner) and number > again and not is_count(list(texts.values())):
                if head.inner:
                    self._take_inner(row, cells)
                else:
                    self._take(row)
                if number in sheet.hidden_rows or hidden:
                    self._hide(number)

    def _as_meant(self, told: Told) -> Told:
        """What the texts of a row mean."""
        return told

    def _take_own(self, _told: Told, /) -> bool:
        """Take a row that says itself what it is; False where it does not."""
        return False

    def _look_ahead(self) -> None:
        """Whether rows have numbers at all, and whether those of inner columns do."""
        head, sheet = self._annex.head, self._annex.sheet
        code, name = head.columns.get("code", 0), head.columns["name"]
        below = [cells for row, cells in sheet.rows.items() if row > head.last]
        numbers = [
            cells for cells in below if code in cells and read_number(bare(cells[code].text))
        ]
        self._has_numbers = bool(numbers) or any(
            leading_number(cells[name].text)[0] for cells in below if name in cells
        )
        self._numbers_inner = any(name not in cells for cells in numbers)
        if not self._has_numbers and not head.inner:
            self._annex.doubts.append((NO_NUMBERS, {}))
            if any(
                points_of(cells[head.columns["maximum"]].text) == 0
                and not is_bulleted(cells[name].text)
                for cells in below
                if {name, head.columns["maximum"]} <= cells.keys()
            ):
                self._annex.doubts.append((NO_ZEROS, {}))

    def _take_inner(self, told: Told, cells: Mapping[int, Cell]) -> None:
        """A row with several columns of criteria: each is within the one before it."""
        inner = [cells[at].text.strip() if at in cells else "" for at in self._annex.head.inner]
        names = [(level, name) for level, name in enumerate([told.get("name"), *inner]) if name]
        if not names or is_total(names[0][1]) or is_note(names[0][1]):
            self._take(told)
            return
        for level, name in names:
            is_last = level == names[-1][0]
            label, rest = leading_number(name)
            number = read_number(
                label
                or (told.get("code") if is_last == self._numbers_inner or len(names) == 1 else "")
            )
            above = self._open[: min(level, len(self._open))]
            count = len(above[-1].children if above else self._annex.areas) + 1
            code = f"{above[-1].code}.{count}" if above else str(count)
            texts = told.texts if is_last else {}
            self._add(
                Told(told.row, texts, told.cells, told.is_bold),
                Numbered(len(above) + 1, code, number.label if number else ""),
                rest,
            )

    def _hide(self, row: int) -> None:
        """Say of a criterion that nobody sees it in the file."""
        for each in self._open[-1:]:
            if each.row == row:
                each.doubts.append((HIDDEN, {}))

    def _take(self, told: Told) -> None:
        number, name = _numbered(told)
        maximum = self._points(told.get("maximum"))
        code = told.cells.get("code")
        if code is not None and code.kind in ("date", "time"):
            words = f"{told.get('code')} {name}".strip()
            self._annex.passed.append((told.row, words, AS_DAY))
        elif number is not None and (name or maximum is not None):
            if code is not None and code.kind == "number":
                number = self._numbering.next_after(number)
            self._add(told, self._numbering.add(number), name)
        elif is_total(name):
            self._annex.totals.append((told.row, name, maximum))
            self._is_over = self._is_over or maximum is not None
        elif is_note(name):
            self._annex.passed.append((told.row, name, ""))
        else:
            self._take_without_number(told, name, maximum)

    def _take_without_number(self, told: Told, name: str, maximum: Decimal | None) -> None:
        if self._is_heading(told, name, maximum):
            is_late = bool(self._open) and bool(self._annex.areas[0].label)
            kind = self._adjusts(name)
            self._headings.add(told.row)
            code = {"bonus": "T", "penalty": "P"}.get(kind, "")
            self._add(told, self._numbering.add_capitals(code), name)
            if is_late and not kind:
                self._open[-1].doubts.append((NUMBER_GIVEN, {}))
        elif name and not (
            self._has_numbers or maximum is None or is_bulleted(name) or self._is_over
        ):
            self._add_counted(told, name)
        else:
            self._below(told, name)

    def _add_counted(self, told: Told, name: str) -> None:
        """A criterion of a table without numbers: below the area that is open."""
        area = self._open[:1] if self._open and self._open[0].row in self._headings else []
        count = len(area[0].children if area else self._annex.areas) + 1
        code = f"{area[0].code}.{count}" if area else str(count)
        self._add(told, Numbered(len(area) + 1, code, ""), name)
        if any(words is NO_ZEROS for words, _ in self._annex.doubts):
            self._open[-1].doubts.append((NUMBER_GIVEN, {}))

    def _is_heading(self, told: Told, name: str, maximum: Decimal | None) -> bool:
        """Whether a row without a number is an area: in capitals, in bold, or by its words."""
        if not name or len(name) > _LONGEST_HEADING or told.get("guidance"):
            return False
        if maximum is None and self._adjusts(name) and not re.search(r"\d", name):
            return True
        if self._has_numbers and maximum is not None and self._open and self._open[-1].depth == 1:
            return False
        is_bold = told.is_bold and not (self._open and self._open[-1].row in self._bold)
        return is_capitals(name) or is_bold

    def _add(self, told: Told, place: Numbered, name: str) -> None:
        found = self._criterion(told, place, name)
        self._is_over = False
        if told.is_bold:
            self._bold.add(told.row)
        del self._open[place.depth - 1 :]
        found.adjusts = self._open[0].adjusts if self._open else self._adjusts(name)
        found.maximum = self._maximum(told, found)
        self._put(found)
        if place.depth > 1 and not found.adjusts and self._adjusts(name[:20]):
            found.doubts.append((ADJUSTS, {}))

    def _put(self, found: AnnexRow) -> None:
        """Put a criterion below those that are open."""
        (self._open[-1].children if self._open else self._annex.areas).append(found)
        self._open.append(found)

    def _criterion(self, told: Told, place: Numbered, name: str) -> AnnexRow:
        """A criterion with the texts of its row, and a code of its own."""
        found = AnnexRow(
            told.row,
            place.depth,
            place.code,
            place.label,
            (name if isinstance(name, Exact) else re.sub(r"\s+", " ", name))
            or place.label
            or place.code,
            guidance="\n".join(filter(None, (told.get("guidance"), words_of(told.get("options"))))),
            documents=told.get("documents"),
            lead=told.get("lead"),
            note=told.get("note"),
        )
        if found.code in self._codes:
            found.doubts.append((CODE_TWICE, {"found": found.label or found.code}))
            for last in self._open[-1:]:
                last.doubts += [(MAYBE_AREA, {})] if last.options else []
            self._again[found.code] += 1
            found.code = f"{found.code}-{self._again[found.code] + 1}"
        self._codes.add(found.code)
        return found

    def _maximum(self, told: Told, found: AnnexRow) -> Decimal | None:
        """The maximum of a criterion; what is no number, or belongs to a survey, is a doubt."""
        printed, survey = told.get("maximum"), points_of(told.get("survey"))
        maximum = self._points(printed)
        if survey:
            found.doubts.append((SURVEY_POINTS, {"found": f"{survey:f}"}))
            if self._annex.head.is_split:
                maximum = survey + (maximum or 0)
        if maximum is not None and maximum < 0:
            maximum = -maximum if found.adjusts in ("penalty", "mixed") else None
        if maximum is None and printed.strip(" -–"):
            found.doubts.append((POINTS_NOT_READ, {"found": printed}))
        return maximum

    def _below(self, told: Told, name: str) -> None:
        """An option of the criterion above, or more of its words; else it is passed over."""
        last = self._open[-1] if self._open else None
        words = name or told.get("guidance")
        points = (
            told.get("options")
            if points_of(told.get("options")) is not None
            else told.get("maximum")
        )
        option = read_option(words, points) if words and points else None
        fits = (
            option
            and last
            and (last.maximum is None or option.share is not None or option.points <= last.maximum)
        )
        if re.search(r"\w", told.get("code")) and words:
            self._annex.passed.append((told.row, f"{told.get('code')} {words}", NO_NUMBER))
        elif last is not None and option is not None and fits and not self._is_over:
            if not name and not last.options and last.maximum is not None:
                first = read_option(last.guidance, f"{last.maximum:f}")
                last.options += [first] if first else []
                last.guidance = ""
            last.options.append(option)
        elif last is not None and not points and not last.options and not self._is_over:
            for key, more in (
                ("guidance", name),
                ("guidance", told.get("guidance")),
                ("guidance", told.get("options")),
                ("documents", told.get("documents")),
            ):
                if more:
                    setattr(last, key, f"{getattr(last, key)}\n{more}".strip())
        elif words or points:
            self._annex.passed.append((told.row, words or points, NO_NUMBER if points else ""))
