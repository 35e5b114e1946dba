"""A second engine, slow and plain: what a scorecard gives under a scheme, from the rules alone.

Scheme and scorecard are plain dicts as they stand in a file, every scalar as text. It shares
nothing with the package, so that both must be wrong in the same way before a wrong figure passes.
Every number is a Fraction; None stands for what is not known.
"""

import datetime
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from itertools import pairwise
from typing import Any

Tree = dict[str, Any]
"""A part of a file: keys and what they hold."""

Node = dict[str, Any]
"""An outcome: `state, max, points, excluded, unassessed` of a criterion, in points."""

STAGES = ("self", "appraised", "reappraised", "final")
STATES = ("not_applicable", "no_evidence", "unknown")
INPUTS = ("points", "percent", "value", "ratio", "answer", "count", "date", "items", "answers")
ZERO = Fraction(0)


class RefusedError(Exception):
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


def counted(entry: Any, stage: str | None) -> Tree | None:
    """The score that counts: of the stage asked for, else of the latest; None where none does."""
    staged = forms(entry)
    if None in staged:
        alone = staged[None]
        holds = stage is None or alone.get("state") == "not_applicable"
        return alone if holds else None
    if stage is None:
        return staged[list(staged)[-1]]
    return staged.get(stage)


# Rules


def points_of(
    form: Tree,
    leaf: Tree,
    applicable: Fraction | None,
    year: int,
    lowest: Fraction = ZERO,
) -> Fraction:
    """The points of a leaf, from points, a percentage of what applies, or a fact for its rule.

    A rule gives them at the maximum of the leaf; what it received grows them.
    """
    kind = next(name for name in INPUTS if name in form)
    if kind == "points":
        return within(number(form["points"]), applicable, lowest)
    if applicable is None:
        raise RefusedError({"P211"})
    if kind == "percent":
        return applicable * share(number(form["percent"]) / 100)
    rule = {"lowest": leaf.get("min", "0"), **(leaf.get("rule") or {"kind": "points"})}
    own = maximum(leaf)
    if own and own != applicable:
        return points_of(form, leaf, own, year) * applicable / own
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
        raise RefusedError({"P205"})
    return rules[rule["kind"]](kind, form[kind], rule, applicable, year)


PARAMETERS = {
    "points": "",
    "choice": "options names",
    "checklist": "items all names",
    "steps": "of steps no_cases",
    "ratio": "floor target inverted no_cases",
    "linear": "of zero_at full_at no_cases",
    "deduct": "step",
    "count": "each above",
    "deadline": "due late",
    "survey": "weights left_out",
    "watch": "",
}
"""What each kind of rule may say; there are others that this engine does not know."""


def knows(criterion: Tree) -> bool:
    """Whether this engine knows all that a criterion's rule says."""
    rule = criterion.get("rule") or {"kind": "points"}
    said = rule.keys() - {"kind"} - {*PARAMETERS.get(rule["kind"], "").split()}
    worths = (rule.get("options"), rule.get("items"), rule.get("target"), *rule.get("steps", []))
    values = [v for each in worths if isinstance(each, dict) for v in each.values()]
    is_plain = not isinstance(rule.get("target"), dict) and "%" not in "".join(map(str, values))
    return rule["kind"] in PARAMETERS and not said and is_plain


def within(points: Fraction, most: Fraction | None, lowest: Fraction = ZERO) -> Fraction:
    """Points that lie between the lowest, mostly 0, and a maximum, which may be unknown."""
    if points < lowest:
        raise RefusedError({"P203"})
    if most is not None and points > most:
        raise RefusedError({"P202"})
    return points


def share(value: Fraction) -> Fraction:
    """A share between 0 and 1."""
    if value < 0:
        raise RefusedError({"P203"})
    if value > 1:
        raise RefusedError({"P207"})
    return value


def natural(text: str) -> Fraction:
    """A whole number of 0 or more."""
    value = number(text)
    if value.denominator != 1:
        raise RefusedError({"P110"})
    if value < 0:
        raise RefusedError({"P203"})
    return value


def expect(kind: str, *kinds: str) -> None:
    """Refuse a kind of input that the rule does not take."""
    if kind not in kinds:
        raise RefusedError({"P205"})


def rate(kind: str, fact: Any) -> Fraction | None:
    """A percentage or two counts as a share; None for 0 of 0."""
    expect(kind, "value", "ratio")
    if kind == "value":
        if not fact.endswith("%"):
            raise RefusedError({"P205"})
        return share(number(fact) / 100)
    part, whole = number(fact[0]), number(fact[1])
    if part < 0 or whole < 0:
        raise RefusedError({"P203"})
    if whole == 0:
        if part > 0:
            raise RefusedError({"P206"})
        return None
    return share(part / whole)


