"""An empty scorecard as YAML: every leaf, with what to know about it as comments."""

from collections.abc import Collection, Iterator
from textwrap import wrap

from msgspec.structs import replace

from parindex.scheme.scheme import Criterion, Part, Scheme
from parindex.scorecard.scorecard import Scorecard
from parindex.scorecard.write_yaml import write_score, write_yaml
from parindex.tables.template import block_line, criterion_lines, maximum_text
from parindex.values.escaping import visible
from parindex.values.language import Language

_WIDTH = 98
_MODELINE = "# yaml-language-server: $schema=scorecard.schema.json"


def write_template(scheme: Scheme, unit: str, year: int, say: Language) -> str:
    """A scorecard in which nothing is known yet; `total` stands empty where only that can be given.

    Text of the scheme stands in comments only, each line of it behind a `#`.
    """
    about = Scorecard(
        unit,
        year,
        scheme=scheme.id,
        level=scheme.level,
        province=scheme.province,
        group=scheme.group,
    )
    lines = [_MODELINE, *_start(scheme, say), write_yaml([about]).rstrip("\n")]
    lines += _scores(scheme, about, None, say) if scheme.criteria else _total(scheme, say)
    return "\n".join([*lines, *_parts(scheme, say), ""])


def write_part(card: Scorecard, scheme: Scheme, of: Collection[str], say: Language) -> str:
    """A part of a scorecard: the leaves `of` it with what is known of them, and all else it says."""
    head = write_yaml([replace(card, scores={})]).rstrip("\n")
    lines = [_MODELINE, *_start(scheme, say), head, *_scores(scheme, card, of, say)]
    return "\n".join([*lines, ""])


def _start(scheme: Scheme, say: Language) -> Iterator[str]:
    """What the file is and how to fill it in."""
    schema = "parindex schema scorecard -o scorecard.schema.json"
    yield from _comment(say("An editor checks this file after: {command}", command=schema))
    yield from _comment(f"{scheme.id} · {say.name(scheme.title)}")
    if scheme.criteria:
        yield from _comment(
            say(
                "Write for `unknown` points, like 7.93, or one form after “Report”: {value: 97.2%}."
            )
        )
        yield from _comment(
            say("Or not_applicable, or no_evidence (zero points). What stays unknown is not zero.")
        )
    for name, codes in scheme.profiles.items():
        told = ", ".join(codes)
        yield from _comment(
            say("With `profile: {profile}` these do not apply: {codes}", profile=name, codes=told)
        )


def _scores(
    scheme: Scheme, card: Scorecard, of: Collection[str] | None, say: Language
) -> Iterator[str]:
    yield "scores:"
    for _, criterion in scheme.walk():
        yield from _score(scheme, criterion, card, of, say)
    for block in scheme.adjustments:
        if of is None or any(item.code in of for item in block.items):
            yield from _comment(block_line(block, say), "  ")
        if of is not None and any(item.code in of for item in block.items):
            told = say("Take off the # where there is one: what is left out adds nothing.")
            yield from _comment(told, "  ")
        for item in block.items:
            yield from _score(scheme, item, card, of, say)


def _score(
    scheme: Scheme,
    criterion: Criterion,
    card: Scorecard,
    of: Collection[str] | None,
    say: Language,
) -> Iterator[str]:
    """The comments of a criterion, and its score; that of a leaf may be not yet known."""
    if of is not None and not any(each.code in of for _, each in criterion.walk()):
        return
    for line in criterion_lines(criterion, say):
        yield from _comment(line, "  ")
    if criterion.code in card.scores:
        text = write_score(criterion.code, card.scores[criterion.code])
        yield from (f"  {line}" for line in text.splitlines())
    elif not criterion.children:
        left_out = of is not None and criterion.code in scheme.items  # then it adds nothing
        yield f'  {"# " if left_out else ""}"{criterion.code}": unknown'


def _total(scheme: Scheme, say: Language) -> Iterator[str]:
    yield from _comment(f"{say('Total')}: {maximum_text(scheme.max, say)}")
    yield "total:"
    yield from _comment(say("Where only printed figures are known, instead of the total:"))
    yield "# published: {index: 78.35, rank: 24, of: 63}"


def _parts(scheme: Scheme, say: Language) -> Iterator[str]:
    """The partitions as comments: most units have scores or parts, not both."""
    if not scheme.partitions:
        return
    yield from _comment(say("Where points of parts are known, take off the # and fill in:"))
    yield "# parts:"
    for name, parts in scheme.partitions.items():
        yield f"#   {name}:"
        for part in parts:
            yield f"#     {part.id}: # {visible(_part(part, say))}"


def _part(part: Part, say: Language) -> str:
    name = f"{say.name(part.name)}: " if part.name else ""
    return f"{name}{maximum_text(part.max, say)}"


def _comment(text: str, indent: str = "") -> list[str]:
    """Text as comment lines; whatever is in it, none of it gets out of the comment."""
    return [f"{indent}# {line}" for line in wrap(visible(text), _WIDTH)]
