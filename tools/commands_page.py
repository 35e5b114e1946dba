"""The page of all commands, from the command line itself; `tools/docs.py` writes it."""

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

import typer

from parindex.cli.app import COMMANDS, app
from parindex.cli.help import Group
from parindex.cli.options import Everywhere
from parindex.cli.usage import kinds_of, name_of, values_of
from parindex.cli.words import current
from parindex.values.escaping import markdown
from parindex.values.language import SOURCE, Language
from tools.names import function_of

_NOT_OWN: Final = frozenset(
    ("version", "lang", "help", "install_completion", "show_completion", *Everywhere._fields)
)
_GATES: Final = {
    "score": (
        "a gate failed (`--fail-under`, `--fail-under-area`, `--baseline`)",
        "có ngưỡng không đạt (`--fail-under`, `--fail-under-area`, `--baseline`)",
    ),
    "check": (
        "an error was found (warnings and notes leave 0)",
        "có lỗi (cảnh báo và lưu ý vẫn cho mã 0)",
    ),
    "data check": (
        "an error was found (warnings and notes leave 0)",
        "có lỗi (cảnh báo và lưu ý vẫn cho mã 0)",
    ),
    "verify": ("a figure differs", "có số liệu khác"),
    "test": ("a case fails", "có ca kiểm thử không đạt"),
    "merge": ("parts differ", "các phần khác nhau"),
    "facts": (
        "with `--strict`, a row was not counted",
        "khi có `--strict`, có dòng không được đếm",
    ),
}
"""What exit code 1 means, of the commands that have it, in both languages."""
_EXITS: Final = (
    (
        "| 0 | done |\n"
        "| 1 | done, and the answer is no: {gates} |\n"
        "| 2 | not done: the command line or the input is at fault, or the machine does not allow it (no memory left, no permission to write) |\n\n"
        "Finding errors is the job of `check`, so an error that it finds is its answer: 1. `score` cannot score the same file: 2. "
        "Where a file cannot be read at all, both give 2.\n"
    ),
    (
        "| 0 | đã xong |\n"
        "| 1 | đã xong, và câu trả lời là không đạt: {gates} |\n"
        "| 2 | chưa làm được: dòng lệnh hoặc dữ liệu đầu vào sai, hoặc máy không cho phép (hết bộ nhớ, không có quyền ghi) |\n\n"
        "`check` có việc là tìm lỗi, nên lỗi tìm thấy chính là câu trả lời: mã 1. Với cùng tệp đó, `score` không tính điểm được: mã 2. "
        "Tệp hoàn toàn không đọc được thì cả hai lệnh đều không làm được: mã 2.\n"
    ),
)
"""What exit codes mean, in both languages; the guide for programs has the same lines."""


def exits(say: Language) -> str:
    """The lines of the table of exit codes below its head, and why two commands differ."""
    number = say.code == "vi"
    told: dict[str, list[str]] = {}
    for name, texts in _GATES.items():
        told.setdefault(texts[number], []).append(f"`{name}`")
    gates = "; ".join(f"{', '.join(names)}: {text}" for text, names in told.items())
    return _EXITS[number].format(gates=gates)


class Words(NamedTuple):
    """What the page says beside the help of commands, in one language."""

    intro: str
    list_head: str
    arguments: str
    head: str
    everywhere: str
    environment: str
    exits: str
    required: str
    function: str
    group: str
    exit_code: str
    text: str
    number: str
    flag: str
    one: str
    several: str


