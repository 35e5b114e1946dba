"""A second engine, slow and plain: what a scorecard gives under a scheme, from the rules alone.

Scheme and scorecard are plain dicts as they stand in a file, every scalar as text. It shares
nothing with the package, so that both must be wrong in the same way before a wrong figure passes.
Every number is a Fraction; None stands for what is not known.
"""

import datetime
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

Tree = dict[str, Any]
"""A part of a file: keys and what they hold."""

Node = dict[str, Any]
"""An outcome: `state, max, points, excluded, unassessed, high` of a criterion, in points."""

STAGES = ("self", "appraised", "reappraised", "final")
STATES = ("not_applicable", "no_evidence", "unknown")
INPUTS = ("points", "percent", "value", "ratio", "answer", "count", "date", "items", "answers")
ZERO = Fraction(0)


class Refused(Exception):
    """The scorecard is not valid; the argument is the set of what is wrong, as codes."""


def number(text: str) -> Fraction:
    """A number as it stands in a file; a sign `%` at its end is left out."""
    return Fraction(str(text).rstrip("%").strip())


def maximum(tree: Tree) -> Fraction | None:
    """The maximum of a scheme, criterion or part, in points."""
    return None if tree.get("max") is None else number(tree["max"])


def rounded(value: Fraction, digits: int, mode: str) -> Fraction:
    """A number with so many decimals: `half-up`, `half-even` or `down`, on its size."""
    scaled = abs(value) * 10**digits
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    twice = 2 * rest
    odd_half = twice == scaled.denominator and (mode == "half-up" or whole % 2 == 1)
    if mode != "down" and (twice > scaled.denominator or odd_half):
        whole += 1
    return Fraction(whole, 10**digits) * (1 if value >= 0 else -1)


# The scheme as a tree of codes


def walk(criteria: list[Tree]) -> Iterator[Tree]:
    """Every criterion, those above before those below."""
    for criterion in criteria:
        yield criterion
        yield from walk(criterion.get("children") or [])


def parents(scheme: Tree) -> dict[str, str]:
    """The code above each code; above an area stands ``""``, the whole."""
    above = {area["code"]: "" for area in scheme.get("criteria") or []}
    for criterion in walk(scheme.get("criteria") or []):
        above |= {child["code"]: criterion["code"] for child in criterion.get("children") or []}
    return above


def upwards(code: str, above: dict[str, str]) -> Iterator[str]:
    """A code and all that stand above it, up to the whole."""
    yield code
    while code:
        code = above[code]
        yield code


# What was reported


def forms(entry: Any) -> dict[str | None, Tree]:
    """An entry's scores by stage; one without stages stands under None."""
    if isinstance(entry, str):
        return {None: {"state": entry} if entry in STATES else {"points": entry}}
    if any(stage in entry for stage in STAGES):
        return {stage: forms(entry[stage])[None] for stage in STAGES if stage in entry}
    return {None: entry}


def counted(entry: Any, stage: str | None) -> Tree:
    """The score that counts: of the stage asked for, else of the latest."""
    staged = forms(entry)
    if None in staged:
        alone = staged[None]
        holds = stage is None or alone.get("state") == "not_applicable"
        return alone if holds else {"state": "unknown"}
    if stage is None:
        return staged[list(staged)[-1]]
    return staged.get(stage, {"state": "unknown"})


# Rules


def points_of(form: Tree, leaf: Tree, applicable: Fraction | None, year: int) -> Fraction:
    """The points of a leaf, from points, a percentage of what applies, or a fact for its rule."""
    kind = next(name for name in INPUTS if name in form)
    if kind == "points":
        return within(number(form["points"]), applicable)
    if applicable is None:
        raise Refused({"P211"})
    if kind == "percent":
        return applicable * share(number(form["percent"]) / 100)
    rule = leaf.get("rule") or {"kind": "points"}
    rules: dict[str, Callable[..., Fraction]] = {
        "choice": choice,
        "checklist": checklist,
        "steps": steps,
        "ratio": ratio,
        "linear": linear,
        "deduct": deduct,
        "count": count,
        "deadline": deadline,
        "survey": survey,
        "watch": watch,
    }
    if rule["kind"] not in rules:
        raise Refused({"P205"})
    return rules[rule["kind"]](kind, form[kind], rule, applicable, year)


def within(points: Fraction, most: Fraction | None) -> Fraction:
    """Points that lie between 0 and a maximum, which may be unknown."""
    if points < 0:
        raise Refused({"P203"})
    if most is not None and points > most:
        raise Refused({"P202"})
    return points


def share(value: Fraction) -> Fraction:
    """A share between 0 and 1."""
    if value < 0:
        raise Refused({"P203"})
    if value > 1:
        raise Refused({"P207"})
    return value


