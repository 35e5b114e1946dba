"""The page of all public names of `parindex`, from their docstrings; `tools/docs.py` writes it."""

import ast
import inspect
import re
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple, get_args, get_origin

import parindex
from parindex.values.language import Language
from tools.commands_page import anchor
from tools.names import ONLY_PYTHON, command_of

GROUPS: Final[Mapping[tuple[str, str], tuple[str, ...]]] = {
    ("Read and write", "Đọc và ghi"): (
        *("read_scorecards", "write_scorecard", "template", "split", "merge", "Scorecard"),
    ),
    ("Score and check", "Chấm điểm và kiểm tra"): (
        *("score", "score_frame", "explain", "check", "test", "verify", "Result", "Explanation"),
    ),
    ("Analyse", "Phân tích"): (*("rank", "stability", "compare", "losses", "simulate", "target"),),
    ("Load and make schemes", "Nạp và lập bộ tiêu chí"): (
        *("load_scheme", "schemes", "new_scheme", "import_scheme", "Scheme"),
    ),
    ("Dossiers", "Hồ sơ"): ("facts",),
    ("Published figures", "Số liệu đã công bố"): (
        *(
            "published",
            "trend",
            "data_list",
            "data_export",
            "data_check",
            "data_import",
            "data_site",
        ),
    ),
    ("Reports, charts, tables and JSON", "Báo cáo, biểu đồ, bảng và JSON"): (
        *("report", "chart", "to_dict", "to_json", "to_rows", "to_frame", "schema"),
    ),
    ("Findings and errors", "Lỗi và cảnh báo"): ("InputError", "Finding"),
}
"""The public names by task, with the name of the task in both languages."""
_REST: Final = ("More", "Còn lại")
_SECTION: Final = re.compile(r"^(Args|Returns|Yields|Raises|Examples?):\n", re.MULTILINE)
_HOMES: Final = re.compile(r"\b[a-z_]+\.(?=[A-Z])")
"""The module before a name, which says nothing to a reader."""
_ITEM: Final = re.compile(r"^    (\S[^:\n]*): ", re.MULTILINE)


class Words(NamedTuple):
    """What the page says beside the docstrings, in one language."""

    intro: str
    head: str
    parameters: str
    returns: str
    raises: str
    command: str
    only: str
    required: str
    members: str
    either: str
    by_name: str


_EN: Final = Words(
    "# Python interface\n\nEvery public name of `parindex`, by task, with an example that the tests run in the root of the "
    "repository. Every command has a function: [Commands](commands.md). What stays as it is: "
    "[What stays](promises.md). How they are used together: [Python](../guide/python.md). Points are exact "
    "(`Fraction`), printed percentages are `Decimal`; no function takes or gives a binary `float` where it is not asked to.\n\n"
    "`None` as a default means: not given. `Given` is what scorecards are read from: the name of a file or folder, bytes, a stream, "
    "a dict, a list of them or of rows, or a frame. `Several[X]` is a list of `X` that has `to_dict` and `to_json` itself. An argument of another type is a `TypeError`, a word that is none of the choices "
    "a `ValueError`; both say what is expected.\n",
    "name | what it is | command",
    "argument | form | default | meaning",
    "Returns",
    "Raises",
    "On the command line: {link}.",
    "On the command line there is none: {why}.",
    "required",
    "Attributes and methods",
    " or ",
    "by name",
)
_VI: Final = Words(
    "# Giao diện Python\n\nMọi tên công khai của `parindex`, xếp theo việc, mỗi tên có một ví dụ được bộ kiểm thử chạy tại thư mục gốc "
    "của kho mã. Phần lời về từng hàm lấy nguyên từ mã nguồn nên bằng **tiếng Anh**; khung của trang bằng tiếng Việt. Lệnh nào "
    "cũng có hàm tương ứng: [Các lệnh](commands.md) (có phần giải thích bằng tiếng Việt). Những gì được giữ nguyên: "
    "[cam kết](promises.md). Điểm là số chính xác (`Fraction`), tỷ lệ phần trăm đã in là `Decimal`; không hàm nào nhận hay trả "
    "số nhị phân `float` nếu không được yêu cầu.\n\n"
    "Giá trị mặc định `None` nghĩa là không cho. `Given` là thứ đọc được phiếu chấm điểm: tên tệp hoặc thư mục, bytes, luồng, "
    "dict, danh sách các dict hoặc các dòng, hoặc một bảng dữ liệu (frame). `Several[X]` là danh sách các `X` có sẵn `to_dict` và `to_json`. Đối số sai kiểu gây `TypeError`, từ không nằm trong các lựa "
    "chọn gây `ValueError`; cả hai nói rõ cần gì.\n",
    "tên | là gì | lệnh",
    "đối số | dạng | mặc định | ý nghĩa",
    "Trả về",
    "Lỗi",
    "Trên dòng lệnh: {link}.",
    "Trên dòng lệnh không có: {why}.",
    "bắt buộc",
    "Thuộc tính và phương thức",
    " hoặc ",
    "theo tên",
)
WHY_VI: Final = {
    "read_scorecards": "lệnh nào cũng đọc các tệp được cho",
    "write_scorecard": "`split`, `merge` và `facts` ghi phiếu chấm điểm",
    "score_frame": "bảng dữ liệu (frame) là của Python; `score --engine columns` chấm bảng theo cách này",
    "chart": "đó là `-o chart.svg` của các lệnh",
    "to_dict": "đó là `--format json` của các lệnh",
    "to_json": "đó là `--format json` của các lệnh",
    "to_rows": "đó là `--format csv` của các lệnh",
    "to_frame": "đó là `--format csv` của các lệnh",
}
"""`ONLY_PYTHON` in Vietnamese."""


