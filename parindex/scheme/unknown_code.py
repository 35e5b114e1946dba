"""What is said of a code that a scheme does not have: the code that is meant, or those there are."""

from typing import Final

from parindex.scheme.scheme import Scheme
from parindex.values.fuzzy import suggest

_MOST: Final = 12
"""Codes that are named at the most."""
_ALIKE: Final = str.maketrans("lIiOo,", "11100.")
"""Letters that are typed for digits, and a comma for a full stop."""


def told_of(scheme: Scheme, code: str, *, near: bool = True) -> dict[str, str]:
    """The values of a finding P201.

    Args:
        scheme: the scheme.
        code: the code that it does not have.
        near: whether codes like it are looked for, which takes time.
    """
    told = {"scheme": scheme.id, "found": code}
    typed = code.translate(_ALIKE)
    if typed in scheme.by_code:
        return {**told, "near": typed}
    if near and (alike := suggest(code, scheme.by_code)):
        return {**told, "near": alike}
    codes = _beside(scheme, code)
    more = " | …" if len(codes) > _MOST else ""
    return {**told, "expected": " | ".join(codes[:_MOST]) + more} if codes else told


def _beside(scheme: Scheme, code: str) -> list[str]:
    """The codes below the deepest criterion that the code names, else beside it; or the areas."""
    above = code
    while above and above not in scheme.by_code:
        above = above.rpartition(".")[0]
    if not above:
        return [area.code for area in scheme.criteria]
    below = scheme.by_code[above].children
    if not below:
        lineage = scheme.lineage(above)
        below = lineage[1].children if len(lineage) > 1 else tuple(scheme.criteria)
    return [each.code for each in below]