def natural(text: str) -> Fraction:
    """A whole number of 0 or more."""
    value = number(text)
    if value.denominator != 1:
        raise Refused({"P110"})
    if value < 0:
        raise Refused({"P203"})
    return value


def expect(kind: str, *kinds: str) -> None:
    """Refuse a kind of input that the rule does not take."""
    if kind not in kinds:
        raise Refused({"P205"})


def rate(kind: str, fact: Any) -> Fraction | None:
    """A percentage or two counts as a share; None for 0 of 0."""
    expect(kind, "value", "ratio")
    if kind == "value":
        if not fact.endswith("%"):
            raise Refused({"P205"})
        return share(number(fact) / 100)
    part, whole = number(fact[0]), number(fact[1])
    if part < 0 or whole < 0:
        raise Refused({"P203"})
    if whole == 0:
        if part > 0:
            raise Refused({"P206"})
        return None
    return share(part / whole)


def plain_value(kind: str, fact: Any) -> Fraction:
    """A plain number of 0 or more."""
    expect(kind, "value")
    if fact.endswith("%"):
        raise Refused({"P205"})
    if number(fact) < 0:
        raise Refused({"P203"})
    return number(fact)


def no_cases(rule: Tree, most: Fraction) -> Fraction:
    """What 0 of 0 gives."""
    if "no_cases" not in rule:
        raise Refused({"P206"})
    return most if rule["no_cases"] == "full-points" else ZERO


def choice(kind: str, fact: Any, rule: Tree, most: Fraction, year: int) -> Fraction:
    """Points of the option."""
    expect(kind, "answer")
    if fact not in rule["options"]:
        raise Refused({"P217"})
    return number(rule["options"][fact])


def checklist(kind: str, fact: Any, rule: Tree, most: Fraction, year: int) -> Fraction:
    """Points of the items met, or the maximum where all are."""
    expect(kind, "items")
    if not set(fact) <= set(rule["items"]):
        raise Refused({"P217"})
    if rule.get("all") == "true":
        return most if set(fact) == set(rule["items"]) else ZERO
    return sum((number(rule["items"][item]) for item in fact), ZERO)


def steps(kind: str, fact: Any, rule: Tree, most: Fraction, year: int) -> Fraction:
    """Points of the first step reached."""
    if rule.get("of", "percent") == "percent":
        found = rate(kind, fact)
        if found is None:
            return no_cases(rule, most)
        figure = found * 100
    else:
        figure = plain_value(kind, fact)
    for step in rule["steps"]:
        if "above" in step and figure > number(step["above"]):
            return number(step["points"])
        if "from" in step and figure >= number(step["from"]):
            return number(step["points"])
    raise AssertionError("steps end at 0")


def ratio(kind: str, fact: Any, rule: Tree, most: Fraction, year: int) -> Fraction:
    """Rate × maximum, with a floor or a target; `inverted` turns the rate round."""
    found = rate(kind, fact)
    if found is None:
        return no_cases(rule, most)
    if rule.get("inverted") == "true":
        found = 1 - found
    if "floor" in rule and found < number(rule["floor"]) / 100:
        return ZERO
    if "target" in rule:
        found = min(found / (number(rule["target"]) / 100), Fraction(1))
    return found * most


def linear(kind: str, fact: Any, rule: Tree, most: Fraction, year: int) -> Fraction:
    """From 0 at one figure to the maximum at another."""
    if rule.get("of", "value") == "percent":
        found = rate(kind, fact)
        if found is None:
            return no_cases(rule, most)
        figure = found * 100
    else:
        figure = plain_value(kind, fact)
    zero, full = number(rule["zero_at"]), number(rule["full_at"])
    return most * min(max((figure - zero) / (full - zero), ZERO), Fraction(1))


def deduct(kind: str, fact: Any, rule: Tree, most: Fraction, year: int) -> Fraction:
    """Maximum less a step for each case."""
    expect(kind, "count")
    step = number(rule["step"])
    if rule["step"].endswith("%"):
        step = step / 100 * most
    return max(most - step * natural(fact), ZERO)


def count(kind: str, fact: Any, rule: Tree, most: Fraction, year: int) -> Fraction:
    """Points for each over a number."""
    expect(kind, "count")
    over = max(natural(fact) - number(rule.get("above", "0")), ZERO)
    return min(over * number(rule["each"]), most)


def deadline(kind: str, fact: Any, rule: Tree, most: Fraction, year: int) -> Fraction:
    """The maximum up to the due day, then the ladder, then 0."""
    expect(kind, "date")
    due = rule["due"] if rule["due"].count("-") == 2 else f"{year:04}-{rule['due']}"
    late = (datetime.date.fromisoformat(fact) - datetime.date.fromisoformat(due)).days
    if late <= 0:
        return most
    for rung in rule.get("late") or []:
        if late <= number(rung["days"]):
            return number(rung["points"])
    return ZERO


