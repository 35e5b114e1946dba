"""Bring the Vietnamese catalog up to date with the messages of the code.

`python tools/messages.py` extracts the messages (Babel finds the calls of `say`, `_`
and `N_`), keeps the translations there are, drops what is no longer said, and
compiles. It lists what still has no translation, and a test fails until none is
left. Write no message inside an f-string: Babel does not find it there.
"""

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import get_args

import yaml
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from pydantic import BaseModel

import parindex
from parindex.analysis.published_row import Doubt, RowKind, Trust
from parindex.rules import KINDS
from parindex.scheme.scheme import Status
from parindex.values.finding import Severity
from parindex.values.language import LANGUAGES, SOURCE, LanguageCode
from parindex.values.levels import LevelCode
from parindex.values.stages import STAGES

ROOT = Path(__file__).parent.parent
HEADER = """\
# {name} messages of parindex. Edit the msgstr lines, then run tools/messages.py.
msgid ""
msgstr ""
"Project-Id-Version: parindex\\n"
"Language: {code}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


def po_of(code: LanguageCode) -> Path:
    """The catalog of a language."""
    return ROOT / "parindex" / "locale" / code / "LC_MESSAGES" / "parindex.po"


PO = po_of("vi")


def up_to_date(code: LanguageCode = "vi") -> Catalog:
    """The catalog with exactly the messages of the code, translated as far as they are."""
    file, known = po_of(code), Catalog(locale=code)
    if file.exists():
        with file.open("rb") as stream:
            known = read_po(stream, locale=code)
    catalog = Catalog(locale=code)
    keywords = {"say": None, "_": None, "N_": None}
    found = extract_from_dir(str(ROOT / "parindex"), keywords=keywords)
    in_code = {str(message) for _, _, message, _, _ in found}
    for message in sorted(in_code | set(_of_findings()) | set(_of_codes())):
        translated = known.get(message)
        catalog.add(message, string=str(translated.string) if translated else "")
    return catalog


def _of_findings() -> Iterator[str]:
    """What is said of findings: the texts of their catalog, and of the causes in its examples."""
    rows = yaml.safe_load((ROOT / "parindex" / "findings" / "findings.yaml").read_text("utf-8"))
    for row in rows.values():
        yield from (row[name] for name in ("message", "mend", "in_workbook", "why") if name in row)
        yield from row.get("mends", {}).values()


def _of_codes() -> Iterator[str]:
    """The codes that are also words: levels, statuses, kinds and so on."""
    for words in (LevelCode, Status, RowKind, Doubt, Trust, Severity):
        yield from get_args(words)
    yield from ("weak", *KINDS, *STAGES)
    for module in walk_packages(parindex.__path__, "parindex."):
        import_module(module.name)  # so that every form of a file is known
    yield from _required(BaseModel)


def _required(model: type[BaseModel]) -> Iterator[str]:
    """The fields that files cannot lack."""
    for each in model.__subclasses__():
        if each.__module__.startswith("parindex."):
            yield from (
                field.alias or name
                for name, field in each.model_fields.items()
                if field.is_required()
            )
        yield from _required(each)


def as_po(catalog: Catalog) -> str:
    """The text of the `.po` file."""
    stream = io.BytesIO()
    write_po(stream, catalog, width=0, no_location=True, omit_header=True)
    locale = catalog.locale
    head = HEADER.format(name=locale.english_name, code=locale) if locale else HEADER
    return head + stream.getvalue().decode().lstrip()


def as_mo(catalog: Catalog) -> bytes:
    """The bytes of the `.mo` file, the same for the same messages: without the time of today."""
    catalog.creation_date = datetime(2026, 1, 1, tzinfo=UTC)
    stream = io.BytesIO()
    write_mo(stream, catalog)
    return stream.getvalue()


def untranslated(catalog: Catalog) -> list[str]:
    """The messages without a translation."""
    return [str(message.id) for message in catalog if message.id and not message.string]


def main() -> None:
    """Write both files of every language but that of the code, and list what is to be translated."""
    for code in (each for each in LANGUAGES if each != SOURCE):
        file, catalog = po_of(code), up_to_date(code)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(as_po(catalog), encoding="utf-8", newline="\n")
        with file.open("rb") as stream:
            file.with_suffix(".mo").write_bytes(as_mo(read_po(stream, locale=code)))
        for message in untranslated(catalog):
            print("not translated:", code, message)  # noqa: T201


if __name__ == "__main__":
    main()
