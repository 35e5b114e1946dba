"""What depends on what: an order in which everything comes after what it needs, and circles."""

from collections.abc import Mapping, Sequence


def in_order(needs: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """The names in groups, each after the groups that it needs; a circle is one group.

    Takes time in proportion to the names and needs (Tarjan), however long a
    chain is.

    >>> in_order({"a": ["b"], "b": ["c"], "c": ["b"]})
    [['c', 'b'], ['a']]
    """
    number: dict[str, int] = {}
    lowest: dict[str, int] = {}
    open_: list[str] = []
    is_open: set[str] = set()
    groups: list[list[str]] = []
    for start in needs:
        if start in number:
            continue
        way = [(start, iter(needs[start]))]
        while way:
            name, left = way[-1]
            if name not in number:
                number[name] = lowest[name] = len(number)
                open_.append(name)
                is_open.add(name)
            for other in left:
                if other not in number:
                    way.append((other, iter(needs[other])))
                    break
                if other in is_open:
                    lowest[name] = min(lowest[name], number[other])
            else:
                way.pop()
                if way:
                    above = way[-1][0]
                    lowest[above] = min(lowest[above], lowest[name])
                if lowest[name] == number[name]:
                    groups.append(_closed(name, open_, is_open))
    return groups


def _closed(name: str, open_: list[str], is_open: set[str]) -> list[str]:
    """Take the group of a name, which is the last of those still open."""
    at = open_.index(name) if open_[-1] != name else len(open_) - 1
    group = open_[at:][::-1]
    del open_[at:]
    is_open.difference_update(group)
    return group
