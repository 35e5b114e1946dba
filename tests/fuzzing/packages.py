"""Workbooks and Word documents: zip files with parts and elements dropped, doubled, renamed or put in other words."""

import re
import zipfile
from io import BytesIO
from random import Random
from typing import Final
from xml.sax.saxutils import escape

from tests.fuzzing.texts import SIZES, changes, nasty

Parts = list[tuple[str, bytes]]
_NAMES: Final = (
    "../x.xml",
    "/x.xml",
    "x\\y.xml",
    "XL/WORKBOOK.XML",
    "xl/vbaProject.bin",
    "word/embeddings/a.bin",
    "EncryptedPackage",
    "[Content_Types].xml",
    "xl/sharedStrings.xml",
    "word/settings.xml",
    "_rels/.rels",
    "x" * 300,
    "a\u202eb",
)
_NUMBERS: Final = (0, 1, 2, 0xFFFE, 0x7FFFFFFF, 0xFFFFFFFE, 0xFFFFFFFF)
_RECORDS: Final = (0, 1, 0x0A, 0x31, 0x85, 0xE0, 0xFC, 0x1B8, 0x809, 0x7FFF, 0xFFFF)
_BOMBS: Final = (b" ", b"<a>", b"<row/>", b"0", b"<c><v>1</v></c>", b"<w:p/>", b"\x00")
_ELEMENTS: Final = (
    "<x/>",
    "<!DOCTYPE a [<!ENTITY b 'c'>]>",
    "<?xml version='1.0'?>",
    "<!-- x -->",
    "<![CDATA[x]]>",
    "&b;",
    "<w:fldSimple w:instr='DDEAUTO c'/>",
    "<w:instrText>RD x</w:instrText>",
    "<f>1/0</f>",
    "<v>1e400</v>",
    "<mergeCell ref='A1:XFD1048576'/>",
    "<c r='XFE1'><v>1</v></c>",
    "<c r='A99999999999'><v>1</v></c>",
    "<row r='-1'/>",
    "<row r='1048576' hidden='1'/>",
    "<t xml:space='preserve'> </t>",
    "<Relationship Id='rId1' Target='http://localhost:1/' TargetMode='External'/>",
    "{{ unit }}",
    "{% for a in b %}",
    "{{ a.b.c() }}",
    "}}{{",
)


