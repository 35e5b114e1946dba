"""Write the pages of reference from the code: `python tools/docs.py`.

A test fails while a page differs from what this would write, and while a kind
of rule, one of its parameters or a code lacks what is said of it.
"""

import inspect
import sys
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any, Final, NamedTuple

import yaml
from pydantic import TypeAdapter

from parindex.findings import kinds
from parindex.rules import KINDS, AnyRule, Rule
from parindex.rules.said_by_unit import BY_UNIT
from parindex.rules.setting import Setting
from parindex.scorecard.entry_file import FactForm
from parindex.tables.findings import page_rows
from parindex.values.escaping import markdown
from parindex.values.language import Language, language

sys.path.insert(0, str(Path(__file__).parent.parent))
from tools.api_page import api_page
from tools.commands_page import commands_page
from tools.data_page import data_page
from tools.files_page import files_page
from tools.glossary import glossary_page
from tools.json_page import json_page

DOCS: Final = Path(__file__).parent.parent / "docs"
_YEAR: Final = 2024
_LEVEL: Final = "province"


_CHAPTERS: Final = {
    "P1": "Files",
    "P2": "Scorecards and their scheme",
    "P3": "Schemes",
    "P4": "Figures that disagree, or cannot be told",
    "P5": "Gates",
    "P6": "What only `parindex check` tells",
    "P7": "Parts of a scorecard, and what a workbook holds",
    "P8": "What the command line asks for",
    "P9": "The machine",
}
_CHAPTERS_VI: Final = {
    "P1": "Tệp",
    "P2": "Phiếu chấm điểm và bộ tiêu chí",
    "P3": "Bộ tiêu chí",
    "P4": "Số liệu mâu thuẫn, hoặc không tính được",
    "P5": "Ngưỡng phải đạt",
    "P6": "Những gì chỉ lệnh `parindex check` mới tìm ra",
    "P7": "Các phần của phiếu chấm điểm, và nội dung bảng tính chứa được",
    "P8": "Yêu cầu trên dòng lệnh",
    "P9": "Máy tính",
}
_RULES_INTRO: Final = {
    "en": "# Rules\n\nHow a leaf's points follow from what was reported. Points are exact "
    "rationals in points, from 0 to the maximum of the criterion; nothing is rounded before "
    "the scheme says so. A rule that could leave 0…maximum, or could not reach the maximum, "
    "is refused when its scheme is loaded. What becomes of the points of leaves: "
    "[From what was reported to the index](../explanation/scoring.md).\n",
    "vi": "# Quy tắc tính điểm\n\nTrang này nêu cách điểm của một tiêu chí không có tiêu chí con được "
    "tính từ số liệu báo cáo. Điểm là số hữu tỷ chính xác, từ 0 đến điểm tối đa của tiêu chí; "
    "không làm tròn trước khi bộ tiêu chí yêu cầu. Quy tắc có thể cho điểm ngoài khoảng từ 0 đến "
    "điểm tối đa, hoặc không thể đạt điểm tối đa, bị từ chối ngay khi nạp bộ tiêu chí. "
    "Từ điểm của từng tiêu chí đến chỉ số: [Từ số liệu báo cáo đến chỉ số](../explanation/scoring.md).\n",
}
_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "proof": "Its proof",
        "head": "parameter | form | default | meaning",
        "required": "required",
        "example": "Example, with a maximum of {maximum}",
        "reported": "reported | points",
        "or": " or ",
        "percentage": "percentage",
        "day": "day",
        "number": "number",
        "integer": "integer",
        "object": "mapping",
        "array": "list",
        "boolean": "true / false",
        "string": "text",
    },
    "vi": {
        "proof": "Điều kiện khi nạp",
        "head": "tham số | dạng | mặc định | ý nghĩa",
        "required": "bắt buộc",
        "example": "Ví dụ, điểm tối đa là {maximum}",
        "reported": "số liệu báo cáo | điểm",
        "or": " hoặc ",
        "percentage": "tỷ lệ phần trăm",
        "day": "ngày",
        "number": "số",
        "integer": "số nguyên",
        "object": "bảng tên – giá trị",
        "array": "danh sách",
        "boolean": "true / false",
        "string": "chữ",
    },
}
"""What stands on the page of rules beside the texts of each kind."""
_MADE: Final = "<!-- Made from the code by tools/docs.py; do not edit. -->\n\n"


