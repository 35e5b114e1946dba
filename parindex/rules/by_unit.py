"""A rule that differs by level, group or profile of the unit."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import islice
from typing import Annotated, ClassVar, Final, Literal

from pydantic import AfterValidator, Field

from parindex.rules.any_rule import OTHERS, AnyRule
from parindex.rules.base import Example, RefusedError, Rule
from parindex.rules.input import Input
from parindex.rules.points import PointsRule
from parindex.rules.setting import Setting
from parindex.values.codes import MISSING_FIELD, PARAMETERS_EXCLUDE, RULE_NEEDS_UNIT
from parindex.values.exact import ZERO
from parindex.values.facts import Fact
from parindex.values.fields import NameText
from parindex.values.fuzzy import fold_name
from parindex.values.language import Language
from parindex.values.levels import level_of

_MOST: Final = 100


class ByUnitRule(Rule):
    """`{kind: by-unit, rules: {province: {…}, commune: {…}, others: {…}}}`: a rule for each kind of unit.

    Keys are levels, groups or profiles; where several are those of a unit, its profile
    goes before its group, and that before its level. Of other kinds any figure may be
    said by unit: `{kind: ratio, target: {province: 20%, district: 50%, commune: 100%}}`.
    """

    example: ClassVar = Example(
        "{kind: ratio, target: {province: 20%, commune: 100%, others: 50%}}", 2, ("value: 15%",)
    )

    kind: Literal["by-unit"]
    rules: dict[Annotated[NameText, AfterValidator(level_of)], AnyRule] = Field(
        description="a rule by level, group or profile; `others` for all that are not named"
    )

    @property
    def _any(self) -> Rule:
        """One of them, for what all of them have in common."""
        return next(iter(self.rules.values()), PointsRule())

    @property
    def takes(self) -> Input:
        """All of them take the same."""
        return self._any.takes

    @property
    def is_plain(self) -> bool:
        """The points hang on the unit."""
        return False

    @property
    def needs(self) -> tuple[str, ...]:
        """What any of them needs."""
        return tuple(dict.fromkeys(code for rule in self.rules.values() for code in rule.needs))

    @property
    def has_standard(self) -> bool:
        """Whether all of them set a standard."""
        return bool(self.rules) and all(rule.has_standard for rule in self.rules.values())

    @property
    def units(self) -> tuple[str, ...]:
        """The levels, groups and profiles that are named."""
        return tuple(each for each in self.rules if each != OTHERS)

    @property
    def is_relative(self) -> bool:
        """Whether any of them is."""
        return any(rule.is_relative for rule in self.rules.values())

    @property
    def gives_rate(self) -> bool:
        """Whether all of them go by a rate."""
        return all(rule.gives_rate for rule in self.rules.values())

    def named(self, say: Language) -> Mapping[str, str]:
        """The options or figures of all of them."""
        found = (rule.named(say) for rule in reversed(self.rules.values()))
        return {id_: name for each in found for id_, name in each.items()}

    def meant(self, fact: Fact) -> Fact:
        """As the first of them that knows what is said."""
        return next(
            filter(lambda each: each != fact, (r.meant(fact) for r in self.rules.values())), fact
        )

    def with_lowest(self, lowest: Fraction) -> Rule:
        """All of them with the same lowest points."""
        rules = {unit: rule.with_lowest(lowest) for unit, rule in self.rules.items()}
        return self.model_copy(update={"rules": rules})

    def fewest(self, maximum: Fraction) -> Fraction:
        """Those of the one that goes lowest."""
        return min((rule.fewest(maximum) for rule in self.rules.values()), default=ZERO)

    def for_unit(self, setting: Setting) -> Rule:
        """The rule of the unit; itself, which gives no points, where there is none for it."""
        rule = self._of(setting)
        return self if rule is None else rule.for_unit(setting)

    def _of(self, setting: Setting) -> Rule | None:
        by_name = {fold_name(unit): rule for unit, rule in self.rules.items()}
        for name in (setting.profile, setting.group, setting.level, OTHERS):
            if name is not None and fold_name(name) in by_name:
                return by_name[fold_name(name)]
        return None

    def proof(self, maximum: Fraction) -> Iterator[RefusedError]:
        """Each of them is sound, and all take the same kind of input."""
        if not self.rules:
            yield RefusedError(MISSING_FIELD, ("rules",), expected="rules")
            return
        fields = {unit: rule.takes.field for unit, rule in self.rules.items()}
        first, *others = fields.items()
        for unit, field in others:
            if field != first[1]:
                found, expected = f"{unit}: {field}", f"{first[0]}: {first[1]}"
                path = ("rules", unit)
                yield RefusedError(PARAMETERS_EXCLUDE, path, found=found, expected=expected)
        for unit, rule in self.rules.items():
            for refused in rule.proof(maximum):
                where = ("rules", unit, *refused.path)
                yield RefusedError(refused.code, where, **refused.parameters)

    def points(self, fact: Fact, maximum: Fraction) -> Fraction:
        """None: which of the rules holds is not known."""
        self._any.points(fact, maximum)  # which may refuse it, whatever the unit
        raise RefusedError(RULE_NEEDS_UNIT, expected=", ".join(islice(self.rules, _MOST)))

    def working(self, fact: Fact, maximum: Fraction, say: Language) -> str:
        """None, as for the points."""
        self.points(fact, maximum)
        return self.in_words(maximum, say)

    def in_words(self, maximum: Fraction, say: Language) -> str:
        """Each of them."""
        told = (
            f"{say('all others') if unit == OTHERS else say(unit)}: {rule.in_words(maximum, say)}"
            for unit, rule in self.rules.items()
        )
        return " ".join(told)
