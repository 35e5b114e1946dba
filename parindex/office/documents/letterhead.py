"""Letterheads in YAML: the text block of Decree 30/2020 that an office puts on its documents."""

from typing import Annotated, Final

from pydantic import Field

from parindex.office.reports.blocks import Letterhead
from parindex.reading.documents import documents, only, read_whole
from parindex.values.fields import DateField, Frozen, Text

_MOST_RECIPIENTS: Final = 50


class LetterheadForm(Frozen):
    """A letterhead as it stands in a file; what is left out is filled in by hand.

    `superior` is the body above the `issuer`. `number` is the number with its
    signs, as 12/BC-SNV. `authority` is for whom is signed (TM., KT., TL.) and
    `signer_title` the office that the `signer` holds.
    """

    superior: Text | None = None
    issuer: Text | None = None
    number: Text | None = None
    place: Text | None = None
    date: DateField | None = None
    authority: Text | None = None
    signer_title: Text | None = None
    signer: Text | None = None
    recipients: Annotated[tuple[Text, ...], Field(max_length=_MOST_RECIPIENTS)] = ()

    def letterhead(self) -> Letterhead:
        """The same as documents take it."""
        fields = {name: getattr(self, name) for name in type(self).model_fields}
        return Letterhead(**{**fields, "date": self.date.isoformat() if self.date else None})


def read_letterhead(file: str) -> Letterhead:
    """The letterhead of a file in YAML or JSON.

    Raises:
        InputError: every fault of its form.
    """
    return read_whole(LetterheadForm, only(documents(file))).letterhead()