def findings_page(say: Language) -> str:
    """The page of all findings."""
    is_english = say.code == "en"
    intro = (
        "# Findings\n\nEvery finding has a stable code and tells its place. Bad input, P1xx to P3xx, "
        "ends every command with exit code 2, and so do a wrong command line (P8xx) and what the machine refuses (P9xx); a doubt about a source's figures leaves `score` at "
        "0. `parindex check` tells all of them: an error ends it with 1, a file that cannot be read "
        "with 2, and warnings and notes fail nothing. In messages `‹…›` stands for figures and names of the case.\n"
        if is_english
        else "# Các mã lỗi, cảnh báo\n\nMỗi lỗi, cảnh báo có một mã cố định và nêu rõ vị trí. Dữ liệu đầu vào "
        "sai, từ P1xx đến P3xx, làm mọi lệnh kết thúc với mã thoát 2, dòng lệnh sai (P8xx) và việc máy không cho phép (hết bộ nhớ, không có quyền ghi: P9xx) cũng vậy; nghi vấn về số liệu của nguồn "
        "không làm lệnh `score` thất bại. Lệnh `parindex check` nêu tất cả: có lỗi thì mã thoát là "
        "1, có tệp không đọc được thì là 2, còn cảnh báo và lưu ý thì không ảnh hưởng. Trong thông báo, `‹…›` là số liệu và tên của từng trường hợp.\n"
    )
    chapters = _CHAPTERS if is_english else _CHAPTERS_VI
    lines = [_MADE + intro]
    for start, title in chapters.items():
        lines.append(f"## {start}xx · {title}\n")
        for code in sorted(code for code in kinds() if code.startswith(start)):
            lines += _finding(code, say)
    return "\n".join(lines)


def _finding(code: str, say: Language) -> Iterator[str]:
    yield f"### {code}\n"
    told = dict(page_rows(code, say))
    severity = f"{say('Severity')}: **{say(kinds()[code].severity)}**"
    literal = (say("Example"), say("What is told"))
    yield f"{severity}\n"
    for about, text in told.items():
        if about not in literal:
            yield f"- {about}: {_prose(text)}"
    yield ""
    shown = [told[about] for about in literal if about in told]
    if shown:
        yield "\n".join(("```text", *shown, "```\n"))


def _prose(text: str) -> str:
    """Text whose `code` stays code, and whose other letters are shown as they are."""
    parts = text.split("`")
    return "".join(
        f"`{part}`" if number % 2 else markdown(part) for number, part in enumerate(parts)
    )


class Told(NamedTuple):
    """What is said of a kind of rule: what it gives, what its proof asks, what its parameters mean."""

    about: str
    proof: str
    parameters: Mapping[str, str]


def told_of(kind: str, say: Language) -> Told:
    """What the code says of a kind, or in Vietnamese `rules_vi.yaml`; what is not there, as in the code."""
    rule_class = KINDS[kind]
    properties = _schema(rule_class)["properties"]
    described = {name: properties[name]["description"] for name in parameters_of(rule_class)}
    about, proof = inspect.getdoc(rule_class) or "", inspect.getdoc(rule_class.proof) or ""
    if say.code == "en":
        return Told(about, proof, described)
    texts = vietnamese()
    own = texts["kinds"].get(kind, {})
    parameters = {**described, **texts["common"], **own.get("parameters", {})}
    return Told(own.get("about", about).strip(), own.get("proof", proof).strip(), parameters)


def vietnamese() -> Any:
    """The texts of the Vietnamese page of rules."""
    return read(Path(__file__).with_name("rules_vi.yaml").read_text(encoding="utf-8"))


def untold() -> list[str]:
    """What of the kinds of rules has no Vietnamese text: a kind, `kind.proof`, or `kind.parameter`."""
    texts = vietnamese()
    missing: list[str] = []
    for kind, rule_class in KINDS.items():
        own = texts["kinds"].get(kind, {})
        missing += [] if own.get("about") else [kind]
        missing += [] if own.get("proof") else [f"{kind}.proof"]
        known = {*texts["common"], *own.get("parameters", {})}
        missing += [f"{kind}.{name}" for name in parameters_of(rule_class) if name not in known]
    return missing


def rules_page(say: Language) -> str:
    """The page of all kinds of rules."""
    lines = [_MADE + _RULES_INTRO[say.code]]
    for kind in KINDS:
        lines += _rule(kind, say)
    return "\n".join(lines)


