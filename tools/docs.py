"""Write the pages about findings and rules from the code: `python tools/docs.py`.

A test fails while a page differs from what this would write, and while a kind
of rule, one of its parameters or a code lacks what is said of it.
"""

import datetime
import inspect
import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, Final, NamedTuple, get_args

from parindex.findings import kinds
from parindex.rules import AnyRule, Rule
from parindex.tables.findings import page_rows
from parindex.values.escaping import markdown
from parindex.values.facts import Answer, Answers, Count, Date, Fact, Items, Points, Ratio, Value
from parindex.values.language import Language, language

DOCS: Final = Path(__file__).parent.parent / "docs"
CLASSES: Final[dict[str, type[Rule]]] = {
    get_args(each.model_fields["kind"].annotation)[0]: each
    for each in get_args(get_args(AnyRule)[0])
}
_YEAR: Final = 2024


class Example(NamedTuple):
    """A rule as it stands in a scheme, of a criterion with a maximum, and what is reported."""

    yaml: str
    fields: dict[str, Any]
    maximum: int
    facts: dict[str, Fact]


def _percent(text: str) -> Value:
    return Value(Decimal(text), is_percent=True)


EXAMPLES: Final = {
    "points": Example(
        "{kind: points}",
        {},
        2,
        {"points: 1.5": Points(Decimal("1.5")), "points: 0": Points(Decimal(0))},
    ),
    "choice": Example(
        "{kind: choice, options: {on_time: 1, late: 0.5, none: 0}}",
        {"options": {"on_time": "1", "late": "0.5", "none": "0"}},
        1,
        {"answer: on_time": Answer("on_time"), "answer: late": Answer("late")},
    ),
    "checklist": Example(
        "{kind: checklist, items: {tasks: 0.5, budget: 0.5}}",
        {"items": {"tasks": "0.5", "budget": "0.5"}},
        1,
        {"items: [tasks]": Items(("tasks",)), "items: [tasks, budget]": Items(("tasks", "budget"))},
    ),
    "steps": Example(
        "{kind: steps, steps: [{above: 90, points: 2}, {from: 70, points: 1}, {from: 0, points: 0}]}",
        {
            "steps": [
                {"above": "90", "points": "2"},
                {"from": "70", "points": "1"},
                {"from": "0", "points": "0"},
            ]
        },
        2,
        {"value: 90%": _percent("90"), "ratio: [91, 100]": Ratio(Decimal(91), Decimal(100))},
    ),
    "ratio": Example(
        "{kind: ratio, target: 90%}",
        {"target": "90%"},
        3,
        {"ratio: [234, 543]": Ratio(Decimal(234), Decimal(543)), "value: 97.2%": _percent("97.2")},
    ),
    "linear": Example(
        "{kind: linear, zero_at: 30, full_at: 5}",
        {"zero_at": "30", "full_at": "5"},
        2,
        {"value: 30": Value(Decimal(30)), "value: 10": Value(Decimal(10))},
    ),
    "deduct": Example(
        "{kind: deduct, step: 0.25}",
        {"step": "0.25"},
        1,
        {"count: 3": Count(3), "count: 9": Count(9)},
    ),
    "count": Example(
        "{kind: count, each: 0.5}", {"each": "0.5"}, 2, {"count: 3": Count(3), "count: 9": Count(9)}
    ),
    "deadline": Example(
        "{kind: deadline, due: 12-31, late: [{days: 15, points: 0.5}]}",
        {"due": "12-31", "late": [{"days": "15", "points": "0.5"}]},
        1,
        {
            "date: 2024-12-30": Date(datetime.date(2024, 12, 30)),
            "date: 2025-01-10": Date(datetime.date(2025, 1, 10)),
        },
    ),
    "survey": Example(
        "{kind: survey, weights: {A: 100%, B: 60%, C: 20%, D: 0%}}",
        {"weights": {"A": "100%", "B": "60%", "C": "20%", "D": "0%"}},
        2,
        {"answers: {A: 120, B: 30, C: 6, D: 1}": Answers({"A": 120, "B": 30, "C": 6, "D": 1})},
    ),
    "watch": Example("{kind: watch}", {}, 0, {"value: 97.2%": _percent("97.2")}),
}
PARAMETERS: Final = {
    "options": "points of each option by its name; the most is the maximum",
    "names": "what the options or items are called, `{vi: …, en: …}`",
    "items": "points of each item by its name; with `all` a list of names",
    "all": "all items together give the maximum, else 0",
    "of": "`percent` takes a percentage or a ratio, `value` a plain number of 0 or more",
    "steps": "from the highest edge to the lowest: `from` (inside) or `above` (not inside), `points`",
    "no_cases": "what 0 of 0 gives, `full-points` or `zero`; without it such a ratio is refused",
    "floor": "below this rate 0 points",
    "target": "from this rate on the maximum",
    "inverted": "what is reported is what went wrong",
    "zero_at": "the figure that gives 0 points, in the unit of `of`",
    "full_at": "the figure that gives the maximum, in the unit of `of`",
    "step": "what each case takes off, in points or as a share of the maximum (`25%`)",
    "each": "points for each",
    "above": "how many there must be before they count",
    "due": "a day of the year that is scored (`12-31`), or a date",
    "late": "a ladder: up to so many `days` late so many `points`",
    "weights": "what each answer is worth, in percent; the best is 100 %",
    "left_out": "answers that may be reported and do not count",
}
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
    for kind in CLASSES:
        lines += _rule(kind)
    return "\n".join(lines)


def _scoring() -> str:
    """What becomes of the points of leaves: a page written by hand, its headings a level deeper."""
    text = (DOCS / "scoring.md").read_text(encoding="utf-8")
    return re.sub("^##", "###", text, flags=re.MULTILINE)


def _rule(kind: str) -> Iterator[str]:
    rule_class, example, say = CLASSES[kind], EXAMPLES[kind], language("en")
    yield f"## {kind}\n"
    yield f"{inspect.getdoc(rule_class)}\n"
    yield f"Its proof: {inspect.getdoc(rule_class.proof)}\n"
    parameters = list(_parameters(rule_class))
    if parameters:
        yield "| parameter | form | default | meaning |\n|---|---|---|---|"
        yield from parameters
        yield ""
    maximum = Fraction(example.maximum)
    rule = rule_class.model_validate({"kind": kind, **example.fields}).of_year(_YEAR)
    yield f"Example, with a maximum of {maximum}:\n"
    yield f"```yaml\nrule: {example.yaml}\n```\n"
    yield f"{rule.in_words(maximum, say)}\n"
    yield "| reported | points |\n|---|---|"
    for told, fact in example.facts.items():
        yield f"| `{told}` | {markdown(rule.working(fact, maximum, say))} |"
    yield ""


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
        yield f"| `{name}` | {_form(form)} | {default} | {PARAMETERS[name]} |"


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
