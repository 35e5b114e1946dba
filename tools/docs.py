"""Write the pages about findings and rules from the code: `python tools/docs.py`.

A test fails while a page differs from what this would write, and while a kind
of rule, one of its parameters or a code lacks what is said of it.
"""

import inspect
import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

import yaml

from parindex.findings import kinds
from parindex.rules import KINDS, Rule
from parindex.rules.setting import Setting
from parindex.scorecard.entry_file import FactForm
from parindex.tables.findings import page_rows
from parindex.values.escaping import markdown
from parindex.values.language import Language, language

DOCS: Final = Path(__file__).parent.parent / "docs"
_YEAR: Final = 2024


_CHAPTERS: Final = {
    "P1": "Files",
    "P2": "Scorecards and their scheme",
    "P3": "Schemes",
    "P4": "Figures that disagree, or cannot be told",
    "P5": "Gates",
    "P6": "What only `parindex check` tells",
    "P7": "Parts of a scorecard, and what a workbook holds",
}
_CHAPTERS_VI: Final = {
    "P1": "Tệp",
    "P2": "Phiếu chấm điểm và bộ tiêu chí",
    "P3": "Bộ tiêu chí",
    "P4": "Số liệu mâu thuẫn, hoặc không tính được",
    "P5": "Ngưỡng phải đạt",
    "P6": "Những gì chỉ lệnh `parindex check` phát hiện",
    "P7": "Các phần của phiếu chấm điểm, và nội dung bảng tính chứa được",
}
_MADE: Final = "<!-- Made from the code by tools/docs.py; do not edit. -->\n\n"


def findings_page(say: Language) -> str:
    """The page of all findings."""
    is_english = say.code == "en"
    intro = (
        "# Findings\n\nEvery finding has a stable code and tells its place. Bad input, P1xx to P3xx, "
        "ends every command with exit code 2; a doubt about a source's figures leaves `score` at "
        "0. `parindex check` tells all of them: an error ends it with 1, a file that cannot be read "
        "with 2, and warnings and notes fail nothing. In messages `‹…›` stands for figures and names of the case.\n"
        if is_english
        else "# Các mã phát hiện\n\nMỗi phát hiện có một mã cố định và nêu rõ vị trí. Dữ liệu đầu vào "
        "sai, từ P1xx đến P3xx, làm mọi lệnh kết thúc với mã thoát 2; nghi vấn về số liệu của nguồn "
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


def rules_page() -> str:
    """The page of scoring as a whole, and then of all kinds of rules."""
    intro = (
        "# Rules\n\nHow a leaf's points follow from what was reported. Points are exact "
        "rationals in points, from 0 to the maximum of the criterion; nothing is rounded before "
        "the scheme says so. A rule that could leave 0…maximum, or could not reach the maximum, "
        "is refused when its scheme is loaded.\n"
    )
    lines = [_MADE + _scoring(), intro]
    for kind in KINDS:
        lines += _rule(kind)
    return "\n".join(lines)


def _scoring() -> str:
    """What becomes of the points of leaves: a page written by hand, its headings a level deeper."""
    text = (DOCS / "scoring.md").read_text(encoding="utf-8")
    return re.sub("^##", "###", text, flags=re.MULTILINE)


def _rule(kind: str) -> Iterator[str]:
    rule_class, say = KINDS[kind], language("en")
    example = rule_class.example
    yield f"## {kind}\n"
    yield f"{inspect.getdoc(rule_class)}\n"
    yield f"Its proof: {inspect.getdoc(rule_class.proof)}\n"
    parameters = list(_parameters(rule_class))
    if parameters:
        yield "| parameter | form | default | meaning |\n|---|---|---|---|"
        yield from parameters
        yield ""
    maximum = Fraction(example.maximum)
    rule = rule_class.model_validate(read(example.rule)).for_unit(Setting(_YEAR))
    yield f"Example, with a maximum of {maximum}:\n"
    yield f"```yaml\nrule: {example.rule}\n```\n"
    yield f"{rule.in_words(maximum, say)}\n"
    yield "| reported | points |\n|---|---|"
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


def _parameters(rule_class: type[Rule]) -> Iterator[str]:
    schema = rule_class.model_json_schema()
    for name in parameters_of(rule_class):
        form = schema["properties"][name]
        required = name in schema.get("required", ())
        default = "required" if required else f"`{_default(form.get('default'))}`"
        yield f"| `{name}` | {_form(form)} | {default} | {form['description']} |"


def _default(value: Any) -> str:
    empty: dict[Any, str] = {None: "—", True: "true", False: "false"}
    if isinstance(value, list | dict):
        return "—" if not value else str(value)
    return empty.get(value, str(value)) if value is None or isinstance(value, bool) else str(value)


def _form(schema: Any) -> str:
    """A JSON Schema in a word or two."""
    if "enum" in schema:
        return " / ".join(f"`{each}`" for each in schema["enum"])
    if "anyOf" in schema:
        forms = [_form(each) for each in schema["anyOf"] if each.get("type") != "null"]
        return " or ".join(dict.fromkeys(forms))
    if "%" in schema.get("pattern", ""):
        return "percentage"
    if "pattern" in schema:
        return "day"
    words = {"object": "mapping", "array": "list", "boolean": "true / false", "string": "text"}
    kind = schema.get("type", "")
    return "number" if isinstance(kind, list) else words.get(kind, kind)


def pages() -> dict[str, str]:
    """Every page by its name below `docs`."""
    return {
        "findings.md": findings_page(language("en")),
        "rules.md": rules_page(),
        "vi/findings.md": findings_page(language("vi")),
    }


if __name__ == "__main__":
    for page, text in pages().items():
        (DOCS / page).write_text(text, encoding="utf-8", newline="\n")
