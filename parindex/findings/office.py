"""The findings of documents that are written, of an office's own Word template and of workbooks.

Those of documents and of workbooks to fill in are P14x; those of files of other
kinds, and of what a workbook hides, P15x.
"""

from typing import Final

from parindex.values.finding import Kind
from parindex.values.language import mark

OFFICE: Final = (
    Kind(
        "P141",
        "error",
        mark("this is no Word document that can serve as a template"),
        mark("Open it in Word and save it anew as .docx, not as .dotx, .docm or .doc."),
    ),
    Kind(
        "P142",
        "error",
        mark("the template asks for something that is not known"),
        mark("Correct the placeholder; a placeholder is a name in two pairs of braces."),
    ),
    Kind(
        "P143",
        "error",
        mark("the template holds a program, an object or a link to another file"),
        mark("Take it out, or break the link, and save the template anew as .docx."),
    ),
    Kind(
        "P144",
        "error",
        mark("the template has no paragraph for the text of the report"),
        mark("Write the placeholder into a paragraph of its own, outside tables and headers."),
    ),
    Kind(
        "P145",
        "error",
        mark("the document could not be drawn as PDF"),
        mark("Write it as .docx or .html, and report what was found to the authors."),
    ),
    Kind(
        "P146",
        "error",
        mark("the workbook was made for another scheme, or for this one before it changed"),
        mark(
            "Make a new one with `parindex template` and copy into it what was filled in, "
            "or name with --scheme the scheme that it was made for."
        ),
    ),
    Kind(
        "P150",
        "error",
        mark("the file is {other}"),
        mark("Save it in the form that the message names, or name another file."),
    ),
    Kind(
        "P151",
        "error",
        mark("what counts stands where nobody sees it"),
        mark("Show them, so that whoever looks at the workbook sees what counts, or delete them."),
    ),
    Kind(
        "P152",
        "error",
        mark("the workbook has no sheet of this name with anything in it"),
        mark("Name one of its sheets with --sheet; capitals do not matter."),
    ),
    Kind(
        "P153",
        "info",
        mark("the sheet {found} is no table of scores, and is passed over"),
        mark(
            "If scores stand in it, head its columns as in the template, or tell them with --columns."
        ),
    ),
    Kind(
        "P154",
        "error",
        mark("the texts are of the old encodings TCVN3 or VNI, not Unicode"),
        mark("Convert the texts to Unicode, for instance with UniKey, and save the file."),
    ),
    Kind(
        "P155",
        "info",
        mark("of several sheets with tables one alone can be read as it stands"),
        mark("If it is the one that counts, name it with --sheet; else mend the others."),
    ),
)
