"""`parindex data site`: what is on which page, links that last, and a folder that is whole or not there."""

import csv
import re
from decimal import Decimal
from pathlib import Path

import pytest

from parindex.findings.wing import install_command
from parindex.office.site import pages
from parindex.office.site.addresses import slug, slugs
from parindex.office.site.charts import index_lines
from parindex.published_figures.published_tables import known, load_published
from parindex.published_figures.trend import TrendWanted, shown_of, trend
from parindex.published_figures.units import regions, units
from parindex.tables.published_names import figure_name, note_text
from parindex.values.collation import same_unit
from parindex.values.language import LANGUAGES, language
from tests.site_support import EVIL, Parsed, own_rows, target, write
from tests.support import call

LIGHT = 100_000
"""Bytes of the first page with all that it loads, fonts aside: what a phone gets in a second."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site").resolve()
    own = own_rows(tmp_path_factory.mktemp("own"))
    with pytest.MonkeyPatch.context() as patch:
        write(folder, own, frozenset({f"{code}/index.html" for code in LANGUAGES}), patch)
    return folder


@pytest.fixture(scope="module")
def parsed(site: Path) -> dict[Path, Parsed]:
    return {file: Parsed(file) for file in sorted(site.rglob("*.html"))}


class TestPages:
    """Each unit, year and region has a page in each language, and it shows what `data show` shows."""

    def test_every_subject(self, site: Path) -> None:
        rows = load_published()
        for code in LANGUAGES:
            own = site / code
            assert len([*own.glob("province/*.html")]) == len(units()) == 63 + 34
            assert len([*own.glob("region/*.html")]) == len(regions())
            years = {int(file.stem) for file in own.glob("year/*.html")}
            assert years == {row.year for row in rows}
            ministries = {same_unit(r.unit or "") for r in rows if r.level == "ministry" and r.unit}
            assert len([*own.glob("ministry/*.html")]) == len(ministries) + 3

    def test_the_same_pages_in_each_language(self, site: Path) -> None:
        found = [
            {file.relative_to(site / code) for file in (site / code).rglob("*.html")}
            for code in LANGUAGES
        ]
        assert found[0] == found[1] != set()

    def test_figures_of_a_unit(self, parsed: dict[Path, Parsed], site: Path) -> None:
        page = parsed[site / "vi/province/63-soc-trang.html"].text
        rows = [
            row
            for row in known(load_published())
            if (row.kind, row.unit, row.list) == ("result", "Sóc Trăng", "63")
        ]
        assert len(rows) > 2
        for row in rows:
            if row.index is not None:
                assert f"{row.index}".replace(".", ",") in page
            if row.rank is not None:
                assert f"{row.rank} / {row.of}" in page

    def test_contradictions_stand_side_by_side(
        self, parsed: dict[Path, Parsed], site: Path
    ) -> None:
        page = parsed[site / "en/province/63-soc-trang.html"].text
        assert "Contradictions and misprints" in page
        assert ("91.5" in page, "91.7" in page, "nguồn thứ hai" in page) == (True, True, True)
        assert "Contradictions" in parsed[site / "en/year/2016.html"].text

    def test_what_is_unknown_is_said(self, parsed: dict[Path, Parsed], site: Path) -> None:
        assert "Index not known: 2012–2015" in parsed[site / "en/province/63-soc-trang.html"].text
        nothing = parsed[site / "en/province/34-ca-mau.html"].text
        assert "No figure of this unit is known." in nothing
        indexed = {
            row.unit
            for row in load_published()
            if (row.kind, row.level, row.year) == ("result", "province", 2024)
            and row.index is not None
            and row.doubt != "misprint"
        }
        told = f"Index not known: {63 - len(indexed)} of 63 provinces"
        assert told in parsed[site / "en/year/2024.html"].text

    def test_how_a_figure_was_worked_out(self, parsed: dict[Path, Parsed], site: Path) -> None:
        """A figure that no source prints is marked, with the arithmetic beside it."""
        derived = [
            row
            for row in known(load_published())
            if (row.confidence, row.level, row.kind) == ("derived", "province", "result")
        ]
        assert derived
        for row in derived:
            page = parsed[site / f"vi/province/{row.list}-{slug(row.unit or '')}.html"].text
            note = note_text(row.note or "", language("vi"))
            assert ("suy ra" in page, note in page) == (True, True)

    def test_the_lists_are_apart(self, parsed: dict[Path, Parsed], site: Path) -> None:
        """A province of before the merger and one of its name after it have pages of their own."""
        old = parsed[site / "en/province/63-can-tho.html"]
        new = parsed[site / "en/province/34-can-tho.html"]
        assert "34-can-tho.html" in old.links
        assert {"63-can-tho.html", "63-soc-trang.html", "63-hau-giang.html"} <= {*new.links}
        assert "Cần Thơ was made of Cần Thơ, Hậu Giang, Sóc Trăng" in new.text

    def test_every_code_of_a_figure_has_words(self) -> None:
        codes = {row.code or "" for row in load_published() if row.kind == "figure"}
        say = language("vi")
        assert [code for code in codes if figure_name(code, say) == code] == []

    def test_heads(self, parsed: dict[Path, Parsed], site: Path) -> None:
        titles: dict[str, list[str]] = {}
        for file, page in parsed.items():
            code = file.relative_to(site).parts[0]
            lang = code if code in LANGUAGES else next(iter(LANGUAGES))
            assert page.named("html") == [{"lang": lang}]
            metas = {each.get("name"): each.get("content", "") for each in page.named("meta")}
            assert metas["viewport"] == "width=device-width, initial-scale=1"
            assert len(metas["description"]) > 10
            assert page.title.strip()
            assert len(page.named("h1")) == 1
            titles.setdefault(lang, []).append(page.title)
        assert set(titles) == set(LANGUAGES)


class TestLinks:
    """Every link within the site leads somewhere, and an address says what its page is about."""

    def test_all(self, parsed: dict[Path, Parsed], site: Path) -> None:
        ids = {file: {*page.ids} for file, page in parsed.items()}
        files = {*site.rglob("*.*")}
        missing = []
        count = 0
        for file, page in parsed.items():
            for link in page.links:
                if link.startswith(("http:", "https:", "data:,")):
                    continue
                count += 1
                path, part = target(file, link)
                if path not in files or (part and part not in ids[path]):
                    missing.append((file, link))
        assert missing == []
        assert count > 10_000

    def test_no_id_stands_twice(self, parsed: dict[Path, Parsed]) -> None:
        assert [file for file, page in parsed.items() if len({*page.ids}) < len(page.ids)] == []

    def test_the_other_language_is_the_same_page(
        self, parsed: dict[Path, Parsed], site: Path
    ) -> None:
        for file, page in parsed.items():
            if file.parent == site:
                continue
            inside = Path(*file.relative_to(site).parts[1:])
            others = [e for e in page.named("link") if e.get("rel") == "alternate"]
            assert [each["hreflang"] for each in others] == [*LANGUAGES]
            for each in others:
                assert target(file, each["href"])[0] == site / each["hreflang"] / inside

    def test_every_page_is_reached_from_the_first(
        self, parsed: dict[Path, Parsed], site: Path
    ) -> None:
        seen: set[Path] = set()
        left = [site / "index.html"]
        while left:
            file = left.pop()
            if file in seen or file.suffix != ".html":
                continue
            seen.add(file)
            left += [target(file, each)[0] for each in parsed[file].links if ":" not in each]
        loose = {*parsed} - seen
        assert {file.parent.name for file in loose} <= {"commune"}  # of no province, as of a user

    def test_slugs(self) -> None:
        assert slug("Bà Rịa - Vũng Tàu") == "ba-ria-vung-tau"
        assert slug("Thừa Thiên Huế") == "thua-thien-hue"
        assert re.fullmatch("con-[0-9a-f]{8}", slug("CON"))
        assert re.fullmatch("[0-9a-f]{8}", slug("部"))
        assert len(slug("dài " * 90)) < 80

    def test_names_that_differ_in_marks_are_apart(self) -> None:
        """Two spellings of one unit are one page; two units are two, whatever else is there."""
        found = slugs(["Tân Hòa", "Tân Hoà", "Tân Hóa", "Tân Bình"])
        assert len({*found.values()}) == 3
        assert found[same_unit("Tân Bình")] == "tan-binh"

    def test_an_address_stays_when_rows_are_added(self, tmp_path: Path) -> None:
        before = {each.path for each in pages.files(load_published())}
        after = {each.path for each in pages.files(load_published(str(own_rows(tmp_path))))}
        assert before < after


class TestHostile:
    """What stands in tables of a user is shown letter by letter and does nothing."""

    def test_no_markup(self, parsed: dict[Path, Parsed], site: Path) -> None:
        assert EVIL in parsed[site / "en/year/2018.html"].text
        for file, page in parsed.items():
            scripts = [each.get("src", "") for each in page.named("script")]
            assert all(each.endswith("search.js") for each in scripts), file
            for tag, found in page.tags:
                assert not [name for name in found if name.startswith("on")], (file, tag)

    def test_only_the_web_is_linked(self, parsed: dict[Path, Parsed]) -> None:
        links = {link for page in parsed.values() for link in page.links}
        schemes = {link.partition(":")[0] for link in links if ":" in link}
        assert schemes == {"http", "https", "data"}
        assert {link for link in links if link.startswith("data")} == {"data:,"}
        assert [link for link in links if "onmouseover" in link or "\u202e" in link] == []

    def test_names_stay_in_the_folder(self, site: Path) -> None:
        files = [file.relative_to(site) for file in site.rglob("*") if file.is_file()]
        assert [file for file in files if not re.fullmatch(r"[a-z0-9/.-]+", file.as_posix())] == []
        assert max(len(file.as_posix()) for file in files) < 150

    def test_no_formula(self, site: Path) -> None:
        cells = [
            cell
            for file in site.rglob("*.csv")
            for row in csv.reader(file.read_text(encoding="utf-8").splitlines())
            for cell in row
        ]
        found = [cell for cell in cells if cell.startswith(("=", "+", "@"))]
        assert [cell for cell in found if not re.fullmatch(r"[+-]?[0-9.]+", cell)] == []
        assert "'=HYPERLINK(1)" in cells

    def test_the_search_holds_no_markup(self, site: Path) -> None:
        text = (site / "search-en.js").read_text(encoding="utf-8")
        assert text.count("\n") == 1
        assert "\u202e" not in text

    def test_folders_of_the_user_are_not_told(self, site: Path) -> None:
        text = (site / "data/year/2018.csv").read_text(encoding="utf-8")
        assert ",own.csv\n" in text
        assert "/own.csv" not in text


class TestData:
    """The rows of a page can be had as CSV, which `--data` reads again as the same rows."""

    def test_round_trip(self, tmp_path: Path) -> None:
        files = {each.path: each for each in pages.files(load_published())}
        for name in ("province/63-soc-trang", "year/2018", "region/63-dbscl", "all"):
            file = tmp_path / "own.csv"
            file.write_text(files[f"data/{name}.csv"].made(), encoding="utf-8", newline="")
            exported = call("data", "export", "--data", str(file))
            assert exported.code == 0
            with file.open(encoding="utf-8") as stream:
                rows = [*csv.DictReader(stream)]
            again = [*csv.DictReader(exported.out.splitlines())][: len(rows)]
            for row in (*rows, *again):
                del row["table"]
            assert again == rows

    def test_every_page_with_rows_has_it(self, parsed: dict[Path, Parsed], site: Path) -> None:
        files = {
            file.relative_to(site / "data").with_suffix("") for file in site.glob("data/**/*.csv")
        }
        for file, page in parsed.items():
            own = [each for each in page.named("a") if "download" in each]
            if file.parent != site and own:
                files.discard(target(file, own[0]["href"])[0].relative_to(site / "data").with_suffix(""))  # fmt: skip
        assert files == set()


class TestLight:
    """The first page with its style, its search and the index of the search is light."""

    @pytest.mark.parametrize("code", LANGUAGES)
    def test_first_page(self, site: Path, code: str) -> None:
        files = [f"{code}/index.html", "site.css", "search.js", f"search-{code}.js"]
        assert sum((site / file).stat().st_size for file in files) < LIGHT


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A site of few files, for what happens to its folder."""
    files = pages.files
    monkeypatch.setattr(pages, "files", lambda rows: files(rows)[:5])


