"""Every kind of file that parindex reads: good ones to start from, how they are changed, commands that read them."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import Final, NamedTuple

from tests.fuzzing.packages import old_changed, package_changed
from tests.fuzzing.tables import table_changed
from tests.fuzzing.texts import bytes_changed, encoded, nasty
from tests.fuzzing.trees import json_changed, tree_as_json, tree_changed

_ROOT: Final = Path(__file__).parent.parent.parent
_FORMATS: Final = (
    "-f table",
    "-f json",
    "-f ndjson",
    "-f csv",
    "-f markdown",
    "-o out.xlsx",
    "-f csv --csv-dialect excel-vi",
)
_REPORTS: Final = tuple(
    f"report {{}} --kind {kind} -o out.{ending}"
    for kind in ("self-assessment", "analysis", "ranking", "plan --target index=99")
    for ending in ("md", "html", "docx", "pdf")
)
_SCORECARDS: Final = (
    *("score {} FORMAT", "check {} FORMAT", "score {} --stages --depth 9 FORMAT", "rank {} FORMAT"),
    "stability {} --draws 20 --rounding --survey n=50 --leave-out area FORMAT",
    *("compare {} card.yaml FORMAT", "losses {} --by lead FORMAT", "losses {} --by leaf FORMAT"),
    *("explain {} 1 FORMAT", "simulate {} --set 1=1 FORMAT", "simulate {} --set 1.1=+0.1 FORMAT"),
    *(
        "target {} --band A FORMAT",
        "target {} --index 90 FORMAT",
        "target {} --rank 1 --among 2018",
    ),
    *("split {} -o parts", "split {} -f yaml -o parts", "merge {} card.yaml -o out.yaml"),
    *("merge {} -o out.xlsx", "merge {} -o out.json", "verify result.json {} FORMAT"),
    *("score {} --fail-under 80", "score {} --baseline result.json", "check {} --select P FORMAT"),
)
_BY_COLUMNS: Final = tuple(
    f"{name} {{}} --engine {engine} FORMAT"
    for name in ("score", "rank", "losses")
    for engine in ("columns", "rows")
)
_SCHEMES: Final = (
    *("check {} FORMAT", "score card.yaml --scheme {} FORMAT", "schemes show {} FORMAT"),
    *(
        "template {} --year 2024 -f yaml",
        "template {} --year 2024 -f csv",
        "template {} --year 2024 -o out.xlsx",
    ),
    *("explain 1 --scheme {} FORMAT", "target card.yaml --scheme {} --index 99 FORMAT"),
    *("losses card.yaml --scheme {} --by origin", "rank card.yaml --scheme {} FORMAT"),
    *("simulate card.yaml --scheme {} --set 1=1", "split card.yaml --scheme {} -o parts"),
    *("compare card.yaml card.yaml --scheme {} FORMAT", "merge card.yaml --scheme {} -o out.xlsx"),
    *(each.format("card.yaml --scheme {}") for each in _REPORTS),
)
_PUBLISHED: Final = (
    *("data show --data {} FORMAT", "data list --data {} FORMAT", "data export --data {}"),
    *(
        "data check {} FORMAT",
        "data export --data {} -o out.sqlite",
        "data export --data {} -o out/",
    ),
    *("compare 2012 2013 --data {} FORMAT", "compare card.yaml 2012 --data {} FORMAT"),
    *("trend --data {} FORMAT", "trend mean --kind rank --level department --data {} FORMAT"),
    "target card.yaml --rank 2 --among 2012 --data {}",
    "report card.yaml --kind ranking --data {} -o out.md",
)
_FACTS: Final = b"""
unit: "A"
year: 2024
level: department
scores:
  "1": {points: 0.5, note: "a note", evidence: [{number: 12/QD, date: 2024-05-01, page: "3"}]}
  "2": {answer: late}
  "3": {items: [tasks, budget]}
  "4": {self: {value: 90.01%}, appraised: {value: 80%, reason: counted again}}
  "5": {ratio: [234, 543]}
  "6": {value: 5%}
  "7": {count: 2}
  "8": {count: 3}
  "9": {date: 2024-12-31}
  "10": {answers: {A: 12, B: 3}}
  "11": {value: 17.5}