def survey(kind: str, fact: Any, rule: Tree, most: Fraction, year: int) -> Fraction:
    """Mean worth of the answers that have a weight."""
    expect(kind, "answers")
    if not set(fact) <= {*rule["weights"], *(rule.get("left_out") or [])}:
        raise Refused({"P217"})
    counts = {name: natural(given) for name, given in fact.items()}
    counts = {name: given for name, given in counts.items() if name in rule["weights"]}
    if sum(counts.values()) == 0:
        raise Refused({"P206"})
    worth = sum(number(rule["weights"][name]) / 100 * given for name, given in counts.items())
    return most * worth / sum(counts.values())


def watch(kind: str, fact: Any, rule: Tree, most: Fraction, year: int) -> Fraction:
    """Nothing, whatever is reported."""
    return ZERO


# Outcomes


def outcome(state: str, most: Fraction | None, points: Fraction = ZERO) -> Node:
    """The outcome of a leaf, which is known or not at all."""
    excluded = unassessed = ZERO
    high: Fraction | None = points
    if state == "unknown":
        unassessed, high = most, most  # type: ignore[assignment]
    if state == "reduced":
        excluded = most  # type: ignore[assignment]
    return {
        "state": "not_applicable" if state == "reduced" else state,
        "max": most,
        "points": points,
        "excluded": excluded,
        "unassessed": unassessed,
        "high": high,
        "known": state != "unknown",
    }


def applicable(node: Node) -> Fraction | None:
    """Maximum less what does not apply."""
    if node["max"] is None or node["excluded"] is None:
        return None
    return Fraction(node["max"] - node["excluded"])


def add_up(children: list[Node], most: Fraction | None) -> Node:
    """The sum of criteria that together are a whole with the given maximum.

    Where that is known, those of unknown maxima share what the others leave of it.
    """
    open_ = [child for child in children if child["max"] is None]
    closed = [child for child in children if child["max"] is not None]
    points = sum((child["points"] for child in children), ZERO)
    excluded, unassessed, high = (
        total(child[name] for child in closed) for name in ("excluded", "unassessed", "high")
    )
    if open_:
        got = sum((child["points"] for child in open_), ZERO)
        rest = None if most is None else most - sum((child["max"] for child in closed), ZERO)
        if rest is not None and got > rest:
            raise Refused({"P202"})
        out = [child for child in open_ if child["excluded"] is None]
        gone = [child for child in out if child["state"] == "not_applicable"]
        unknown = [child for child in open_ if child["unassessed"] is None]
        if out:
            alone = rest is not None and len(gone) == len(open_)
            excluded = None if excluded is None or not alone else excluded + rest
        if unknown:
            left = None if rest is None else rest - got
            unassessed = None if unassessed is None or left is None else unassessed + left
            high = None if high is None or rest is None else high + rest
        elif high is not None:
            high += got
    weighty = [child for child in children if child["known"] or applicable(child) != 0]
    node = {
        "state": together(weighty or children),
        "max": most,
        "points": points,
        "excluded": excluded,
        "unassessed": unassessed,
        "high": high,
        "known": all(child["known"] for child in weighty or children),
    }
    return clamped(node)


def total(values: Iterator[Fraction | None]) -> Fraction | None:
    """A sum, not known where one of its parts is not."""
    whole = ZERO
    for value in values:
        if value is None:
            return None
        whole += value
    return whole


def clamped(node: Node) -> Node:
    """An outcome whose highest figure is not above what applies."""
    most = applicable(node)
    if most is not None:
        node["high"] = most if node["high"] is None else min(node["high"], most)
    return node


def together(children: list[Node]) -> str:
    """The state of a criterion from those of what is below it."""
    states = [child["state"] for child in children]
    applying = [state for state in states if state != "not_applicable"]
    if not applying:
        return "not_applicable"
    if all(child["known"] for child in children):
        if any(child["points"] > 0 for child in children):
            return "scored"
        return "no_evidence" if set(applying) == {"no_evidence"} else "zero"
    nothing = all(child["points"] == 0 for child in children)
    if nothing and set(applying) == {"unknown"}:
        return "unknown"
    return "partial"


# A scorecard under a scheme


def evaluate(scheme: Tree, card: Tree, stage: str | None = None) -> Tree:
    """The whole result of a scorecard, as figures by name; see `figures`.

    Raises:
        Refused: the scorecard is not valid.
    """
    job = prepare(scheme, card, stage)
    check_all(job, card)
    root = whole(job, card)
    return figures(job, card, root)


