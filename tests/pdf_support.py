"""What is in the tables of a PDF, read by its tags: they say which words belong to which cell."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdf

Words = dict[tuple[int, int], list[str]]
"""The words of a page, by its number and that of the piece of marked content."""


def tables(file: Path) -> list[list[list[str]]]:
    """The tables, row by row, each cell on one line."""
    reader = pypdf.PdfReader(file)
    words: Words = defaultdict(list)
    numbers: dict[int, int] = {}
    for number, page in enumerate(reader.pages):
        assert page.indirect_reference is not None
        numbers[page.indirect_reference.idnum] = number
        _read(page, number, words)

    def text(cell: Any) -> str:
        found = (word for piece in _pieces(cell, numbers) for word in words[piece])
        return " ".join("".join(word.removeprefix(" ") for word in found).split())

    root = reader.trailer["/Root"]["/StructTreeRoot"]  # type: ignore[index]  # its types know no tags
    return [
        [[text(cell) for cell in _of(row, "/TH", "/TD")] for row in _of(table, "/TR")]
        for table in _of(root, "/Table")
    ]


def _read(page: Any, number: int, words: Words) -> None:
    open_: list[int | None] = []

    def operand(operator: bytes, arguments: list[Any], *_: Any) -> None:
        if operator in (b"BDC", b"BMC"):
            told = arguments[1] if len(arguments) > 1 else None
            open_.append(told.get("/MCID") if isinstance(told, dict) else None)
        elif operator == b"EMC":
            open_.pop()

    def word(text: str, *_: Any) -> None:
        at = next((each for each in reversed(open_) if each is not None), None)
        if at is not None and text.strip():
            words[number, at].append(text.replace("\u200b", "").strip("\n"))

    page.extract_text(visitor_operand_before=operand, visitor_text=word)


def _children(element: Any) -> Iterator[Any]:
    inside = element.get_object().get("/K", []) if hasattr(element.get_object(), "get") else []
    inside = inside.get_object() if hasattr(inside, "get_object") else inside
    yield from inside if isinstance(inside, list) else [inside]


def _of(element: Any, *kinds: str) -> Iterator[Any]:
    """The elements of these kinds below another one, the outermost of them."""
    for child in _children(element):
        found = child.get_object() if hasattr(child, "get_object") else child
        if isinstance(found, dict):
            if found.get("/S") in kinds:
                yield found
            else:
                yield from _of(found, *kinds)


def _pieces(element: Any, numbers: dict[int, int], page: int = 0) -> Iterator[tuple[int, int]]:
    """The pieces of marked content that make up an element."""
    if "/Pg" in element:
        page = numbers[element.raw_get("/Pg").idnum]
    if "/MCID" in element:
        yield page, int(element["/MCID"])
        return
    for child in _children(element):
        found = child.get_object() if hasattr(child, "get_object") else child
        if isinstance(found, dict):
            yield from _pieces(found, numbers, page)
        else:
            yield page, int(found)
