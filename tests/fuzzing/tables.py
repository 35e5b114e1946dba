"""CSV and TSV: rows, columns and cells dropped, doubled, swapped, split or put in other words."""

import csv
from io import StringIO
from random import Random

from tests.fuzzing.texts import changes, lines_changed, nasty, token_changed


def table_changed(random: Random, data: bytes) -> str:
    """A table with a few changes, with its own separator or another one."""
    text = data.decode("utf-8-sig")
    dialect = ";" if text.split("\n", 1)[0].count(";") else ","
    rows = [*csv.reader(StringIO(text), delimiter=dialect)][:60]
    for _ in range(changes(random)):
        if rows:
            _change(random, rows)
    separator = random.choice((dialect,) * 9 + (",", ";", "\t", "|"))
    text = _written(random, rows, separator)
    if random.randrange(10):
        return text
    return random.choice((token_changed, lines_changed))(random, text)


def _written(random: Random, rows: list[list[str]], separator: str) -> str:
    if not random.randrange(20):  # quotes are left out, as programs do that know nothing of them
        return "\n".join(separator.join(row) for row in rows)
    stream = StringIO()
    if random.randrange(2):
        csv.writer(stream, delimiter=separator, quoting=csv.QUOTE_ALL).writerows(rows)
    else:
        csv.writer(stream, delimiter=separator).writerows(rows)
    return stream.getvalue()


def _change(random: Random, rows: list[list[str]]) -> None:
    one, other = random.randrange(len(rows)), random.randrange(len(rows))
    row = rows[one] or [""]
    cell = random.randrange(len(row))
    match random.randrange(14):
        case 0:
            del rows[one]
        case 1:
            rows[other:other] = [row] * random.choice((1, 1, 3, 30))
        case 2:
            rows[one], rows[other] = rows[other], row
        case 3:
            rows[one] = [*row[:cell], *row[cell + 1 :]]
        case 4:
            rows[:] = [[*each[:cell], nasty(random), *each[cell:]] for each in rows]
        case 5:
            rows[0] = [*rows[0][:cell], nasty(random), *rows[0][cell + 1 :]]
        case 6:
            rows[one] = [*row, *[nasty(random)[:1_000]] * random.choice((1, 40, 3_000))]
        case _:
            rows[one] = [*row[:cell], nasty(random), *row[cell + 1 :]]
