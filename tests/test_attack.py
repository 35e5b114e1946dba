"""Files made to break the reading: an answer in bounded time and memory, and a fault is told politely."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from parindex.cli import streams
from parindex.reading import source
from tests.processes import Ran, start
from tests.support import EXAMPLE, ROOT, call
from tests.xlsx_support import book, table

FILES = ROOT / "tests" / "attack"
MEMORY = 250 * 1024 * 1024
SECONDS = 20  # of the processor, so that other work on the machine does not count
unix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")


def bounded(*arguments: str | Path, given: bytes = b"") -> Ran:
    """A run within the bounds, which tells nothing of its own making."""
    ran = start(*map(str, arguments), given=given, memory=MEMORY, seconds=SECONDS)
    assert ran.code in (0, 1, 2), ran
    assert "internal error" not in ran.err
    assert "Traceback" not in ran.err
    return ran


def quick(*arguments: str | Path) -> Ran:
    """The same in this process, where neither time nor memory is in question."""
    ran = call(*map(str, arguments))
    assert ran.code in (0, 1, 2), ran
    return ran


def by_scheme(name: str, ending: str = "yaml") -> tuple[Path, str, Path]:
    """A scorecard and its scheme, as the command line names them."""
    return FILES / f"{name}-card.{ending}", "--scheme", FILES / f"{name}-scheme.{ending}"


def pieces(piece: bytes, times: int) -> Callable[[Path], None]:
    """What writes a large file of one piece, over and over."""

    def write(file: Path) -> None:
        file.write_bytes(piece * times)

    return write


def units(file: Path) -> None:
    """Write a table of more units than any."""
    lines = (f"u{number},2018,1,5\n" for number in range(100_002))
    file.write_text("unit,year,code,points\n" + "".join(lines), encoding="utf-8")


def one_row(file: Path) -> None:
    """Write a table with a row of cells without end, each over two lines."""
    file.write_bytes(b"unit,year,code,points\n" + b'"a\n",' * 1_000_000)


def sparse(file: Path) -> None:
    """Write a file that takes no room, and is larger than any memory."""
    with file.open("wb") as stream:
        stream.truncate(2 * 1024**3)


class TestMuch:
    """Much too much is refused before it is built, in every format, and whatever repeats itself."""

    @pytest.mark.parametrize(
        ("name", "write", "code"),
        [
            ("line.csv", pieces(b"\0", 60_000_000), "P111"),
            ("heading.csv", pieces(b",", 30_000_000), "P111"),
            ("quote.csv", pieces(b'unit,year,code,"a\n', 300_000), "P104"),
            ("row.csv", one_row, "P104"),
            ("units.csv", units, "P106"),
            ("sparse.csv", sparse, "P102"),
            ("sparse.json", sparse, "P102"),
            ("objects.json", pieces(b"[" + b"{}," * 3_000_000 + b"{}]", 1), "P106"),
            ("lists.json", pieces(b"[" + b"[]," * 3_000_000 + b"{}]", 1), "P106"),
            ("numbers.json", pieces(b"[" + b"10," * 3_000_000 + b"{}]", 1), "P106"),
            ("lines.ndjson", pieces(b"{}\n", 3_000_000), "P106"),
            ("field.json", pieces(b'{"a":[' + b"[]," * 3_000_000 + b"[]]}", 1), "P106"),
        ],
    )
    def test_refused(
        self, tmp_path: Path, name: str, write: Callable[[Path], None], code: str
    ) -> None:
        file = tmp_path / name
        write(file)
        ran = bounded("score", file)
        file.unlink()
        assert ran.code == 2
        assert code in ran.err

    @unix
    def test_a_device_without_end(self, tmp_path: Path) -> None:
        (tmp_path / "zero.csv").symlink_to("/dev/zero")
        assert "P111" in bounded("score", tmp_path / "zero.csv").err

    def test_marks_out_of_order(self, tmp_path: Path) -> None:
        marks = "\u0301" * 9_990 + "\u0316" * 9_990
        card = Path(EXAMPLE).read_text(encoding="utf-8")
        counts = "".join(f'  c{number}: "a{marks}"\n' for number in range(20))
        (tmp_path / "c.yaml").write_text(f"{card}counts:\n{counts}", encoding="utf-8")
        book(tmp_path / "c.xlsx", {**table(), "A5": f"Đơn vị: a{marks}", "B9": f"b{marks}"})
        line = f'unit,year,code,points\n"a{marks[:9_000]}",2018,1,5\n'
        (tmp_path / "c.csv").write_text(line, encoding="utf-8")
        for name, command in (("yaml", "check"), ("xlsx", "check"), ("csv", "score")):
            bounded(command, tmp_path / f"c.{name}", "--scheme", "vn-province-2018")

    @pytest.mark.parametrize(
        ("maximum", "start_", "piece", "times", "expected"),
        [
            (6_000, "criteria:\n", '- {{code: "{0}", name: {{vi: c}}, max: 1, requires: "{1}"}}\n', 6_000, 1),
            (6_000, "criteria:\n", '- {{code: "{0}", name: {{vi: c}}, max: 1, requires: x{0}.{0}}}\n', 6_000, 1),
            (1, "partitions:\n  origin:\n", "  - {{id: p{0}, max: 0}}\n", 6_000, 1),
            (1, "partitions:\n  origin:\n", "  - {{id: p{0}, max: 0, within: p{1}}}\n", 6_000, 1),
            (1, "partitions:\n  origin:\n", "  - {{id: p{0}, max: 0, within: x{1}}}\n", 6_000, 1),
        ],
    )  # fmt: skip
    def test_schemes_are_proved_in_time(
        self, tmp_path: Path, maximum: int, start_: str, piece: str, times: int, expected: int
    ) -> None:
        head = f"id: q\ntitle: {{vi: Q}}\nstatus: example\nlevel: department\nyears: [2024]\nmax: {maximum}\n"
        body = "".join(piece.format(number, number - 1) for number in range(times))
        end = "" if "criteria" in start_ else 'criteria:\n- {code: "1", name: {vi: c}, max: 1}\n'
        file = tmp_path / "q.yaml"
        file.write_text(head + start_ + body + end, encoding="utf-8")
        assert bounded("check", file).code == expected

    def test_plans(self) -> None:
        assert "P309" in bounded("target", *by_scheme("count"), "--band", "A").err
        assert bounded("target", *by_scheme("steps", "json"), "--band", "A").code == 0

    def test_bars_have_an_end(self) -> None:
        for command in ("score", "rank"):
            ran = quick(command, *by_scheme("bar", "json"))
            assert ran.code == 0
            assert "##########" in ran.out
            assert "###########" not in ran.out

    def test_days_have_an_end(self) -> None:
        card, option, scheme = by_scheme("deadline")
        for arguments in (
            ("explain", card, "1", option, scheme),
            ("target", card, option, scheme, "--band", "A"),
            ("check", scheme),
        ):
            assert "P309" in "".join(quick(*arguments)[1:])


class TestFolders:
    """Of a folder only its own plain files are read, and other files name only those beside them."""

    @unix
    def test_what_is_no_file(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(source, "_WAIT", 0)
        folder, deep = tmp_path / "s", tmp_path / "deep"
        folder.mkdir()
        deep.joinpath(*["d"] * 500).mkdir(parents=True)
        os.mkfifo(folder / "x.yaml")
        os.mkfifo(tmp_path / "fifo.yaml")
        (folder / "p.yaml").symlink_to("/etc/passwd")
        for command in ("score", "check", "test"):
            told = "".join(quick(command, folder)[1:])
            assert told.count("P121") == 2
            assert "root:" not in told
            assert quick(command, deep).code == 2
        assert "P121" in quick("score", EXAMPLE, "--scheme", folder).err
        assert "P101" in quick("score", tmp_path / "fifo.yaml").err

    @unix
    def test_no_other_file_is_opened(self, tmp_path: Path) -> None:
        secret, folder = tmp_path / "secret.yaml", tmp_path / "f"
        secret.write_text("root:x:0\n", encoding="utf-8")
        folder.mkdir()
        (folder / "link.yaml").symlink_to(secret)
        for name in ("../secret.yaml", str(secret), "link.yaml", "a/../../secret.yaml"):
            scenario = f'format: parindex-scenario/1\nbase: "{name}"\nset: {{"1": 5}}\n'
            case = f'name: x\nscheme: "{name}"\ninput: {{year: 2018, scores: {{"1": 5}}}}\nexpected: {{points: 5}}\n'
            for text, command in ((scenario, ["simulate", "--scenario"]), (case, ["test"])):
                (folder / "a.yaml").write_text(text, encoding="utf-8")
                ran = quick(*command, folder / "a.yaml")
                assert (ran.code, "P101" in ran.err, "x:0" in ran.err) == (2, True, False)

    @unix
    def test_an_input_is_not_written_over(self, tmp_path: Path) -> None:
        card = tmp_path / "card.json"
        assert call("merge", EXAMPLE, "-o", str(card)).code == 0
        before = card.read_bytes()
        (tmp_path / "link.json").symlink_to(card)
        (tmp_path / "hard.json").hardlink_to(card)
        for name in ("card.json", "link.json", "hard.json", "x/../card.json"):
            (tmp_path / "x").mkdir(exist_ok=True)
            ran = quick("score", card, "-o", tmp_path / name)
            assert (ran.code, "P115" in ran.err, card.read_bytes()) == (2, True, before)

    def test_nor_is_the_scheme_of_a_case(self, tmp_path: Path) -> None:
        scheme = tmp_path / "s.json"
        scheme.write_bytes((FILES / "bar-scheme.json").read_bytes())
        case = "name: x\nscheme: ./s.json\ninput: {year: 2024, total: 1}\nexpected: {points: 1}\n"
        (tmp_path / "c.yaml").write_text(case, encoding="utf-8")
        ran = quick("test", tmp_path / "c.yaml", "-o", scheme)
        assert (ran.code, "P115" in ran.err) == (2, True)


@unix
class TestNames:
    """Bytes that are no letters are shown as escapes in names, and refused in texts."""

    @pytest.mark.parametrize("form", ["table", "json", "ndjson", "csv", "xlsx", "markdown"])
    def test_of_files(self, tmp_path: Path, form: str) -> None:
        file, out = tmp_path / "b\udcff.yaml", tmp_path / f"out.{form}"
        file.write_bytes((ROOT / "tests/bad/unknown-field.yaml").read_bytes())
        assert bounded("check", file, "-f", form, "-o", out).code == 1
        if form != "xlsx":
            assert "b\\udcff" in out.read_text(encoding="utf-8").replace("\\\\", "\\")

    def test_in_other_commands(self, tmp_path: Path) -> None:
        file = tmp_path / "a\udcff.yaml"
        file.write_bytes(Path(EXAMPLE).read_bytes())
        for arguments in (("compare", file, EXAMPLE), ("merge", file), ("score", tmp_path)):
            assert bounded(*arguments, "-f", "json").code == 0
        saved = tmp_path / "s.yaml"
        assert bounded("simulate", file, "--set", "6=8", "--save", saved).code == 2
        assert not saved.exists()

    @pytest.mark.parametrize(
        "arguments",
        [
            ("template", "vn-province-2018", "--unit", "X\udcff"),
            ("simulate", EXAMPLE, "--set", "6=\udcff"),
            ("score", EXAMPLE, "--unit", "\udcff"),
            ("score", EXAMPLE, "--scheme", "\udcff"),
            ("\udcff",),
        ],
    )
    def test_typed(self, arguments: tuple[str, ...]) -> None:
        ran = bounded(*arguments)
        assert (ran.code, ran.out) == (2, "")


class TestLetters:
    """Halves of letters in JSON are told with their place by every command."""

    @pytest.mark.parametrize("name", ["code", "codedc", "res2", "scen", "val"])
    def test_halves(self, name: str) -> None:
        file = FILES / f"surrogate-{name}.json"
        for arguments in (
            ("score", file),
            ("check", file),
            ("check", file, "-f", "json"),
            ("rank", file, "-f", "csv"),
            ("score", EXAMPLE, "--baseline", file),
            ("simulate", "--scenario", file, "--scheme", "vn-province-2018"),
        ):
            ran = quick(*arguments)
            assert (ran.code, "P104" in ran.out + ran.err) == (2, True)


class TestFigures:
    """What is written is read back as it was, whatever its size; nothing is taken for a formula."""

    def test_small_points(self, tmp_path: Path) -> None:
        card, option, scheme = by_scheme("exponent")
        for name in ("m.json", "m.yaml"):
            assert quick("merge", card, option, scheme, "-o", tmp_path / name).code == 0
            ran = quick("score", tmp_path / name, option, scheme, "-f", "json")
            assert (ran.code, '"points": 0.0000001' in ran.out) == (0, True)

    def test_areas_that_are_rounded(self, tmp_path: Path) -> None:
        card, option, scheme = by_scheme("rounding")
        out = tmp_path / "a.csv"
        for depth in ("1", "9"):
            done = quick("score", card, option, scheme, "-f", "csv", "--depth", depth, "-o", out)
            ran = quick("score", out, option, scheme, "-f", "json")
            assert (done.code, ran.code, '"points": 0.7,' in ran.out) == (0, 0, True)

    @pytest.mark.parametrize("name", ["semi", "comma"])
    @pytest.mark.parametrize("dialect", ["standard", "excel-vi"])
    def test_formulas_behind_a_separator(self, name: str, dialect: str) -> None:
        sign = ";" if name == "semi" else ","
        quoted = f"\"Sở A{sign}=cmd|' /C calc'!A0{sign}\""
        for command in ("score", "losses", "rank", "compare"):
            files: list[str | Path] = [FILES / f"{name}.yaml", EXAMPLE]
            files = files[: 1 + (command == "compare")]
            ran = quick(command, *files, "-f", "csv", "--csv-dialect", dialect)
            assert ran.code == 0
            assert ran.out.count("=cmd") == ran.out.count(quoted) or command == "compare"

    @pytest.mark.parametrize("figure", ["1e12", "1000000000000", "1E400", "9" * 4_301, "1e-400"])
    def test_large_figures(self, tmp_path: Path, figure: str) -> None:
        texts = {
            "yaml": f'unit: X\nyear: 2018\nscores: {{"1": {figure}}}\n',
            "json": f'{{"unit": "X", "year": {figure}, "scores": {{"1": {{"count": {figure}}}}}}}',
            "csv": f"unit,year,code,points\nX,2018,1,{figure}\n",
        }
        for ending, text in texts.items():
            (tmp_path / f"n.{ending}").write_text(text, encoding="utf-8")
            for command in ("score", "check", "losses"):
                assert quick(command, tmp_path / f"n.{ending}").code in (1, 2)

    @pytest.mark.parametrize("name", ["hid_row", "hid_row0", "hid_col", "hid_filter", "fmt"])
    def test_what_nobody_sees_does_not_count(self, name: str) -> None:
        for command, code in (("score", 2), ("check", 1), ("rank", 2)):
            ran = quick(command, FILES / f"{name}.xlsx", "--scheme", "vn-province-2018")
            assert (ran.code, "P151" in ran.out + ran.err) == (code, True)

    @pytest.mark.parametrize("field", ["kind", "__class__", "model_config", "self"])
    def test_fields_of_no_file(self, tmp_path: Path, field: str) -> None:
        texts = {
            "score": f'unit: X\nyear: 2018\n{field}: 5\nscores: {{"1": {{points: 1, {field}: 4}}}}\n',
            "test": f"name: X\n{field}: 1\ninput: {{{field}: 3}}\nexpected: {{{field}: 4}}\n",
            "check": (FILES / "count-scheme.yaml").read_text("utf-8").replace("{kind", f"{{{field}: 1, kind"),
        }  # fmt: skip
        for command, text in texts.items():
            (tmp_path / "f.yaml").write_text(text, encoding="utf-8")
            assert "P10" in "".join(quick(command, tmp_path / "f.yaml")[1:])


@pytest.fixture
def fifo(tmp_path: Path) -> str:
    """A pipe with a name."""
    os.mkfifo(tmp_path / "fifo")
    return str(tmp_path / "fifo")


@unix
class TestPipes:
    """A pipe with a name is read from its start, and written to."""

    def test_read(self, fifo: str) -> None:
        line = '{"unit": "U#", "year": 2018, "scores": {"1": 8}}' + " " * 12 + "\n"
        text = "".join(line.replace("#", str(number)) for number in range(200))
        with subprocess.Popen(
            [sys.executable, "-c", "import sys; open(sys.argv[1], 'w').write(sys.argv[2])", fifo, text]
        ):  # fmt: skip
            ran = bounded("score", fifo, "--scheme", "vn-province-2018", "-f", "ndjson")
        assert (ran.code, ran.out.count("\n")) == (0, 200)

    def test_written(self, fifo: str, monkeypatch: pytest.MonkeyPatch) -> None:
        with subprocess.Popen(
            [sys.executable, "-c", "import sys; print(open(sys.argv[1]).read())", fifo],
            stdout=subprocess.PIPE,
        ) as reader:
            assert bounded("score", EXAMPLE, "-o", fifo).code == 0
            assert reader.stdout
            assert b"78.35" in reader.stdout.read()
        monkeypatch.setattr(streams, "_WAIT", 0)
        assert "P114" in quick("score", EXAMPLE, "-o", fifo).err

    def test_the_own_output_by_its_name(self) -> None:
        command = [sys.executable, "-m", "parindex", "score", EXAMPLE, "-o", "/dev/stdout"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, timeout=200)
        assert (done.returncode, b"78.35" in done.stdout) == (0, True)


ENDED = """
import os, signal, sys

