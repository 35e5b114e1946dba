"""The page of every JSON format that is written, with an example of a real command; `tools/docs.py` writes it."""

import json
import shlex
import tempfile
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Any, Final, NamedTuple

from typer.testing import CliRunner

from parindex.cli.app import app
from parindex.render.json_data import render_json
from parindex.render.json_schemas import SchemaName, json_schema
from parindex.values.language import Language
from tools.fields_table import about, fields, table

_SMALL: Final = "examples/soc-trang-2018.yaml"
_OWN: Final = "examples/schemes/departments-2024.yaml"
_MOST_TEXT: Final = 80


class Written(NamedTuple):
    """A format: the command that writes it, its schema, and what it holds in both languages."""

    command: str
    schema: SchemaName | None
    about: tuple[str, str]


FORMATS: Final = {
    "result": Written(
        f"parindex score {_SMALL} --depth 1", "result", ("results", "kết quả chấm điểm")
    ),
    "stages": Written(
        f"parindex score examples/departments-2024.yaml --scheme {_OWN} --stages",
        None,
        ("the points of each stage of appraisal", "điểm của từng bước chấm"),
    ),
    "explanation": Written(
        f"parindex explain {_SMALL} 6",
        None,
        ("why a criterion has its points", "vì sao một tiêu chí có số điểm đó"),
    ),
    "ranking": Written(
        "parindex rank examples/provinces-2018.csv", "ranking", ("rankings", "bảng xếp hạng")
    ),
    "stability": Written(
        "parindex stability examples/provinces-2018.csv --draws 100",
        "stability",
        ("how sure ranks are", "mức chắc chắn của thứ hạng"),
    ),
    "comparison": Written(
        "parindex compare 2023 2024 --unit 'Hòa Bình'",
        "comparison",
        ("what changed between two sides", "thay đổi giữa hai vế"),
    ),
    "trend": Written(
        "parindex trend 'Hòa Bình' --from 2023",
        "trend",
        ("figures over years", "số liệu qua các năm"),
    ),
    "losses": Written(
        f"parindex losses {_SMALL} --by area",
        None,
        ("where points were lost", "mất điểm ở đâu"),
    ),
    "simulation": Written(
        f"parindex simulate {_SMALL} --set 6=+1.65",
        None,
        ("what would be, if some scores were others", "kết quả nếu một số điểm khác đi"),
    ),
    "target": Written(
        f"parindex target {_SMALL} --band A",
        None,
        ("the least that must change", "những gì tối thiểu phải thay đổi"),
    ),
    "merge": Written(
        f"parindex merge examples/departments-2024.yaml --scheme {_OWN}",
        None,
        (
            "who delivered which rows, and where parts differ",
            "ai đã nộp dòng nào, phần nào khác nhau",
        ),
    ),
    "check": Written(
        "parindex check tests/bad/above-maximum.yaml",
        "findings",
        (
            "findings; with `--errors json` each line of standard error is one",
            "các lỗi, cảnh báo; với `--errors json`, mỗi dòng ở luồng lỗi chuẩn (stderr) là một lỗi hoặc cảnh báo",
        ),
    ),
    "findings": Written(
        "parindex explain --finding P202",
        None,
        ("what is said of a code of findings", "giải thích một mã lỗi, cảnh báo"),
    ),
    "test": Written(
        "parindex test tests/cases/adjustments.yaml",
        None,
        ("whether cases come out", "các ca kiểm thử có đạt không"),
    ),
    "verify": Written(
        f"parindex verify tests/golden/soc-trang-2018.json {_SMALL}",
        None,
        ("whether results still come out", "kết quả nhận được có tính lại đúng không"),
    ),
    "schemes": Written(
        "parindex schemes show vn-province-2018 --depth 1",
        None,
        ("schemes, and what is in them", "các bộ tiêu chí và nội dung"),
    ),
    "annex": Written(
        "parindex schemes import tests/annexes/merged.docx -o scheme.yaml",
        None,
        (
            "what was taken of the annex of a decision",
            "những gì lấy được từ phụ lục của quyết định",
        ),
    ),
    "published": Written(
        "parindex data show --year 2018 --unit 'Sóc Trăng' --kind result",
        "published",
        ("published figures", "số liệu đã công bố"),
    ),
    "coverage": Written(
        "parindex data list", None, ("how many figures are known", "biết được bao nhiêu số liệu")
    ),
    "coverage-by-year": Written(
        "parindex data list --summary",
        None,
        ("the same by year", "như vậy, theo năm"),
    ),
    "bounds": Written(
        "parindex data show --bounds --year 2018",
        None,
        ("between which figures unknown ones must be", "số chưa biết phải nằm trong khoảng nào"),
    ),
}
"""The formats by their names, without `parindex-` and `/1`, in the order of the page."""
ELSEWHERE: Final = {
    "data": (
        "`parindex data export -o FILE.sqlite`: in the table `about`; [the tables](../data/tables.md)",
        "`parindex data export -o TỆP.sqlite`: trong bảng `about`; [các bảng](../data/tables.md)",
    ),
    "data-import": (
        "`parindex data import … --format json`: what was taken of a table",
        "`parindex data import … --format json`: những gì lấy được từ bảng",
    ),
    "rows": (
        "`parindex facts … --report FILE.json`: rows that were not counted, with why",
        "`parindex facts … --report TỆP.json`: các dòng không được đếm, kèm lý do",
    ),
    "site": (
        "`parindex data site`: the file in the folder by which it is known again",
        "`parindex data site`: tệp trong thư mục để nhận ra thư mục đó",
    ),
    "scenario": (
        "`parindex simulate --save FILE`: read again: [Files](files.md#scenario)",
        "`parindex simulate --save TỆP`: đọc lại được: [Tệp](files.md)",
    ),
}
"""Formats that are told in a line, because they are described elsewhere or have no fields to tell."""
_INTRO: Final = {
    "en": "# JSON\n\nEvery JSON that is written says its format in `format`. Numbers have all their decimals and no binary "
    "rounding: read them as decimals. Points are in points; `index`, `percent`, `low` and `high` of results in percent as the "
    "scheme prints them; changes in percentage points; moves in places. `null` is not known, never 0. A field with `_exact` "
    "beside another is its exact quotient, and there only where decimals do not end. Names stay, new fields may come: "
    "[What stays](promises.md). JSON does not depend on the language of the run, but for the words of findings.\n\n"
    "`--format ndjson` writes each item on a line of its own, with the `format`. `parindex.to_dict` and `parindex.to_json` give "
    "the same in Python: [Python interface](api.md#to_dict). Schemas are in [schemas](../../schemas), in the installed package, "
    "and `parindex schema NAME` prints them.\n",
    "vi": "# JSON\n\nMọi JSON được ghi ra đều nêu định dạng trong `format`. Số giữ đủ chữ số thập phân, không bị làm tròn nhị "
    "phân: hãy đọc như số thập phân. Điểm tính bằng điểm; `index`, `percent`, `low`, `high` của kết quả tính bằng phần trăm như bộ "
    "tiêu chí quy định in; mức thay đổi tính bằng điểm phần trăm; tăng giảm hạng tính bằng bậc. `null` là chưa biết, không bao giờ "
    "là 0. Trường có đuôi `_exact` là phân số chính xác của trường bên cạnh, chỉ có khi phần thập phân không dứt. Tên trường được "
    "giữ nguyên, có thể thêm trường mới: [Những gì được giữ nguyên](promises.md). JSON không phụ thuộc ngôn ngữ của lần chạy, "
    "trừ câu chữ của lỗi, cảnh báo.\n\n"
    "`--format ndjson` ghi mỗi mục trên một dòng, kèm `format`. Trong Python, `parindex.to_dict` và `parindex.to_json` cho cùng "
    "nội dung: [Giao diện Python](api.md#to_dict). Các schema nằm trong [schemas](../../../schemas), trong gói đã cài, và "
    "`parindex schema TÊN` in ra.\n",
}
_WORDS: Final = {
    "en": {
        "head": "format | what it holds | schema",
        "schema": "Schema: `parindex schema {name}`, [schemas/{name}.json]({up}schemas/{name}.json), `{id}`.",
        "none": "It has no schema yet.",
        "printed": "Printed by the command below; of each list the first item, deeper levels left out (`…`).",
        "others": "Others",
        "where": "format | where",
    },
    "vi": {
        "head": "định dạng | nội dung | schema",
        "schema": "Schema: `parindex schema {name}`, [schemas/{name}.json]({up}schemas/{name}.json), `{id}`.",
        "none": "Chưa có schema.",
        "printed": "Lệnh dưới đây in ra; mỗi danh sách chỉ giữ mục đầu, bậc sâu hơn được lược bỏ (`…`).",
        "others": "Định dạng khác",
        "where": "định dạng | ở đâu",
    },
}


