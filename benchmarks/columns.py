"""A million units of 88 leaves in Parquet to index, band and rank, against OpenFisca's vectors.

    python benchmarks/columns.py [--units 1000 10000 100000 1000000] [--runs 3] [--openfisca PYTHON]

Both read the same file, each in a process of its own that takes turns with the other, and are timed
from the first byte to the ranks; imports and the preparation of the scheme are outside. OpenFisca
(`pip install openfisca-core`, which is asked for nowhere else) computes the leaves, areas, index and
band in its own float32; `--openfisca` names a Python that has it. Where none has, the same vectors
in plain NumPy float32 stand for it, and the line says so. Columns are exact: a sample is compared
with the row engine, and how many OpenFisca prints otherwise is told.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import polars as pl
from many import scheme_text

from parindex import load_scheme

BANDS = """bands:
- steps:
  - {name: A, from: 60}
  - {name: B, from: 50}
  - {name: C, from: 40}
  - {name: D, from: 0}
criteria:
"""
COLUMNS = """\
import json, resource, sys, time
import narwhals as nw, numpy as np, polars as pl
from fractions import Fraction
from parindex import load_scheme, score
from parindex.rules.setting import Setting
from parindex.scale.columns.cards import scorecard
from parindex.scale.columns.compile import compile_scheme
from parindex.scale.columns.ranks import places
from parindex.scale.columns.sums import figures_of
from parindex.scale.columns.terms import near
file, scheme, out = sys.argv[1:4]
scheme = load_scheme(scheme)
pl.DataFrame({"x": [1.0]}).lazy().select(pl.col("x") * 2).collect(engine="streaming")
start = time.perf_counter()
frame = nw.from_native(pl.scan_parquet(file))
dtypes = dict(frame.collect_schema())
figures = figures_of(compile_scheme(scheme, Setting(2024, scheme.level), dtypes))
total = near(figures.total)
flag = nw.lit(False) if figures.flag is None else figures.flag
told = frame.select(
    "unit", index=figures.index.expr, band=figures.band, total=total.expr, flag=flag
).to_native().collect(engine="streaming")
asked = {}
def exactly(unit):
    if unit not in asked:
        [row] = pl.scan_parquet(file).slice(unit, 1).collect().rows(named=True)
        asked[unit] = score(scorecard(row, scheme, 2024, dtypes), scheme).total.final
    return asked[unit]
flagged = told["flag"].arg_true().to_list()
sums = told["total"].to_numpy().copy()
for unit in flagged:
    sums[unit] = float(exactly(unit))