def plain_value(kind: str, fact: Any) -> Fraction:
    """A plain number of 0 or more."""
    expect(kind, "value")
    if fact.endswith("%"):
        raise RefusedError({"P205"})
    if number(fact) < 0:
        raise RefusedError({"P203"})
    return number(fact)


def no_cases(rule: Tree, most: Fraction) -> Fraction:
    """What 0 of 0 gives."""
    if "no_cases" not in rule:
        raise RefusedError({"P206"})
    return most if rule["no_cases"] == "full-points" else ZERO


def choice(kind: str, fact: Any, rule: Tree, _most: Fraction, _: int) -> Fraction:
    """Points of the option."""
    expect(kind, "answer")
    if fact not in rule["options"]:
        raise RefusedError({"P217"})
    return number(rule["options"][fact])


def checklist(kind: str, fact: Any, rule: Tree, most: Fraction, _: int) -> Fraction:
    """Points of the items met, or the maximum where all are."""
    expect(kind, "items")
    if not set(fact) <= set(rule["items"]):
        raise RefusedError({"P217"})
    if rule.get("all") == "true":
        return most if set(fact) == set(rule["items"]) else ZERO
    return sum((number(rule["items"][item]) for item in fact), ZERO)


def steps(kind: str, fact: Any, rule: Tree, most: Fraction, _: int) -> Fraction:
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


def ratio(kind: str, fact: Any, rule: Tree, most: Fraction, _: int) -> Fraction:
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


def linear(kind: str, fact: Any, rule: Tree, most: Fraction, _: int) -> Fraction:
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


def deduct(kind: str, fact: Any, rule: Tree, most: Fraction, _: int) -> Fraction:
    """Maximum less a step for each case."""
    expect(kind, "count")
    step = number(rule["step"])
    if rule["step"].endswith("%"):
        step = step / 100 * most
    return max(most - step * natural(fact), number(rule["lowest"]))


def count(kind: str, fact: Any, rule: Tree, most: Fraction, _: int) -> Fraction:
    """Points for each over a number."""
    expect(kind, "count")
    over = max(natural(fact) - number(rule.get("above", "0")), ZERO)
    return min(over * number(rule["each"]), most)


def deadline(kind: str, fact: Any, rule: Tree, most: Fraction, year: int) -> Fraction:
    """The maximum up to the due day, then the ladder, then the lowest."""
    expect(kind, "date")
    due = rule["due"] if rule["due"].count("-") == 2 else f"{year:04}-{rule['due']}"
    late = (datetime.date.fromisoformat(fact) - datetime.date.fromisoformat(due)).days
    if late <= 0:
        return most
    for rung in rule.get("late") or []:
        if late <= number(rung["days"]):
            return number(rung["points"])
    return number(rule["lowest"])


def survey(kind: str, fact: Any, rule: Tree, most: Fraction, _: int) -> Fraction:
    """Mean worth of the answers that have a weight."""
    expect(kind, "answers")
    if not set(fact) <= {*rule["weights"], *(rule.get("left_out") or [])}:
        raise RefusedError({"P217"})
    counts = {name: natural(given) for name, given in fact.items()}
    counts = {name: given for name, given in counts.items() if name in rule["weights"]}
    if sum(counts.values()) == 0:
        raise RefusedError({"P206"})
    worth = sum(number(rule["weights"][name]) / 100 * given for name, given in counts.items())
    return most * worth / sum(counts.values())


def watch(kind: str, fact: Any, _rule: Tree, _most: Fraction, _: int) -> Fraction:
    """Nothing, whatever is reported; a rate must still be one."""
    percentage = kind == "value" and fact.endswith("%")
    if (kind == "ratio" or percentage) and rate(kind, fact) is None:
        raise RefusedError({"P206"})
    return ZERO


# Outcomes


def outcome(state: str, most: Fraction | None, points: Fraction | None = None) -> Node:
    """The outcome of a leaf; one that does not apply has points where it gets all of them.

    `below` is how many points it can still lose.
    """
    out = state == "not_applicable" and points is None
    if state in ("zero", "no_evidence"):
        points = ZERO
    unknown = state == "unknown"
    return {
        "state": state,
        "max": most,
        "points": points,
        "excluded": most if out else ZERO,
        "unassessed": most if unknown else ZERO,
        "below": ZERO,
    }


def with_limits(node: Node, lowest: Fraction, received: Fraction) -> Node:
    """The outcome of a leaf that may go below 0, and that received the maximum of others."""
    if node["state"] == "not_applicable":
        return node
    if node["state"] == "unknown":
        node["below"] = -lowest
        node["unassessed"] = None if node["max"] is None else node["max"] + received
    return {**node, "excluded": node["excluded"] - received}


def full(most: Fraction | None) -> Node:
    """What does not apply and has all its points, as far as these are known."""
    node = outcome("not_applicable", most, most or ZERO)
    return node if most is not None else {**node, "points": None, "unassessed": None}


