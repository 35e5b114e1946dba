"""What tests with Spark share: whether it is here, messy dossiers, and a server of Spark Connect."""

import csv
import io
import random
import re
import shutil
import unicodedata
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import polars

HAS_PYSPARK: Final = find_spec("pyspark") is not None and find_spec("grpc") is not None
HAS_SPARK: Final = HAS_PYSPARK and shutil.which("java") is not None
WHY: Final = "pyspark (the extra spark) or Java is not installed"
COLUMNS: Final = (
    *("id", "received", "due", "returned", "channel", "unit", "procedure", "payment"),
    *("times_returned", "suspended_days"),
)
MAP: Final = {
    "columns": {each: each for each in COLUMNS},
    "period": {"from": "2025-01-01", "to": "2025-06-30", "by": "quarter"},
    "facts": {"2.1": {"ratio": ["early + on_time", "settled"]}, "2.2": {"count": "services_used"}},
}
_SPELT: Final = ("{0:02}/{1:02}/{2}",) * 6 + (
    *(
        "{2}-{1:02}-{0:02}",
        " {0}/{1}/{2}",
        "{0:02}-{1:02}-{2} 08:30",
        "\u00a0{0:02}/{1:02}/{2}\u00a0",
    ),
    *("ngày {0} tháng {1} năm {2}", "08:30 {0}/{1}/{2}", "{1:02}/31/{2}", "hôm qua", "", "  "),
)
_UNITS: Final = (
    "Sở Tư pháp",
    " Sở Tư pháp\u00a0",
    "SỞ TƯ PHÁP",
    "Xã Hoà An",
    "Xã Hòa An",
    "Xã B",
    "",
)
_CHANNELS: Final = ("Trực tuyến", "trực tuyến ", "TRỰC TIẾP", "Trực tiếp", "Bưu chính", "online")
_PAID: Final = ("Có", "không", "150.000 đ", "0", "", "có\u00a0")
_TIMES: Final = ("", "0", "1", "2", " 3 ", "hai", "-1")
Rows = list[dict[str, str | None]]


def dossiers(count: int, seed: int) -> Rows:
    """Rows as offices write them, of which many cannot be counted; the same for the same seed."""
    draw = random.Random(seed)

    def one(words: tuple[str, ...]) -> str:
        """Mostly the first word."""
        return draw.choice(words) if draw.random() < 1 / 4 else words[0]

    def day(year: int) -> str:
        spelt = one(_SPELT)
        return spelt.format(draw.randint(1, 28), draw.randint(1, 8), year)

    def row() -> dict[str, str | None]:
        unit = draw.choice(_UNITS[:-1]) if draw.random() < 19 / 20 else ""
        year = draw.choice((2024, 2025))
        cells = {
            "id": one((f"H{draw.randint(0, count * 9)}", "", f" H{draw.randint(0, 9)}\t")),
            "received": day(year),
            "due": day(2025),
            "returned": day(2025) if draw.random() < 2 / 3 else None,
            "channel": one(_CHANNELS),
            "unit": unicodedata.normalize("NFD", unit) if draw.random() < 1 / 9 else unit,
            "procedure": draw.choice(("1.001", "1.002", "1.003\u3000", "")),
            "payment": one(_PAID),
            "times_returned": one(_TIMES),
            "suspended_days": draw.choice(("", "", "3")),
        }
        return cells if draw.random() < 19 / 20 else dict.fromkeys(COLUMNS)

    return [row() for _ in range(count)]


def frame(rows: Rows) -> polars.DataFrame:
    """Rows as a frame of texts."""
    data = {name: [row[name] for row in rows] for name in COLUMNS}
    return polars.DataFrame(data, schema=dict.fromkeys(COLUMNS, polars.String))


def write_files(folder: Path, seed: int) -> None:
    """Messy dossiers in files of each form that Spark reads: titles, delimiters, empty, wide and broken rows."""
    table = io.StringIO(newline="")
    table.write("DANH SÁCH HỒ SƠ;;\r\n\r\n")
    rows = csv.writer(table, delimiter=";")
    rows.writerow([*COLUMNS, "Chủ hồ sơ"])
    for at, row in enumerate(dossiers(80, seed)):
        rows.writerow([*(row[name] or "" for name in COLUMNS), 'Nguyễn "Văn"; An'])
        if at % 20 == 7:
            rows.writerow([*COLUMNS, "x", "one", "more"])
            table.write("\r\n")
    (folder / "a [1].csv").write_text("\ufeff" + table.getvalue(), encoding="utf-8", newline="")
    frame(dossiers(60, seed + 1)).write_csv(folder / "b.csv")
    frame(dossiers(60, seed + 2)).write_csv(folder / "c.csv")
    lines = frame(dossiers(60, seed + 3)).write_ndjson().splitlines()
    broken = ["{broken", "{}", f"{lines[0]} more", f"{lines[0]}, {{}}", "[1]", '"{"', "  ", " {\t}"]
    (folder / "d.jsonl").write_text("\n".join([*lines, *broken, lines[1][:-1]]), encoding="utf-8")
    frame(dossiers(60, seed + 4)).write_parquet(folder / "e.parquet")


QUICK: Final = {"JAVA_TOOL_OPTIONS": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"}
"""Java does not compile for long what runs shortly."""
INTERPRETED: Final = {
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.shuffle.partitions": "2",
}
"""Nor does Spark."""
_SERVER: Final = {
    "spark.ui.enabled": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.connect.grpc.binding.address": "127.0.0.1",
    "spark.connect.grpc.binding.port": "0",
    "spark.log.level": "INFO",
    **INTERPRETED,
}


def server_command() -> list[str]:
    """A server of Spark Connect at any free port, which it tells on the standard error output."""
    found = find_spec("pyspark")
    assert found is not None
    assert found.origin is not None
    submit = Path(found.origin).parent / "bin" / "spark-submit"
    settings = (each for pair in _SERVER.items() for each in ("--conf", "=".join(pair)))
    name = "org.apache.spark.sql.connect.service.SparkConnectServer"
    return [str(submit), "--class", name, "--master", "local[2]", *settings, "spark-internal"]


STARTED: Final = re.compile(r"Spark Connect server started at: .*:(\d+)\b")
