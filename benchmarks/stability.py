"""Stability of ranks: 63 units, 10,000 draws, against draws, ranks and quantiles alone in NumPy.

    python benchmarks/stability.py [--units 63] [--draws 10000] [--runs 7]

Both run in this process, in turn, from results that are scored already. NumPy alone draws what the
command draws, adds it up, ranks each draw and takes three quantiles of each unit: nothing else, and
no exact figure, no bands, no shares. `weights` is what the command does where nothing else is
asked; `all` are weights, the digits of all 88 leaves and areas left out, each alone and together,
with Sobol shares; NumPy alone draws and ranks them once, together.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from many import scheme_text

from parindex import load_scheme, score
from parindex.analysis.stability import Choices
from parindex.scale.stability.run import entrant_of, stability
from parindex.scheme.scheme import Scheme
from parindex.scorecard.scorecard import Entry, Scorecard
from parindex.values.facts import Points

MOST = 2


def cards(scheme: Scheme, units: int) -> list[Scorecard]:
    """Units that have points with two decimals for every leaf."""
    random, found = Random(7), []
    for number in range(units):
        scores = {
            leaf.code: Entry(
                Points(Decimal(random.randint(0, int(Fraction(leaf.max or 0) * 100))) / 100)
            )
            for leaf in scheme.leaves
        }
        found.append(Scorecard(f"Unit {number}", 2024, scores, unit_id=str(number)))
    return found


def arrays(scheme: Scheme, held: list[Scorecard]) -> Mapping[str, Any]:
    """The same points for NumPy: units × leaves, the area of each leaf, the maxima of areas."""
    points = [
        [float(card.scores[leaf.code].fact.points) for leaf in scheme.leaves] for card in held
    ]
    sizes = [len([*area.leaves()]) for area in scheme.criteria]
    starts = np.cumsum([0, *sizes[:-1]])
    maxima = np.array([float(area.max or 0) for area in scheme.criteria])
    return {"points": np.array(points), "starts": starts, "maxima": maxima}


def alone(data: Mapping[str, Any], draws: int, *, everything: bool) -> Any:
    """Draws, ranks and quantiles, in chunks that fit into memory."""
    random, maxima = np.random.default_rng(1), data["maxima"]
    areas = np.add.reduceat(data["points"], data["starts"], axis=1)
    rows = max(1, 2_000_000 // data["points"].size) if everything else draws
    found = []
    for start in range(0, draws, rows):
        count = min(rows, draws - start)
        factors = 1 + 0.1 * (2 * random.random((count, len(maxima))) - 1)
        factors *= (maxima.sum() / (factors @ maxima))[:, None]
        if everything:
            factors[np.arange(count), random.integers(len(maxima), size=count)] = 0
            noise = random.random((count, *data["points"].shape))
            noise *= 0.01
            noise -= 0.005
            own = areas + np.add.reduceat(noise, data["starts"], axis=2)
            figures = np.einsum("da,dua->du", factors, own) / (factors @ maxima)[:, None]
        else:
            figures = factors @ areas.T / maxima.sum()
        order = np.argsort(-figures, axis=1)
        ranks = np.empty(order.shape, dtype=np.int32)
        np.put_along_axis(
            ranks, order, np.arange(1, order.shape[1] + 1, dtype=np.int32)[None], axis=1
        )
        found.append(ranks)
    return np.quantile(np.concatenate(found), [0.05, 0.5, 0.95], axis=0)


def timed(work: Callable[[], object]) -> float:
    """Seconds that it takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    """Measure, print medians and ratios, exit with 1 above the limit."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--units", type=int, default=63)
    parser.add_argument("--draws", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=7)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "scheme.yaml"
        file.write_text(scheme_text(), encoding="utf-8")
        scheme = load_scheme(file)
    held = cards(scheme, options.units)
    results = [score(card, scheme) for card in held]
    data, ratios = arrays(scheme, held), []
    for name, choices in (
        ("weights", Choices(options.draws)),
        ("all", Choices(options.draws, rounding=True, leave_out="area")),
    ):
        everything = name == "all"
        tasks = {
            "NumPy alone": lambda every=everything: alone(data, options.draws, everything=every),
            "parindex": lambda asked=choices: stability(
                [entrant_of(each, asked) for each in results], asked
            ),
        }
        runs = [{key: timed(task) for key, task in tasks.items()} for _ in range(options.runs)]
        base, own = (statistics.median(run[key] for run in runs) for key in tasks)
        ratios.append(own / base)
        print(
            f"{name}: {options.units} units × {options.draws} draws: {own * 1000:.0f} ms, "
            f"NumPy alone {base * 1000:.0f} ms, {own / base:.2f} times"
        )
    sys.exit(max(ratios) > MOST)


if __name__ == "__main__":
    main()