def prepare(scheme: Tree, card: Tree, stage: str | None) -> Tree:
    """What all steps need: criteria, what stands above them, and the scores that count."""
    criteria = {criterion["code"]: criterion for criterion in walk(scheme.get("criteria") or [])}
    items = {
        item["code"]: item for block in scheme.get("adjustments") or [] for item in block["items"]
    }
    scores = card.get("scores") or {}
    left_out = scheme.get("profiles", {}).get(card["profile"]) if card.get("profile") else []
    if left_out is None:
        raise Refused({"P213"})
    if not scores and not card.get("parts") and card.get("total") is None:
        raise Refused({"P109"})
    if set(scores) - set(criteria) - set(items):
        raise Refused({"P201"})
    return {
        "scheme": scheme,
        "criteria": criteria,
        "items": items,
        "above": parents(scheme),
        "year": int(card["year"]),
        "stage": stage,
        "scores": scores,
        "counted": {code: counted(entry, stage) for code, entry in scores.items()},
        "profile": set(left_out),
        "done": {},
        "given": {},
    }


def leaf(job: Tree, code: str) -> bool:
    """Whether nothing stands below a criterion."""
    return not job["criteria"][code].get("children")


def check_all(job: Tree, card: Tree) -> None:
    """Refuse whatever is wrong with a single score, at every stage."""
    if int(card["year"]) not in [int(year) for year in job["scheme"]["years"]]:
        raise Refused({"P209"})
    for code, entry in job["scores"].items():
        for form in forms(entry).values():
            if form.get("state") in (None, "no_evidence"):
                check_one(job, code, form)
    for code in job["criteria"]:
        check_state(job, code)


def check_one(job: Tree, code: str, form: Tree) -> None:
    """Refuse a score that its criterion cannot take."""
    if code not in job["items"] and job["profile"] & set(upwards(code, job["above"])):
        raise Refused({"P212"})
    if "state" in form:
        return
    if code in job["items"]:
        points_of(form, job["items"][code], maximum(job["items"][code]), job["year"])
        return
    criterion = job["criteria"][code]
    if leaf(job, code):
        points_of(form, criterion, maximum(criterion), job["year"])
    else:
        points_given(job, code, form)


def points_given(job: Tree, code: str, form: Tree) -> Fraction:
    """The points that a score of a criterion with others below it says."""
    most = applies(job, code)
    return points_of(form, {}, most, job["year"])


def check_state(job: Tree, code: str) -> None:
    """Refuse what is said below a criterion that has a state, where the two disagree."""
    state = job["counted"].get(code, {}).get("state")
    if leaf(job, code) or state is None:
        return
    for other, form in job["counted"].items():
        if other == code or other in job["items"] or code not in upwards(other, job["above"]):
            continue
        below = form.get("state")
        if below is None:
            none = state == "no_evidence" and reported(job, other, form) == 0
            if not none:
                raise Refused({"P204"})
        elif below not in ("unknown", "not_applicable", state):
            raise Refused({"P204"})


def reported(job: Tree, code: str, form: Tree) -> Fraction:
    """The points that a score says, before guards."""
    if leaf(job, code):
        criterion = job["criteria"][code]
        return points_of(form, criterion, maximum(criterion), job["year"])
    return points_given(job, code, form)


def state_of(job: Tree, code: str) -> str | None:
    """The state of a leaf or of the unlisted rest: its own or that of what is above; else None."""
    chain = list(upwards(code, job["above"]))[:-1]
    states = [job["counted"].get(each, {}).get("state") for each in chain]
    if "not_applicable" in states or any(each in job["profile"] for each in chain):
        return "not_applicable"
    if "state" not in job["counted"].get(code, {"state": None}):
        return None
    for state in ("no_evidence", "unknown"):
        if state in states:
            return state
    return "unknown"


def full_points(job: Tree, code: str) -> bool:
    """Whether what does not apply here gets its points, by the nearest setting."""
    for each in upwards(code, job["above"]):
        setting = job["criteria"][each].get("not_applicable") if each else None
        if setting is not None:
            return bool(setting == "full-points")
    return bool(job["scheme"].get("not_applicable") == "full-points")


def not_applying(job: Tree, code: str, most: Fraction | None) -> Node:
    """The outcome of a leaf that does not apply."""
    if not full_points(job, code):
        return outcome("reduced", most)
    if most is None:
        return {**outcome("reduced", most), "points": ZERO}
    return outcome("not_applicable", most, most)


def parts_below(job: Tree, code: str) -> list[str]:
    """The codes right below a criterion, or the areas."""
    return [child for child, above in job["above"].items() if above == code]


def applies(job: Tree, code: str) -> Fraction | None:
    """The maximum of a criterion that applies; guards change nothing of it."""
    return applicable(bare(job, code))