class Told(NamedTuple):
    """A docstring in its parts; the text keeps its examples where they stand."""

    text: str
    arguments: Mapping[str, str]
    returns: str
    raises: Mapping[str, str]


def told(docstring: str) -> Told:
    """The parts of a docstring in the form of Google's guide."""
    text, *parts = _SECTION.split(inspect.cleandoc(docstring))
    sections = dict(zip(parts[::2], parts[1::2], strict=True))
    return Told(
        text.rstrip(),
        _items(sections.get("Args", "")),
        textwrap.dedent(sections.get("Returns", sections.get("Yields", ""))).strip(),
        _items(sections.get("Raises", "")),
    )


def _items(section: str) -> dict[str, str]:
    _, *parts = _ITEM.split(section)
    return {
        name: " ".join(text.split()) for name, text in zip(parts[::2], parts[1::2], strict=True)
    }


def tasks() -> dict[tuple[str, str], list[str]]:
    """The public names by task; one that no task has stands at the end."""
    public = [name for name in parindex.__all__ if not name.startswith("_")]
    named = {name for names in GROUPS.values() for name in names}
    found = {task: [name for name in names if name in public] for task, names in GROUPS.items()}
    rest = [name for name in public if name not in named]
    return {**found, _REST: rest} if rest else found


def api_page(say: Language) -> str:
    """The page."""
    words, place = {"en": (_EN, 0), "vi": (_VI, 1)}[say.code]
    lines = [words.intro]
    for task, names in tasks().items():
        lines += [f"**{task[place]}**\n", f"| {words.head} |\n|---|---|---|"]
        lines += [_listed(name) for name in names]
        lines.append("")
    for task, names in tasks().items():
        lines.append(f"## {task[place]}\n")
        for name in names:
            lines += _name(name, words, say)
    return "\n".join(lines)


def _listed(name: str) -> str:
    thing = getattr(parindex, name)
    command = None if inspect.isclass(thing) else command_of(name)
    link = f"[`{command}`](commands.md#{anchor(command)})" if command else "—"
    first = _one_line(told(thing.__doc__).text.split("\n\n")[0])
    return f"| [`{name}`](#{name.lower()}) | {first} | {link} |"


