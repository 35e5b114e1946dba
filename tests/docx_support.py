"""What is in a Word document, read without the library that wrote it."""

import re
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Callable
from io import BytesIO

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def parts(data: bytes) -> dict[str, bytes]:
    """The parts of the document by name."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(contents: dict[str, bytes]) -> bytes:
    """A document of these parts."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in contents.items():
            package.writestr(name, content)
    return stream.getvalue()


def changed(data: bytes, change: Callable[[str], str], name: str = "word/document.xml") -> bytes:
    """The document with one of its parts changed."""
    contents = parts(data)
    contents[name] = change(contents[name].decode()).encode()
    return packed(contents)


def body(data: bytes) -> ET.Element:
    """The root of the text."""
    return ET.fromstring(parts(data)["word/document.xml"])  # noqa: S314 - written by this package


def paragraphs(data: bytes) -> list[str]:
    """The texts of the paragraphs, those in tables too, in their order."""
    return [
        "".join(text.text or "" for text in each.iter(f"{WORD}t"))
        for each in body(data).iter(f"{WORD}p")
    ]


def with_text(data: bytes, old: str, new: str) -> bytes:
    """The document with one text in it written differently."""
    found = re.escape(old)
    return changed(data, lambda xml: re.sub(found, lambda _: new, xml, count=1))
