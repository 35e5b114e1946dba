"""Notes on P1xx: files that cannot be read, or not as they stand."""

from typing import Final

from parindex.findings.notes.note import Note
from parindex.findings.system import NOTHING
from parindex.values.language import mark

FILES: Final = {
    "P101": Note(
        mark("Nothing can be said of a file that the system does not hand out."),
        "parindex score nowhere.yaml",
        "",
        NOTHING,
    ),
    "P102": Note(
        mark("Input is bounded, so that no file can use up the memory of a machine."),
        "",
        "",
        {"expected": "≤ 32 MB"},
    ),
    "P103": Note(
        mark("In another encoding the Vietnamese letters would be guessed, and names with them."),
        "unit: S\\xe9c Tr\\xe0ng",
        "",
        {"found": "0xe9"},
    ),
    "P104": Note(
        mark("What stands behind the place named cannot be told apart, so none of it is read."),
        "scores: {1: 7.93",
        "",
        {"cause": "the end of the text", "expected": "every quote and bracket closed"},
    ),
    "P105": Note(
        mark(
            "A value must be seen where it counts; what points elsewhere can also be made endless."
        ),
        "unit: &x Sóc Trăng",
    ),
    "P106": Note(
        mark("Input is bounded in depth and size; real schemes have four levels."),
        "[[[[[[[[[[[[…",
        "",
        {"expected": "≤ 40"},
    ),
    "P107": Note(
        mark(
            "Of two values for one key nobody can say which is meant; most readers take the last."
        ),
        "scores: {1: 7.93, 1: 9.37}",
        "1",
        {"found": "1"},
    ),
    "P108": Note(
        mark("A field that is passed over in silence is a misspelling that nobody notices."),
        "yaer: 2018",
        "",
        {"found": "yaer", "near": "year"},
    ),
    "P109": Note(
        mark("Without it nothing can be computed, and it is not guessed."),
        "year: 2018",
        "",
        {"expected": "unit"},
    ),
    "P110": Note(
        mark(
            "Values are read as the text that stands in the file, and only in forms that are sure."
        ),
        '"1": seven',
        "scores.1.points",
        {"found": "seven", "expected": "12.5 / 12,5 | not_applicable | no_evidence | unknown"},
    ),
    "P111": Note(
        mark("Input is bounded in length; a figure of forty digits is no score."),
        '"1": 1.000000000000000000000000000000000000000000',
        "scores.1.points",
        {"found": "1.000000000000000000… (45)", "expected": "≤ 40"},
    ),
    "P112": Note(
        mark("`1,250` is one and a quarter or one thousand two hundred and fifty: never guessed."),
        "value: 1,250",
        "scores.1.value",
        {"found": "1,250", "expected": "1.250 / 1250"},
    ),
    "P113": Note(mark("An empty file is mostly the wrong one, or one that was not saved.")),
    "P114": Note(
        mark("A result is written whole or not at all."),
        "parindex score a.yaml -o /nowhere/out.csv",
        "",
        NOTHING,
    ),
    "P115": Note(
        mark("Writing would destroy what is being read."),
        "parindex score a.yaml -o a.yaml",
    ),
    "P116": Note(
        mark("In a row with other cells than the heading, figures stand under wrong columns."),
        "X,2018,1",
        "",
        {"found": "3", "expected": "4"},
    ),
    "P117": Note(
        mark("A unit has one year, one scheme and one maximum: rows that differ are of two units."),
        "X,2018,Nhóm 1,1,7 / X,2018,Nhóm 2,2,9",
        "",
        {"found": "X"},
    ),
    "P118": Note(
        mark("A folder without scorecards is mostly the wrong one."),
        "parindex score docs",
    ),
    "P119": Note(
        mark("A name that fits no unit would otherwise give an empty result."),
        'parindex score all.csv --unit "Soc Trag"',
        "",
        {"found": "Soc Trag", "near": "Sóc Trăng"},
    ),
    "P120": Note(
        mark("Of two scorecards of one unit and year only one can hold; both would be counted."),
        "unit: Sóc Trăng",
        "",
        {"other": "a.yaml:1:7", "found": "Sóc Trăng"},
    ),
    "P121": Note(
        mark(
            "A ranking of a folder would lack the unit whose file is not read, and nobody would see it."
        ),
        "",
        "",
        {
            "other": mark("an old Excel workbook (.xls)"),
            "expected": mark(
                "a workbook saved as .xlsx: open it in Excel or LibreOffice and save it so"
            ),
        },
    ),
    "P131": Note(
        mark("Figures are joined by the name of the unit, so that it must be a known one."),
        "parindex data show --unit Saigonn",
        "",
        {"found": "Saigonn"},
    ),
    "P132": Note(
        mark("A province of before July 2025 and the merged one of its name are two units."),
        'parindex data show --unit "Sóc Trăng" --year 2025',
        "",
        {"unit": "Sóc Trăng", "year": "2025", "other": "Cần Thơ"},
    ),
    "P133": Note(
        mark("Regions have other members in other years; it follows from the unit."),
        "region: TN",
        "region",
        {"found": "TN", "expected": "DBSCL"},
    ),
    "P141": Note(
        mark("Only a .docx can be filled in; other kinds carry programs or have another form."),
        "parindex report a.yaml --kind plan --template mau.docm -o plan.docx",
    ),
    "P142": Note(
        mark("A name that is spelt wrong would leave a hole in a letter that is sent out."),
        "{{ isuer }}",
        "",
        {"found": "isuer", "expected": "body, issuer, …"},
    ),
    "P143": Note(
        mark("A letter must not run or fetch anything on the computer of whoever opens it."),
        "",
        "",
        {"found": "attachedTemplate file:///C:/mau.dotm"},
    ),
    "P144": Note(
        mark("A report without its text would go out unnoticed."),
    ),
    "P146": Note(
        mark(
            "A maximum or a choice may have changed, and then what was filled in means something else."
        ),
        "",
        "scheme",
        {"found": "example-departments-2024 81c7b0", "expected": "example-departments-2024 f3f72b"},
    ),
    "P150": Note(
        mark(
            "What a file is stands in its first bytes, whatever its name; another kind is not guessed at."
        ),
        "",
        "",
        {
            "other": mark("an old Excel workbook (.xls)"),
            "expected": mark(
                "a workbook saved as .xlsx: open it in Excel or LibreOffice and save it so"
            ),
        },
    ),
    "P151": Note(
        mark("Who signs a workbook answers for what it shows; a hidden score would count unseen."),
        "",
        "",
        {
            "found": "E",
            "expected": mark("no hidden column with scores: unhide it, or empty it"),
        },
    ),
    "P152": Note(
        mark("Another sheet in its place would be a guess."),
        "",
        "",
        {"found": "Biểu 1", "expected": "Tự đánh giá | Số liệu"},
    ),
    "P153": Note(
        mark("A workbook holds rates and lists beside its table; what is not read is told."),
        "",
        "",
        {"found": "Số liệu"},
    ),
    "P154": Note(
        mark("Such texts show their letters only in a font of their time; read, they are garbage."),
        "",
        "",
        {"found": "Së Y tÕ"},
    ),
    "P155": Note(
        mark("Another table may be that of a second unit, or rates that only look like scores."),
        "",
        "",
        {"found": "Tự đánh giá", "expected": "--sheet 'Tự đánh giá'"},
    ),
}