def _rule(kind: str, say: Language) -> Iterator[str]:
    rule_class, words, told = KINDS[kind], _WORDS[say.code], told_of(kind, say)
    example = rule_class.example
    yield f"## {kind}\n"
    yield f"{told.about}\n"
    yield f"{words['proof']}: {told.proof}\n"
    parameters = list(_parameters(rule_class, told, words))
    if parameters:
        yield f"| {words['head']} |\n|---|---|---|---|"
        yield from parameters
        yield ""
    maximum = Fraction(example.maximum)
    rule = TypeAdapter(AnyRule).validate_python(read(example.rule))
    rule = rule.for_unit(Setting(_YEAR, level=_LEVEL))
    yield f"{words['example'].format(maximum=maximum)}:\n"
    yield f"```yaml\nrule: {example.rule}\n```\n"
    yield f"{rule.in_words(maximum, say)}\n"
    yield f"| {words['reported']} |\n|---|---|"
    for score in example.scores:
        form = FactForm.model_validate(read(score))
        fact = form.fact(rule)
        if form.reference is not None:
            rule = rule.for_unit(Setting(_YEAR, best=rule.compared(form.reference)))
        yield f"| `{score}` | {markdown(rule.working(fact, maximum, say))} |"
    yield ""


def read(text: str) -> Any:
    """A piece of YAML, its numbers as the text that stands there."""
    return yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506


def parameters_of(rule_class: type[Rule]) -> Iterator[str]:
    """The names of a rule's parameters, as a scheme writes them."""
    for name, field in rule_class.model_fields.items():
        if name != "kind":
            yield field.alias or name


def _schema(rule_class: type[Rule]) -> Any:
    schema = rule_class.model_json_schema()
    return schema if "properties" in schema else schema["$defs"][rule_class.__name__]


def _parameters(rule_class: type[Rule], told: Told, words: Mapping[str, str]) -> Iterator[str]:
    schema = _schema(rule_class)
    for name in parameters_of(rule_class):
        form = schema["properties"][name]
        required = name in schema.get("required", ())
        default = words["required"] if required else f"`{_default(form.get('default'))}`"
        yield f"| `{name}` | {_form(form, words)} | {default} | {told.parameters[name]} |"


def _default(value: Any) -> str:
    empty: dict[Any, str] = {None: "—", True: "true", False: "false"}
    if isinstance(value, list | dict):
        return "—" if not value else str(value)
    return empty.get(value, str(value)) if value is None or isinstance(value, bool) else str(value)


def _form(schema: Any, words: Mapping[str, str]) -> str:
    """A JSON Schema in a word or two."""
    if "enum" in schema:
        return " / ".join(f"`{each}`" for each in schema["enum"])
    if "anyOf" in schema:
        told = (each for each in schema["anyOf"] if each.get("description") != BY_UNIT)
        forms = [_form(each, words) for each in told if each.get("type") != "null"]
        return words["or"].join(dict.fromkeys(forms))
    if "%" in schema.get("pattern", ""):
        return words["percentage"]
    if "pattern" in schema:
        return words["day"]
    kind = schema.get("type", "")
    return words["number"] if isinstance(kind, list) else words.get(kind, kind)


PAGES: Final[dict[str, Callable[[], str]]] = {
    "reference/findings.md": lambda: findings_page(language("en")),
    "reference/glossary.md": lambda: _MADE + glossary_page(language("en")),
    "reference/rules.md": lambda: rules_page(language("en")),
    "reference/commands.md": lambda: _MADE + commands_page(language("en")),
    "reference/files.md": lambda: _MADE + files_page(language("en")),
    "reference/json.md": lambda: _MADE + json_page(language("en")),
    "reference/api.md": lambda: _MADE + api_page(language("en")),
    "data/tables.md": lambda: _MADE + data_page(language("en")),
    "vi/reference/commands.md": lambda: _MADE + commands_page(language("vi")),
    "vi/reference/files.md": lambda: _MADE + files_page(language("vi")),
    "vi/reference/json.md": lambda: _MADE + json_page(language("vi")),
    "vi/reference/api.md": lambda: _MADE + api_page(language("vi")),
    "vi/data/tables.md": lambda: _MADE + data_page(language("vi")),
    "vi/reference/findings.md": lambda: findings_page(language("vi")),
    "vi/reference/glossary.md": lambda: _MADE + glossary_page(language("vi")),
    "vi/reference/rules.md": lambda: rules_page(language("vi")),
}
"""Every page by its name below `docs`, and how it is made."""


def pages() -> dict[str, str]:
    """The text of every page by its name below `docs`."""
    return {name: made() for name, made in PAGES.items()}


if __name__ == "__main__":
    for page, text in pages().items():
        (DOCS / page).write_text(text, encoding="utf-8", newline="\n")
