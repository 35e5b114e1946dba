"""A document: the text of a file as a tree, and where each of its values stands.

All scalars stay the text of the file, so that `1.10` is not `1.1`. Readers
(one module per format) build documents; what they mean is for others to say.
"""

import re
from collections.abc import Iterable
from typing import Final

from msgspec import Struct

from parindex.findings import InputError
from parindex.reading.encoding import decoded
from parindex.reading.file_kind import refuse_foreign
from parindex.reading.source import read_bytes, shown
from parindex.values.codes import (
    EMPTY_FILE,
    SYNTAX_BROKEN,
    TOO_LONG,
    WRONG_TYPE,
    YAML_TAG_OR_ANCHOR,
)
from parindex.values.finding import Finding, Path, Place
from parindex.values.normal import normalized

Tree = str | None | list["Tree"] | dict[str, "Tree"]
"""A value of a document: text, nothing, a list, or a mapping with text keys."""

MAX_DEPTH: Final = 40
MAX_TEXT: Final = 20_000
MAX_VALUES: Final = 200_000
MAX_DOCUMENTS: Final = 100_000
"""Documents of a file, and units of a table: more than the country has in ten years."""
MAX_FAULTS: Final = 10_000
_REFUSED: Final = re.compile("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NO_VALUE: Final = frozenset((SYNTAX_BROKEN, YAML_TAG_OR_ANCHOR, TOO_LONG))


class Document(Struct, frozen=True):
    """One tree and the place of each of its values, and of their keys, by path.

    `faults` are those that the reader found; the tree is then what is left
    without them, so that what else is wrong can be told at once.
    """

    file: str
    tree: Tree
    places: dict[Path, Place] = {}
    keys: dict[Path, Place] = {}
    faults: tuple[Finding, ...] = ()

    def locate(self, path: Path, *, key: bool = False) -> Place:
        """The place of a value, or of its key; steps that the tree lacks are passed over.

        Validation adds steps of its own (the kind of a rule), and a missing
        field has no place but that of the value that should hold it.
        """
        found: Path = ()
        for step in path:
            if (*found, step) in self.places:
                found = (*found, step)
        if key and found in self.keys:
            return self.keys[found]
        return self.places.get(found, Place(self.file))

    def and_more(self, findings: Iterable[Finding]) -> list[Finding]:
        """The faults of the document and more, but none of a value that was not read as it is."""
        unread = {fault.place for fault in self.faults if fault.code in _NO_VALUE}
        return [*self.faults, *(each for each in findings if each.place not in unread)]


def fault(code: str, place: Place, **parameters: str) -> InputError:
    """One fault of a file that ends its reading."""
    return InputError([Finding(code, "", parameters, place=place)])


def read_text(file: str) -> str:
    """The text of a file, or of standard input for `-`.

    Raises:
        InputError: P101 it cannot be read, P102 it is too large, P103 and P154 it is not
            Unicode, P113 it is empty, P150 it is no text but of another kind.
    """
    return text_of(read_bytes(file), shown(file))


def text_of(data: bytes, file: str) -> str:
    """The text of the bytes of a file of this name; errors as `read_text`."""
    refuse_foreign(data, file)
    text = decoded(data, file)
    if not text.strip():
        raise fault(EMPTY_FILE, Place(file))
    return text


def refused(text: str) -> str:
    """The first letter of a text that no file may hold, as `U+0000`, however it is written."""
    found = _REFUSED.search(text)
    return f"U+{ord(found[0]):04X}" if found else ""


def without_halves(text: str) -> str:
    """The text without halves of letters, which nothing can write: in their place stands U+FFFD."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def normal(text: str) -> str:
    """The text in the composed form (NFC), so that one letter is always one letter."""
    return text if text.isascii() else normalized("NFC", text)


def mapping(document: Document) -> dict[str, Tree]:
    """The document's tree where it is a mapping.

    Raises:
        InputError: P110 it is something else, P113 it is nothing; or what the
            reader found, where that left nothing to look at.
    """
    if isinstance(document.tree, dict):
        return document.tree
    if document.faults:
        raise InputError(document.faults)
    if document.tree is None:
        raise fault(EMPTY_FILE, document.locate(()))
    found = "[…]" if isinstance(document.tree, list) else document.tree[:40]
    raise fault(WRONG_TYPE, document.locate(()), found=found, expected="key: value")