_EN: Final = Words(
    "# Commands\n\nEvery command with its arguments, options and example. `parindex COMMAND --help` prints the same. "
    "Python has a function for each: [Python interface](api.md). What a name, an option or an exit code "
    "is promised to stay: [What stays](promises.md).\n",
    "command | what it does | function",
    "Arguments and options",
    "name | form | default | meaning",
    "## Options of every command\n\nThey may stand before or behind the name of the command (`--lang`), "
    "or behind it (the others).\n",
    "## Environment variables\n\nAn option wins over its variable.\n\n"
    "| variable | meaning |\n|---|---|\n"
    "| `PARINDEX_LANG` | `vi` or `en`: the language of what people read, as `--lang`; without it that of the locale |\n"
    "| `PARINDEX_DATA` | a file or folder with published results of your own, as `--data` |\n"
    "| `PARINDEX_SCHEMES` | folders with schemes of your own, found by their ids; several are parted as those of `PATH` |\n"
    "| `PARINDEX_ERRORS` | `json` or `text`: the format of errors on standard error, as with `--errors` |\n"
    "| `PARINDEX_DEBUG` | any value: an error of the program itself shows its traceback |\n"
    "| `NO_COLOR` | any value: no colours |\n",
    "## Exit codes\n\n| code | meaning |\n|---|---|\n",
    "required",
    "In Python: {link}.",
    "A group of commands: {names}.",
    "Exit code 1: {text}.",
    "text",
    "whole number",
    "switch",
    "one",
    "one or more",
)
_VI: Final = Words(
    "# Các lệnh\n\nMọi lệnh, với đối số, tùy chọn và ví dụ. `parindex LỆNH --help` in ra cùng nội dung. "
    "Mỗi lệnh có một hàm Python tương ứng: [Giao diện Python](api.md). Tên lệnh, tùy chọn và mã thoát nào "
    "được cam kết giữ nguyên: [Những gì được giữ nguyên](promises.md).\n",
    "lệnh | làm gì | hàm Python",
    "Đối số và tùy chọn",
    "tên | dạng | mặc định | ý nghĩa",
    "## Tùy chọn của mọi lệnh\n\n`--lang` đứng trước hay sau tên lệnh đều được; các tùy chọn khác đứng sau tên lệnh.\n",
    "## Biến môi trường\n\nTùy chọn trên dòng lệnh được ưu tiên hơn biến môi trường.\n\n"
    "| biến | ý nghĩa |\n|---|---|\n"
    "| `PARINDEX_LANG` | `vi` hoặc `en`: ngôn ngữ hiển thị, như `--lang`; không có thì theo máy |\n"
    "| `PARINDEX_DATA` | tệp hoặc thư mục kết quả đã công bố của riêng bạn, như `--data` |\n"
    "| `PARINDEX_SCHEMES` | các thư mục chứa bộ tiêu chí của riêng bạn, được tìm theo mã; nhiều thư mục thì ngăn như trong `PATH` |\n"
    "| `PARINDEX_ERRORS` | `json` hoặc `text`: cách báo lỗi ở đầu ra lỗi chuẩn, như `--errors` |\n"
    "| `PARINDEX_DEBUG` | giá trị bất kỳ: lỗi của chính chương trình hiện kèm dấu vết |\n"
    "| `NO_COLOR` | giá trị bất kỳ: không tô màu |\n",
    "## Mã thoát\n\n| mã | ý nghĩa |\n|---|---|\n",
    "bắt buộc",
    "Trong Python: {link}.",
    "Nhóm lệnh: {names}.",
    "Mã thoát 1: {text}.",
    "chữ",
    "số nguyên",
    "có hoặc không",
    "một",
    "một hoặc nhiều",
)


def every_command() -> Iterator[tuple[str, Any, Any]]:
    """The words of every group and command, in the order of help, with itself and its context."""
    root: Any = typer.main.get_command(app)
    top = root.context_class(root, info_name="parindex", **root.context_settings)
    for name in COMMANDS:
        command = root.get_command(top, name)
        context = command.context_class(command, info_name=name, parent=top)
        yield name, command, context
        for inner, each in getattr(command, "commands", {}).items():
            yield (
                f"{name} {inner}",
                each,
                command.context_class(each, info_name=inner, parent=context),
            )


def commands_page(say: Language) -> str:
    """The page.

    Raises:
        RuntimeError: the help of this process is not in the language of the code.
    """
    if current().code != SOURCE:
        raise RuntimeError(current().code)
    words = {"en": _EN, "vi": _VI}[say.code]
    found = [*every_command()]
    lines = [words.intro, f"| {words.list_head} |\n|---|---|---|"]
    lines += [_listed(name, command, say) for name, command, _ in found]
    _, command, context = found[0]
    everywhere = [each for each in command.get_params(context) if each.name in _NOT_OWN]
    lines += ["", words.everywhere, *_table(everywhere, context, words, say)]
    lines += [words.environment, words.exits + exits(say)]
    for each in found:
        lines += _section(*each, words, say)
    return "\n".join(lines)


