"""Years in words."""

from collections.abc import Iterable


def spans(years: Iterable[int]) -> str:
    """Years in a line, those that follow one another as from–to.

    >>> spans([2012, 2013, 2014, 2016])
    '2012–2014, 2016'
    """
    found: list[list[int]] = []
    for year in sorted(set(years)):
        if found and found[-1][-1] == year - 1:
            found[-1].append(year)
        else:
            found.append([year])
    return ", ".join(str(each[0]) if len(each) == 1 else f"{each[0]}–{each[-1]}" for each in found)
