"""Write the index of the catalog from its schemes: `python tools/catalog.py`."""

import csv
import io
from pathlib import Path

from parindex.scheme.catalog import FOLDER
from parindex.scheme.scheme_file import read_scheme

INDEX = Path(FOLDER) / "index.csv"


def current() -> str:
    """The text of the index as it should be."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(("id", "level", "years", "province", "group", "parent"))
    for file in sorted(Path(FOLDER).glob("schemes/*.yaml"), key=lambda each: each.stem):
        scheme = read_scheme(str(file))
        if scheme.id != file.stem:
            raise ValueError(f"{file.name} holds the scheme {scheme.id}")
        years = " ".join(map(str, scheme.years))
        level = "" if scheme.only_by_id else scheme.level
        writer.writerow((scheme.id, level, years, scheme.province, scheme.group, scheme.parent))
    return stream.getvalue()


if __name__ == "__main__":
    INDEX.write_text(current(), encoding="utf-8", newline="\n")