def json_page(say: Language) -> str:
    """The page."""
    words, place = _WORDS[say.code], int(say.code == "vi")
    lines = [_INTRO[say.code], f"| {words['head']} |\n|---|---|---|"]
    for name, each in FORMATS.items():
        schema = f"`{each.schema}`" if each.schema else "—"
        lines.append(
            f"| [`parindex-{name}/1`](#parindex-{name}1) | {each.about[place]} | {schema} |"
        )
    lines.append("")
    for name, each in FORMATS.items():
        lines += _format(name, each, say)
    lines += [f"## {words['others']}\n", f"| {words['where']} |\n|---|---|"]
    lines += [f"| `parindex-{name}/1` | {told[place]} |" for name, told in ELSEWHERE.items()]
    return "\n".join([*lines, ""])


def _format(name: str, each: Written, say: Language) -> Iterator[str]:
    words, vi = _WORDS[say.code], say.code == "vi"
    yield f"## parindex-{name}/1\n"
    what = each.about[vi]
    yield f"{what[0].upper()}{what[1:]}.\n"
    if each.schema is None:
        yield f"{words['none']}\n"
    else:
        schema = json_schema(each.schema)
        up = "../../../" if vi else "../../"
        yield f"{words['schema'].format(name=each.schema, up=up, id=schema['$id'])}\n"
        if "properties" in schema:
            yield from table(
                fields(each.schema, each.schema, schema, nested=True), say, defaults=False
            )
        for form, told in schema.get("$defs", {}).items():
            yield f"### {form}\n"
            yield f"{about(form, say)}\n"
            yield from table(fields(each.schema, form, told, nested=True), say, defaults=False)
    yield f"{words['printed']}\n"
    yield f"```sh\n{each.command} --format json\n```\n"
    yield f"```json\n{printed(each.command)}```\n"


@cache
def printed(command: str) -> str:
    """What a command prints as JSON, shortened.

    Raises:
        ValueError: it prints no JSON.
    """
    with tempfile.TemporaryDirectory() as folder:
        words = [
            f"{folder}/{word}" if word == "scheme.yaml" else word
            for word in shlex.split(command)[1:]
        ]
        ran = CliRunner().invoke(app, [*words, "--format", "json"])
    if not ran.stdout.startswith("{"):
        raise ValueError(command, ran.output)
    return render_json(_shortened(json.loads(ran.stdout, parse_float=Decimal), 0))


_DEEPEST: Final = 5


def _shortened(value: Any, depth: int) -> Any:
    if isinstance(value, str):
        return value if len(value) <= _MOST_TEXT else f"{value[:_MOST_TEXT]}…"
    if isinstance(value, list):
        return [_shortened(each, depth + 1) for each in value[:1]]
    if not isinstance(value, dict):
        return value
    if depth > _DEEPEST and value:
        return {"…": "…"}
    return {name: _shortened(each, depth + 1) for name, each in value.items()}
