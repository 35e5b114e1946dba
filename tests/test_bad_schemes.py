"""Bad schemes: each file has one kind of fault, and all are told with their places."""

import pytest

from tests.support import ROOT, call

BAD = ROOT / "tests" / "bad" / "schemes"
SCHEMES = {
    "above-maximum.yaml": [
        "11:50: P306 1: the rule gives points outside 0…maximum (found: 2.5; expected: 0…2)"
    ],
    "adjustment-item.yaml": [
        "10:10: P309 bonus: the threshold lies outside what is possible (found: 0)",
        "12:9: P109 1: a field is missing (expected: max)",
        "12:16: P301 1: this code stands twice",
        "12:46: P108 1: this field does not belong here (found: requires)",
    ],
    "adjustment-kind.yaml": [
        "8:23: P110 adjustments.kind: the value is not of the kind expected (found: gift; expected: bonus | penalty)"
    ],
    "adjustment-rule.yaml": [
        "11:68: P306 P: the rule gives points outside 0…maximum (found: 2; expected: 0…1)"
    ],
    "checklist-all-with-points.yaml": [
        "11:55: P310 1: these two parameters exclude each other (found: all, tasks: 1; expected: all / points)",
        "11:66: P310 1: these two parameters exclude each other (found: all, budget: 1; expected: all / points)",
    ],
    "checklist-sum.yaml": [
        "11:36: P306 1: the rule gives points outside 0…maximum (found: 2.5; expected: 2)"
    ],
    "checklist-twice.yaml": [
        "11:47: P107 criteria.rule.checklist.items: this key stands twice (found: tasks)"
    ],
    "checklist-without-points.yaml": [
        "11:36: P109 1: a field is missing (expected: points)",
        "11:36: P109 1: a field is missing (expected: points)",
    ],
    "count-too-much.yaml": [
        "11:31: P306 1: the rule gives points outside 0…maximum (found: 3; expected: 0…2)"
    ],
    "deadline-day.yaml": [
        "11:33: P110 criteria.rule.deadline.due: the value is not of the kind expected (found: 02-30; expected: a day of the year as month-day, like 12-31, or a date, like 31/12/2018)"
    ],
    "deadline-days.yaml": [
        "11:77: P309 1: the threshold lies outside what is possible (found: 4000000; expected: 1, 2, 3, … 999999)"
    ],
    "deadline-ladder.yaml": [
        "11:70: P316 1: the rungs of the ladder are out of order (found: 15: 0.5; expected: > 30: < 1)"
    ],
    "deduct-too-fine.yaml": [
        "11:32: P309 1: the threshold lies outside what is possible (found: 0.000001; expected: ≥ 0.00002)"
    ],
    "deduct-too-much.yaml": [
        "11:32: P306 1: the rule gives points outside 0…maximum (found: 2.4; expected: 0…2)"
    ],
    "linear-one-figure.yaml": [
        "11:47: P310 1: these two parameters exclude each other (found: 5, 5; expected: zero_at ≠ full_at)"
    ],
    "band-asked.yaml": [
        "7:5: P312 the bands of a year stand twice, or for a year that is not the scheme's (found: 2024)",
        "8:42: P309 A: the threshold lies outside what is possible (found: 5; expected: 0…4)",
        "8:50: P313 A: this refers to a code or part that the scheme does not have (found: 9)",
        "9:9: P311 B: the bands do not fall from one to the next (found: 90)",
        "9:53: P110 bands.steps.where.1: the value is not of the kind expected (found: many; expected: a number with a decimal point, like 12.5)",
        "10:22: P313 worst_of: this refers to a code or part that the scheme does not have (found: 2)",
        "10:35: P312 the bands of a year stand twice, or for a year that is not the scheme's (found: 2024)",
    ],
    "minimum.yaml": [
        "7:55: P320 1: the rule cannot reach the minimum (found: 0; expected: -1)",
        "8:55: P320 2: the rule cannot reach the minimum (found: -0.5; expected: -1)",
        "9:45: P309 3: the threshold lies outside what is possible (found: 1; expected: ≤ 0)",
        "13:10: P108 4: this field does not belong here (found: min)",
        "14:58: P110 criteria.children.min: the value is not of the kind expected (found: x; expected: a number with a decimal point, like 12.5)",
    ],
    "move-to.yaml": [
        "7:72: P314 1: this leads in a circle back to itself (found: 1)",
        "7:77: P313 1: this refers to a code or part that the scheme does not have (found: 4.1; expected: 2)",
    ],
    "move-to-form.yaml": [
        "7:56: P109 a field is missing (expected: move_to)",
        "7:57: P108 this field does not belong here (found: moves)",
        "8:56: P110 criteria.not_applicable.setting: the value is not of the kind expected (found: full; expected: reduce-maximum | full-points)",
    ],
    "option-name.yaml": [
        "11:46: P110 criteria.rule.choice.options.yes|no.[key]: the value is not of the kind expected (found: yes|no; expected: a short name without | and =)"
    ],
    "option-named.yaml": [
        "11:65: P313 1: this refers to a code or part that the scheme does not have (found: yse; expected: yes, no)"
    ],
    "origin-sums.yaml": [
        "7:44: P302 appraised: the maxima below do not add up to the maximum (found: 1; expected: 1.5)",
        "7:68: P302 survey: the maxima below do not add up to the maximum (found: 1; expected: 0.5)",
    ],
    "origin-unknown.yaml": [
        "9:48: P313 1: this refers to a code or part that the scheme does not have (found: apraised; expected: appraised)"
    ],
    "profile-unknown.yaml": [
        "7:28: P313 no-procedures: this refers to a code or part that the scheme does not have (found: 3)"
    ],
    "ratio-two-ways.yaml": [
        "11:45: P310 1: these two parameters exclude each other (found: floor, target; expected: floor / target)"
    ],
    "requires-circle.yaml": [
        "8:50: P314 1: this leads in a circle back to itself (found: 2)",
        "9:50: P314 2: this leads in a circle back to itself (found: 1)",
    ],
    "requires-itself.yaml": ["8:50: P314 1: this leads in a circle back to itself (found: 1)"],
    "steps-turn.yaml": [
        "11:56: P316 1: the rungs of the ladder are out of order (found: 2; expected: ≤ 1)"
    ],
    "requires-unknown.yaml": [
        "9:50: P313 2: this refers to a code or part that the scheme does not have (found: 11)"
    ],
    "several.json": [
        "/max: P302 the maxima below do not add up to the maximum (found: 2; expected: 3)",
        "/criteria/0/requires: P314 1: this leads in a circle back to itself (found: 2)",
        "/criteria/0/origin: P313 1: this refers to a code or part that the scheme does not have (found: surve; expected: survey)",
        "/criteria/1/requires: P314 2: this leads in a circle back to itself (found: 1)",
        "/criteria/1/rule/steps/1: P315 2: the steps leave a gap above this one (found: 80; expected: to: 90)",
        "/criteria/1/rule/steps/1: P308 2: the steps leave a gap at the bottom (found: 10)",
    ],
    "step-gap-at-bottom.yaml": ["11:57: P308 1: the steps leave a gap at the bottom (found: 70)"],
    "step-gap-at-edge.yaml": [
        "11:57: P315 1: the steps leave a gap above this one (found: 90; expected: to: 90)"
    ],
    "step-gap.yaml": [
        "11:57: P315 1: the steps leave a gap above this one (found: 85; expected: to: 90)"
    ],
    "step-order.yaml": [
        "11:56: P307 1: the steps overlap: this edge is not below the one before (found: 90)"
    ],
    "step-overlap.yaml": [
        "11:56: P307 1: the steps overlap: this edge is not below the one before (found: 95; expected: below: 90)"
    ],
    "step-two-ends.yaml": [
        "11:56: P110 criteria.rule.steps.steps: the value is not of the kind expected (found: to, below; expected: to: 90 | below: 90)"
    ],
    "survey-weights.yaml": [
        "11:35: P305 1: the rule cannot reach the maximum (found: 90%; expected: 100%)"
    ],
    "unreachable.yaml": [
        "11:35: P305 1: the rule cannot reach the maximum (found: 1.5; expected: 2)"
    ],
    "step-with-another-field.yaml": [
        "7:37: P108 this field does not belong here (found: mx; did you mean: max)",
        "12:46: P109 a field is missing (expected: points)",
        "12:57: P108 this field does not belong here (found: point; did you mean: points)",
        "16:26: P108 this field does not belong here (found: pints)",
    ],
    "watch-with-points.yaml": [
        "11:11: P305 1: the rule cannot reach the maximum (found: 0; expected: 2)"
    ],
}
OTHERS = {"sums.yaml", "form.yaml"}  # of several kinds, in test_bad_input


class TestSchemes:
    """A scheme that is not sound is refused: gaps, overlaps, sums, circles, codes that lead nowhere."""

    @pytest.mark.parametrize(("name", "lines"), SCHEMES.items())
    def test_file(self, name: str, lines: list[str]) -> None:
        file = str(BAD / name)
        ran = call("schemes", "show", file)
        assert (ran.code, ran.out) == (2, "")
        assert [line.removeprefix(f"{file}:") for line in ran.faults] == lines

    @pytest.mark.parametrize("command", [["score"], ["check"], ["target", "--index", "60"]])
    def test_every_command_refuses_what_would_overflow(self, command: list[str]) -> None:
        file, card = str(BAD / "deadline-days.yaml"), "unit: A\nyear: 2024\nscores: {'1': 1}\n"
        ran = call(command[0], "-", "--scheme", file, *command[1:], given=card)
        assert (ran.code, ran.out) == (2, "")
        assert ran.faults == [f"{file}:{SCHEMES['deadline-days.yaml'][0]}"]

    def test_every_file_is_in_the_table(self) -> None:
        assert {file.name for file in BAD.iterdir()} == set(SCHEMES) | OTHERS
