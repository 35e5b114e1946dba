"""The Vietnamese catalog: whole, current, and used."""

import ast
import gettext
import string
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from parindex.values.language import code_from_environment, language
from tests.support import EXAMPLE, ROOT, run
from tools import messages


def fields(text: str) -> set[str]:
    """The names of the `{parameters}` of a message."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


class TestCatalog:
    """Every message of the code has a Vietnamese one, with the same parameters."""

    def test_nothing_is_missing_or_left_over(self) -> None:
        catalog = messages.up_to_date()
        assert messages.untranslated(catalog) == []
        assert messages.as_po(catalog) == messages.PO.read_text(encoding="utf-8")

    def test_the_compiled_catalog_is_that_of_the_source(self) -> None:
        with messages.PO.open("rb") as stream:
            source = {str(m.id): str(m.string) for m in read_po(stream, locale="vi") if m.id}
        with messages.PO.with_suffix(".mo").open("rb") as stream:
            compiled = gettext.GNUTranslations(stream)
        assert {message: compiled.gettext(message) for message in source} == source

    def test_messages_within_other_texts_are_found_too(self) -> None:
        """Babel passes over what stands in braces of an f-string, and it would stay English."""
        with messages.PO.open("rb") as stream:
            known = {str(each.id) for each in read_po(stream)}
        said = {
            str(call.args[0].value)
            for file in (ROOT / "parindex").rglob("*.py")
            for call in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
            if call.func.id == "say" and call.args and isinstance(call.args[0], ast.Constant)
        }
        assert said - known == set()

    def test_parameters_are_the_same(self) -> None:
        with messages.PO.open("rb") as stream:
            pairs = [(str(m.id), str(m.string)) for m in read_po(stream) if m.id and "{" in m.id]
        braces = [pair for pair in pairs if "{code: points}" not in pair[0]]
        assert [pair for pair in braces if fields(pair[0]) != fields(pair[1])] == []


class TestChoice:
    """The locale chooses the language, and `--lang` wins over it."""

    @pytest.mark.parametrize(
        ("environment", "code"),
        [
            ({"LANG": "vi_VN.UTF-8"}, "vi"),
            ({"LANG": "en_US.UTF-8"}, "en"),
            ({"LANG": "vi_VN", "LC_ALL": "C"}, "en"),
            ({"LANG": "C", "LC_MESSAGES": "vi_VN"}, "vi"),
            ({"LANG": "de_DE"}, "en"),
        ],
    )
    def test_locale(self, environment: dict[str, str], code: str) -> None:
        assert code_from_environment(environment) == code

    def test_help_and_faults_speak_vietnamese(self) -> None:
        assert "Tính lại" in run("--lang", "vi", "--help").out
        shown = run("--help", env={"LC_ALL": "vi_VN.UTF-8"}).out
        assert language("vi")("List the schemes that are known, or show one.")[:20] in shown
        told = run("score", "tests/bad/above-maximum.yaml", "--lang", "vi").err
        assert language("vi")("the points are above the maximum") in told

    def test_lang_wins(self) -> None:
        vietnamese = run("score", EXAMPLE, "--lang=vi", env={"LC_ALL": "C"}).out
        english = run("score", EXAMPLE, "--lang", "en", env={"LC_ALL": "vi_VN.UTF-8"}).out
        assert "Sóc Trăng · 2018 · Chỉ số cải cách" in vietnamese
        assert "78,35" in vietnamese
        assert "78.35" in english

    def test_a_file_named_like_an_option_is_no_language(self, tmp_path: Path) -> None:
        told = run("score", str(tmp_path / "vi"), env={"LC_ALL": "C"}).err
        assert "(found: no file or folder of this name)" in told
