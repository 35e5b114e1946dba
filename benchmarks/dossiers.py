"""Rows of dossiers to facts, against the same aggregate written by hand in the engine.

    python benchmarks/dossiers.py --rows 5000000 --format csv
    python benchmarks/dossiers.py --rows 50000000 --format parquet
    python benchmarks/dossiers.py --rows 1000000 --spark

Makes the rows (seeded, of nobody), and measures in one run, each in a process of its own:
`parindex.facts` over the files, the aggregate by hand in Polars, and in DuckDB. Told are seconds
(the least of --times, in turn), those of
the processors, which a busy machine changes less, and the highest memory of its own, without mapped files. The aggregates by hand parse days, look at words
and count by unit, procedures and repeated ids included, but report nothing.
"""

import argparse
import importlib
import json
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

UNITS, PROCEDURES = 150, 300
START, END = "2025-01-01", "2025-12-31"
PART = 1_000_000
COLUMNS = {
    "id": "Mã hồ sơ",
    "received": "Ngày tiếp nhận",
    "due": "Ngày hẹn trả",
    "returned": "Ngày trả kết quả",
    "channel": "Hình thức nộp",
    "unit": "Cơ quan giải quyết",
    "procedure": "Thủ tục",
    "payment": "Thanh toán",
}
MAP = {
    "columns": COLUMNS,
    "period": {"from": START, "to": END},
    "facts": {"2.1": {"ratio": ["early + on_time", "received"]}},
}


