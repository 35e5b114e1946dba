"""A scheme file out of an annex: YAML that a person reads and corrects."""

import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from parindex.office.annexes.about import About
from parindex.office.annexes.annex import Annex, AnnexRow, cell_of
from parindex.values.fuzzy import fold_name
from parindex.values.language import Language

_WIDTH: Final = 100
_WORD: Final = re.compile(r"(?!true|false|null|yes|no|on|off|[0-9a-f-]+$)[a-z][a-z-]*")
"""Words that need no quotes."""
_LONGEST_ID: Final = 70


def scheme_text(annex: Annex, about: About, source: str, say: Language) -> str:
    """The annex as a scheme file.

    What an annex does not print is left out: nothing is filled in. Comments name the
    cell of each criterion, and what was not understood.

    Args:
        annex: the criteria as printed, with the rules that their words say.
        about: what stands above the table.
        source: the name of the file that was read.
        say: the language of the comments.
    """
    name = about.title or source
    head: dict[str, Any] = {"id": _id(about, name), "title": name}
    head |= {key: value for key, value in (("level", about.level),) if value}
    head |= {"years": [about.year]} if about.year else {}
    if about.number:
        head["decision"] = {"number": about.number} | ({"date": about.date} if about.date else {})
    head |= {} if annex.maximum is None else {"max": annex.maximum}
    head |= {} if annex.is_complete else {"complete": False}
    lines = [
        f"# {_one_line(say('Made from {file}; please check it against what is printed.', file=source))}"
    ]
    if about.is_year_of_decision:
        lines.append(f"# {say('years: the year of the decision; the title names none.')}")
    lines += [f"# {_one_line(say(words, **told))}" for words, told in annex.doubts]
    lines += _fields(head, "")
    lines.append("criteria:")
    for area in annex.areas:
        lines += _criterion(annex, area, "  ", say)
    lines += _adjustments(annex, say)
    return "\n".join(lines) + "\n"


def _adjustments(annex: Annex, say: Language) -> Iterator[str]:
    """The sections of bonus and penalty, with those of their items that have a maximum."""
    if any(_items(section) for section in annex.adjustments):
        yield "adjustments:"
    for number, section in enumerate(annex.adjustments, start=1):
        items = _items(section)
        block: dict[str, Any] = {"id": f"{section.adjusts}-{number}", "kind": section.adjusts}
        block |= {"name": section.name} | ({"cap": section.maximum} if section.maximum else {})
        first, *rest = _fields(block, "    ")
        comment = "" if items else "# "
        yield from (
            f"  {comment}{line}" for line in [f"- {first.strip()}", *(each[2:] for each in rest)]
        )
        if items:
            yield "    items:"
        for item in items:
            yield from _criterion(annex, item, "      ", say)


def _items(section: AnnexRow) -> list[AnnexRow]:
    return [row for row in section.walk() if not row.children and row.maximum]


def _id(about: About, name: str) -> str:
    words = fold_name(f"{about.number or name}")
    year = str(about.year or "")
    found = words if not year or year in words else f"{words[:_LONGEST_ID]}-{year}"
    return found[:_LONGEST_ID].strip("-") or "scheme"


def _criterion(annex: Annex, row: AnnexRow, indent: str, say: Language) -> Iterator[str]:
    cell = cell_of(annex, row.row)
    doubts = "; ".join(say(words, **told) for words, told in row.doubts)
    yield f"{indent}# {_one_line(f'{cell}: {doubts}' if doubts else cell)}"
    fields: dict[str, Any] = {"code": Quoted(row.code)}
    if row.label != row.code and row.label:
        fields["label"] = Quoted(row.label)
    fields["name"] = row.name
    if row.maximum is not None:
        fields["max"] = row.maximum
    if not row.is_complete:
        fields["complete"] = False
    fields |= {
        key: getattr(row, key)
        for key in ("lead", "guidance", "documents", "note")
        if getattr(row, key)
    }
    if row.rule:
        fields["rule"] = row.rule
    lines = [*_fields(fields, f"{indent}  ")]
    yield f"{indent}- {lines[0].strip()}"
    yield from lines[1:]
    if row.children:
        yield f"{indent}  children:"
        for child in row.children:
            yield from _criterion(annex, child, f"{indent}    ", say)


class Quoted(str):
    """Text that looks like a number, and so is written in quotes."""

    __slots__ = ()


def _fields(fields: Mapping[str, Any], indent: str) -> Iterator[str]:
    """The lines of a mapping: in one line what is short, else each field on its own."""
    for key, value in fields.items():
        name = (
            key
            if key.replace("-", "").replace("_", "").isalnum() and key.isascii()
            else _scalar(Quoted(key))
        )
        flow = _flow(value)
        if isinstance(value, str) and "\n" in value and _is_plain(value):
            yield f"{indent}{name}: |-"
            yield from (f"{indent}  {line}" for line in value.split("\n"))
        elif isinstance(value, dict) and len(indent) + len(name) + len(flow) > _WIDTH:
            yield f"{indent}{name}:"
            yield from _fields(value, f"{indent}  ")
        elif isinstance(value, list) and len(indent) + len(name) + len(flow) > _WIDTH:
            yield f"{indent}{name}:"
            yield from (f"{indent}  - {_flow(each)}" for each in value)
        else:
            yield f"{indent}{name}: {flow}"


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return (
            "{"
            + ", ".join(
                f"{key if key.isascii() else _scalar(Quoted(key))}: {_flow(each)}"
                for key, each in value.items()
            )
            + "}"
        )
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return _scalar(value)


def _scalar(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, int) or _WORD.fullmatch(value):
        return str(value)
    return json.dumps(value, ensure_ascii=False)


def _is_plain(text: str) -> bool:
    """Whether a text keeps all its letters as a block of lines."""
    lines = text.split("\n")
    return all(line.isprintable() and line == line.strip() and line for line in lines)


def _one_line(text: str) -> str:
    """A comment stays on its line, whatever a cell holds."""
    return "".join(letter if letter.isprintable() else " " for letter in text)
