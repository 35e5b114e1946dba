"""The set as a Data Package: `datapackage.json` that tells types, units, licence and sources, and CSV files.

https://datapackage.org, version 2.
"""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from io import StringIO
from typing import Any, Final

from parindex.analysis.published_row import PublishedRow
from parindex.office.published.data_set import (
    FREE,
    NAMED,
    TITLE,
    Column,
    DataTable,
    data_set,
    named_sources,
)
from parindex.render.csv_table import write_csv
from parindex.render.json_data import render_json
from parindex.values.language import Language
from parindex.version import __version__

_PROFILE: Final = "https://datapackage.org/profiles/2.0/datapackage.json"
LICENCE: Final = {
    "name": "MIT",
    "title": "MIT License",
    "path": "https://opensource.org/license/mit",
}
_TYPES: Final = {"text": "string", "whole": "integer", "figure": "number"}


def data_package(rows: Sequence[PublishedRow], say: Language) -> dict[str, bytes]:
    """The files of the package by their names; the same rows give the same bytes.

    Args:
        rows: published rows.
        say: the language of titles and descriptions.
    """
    tables = data_set(rows, say)
    files = {f"{table.name}.csv": _csv(table) for table in tables}
    descriptor = {
        "$schema": _PROFILE,
        "name": "par-index",
        "title": say(TITLE),
        "description": "\n\n".join(notes(say)),
        "version": __version__,
        "keywords": ["PAR INDEX", "SIPAS", "cải cách hành chính", "Việt Nam"],
        "licenses": [LICENCE],
        "sources": [*named_sources(rows)],
        "resources": [_resource(table, files[f"{table.name}.csv"]) for table in tables],
    }
    return {
        "datapackage.json": render_json(descriptor).encode(),
        "README.md": _readme(tables, say).encode(),
        **files,
    }


def notes(say: Language) -> list[str]:
    """What is free, and who is to be named."""
    return [say(FREE), say(NAMED)]


def about(rows: Iterable[PublishedRow], say: Language) -> dict[str, Any]:
    """The licence, the notes and the sources, for a file that has rows alone."""
    return {"licenses": [LICENCE], "notes": notes(say), "sources": [*named_sources(rows)]}


def _csv(table: DataTable) -> bytes:
    stream = StringIO(newline="")
    write_csv(stream, [column.name for column in table.columns], table.rows)
    return stream.getvalue().encode()


def _resource(table: DataTable, content: bytes) -> dict[str, Any]:
    refers = [column for column in table.columns if column.refers]
    schema: dict[str, Any] = {
        "fields": [_field(column) for column in table.columns],
        "primaryKey": [table.columns[0].name],
        "missingValues": [""],
    }
    if refers:
        schema["foreignKeys"] = [_reference(column) for column in refers]
    return {
        "name": table.name,
        "type": "table",
        "path": f"{table.name}.csv",
        "description": table.about,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{sha256(content).hexdigest()}",
        "schema": schema,
    }


def _field(column: Column) -> dict[str, Any]:
    return {
        "name": column.name,
        "type": _TYPES[column.kind],
        "description": column.about,
        **({"unit": column.unit} if column.unit else {}),
        **({"constraints": {"required": True}} if column.required else {}),
    }


def _reference(column: Column) -> dict[str, Any]:
    resource, field = column.refers or ("", "")
    return {"fields": [column.name], "reference": {"resource": resource, "fields": [field]}}


def _readme(tables: Sequence[DataTable], say: Language) -> str:
    lines = [f"# {say(TITLE)}", *notes(say)]
    lines += [f"- `{table.name}.csv`: {table.about}" for table in tables]
    return "\n\n".join(lines[:3]) + "\n\n" + "\n".join(lines[3:]) + "\n"
