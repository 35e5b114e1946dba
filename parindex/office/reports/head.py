"""The words of the text block that Decree 30/2020 puts around a document.

What the letterhead leaves open is dots, to be filled in by hand.
"""

from datetime import date

from msgspec import Struct

from parindex.office.reports.blocks import Report
from parindex.values.language import Language, language

DOTS = "…………………………"
_ROOM = "\u00a0" * 10
_SHORT = {"BÁO CÁO": "BC", "KẾ HOẠCH": "KH", "REPORT": "BC", "PLAN": "KH"}
"""What the number of a document says of its kind (Decree 30/2020, annex III)."""


class Head(Struct, frozen=True):
    """The block line by line: issuer and state above, recipients and signature below.

    `superior` and `authority` are empty where the issuer stands alone.
    """

    superior: str
    issuer: str
    country: str
    motto: str
    number: str
    dated: str
    name: str
    title: str
    recipients_title: str
    recipients: tuple[str, ...]
    authority: str
    signer_title: str
    signer: str


def head_of(report: Report) -> Head:
    """The block of this report, in its language."""
    say, letter = language(report.lang), report.letterhead
    number = letter.number or f"{_ROOM}/{_SHORT.get(report.name, '…')}-…"
    *others, last = letter.recipients or (DOTS, say("On file"))
    return Head(
        superior=letter.superior or "",
        issuer=letter.issuer or DOTS,
        country=say("THE SOCIALIST REPUBLIC OF VIET NAM"),
        motto=say("Independence - Freedom - Happiness"),
        number=say("No.: {number}", number=number),
        dated=_dated(letter.place, letter.date, say),
        name=report.name,
        title=report.title,
        recipients_title=say("Copies to:"),
        recipients=(*(f"- {each};" for each in others), f"- {last}."),
        authority=letter.authority or "",
        signer_title=letter.signer_title or DOTS,
        signer=letter.signer or DOTS,
    )


def _dated(place: str | None, day: date | None, say: Language) -> str:
    """Place and date in words, as the decree writes them."""
    where = place or "………………"
    if day is None:
        return say("{place}, day … month … year …", place=where)
    return say(
        "{place}, {year}-{month}-{day}",
        place=where,
        day=f"{day.day:02}",
        month=f"{day.month:02}" if day.month <= 2 else str(day.month),  # noqa: PLR2004 - the decree writes 01 and 02
        year=str(day.year),
    )