def applicable(node: Node) -> Fraction | None:
    """Maximum less what does not apply."""
    if node["max"] is None or node["excluded"] is None:
        return None
    return Fraction(node["max"] - node["excluded"])


def known(node: Node) -> bool:
    """Whether nothing that applies is unknown."""
    return node["state"] not in ("unknown", "partial") and node["unassessed"] == 0


def so_far(node: Node) -> Fraction:
    """The points that are known."""
    return Fraction(node["points"] or ZERO)


def least(node: Node) -> Fraction:
    """The fewest points."""
    return so_far(node) - Fraction(node["below"])


def most_points(node: Node) -> Fraction | None:
    """The most points; None where they have no bound."""
    return None if node["unassessed"] is None else so_far(node) + node["unassessed"]


def total(values: Iterable[Fraction | None]) -> Fraction | None:
    """A sum, not known where one of its parts is not."""
    whole = ZERO
    for value in values:
        if value is None:
            return None
        whole += value
    return whole


def add_up(children: list[Node], most: Fraction | None) -> Node:
    """The sum of criteria that together are a whole with the given maximum.

    Where that is known, those of unknown maxima share what the others leave of
    it. What has a maximum of 0 is only watched: beside others it does not count.
    """
    open_ = [child for child in children if child["max"] is None]
    if most is not None and open_:
        closed = [child for child in children if child["max"] is not None]
        rest_ = most - sum((child["max"] for child in closed), ZERO)
        return add_up([*closed, shared(open_, rest_)], most)
    children = [child for child in children if child["max"] != 0] or children
    points = [child["points"] for child in children if child["points"] is not None]
    node = {
        "max": most,
        "points": sum(points, ZERO) if points else None,
        "excluded": total(child["excluded"] for child in children),
        "unassessed": total(child["unassessed"] for child in children),
        "below": sum((child["below"] for child in children), ZERO),
    }
    return limited({**node, "state": together(children, node)})


def shared(children: list[Node], most: Fraction) -> Node:
    """The outcome of criteria of unknown maxima, of which the sum is known."""
    got = sum((so_far(child) for child in children), ZERO)
    if got > most:
        raise RefusedError({"P202"})
    if all(child["state"] == "not_applicable" for child in children):
        if all(child["excluded"] != 0 and child["points"] is None for child in children):
            return outcome("not_applicable", most)
        if all(child["excluded"] == 0 for child in children):
            return full(most)
    node = add_up(children, None)
    if node["unassessed"] is None:
        node["unassessed"] = most - max(got, ZERO)
        node["state"] = "unknown" if node["points"] is None else "partial"
    return {**node, "max": most}


def limited(node: Node) -> Node:
    """An outcome of which no more is open than what applies leaves."""
    most = applicable(node)
    if most is not None:
        left = max(most - max(so_far(node), ZERO), ZERO)
        node["unassessed"] = left if node["unassessed"] is None else min(node["unassessed"], left)
    return node


def together(children: list[Node], node: Node) -> str:
    """The state of a criterion from those of what is below it."""
    states = {child["state"] for child in children}
    if states == {"not_applicable"} and node["unassessed"] == 0:
        return "not_applicable"
    if node["unassessed"] != 0 or states & {"unknown", "partial"} or not states:
        return "unknown" if node["points"] is None else "partial"
    if node["points"]:
        return "scored"
    return "no_evidence" if states <= {"no_evidence", "not_applicable"} else "zero"


# A scorecard under a scheme


def evaluate(scheme: Tree, card: Tree, stage: str | None = None) -> Tree:
    """The whole result of a scorecard, as figures by name; see `figures`.

    Raises:
        RefusedError: the scorecard is not valid.
    """
    job = prepare(scheme, card, stage)
    check_all(job, card)
    root = whole(job, card)
    return figures(job, root)


