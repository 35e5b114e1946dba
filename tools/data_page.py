"""The page about the set of published figures, from its tables and columns; `tools/docs.py` writes it."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from parindex.office.published.data_package import notes
from parindex.office.published.data_set import Column, DataTable, data_set
from parindex.values.escaping import markdown
from parindex.values.language import Language


class Words(NamedTuple):
    """What the page says beside the tables, in one language."""

    title: str
    ways: str
    columns: str
    head: str
    kinds: dict[str, str]
    same: str
    queries: str
    about: tuple[str, str, str]


_WAYS: Final = """```sh
parindex data export -o par-index.sqlite
parindex data export -o par-index/
parindex data export -o par-index.json
parindex data export -o par-index.csv
```
"""
_EN: Final = Words(
    "# The published figures as data",
    "One command gives the whole set: a database (SQLite, with views, which Datasette opens as it is), a "
    "[Data Package](https://datapackage.org) (`datapackage.json` with types, units, licence and sources, beside CSV files), "
    "JSON, or one CSV that `--data` reads. `--data` adds tables of your own, `--year`, `--unit`, `--level`, `--region` "
    "and `--kind` choose, and `--lang` chooses the language of descriptions. The same figures give the same bytes; a "
    "database with the same release of SQLite. A file appears whole or not at all, and a folder that holds something else is refused.\n",
    "## Tables and columns\n\nIn the database each number with decimals has a column ending in `_printed` beside it, with "
    "the digits as printed: 82.30 is 82.3 in `index`. `index` and `group` are words of SQL and stand in double quotes; "
    "the views `provinces`, `ministries`, `areas`, `coverage` and `disagreements` have none such.\n",
    "column | type | unit | meaning",
    {"text": "text", "whole": "integer", "figure": "number"},
    "The columns of `published`.",
    "## Three questions to the database\n",
    (
        "Where a region stood beside the nation, year by year:",
        "Who rose and who fell most in a year:",
        "What rests on sources that are weak, and on which:",
    ),
)
_VI: Final = Words(
    "# Số liệu đã công bố dưới dạng dữ liệu",
    "Một lệnh cho toàn bộ số liệu: cơ sở dữ liệu SQLite (có sẵn các view, mở được ngay bằng Datasette), "
    "[Data Package](https://datapackage.org) (`datapackage.json` ghi kiểu, đơn vị, giấy phép và nguồn, kèm các tệp CSV), "
    "JSON, hoặc một tệp CSV mà `--data` đọc được. `--data` thêm bảng của riêng bạn; `--year`, `--unit`, `--level`, "
    "`--region`, `--kind` để chọn; `--lang` chọn ngôn ngữ của phần mô tả. Cùng số liệu thì cho cùng từng byte; với cơ sở dữ "
    "liệu là khi cùng phiên bản SQLite. Tệp chỉ xuất hiện khi đã ghi trọn vẹn; thư mục đang chứa thứ khác bị từ chối.\n",
    "## Các bảng và các cột\n\nTrong cơ sở dữ liệu, mỗi số thập phân có thêm một cột tên kết thúc bằng `_printed`, giữ đúng "
    "các chữ số như đã in: 82,30 trong `index` là 82.3. `index` và `group` là từ khóa của SQL nên phải đặt trong ngoặc kép; "
    "các view `provinces`, `ministries`, `areas`, `coverage`, `disagreements` không có tên cột nào như vậy.\n",
    "cột | kiểu | đơn vị | ý nghĩa",
    {"text": "chữ", "whole": "số nguyên", "figure": "số"},
    "Các cột như của `published`.",
    "## Ba câu hỏi cho cơ sở dữ liệu\n",
    (
        "Một vùng so với cả nước qua từng năm:",
        "Ai tăng, ai giảm hạng nhiều nhất trong một năm:",
        "Bao nhiêu dòng dựa vào nguồn độ tin cậy thấp, và nguồn nào:",
    ),
)
QUERIES: Final = (
    """SELECT year, unit, par_index, rank, mean, above_mean
FROM provinces
WHERE region_name = 'Đồng bằng sông Cửu Long' AND par_index IS NOT NULL
ORDER BY year, rank;""",
    """SELECT now.unit, old.rank AS rank_2017, now.rank AS rank_2018, old.rank - now.rank AS places
FROM provinces AS now JOIN provinces AS old ON old.unit = now.unit AND old.year = 2017
WHERE now.year = 2018 AND old.rank IS NOT NULL AND now.rank IS NOT NULL
ORDER BY places DESC;""",
    """SELECT s.source, count(*) AS weak_rows, min(p.year) AS first_year, max(p.year) AS last_year
FROM published AS p JOIN sources AS s ON s.source = p.source
WHERE p.confidence = 'weak'
GROUP BY s.source
ORDER BY weak_rows DESC;""",
)


def data_page(say: Language) -> str:
    """The page: ways to get the set, its tables with their columns, and questions to ask."""
    words = {"en": _EN, "vi": _VI}[say.code]
    lines = [words.title, words.ways, _WAYS, *(f"{note}\n" for note in notes(say)), words.columns]
    for table in data_set([], say):
        lines += _table(table, words)
    lines.append(words.queries)
    for about, query in zip(words.about, QUERIES, strict=True):
        lines += [f"{about}\n", f"```sql\n{query}\n```\n"]
    return "\n\n".join(lines[:1]) + "\n\n" + "\n".join(lines[1:])


def _table(table: DataTable, words: Words) -> Iterator[str]:
    yield f"### {table.name}\n\n{table.about}\n"
    if table.name == "known":
        yield f"{words.same}\n"
        return
    yield f"| {words.head} |\n|---|---|---|---|"
    yield from (_column(column, words) for column in table.columns)
    yield ""


def _column(column: Column, words: Words) -> str:
    more = f" (→ `{column.refers[0]}.{column.refers[1]}`)" if column.refers else ""
    parts = column.about.split("`")
    about = "".join(f"`{p}`" if n % 2 else markdown(p) for n, p in enumerate(parts))
    kind = words.kinds[column.kind]
    return f"| `{column.name}` | {kind} | {column.unit} | {about}{more} |"