def package_changed(random: Random, data: bytes) -> bytes:
    """A package with a few changes of its parts, their XML or its zip structure."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        parts = [(name, package.read(name)) for name in package.namelist()]
    for _ in range(changes(random)):
        number = random.randrange(len(parts)) if parts else 0
        if parts and random.randrange(3):
            name, content = parts[number]
            parts[number] = (name, _xml_changed(random, content))
        else:
            _parts_changed(random, parts, number)
    packed = _packed(random, parts)
    return packed if random.randrange(6) else _structure_changed(random, packed)


def old_changed(random: Random, data: bytes) -> bytes:
    """An old workbook with numbers of its container or its records changed, cut out or doubled."""
    changed = bytearray(data)
    for _ in range(random.choice((1, 2, 5, 20, 200))):
        at, other = random.randrange(len(changed)), random.randrange(len(changed))
        match random.randrange(5):
            case 0:
                changed[at] = random.randrange(256)
            case 1:
                changed[at : at + 4] = random.choice(_NUMBERS).to_bytes(4, "little")
            case 2:
                changed[at : at + 2] = random.choice(_RECORDS).to_bytes(2, "little")
            case 3:
                changed[at : at + 64] = changed[other : other + 64]
            case _ if len(changed) > len(data) // 2:
                del changed[at : at + random.randrange(64)]
    return bytes(changed)


def _parts_changed(random: Random, parts: Parts, number: int) -> None:
    if not parts:
        parts.append((random.choice(_NAMES), b"<x/>"))
        return
    name, content = parts[number]
    match random.randrange(7):
        case 0:
            del parts[number]
        case 1:
            parts.append((name, content))
        case 2:
            parts[number] = (random.choice(_NAMES), content)
        case 3:
            parts.append((random.choice(_NAMES), content))
        case 4:
            bomb = random.choice(_BOMBS)
            parts[number] = (
                name,
                content[:200] + bomb * (random.choice((10_000, 3_000_000)) // len(bomb)),
            )
        case 5:
            other = random.randrange(len(parts))
            parts[number], parts[other] = (name, parts[other][1]), (parts[other][0], content)
        case _:
            parts += [(f"x/{each}.xml", b"<x/>") for each in range(random.choice((3, 300, 3_000)))]


def _packed(random: Random, parts: Parts) -> bytes:
    stream = BytesIO()
    method = random.choice(
        (zipfile.ZIP_DEFLATED, zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED, zipfile.ZIP_BZIP2)
    )
    with zipfile.ZipFile(stream, "w") as package:
        for name, content in parts:
            package.NameToInfo.pop(name, None)  # a part may be there twice
            package.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), content, method, 1)
    return stream.getvalue()


def _structure_changed(random: Random, data: bytes) -> bytes:
    """The bytes of a zip file with a lie in one of its records, or something around them."""
    starts = [found.start() for found in re.finditer(rb"PK(\x01\x02|\x03\x04|\x05\x06)", data)]
    if not starts:
        return data
    at = random.choice(starts) + random.choice(
        (4, 6, 8, 10, 14, 16, 18, 20, 22, 24, 26, 28, 30, 42)
    )
    match random.randrange(4):
        case 0:
            number = random.choice((0, 1, 0xFFFF, 0xFFFFFFFF, 2**31)).to_bytes(4, "little")
            return data[:at] + number[: random.choice((2, 4))] + data[at + 4 :]
        case 1:
            return random.choice((b"MZ", b"%PDF-1.7", b"\x00" * 100, data)) + data
        case 2:
            return data + random.choice((b"\x00" * 70_000, b"PK\x05\x06" + b"\x00" * 18, data))
        case _:
            return data[: random.randrange(len(data))]


def _xml_changed(random: Random, content: bytes) -> bytes:
    """The XML of a part with an element, attribute or text changed; letters as XML writes them."""
    text = content.decode("utf-8", "replace")
    tokens = re.split(r"(<[^>]*>)", text)
    number = random.randrange(len(tokens))
    token = tokens[number]
    end = _end_of(tokens, number)
    match random.randrange(8):
        case 0:
            del tokens[number:end]
        case 1:
            tokens[number:number] = tokens[number:end] * random.choice((1, 2, 200))
        case 2:
            other = random.randrange(len(tokens))
            tokens[number], tokens[other] = tokens[other], token
        case 3 | 4:
            tokens[number] = _attribute_changed(random, token)
        case 5:
            tokens.insert(number, random.choice(_ELEMENTS))
        case 6:
            depth = random.choice(SIZES[:5])
            tokens[number:end] = ["<x>" * depth, *tokens[number:end], "</x>" * depth]
        case _:
            tokens[number] = (
                escape(nasty(random)) if not token.startswith("<") else _renamed(random, token)
            )
    whole = "".join(tokens)
    return whole.encode("utf-16" if not random.randrange(40) else "utf-8", "surrogatepass" if random.randrange(2) else "replace")  # fmt: skip


def _end_of(tokens: list[str], number: int) -> int:
    """Behind the element that begins at a token; behind the token where it is no beginning."""
    found = re.match(r"<([\w:]+)(?![^>]*/>)", tokens[number])
    if not found:
        return number + 1
    depth = 0
    for place in range(number, min(len(tokens), number + 2_000)):
        if re.match(rf"<{re.escape(found[1])}\b(?![^>]*/>)", tokens[place]):
            depth += 1
        elif tokens[place].startswith(f"</{found[1]}>"):
            depth -= 1
            if not depth:
                return place + 1
    return number + 1


def _attribute_changed(random: Random, token: str) -> str:
    found = [*re.finditer(r'="([^"]*)"', token)]
    if not found:
        return token
    one = random.choice(found)
    return (
        f"{token[: one.start(1)]}{escape(nasty(random), {chr(34): '&quot;'})}{token[one.end(1) :]}"
    )


def _renamed(random: Random, token: str) -> str:
    return re.sub(
        r"[\w:]+", random.choice(("x", "c", "v", "w:p", "w:object", "a:b:c")), token, count=1
    )
