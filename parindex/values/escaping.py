"""Text that comes from inputs, made harmless for the place where it is shown."""

import re

_HALVES = re.compile("[\ud800-\udfff]")
"""Halves of letters, as which Python hands on bytes of a file's name that are no letters."""
_CONTROL = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_STARTS = frozenset("'=+-@\t\r")
_CELL = 16_000
"""Letters of a cell: a workbook takes 32,767, and some letters count twice."""
_NOT_XML = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_MARKED = re.compile(
    r"[\\`*_{}\[\]<>#|~&!$]|(?i:(?<=http)|(?<=https)|(?<=ftp)):(?=//)|(?i:(?<=www))\."
)
_BEGINS_LIST = re.compile(r"^([0-9]{0,9})([-+=.)])(?=[-=\s]|$)")
_NUMBER = re.compile(r"-?[0-9]+([.,][0-9]+)?")


def visible(text: str) -> str:
    """The text on one line, with control and direction characters written as their codes.

    Such characters could move the cursor, colour a terminal or turn the order
    of letters around.
    """
    return _CONTROL.sub(lambda match: _escape(match[0]), text)


def without_halves(text: str) -> str:
    """The text with halves of letters, which no file can hold, written as their codes."""
    return _HALVES.sub(lambda match: _unicode(match[0]), text)


def _escape(character: str) -> str:
    if character in "\n\r\t":
        return " "
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else _unicode(character)  # noqa: PLR2004


def xml_text(text: str) -> str:
    """As `visible`, and what no XML file may hold is written as its code, too."""
    return _NOT_XML.sub(lambda match: _unicode(match[0]), visible(text))


def json_escaped(text: str) -> str:
    """JSON with the direction characters of its strings written as escapes, which means the same.

    JSON itself escapes the characters below a space, and no others.
    """
    if text.isascii():
        return text
    return _CONTROL.sub(lambda match: match[0] if match[0] == "\n" else _unicode(match[0]), text)


def _unicode(character: str) -> str:
    return f"\\u{ord(character):04x}"


def markdown(text: str) -> str:
    """The text as Markdown that shows it letter by letter.

    Addresses of the web become no links, and after @ stands a space of no width, as an entity:
    else GitHub calls whoever has the name.
    """
    return _MARKED.sub(r"\\\g<0>", visible(text)).replace("@", "@&#8203;")


def markdown_line(text: str) -> str:
    """The same for a text that begins a line, where a dash or a number would make it a list."""
    return _BEGINS_LIST.sub(r"\1\\\2", markdown(text).lstrip(" "))


def csv_cell(text: str) -> str:
    """Text as a cell that no spreadsheet takes for a formula; numbers stay as they are.

    An apostrophe before `= + - @` is what spreadsheets themselves use;
    `csv_text` takes it off again.
    """
    if text[:1] in _STARTS and _FORMULA.match(text) and not _NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def cell_text(text: str) -> str:
    """Text for a cell of a workbook: its lines as `xml_text`, as many letters as fit."""
    lines = "\n".join(map(xml_text, text.split("\n")))
    return lines if len(lines) <= _CELL else f"{lines[:_CELL]}…"


def csv_text(cell: str) -> str:
    """The text of a cell that `csv_cell` wrote."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