def _name(name: str, words: Words, say: Language) -> Iterator[str]:
    thing = getattr(parindex, name)
    said = told(thing.__doc__)
    yield f"### {name}\n"
    if not inspect.isclass(thing):
        yield f"```text\nparindex.{signature_of(thing)}\n```\n"
    yield from _with_code(said.text)
    if inspect.isclass(thing):
        yield from _members(thing, words)
        return
    if said.arguments:
        yield f"| {words.parameters} |\n|---|---|---|---|"
        yield from _arguments(thing, said, words)
        yield ""
    returned = _annotations(thing).get("return", "")
    text = f": {_prose(said.returns)}" if said.returns else ""
    yield f"{words.returns} {_form(returned, words)}{text}\n"
    if said.raises:
        yield f"{words.raises}:\n"
        yield from (f"- `{each}`: {_prose(text)}" for each, text in said.raises.items())
        yield ""
    command = command_of(name)
    if command:
        link = f"[`parindex {command}`](commands.md#{anchor(command)})"
        yield f"{words.command.format(link=link)}\n"
    else:
        why = ONLY_PYTHON[name] if say.code == "en" else WHY_VI[name]
        yield f"{words.only.format(why=why)}\n"


def signature_of(function: Any) -> str:
    """The line to type, with the annotations as they stand in the code."""
    node = _node(function)
    given = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    return _HOMES.sub("", f"{node.name}({ast.unparse(node.args)}){given}")


def _node(function: Any) -> ast.FunctionDef:
    [node] = ast.parse(textwrap.dedent(inspect.getsource(function))).body
    if not isinstance(node, ast.FunctionDef):
        raise TypeError(function)
    return node


def _annotations(function: Any) -> dict[str, str]:
    node = _node(function)
    arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    found = {each.arg: ast.unparse(each.annotation) for each in arguments if each.annotation}
    return {**found, **({"return": ast.unparse(node.returns)} if node.returns else {})}


def _arguments(function: Any, said: Told, words: Words) -> Iterator[str]:
    forms = _annotations(function)
    for name, each in inspect.signature(function).parameters.items():
        choices = [*_choices(each.annotation)]
        form = " / ".join(f"`{choice}`" for choice in choices) or _form(forms[name], words)
        default = words.required if each.default is each.empty else f"`{each.default!r}`"
        shown = f"`{name}`" + (f" ({words.by_name})" if each.kind is each.KEYWORD_ONLY else "")
        text = _one_line(said.arguments.get(name, ""))
        yield f"| {shown} | {form} | {default} | {text} |"


def _choices(annotation: Any) -> Iterator[str]:
    """The words of a `Literal`, or of one beside None."""
    options = [each for each in get_args(annotation) if each is not type(None)]
    if str(get_origin(annotation)) == "typing.Literal":
        yield from map(str, options)
    elif len(options) == 1 and str(get_origin(options[0])) == "typing.Literal":
        yield from map(str, get_args(options[0]))


def _form(annotation: str, words: Words) -> str:
    """An annotation, its alternatives side by side, for pipes end cells of tables."""
    depth, parts = 0, [""]
    for letter in _HOMES.sub("", annotation):
        depth += {"[": 1, "]": -1}.get(letter, 0)
        if letter == "|" and not depth:
            parts.append("")
        else:
            parts[-1] += letter
    kept = [each.strip() for each in parts if each.strip() != "None" or len(parts) == 1]
    return words.either.join(f"`{each.replace(' | ', words.either)}`" for each in kept)


def _members(thing: Any, words: Words) -> Iterator[str]:
    """The attributes and methods of a class that have a text of their own."""
    rows = []
    for name, member in {**vars(thing)}.items():
        function = member.fget if isinstance(member, property) else getattr(member, "func", member)
        text = getattr(function, "__doc__", None)
        if name.startswith("_") or not inspect.isfunction(function) or not text:
            continue
        call = "" if function is not member else f"({ast.unparse(_node(function).args)})"
        shown = re.sub(r"\(self(, )?", "(", call)
        form = _form(_annotations(function).get("return", ""), words)
        rows.append(
            f"- `{name}{shown}` → {form}: {_one_line(told(text).text.split(chr(10) * 2)[0])}"
        )
    if rows:
        yield f"{words.members}:\n"
        yield from rows
        yield ""


def _with_code(text: str) -> Iterator[str]:
    """Paragraphs of a docstring; those that begin with `>>>` as code."""
    for paragraph in text.split("\n\n"):
        if paragraph.startswith(">>>"):
            yield f"```pycon\n{paragraph}\n```\n"
        elif paragraph.startswith("    "):
            yield f"```text\n{textwrap.dedent(paragraph)}\n```\n"
        else:
            yield f"{paragraph}\n"


def _prose(text: str) -> str:
    return re.sub(r"(?<!\n)\n(?!\n)", " ", text)


def _one_line(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
