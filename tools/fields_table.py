"""Tables of the fields of a JSON Schema, with what `fields.yaml` says of each in both languages."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import yaml

from parindex.values.language import Language

_FILE: Final = Path(__file__).with_name("fields.yaml")
_IS_TEXT: Final = frozenset(("unit_id", "EvidenceForm.*", "ColumnsMap.*"))
"""Fields that are text, though whoever writes a number without quotes is understood."""
_PAIRS: Final = {"before": ("before", "vế trước"), "after": ("after", "vế sau")}
_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "files": "field | form | default | meaning",
        "json": "field | form | meaning",
        "required": "required",
        "or": " or ",
        "number": "number",
        "integer": "whole number",
        "string": "text",
        "boolean": "true / false",
        "object": "mapping",
        "array": "list",
        "null": "null",
        "list": "list of {of}",
        "by": "by name: {of}",
        "exact": "`{name}` as a quotient, where its decimals do not end",
        "same": "as `{path}`",
    },
    "vi": {
        "files": "trường | dạng | mặc định | ý nghĩa",
        "json": "trường | dạng | ý nghĩa",
        "required": "bắt buộc",
        "or": " hoặc ",
        "number": "số",
        "integer": "số nguyên",
        "string": "chữ",
        "boolean": "true / false",
        "object": "bảng tên – giá trị",
        "array": "danh sách",
        "null": "null",
        "list": "danh sách {of}",
        "by": "theo tên: {of}",
        "exact": "`{name}` dưới dạng phân số, khi phần thập phân không dứt",
        "same": "như `{path}`",
    },
}


class Field(NamedTuple):
    """A field of a schema: the schema, the form and the object that it is in, its way there."""

    schema: str
    form: str
    around: str
    path: str
    told: Any
    required: bool

    @property
    def name(self) -> str:
        """Its own name."""
        return self.path.rpartition(".")[2].removesuffix("[]")


@cache
def _texts() -> Mapping[str, list[str] | str]:
    texts: Mapping[str, list[str] | str] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return texts


def fields(schema: str, form: str, told: Any, *, nested: bool) -> Iterator[Field]:
    """The fields of an object, and with `nested` of the objects in it, once where two are alike."""
    yield from _below(schema, form, told, "", {} if nested else None)


def _below(
    schema: str, form: str, told: Any, path: str, seen: dict[str, str] | None
) -> Iterator[Field]:
    around = path.rstrip(".").rpartition(".")[2].removesuffix("[]") or form
    for name, each in told.get("properties", {}).items():
        here = f"{path}{name}{'[]' if 'items' in each else ''}"
        yield Field(schema, form, around, here, each, name in told.get("required", ()))
        inner = _inner(each)
        keys = json.dumps(inner.get("properties"))
        if seen is None or keys in seen or keys == "null" or name == "criteria":
            continue
        seen[keys] = here
        yield from _below(schema, form, inner, f"{here}.", seen)


def _inner(told: Any) -> Any:
    """The object that a field holds, or that its list holds; itself where there is none."""
    options = [each for each in told.get("anyOf", ()) if "properties" in each]
    return options[0] if options else told.get("items", told)


def meaning(field: Field, say: Language) -> str:
    """What a field means; empty where nobody has said it."""
    words, vi = _WORDS[say.code], say.code == "vi"
    if field.name.endswith("_exact"):
        return words["exact"].format(name=field.name.removesuffix("_exact"))
    text = _said(field, field.name)
    if isinstance(text, list):
        return text[vi]
    if text:
        return text if vi else _short(str(field.told.get("description", "")))
    base, _, side = field.name.rpartition("_")
    pair, text = _PAIRS.get(side), _said(field, base)
    return f"{text[vi]} ({pair[vi]})" if pair and isinstance(text, list) else ""


def _short(text: str) -> str:
    """The first paragraph of a text; where it is one sentence, as the others of the table stand."""
    text = text.split("\n\n", maxsplit=1)[0].replace("\n", " ")
    if not text or ". " in text or text[0] == "`":
        return text
    return text[0].lower() + text[1:].removesuffix(".")


def about(form: str, say: Language) -> str:
    """What a form is, in a sentence."""
    text = _texts()[f"form {form}"]
    return text if isinstance(text, str) else text[say.code == "vi"]


def _said(field: Field, name: str) -> list[str] | str | None:
    """What `fields.yaml` says of a name, of where it stands first."""
    places = (f"{field.around}.", f"{field.form}.", f"{field.schema}/", "")
    return next((_texts()[f"{at}{name}"] for at in places if f"{at}{name}" in _texts()), None)


def table(found: Iterator[Field], say: Language, *, defaults: bool) -> Iterator[str]:
    """The fields as a table of Markdown; with `defaults` of a file that people write."""
    words = _WORDS[say.code]
    yield f"| {words['files' if defaults else 'json']} |\n|---|---|---|{'---|' if defaults else ''}"
    seen: dict[str, str] = {}
    for each in found:
        text = _cell(meaning(each, say))
        keys = json.dumps(_inner(each.told).get("properties"))
        if keys != "null" and seen.setdefault(keys, each.path) != each.path:
            text += f"; {words['same'].format(path=seen[keys])}"
        form = _cell(form_of(each.told, words))
        if defaults:
            if _IS_TEXT & {each.name, f"{each.form}.*"}:
                form = words["string"]
            default = words["required"] if each.required else _default(each.told.get("default"))
            yield f"| `{each.path.removesuffix('[]')}` | {form} | {default} | {text} |"
        else:
            yield f"| `{each.path}` | {form} | {text} |"
    yield ""


def _default(value: Any) -> str:
    if value in (None, [], ()) or isinstance(value, dict):
        return "—"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def form_of(told: Any, words: Mapping[str, str], *, within: bool = False) -> str:
    """What a schema takes, in a word or two; a form of its own is a link to its heading.

    What is `within` a mapping or list is not told further down.
    """
    if "$ref" in told:
        name = told["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})" if not name.endswith("Rule") else "[rule](rules.md)"
    if "const" in told:
        return f"`{told['const']}`"
    if "enum" in told:
        values = [str(each) for each in told["enum"] if each is not None]
        return " / ".join(f"`{each}`" for each in values)
    if "anyOf" in told or "oneOf" in told:
        options = told.get("anyOf", told.get("oneOf"))
        forms = [
            form_of(each, words, within=within) for each in options if each.get("type") != "null"
        ]
        return words["or"].join(dict.fromkeys(each for each in forms if each))
    return _by_type(told, words, within=within)


def _by_type(told: Any, words: Mapping[str, str], *, within: bool) -> str:
    kinds = told.get("type", "object")
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if {"number", "integer"} & {*kinds}:  # numbers may stand in quotes
        kinds = [each for each in kinds if each != "string"]
    inner = told.get("items") or told.get("additionalProperties")
    whole = {"array": "list", "object": "by"}.get(kinds[0]) if len(kinds) == 1 else None
    is_told = isinstance(inner, dict) and inner and inner.get("type") != "object"
    if whole and is_told and not (within and whole == "by") and "prefixItems" not in told:
        return words[whole].format(of=form_of(inner, words, within=True))
    return words["or"].join(dict.fromkeys(words[each] for each in kinds))


def _cell(text: str) -> str:
    return re.sub(r"(?<!\\)\|", r"\\|", " ".join(text.split()))