# What started the tests may ignore these, and then a command does so, too.
signal.signal(signal.SIGHUP, signal.SIG_DFL)
signal.signal(signal.SIGINT, signal.default_int_handler)
number = int(sys.argv.pop())
def end(*_): os.kill(os.getpid(), number)
{when}
from parindex.cli import main
main()
"""
HALF_WRITTEN = "import parindex.office.xlsx.write as write; write.write_book = end"
IN_IMPORTS = "sys.meta_path.insert(0, type('F', (), {'find_spec': staticmethod(lambda n, *_: end() if n.endswith('cli.app') else None)}))"


@unix
class TestSignals:
    """Whatever asks a command to end leaves no file half written, and no traceback."""

    @pytest.mark.parametrize(
        ("name", "when"),
        [
            pytest.param("SIGHUP", HALF_WRITTEN, id="SIGHUP-write"),
            pytest.param("SIGINT", HALF_WRITTEN, id="SIGINT-write"),
            pytest.param("SIGXCPU", HALF_WRITTEN, id="SIGXCPU-write"),
            pytest.param("SIGINT", IN_IMPORTS, id="SIGINT-import"),
            pytest.param("SIGXCPU", IN_IMPORTS, id="SIGXCPU-import"),
        ],
    )
    def test_ended(self, tmp_path: Path, name: str, when: str) -> None:
        number = int(getattr(signal, name))
        (tmp_path / "r.xlsx").write_text("old", encoding="utf-8")
        options = ["score", EXAMPLE, "-o", str(tmp_path / "r.xlsx"), str(number)]
        done = subprocess.run(
            [sys.executable, "-c", ENDED.replace("{when}", when), *options],
            cwd=ROOT,
            capture_output=True,
            check=False,
            timeout=200,
        )
        assert (done.returncode, done.stderr) == (128 + number, b"")
        assert [each.read_text("utf-8") for each in tmp_path.iterdir()] == ["old"]