def bare(job: Tree, code: str) -> Node:
    """A criterion as if nothing were known but what does not apply."""
    tree = job["criteria"][code] if code else job["scheme"]
    if code and leaf(job, code):
        if state_of(job, code) == "not_applicable":
            return not_applying(job, code, maximum(tree))
        return outcome("unknown", maximum(tree))
    children = [bare(job, child) for child in parts_below(job, code)]
    return add_up(children + rest(job, code, children, behind=False), maximum(tree))


def rest(job: Tree, code: str, children: list[Node], behind: bool) -> list[Node]:
    """What a criterion does not list, as one more leaf."""
    tree = job["criteria"][code] if code else job["scheme"]
    if children and tree.get("complete") != "false":
        return []
    most = maximum(tree)
    known = total(child["max"] for child in children)
    left = None if most is None or known is None else most - known
    if children and left == 0:
        return []
    state = state_of(job, code) if code else "unknown"
    if state == "not_applicable":
        return [not_applying(job, code, left)]
    if state == "no_evidence":
        raw = outcome("no_evidence", left)
    else:
        raw = outcome("unknown", left)
    return [behind_guards(job, code, raw) if behind and code else raw]


def guards(job: Tree, code: str) -> list[str]:
    """What a criterion requires, itself or by what is above it."""
    chain = list(upwards(code, job["above"]))[:-1]
    return [
        job["criteria"][each]["requires"] for each in chain if "requires" in job["criteria"][each]
    ]


def guard_of(job: Tree, code: str) -> str:
    """Whether the guards before a criterion are `open`, `shut` or `unknown`."""
    found = {passes(job, guard) for guard in guards(job, code)}
    return "shut" if "shut" in found else "unknown" if "unknown" in found else "open"


def passes(job: Tree, guard: str) -> str:
    """Whether a criterion that another one requires got points."""
    node = node_of(job, guard)
    if node["points"] > 0 or node["state"] == "not_applicable":
        return "open"
    if node["known"]:
        return "shut"
    if guard_of(job, guard) == "open":
        for above in list(upwards(guard, job["above"]))[1:-1]:
            given = given_for(job, above)
            if given is not None:
                most = applies(job, above)
                return "shut" if given == 0 else "open" if given == most else "unknown"
    return "unknown"


def given_for(job: Tree, code: str) -> Fraction | None:
    """The points given for a criterion with others below it."""
    form = job["counted"].get(code)
    if form is None or "state" in form:
        return None
    return points_given(job, code, form)


def behind_guards(job: Tree, code: str, raw: Node) -> Node:
    """A leaf's outcome when its guards have been asked."""
    if raw["state"] == "not_applicable":
        return raw
    guard = guard_of(job, code)
    if guard == "shut":
        return outcome("no_evidence" if raw["state"] == "no_evidence" else "zero", raw["max"])
    if guard == "unknown" and not (raw["known"] and raw["points"] == 0):
        return outcome("unknown", raw["max"])
    return raw


def node_of(job: Tree, code: str) -> Node:
    """The outcome of a criterion."""
    if code not in job["done"]:
        node = leaf_of(job, code) if leaf(job, code) else parent_of(job, code)
        job["done"][code] = node if job["above"][code] else round_node(job, "area", node)
    return dict(job["done"][code])


def leaf_of(job: Tree, code: str) -> Node:
    """The outcome of a leaf: its state, its rule, rounding, its guards."""
    criterion = job["criteria"][code]
    most = maximum(criterion)
    state = state_of(job, code)
    if state == "not_applicable":
        raw = not_applying(job, code, most)
    elif state is not None:
        raw = outcome(state, most)
    else:
        points = points_of(job["counted"][code], criterion, most, job["year"])
        points = on_the_way(job, "leaf", points, most)
        raw = outcome("scored" if points > 0 or most == 0 else "zero", most, points)
    return behind_guards(job, code, raw)


def on_the_way(job: Tree, where: str, points: Fraction, most: Fraction | None) -> Fraction:
    """Points rounded where the scheme rounds on the way, never above what applies."""
    rounding = job["scheme"].get("rounding") or {}
    setting = rounding.get("points") or {}
    if setting.get("at") != where:
        return points
    points = rounded(points, int(setting["digits"]), rounding.get("mode", "half-up"))
    return points if most is None else min(points, most)


def parent_of(job: Tree, code: str) -> Node:
    """The outcome of a criterion with others below it, beside the points given for it."""
    children = [node_of(job, child) for child in parts_below(job, code)]
    below = add_up(
        children + rest(job, code, children, behind=True), maximum(job["criteria"][code])
    )
    given = given_for(job, code)
    guard = guard_of(job, code)
    if given is not None and (guard == "open" or (guard == "unknown" and given == 0)):
        below = agreed(job, below, given, len(children))
        job["given"][code] = not below.pop("summed")
    return below