def about(name: str, command: Any, say: Language) -> str:
    """What a command does, in a line."""
    return say(command.help or COMMANDS[name])


def anchor(name: str) -> str:
    """The address of a command within the page."""
    return f"parindex-{name.replace(' ', '-')}"


def _listed(name: str, command: Any, say: Language) -> str:
    function = None if isinstance(command, Group) else function_of(name)
    link = f"[`{function}`](api.md#{function})" if function else "—"
    return f"| [`{name}`](#{anchor(name)}) | {_prose(about(name, command, say))} | {link} |"


def _section(name: str, command: Any, context: Any, words: Words, say: Language) -> Iterator[str]:
    yield f"## parindex {name}\n"
    yield f"{_prose(about(name, command, say))}\n"
    if isinstance(command, Group):
        links = (f"[`{each}`](#{anchor(f'{name} {each}')})" for each in command.commands)
        yield f"{words.group.format(names=', '.join(links))}\n"
        return
    parameters = command.get_params(context)
    pieces = [_piece(each, say) for each in parameters if each.param_type_name == "argument"]
    yield f"```text\n{' '.join(['parindex', name, say('[OPTIONS]'), *pieces])}\n```\n"
    own = [
        each
        for each in parameters
        if each.name not in _NOT_OWN and not getattr(each, "hidden", False)
    ]
    yield from _table(own, context, words, say)
    yield f"```sh\n{say(command.epilog).partition(': ')[2]}\n```\n"
    if name in _GATES:
        yield f"{words.exit_code.format(text=_GATES[name][say.code == 'vi'])}\n"
    function = function_of(name)
    link = f"[`parindex.{function}`](api.md#{function})"
    yield f"{words.function.format(link=link)}\n"


def _piece(argument: Any, say: Language) -> str:
    name = f"{_shown(argument, say)}{'…' if argument.nargs == -1 else ''}"
    return name if argument.required or name.startswith("[") else f"[{name}]"


def _shown(argument: Any, say: Language) -> str:
    return say(argument.metavar) if argument.metavar else name_of(argument)


def _table(parameters: list[Any], context: Any, words: Words, say: Language) -> Iterator[str]:
    yield f"| {words.head} |\n|---|---|---|---|"
    for each in parameters:
        if each.param_type_name == "argument":
            name = f"`{_shown(each, say)}`"
        else:
            name = " ".join(f"`{option}`" for option in sorted(each.opts, key=len))
        text = _prose(say(_OWN.get(each.name, "") or each.help or ""))
        yield f"| {name} | {_form(each, context, words, say)} | {_default(each, words)} | {text} |"
    yield ""


_OWN: Final = {"help": "Show this help and exit."}


def _form(parameter: Any, context: Any, words: Words, say: Language) -> str:
    """What stands for the value: its choices, its range, or a word for it."""
    values = values_of(context, parameter)
    if parameter.param_type_name == "option" and parameter.is_flag:
        return words.flag
    if values:
        return " / ".join(f"`{each}`" for each in values.split(" | "))
    if parameter.param_type_name == "argument":
        return words.several if parameter.nargs == -1 else words.one
    if parameter.metavar:
        return f"`{say(parameter.metavar)}`"
    return words.number if int in kinds_of(context, parameter) else words.text


def _default(parameter: Any, words: Words) -> str:
    if parameter.required:
        return words.required
    value = getattr(parameter.default, "value", parameter.default)
    variable = f"`{parameter.envvar}`" if parameter.envvar else "—"
    unset = callable(value) or value in (None, False, "", ()) or not parameter.show_default
    return variable if unset else f"`{value}`"


def _prose(text: str) -> str:
    return " ".join(markdown(word) if "`" not in word else word for word in text.split(" "))