def prepare(scheme: Tree, card: Tree, stage: str | None) -> Tree:
    """What all steps need: criteria, what stands above them, and the scores that count."""
    criteria = {criterion["code"]: criterion for criterion in walk(scheme.get("criteria") or [])}
    items = {
        item["code"]: item for block in scheme.get("adjustments") or [] for item in block["items"]
    }
    scores = card.get("scores") or {}
    forms_ = {code: counted(entry, stage) for code, entry in scores.items()}
    left_out = scheme.get("profiles", {}).get(card["profile"]) if card.get("profile") else []
    if left_out is None:
        raise RefusedError({"P213"})
    if not scores and not card.get("parts") and card.get("total") is None:
        raise RefusedError({"P109"})
    if set(scores) - set(criteria) - set(items):
        raise RefusedError({"P201"})
    return {
        "scheme": scheme,
        "criteria": criteria,
        "items": items,
        "above": parents(scheme),
        "year": int(card["year"]),
        "stage": stage,
        "scores": scores,
        "counted": {code: form for code, form in forms_.items() if form is not None},
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
        raise RefusedError({"P209"})
    for code, entry in job["scores"].items():
        staged = forms(entry)
        at = None if None in staged else job["stage"] or list(staged)[-1]
        for stage, form in staged.items():
            if form.get("state") in (None, "no_evidence"):
                counts = stage == at and code in job["counted"]
                check_one(job, code, form, counts=counts)
    for code in job["criteria"]:
        check_state(job, code)


def check_one(job: Tree, code: str, form: Tree, *, counts: bool) -> None:
    """Refuse a score that its criterion cannot take, whether or not it is of the stage."""
    if code not in job["items"] and job["profile"] & set(upwards(code, job["above"])):
        raise RefusedError({"P212"})
    if "state" in form:
        return
    if code in job["items"]:
        points_of(form, job["items"][code], maximum(job["items"][code]), job["year"])
        return
    criterion = job["criteria"][code]
    if leaf(job, code):
        leaf_points(job, code, form)
    elif counts:
        points_given(job, code, form)
    else:
        points_of(form, {}, maximum(criterion), job["year"], lowest_of(criterion))


def leaf_points(job: Tree, code: str, form: Tree) -> Fraction:
    """The points that a score of a leaf says."""
    lowest, most = limits(job, code)
    return points_of(form, job["criteria"][code], most, job["year"], lowest)


def points_given(job: Tree, code: str, form: Tree) -> Fraction:
    """The points that a score of a criterion with others below it says."""
    node = bare(job, code)
    return points_of(form, {}, applicable(node), job["year"], -node["below"])


def lowest_of(tree: Tree) -> Fraction:
    """The fewest points of a criterion, or of a scheme."""
    below = tree.get("children") or tree.get("criteria") or []
    return sum((lowest_of(each) for each in below), number(tree.get("min", "0")))


def received(job: Tree, code: str) -> Fraction:
    """What a leaf has of the maxima of leaves beside it that do not apply."""
    got = ZERO
    for giver, tree in job["criteria"].items():
        setting = tree.get("not_applicable")
        if not isinstance(setting, dict) or state_of(job, giver) != "not_applicable":
            continue
        held = [each for each in setting["move_to"] if state_of(job, each) != "not_applicable"]
        if code in held:
            got += number(tree["max"]) / len(held)
    return got


def limits(job: Tree, code: str) -> tuple[Fraction, Fraction | None]:
    """The fewest points of a leaf, and the most."""
    tree, got = job["criteria"][code], received(job, code)
    lowest, own = number(tree.get("min", "0")), maximum(tree)
    if not own:
        return lowest, own
    return lowest * (own + got) / own, own + got


def of_leaf(job: Tree, code: str, node: Node) -> Node:
    """The outcome of a leaf with its limits."""
    return with_limits(node, limits(job, code)[0], received(job, code))


def check_state(job: Tree, code: str) -> None:
    """Refuse what is said below a criterion that has a state, where the two disagree."""
    state = job["counted"].get(code, {}).get("state")
    if leaf(job, code) or state is None:
        return
    chain = list(upwards(code, job["above"]))[:-1]
    if state == "unknown" and "no_evidence" in [
        job["counted"].get(each, {}).get("state") for each in chain
    ]:
        state = "no_evidence"  # which goes before an unknown below it
    for other, form in job["counted"].items():
        if other == code or other in job["items"] or code not in upwards(other, job["above"]):
            continue
        below = form.get("state")
        if below is None:
            none = state == "no_evidence" and reported(job, other, form) == 0
            if not none:
                raise RefusedError({"P204"})
        elif below not in ("unknown", "not_applicable", state):
            raise RefusedError({"P204"})


def reported(job: Tree, code: str, form: Tree) -> Fraction:
    """The points that a score says, before guards."""
    if leaf(job, code):
        return leaf_points(job, code, form)
    return points_given(job, code, form)


def state_of(job: Tree, code: str) -> str | None:
    """The state of a leaf or of the unlisted rest: its own or that of what is above; else None."""
    chain = list(upwards(code, job["above"]))[:-1]
    states = [job["counted"].get(each, {}).get("state") for each in chain]
    if "not_applicable" in states or any(each in job["profile"] for each in chain):
        return "not_applicable"
    if leaf(job, code) and "state" not in job["counted"].get(code, {"state": None}):
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
    return full(most) if full_points(job, code) else outcome("not_applicable", most)


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
        return of_leaf(job, code, outcome("unknown", maximum(tree)))
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
    raw = outcome("no_evidence" if state == "no_evidence" else "unknown", left)
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
    if least(node) > 0 or node["state"] == "not_applicable":
        return "open"
    if known(node):
        return "shut"
    for above in list(upwards(guard, job["above"]))[1:-1]:
        given = given_for(job, above)
        if given is not None and guard_of(job, above) == "open":
            node = bare(job, above)
            most = applicable(node)
            return "shut" if given == -node["below"] else "open" if given == most else "unknown"
        if given is not None:
            break
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
    if known(raw) and raw["points"] <= 0:
        return raw
    guard = guard_of(job, code)
    if guard == "open":
        return raw
    if guard == "unknown" or raw["below"]:
        most = applicable(raw) if guard == "unknown" else ZERO
        return {**raw, "state": "unknown", "points": None, "unassessed": most}
    return {**raw, "state": "zero", "points": ZERO, "unassessed": ZERO}


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
        points = leaf_points(job, code, job["counted"][code])
        lowest, all_ = limits(job, code)
        points = max(on_the_way(job, "leaf", points, all_), lowest)
        raw = outcome("scored" if points != 0 or most == 0 else "zero", most, points)
    return behind_guards(job, code, of_leaf(job, code, raw))


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
    # which a guard changes no more
    nothing = given == 0 and not below["points"] and not below["below"]
    if given is not None and (guard == "open" or nothing):
        job["given"][code] = not known(below)
        where = "area" if job["above"][code] == "" else ""
        below = agreed(job, below, exactly(given, below), len(children), where)
    return below


def round_node(job: Tree, where: str, node: Node) -> Node:
    """An area or the whole, with its fewest and most points rounded where the scheme says so."""
    if node["points"] is None:
        return node
    limit, high = applicable(node), most_points(node)
    points = on_the_way(job, where, node["points"], limit)
    left = None if high is None else on_the_way(job, where, high, limit) - points
    below = points - on_the_way(job, where, least(node), limit)
    return {**node, "points": points, "unassessed": left, "below": below}


def slack(job: Tree, figures: int) -> Fraction:
    """By how much a figure may differ from the sum of so many others, all of them rounded."""
    digits = int((job["scheme"].get("rounding") or {}).get("index", "2"))
    return (figures + 1) * min(Fraction(1, 2 * 10**digits), Fraction(5, 1000))


def agreed(job: Tree, below: Node, given: Node, figures: int, where: str = "") -> Node:
    """Of two outcomes of one thing the one that says more; both must agree within rounding.

    What is known in more detail wins where it is known in full, and where
    neither is; else what was given holds as far as the other allows it. `where` is `area` or
    `total` where the scheme may round on the way: what was given may be rounded then.
    """
    if given["points"] is None:
        return below
    room = slack(job, figures)
    if not any(meet(one, given, room) for one in (below, round_node(job, where, below))):
        raise RefusedError({"P204"})
    high = most_points(below)
    if known(below) or (not known(given) and below["points"] is not None):
        return below
    if known(given):
        points = max(given["points"], least(below))
        given["points"] = points if high is None else min(points, high)
        given["state"] = "scored" if given["points"] else "zero"
    return given


def meet(one: Node, other: Node, room: Fraction) -> bool:
    """Whether two ranges meet, with some room between them."""
    high, top = most_points(one), most_points(other)
    return (high is None or least(other) <= high + room) and (
        top is None or least(one) <= top + room
    )


def exactly(points: Fraction, node: Node) -> Node:
    """Points that were given for something that is known less well."""
    state = "scored" if points else "zero"
    return {**node, "state": state, "points": points, "unassessed": ZERO, "below": ZERO}


# The whole


def whole(job: Tree, card: Tree) -> Node:
    """All areas together, beside other partitions of the same maximum and a total."""
    areas = [node_of(job, area) for area in parts_below(job, "")]
    root = add_up(areas + rest(job, "", areas, behind=False), maximum(job["scheme"]))
    figures = len(areas)
    for name, given in (card.get("parts") or {}).items():
        parts = whole_of_parts(job, root, name, given)
        root = agreed(job, root, parts, len(given) + len(areas) - 1)
        if root is parts:
            figures = len(given)
    if card.get("total") is not None:
        limit = root["max"] if applicable(root) is None else applicable(root)
        points = within(number(card["total"]), limit, lowest_of(job["scheme"]))
        root = agreed(job, root, exactly(points, root), figures, "total")
    return round_node(job, "total", own_maximum(root, card))


def own_maximum(root: Node, card: Tree) -> Node:
    """The maximum of this unit, where a source states it: at least the points, no more than applies.

    It may be less than what applies by the scores: a score may stand for something that does not.
    """
    if card.get("applicable_max") is None:
        return root
    stated, most = number(card["applicable_max"]), applicable(root)
    if root["max"] is None:
        raise RefusedError({"P220"})
    if stated < 0:
        raise RefusedError({"P203"})
    if stated == 0:
        raise RefusedError({"P207"})
    if stated > root["max"]:
        raise RefusedError({"P202"})
    if stated < so_far(root):
        raise RefusedError({"P202"})
    if most is not None and stated > most:
        raise RefusedError({"P204"})
    return limited({**root, "excluded": root["max"] - stated})


def whole_of_parts(job: Tree, root: Node, name: str, given: Tree) -> Node:
    """The whole by the points given for the parts of a partition."""
    tree = job["scheme"].get("partitions", {}).get(name)
    if tree is None or set(given) - {part["id"] for part in tree}:
        raise RefusedError({"P214"})
    nodes = [part_given(job, name, tree, part, given) for part in tree if "within" not in part]
    sum_ = add_up(nodes, root["max"])
    below = min(sum_["below"], -lowest_of(job["scheme"]))
    return limited({**sum_, "excluded": root["excluded"], "below": below})


def part_given(job: Tree, name: str, tree: list[Tree], part: Tree, given: Tree) -> Node:
    """The outcome of a part: its leaves, what was given for it, and for those within it."""
    inner = [other for other in tree if other.get("within") == part["id"]]
    leaves = origins(job).get(part["id"]) if name == "origin" else None
    excluded = ZERO if leaves is None else leaves["excluded"]
    lowest = lowest_of_part(job, name, tree, part["id"])
    node = {**outcome("unknown", maximum(part)), "excluded": excluded, "below": -lowest}
    node["unassessed"] = maximum(part) if excluded is None else applicable(node)
    below = add_up([part_given(job, name, tree, each, given) for each in inner], maximum(part))
    if below["points"] is not None:
        node = {**below, "excluded": excluded}
    node = limited(node)
    if part["id"] in given:
        limit = maximum(part) if excluded is None else applicable(node)
        points = within(number(given[part["id"]]), limit, lowest)
        node = agreed(job, node, exactly(points, node), len(inner))
    if leaves is not None and leaves["state"] != "unknown":
        areas = len(parts_below(job, ""))
        node = agreed(job, {**leaves, "max": maximum(part)}, node, areas)
    return node


def lowest_of_part(job: Tree, name: str, tree: list[Tree], part: str) -> Fraction:
    """The fewest points of a part: of its leaves where they are known, else of all."""
    if name != "origin" or part not in origins(job):
        return lowest_of(job["scheme"])
    names = {part} | {each["id"] for each in tree if each.get("within") == part}
    leaves = [code for code in job["criteria"] if leaf(job, code)]
    mine = [job["criteria"][code] for code in leaves if origin_of(job, code) in names]
    return sum((lowest_of(each) for each in mine), ZERO)


def origin_of(job: Tree, code: str) -> str | None:
    """From which part the points of a criterion come, by the nearest that says so."""
    for each in list(upwards(code, job["above"]))[:-1]:
        if "origin" in job["criteria"][each]:
            return str(job["criteria"][each]["origin"])
    return None


# Bonus, penalty, index, bands


def adjustments(job: Tree) -> tuple[Fraction, Fraction]:
    """What all blocks add at least and at most, in points."""
    low = high = ZERO
    for block in job["scheme"].get("adjustments") or []:
        nodes = [adjustment(job, item) for item in block["items"]]
        got = sum((least(node) for node in nodes), ZERO)
        all_ = sum((most_points(node) or ZERO for node in nodes), ZERO)
        if "cap" in block:
            got, all_ = min(got, number(block["cap"])), min(all_, number(block["cap"]))
        if block["kind"] == "bonus":
            low, high = low + got, high + all_
        else:
            low, high = low - all_, high - got
    return low, high


def adjustment(job: Tree, item: Tree) -> Node:
    """The outcome of one item of a bonus or penalty; what is left out adds nothing."""
    form = job["counted"].get(item["code"])
    most = maximum(item)
    if form is None:
        return outcome("unknown" if item["code"] in job["scores"] else "zero", most)
    if "state" in form:
        return outcome(form["state"], most)
    points = points_of(form, item, most, job["year"])
    return outcome("scored", most, on_the_way(job, "leaf", points, most))


def final(job: Tree, points: Fraction, most: Fraction | None) -> Fraction:
    """Points after bonus and penalty, within 0 and what applies unless the scheme lets them."""
    if job["scheme"].get("clamp") == "false":
        return points
    points = max(points, ZERO)
    if most is None or not job["scheme"].get("adjustments"):
        return points
    return min(points, most)


def percent(job: Tree, points: Fraction | None, most: Fraction | None) -> Fraction | None:
    """Points as a percentage of what applies, with the digits of the scheme."""
    if points is None or not most:
        return None
    rounding = job["scheme"].get("rounding") or {}
    digits, mode = int(rounding.get("index", "2")), rounding.get("mode", "half-up")
    return rounded(points / most * 100, digits, mode)


Standing = Callable[[Tree], bool | None]
"""Whether what a band asks of criteria is true; None where it is not known."""


def bands_of(
    steps: list[Tree], low: Fraction, high: Fraction, standing: Standing
) -> list[str | None]:
    """The bands that figures from `low` to `high` reach, the best first; None is no band.

    It looks at the ends, at every edge between them, and at figures beside and between edges.
    """
    marks = {low, high}
    for step in steps:
        marks |= {number(step[key]) for key in ("from", "above", "below", "to") if key in step}
    inside = sorted(mark for mark in marks if low <= mark <= high)
    figures_ = {*inside, *((one + two) / 2 for one, two in pairwise(inside))}
    found = {name for figure in figures_ for name in bands_at(steps, figure, standing)}
    names: list[str | None] = [step["name"] for step in steps if step["name"] in found]
    return [*names, None] if None in found else names


def bands_at(steps: list[Tree], figure: Fraction, standing: Standing) -> Iterator[str | None]:
    """The bands of one figure: several where an edge, or what a band asks for, is not known."""
    places: list[int] = []
    for place, step in enumerate(steps):
        edge = step.get("from", step.get("above"))
        if edge is None:
            places.append(place)
        elif figure > number(edge) or ("from" in step and figure == number(edge)):
            places.append(place)
            break
        else:
            places = []
    else:
        places.append(len(steps))
    for place in places:
        yield from falls(steps[place:], figure, standing)


def falls(steps: list[Tree], figure: Fraction, standing: Standing) -> Iterator[str | None]:
    """The first band, or the next that asks for no more; none over its upper edge."""
    over = bool(steps) and (
        ("below" in steps[0] and figure >= number(steps[0]["below"]))
        or ("to" in steps[0] and figure > number(steps[0]["to"]))
    )
    for step in [] if over else steps:
        holds = standing(step)
        if holds is not False:
            yield step["name"]
        if holds:
            return
    yield None


def figures(job: Tree, root: Node) -> Tree:
    """Everything that is told of a result."""
    most = applicable(root)
    fewest, top = adjustments(job)
    low = final(job, least(root) + fewest, most)
    high = most_points(root)
    high = None if high is None else final(job, high + top, most)
    complete = known(root) and fewest == top
    result: Tree = {
        "state": root["state"],
        "points": root["points"],
        "final": low,
        "max": root["max"],
        "applicable_max": most,
        "lost": lost(root),
        "assessed": assessed(root),
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
    result["bands"] = bands(job["scheme"], result, job["year"])
    return result


def bands(scheme: Tree, result: Tree, year: int) -> list[str | None]:
    """The bands of the year that a result reaches, by its index or points as printed."""
    for each in scheme.get("bands") or []:
        if year not in [int(one) for one in each.get("years") or scheme["years"]]:
            continue
        by = each.get("by", "percent")
        told = [result["codes"][code] for code in each.get("worst_of", [])] or [result]
        told = [one for one in told if not out(one)]
        ranges = [printed_range(scheme, one, by) for one in told]
        highs = [high for _, high in ranges if high is not None]
        lows = [low for low, _ in ranges if low is not None]
        if len(lows) < len(ranges) or not highs:
            return []
        return bands_of(
            each["steps"], min(lows), min(highs), lambda step: standing(scheme, result, step)
        )
    return []


def out(told: Tree) -> bool:
    """Whether a criterion does not apply; of the whole, whether nothing is left of its maximum."""
    return told["applicable_max"] == 0 or ("above" in told and told["state"] == "not_applicable")


def standing(scheme: Tree, result: Tree, step: Tree) -> bool | None:
    """Whether every criterion that a band names has what it asks for, or does not apply."""
    all_: list[bool | None] = [True]
    for code, least_ in step.get("where", {}).items():
        told = result["codes"][code]
        if out(told):
            continue
        by = "percent" if least_.endswith("%") else "points"
        low, high = printed_range(scheme, told, by)
        asked = number(least_)
        sure, never = low is not None and low >= asked, high is not None and high < asked
        all_.append(True if sure else False if never else None)
    return False if False in all_ else None if None in all_ else True


def printed_range(scheme: Tree, told: Tree, by: str) -> tuple[Fraction | None, Fraction | None]:
    """The lowest and the highest percentage, or points, as they are printed."""
    if by == "percent":
        return told["low"], told["high"]
    rounding = scheme.get("rounding") or {}
    digits = max(int(rounding.get("index", "2")), 2)
    mode = rounding.get("mode", "half-up")
    pair = told["low_points"], told["high_points"]
    low, high = (None if one is None else rounded(one, digits, mode) for one in pair)
    return low, high


def assessed(node: Node) -> Fraction | None:
    """The maximum of what applies and is known."""
    most = applicable(node)
    return None if most is None or node["unassessed"] is None else most - node["unassessed"]


def lost(node: Node) -> Fraction | None:
    """What was assessed less the points; None where nothing was."""
    most, points = assessed(node), node["points"]
    return None if most is None or points is None else most - points


def included(job: Tree, code: str) -> bool:
    """Whether points given for a criterion above stand for one that is not known."""
    return any(job["given"].get(above) for above in list(upwards(code, job["above"]))[1:-1])


def told(job: Tree, code: str) -> Tree:
    """What is told of one criterion."""
    node = node_of(job, code)
    most = applicable(node)
    is_known = known(node)
    inside = node["state"] == "unknown" and included(job, code)
    high = most if inside else most_points(node)
    return {
        "state": "included" if inside else node["state"],
        "points": node["points"],
        "applicable_max": most,
        "max": node["max"],
        "lost": lost(node),
        "assessed": assessed(node),
        "percent": percent(job, node["points"], most) if is_known else None,
        "low": percent(job, least(node), most),
        "high": percent(job, high, most),
        "low_points": least(node),
        "high_points": high,
        "complete": is_known,
        "above": job["above"][code],
    }


def origins(job: Tree) -> dict[str, Node]:
    """The parts of the partition `origin`, from the leaves where all are listed and have one."""
    tree = job["scheme"].get("partitions", {}).get("origin") or []
    leaves = [code for code in job["criteria"] if leaf(job, code)]
    listed = [
        each.get("complete") != "false" for each in [job["scheme"], *job["criteria"].values()]
    ]
    if not all(listed) or not leaves or None in [origin_of(job, code) for code in leaves]:
        return {}
    found: dict[str, Node] = {}
    for part in tree:
        names = {part["id"]} | {each["id"] for each in tree if each.get("within") == part["id"]}
        nodes = [node_of(job, code) for code in leaves if origin_of(job, code) in names]
        nothing = [outcome("zero", ZERO)]  # of a part that no leaf comes from
        found[part["id"]] = add_up(nodes or nothing, total(node["max"] for node in nodes))
    return found


# Several results


def ranks(results: list[Tree], by: str, ties: str, keys: list[str]) -> list[int | None]:
    """The rank of each result; None where it is not known in full.

    Where no maximum is known, points rank. Only `ordinal` asks for the keys, and then for the
    order of the results.
    """
    known_ = [result["complete"] and result["points"] is not None for result in results]
    if all(result["exact"] is None for result in results):
        by = "points"
    key = "exact" if by == "percent" else "final"
    places = [
        place for place in range(len(results)) if known_[place] and results[place][key] is not None
    ]
    values = {place: results[place][key] for place in places}
    given: list[int | None] = [None] * len(results)
    for place in places:
        above = [value for value in values.values() if value > values[place]]
        if ties == "dense":
            given[place] = len(set(above)) + 1
        elif ties == "competition":
            given[place] = len(above) + 1
        else:
            order = sorted(places, key=lambda at: (-values[at], by_keys(results[at], keys), at))
            given[place] = order.index(place) + 1
    return given


def by_keys(result: Tree, keys: list[str]) -> list[tuple[bool, Fraction]]:
    """More points of some criteria first; what is not known comes last."""
    points = [result["codes"][code]["points"] for code in keys]
    return [(each is None, -(each or ZERO)) for each in points]


def passes_gate(told: Tree, least: Fraction) -> bool:
    """Whether the lowest possible percentage, as printed, reaches what is asked for.

    What does not apply cannot fail.
    """
    return told.get("state") == "not_applicable" or (
        told["low"] is not None and told["low"] >= least
    )


def losses(result: Tree) -> dict[str, Fraction]:
    """The points lost by code, as far down as is known; under ``""`` what is of no criterion."""
    if result["lost"] is None or result["applicable_max"] is None:
        return {}
    return {code: points for code, (_, points) in pieces(result, "").items() if points}


def pieces(result: Tree, code: str) -> dict[str, tuple[Fraction, Fraction]]:
    """By code what was assessed and lost: below a criterion, and what is left of its own.

    Where less was assessed than below, nothing can be told apart. Where rounding gave points
    back, so much less is lost below, the most first.
    """
    own = result["codes"][code] if code else result
    found: dict[str, tuple[Fraction, Fraction]] = {}
    for child, told_ in result["codes"].items():
        if told_["above"] == code:
            found |= pieces(result, child)
    if own["lost"] is None:
        return found
    assessed = own["assessed"] - sum((most for most, _ in found.values()), ZERO)
    left = own["lost"] - sum((points for _, points in found.values()), ZERO)
    if assessed < 0:
        return {code: (own["assessed"], own["lost"])}
    for each in sorted(found, key=lambda each: -found[each][1]):
        less = min(max(-left, ZERO), found[each][1])
        found[each] = (found[each][0], found[each][1] - less)
        left += less
    found[code] = (assessed, left)
    return found


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