def round_node(job: Tree, where: str, node: Node) -> Node:
    """An area or the whole, rounded where the scheme says so."""
    most, before = applicable(node), node["points"]
    node["points"] = on_the_way(job, where, node["points"], most)
    if node["high"] is not None:
        left = node["high"] - before
        most_points = on_the_way(job, where, node["high"], most)
        node["high"] = max(node["points"] + left, most_points)
    return clamped(node)


def slack(job: Tree, figures: int) -> Fraction:
    """By how much a figure may differ from the sum of so many others, all of them rounded."""
    digits = int((job["scheme"].get("rounding") or {}).get("index", "2"))
    return (figures + 1) * min(Fraction(1, 2 * 10**digits), Fraction(5, 1000))


def agreed(job: Tree, below: Node, given: Fraction, figures: int) -> Node:
    """Points given beside what is known in more detail, which wins where it is known in full."""
    room = slack(job, figures)
    if below["known"]:
        if abs(given - below["points"]) > room:
            raise Refused({"P204"})
        return {**below, "summed": True}
    high = below["high"]
    if given < below["points"] - room or (high is not None and given > high + room):
        raise Refused({"P204"})
    state = "scored" if given > 0 else "zero"
    node = {**below, "points": given, "state": state, "unassessed": ZERO, "high": given}
    return {**node, "known": True, "summed": False}


# The whole


def whole(job: Tree, card: Tree) -> Node:
    """All areas together, beside a total and other partitions of the same maximum."""
    scheme = job["scheme"]
    areas = [node_of(job, area) for area in parts_below(job, "")]
    root = add_up(areas + rest(job, "", areas, behind=False), maximum(scheme))
    root = own_maximum(root, card)
    for name, given in (card.get("parts") or {}).items():
        root = beside_parts(job, root, name, given)
    if card.get("total") is not None:
        root = agreed(job, root, within(number(card["total"]), applicable(root)), len(areas))
    return round_node(job, "total", root)


def own_maximum(root: Node, card: Tree) -> Node:
    """The maximum of this unit, where a source states it: between what is known and what may be."""
    if card.get("applicable_max") is None:
        return root
    stated, most = number(card["applicable_max"]), applicable(root)
    if root["max"] is None:
        raise Refused({"P220"})
    if stated < 0:
        raise Refused({"P203"})
    if stated == 0:
        raise Refused({"P207"})
    if stated > root["max"]:
        raise Refused({"P202"})
    unassessed = root["unassessed"]
    if most is None:
        least = root["points"]
        left = None if unassessed is None else min(unassessed, stated - least)
    else:
        least = most if root["known"] else most - unassessed
        left = stated - least
    if stated < least or (most is not None and stated > most):
        raise Refused({"P204"})
    return clamped({**root, "excluded": root["max"] - stated, "unassessed": left})


def beside_parts(job: Tree, root: Node, name: str, given: Tree) -> Node:
    """The whole beside points given for the parts of a partition."""
    tree = job["scheme"].get("partitions", {}).get(name)
    if tree is None or set(given) - {part["id"] for part in tree}:
        raise Refused({"P214"})
    top = [part for part in tree if "within" not in part]
    nodes = [part_given(job, name, tree, part, given) for part in top]
    parts = add_up(nodes, root["max"])
    parts["excluded"] = root["excluded"]
    parts = clamped(parts)
    if root["known"] or not parts["known"]:
        if root["known"] and not parts["known"]:
            room = slack(job, len(nodes))
            if root["points"] < parts["points"] - room:
                raise Refused({"P204"})
            return root
        if root["known"]:
            return {**agreed(job, root, parts["points"], len(nodes))}
        if parts["points"] > root["points"]:
            return {**parts, "known": False}
        return root
    return agreed(job, root, parts["points"], len(nodes))


def part_given(job: Tree, name: str, tree: list[Tree], part: Tree, given: Tree) -> Node:
    """The outcome of a part from what was given for it and for those within it."""
    inner = [other for other in tree if other.get("within") == part["id"]]
    excluded = part_excluded(job, name, tree, part)
    most = maximum(part)
    if inner:
        node = add_up([part_given(job, name, tree, each, given) for each in inner], most)
    else:
        node = outcome("unknown", most)
        node["excluded"] = excluded
        if node["unassessed"] is not None:
            node["unassessed"] -= excluded
        node = clamped(node)
    if part["id"] in given:
        points = within(number(given[part["id"]]), applicable(node))
        node = agreed(job, node, points, max(len(inner), 1))
    return node


