"""A scheme file out of an annex: YAML that a person reads and corrects."""

import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from parindex.office.annexes.about import About
from parindex.office.annexes.annex import Annex, AnnexRow, Block, cell_of
from parindex.office.annexes.information import Information
from parindex.values.fields import Name
from parindex.values.fuzzy import fold_name
from parindex.values.language import Language

_WIDTH: Final = 100
_WORD: Final = re.compile(r"(?!true|false|null|yes|no|on|off|[0-9a-f-]+$)[a-z][a-z-]*")
"""Words that need no quotes."""
_UNSEEN: Final = re.compile(r"[^\S ]|[\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\xad]")
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
    own = annex.information
    head: dict[str, Any] = {"id": _id(about, name), "title": name}
    head |= {key: value for key, value in (("level", about.level),) if value}
    head |= {"years": [about.year]} if about.year else {}
    if about.number:
        head["decision"] = {"number": about.number} | ({"date": about.date} if about.date else {})
    head |= {} if annex.maximum is None else {"max": annex.maximum}
    head |= {} if annex.is_complete else {"complete": False}
    if own is not None:
        _check_rows(annex, own)
        told = own.about.get("", {})
        head = _with({**head, "id": told.get("id", head["id"])}, told)
    made = say("Made from {file}; please check it against what is printed.", file=source)
    lines = [f"# {_one_line(made)}"]
    if about.is_year_of_decision:
        whose = say("years: the year of the decision; the title names none.")
        lines.append(f"# {whose}")
    lines += [f"# {_one_line(say(words, **told))}" for words, told in annex.doubts]
    lines += _fields(head, "")
    for key, rows in (("criteria", annex.areas), ("adjustments", annex.blocks)):
        lines += [f"{key}:"] if rows else []
        for row in rows:
            lines += (
                _block(annex, row, "  ", say)
                if isinstance(row, Block)
                else _criterion(annex, row, "  ", say)
            )
    return "\n".join(lines) + "\n"


def _with(fields: dict[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    """Fields of a table and those beside it; where both say one, that of the table counts.

    A name that has another one beside the table becomes one of both languages.
    """
    found = dict(fields)
    for key, value in more.items():
        old = found.get(key)
        if isinstance(value, dict) and isinstance(old, str):
            old = {next((each for each in Name.model_fields if each not in value), "vi"): old}
        if isinstance(value, dict) and isinstance(old, dict):
            found[key] = _with(old, value)
        else:
            found.setdefault(key, value)
    return found


def _check_rows(annex: Annex, own: Information) -> None:
    """Rows about what is not in the table, or about an option that is no more, are not taken."""
    rows = {row.code: row for row in annex.rows()}
    known = {"", *rows, *(f"[{block.id}]" for block in annex.blocks)}
    for about in sorted(own.about.keys() - known):
        own.left.append((own.cells[about], about))
        del own.about[about]
    for code, fields in own.about.items():
        rule = fields.get("rule")
        if not isinstance(rule, dict):
            continue
        form = rows[code].rule if code in rows else None
        names: Any = (form or {}).get("names")
        others: Any = rule.get("names")
        both = isinstance(names, dict) and isinstance(others, dict)
        kept = {key: name for key, name in others.items() if key in names} if both else {}
        fields.pop("rule")
        if kept:
            fields["rule"] = {"names": kept}


def _block(annex: Annex, block: Block, indent: str, say: Language) -> Iterator[str]:
    """A bonus or penalty with its items."""
    own = annex.information
    fields: dict[str, Any] = {"id": block.id, "kind": block.kind}
    fields |= {"name": block.name} if block.name else {}
    fields |= {} if block.cap is None else {"cap": block.cap}
    fields |= {"note": block.note} if block.note else {}
    fields = _with(fields, own.about.get(f"[{block.id}]", {}) if own else {})
    lines = [*_fields(fields, f"{indent}  ")]
    yield f"{indent}- {lines[0].strip()}"
    yield from lines[1:]
    yield f"{indent}  items:"
    for item in block.items:
        yield from _criterion(annex, item, f"{indent}    ", say)


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
    if annex.information is not None:
        fields = _with(fields, annex.information.about.get(row.code, {}))
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
        name = _key(key)
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


def _key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", key) else _quoted(key)


def _quoted(text: str) -> str:
    """A text in quotes, in which letters that nobody sees are escapes."""
    quoted = json.dumps(text, ensure_ascii=False)
    return quoted if quoted.isprintable() else _UNSEEN.sub(lambda found: _escape(found[0]), quoted)


def _escape(letter: str) -> str:
    return f"\\U{ord(letter):08x}"


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(key)}: {_flow(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return _scalar(value)


def _scalar(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "null"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, int) or _WORD.fullmatch(value):
        return str(value)
    return _quoted(value)


def _is_plain(text: str) -> bool:
    """Whether a text keeps all its letters as a block of lines."""
    lines = text.split("\n")
    return all(line.isprintable() and line == line.strip() and line for line in lines)


def _one_line(text: str) -> str:
    """A comment stays on its line, whatever a cell holds."""
    return "".join(letter if letter.isprintable() else " " for letter in text)
