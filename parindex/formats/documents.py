"""The documents of a file by its format: the one place that knows which reader is whose."""

from collections.abc import Iterator

from parindex.formats.document import STDIN, Document, read_text
from parindex.formats.read_yaml import read_yaml


def documents(file: str) -> Iterator[Document]:
    """The documents of a file, or of standard input for `-`.

    Raises:
        InputError: the file cannot be read, or breaks the rules of its format.
    """
    yield from read_yaml(read_text(file), "<stdin>" if file == STDIN else file)