def part_excluded(job: Tree, name: str, tree: list[Tree], part: Tree) -> Fraction:
    """What does not apply of a part of the partition `origin`, by its leaves."""
    if name != "origin":
        return ZERO
    found = ZERO
    for code in job["criteria"]:
        if leaf(job, code) and origin_of(job, code) == part["id"]:
            found += bare(job, code)["excluded"] or ZERO
    return found


def origin_of(job: Tree, code: str) -> str | None:
    """From which part the points of a criterion come, by the nearest that says so."""
    for each in list(upwards(code, job["above"]))[:-1]:
        if "origin" in job["criteria"][each]:
            return str(job["criteria"][each]["origin"])
    return None


# Bonus, penalty, index, bands


def adjustments(job: Tree) -> tuple[Fraction, Fraction, Fraction]:
    """What all blocks add, as known, at least and at most, in points."""
    known = low = high = ZERO
    for block in job["scheme"].get("adjustments") or []:
        nodes = [adjustment(job, item) for item in block["items"]]
        most = number(block["cap"]) if "cap" in block else None
        got = sum((node["points"] for node in nodes), ZERO)
        all_ = sum((node["high"] for node in nodes), ZERO)
        if most is not None:
            got, all_ = min(got, most), min(all_, most)
        if block["kind"] == "bonus":
            known, low, high = known + got, low + got, high + all_
        else:
            known, low, high = known - got, low - all_, high - got
    return known, low, high


def adjustment(job: Tree, item: Tree) -> Node:
    """The outcome of one item of a bonus or penalty; what is left out adds nothing."""
    form = job["counted"].get(item["code"])
    most = maximum(item)
    if form is None:
        return outcome("zero", most)
    if "state" in form:
        state = form["state"]
        return outcome("reduced" if state == "not_applicable" else state, most)
    points = points_of(form, item, most, job["year"])
    return outcome("scored", most, on_the_way(job, "leaf", points, most))


def final(job: Tree, points: Fraction, most: Fraction | None) -> Fraction:
    """Points after bonus and penalty, within 0 and what applies unless the scheme lets them."""
    if job["scheme"].get("clamp") == "false" or not job["scheme"].get("adjustments"):
        return points
    points = max(points, ZERO)
    return points if most is None else min(points, most)


def percent(job: Tree, points: Fraction | None, most: Fraction | None) -> Fraction | None:
    """Points as a percentage of what applies, with the digits of the scheme."""
    if points is None or not most:
        return None
    rounding = job["scheme"].get("rounding") or {}
    digits, mode = int(rounding.get("index", "2")), rounding.get("mode", "half-up")
    return rounded(points / most * 100, digits, mode)


def bands_of(steps: list[Tree], low: Fraction, high: Fraction | None) -> list[str | None]:
    """The bands that figures from `low` to `high` reach, the best first; None is below all."""
    found: list[str | None] = []
    ceiling: Fraction | None = None
    closed = False  # whether the figure `ceiling` itself lies above what is left
    for step in steps:
        edge = step.get("from", step.get("above"))
        if edge is None:
            if ceiling is None or low < ceiling or (low == ceiling and not closed):
                found.append(step["name"])
            continue
        floor = number(edge)
        reaches = high is None or high > floor or ("from" in step and high == floor)
        under = ceiling is None or low < ceiling or (low == ceiling and not closed)
        if reaches and under:
            found.append(step["name"])
        ceiling, closed = floor, "from" in step
    if steps and (ceiling is None or low < ceiling or (low == ceiling and not closed)):
        found.append(None)
    return found


def figures(job: Tree, card: Tree, root: Node) -> Tree:
    """Everything that is told of a result."""
    scheme, most = job["scheme"], applicable(root)
    known, least, top = adjustments(job)
    low = final(job, root["points"] + least, most)
    high = None if root["high"] is None else final(job, root["high"] + top, most)
    complete = bool(root["known"] and least == top)
    result: Tree = {
        "state": root["state"],
        "points": root["points"] if shown(root) else None,
        "final": final(job, root["points"] + known, most),
        "max": root["max"],
        "applicable_max": most,
        "unassessed": root["unassessed"],
        "lost": lost(root),
        "complete": complete,
        "percent": percent(job, low, most) if complete else None,
        "exact": low / most if complete and most else None,
        "low": percent(job, low, most),
        "high": percent(job, high, most),
        "low_points": low,
        "high_points": high,
        "codes": {code: told(job, code) for code in job["criteria"]},
        "parts": origins(job),
    }
    result["bands"] = bands(scheme, result, job["year"])
    return result