published: {index: 70.1, rank: 3, of: 5, points: {"1": 0.5}}
counts: {received: 10, settled: {all: 9, late: 1}}
"""
_FIGURES: Final = b"""
unit: "A"
year: 2026
level: department
scores:
  "1": {figures: {on_time: 18/20, lasting: 1}}
  "2": {figures: {procedures: 25%, online: 45%, overdue: 1}}
  "3": {figures: {not_ensured: 35%}}
  "4": {figures: {done: 60%, above_plan: 0%, in_time: 100%}}
  "5": {figures: {dossiers: 17/23, used: 9/10, ready: 3/4}}
  "6": {figures: {on_time: 1001, received: 1000}}
  "7": {figures: {rate: 61%}}
  "8": {figures: {rate: 40%, serious: 2}}
"""
_ROWS: Final = b"""unit,year,level,code,stage,points,value,ratio,answer,count,date,items,answers,state,reason,note
A,2024,department,1,,0.5,,,,,,,,,,a note
A,2024,department,2,,,,,late,,,,,,,
A,2024,department,3,,,,,,,,tasks|budget,,,,
A,2024,department,4,self,,90.01%,,,,,,,,,
A,2024,department,4,appraised,,80%,,,,,,,,counted again,
A,2024,department,5,,,,234/543,,,,,,,,
A,2024,department,6,,,5%,,,,,,,,,
A,2024,department,7,,,,,,2,,,,,,
A,2024,department,8,,,,,,3,,,,,,
A,2024,department,9,,,,,,,2024-12-31,,,,,
A,2024,department,10,,,,,,,,,A=12|B=3,,,
A,2024,department,11,,,,,,,,,,unknown,,
"""
_DOSSIERS: Final = """\
id,received,due,limit,returned,unit,procedure,channel,fee,suspended_from,suspended_to,times_returned
a,03/03/2025,,5,10/03/2025,Sở A,1.1,Trực tuyến,0,,,
b,2025-03-03,2025-03-10,,,Sở A,1.2,Trực tiếp,"10.000 đ",2025-03-05,2025-03-07,1
c,1/2/2025 08:30,,5 ngày làm việc,ngày 13 tháng 3 năm 2025,Xã B,1.1,Bưu chính,,,,2
c,01/04/2025,,,,Xã B,1.3,Trực tuyến,Có,,,
""".encode()
_MAP: Final = """\
columns: {id: id, received: received, due: due, limit: limit, returned: returned, unit: unit, procedure: procedure, channel: channel, fee: fee, suspended_from: suspended_from, suspended_to: suspended_to, times_returned: times_returned}
period: {from: 2025-01-01, to: 2025-03-31, by: month}
units: [{unit: Sở A, names: [So A], services: 3}, Xã B]
time_limit: {first_day: received, procedures: {"1.3": 10}, words: [ngày]}
suspension: {calendar: working}
words: {not_fee: [Không], fee: [">0"]}
services: 9
facts:
  "1": {ratio: [early + on_time, settled]}
  "2": {figures: {late: late, part: [overdue, pending]}}
  "3": {count: services_used}
""".encode()
_LINES: Final = """\
{"id": "a", "received": "03/03/2025", "limit": 5, "returned": null, "unit": "Sở A", "procedure": "1.1"}
{"id": "b", "received": "04/03/2025", "limit": "5 ngày", "returned": "2025-03-11", "unit": "Xã B", "procedure": "1.2"}
""".encode()
_LINES_MAP: Final = b"""\
columns: {id: id, received: received, limit: limit, returned: returned, unit: unit, procedure: procedure}
period: {from: 2025-01-01, to: 2025-12-31, by: quarter}
"""
_COUNTED: Final = (
    *("facts {} --map map.yaml", "facts {} --map map.yaml -f json --strict"),
    *("facts {} --map map.yaml -o out.csv --report out.json", "facts {} --new"),
    *("facts {} --map map.yaml --report out.csv", "facts {} rows.csv --map map.yaml -f csv"),
    "facts {} --map map.yaml -f json --csv-dialect excel-vi",
)
_BY_MAP: Final = (
    *("facts rows.csv --map {}", "facts rows.csv --map {} -f json --report out.csv"),
    *("facts rows.csv --map {} -o out.csv", "facts rows.csv --map {} --scheme vn-province-2018"),
)
_SCENARIO: Final = b"""
format: parindex-scenario/1
name: What if
base: card.yaml
scheme: scheme.yaml
set:
  "1.1": "+0.1"
  "1.2": 99%
  "2.1": 97.5%
  "2.2": {ratio: [1, 2]}
