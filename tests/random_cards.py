"""Random schemes and scorecards, as they stand in files: every scalar is text.

The same seed gives the same ones. Most are valid: scores are made leaf by leaf, and then some are
taken together, left out, said twice, or spoilt.
"""

from collections.abc import Callable, Iterator
from fractions import Fraction
from random import Random
from typing import Any

from tests import plain_engine as plain

Tree = dict[str, Any]

YEAR = 2024
MAXIMA = ("0.25", "0.5", "0.75", "1", "1", "1.5", "2", "2", "3", "0.3", "1.25")


def text(value: Fraction, digits: int = 4) -> str:
    """A number as decimal text, cut off after so many digits."""
    cut = plain.rounded(value, digits, "down")
    whole, part = divmod(abs(cut.numerator) * 10**digits // cut.denominator, 10**digits)
    sign = "-" if cut < 0 else ""
    decimals = f"{part:0{digits}}".rstrip("0") if digits else ""
    return f"{sign}{whole}.{decimals}" if decimals else f"{sign}{whole}"


def some(rng: Random, chance: float) -> bool:
    """True in so many of all cases."""
    return rng.random() < chance


# Schemes


def random_scheme(rng: Random) -> Tree:
    """A scheme of one to four areas, up to four levels deep, with all that a scheme can say."""
    depth = rng.randint(1, 4)
    unknown = rng.choice((0.0, 0.0, 0.0, 0.15))
    partial = rng.choice((0.0, 0.0, 0.12))
    count = 0 if some(rng, 0.03) else rng.randint(1, 4)
    areas = [criterion(rng, str(number + 1), depth, unknown, partial) for number in range(count)]
    scheme: Tree = {
        "id": "random",
        "title": {"vi": "Ngẫu nhiên"},
        "status": "example",
        "level": "department",
        "years": [str(YEAR)],
        "criteria": areas,
    }
    close(rng, scheme, areas, partial)
    guard(rng, areas)
    move(rng, areas)
    settings(rng, scheme)
    origins(rng, scheme)
    if some(rng, 0.4):
        scheme["adjustments"] = list(blocks(rng))
        if some(rng, 0.3):
            scheme["clamp"] = "false"
    if some(rng, 0.7):
        scheme["bands"] = [bands(rng, scheme)]
    return scheme


def criterion(rng: Random, code: str, depth: int, unknown: float, partial: float) -> Tree:
    """A criterion with what is below it."""
    tree: Tree = {"code": code, "name": {"vi": f"Tiêu chí {code}"}}
    if some(rng, 0.12):
        tree["not_applicable"] = rng.choice(("reduce-maximum", "full-points"))
    if depth > 1 and some(rng, 0.75):
        tree["children"] = [
            criterion(rng, f"{code}.{number + 1}", depth - 1, unknown, partial)
            for number in range(rng.randint(1, 3))
        ]
        close(rng, tree, tree["children"], partial)
    elif not some(rng, unknown):
        tree["max"] = rng.choice(MAXIMA)
        if some(rng, 0.75):
            rule(rng, tree)
    return tree


def close(rng: Random, tree: Tree, children: list[Tree], partial: float) -> None:
    """The maximum over some criteria, of which not all may be known or listed."""
    known = least(children) if children else plain.number(rng.choice(MAXIMA))
    every = all("max" in each for each in children)
    if some(rng, partial):
        tree["complete"] = "false"
        known += plain.number(rng.choice(MAXIMA))
    if not every:
        known += plain.number(rng.choice(MAXIMA))
        if some(rng, 0.3):
            return
    if known > 0:
        tree["max"] = text(known)


def least(criteria: list[Tree]) -> Fraction:
    """What some criteria have as their maximum at the least."""
    return sum(
        (
            plain.number(each["max"]) if "max" in each else least(each.get("children") or [])
            for each in criteria
        ),
        Fraction(0),
    )


def rule(rng: Random, leaf: Tree) -> None:
    """A random rule for a leaf whose maximum is known."""
    kinds: dict[str, Callable[[Random, Fraction], Tree]] = {
        "points": lambda _rng, _most: {},
        "choice": lambda _rng, most: {
            "options": {"yes": text(most), "late": half(most), "no": "0"}
        },
        "checklist": checklist,
        "steps": steps,
        "ratio": ratio,
        "linear": linear,
        "deduct": lambda rng, most: {"step": rng.choice((half(most), "25%", "30%", text(most)))},
        "count": lambda rng, most: {
            "each": rng.choice((half(most), text(most / 3), text(most))),
            "above": str(rng.randint(0, 2)),
        },
        "deadline": deadline,
        "survey": survey,
    }
    kind = rng.choice(sorted(kinds))
    if some(rng, 0.03):
        leaf["max"] = "0"
        leaf["rule"] = {"kind": "watch"}
        return
    leaf["rule"] = {"kind": kind, **kinds[kind](rng, plain.number(leaf["max"]))}
    if some(rng, 0.2):
        lowest(rng, leaf)


def lowest(rng: Random, leaf: Tree) -> None:
    """Let a leaf go below 0, where its rule can say so."""
    told, least_ = leaf["rule"], rng.choice(("-0.5", "-1", "-0.37"))
    if told["kind"] == "choice":
        told["options"]["no"] = least_
    elif told["kind"] == "steps":
        told["steps"][-1]["points"] = least_
    elif told["kind"] == "checklist" and "all" not in told:
        told["items"]["harm"] = least_
    elif told["kind"] not in ("deduct", "deadline", "points"):
        return
    leaf["min"] = least_


def move(rng: Random, criteria: list[Tree]) -> None:
    """Let the maxima of some leaves move to leaves beside them where they do not apply."""
    leaves = [each for each in criteria if "children" not in each and each.get("max", "0") != "0"]
    for each in leaves:
        others = [other["code"] for other in leaves if other is not each]
        if others and some(rng, 0.25):
            chosen = rng.sample(others, rng.randint(1, min(3, len(others))))
            each["not_applicable"] = {"move_to": chosen}
    for each in criteria:
        move(rng, each.get("children", []))


def half(most: Fraction) -> str:
    """Half of a maximum as text."""
    return text(most / 2)


def checklist(rng: Random, most: Fraction) -> Tree:
    """Two or three items, that count alone or all together."""
    if some(rng, 0.4):
        return {"all": "true", "items": ["plan", "money"]}
    return {"items": {"plan": half(most), "money": text(most - plain.number(half(most)))}}


def cases(rng: Random) -> Tree:
    """What 0 of 0 gives, or nothing."""
    return {"no_cases": rng.choice(("full-points", "zero"))} if some(rng, 0.4) else {}


def steps(rng: Random, most: Fraction) -> Tree:
    """Three steps on a percentage or a plain number."""
    edges = [rng.choice(("from", "above")), rng.choice(("from", "above"))]
    of = rng.choice(("percent", "value"))
    ladder = [
        {edges[0]: "80", "points": text(most)},
        {edges[1]: "50", "points": half(most)},
        {"from": "0", "points": "0"},
    ]
    return {"of": of, "steps": ladder, **(cases(rng) if of == "percent" else {})}


def ratio(rng: Random, _most: Fraction) -> Tree:
    """A ratio, perhaps with a floor or a target, perhaps inverted."""
    limit = rng.choice(({}, {"floor": "50%"}, {"target": "80%"}, {"target": "66.6%"}))
    inverted = {"inverted": "true"} if some(rng, 0.3) else {}
    return {**limit, **inverted, **cases(rng)}


def linear(rng: Random, _most: Fraction) -> Tree:
    """A line that rises or falls."""
    ends = rng.choice((("30", "5"), ("10", "90"), ("0", "70")))
    of = rng.choice(("percent", "value"))
    more = cases(rng) if of == "percent" else {}
    return {"of": of, "zero_at": ends[0], "full_at": ends[1], **more}


def deadline(rng: Random, most: Fraction) -> Tree:
    """A due day, and a ladder of none, one or two rungs."""
    rungs = [{"days": "10", "points": half(most)}, {"days": "20", "points": text(most / 4)}]
    due = rng.choice(("12-31", "06-15", "2025-01-15"))
    return {"due": due, "late": rungs[: rng.randint(0, 2)]}


def survey(rng: Random, _most: Fraction) -> Tree:
    """Weights of three answers, and one that may be left out."""
    left_out = {"left_out": ["other"]} if some(rng, 0.5) else {}
    return {"weights": {"good": "100%", "fair": "60%", "bad": "0%"}, **left_out}


def guard(rng: Random, areas: list[Tree]) -> None:
    """Guards that lead to codes further on, or further back, and so in no circle."""
    if some(rng, 0.4):
        return
    nodes = list(plain.walk(areas))
    forwards, chance = some(rng, 0.5), rng.choice((0.15, 0.4))
    for place, node in enumerate(nodes):
        others = nodes[place + 1 :] if forwards else nodes[:place]
        codes = [other["code"] for other in others if not related(node["code"], other["code"])]
        if codes and some(rng, chance):
            node["requires"] = rng.choice(codes)


def related(one: str, other: str) -> bool:
    """Whether one of two codes stands above the other."""
    return f"{one}.".startswith(f"{other}.") or f"{other}.".startswith(f"{one}.")


def settings(rng: Random, scheme: Tree) -> None:
    """Rounding, ranking, profiles, and what becomes of what does not apply."""
    if some(rng, 0.5):
        scheme["not_applicable"] = rng.choice(("reduce-maximum", "full-points"))
    rounding: Tree = {}
    if some(rng, 0.4):
        rounding["index"] = str(rng.randint(0, 4))
    if some(rng, 0.4):
        rounding["mode"] = rng.choice(("half-up", "half-even", "down"))
    if some(rng, 0.25):
        at = rng.choice(("leaf", "area", "total"))
        rounding["points"] = {"digits": str(rng.randint(0, 2)), "at": at}
    if rounding:
        scheme["rounding"] = rounding
    if some(rng, 0.5):
        ties = rng.choice(("competition", "dense", "ordinal"))
        scheme["ranking"] = {"by": rng.choice(("percent", "points")), "ties": ties}
    codes = [node["code"] for node in plain.walk(scheme["criteria"])]
    if some(rng, 0.2):
        keys = rng.sample(codes, min(len(codes), 2))
        scheme["ranking"] = {"by": "percent", "ties": "ordinal", "keys": keys}
    if some(rng, 0.4):
        chosen = rng.sample(codes, min(len(codes), rng.randint(1, 2)))
        scheme["profiles"] = {"small": chosen}


def origins(rng: Random, scheme: Tree) -> None:
    """The partition by origin, of which every criterion names a part; and another one."""
    if "max" not in scheme or some(rng, 0.5):
        return
    names = ["a", "b", "c"]
    for area in scheme["criteria"]:
        area["origin"] = rng.choice(names)
    for node in plain.walk(scheme["criteria"]):
        if "." in node["code"] and some(rng, 0.2):
            node["origin"] = rng.choice(names)
    sums = sums_of_origins(scheme)
    inner = some(rng, 0.4)
    parts = [part(name, sums[name]) for name in names]
    if inner:
        both = None if None in (sums["b"], sums["c"]) else (sums["b"] or 0) + (sums["c"] or 0)
        parts = [
            parts[0],
            part("bc", None if both is None else Fraction(both)),
            {**parts[1], "within": "bc"},
            {**parts[2], "within": "bc"},
        ]
    scheme["partitions"] = {"origin": parts}
    if some(rng, 0.4):
        most = plain.number(scheme["max"])
        first = plain.number(text(most / 3, 2))
        scheme["partitions"]["way"] = [part("x", first), part("y", most - first)]


def part(name: str, most: Fraction | None) -> Tree:
    """A part of a partition."""
    return {"id": name} if most is None else {"id": name, "max": text(most)}


def sums_of_origins(scheme: Tree) -> dict[str, Fraction | None]:
    """What the leaves of each origin add up to, None where that is not known."""
    above = plain.parents(scheme)
    nodes = {node["code"]: node for node in plain.walk(scheme["criteria"])}
    sums: dict[str, Fraction | None] = {"a": Fraction(0), "b": Fraction(0), "c": Fraction(0)}
    every = [*nodes.values(), scheme]
    open_ = not nodes or any(node.get("complete") == "false" or "max" not in node for node in every)
    for code, node in nodes.items():
        if node.get("children"):
            continue
        chain = list(plain.upwards(code, above))[:-1]
        name = next(nodes[each]["origin"] for each in chain if "origin" in nodes[each])
        known = sums[name]
        sums[name] = (
            known + plain.number(node["max"]) if known is not None and "max" in node else None
        )
    return dict.fromkeys(sums) if open_ else sums


def blocks(rng: Random) -> Iterator[Tree]:
    """A bonus, a penalty, or both, with a cap or without."""
    for kind, code in (("bonus", "T"), ("penalty", "P")):
        if some(rng, 0.3):
            continue
        items = []
        for number in range(rng.randint(1, 2)):
            item: Tree = {"code": f"{code}{number + 1}", "name": {"vi": code}, "max": "1"}
            if some(rng, 0.4):
                item["rule"] = {"kind": "count", "each": "0.5"}
            items.append(item)
        block: Tree = {"id": kind, "kind": kind, "items": items}
        if some(rng, 0.4):
            block["cap"] = rng.choice(("0.5", "1.5"))
        yield block


def bands(rng: Random, scheme: Tree) -> Tree:
    """Two to four bands by percent or points, whose edges are inside, outside or not known."""
    edges = sorted(rng.sample(("90", "80", "75", "60", "50", "33.33", "0"), 3), key=plain.number)
    by = rng.choice(("percent", "percent", "points"))
    most = plain.number(scheme.get("max", "10"))
    names: list[Tree] = []
    for name, edge in zip("ABC", reversed(edges), strict=True):
        figure = edge if by == "percent" else text(plain.number(edge) * most / 100, 2)
        names.append({"name": name, rng.choice(("from", "from", "above")): figure})
    if some(rng, 0.2):
        names.append({"name": "D"})
    if some(rng, 0.3):
        number = rng.randint(0, 2)
        edge = next(v for k, v in names[number].items() if k != "name")
        above = names[number - 1] if number else {"from": edge}
        upper = next(v for k, v in above.items() if k != "name")
        if plain.number(upper) > plain.number(edge):
            less = text((plain.number(upper) + plain.number(edge)) / 2, 2)
            uppers: list[Tree] = [{"below": upper}, {"below": less}, {"to": less}]
            names[number].update(rng.choice(uppers))
    told: Tree = {"years": [str(YEAR)], "by": by, "steps": names}
    nodes = [each for each in plain.walk(scheme["criteria"]) if each.get("max", "0") != "0"]
    chosen = rng.sample(nodes, min(len(nodes), 2))
    if chosen and some(rng, 0.3):
        names[rng.randint(0, len(names) - 1)]["where"] = {
            each["code"]: rng.choice(("50%", "80%", "33.33%", text(plain.number(each["max"]) / 2)))
            for each in chosen
        }
    if chosen and some(rng, 0.2):
        told["worst_of"] = [each["code"] for each in chosen]
    return told


# Scorecards


def random_card(rng: Random, scheme: Tree, unit: str = "A") -> Tree:  # noqa: C901
    """A scorecard for a scheme: mostly valid."""
    card: Tree = {"unit": unit, "year": str(YEAR), "scheme": scheme["id"]}
    above = plain.parents(scheme)
    nodes = {node["code"]: node for node in plain.walk(scheme["criteria"])}
    if "profiles" in scheme and some(rng, 0.6):
        card["profile"] = "small"
    barred = set(scheme.get("profiles", {}).get("small", [])) if "profile" in card else set()
    scores: Tree = {}
    gaps = rng.choice((0.0, 0.0, 0.1, 0.3))
    for code, node in nodes.items():
        if node.get("children") or barred & set(plain.upwards(code, above)):
            continue
        scores[code] = leaf_score(rng, node, gaps)
    card["scores"] = scores
    merge_some(rng, scheme, card, nodes, above)
    for block in scheme.get("adjustments", []):
        for item in block["items"]:
            if some(rng, 0.7):
                scores[item["code"]] = leaf_score(rng, item, 0.1)
    whole_figures(rng, scheme, card)
    if some(rng, 0.3):
        for code in list(scores):
            if some(rng, 0.5):
                scores[code] = staged(rng, scores[code], nodes.get(code))
    if some(rng, 0.1):
        spoil(rng, card, nodes)
    card["scores"] = {code: entry for code, entry in scores.items() if entry is not None}
    return card


def leaf_score(rng: Random, leaf: Tree, gaps: float) -> Any:
    """A score of a leaf: points, a fact for its rule, a state, or None for nothing."""
    if some(rng, gaps):
        return rng.choice((None, "unknown", {"state": "unknown"}))
    if some(rng, 0.4 if isinstance(leaf.get("not_applicable"), dict) else 0.08):
        return rng.choice(("not_applicable", {"state": "not_applicable", "reason": "x"}))
    if some(rng, 0.06):
        return "no_evidence"
    if "max" not in leaf:
        return rng.choice(("0", "0.1", "0.25", "0.2"))
    most = plain.number(leaf["max"])
    kind = leaf.get("rule", {"kind": "points"})["kind"]
    if kind == "points" or (kind != "watch" and some(rng, 0.15)):
        points = text(most * Fraction(rng.choice((0, 0, 1, 2, 3, 3, 4, 4, 4)), 4), 3)
        if "min" in leaf and some(rng, 0.4):
            points = rng.choice((leaf["min"], "-0.1"))
        forms = (points, {"points": points}, {"percent": rng.choice(("0%", "80%", "33.33%"))})
        return rng.choice(forms)
    return fact(rng, kind, leaf["rule"])


def fact(rng: Random, kind: str, rule_: Tree) -> Tree:  # noqa: PLR0911
    """A fact that the rule takes."""
    figure = str(rng.choice((0, 0, 5, 12, 30, 50, 66, 80, 80, 90, 100)))
    whole = rng.choice((3, 7, 12, 80))
    pair = rng.choice((["0", str(whole)], [str(rng.randint(0, whole)), str(whole)]))
    if "no_cases" in rule_ and some(rng, 0.2):
        pair = ["0", "0"]
    share = rng.choice(({"value": f"{figure}%"}, {"ratio": pair}, {"value": "66.67%"}))
    if kind == "choice":
        return {"answer": rng.choice(sorted(rule_["options"]))}
    if kind == "checklist":
        return {"items": rng.sample(sorted(rule_["items"]), rng.randint(0, 2))}
    if kind in ("deduct", "count"):
        return {"count": str(rng.randint(0, 5))}
    if kind == "deadline":
        dates = ("2024-06-15", "2024-06-20", "2024-12-31", "2025-01-05", "2025-01-20", "2025-03-01")
        return {"date": rng.choice(dates)}
    if kind == "survey":
        answers = {name: str(rng.randint(0, 9)) for name in rule_["weights"]} | {"good": "1"}
        if "left_out" in rule_ and some(rng, 0.5):
            answers["other"] = "4"
        return {"answers": answers}
    if kind == "watch":
        return rng.choice(({"value": "3"}, {"count": "2"}, {"ratio": ["1", "2"]}))
    plain_number = rule_.get("of", "value" if kind == "linear" else "percent") == "value"
    return {"value": figure} if plain_number and kind != "ratio" else share


def merge_some(rng: Random, scheme: Tree, card: Tree, nodes: Tree, above: dict[str, str]) -> None:
    """Give points or a state for some criteria with others below, beside these or for them."""
    scores = card["scores"]
    figures = result(scheme, card)
    barred = set(scheme.get("profiles", {}).get(card.get("profile", ""), []))
    for code, node in nodes.items():
        if not node.get("children") or barred & set(plain.upwards(code, above)):
            continue
        below = [other for other in scores if other != code and code in plain.upwards(other, above)]
        if some(rng, 0.2) and figures is not None:
            told = figures["codes"][code]
            if told["points"] is not None:
                scores[code] = together(rng, told)
                forget(rng, scores, below, rng.choice((0.0, 0.6, 1.0)))
        elif some(rng, 0.08):
            scores[code] = rng.choice(("no_evidence", "unknown", "not_applicable"))
            forget(rng, scores, below, rng.choice((0.6, 1.0, 1.0, 1.0)))
            for other in below:
                if some(rng, 0.2):
                    scores[other] = rng.choice(("unknown", "not_applicable", scores[code]))


def forget(rng: Random, scores: Tree, codes: list[str], chance: float) -> None:
    """Leave out some scores."""
    for code in codes:
        if some(rng, chance):
            scores.pop(code, None)


def together(rng: Random, told: Tree) -> Any:
    """Points of a criterion as a source prints them, or their percentage."""
    most = told["applicable_max"]
    if most and some(rng, 0.3):
        return {"percent": text(told["points"] / most * 100, 2) + "%"}
    if most is not None and some(rng, 0.15):
        return rng.choice(("0", text(most)))
    return text(told["points"], rng.choice((2, 2, 3, 6)))


def result(scheme: Tree, card: Tree) -> Tree | None:
    """What the plain engine makes of a scorecard so far."""
    given = {code: entry for code, entry in card["scores"].items() if entry is not None}
    try:
        return plain.evaluate(scheme, {**card, "scores": given})
    except plain.RefusedError:
        return None


def whole_figures(rng: Random, scheme: Tree, card: Tree) -> None:
    """A total, parts, or a maximum of the unit's own, beside the scores or instead of them."""
    if not some(rng, 0.3):
        return
    figures = result(scheme, card)
    if figures is None or figures["points"] is None:
        most = plain.number(scheme.get("max", "0.5"))
        card["total"] = text(most * Fraction(rng.randint(0, 4), 4), 2)
        return
    if some(rng, 0.4):
        card["total"] = text(figures["points"], rng.choice((2, 4)))
    if "partitions" in scheme and some(rng, 0.6):
        card["parts"] = parts(rng, scheme, figures)
    if figures["max"] is not None and some(rng, 0.3):
        most = figures["applicable_max"] or figures["max"]
        less = rng.choice((Fraction(0), Fraction(0), Fraction(1, 4), -Fraction(1, 4)))
        card["applicable_max"] = text(most - less)
    if some(rng, 0.5) and ("total" in card or "parts" in card):
        forget(rng, card["scores"], list(card["scores"]), rng.choice((0.4, 1.0)))


def parts(rng: Random, scheme: Tree, figures: Tree) -> Tree:
    """Points of the parts of one partition."""
    name = rng.choice(sorted(scheme["partitions"]))
    tree = scheme["partitions"][name]
    if name == "way":
        first = min(figures["points"] / 3, plain.number(tree[0]["max"]))
        return {name: {"x": text(first), "y": text(figures["points"] - first)}}
    given = {}
    for each in tree:
        found = figures["parts"].get(each["id"])
        if found is not None and found["points"] is not None and not some(rng, 0.1):
            given[each["id"]] = text(found["points"], rng.choice((2, 4)))
    return {name: given} if given else {}


def staged(rng: Random, entry: Any, leaf: Tree | None) -> Any:
    """The same score after other stages."""
    if entry is None:
        return None
    form = plain.forms(entry)[None]
    chosen = sorted(rng.sample(range(4), rng.randint(1, 3)))
    names = [plain.STAGES[place] for place in chosen]
    stages = dict.fromkeys(names, form)
    if leaf is not None and not leaf.get("children"):
        for name in names[:-1]:
            other = leaf_score(rng, leaf, 0.1)
            if other is not None:
                stages[name] = plain.forms(other)[None]
    return stages


def spoil(rng: Random, card: Tree, nodes: Tree) -> None:
    """Something that is not valid, or may not be."""
    code = rng.choice([*nodes, "9.9"])
    wrong: list[Any] = [
        "-0.5",
        "99",
        {"percent": "120%"},
        {"value": "101%"},
        {"value": "7"},
        {"ratio": ["3", "2"]},
        {"ratio": ["1", "0"]},
        {"ratio": ["0", "0"]},
        {"answer": "never"},
        {"items": ["nothing"]},
        {"count": "3"},
        {"date": "2024-05-05"},
        {"answers": {"good": "0"}},
        {"answers": {"nice": "1"}},
        {"points": "0.6"},
        "0",
        "no_evidence",
        "unknown",
        "not_applicable",
    ]
    card["scores"][code] = rng.choice(wrong)
    if some(rng, 0.2):
        card["scores"]["9.9"] = "1"
    if some(rng, 0.1):
        card["total"] = rng.choice(("-1", "0.5", "999"))
    if some(rng, 0.1):
        name, value = rng.choice(
            (
                ("year", "2023"),
                ("profile", "none"),
                ("parts", {"none": {"a": "1"}}),
                ("parts", {"origin": {"none": "1"}}),
                ("parts", {"way": {"x": "-1"}}),
                ("applicable_max", rng.choice(("0", "-1", "0.1", "999"))),
            )
        )
        card[name] = value