@pytest.mark.usefixtures("quick")
class TestFolder:
    """A site is written whole or not at all, and over nothing but a site."""

    def test_written_and_replaced(self, tmp_path: Path) -> None:
        folder = tmp_path / "a" / "site"
        ran = call("data", "site", "-o", str(folder), "--verbose")
        assert (ran.code, ran.out) == (0, "")
        assert ran.err.endswith(f"Wrote 5 files; open {folder / 'index.html'}\n")
        before = {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}
        assert len(before) == 5 + 1
        assert call("data", "site", "-o", str(folder)).code == 0
        after = {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}
        assert after == before
        assert [each.name for each in folder.parent.iterdir()] == ["site"]

    def test_files_that_are_no_longer_of_it_go(self, tmp_path: Path) -> None:
        folder = tmp_path / "site"
        call("data", "site", "-o", str(folder))
        marker = folder / "parindex-site.json"
        (folder / "vi").mkdir(exist_ok=True)
        (folder / "vi" / "old.html").write_text("old", encoding="utf-8")
        text = marker.read_text(encoding="utf-8")
        marker.write_text(
            text.replace('"index.html"', '"index.html", "vi/old.html"'), encoding="utf-8"
        )
        assert call("data", "site", "-o", str(folder)).code == 0
        assert not (folder / "vi" / "old.html").exists()

    @pytest.mark.parametrize("name", ["notes.txt", ".git/config", "vi/own.html"])
    def test_nothing_else_is_written_over(self, tmp_path: Path, name: str) -> None:
        folder = tmp_path / "site"
        call("data", "site", "-o", str(folder))
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("mine", encoding="utf-8")
        ran = call("data", "site", "-o", str(folder))
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.startswith(f"{file}: P704")
        assert file.read_text(encoding="utf-8") == "mine"

    @pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": "parindex-site/1"}', "[" * 9999])
    def test_a_marker_that_says_nothing(self, tmp_path: Path, text: str) -> None:
        (tmp_path / "parindex-site.json").write_text(text, encoding="utf-8")
        assert call("data", "site", "-o", str(tmp_path)).code == 2
        assert [each.name for each in tmp_path.iterdir()] == ["parindex-site.json"]

    def test_an_empty_folder_is_taken(self, tmp_path: Path) -> None:
        assert call("data", "site", "-o", str(tmp_path)).code == 0

    def test_a_file_is_no_folder(self, tmp_path: Path) -> None:
        file = tmp_path / "file"
        file.write_text("mine", encoding="utf-8")
        ran = call("data", "site", "-o", str(file))
        assert (ran.code, "P114" in ran.err) == (2, True)
        assert file.read_text(encoding="utf-8") == "mine"

    def test_own_rows_are_not_written_over(self, tmp_path: Path) -> None:
        own = own_rows(tmp_path / "own")
        for folder in (own, own / "site", tmp_path):
            ran = call("data", "site", "-o", str(folder), "--data", str(own))
            assert (ran.code, "P115" in ran.err) == (2, True)
        assert [each.name for each in own.iterdir()] == ["own.csv"]

    def test_nothing_where_a_page_fails(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken() -> str:
            raise OSError(28, "No space left on device")

        folder = tmp_path / "site"
        folder.mkdir()
        (folder / "parindex-site.json").write_text(
            '{"format": "parindex-site/1", "files": []}', encoding="utf-8"
        )
        monkeypatch.setattr(pages, "files", lambda _: [pages.File("index.html", broken)])
        ran = call("data", "site", "-o", str(folder))
        assert (ran.code, "P114" in ran.err) == (2, True)
        assert [each.name for each in folder.iterdir()] == ["parindex-site.json"]
        assert [each.name for each in tmp_path.iterdir()] == ["site"]

    def test_without_the_libraries(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def missing() -> str:
            raise ModuleNotFoundError(name="jinja2")

        monkeypatch.setattr(pages, "files", lambda _: [pages.File("index.html", missing)])
        ran = call("data", "site", "-o", str(tmp_path / "site"))
        assert (ran.code, install_command("office") in ran.err) == (2, True)
        assert [*tmp_path.iterdir()] == []

    def test_links_are_not_followed(self, tmp_path: Path) -> None:
        folder, other = tmp_path / "site", tmp_path / "other"
        other.mkdir()
        folder.mkdir()
        (folder / "vi").symlink_to(other, target_is_directory=True)
        assert call("data", "site", "-o", str(folder)).code == 2
        assert [*other.iterdir()] == []


class TestSame:
    """The same rows give the same bytes."""

    def test_twice(self, site: Path, tmp_path: Path) -> None:
        own = own_rows(tmp_path / "elsewhere")
        again = tmp_path / "again"
        with pytest.MonkeyPatch.context() as patch:
            write(again, own, frozenset({f"{code}/index.html" for code in LANGUAGES}), patch)
        files = sorted(file.relative_to(site) for file in site.rglob("*") if file.is_file())
        assert files == sorted(f.relative_to(again) for f in again.rglob("*") if f.is_file())
        assert [f for f in files if (site / f).read_bytes() != (again / f).read_bytes()] == []


class TestMarks:
    """A change of scheme is marked as `trend` marks it; satisfaction is of no scheme."""

    def test_as_in_trends(self) -> None:
        say = language("en")
        years = range(2012, 2025)
        found = index_lines("x", [("y", dict.fromkeys(years, Decimal(1)))], "province", say)
        rows = [row for row in load_published() if row.unit == "Quảng Ninh"]
        [line] = trend(rows, shown_of("index"), TrendWanted(("Quảng Ninh",))).lines
        assert found is not None
        assert [years[each.at] for each in found.marks] == [
            each.year for each in line.points if each.new_scheme
        ]
        assert len(found.marks) > 3

    def test_satisfaction(self) -> None:
        values = dict.fromkeys(range(2012, 2025), Decimal(1))
        found = index_lines("x", [("y", values)], "", language("vi"))
        assert found is not None
        assert found.marks == ()