ranks, close = places(sums, total.error + Fraction(1, 2**45), exactly)
seconds = time.perf_counter() - start
sample = pl.scan_parquet(file).collect()[:: max(1, told.height // 200)].rows(named=True)
wrong = 0
for number, row in enumerate(sample):
    exact = score(scorecard(row, scheme, 2024, dtypes), scheme)
    at = number * max(1, told.height // 200)
    if not told["flag"][at]:
        wrong += (round(exact.index * 100), exact.band) != (told["index"][at], told["band"][at])
np.save(out, np.stack([told["index"].to_numpy(), ranks]))
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(json.dumps([seconds, memory, f"{len(flagged)} + {len(asked) - len(flagged)} by rows, {wrong} of {len(sample)} wrong"]))
"""
VECTORS = """\
import json, resource, sys, time
import numpy as np, polars as pl
file, scheme, out = sys.argv[1:4]
leaves = json.loads(sys.argv[4])
try:
    from openfisca_core.entities import build_entity
    from openfisca_core.periods import DateUnit
    from openfisca_core.simulations import SimulationBuilder
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
    from openfisca_core.variables import Variable
except ImportError:
    SimulationBuilder = None
inputs, formulas, areas = {}, {}, {}
def steps(name):
    def formula(unit, period):
        value = unit(name + "_value", period)
        return np.where(value >= 90, np.float32(1), np.where(value >= 70, np.float32(0.5), np.float32(0)))
    return formula
def ratio(name):
    return lambda unit, period: unit(name + "_part", period) / unit(name + "_whole", period)
def total_of(names):
    def formula(unit, period):
        found = unit(names[0], period)
        for each in names[1:]:
            found = found + unit(each, period)
        return found
    return formula
for code, kind in leaves:
    name = "leaf_" + code.replace(".", "_")
    areas.setdefault("area_" + code.split(".")[0], []).append(name)
    if kind == 0:
        inputs[code] = name
    elif kind == 1:
        inputs[code + ".value"] = name + "_value"
        formulas[name] = steps(name)
    else:
        inputs[code + ".part"], inputs[code + ".whole"] = name + "_part", name + "_whole"
        formulas[name] = ratio(name)
formulas |= {area: total_of(names) for area, names in areas.items()}
formulas["total"] = total_of(list(areas))
formulas["index"] = lambda unit, period: np.round(unit("total", period) / len(leaves) * 100, 2)
def band(unit, period):
    index = unit("index", period)
    return np.select([index >= 60, index >= 50, index >= 40], [0, 1, 2], 3)
formulas["band"] = band
class Vectors:
    def __init__(self):
        self.known = {}
    def set_input(self, name, period, values):
        self.known[name] = values
    def calculate(self, name, period):
        if name not in self.known:
            self.known[name] = formulas[name](self.calculate, period)
        return self.known[name]
def prepared():
    if SimulationBuilder is None:
        return lambda count: Vectors()
    entity = build_entity(key="unit", plural="units", label="unit", is_person=True)
    system = TaxBenefitSystem([entity])
    for name in (*inputs.values(), *formulas):
        body = {"value_type": int if name == "band" else float, "entity": entity,
                "definition_period": DateUnit.YEAR, "label": name}
        if name in formulas:
            own = formulas[name]
            body["formula"] = (lambda own: lambda unit, period: own(unit, period))(own)
        system.add_variable(type(name, (Variable,), body))
    return lambda count: SimulationBuilder().build_default_simulation(system, count=count)
simulation_of = prepared()
start = time.perf_counter()
frame = pl.read_parquet(file, columns=list(inputs))
simulation = simulation_of(frame.height)
for column, name in inputs.items():
    simulation.set_input(name, "2024", frame[column].to_numpy().astype(np.float32))
index = simulation.calculate("index", "2024")
simulation.calculate("band", "2024")
total = simulation.calculate("total", "2024")
order = np.argsort(-total, kind="stable")
ordered = total[order]
first = np.concatenate(([True], ordered[1:] != ordered[:-1]))
ranks = np.empty(len(total), dtype=np.int64)
ranks[order] = np.maximum.accumulate(np.where(first, np.arange(1, len(total) + 1), 0))
seconds = time.perf_counter() - start
np.save(out, np.stack([np.round(index.astype(np.float64) * 100), ranks]))
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(json.dumps([seconds, memory, "openfisca-core" if SimulationBuilder else "NumPy in place of openfisca-core"]))
"""


def write_units(file: Path, scheme: Path, units: int) -> list[tuple[str, int]]:
    """Units of which every leaf is reported, in the types that a table of them has."""
    random = np.random.default_rng(units)
    columns: dict[str, object] = {"unit": [f"Xã số {number}" for number in range(units)]}
    leaves = []
    for leaf in load_scheme(scheme).leaves:
        kind = ("points", "steps", "ratio").index(leaf.scored_by.kind)
        leaves.append((leaf.code, kind))
        if kind == 0:
            columns[leaf.code] = random.integers(0, 101, units) / 100
        elif kind == 1:
            columns[f"{leaf.code}.value"] = random.integers(0, 10001, units) / 100
        else:
            whole = random.integers(1, 1000, units)
            columns[f"{leaf.code}.part"] = random.integers(0, whole + 1).astype(np.int32)
            columns[f"{leaf.code}.whole"] = whole.astype(np.int32)
    pl.DataFrame(columns).write_parquet(file)
    return leaves


def measure(python: str, code: str, *arguments: str) -> tuple[float, int, str]:
    """Seconds, peak memory in MiB, and a remark of one task in a process of its own."""
    done = subprocess.run(
        [python, "-c", code, *arguments], check=True, stdout=subprocess.PIPE, text=True
    )
    seconds, memory, remark = json.loads(done.stdout)
    return seconds, memory, remark


def compare(folder: Path, scheme: Path, units: int, options: argparse.Namespace) -> float:
    """Measure both for so many units, print the medians, and give their ratio."""
    file = folder / f"{units}.parquet"
    leaves = write_units(file, scheme, units)
    ours, theirs = folder / "columns.npy", folder / "vectors.npy"
    tasks = {
        "vectors": (options.openfisca, VECTORS, str(file), str(scheme), str(theirs), json.dumps(leaves)),
        "columns": (sys.executable, COLUMNS, str(file), str(scheme), str(ours)),
    }
    runs = [{name: measure(*task) for name, task in tasks.items()} for _ in range(options.runs)]
    medians = {name: statistics.median(run[name][0] for run in runs) for name in tasks}
    for name in tasks:
        seconds, memory, remark = medians[name], runs[-1][name][1], runs[-1][name][2]
        print(
            f"{units:8} units  {name:8} {seconds:7.2f} s  {seconds / units * 1e6:8.2f} µs a unit  "
            f"{memory:5} MiB  {remark}"
        )
    (exact, ranks), (near, places) = np.load(ours), np.load(theirs)
    print(
        f"{'':15} float32 prints another index for {int((exact != near).sum())} units, "
        f"another rank for {int((ranks != places).sum())}"
    )
    file.unlink()
    return medians["columns"] / medians["vectors"]


def main() -> None:
    """Measure all sizes; exit with 1 where the largest takes longer than the vectors."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--units", type=int, nargs="+", default=[1000, 10_000, 100_000, 1_000_000])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--openfisca", default=sys.executable)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        scheme = folder / "scheme.yaml"
        scheme.write_text(scheme_text().replace("criteria:\n", BANDS, 1), encoding="utf-8")
        ratios = [compare(folder, scheme, units, options) for units in options.units]
    print(f"{options.units[-1]} units: {ratios[-1]:.2f} times the vectors (at most 1)")
    sys.exit(ratios[-1] > 1)


if __name__ == "__main__":
    main()