def make(folder: Path, rows: int, form: str) -> None:
    """Write rows in files of a million, the same for the same numbers."""
    import numpy
    import polars

    for part in range(-(-rows // PART)):
        file = folder / f"rows-{part:03}.{form}"
        if file.exists():
            continue
        count = min(PART, rows - part * PART)
        draw = numpy.random.default_rng(part)
        received = numpy.datetime64("2024-12-15") + draw.integers(0, 390, count)
        due = received + draw.integers(1, 30, count)
        returned = numpy.maximum(due + draw.integers(-15, 4, count), received)
        text = "%d/%m/%Y"
        frame = polars.DataFrame(
            {
                "number": numpy.arange(count) + part * PART,
                "person": draw.integers(0, 10**9, count),
                "unit": draw.integers(0, UNITS, count),
                "procedure": draw.integers(0, PROCEDURES, count),
                "received": received,
                "due": due,
                "returned": returned,
                "pending": draw.random(count) < 1 / 20,
                "online": draw.integers(0, 2, count) == 1,
                "paid": draw.integers(0, 2, count) == 1,
            }
        )
        col, when, lit = polars.col, polars.when, polars.lit
        frame = frame.select(
            polars.format("H58.{}", col("number")).alias("Mã hồ sơ"),
            polars.format("Nguyễn Văn {}", col("person")).alias("Chủ hồ sơ"),
            polars.format("{}", col("person")).alias("Số điện thoại"),
            polars.format("Sở số {}", col("unit")).alias("Cơ quan giải quyết"),
            polars.format("1.{}.000.00.00.H58", col("procedure") + 1000).alias("Thủ tục"),
            col("received").dt.strftime(text).alias("Ngày tiếp nhận"),
            col("due").dt.strftime(text).alias("Ngày hẹn trả"),
            when(~col("pending")).then(col("returned").dt.strftime(text)).alias("Ngày trả kết quả"),
            when("online")
            .then(lit("Trực tuyến"))
            .otherwise(lit("Trực tiếp"))
            .alias("Hình thức nộp"),
            when("paid").then(lit("Có")).otherwise(lit("Không")).alias("Thanh toán"),
        )
        (frame.write_csv if form == "csv" else frame.write_parquet)(file)


def late(cards: Iterable[Any]) -> int:
    """How many were late, by all scorecards together."""
    return sum(card.counts["late"].number for card in cards)


def by_parindex(files: list[str]) -> int:
    """The counts of parindex."""
    from parindex.scale.mapping import map_given
    from parindex.scale.reading import facts_of_files

    found = facts_of_files(files, map_given(MAP))
    return late(found.scorecards)


def by_spark(files: list[str]) -> int:
    """The counts of parindex by Spark, the start of its session included; they must be the same."""
    from parindex.scale.mapping import map_given
    from parindex.scale.spark import facts_of_files

    found = facts_of_files("local[2]", files, map_given(MAP))
    return late(found.scorecards)


def by_hand_in_polars(files: list[str]) -> int:
    """The same aggregate as somebody would write it in Polars."""
    import datetime

    import polars

    first, last = datetime.date.fromisoformat(START), datetime.date.fromisoformat(END)
    is_csv = files[0].endswith("csv")
    scan = polars.scan_csv(files, infer_schema=False) if is_csv else polars.scan_parquet(files)
    col = polars.col
    days = {
        name: col(COLUMNS[name]).str.to_date("%d/%m/%Y", strict=False)
        for name in ("received", "due", "returned")
    }
    rows = scan.select(
        **days,
        online=col(COLUMNS["channel"]) == "Trực tuyến",
        paid=col(COLUMNS["payment"]) == "Có",
        unit=col(COLUMNS["unit"]),
        procedure=col(COLUMNS["procedure"]),
        id=col(COLUMNS["id"]),
    )
    new = col("received").is_between(first, last)
    done = col("returned").is_between(first, last)
    still = col("returned").is_null()
    pending = (col("received") <= last) & (still | (col("returned") > last))
    counts = rows.group_by("unit").agg(
        received=new.sum(),
        carried=((col("received") < first) & (still | (col("returned") >= first))).sum(),
        settled=done.sum(),
        early=(done & (col("returned") < col("due"))).sum(),
        on_time=(done & (col("returned") == col("due"))).sum(),
        late=(done & (col("returned") > col("due"))).sum(),
        pending=pending.sum(),
        overdue=(pending & (col("due") <= last)).sum(),
        online=(new & col("online")).sum(),
        paid=(new & col("paid")).sum(),
    )
    used = rows.filter(new).group_by("unit", "procedure").agg(online=col("online").any())
    twice = rows.group_by(col("id").hash()).len().filter(col("len") > 1)
    found, _, _ = polars.collect_all([counts, used, twice], engine="streaming")
    return int(found["late"].sum())


def by_hand_in_duckdb(files: list[str]) -> int:
    """The same aggregate as somebody would write it in SQL."""
    import duckdb

    named = ", ".join(f"'{each}'" for each in files)
    is_csv = files[0].endswith("csv")
    scan = f"read_csv([{named}], all_varchar=true)" if is_csv else f"read_parquet([{named}])"
    base = duckdb.connect()
    base.execute("set memory_limit = '900MB'")
    base.execute(f"""create view d as select
        try_strptime("{COLUMNS["received"]}", '%d/%m/%Y')::date r,
        try_strptime("{COLUMNS["due"]}", '%d/%m/%Y')::date d,
        try_strptime("{COLUMNS["returned"]}", '%d/%m/%Y')::date x,
        "{COLUMNS["channel"]}" = 'Trực tuyến' o, "{COLUMNS["payment"]}" = 'Có' p,
        "{COLUMNS["unit"]}" u, "{COLUMNS["procedure"]}" s, "{COLUMNS["id"]}" i from {scan}""")
    counts = base.execute(f"""with k as (select *, r between '{START}' and '{END}' n,
        x between '{START}' and '{END}' z, r <= '{END}' and (x is null or x > '{END}') q from d)
        select u, count_if(n), count_if(r < '{START}' and (x is null or x >= '{START}')),
        count_if(z), count_if(z and x < d), count_if(z and x = d), count_if(z and x > d),
        count_if(q), count_if(q and d <= '{END}'), count_if(n and o), count_if(n and p),
        count(distinct s) filter (n), count(distinct s) filter (n and o)
        from k group by u""").fetchall()
    base.execute("select hash(i) from d group by 1 having count(*) > 1").fetchall()
    return sum(row[6] for row in counts)


SPARK = "parindex, Spark"
WAYS: dict[str, Callable[[list[str]], int]] = {
    "parindex facts": by_parindex,
    SPARK: by_spark,
    "by hand, Polars": by_hand_in_polars,
    "by hand, DuckDB": by_hand_in_duckdb,
}


def measured(way: str, folder: Path, form: str) -> dict[str, Any]:
    """Seconds and megabytes of one way, in a process of its own."""
    command = [sys.executable, __file__, "--one", way, "--folder", str(folder), "--format", form]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def one(way: str, folder: Path, form: str) -> None:
    """Run one way and print what it took."""
    files = sorted(str(each) for each in folder.glob(f"*.{form}"))
    for module in ("duckdb", "numpy", "parindex.scale.reading", "polars"):
        importlib.import_module(module)
    own: list[int] = []
    is_done = threading.Event()
    watch = threading.Thread(target=_watch, args=(own, is_done))
    watch.start()
    start, used = time.perf_counter(), time.process_time()
    late = WAYS[way](files)
    took, processor = time.perf_counter() - start, time.process_time() - used
    is_done.set()
    watch.join()
    memory = max(own)
    print(
        json.dumps(
            {
                "seconds": round(took, 2),
                "processor": round(processor, 2),
                "memory": memory,
                "late": late,
            }
        )
    )


def _watch(own: list[int], is_done: threading.Event) -> None:
    """Note the memory of this process twenty times a second, without pages of files that it maps."""
    while True:
        status = Path("/proc/self/status").read_text(encoding="utf-8")
        own.append(int(status.split("RssAnon:", 1)[1].split(maxsplit=1)[0]) // 1024)
        if is_done.wait(1 / 20):
            return


def main() -> None:
    """Make the rows, and measure every way."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--format", choices=("csv", "parquet"), default="csv")
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--spark", action="store_true", help="also by Spark, local[2]")
    parser.add_argument("--one", choices=tuple(WAYS))
    given = parser.parse_args()
    if given.one:
        one(given.one, given.folder, given.format)
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        make(folder, given.rows, given.format)
        size = sum(each.stat().st_size for each in folder.glob(f"*.{given.format}")) // 2**20
        print(f"{given.rows:,} rows of {given.format}, {size:,} MB")
        found: dict[str, list[dict[str, Any]]] = {
            way: [] for way in WAYS if given.spark or way != SPARK
        }
        for _ in range(given.times):
            for way, runs in found.items():
                runs.append(measured(way, folder, given.format))
    best = {way: min(each["seconds"] for each in runs) for way, runs in found.items()}
    busy = {way: min(each["processor"] for each in runs) for way, runs in found.items()}
    for way, runs in found.items():
        ratio, work = (each[way] / each["by hand, Polars"] for each in (best, busy))
        memory = max(each["memory"] for each in runs)
        print(
            f"{way:16} {best[way]:7.2f} s {ratio:5.2f} ×  processor {busy[way]:7.2f} s {work:5.2f} ×"
            f"  {memory:6,} MB  late {runs[0]['late']:,}"
        )


if __name__ == "__main__":
    main()