"""
_OPTIONS: Final = (
    *("score card.yaml --unit", "score card.yaml --sheet", "score card.yaml --columns"),
    *(
        "score card.yaml --stage",
        "score card.yaml --fail-under",
        "score card.yaml --fail-under-area",
    ),
    *(
        "score",
        "score --scheme",
        "check card.yaml --select",
        "check card.yaml --ignore",
        "score card.yaml --depth",
    ),
    *(
        "score card.yaml -f",
        "explain",
        "explain card.yaml",
        "explain --finding",
        "explain 1 --scheme",
    ),
    *(
        "losses card.yaml --by",
        "rank card.yaml --ties",
        "rank card.yaml --previous",
        "data show --unit",
    ),
    *(
        "data show --year",
        "data show --region",
        "compare 2018",
        "compare 2018 2019 --unit",
        "compare --level",
    ),
    *("target card.yaml --band", "target card.yaml --index", "target card.yaml --rank 1 --among"),
    *(
        "simulate card.yaml --set",
        "report card.yaml --kind plan -o out.md --target",
        "template --year",
    ),
    *(
        "template vn-province-2018 --unit",
        "schema",
        "schemes show",
        "verify",
        "test",
        "split",
        "merge",
        "nothing",
    ),
)


class Case(NamedTuple):
    """One run: the command line within a folder of these files, and what stands at its standard input."""

    kind: str
    arguments: tuple[str, ...]
    files: Mapping[str, bytes]
    given: bytes = b""

    @property
    def size(self) -> int:
        """The bytes of the files and of the command line."""
        return sum(map(len, self.files.values())) + sum(map(len, self.arguments)) + len(self.given)


class Kind(NamedTuple):
    """A kind of file: its name, seeds and their companions, how it is changed, and its commands."""

    file: str
    seeds: Sequence[str | bytes]
    change: Callable[[Random, bytes], str | bytes]
    commands: Sequence[str]
    more: str = ""
    beside: Mapping[str, str | bytes] = {
        "card.yaml": "examples/soc-trang-2018.yaml",
        "result.json": "tests/golden/soc-trang-2018.json",
    }


_PAGE: Final = (
    "<!doctype html><meta charset=utf-8><table><tr><td>x<td><table border=1>"
    "<tr><th rowspan=2>TT<th rowspan=2>Tỉnh<th colspan=2>Năm 2018<tr><th>Chỉ số<th>Xếp hạng"
    "<tr><td>1<td>Hà Nội<td>83,98<td>2</tr></table><script>a</script></table>"
).encode()
_SMALL: Final[Mapping[str, str | bytes]] = {
    "card.yaml": "examples/small-2024.yaml",
    "scheme.yaml": "examples/small-scheme.yaml",
    "result.json": "tests/golden/small-2024.json",
}
_EVERY: Final[Mapping[str, str | bytes]] = {
    "card.yaml": _FACTS,
    "scheme.yaml": "tests/cases/schemes/every-rule.yaml",
    "result.json": "tests/golden/small-2024.json",
}
_TABLES: Final[Mapping[str, str | bytes]] = {
    "card.yaml": _FIGURES,
    "scheme.yaml": "tests/cases/schemes/tables.yaml",
    "result.json": "tests/golden/small-2024.json",
}
_MET: Final = b"""\
unit: X
year: 2025
scheme: scheme.yaml
scores:
  CT1.1: {ratio: [12, 12]}
  CT1.2: {value: "97,2%"}
  CT1.3: {value: 100%}
  CT2.1: {answer: met}
  CT2.2: {count: 1}
  CT2.3: no_evidence
"""
_STANDARDS: Final[Mapping[str, str | bytes]] = {
    "card.yaml": _MET,
    "scheme.yaml": "tests/cases/schemes/access-to-law.yaml",
    "result.json": "tests/golden/small-2024.json",
}
_MADE_OF_RULES: Final = b"""\
unit: "A"
year: 2026
scheme: scheme.yaml
scores:
  "1": {figures: {integrated: 6/10, transactions: 5/10, dossiers: 300/1000}}
  "2": {figures: {own: 48%, shared: "Kh\xc3\xb4ng"}}
  "3": {figures: {late: 2, quarterly: 1, yearly: 0}}
  "4": {figures: {light: 1, serious: 0}}
  "5": {figures: {conference: 1, training: 2}}
  "6": {answer: half}
  "7": {answers: {shorter: 12, equal: 7, longer: 1}}
  "9": {ratio: [1, 3]}
