"""How the blocks of a report are counted: sections, tables, charts and annexes."""

from collections.abc import Callable, Iterable, Iterator
from itertools import count
from typing import TypeVar

from parindex.office.charts.chart import Chart
from parindex.office.reports.blocks import Block, Heading, Report, TableBlock, Traces
from parindex.values.language import Language, language

Part = TypeVar("Part")
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def numbered(report: Report) -> Iterator[tuple[str, Block]]:
    """Each block with its title and number as they are printed; text has none."""
    say = language(report.lang)
    sections, parts, tables, charts = count(1), count(1), count(1), count(1)
    for block in report.blocks:
        title = ""
        match block:
            case Heading(text, 1):
                parts = count(1)
                title = f"{roman(next(sections))}. {text}"
            case Heading(text):
                title = f"{next(parts)}. {text}"
            case TableBlock(sheet):
                title = say("Table {number}. {title}", number=next(tables), title=sheet.title)
            case Chart():
                title = say("Chart {number}. {title}", number=next(charts), title=block.title)
            case Traces():
                [annex] = annex_titles(1, say)
                title = say("{annex}. {title}", annex=annex, title=block.title)
            case _:
                pass
        yield title, block


def annex_titles(number: int, say: Language) -> list[str]:
    """What so many annexes are called: several have Roman numbers, as Decree 30/2020 asks."""
    if number == 1:
        return [say("Annex")]
    return [say("Annex {number}", number=roman(each)) for each in range(1, number + 1)]


def by_direction(
    parts: Iterable[Part], is_heading: Callable[[Part], bool], is_wide: Callable[[Part], bool]
) -> Iterator[tuple[bool, list[Part]]]:
    """Parts by the direction of their paper, across or not; a heading goes with what follows it."""
    across, run, held = False, list[Part](), list[Part]()
    for part in parts:
        if is_heading(part):
            held.append(part)
            continue
        if is_wide(part) != across:
            if run:
                yield across, run
            across, run = not across, []
        run += [*held, part]
        held = []
    if run or held:
        yield across, [*run, *held]


def roman(number: int) -> str:
    """A whole number in Roman figures."""
    text = ""
    for value, sign in _ROMAN:
        times, number = divmod(number, value)
        text += sign * times
    return text
