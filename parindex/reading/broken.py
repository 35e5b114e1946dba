"""What is told of broken YAML, JSON and CSV: what stands at the place, in our words.

Those of the parsers differ by their release, and are English only.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from parindex.reading.document import MAX_TEXT, refused
from parindex.values.fields import short
from parindex.values.language import N_

_SHOWN: Final = 20
_SOMETHING: Final = re.compile(rf"\S[^\n]{{0,{_SHOWN - 1}}}")
_END: Final = N_("the end of the text")
_CLOSED: Final = N_("every quote and bracket closed")
_YAML: Final = {
    "\t": N_("spaces instead of the tab"),
    ":": N_("quotes around a text with a colon in it"),
    "@": N_("quotes around a text that begins so"),
    "`": N_("quotes around a text that begins so"),
    "%": N_("quotes around a text that begins so"),
}
_COLON: Final = N_("a colon behind the name, as in `level: province`")
_SPACE: Final = N_("a space behind the colon, as in `year: 2018`")
_INDENT: Final = N_(
    "as many spaces before it as the line above has, or quotes around a text with a colon"
)
_KEY: Final = re.compile(r"""[ ]*(?:-[ ]+)?(?:"[^"\n]*"|'[^'\n]*'|[\w.]+)(?=[ :]|$)[ ]*(.*)""")
_FLOW: Final = re.compile(r"[\[\]{}]|#")
_VALUE: Final = N_('a value, or "key": value')


def broken_yaml(text: str, position: int) -> tuple[int, dict[str, str]]:
    """Where YAML breaks its rules, what stands there, and what belongs there.

    That is told by the lines where they tell it, else by the letter: the parser
    notices only later that a colon, a space or a quote is missing.
    """
    found, letter = _standing(text, position), text[position : position + 1]
    if "found" in found and letter not in "\t@`%":
        start = text.rfind("\n", 0, position) + 1
        before = text[:start].rstrip()
        above = before.rfind("\n") + 1
        lines = [(start, text[start:].split("\n", 1)[0]), (above, before[above:])]
        is_first = letter == ":" and ": " not in text[start:position]
        for at, missing in _by_lines(lines, colon=is_first):
            line = text[at:].lstrip(" ")
            told = {"found": short(line.split("\n", 1)[0].rstrip()), "expected": missing}
            return len(text) - len(line) if at == above else position, told
    expected = _YAML.get(letter)
    return position, {**found, "expected": expected} if expected else found


def _by_lines(lines: Sequence[tuple[int, str]], *, colon: bool) -> Iterator[tuple[int, str]]:
    """What is missing in the line at the fault, or in the one above it, the likeliest first."""
    (at, line), (above, before) = lines
    if before.count('"') % 2 and not _FLOW.search(before):
        yield above, _CLOSED
    for start, each in lines:
        key = _KEY.match(each)
        is_item = each.lstrip().startswith("- ")  # which needs no colon
        if key and not is_item and not _FLOW.search(each) and not re.search(r":(?:\s|$)", each):
            yield start, _SPACE if key[1].startswith(":") else _COLON
    deeper = len(before) - len(before.lstrip(" ")) < len(line) - len(line.lstrip(" "))
    if colon and deeper and re.search(r":\s+[^\s|>]", before):
        yield at, _INDENT


def broken_json(text: str, position: int) -> dict[str, str]:
    """The same of JSON, by what stands before it."""
    before = text[max(0, position - 1000) : position].rstrip()[-1:]
    found = _standing(text, position - (before == "\\"))
    letter = text[position : position + 1]
    if "cause" in found or letter < " " or "\\" in (letter, before) or letter in "]}":
        return found
    if before and before not in "[{:,":
        return {**found, "expected": ", ] }" if letter == ":" else ", : ] }"}
    return {**found, "expected": _CLOSED if letter == '"' else _VALUE}


def place_of(text: str, position: int) -> tuple[int, int]:
    """Line and column of a character, from 1."""
    return text.count("\n", 0, position) + 1, position - text.rfind("\n", 0, position)


def _standing(text: str, position: int) -> dict[str, str]:
    letter = text[position : position + 1]
    if letter and letter != " " and (letter < " " or refused(letter)):
        return {"found": f"U+{ord(letter):04X}"}
    found = _SOMETHING.search(text, position)
    if found is None:
        return {"cause": _END, "expected": _CLOSED}
    return {"found": short(found[0])}


def broken_row(text: str, delimiter: str) -> dict[str, str]:
    """What is wrong with the row that a text begins with, which Python's reader refused."""
    cell = re.compile(rf' *(?:"((?:[^"]|"")*+)("?)|([^{delimiter}\r\n]*))')
    position = 0
    while found := cell.match(text, position):
        quoted, closed, plain = found.groups()
        position = found.end()
        if len(quoted or plain or "") > MAX_TEXT:
            return {"found": short(found[0], _SHOWN), "expected": f"≤ {MAX_TEXT}"}
        if quoted is not None and not closed:
            return {"found": short(found[0].split("\n")[0], _SHOWN), "expected": _CLOSED}
        behind = text[position : position + 1]
        if behind != delimiter:
            break
        position += 1
    if text[position : position + 1] == "\r":
        return {"found": "CR"}
    behind = text[position - 1 : position + _SHOWN].split("\n", maxsplit=1)[0]
    return {"found": short(behind), "expected": delimiter}
