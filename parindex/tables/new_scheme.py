"""A small scheme to start from: YAML with comments, which passes `check`."""

from collections.abc import Mapping
from textwrap import wrap
from typing import Final

from parindex.values.language import N_, Language

_WIDTH: Final = 98
_SCHEME: Final = """\
# yaml-language-server: $schema=scheme.schema.json
@1
id: {id}
title: {title}
years: [2025]
level: department
max: 10
@2
bands:
  - steps: [{{name: A, from: 90}}, {{name: B, from: 80}}, {{name: C, from: 0}}]
@3
criteria:
  - code: "1"
    name: {area}
    max: 4
    lead: {office}
    children:
      @4
      - code: "1.1"
        name: {plan}
        max: 1
        guidance: {guidance}
        documents: {documents}
        rule: {{kind: choice, options: {{{choice}}}}}
      @5
      - code: "1.2"
        name: {tasks}
        max: 3
        rule:
          kind: steps
          steps: [{{above: 90, points: 3}}, {{from: 70, points: 1.5}}, {{from: 0, points: 0}}]
  - code: "2"
    name: {other}
    max: 6
    children:
      @6
      - code: "2.1"
        name: {dossiers}
        max: 3
        rule: {{kind: ratio, floor: 80%}}
      @7
      - code: "2.2"
        name: {reports}
        max: 2
        rule: {{kind: deduct, step: 0.5}}
      @8
      - code: "2.3"
        name: {judged}
        max: 1
"""
_COMMENTS: Final = {
    "@1": N_(
        "A scheme to start from: change what stands here, then run: parindex check FILE. "
        "All kinds of rules: parindex schema scheme, docs/reference/rules.md."
    ),
    "@2": N_("Bands from the top, by the index in percent; without them units are only ranked."),
    "@3": N_(
        "Areas, criteria and sub-criteria: the maxima of what is below add up to the one above. "
        "Codes are in quotes. Add `label` where the decision prints another number."
    ),
    "@4": N_(
        "One of several options; the best gives the maximum. Guidance is the decision's text."
    ),
    "@5": N_("Steps of a rate, from the highest: `above` is over it, `from` is it and over."),
    "@6": N_(
        "Rate × maximum; below the floor nothing. `target: 80%` gives the maximum from there on."
    ),
    "@7": N_("Each case takes so many points off."),
    "@8": N_("Without a rule somebody gives the points, from 0 to the maximum."),
}
_TEXTS: Final = {
    "id": N_("my-departments-2025"),
    "title": N_("Reform index of the departments of the province"),
    "area": N_("Steering and direction"),
    "office": N_("Office of the Department"),
    "plan": N_("Plan of the year issued"),
    "guidance": N_("In time full points, late half of them, not issued none"),
    "documents": N_("The plan, with its number and date"),
    "choice": N_("in time: 1, late: 0.5, not issued: 0"),
    "tasks": N_("Tasks of the plan carried out"),
    "other": N_("Administrative procedures"),
    "dossiers": N_("Dossiers settled in time"),
    "reports": N_("Reports sent late"),
    "judged": N_("Initiatives"),
}


def new_scheme(say: Language) -> str:
    """The file, with comments and names in the language of the reader."""
    texts = {name: say(message) for name, message in _TEXTS.items()}
    return "\n".join(_line(line, texts, say) for line in _SCHEME.split("\n"))


def _line(line: str, texts: Mapping[str, str], say: Language) -> str:
    """A line with its texts; one that is the name of a comment becomes that comment."""
    message = _COMMENTS.get(line.strip())
    if message is None:
        return line.format(**texts)
    indent = " " * line.index("@")
    return "\n".join(f"{indent}# {each}" for each in wrap(say(message), _WIDTH - len(indent)))
