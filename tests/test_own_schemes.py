"""Where schemes of a user's own are found, in which order, and what is said where they are not."""

import json
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from parindex.api import load_scheme, read_scorecards, score
from parindex.scheme import own_schemes
from tests.support import ROOT, call, run

DEPARTMENTS = ROOT / "examples/schemes/departments-2024.yaml"
ID = "example-departments-2024"
CARD = (ROOT / "examples/departments-2024.yaml").read_text(encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder, without schemes of whoever runs the tests."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(own_schemes, "user_folder", lambda: str(tmp_path / "mine"))
    monkeypatch.delenv("PARINDEX_SCHEMES", raising=False)
    return tmp_path


def put(folder: Path, name: str = "d.yaml", **changes: str) -> Path:
    """The scheme of the examples in a folder, with some texts changed."""
    text = DEPARTMENTS.read_text(encoding="utf-8")
    for before, after in changes.items():
        assert before in text
        text = text.replace(before, after)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def card(folder: Path, scheme: str = ID, name: str = "card.yaml") -> str:
    """The scorecard of the examples in a folder, naming a scheme."""
    folder.mkdir(parents=True, exist_ok=True)
    assert f"scheme: {ID}" in CARD
    (folder / name).write_text(CARD.replace(f"scheme: {ID}", f"scheme: {scheme}"), encoding="utf-8")
    return str((folder / name).relative_to(Path.cwd()))


class TestFoundById:
    """An own scheme is known by its id in four kinds of places, and gives what `--scheme` gives."""

    @pytest.mark.parametrize("place", ["cards/schemes", "schemes", "told", "also told", "mine"])
    def test_place(self, place: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        import os

        file = put(folder / place)
        monkeypatch.setenv("PARINDEX_SCHEMES", os.pathsep.join(("nowhere", "told", "also told")))
        name = card(folder / "cards")
        ran = call("score", name, "--format", "json")
        assert ran.code == 0, ran.err
        assert ran.out == call("score", name, "--scheme", str(file), "--format", "json").out
        assert call("check", name).code == 0

    def test_not_found(self, folder: Path) -> None:
        ran = call("score", card(folder))
        assert ran.code == 2
        assert ran.err.startswith(f"card.yaml:7:9: P208 no scheme of this id is known (found: {ID}")

    def test_a_name_that_is_near(self, folder: Path) -> None:
        put(folder / "schemes")
        ran = call("schemes", "show", "example-departments-2042")
        assert ran.code == 2
        assert f"did you mean: {ID}" in ran.err

    def test_python(self, folder: Path) -> None:
        put(folder / "schemes")
        [read] = read_scorecards(card(folder))
        assert score(read).scheme == load_scheme(ID) == load_scheme(DEPARTMENTS)

    def test_level_and_year(self, folder: Path) -> None:
        put(
            folder / "schemes",
            **{f"id: {ID}": "id: xa-2024", "level: department": "level: commune"},
        )
        name = card(folder)
        text = (folder / name).read_text(encoding="utf-8")
        text = text.replace(f"scheme: {ID}\n", "").replace("level: department", "level: commune")
        (folder / name).write_text(text, encoding="utf-8")
        ran = call("score", name, "--format", "json")
        assert ran.code == 0, ran.err
        assert json.loads(ran.out)["results"][0]["scheme"]["id"] == "xa-2024"

    def test_the_catalog_comes_first(self, folder: Path) -> None:
        put(folder / "schemes", **{f"id: {ID}": "id: vn-province-2018"})
        ran = call("schemes", "show", "vn-province-2018", "--format", "json")
        assert json.loads(ran.out)["schemes"][0]["level"] == "province"

    def test_a_broken_one_beside_it_is_no_fault(self, folder: Path) -> None:
        put(folder / "schemes")
        put(folder / "schemes", "a.yaml", **{f"id: {ID}": "id: other", "max: 100": "max: 90"})
        assert call("score", card(folder)).code == 0

    def test_a_broken_one_that_is_needed(self, folder: Path) -> None:
        put(folder / "schemes", **{"max: 100\n": "max: 90\n"})
        ran = call("score", card(folder))
        assert ran.code == 2
        assert "schemes/d.yaml:9:6: P302" in ran.err

    def test_two_that_differ(self, folder: Path) -> None:
        put(folder / "schemes")
        put(folder / "schemes", "e.yaml", **{"mode: half-up": "mode: half-even"})
        ran = call("score", card(folder))
        assert ran.code == 2
        assert "P218 two schemes have this id; the other one is at schemes/e.yaml" in ran.err

    def test_the_same_twice(self, folder: Path) -> None:
        put(folder / "schemes")
        put(folder / "mine")
        assert call("score", card(folder)).code == 0


class TestNamedAsFile:
    """`scheme: path.yaml` is a file beside the scorecard's or below it, and no other."""

    @pytest.mark.parametrize("name", ["d.yaml", "below/d.yaml"])
    def test_beside(self, name: str, folder: Path) -> None:
        put((folder / "cards" / name).parent)
        ran = call("score", card(folder / "cards", name), "--format", "json")
        assert ran.code == 0, ran.err
        assert json.loads(ran.out)["results"][0]["scheme"]["id"] == ID

    def test_a_folder_with_it(self, folder: Path) -> None:
        put(folder / "cards")
        card(folder / "cards", "d.yaml")
        ran = call("rank", "cards", "--format", "json")
        assert (ran.code, ran.err) == (0, "")

    @pytest.mark.parametrize("name", ["../d.yaml", "cards/../../d.yaml"])
    def test_elsewhere(self, name: str, folder: Path) -> None:
        put(folder)
        ran = call("score", card(folder / "cards", name))
        assert ran.code == 2
        assert "cards/card.yaml:7:9: P101" in ran.err
        assert "a file beside it or below" in ran.err

    def test_scheme_on_the_command_line_wins(self, folder: Path) -> None:
        file = put(folder)
        assert call("score", card(folder / "cards", "gone.yaml"), "--scheme", str(file)).code == 0


class TestWorkbook:
    """A workbook made from a scheme's file finds it again by its name, or says which is missing."""

    def filled(self, folder: Path) -> str:
        file = put(folder / "made")
        told = ("--year", "2024", "--unit", "Sở A", "-o", "in/a.xlsx")
        (folder / "in").mkdir()
        assert call("template", str(file), *told).code == 0
        book = load_workbook("in/a.xlsx")
        sheet = book.worksheets[0]
        row = next(row for row in sheet.iter_rows() if row[0].value == "1.1.1")
        titles = [cell.value for cell in next(r for r in sheet.iter_rows() if r[0].value == "No.")]
        row[titles.index("Appraised points")].value = 0.5
        book.save("in/a.xlsx")
        return str(file)

    @pytest.mark.parametrize("place", ["in", ".", "schemes", "in/schemes", "mine"])
    def test_found(self, place: str, folder: Path) -> None:
        file = self.filled(folder)
        (folder / place).mkdir(exist_ok=True)
        shutil.move(file, folder / place)
        ran = call("rank", "in", "--format", "json")
        assert (ran.code, ran.err) == (0, "")

    def test_not_found(self, folder: Path) -> None:
        self.filled(folder)
        ran = call("rank", "in")
        assert ran.code == 2
        assert (
            f"P208 no scheme of this id is known (found: {ID}; expected: --scheme d.yaml)"
            in ran.err
        )

    def test_changed_since(self, folder: Path) -> None:
        self.filled(folder)
        put(folder, **{"mode: half-up": "mode: half-even"})
        ran = call("rank", "in")
        assert ran.code == 2
        assert "P146" in ran.err

    @pytest.mark.usefixtures("folder")
    def test_a_workbook_of_the_catalog_names_no_file(self) -> None:
        assert call("template", "vn-province-2018", "--unit", "A", "-o", "a.xlsx").code == 0
        meta = load_workbook("a.xlsx").worksheets[1]
        assert "file" not in [cell.value for cell in meta["A"]]


class TestListed:
    """`schemes list` shows the user's own after the catalog, each with its file."""

    def test_from(self, folder: Path) -> None:
        put(folder / "schemes")
        ran = call("schemes", "list", "--format", "json")
        told = json.loads(ran.out)["schemes"]
        assert (told[-1]["id"], told[-1]["from"]) == (ID, "schemes/d.yaml")
        assert {each["from"] for each in told[:-1]} == {"catalog"}
        assert "schemes/d.yaml" in call("schemes", "list").out

    def test_broken(self, folder: Path) -> None:
        put(folder / "schemes", **{"max: 100\n": "max: 90\n"})
        ran = call("schemes", "list")
        assert ran.code == 0
        assert ran.err == (
            "schemes/d.yaml: P219 this scheme of your own is not known yet (found: "
            f"{ID}; expected: parindex check schemes/d.yaml)\n"
        )

    def test_id_of_the_catalog(self, folder: Path) -> None:
        put(folder / "schemes", **{f"id: {ID}": "id: vn-province-2018"})
        ran = call("schemes", "list", "--lang", "en")
        assert ran.code == 0
        assert "schemes/d.yaml: P218" in ran.err
        assert "the catalog" in ran.err


class TestUserFolder:
    """The user's own folder is the one that the system has for the data of programs."""

    def test_name(self) -> None:
        assert Path(own_schemes.user_folder()).parts[-2:] == ("parindex", "schemes")


class TestLanguage:
    """`PARINDEX_LANG` is the language where `--lang` is not given, before the locale."""

    @pytest.mark.parametrize(
        ("told", "locale", "code"),
        [
            ("vi", "en_US", "vi"),
            ("en", "vi_VN", "en"),
            ("", "vi_VN", "vi"),
            ("xx", "vi_VN", "vi"),
            ("vn", "en_US", "vi"),
            ("VI", "en_US", "vi"),
            ("vi_VN.UTF-8", "C", "vi"),
            ("EN", "vi_VN", "en"),
        ],
    )
    def test_order(self, told: str, locale: str, code: str) -> None:
        from parindex.values.language import code_from_environment

        assert code_from_environment({"PARINDEX_LANG": told, "LANG": locale}) == code

    @pytest.mark.parametrize("told", ["vi", "VI", "Vi", "vn", "VN", "vi-VN"])
    def test_what_people_type(self, told: str) -> None:
        """`vn` can mean no other language, so it is Vietnamese; what names none is refused."""
        card = "examples/soc-trang-2018.yaml"
        for ran in (
            run("score", card, "--lang", told),
            run("score", card, env={"PARINDEX_LANG": told}),
        ):
            assert (ran.code, "Chỉ số: 78,35%" in ran.out, ran.err) == (0, True, "")
        assert "vi | en" in run("score", card, "--lang", "vnx").err

    def test_option_wins(self, monkeypatch: pytest.MonkeyPatch) -> None:
        from parindex.cli.words import chosen

        monkeypatch.setenv("PARINDEX_LANG", "vi")
        assert (chosen(["rank"]), chosen(["rank", "--lang", "en"])) == ("vi", "en")
