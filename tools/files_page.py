"""The page of every kind of file that is read and written, with its fields; `tools/docs.py` writes it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple, get_args

from parindex.files.scenario_file import ScenarioForm
from parindex.office.published.data_set import ABOUT
from parindex.published_figures.published_file import RowForm
from parindex.reading.documents import Kind
from parindex.render.formats import Format
from parindex.render.json_schemas import SchemaName, json_schema
from parindex.scorecard.delimited.columns import READ, UNIT
from parindex.values.escaping import markdown
from parindex.values.language import Language
from tools.fields_table import about, fields, table

_VI: Final = Path(__file__).parent.parent / "docs" / "vi"
OF_RULES: Final = frozenset(("Late", "Step", "Row", "PartForm"))
"""Forms within rules, of which the page of rules tells."""


class FileKind(NamedTuple):
    """A kind of file: its heading, its schema, an example, and what it is in both languages."""

    head: tuple[str, str]
    schema: SchemaName | Literal["scenario"]
    example: str
    about: tuple[str, str]


KINDS: Final = (
    FileKind(
        ("Scorecard", "Phiếu chấm điểm"),
        "scorecard",
        "examples/soc-trang-2018.yaml",
        (
            "What one unit reports for one year. Read by every command that scores; `parindex template` writes an empty one.",
            "Số liệu một đơn vị báo cáo cho một năm. Mọi lệnh chấm điểm đều đọc; `parindex template` ghi phiếu trống.",
        ),
    ),
    FileKind(
        ("Scheme", "Bộ tiêu chí"),
        "scheme",
        "examples/small-scheme.yaml",
        (
            (
                "Criteria, maxima, rules and bands of one decision: `--scheme`. `parindex schemes new` writes one to start from. "
                "Kinds of rules and their parameters: [Rules](rules.md)."
            ),
            (
                "Tiêu chí, điểm tối đa, quy tắc và xếp loại của một quyết định: `--scheme`. `parindex schemes new` ghi một bộ mẫu để bắt đầu. "
                "Các loại quy tắc và tham số: [Quy tắc tính điểm](rules.md)."
            ),
        ),
    ),
    FileKind(
        ("Map of dossiers", "Bảng ánh xạ hồ sơ"),
        "facts-map",
        "examples/dossiers/map.yaml",
        (
            "Which columns a table of dossiers has, and what is counted of it: `parindex facts --map`.",
            "Bảng hồ sơ có những cột nào và đếm gì từ đó: `parindex facts --map`.",
        ),
    ),
    FileKind(
        ("Scenario", "Kịch bản"),
        "scenario",
        "",
        (
            "Changes of scores: `parindex simulate --scenario`; `--save` writes it.",
            "Những thay đổi về điểm: `parindex simulate --scenario`; `--save` ghi tệp này.",
        ),
    ),
    FileKind(
        ("Case", "Ca kiểm thử"),
        "case",
        "tests/cases/adjustments.yaml",
        (
            "An input and what must come of it: `parindex test`.",
            "Dữ liệu đầu vào và kết quả phải có: `parindex test`.",
        ),
    ),
    FileKind(
        ("Letterhead", "Thể thức văn bản"),
        "letterhead",
        "examples/letterhead.yaml",
        (
            "Who issues and signs a report: `parindex report --letterhead`; what is left out is filled in by hand.",
            "Cơ quan ban hành và người ký báo cáo: `parindex report --letterhead`; phần không ghi thì điền tay.",
        ),
    ),
)
_TEXTS: Final = {
    "en": {
        "intro": "# Files\n\nWhat is read and what is written, and the fields of each kind of file. How files and workbooks are "
        "filled in and what is refused: [Files and workbooks]({guide}files.md). JSON that is written: [JSON](json.md).\n\n"
        "Numbers are exact decimals, also in quotes; a comma may be the decimal mark. A day is day/month/year or year-month-day. "
        "An unknown field is refused, with what was perhaps meant. Data in YAML may as well stand in JSON.\n",
        "read": "## Forms that are read\n\n| form | endings | what it holds |\n|---|---|---|",
        "documents": "documents: scorecards, schemes, maps, scenarios, cases, letterheads",
        "rows": "a row for each score, or wide tables",
        "sheets": "a table in each sheet",
        "word": "a table in the document",
        "dossiers": "Rows of dossiers are read from CSV, `.xlsx`, Parquet and what `parindex facts --help` names: "
        "[From dossiers to points]({guide}dossiers.md).\n",
        "written": "## Forms that are written\n\n`--format`, or by default as the file after `-o` ends.\n\n| `--format` | endings | for |\n|---|---|---|",
        "people": "people, on the screen",
        "json": "programs: [JSON](json.md)",
        "ndjson": "programs, a line for each item",
        "csv": "spreadsheets and programs",
        "markdown": "documents",
        "xlsx": "offices: a sheet for each table (extra `office`)",
        "more": "`.svg` and `.png` after `-o` are pictures (extra `office`); `report` writes `.docx`, `.pdf`, `.html` and `.md`.\n",
        "csv_head": "### Scorecards as CSV",
        "csv_text": "A row for each score; `unit`, `year` and `code` are needed, the others may be left out: {columns}. They mean what the "
        "fields of a [scorecard](#scorecard) mean. What to write in each: [Files and workbooks]({guide}files.md).\n",
        "example": "Example: [{file}]({up}{file}).",
        "schema": "Schema: `parindex schema {name}`, `{id}`.",
        "rows_head": "## Published figures",
        "rows_text": "A CSV for `--data`: a row for each figure that a source prints. `parindex data import` makes it of a copied table: "
        "[Figures of your own](../data/own.md). Types and units: [tables](../data/tables.md).\n",
        "rows_table": "| column | default | meaning |\n|---|---|---|",
        "required": "required",
    },
    "vi": {
        "intro": "# Tệp\n\nNhững gì được đọc, được ghi, và các trường của từng loại tệp. Cách điền tệp và bảng tính, và những gì bị từ "
        "chối: [Tệp và bảng tính]({guide}files.md). JSON được ghi ra: [JSON](json.md).\n\n"
        "Số là số thập phân chính xác, có thể đặt trong dấu nháy; dấu thập phân có thể là dấu phẩy. Ngày viết ngày/tháng/năm hoặc "
        "năm-tháng-ngày. Trường không có trong bảng bị từ chối, kèm gợi ý. Dữ liệu YAML cũng có thể ghi bằng JSON.\n",
        "read": "## Các dạng được đọc\n\n| dạng | đuôi tệp | nội dung |\n|---|---|---|",
        "documents": "các tài liệu: phiếu chấm điểm, bộ tiêu chí, bảng ánh xạ, kịch bản, ca kiểm thử, thể thức văn bản",
        "rows": "mỗi dòng một điểm, hoặc bảng ngang",
        "sheets": "mỗi trang tính một bảng",
        "word": "bảng trong văn bản",
        "dossiers": "Các dòng hồ sơ được đọc từ CSV, `.xlsx`, Parquet và những dạng mà `parindex facts --help` nêu: "
        "[Từ hồ sơ đến điểm]({guide}dossiers.md).\n",
        "written": "## Các dạng được ghi\n\nTheo `--format`, nếu không thì theo đuôi tệp sau `-o`.\n\n| `--format` | đuôi tệp | dành cho |\n|---|---|---|",
        "people": "người đọc, trên màn hình",
        "json": "chương trình: [JSON](json.md)",
        "ndjson": "chương trình, mỗi mục một dòng",
        "csv": "bảng tính và chương trình",
        "markdown": "văn bản",
        "xlsx": "cơ quan: mỗi bảng một trang tính (cần phần mở rộng `office`)",
        "more": "`.svg` và `.png` sau `-o` là hình vẽ (cần `office`); `report` ghi `.docx`, `.pdf`, `.html` và `.md`.\n",
        "csv_head": "### Phiếu chấm điểm dạng CSV",
        "csv_text": "Mỗi dòng một điểm; cần có `unit`, `year` và `code`, các cột khác có thể bỏ: {columns}. Ý nghĩa như các trường của "
        "[phiếu chấm điểm](#phiếu-chấm-điểm). Cách ghi từng cột: [Tệp và bảng tính]({guide}files.md).\n",
        "example": "Ví dụ: [{file}]({up}{file}).",
        "schema": "Schema: `parindex schema {name}`, `{id}`.",
        "rows_head": "## Số liệu đã công bố",
        "rows_text": "Tệp CSV cho `--data`: mỗi dòng một số liệu mà nguồn đã in. `parindex data import` tạo tệp này từ bảng chép lại: "
        "[Số liệu của riêng bạn](../data/own.md). Kiểu và đơn vị: [các bảng](../data/tables.md).\n",
        "rows_table": "| cột | mặc định | ý nghĩa |\n|---|---|---|",
        "required": "bắt buộc",
    },
}


def files_page(say: Language) -> str:
    """The page."""
    texts = {name: text.replace("{guide}", _guides(say)) for name, text in _TEXTS[say.code].items()}
    lines = [texts["intro"], texts["read"]]
    for kind in Kind:
        what = (
            "documents"
            if kind.is_of_documents
            else {"csv": "rows", "docx": "word"}.get(kind, "sheets")
        )
        lines.append(f"| {kind.value} | {_endings(kind.endings)} | {texts[what]} |")
    lines += ["", texts["dossiers"], texts["written"]]
    for form in Format:
        what = "people" if form is Format.TABLE else form.value
        lines.append(f"| `{form.value}` | {_endings(form.endings)} | {texts[what]} |")
    lines += ["", texts["more"]]
    for each in KINDS:
        lines += _kind(each, say)
    lines += [texts["rows_head"] + "\n", texts["rows_text"], texts["rows_table"], *_rows(say), ""]
    return "\n".join(lines)


def _guides(say: Language) -> str:
    """Where the guides are; those in English where there are no others yet."""
    is_there = say.code == "en" or (_VI / "guide" / "files.md").exists()
    return "../guide/" if is_there else "../../guide/"


def _endings(endings: tuple[str, ...]) -> str:
    return ", ".join(f"`{each}`" for each in endings) or "—"


def schema_of(kind: FileKind) -> Any:
    """The schema of a kind of file; a scenario has none that is handed out."""
    name = next((each for each in get_args(SchemaName) if each == kind.schema), None)
    return json_schema(name) if name else ScenarioForm.model_json_schema()


def _kind(kind: FileKind, say: Language) -> Iterator[str]:
    texts, vi = _TEXTS[say.code], say.code == "vi"
    schema = schema_of(kind)
    yield f"## {kind.head[vi]}\n"
    yield f"{kind.about[vi]}\n"
    told = []
    if "$id" in schema:
        told.append(texts["schema"].format(name=kind.schema, id=schema["$id"]))
    if kind.example:
        up = "../../../" if vi else "../../"
        told.append(texts["example"].format(file=kind.example, up=up))
    if told:
        yield " ".join(told) + "\n"
    yield from table(fields(kind.schema, kind.schema, schema, nested=False), say, defaults=True)
    if kind.schema == "scorecard":
        yield texts["csv_head"] + "\n"
        yield texts["csv_text"].format(
            guide=_guides(say), columns=", ".join(f"`{each}`" for each in (*UNIT, "code", *READ))
        )
    known = {*json_schema("scorecard")["$defs"]} if kind.schema == "case" else set()
    for form, each in schema.get("$defs", {}).items():
        if form in known or form in OF_RULES or form.endswith("Rule"):
            continue
        yield f"### {form}\n"
        yield f"{about(form, say)}\n"
        yield from table(fields(kind.schema, form, each, nested=False), say, defaults=True)


def _rows(say: Language) -> Iterator[str]:
    required = _TEXTS[say.code]["required"]
    for name, field in RowForm.model_fields.items():
        default = (
            required if field.is_required() else f"`{field.default}`" if field.default else "—"
        )
        parts = say(ABOUT[name]).split("`")
        text = "".join(f"`{p}`" if n % 2 else markdown(p) for n, p in enumerate(parts))
        yield f"| `{name}` | {default} | {text} |"