"""
_COMPOSITES: Final[Mapping[str, str | bytes]] = {
    "card.yaml": _MADE_OF_RULES,
    "scheme.yaml": "tests/cases/schemes/composites.yaml",
    "result.json": "tests/golden/small-2024.json",
}
_DEPARTMENTS: Final = "examples/schemes/departments-2024.yaml"
_OFFICES: Final[Mapping[str, str | bytes]] = {
    "card.yaml": "examples/parts/phong-phap-che.yaml",
    "scheme.yaml": _DEPARTMENTS,
    "result.json": "tests/golden/small-2024.json",
}
_CASES: Final = {
    f"schemes/{file.name}": str(file.relative_to(_ROOT))
    for file in sorted((_ROOT / "tests/cases/schemes").glob("*.yaml"))
}
_BOOKS: Final = (
    "examples/soc-trang-2018.xlsx",
    *(str(file.relative_to(_ROOT)) for file in sorted((_ROOT / "tests/given/xlsx").glob("*.xlsx"))),
)


def _kept(ending: str) -> tuple[str, ...]:
    """Workbooks and documents of other programs."""
    files = sorted((_ROOT / "tests/old_workbooks").glob(f"*.{ending}"))
    return tuple(str(file.relative_to(_ROOT)) for file in files)


def _annexes(ending: str) -> tuple[str, ...]:
    """Annexes of decisions."""
    files = sorted((_ROOT / "tests/annexes").glob(f"*.{ending}"))
    return tuple(str(file.relative_to(_ROOT)) for file in files)


_CARDS: Final = (
    "examples/soc-trang-2018.yaml",
    "tests/baseline/now.yaml",
    "seeds/lang-son-2016.yaml",
)
_TEMPLATE: Final = "parindex/office/documents/templates/report.docx"
_LETTERHEAD: Final = "examples/letterhead.yaml"
_WORDS: Final = tuple(each for each in _REPORTS if each.endswith("docx"))

KINDS: Final[Mapping[str, Kind]] = {
    "yaml": Kind("a.yaml", _CARDS, tree_changed, (*_SCORECARDS, *_REPORTS)),
    "json": Kind("a.json", _CARDS, tree_as_json, (*_SCORECARDS, *_REPORTS)),
    "stages": Kind("a.yaml", ("examples/small-2024.yaml", "examples/small-2024-whole.yaml"), tree_changed, (*_SCORECARDS, *_REPORTS), "--scheme scheme.yaml", _SMALL),
    "facts": Kind("a.yaml", (_FACTS,), tree_changed, (*_SCORECARDS, *_REPORTS), "--scheme scheme.yaml", _EVERY),
    "csv": Kind("a.csv", ("examples/provinces-2018.csv", "tests/golden/soc-trang-2018.csv", "tests/given/tables/capital-headings.csv", "tests/given/tables/official-table-saved-as.csv"), table_changed, (*_SCORECARDS, *_REPORTS)),
    "rows": Kind("a.csv", (_ROWS,), table_changed, (*_SCORECARDS, *_REPORTS), "--scheme scheme.yaml", _EVERY),
    "result": Kind("a.json", ("tests/golden/soc-trang-2018.json", "tests/golden/soc-trang-2018.ndjson", "tests/golden/small-2024.ndjson"), json_changed, ("verify {} card.yaml FORMAT", "check {} FORMAT", "score card.yaml --baseline {} FORMAT", "score {}")),
    "xlsx": Kind("a.xlsx", _BOOKS, package_changed, (*_SCORECARDS, *_REPORTS)),
    "wide": Kind("a.csv", ("tests/wide/wide-so.csv", "tests/wide/wide-table.csv"), table_changed, (*_SCORECARDS, *_REPORTS)),
    "wide book": Kind("a.xlsx", ("tests/wide/wide-so.xlsx",), package_changed, (*_SCORECARDS, *_REPORTS)),
    "many wide": Kind("a.csv", ("tests/wide/wide-so.csv", "tests/wide/wide-table.csv"), table_changed, _BY_COLUMNS),
    "parquet": Kind("a.parquet", ("tests/given/parquet/long.parquet", "tests/given/parquet/wide.parquet"), bytes_changed, (*_SCORECARDS, *_BY_COLUMNS, *_REPORTS)),
    "xls": Kind("a.xls", _kept("xls"), old_changed, (*_SCORECARDS, *_REPORTS)),
    "ods": Kind("a.ods", _kept("ods"), package_changed, (*_SCORECARDS, *_REPORTS)),
    "word": Kind("a.docx", _kept("docx"), package_changed, (*_SCORECARDS, *_REPORTS)),
    "annex": Kind("a.xlsx", _annexes("xlsx"), package_changed, ("schemes import {} -o out.yaml", "schemes import {} FORMAT")),
    "annex in Word": Kind("a.docx", _annexes("docx"), package_changed, ("schemes import {} -o out.yaml", "schemes import {} FORMAT")),
    "figures": Kind("a.csv", ("tests/wide/wide-so.csv", "examples/provinces-2018.csv"), table_changed, ("data import {} --year 2018 --source a -o out",)),
    "web page": Kind("a.html", (_PAGE,), bytes_changed, ("data import {} --year 2018 --source a -o out",)),
    "docx": Kind("a.docx", (_TEMPLATE,), package_changed, tuple(f"{each} --template {{}}".replace("{}", "card.yaml", 1) for each in _WORDS), "--letterhead letterhead.yaml", {"card.yaml": _CARDS[0], "letterhead.yaml": _LETTERHEAD}),
    "letterhead": Kind("a.yaml", (_LETTERHEAD,), tree_changed, tuple(f"{each} --letterhead {{}}".replace("{}", "card.yaml", 1) for each in _REPORTS)),
    "scheme": Kind("a.yaml", ("examples/small-scheme.yaml", "examples/small-scheme-before.yaml"), tree_changed, _SCHEMES, "", _SMALL),
    "rules": Kind("a.yaml", ("tests/cases/schemes/every-rule.yaml",), tree_changed, _SCHEMES, "", _EVERY),
    "tables and formulas": Kind("a.yaml", ("tests/cases/schemes/tables.yaml",), tree_changed, _SCHEMES, "", _TABLES),
    "named figures": Kind("a.yaml", (_FIGURES,), tree_changed, (*_SCORECARDS, *_REPORTS), "--scheme scheme.yaml", _TABLES),
    "standards": Kind("a.yaml", (_MET,), tree_changed, (*_SCORECARDS, *_REPORTS), "--scheme scheme.yaml", _STANDARDS),
    "standards of a scheme": Kind("a.yaml", ("tests/cases/schemes/access-to-law.yaml",), tree_changed, _SCHEMES, "", _STANDARDS),
    "rules of rules": Kind("a.yaml", ("tests/cases/schemes/composites.yaml",), tree_changed, _SCHEMES, "", _COMPOSITES),
    "made of rules": Kind("a.yaml", (_MADE_OF_RULES,), tree_changed, (*_SCORECARDS, *_REPORTS), "--scheme scheme.yaml", _COMPOSITES),
    "offices": Kind("a.yaml", ("examples/parts/phong-phap-che.yaml",), tree_changed, (*_SCORECARDS, *_REPORTS), "--scheme scheme.yaml", _OFFICES),
    "leads": Kind("a.yaml", (_DEPARTMENTS,), tree_changed, _SCHEMES, "", _OFFICES),
    "dossiers": Kind("a.csv", (_DOSSIERS, "examples/dossiers/rows.csv"), table_changed, _COUNTED, "", {"map.yaml": _MAP, "rows.csv": _DOSSIERS}),
    "dossiers in lines": Kind("a.jsonl", (_LINES,), json_changed, _COUNTED, "", {"map.yaml": _LINES_MAP, "rows.csv": _DOSSIERS}),
    "map of dossiers": Kind("a.yaml", (_MAP, "examples/dossiers/map.yaml"), tree_changed, _BY_MAP, "", {"rows.csv": _DOSSIERS}),
    "case": Kind("a.yaml", ("tests/cases/rules.yaml", "tests/cases/whole.yaml", "tests/cases/adjustments.yaml", "tests/cases/tables.yaml", "tests/cases/standards.yaml", "tests/cases/composites.yaml"), tree_changed, ("test {} FORMAT",), "", _CASES),
    "scenario": Kind("a.yaml", (_SCENARIO,), tree_changed, ("simulate --scenario {} FORMAT", "simulate --scenario {} --save out.yaml"), "", _SMALL),
    "published": Kind("a.csv", ("parindex/published_figures/results.csv", "parindex/published_figures/areas.csv", "parindex/published_figures/band-counts.csv"), table_changed, _PUBLISHED),
}  # fmt: skip
"""The kinds by name."""
FREE: Final = ("options", "folder")
"""Kinds of which no single file is changed: words of the command line, and folders of several files."""


@cache
def _read(seed: str | bytes) -> bytes:
    if isinstance(seed, bytes):
        return seed
    data = (_ROOT / seed).read_bytes()
    long = seed.endswith(".csv") and len(data) > 20_000
    return b"".join(data.splitlines(keepends=True)[:40]) if long else data


def case_of(random: Random, name: str) -> Case:
    """A run that nobody would begin, of a kind."""
    if name == "options":
        return _options(random)
    if name == "folder":
        return _folder(random)
    kind = KINDS[name]
    data = _changed(random, kind)
    files = {file: _read(seed) for file, seed in kind.beside.items()}
    command = f"{random.choice(kind.commands)} {kind.more}"
    is_stdin = name != "docx" and not random.randrange(12)
    words = _words(random, command, "-" if is_stdin else kind.file)
    return Case(
        name, words, files if is_stdin else {**files, kind.file: data}, data if is_stdin else b""
    )


def _changed(random: Random, kind: Kind) -> bytes:
    seed = _read(random.choice(kind.seeds))
    if not random.randrange(20):
        changed: str | bytes = seed
    else:
        changed = kind.change(random, seed)
    data = changed if isinstance(changed, bytes) else encoded(random, changed)
    for _ in range(random.choice((0, 0, 0, 0, 0, 0, 0, 1, 3)) or data == seed):
        data = bytes_changed(random, data)
    return data


def _words(random: Random, command: str, file: str) -> tuple[str, ...]:
    command = command.replace("FORMAT", random.choice(_FORMATS))
    lang = random.choice(("", "", " --lang vi"))
    return tuple(each.replace("{}", file) for each in f"{command}{lang}".split())


def _options(random: Random) -> Case:
    command = random.choice(_OPTIONS).split()
    told = nasty(random).replace("\0", "\u2400")[:100_000]
    if command[-1] == "--set" or command[-1] == "--fail-under-area":
        told = random.choice((f"1={told}", f"{told}=1", told))
    words = [
        each.encode("utf-8", "surrogateescape" if "\udc80" in each else "replace")
        for each in (*command, told)
    ]
    files = {file: _read(seed) for file, seed in KINDS["yaml"].beside.items()}
    return Case("options", tuple(each.decode("utf-8", "surrogateescape") for each in words), files)


def _folder(random: Random) -> Case:
    names = ("yaml", "json", "csv", "xlsx", "xls", "ods", "word", "published", "case", "result")
    files: dict[str, bytes] = {"card.yaml": _read(_CARDS[0])}
    for number in range(random.randint(1, 4)):
        kind = KINDS[random.choice(names)]
        said = nasty(random).replace("/", "_").replace("\0", "_").encode("utf-8", "ignore")[:100]
        inner = random.choice(("", "", "b/", "b/c/"))
        name = f"{inner}{number}{said.decode('utf-8', 'ignore')}{random.choice((kind.file, '', '.yaml'))[1:]}"
        files[f"a/{name}"] = _changed(random, kind) if random.randrange(3) else _read(kind.seeds[0])
    commands = (
        "score {} FORMAT",
        "rank {} FORMAT",
        "check {} FORMAT",
        "test {} FORMAT",
        "merge {} -o out.yaml",
    )
    more = (
        "rank {} --skip-unreadable",
        "data list --data {} FORMAT",
        "verify result.json {}",
        *_REPORTS[-8:-4],
    )
    return Case("folder", _words(random, random.choice(commands + more), "a"), files)