def bands(scheme: Tree, result: Tree, year: int) -> list[str | None]:
    """The bands of the year that a result reaches, by its printed index or its points."""
    for each in scheme.get("bands") or []:
        if year in [int(one) for one in each.get("years") or scheme["years"]]:
            if each.get("by") == "points":
                return bands_of(each["steps"], result["low_points"], result["high_points"])
            if result["low"] is None:
                return []
            return bands_of(each["steps"], result["low"], result["high"])
    return []


def shown(node: Node) -> bool:
    """Whether any points of a criterion are known."""
    return (
        node["known"]
        and node["state"] != "not_applicable"
        or node["points"] > 0
        or (node["state"] == "partial")
    )


def lost(node: Node) -> Fraction | None:
    """What was assessed less the points; None where nothing was."""
    most = applicable(node)
    if most is None or node["unassessed"] is None or not shown(node):
        return None
    return Fraction(most - node["unassessed"] - node["points"])


def included(job: Tree, code: str) -> bool:
    """Whether points given for a criterion above stand for one that is not known."""
    for above in list(upwards(code, job["above"]))[1:-1]:
        if job["given"].get(above):
            return True
    return False


def told(job: Tree, code: str) -> Tree:
    """What is told of one criterion."""
    node = node_of(job, code)
    state = node["state"]
    if state == "unknown" and included(job, code):
        state = "included"
    has = shown(node)
    return {
        "state": state,
        "points": node["points"] if has else None,
        "applicable_max": applicable(node),
        "max": node["max"],
        "lost": lost(node),
        "percent": percent(job, node["points"], applicable(node))
        if node["known"] and has
        else None,
        "low": percent(job, node["points"], applicable(node)),
        "complete": node["known"],
        "above": job["above"][code],
    }


def origins(job: Tree) -> dict[str, Node]:
    """The parts of the partition `origin` from the leaves below; given parts are not in it."""
    tree = job["scheme"].get("partitions", {}).get("origin") or []
    found: dict[str, Node] = {}
    for part in tree:
        names = {part["id"]} | {each["id"] for each in tree if each.get("within") == part["id"]}
        leaves = [
            node_of(job, code)
            for code in job["criteria"]
            if leaf(job, code) and origin_of(job, code) in names
        ]
        if leaves and all(node["max"] is not None for node in leaves):
            found[part["id"]] = add_up(leaves, total(node["max"] for node in leaves))
    return found


# Several results


def ranks(results: list[Tree], by: str, ties: str) -> list[int | None]:
    """The rank of each result; None where it is not known in full.

    Where no maximum is known, points rank.
    """
    known = [result["complete"] and result["points"] is not None for result in results]
    if all(result["exact"] is None for result in results):
        by = "points"
    key = "exact" if by == "percent" else "final"
    values = [result[key] if ok else None for ok, result in zip(known, results, strict=True)]
    order = sorted((value for value in values if value is not None), reverse=True)
    given: list[int | None] = []
    for index, value in enumerate(values):
        if value is None:
            given.append(None)
        elif ties == "dense":
            given.append(sorted(set(order), reverse=True).index(value) + 1)
        elif ties == "ordinal":
            given.append(order.index(value) + 1 + values[:index].count(value))
        else:
            given.append(order.index(value) + 1)
    return given


def passes_gate(told: Tree, least: Fraction) -> bool:
    """Whether the lowest possible percentage, as printed, reaches what is asked for.

    What does not apply cannot fail.
    """
    return told.get("state") == "not_applicable" or (
        told["low"] is not None and told["low"] >= least
    )


def losses(result: Tree) -> dict[str, Fraction]:
    """The points lost by code, as far down as is known; under ``""`` what is of no criterion.

    A criterion that lost more than is known of those below it keeps the rest.
    """
    codes = result["codes"]
    if result["lost"] is None or result["applicable_max"] is None:
        return {}
    below: dict[str, Fraction] = dict.fromkeys(["", *codes], ZERO)
    found: dict[str, Fraction] = {}
    for code in reversed(["", *codes]):
        own = codes[code]["lost"] if code else result["lost"]
        if own is None:
            own = below[code]
        found[code] = own - below[code]
        if code:
            below[codes[code]["above"]] += own
    return {code: points for code, points in found.items() if points}


def change(before: Tree, after: Tree) -> Fraction | None:
    """The change in points, where both are known and the maxima agree."""
    if not before["complete"] or not after["complete"]:
        return None
    if before["points"] is None or after["points"] is None:
        return None
    if before["applicable_max"] is None or before["applicable_max"] != after["applicable_max"]:
        return None
    return Fraction(after["points"] - before["points"])


def percent_change(before: Tree, after: Tree) -> Fraction | None:
    """The change of the exact percentage."""
    if before["exact"] is None or after["exact"] is None:
        return None
    return Fraction(after["exact"] - before["exact"]) * 100
