"""An office's own Word template: filled in where it is sound, and refused where it would act."""

import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest

from parindex.findings import InputError
from parindex.office.documents.docx import render_docx
from parindex.office.reports.blocks import Letterhead, Paragraph, Report
from tests.docx_support import body, changed, packed, paragraphs, parts
from tests.report_support import HOSTILE, drawn_once, sample
from tests.support import ROOT


@pytest.fixture(scope="module", autouse=True)
def once() -> Iterator[None]:
    """Templates differ in what stands around a chart, which is drawn once."""
    with drawn_once():
        yield


OWN = (ROOT / "parindex/office/documents/templates/report.docx").read_bytes()
DOCUMENT, TYPES = "word/document.xml", "[Content_Types].xml"
RELATIONS = "word/_rels/document.xml.rels"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PLAIN = Report("vi", "BÁO CÁO", "Thử", (Paragraph("Một."),), Letterhead(issuer="SỞ VÍ DỤ"))


PARAGRAPH = f'<w:p w:rsidR="{"0" * 1000}"/>'


def by_hand(*texts: str) -> bytes:
    """A template as an office makes it in Word: a few paragraphs, and its own styles."""
    import docx

    document = docx.Document()
    for text in texts:
        document.add_paragraph(text)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def rendered(data: bytes, folder: Path, report: Report = PLAIN) -> bytes:
    """The report in this template."""
    file = folder / "mẫu.docx"
    file.write_bytes(data)
    return render_docx(report, file)


def told(data: bytes, folder: Path) -> list[tuple[str, str]]:
    """Code and what was found of each fault of a template."""
    with pytest.raises(InputError) as caught:
        rendered(data, folder)
    found = caught.value.findings
    assert all(each.place and each.place.file.endswith("mẫu.docx") for each in found)
    return [(each.code, each.parameters.get("found", "")) for each in found]


class TestOwn:
    """Placeholders are filled in where they stand; styles that are missing are lent."""

    def test_placeholders(self, tmp_path: Path) -> None:
        template = by_hand(
            "{{ issuer }} – {{ name }}: {{ title }}",
            "{%p if authority %}",
            "không",
            "{%p endif %}",
            "{{p body }}",
            "{% for each in recipients %}[{{ each }}]{% endfor %}",
        )
        assert paragraphs(rendered(template, tmp_path)) == [
            "SỞ VÍ DỤ – BÁO CÁO: Thử",
            "Một.",
            "[- …………………………;][- Lưu: VT.]",
        ]

    @pytest.mark.parametrize("place", ["{{p body }}", "{{ body }}", "{{body}}"])
    def test_the_text_with_all_its_blocks(self, place: str, tmp_path: Path) -> None:
        data = rendered(by_hand("Trước", place, "Sau"), tmp_path, sample(texts=HOSTILE))
        found = paragraphs(data)
        assert found[0] == "Trước"
        assert found[-1] == "Sau"
        assert any(each.startswith("Phụ lục.") for each in found)  # no place of its own
        assert found.count(HOSTILE[0]) == 4

    def test_texts_are_no_placeholders(self, tmp_path: Path) -> None:
        text = "{{ title }} {% if 1 %} {_{ }_} &lt; <w:p/>"
        report = Report("vi", text, text, (Paragraph(text),), Letterhead(issuer=text))
        found = paragraphs(rendered(by_hand("{{ issuer }}", "{{p body }}"), tmp_path, report))
        assert found == [text, text]

    def test_of_web_addresses_the_text_stays(self, tmp_path: Path) -> None:
        link = f'<Relationship Id="x1" Type="{OFFICE}/hyperlink" Target="mailto:a@example.invalid" TargetMode="External"/>'
        shown = '<w:hyperlink r:id="x1"><w:r><w:t>a@example.invalid</w:t></w:r></w:hyperlink>'
        template = changed(changed(OWN, _related(link), RELATIONS), in_paragraph(shown))
        made = rendered(template, tmp_path)
        assert "a@example.invalid" in paragraphs(made)
        assert b"mailto" not in b"".join(parts(made).values())

    def test_a_page_without_size(self, tmp_path: Path) -> None:
        template = changed(by_hand("{{p body }}"), lambda xml: _cut(xml, "<w:pgSz", "<w:cols"))
        data = rendered(template, tmp_path, sample())
        assert len(list(body(data).iter())) > 100


def _related(relation: str) -> Callable[[str], str]:
    return lambda xml: xml.replace("</Relationships>", f"{relation}</Relationships>")


def _cut(xml: str, start: str, end: str) -> str:
    return xml[: xml.index(start)] + xml[xml.index(end) :]


def _external(kind: str, target: str) -> bytes:
    relation = (
        f'<Relationship Id="x1" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="External"/>'
    )
    return changed(OWN, _related(relation), RELATIONS)


def _field(code: str) -> bytes:
    return changed(
        OWN,
        lambda xml: xml.replace(
            "</w:body>", f'<w:p><w:fldSimple w:instr="{code}"/></w:p></w:body>'
        ),
    )


def _type(kind: str) -> bytes:
    return changed(OWN, lambda xml: xml.replace("document.main+xml", kind), TYPES)


def _bomb() -> bytes:
    bomb = {**parts(OWN), "word/media/image9.png": bytes(80 * 1024 * 1024)}
    return packed(bomb)


ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
REFUSED: dict[str, tuple[bytes, list[tuple[str, str]]]] = {
    "not a zip": (b"just text", [("P104", "")]),
    "a password": (b"\xd0\xcf\x11\xe0", [("P150", "")]),
    "an empty zip": (packed({}), [("P141", "")]),
    "a workbook": (packed({TYPES: b"<Types/>", "xl/workbook.xml": b"<a/>"}), [("P141", "")]),
    "no text": (packed({**parts(OWN), DOCUMENT: b"<a/>"}), [("P141", "")]),
    "broken xml": (changed(OWN, lambda xml: xml[:-40]), [("P104", "")]),
    "entities": (changed(OWN, lambda xml: xml.replace("?>", f"?>{ENTITIES}", 1)), [("P104", "")]),
    "a bomb": (_bomb(), [("P106", "")]),
    "too much text": (
        changed(OWN, lambda xml: xml.replace("<w:body>", "<w:body>" + PARAGRAPH * 5_000)),
        [("P106", "")],
    ),
    "a million braces": (
        changed(OWN, lambda xml: xml.replace("{{p body }}", "{{p body }}" * 5000)),
        [("P106", "")],
    ),
    "a .dotx": (_type("template.main+xml"), [("P141", "template.main+xml")]),
    "macros": (
        packed({**parts(_type("document.macroEnabled.main+xml")), "word/vbaProject.bin": b"x"}),
        [("P143", "")],
    ),
    "a picture elsewhere": (
        _external("image", "http://example.invalid/a.png"),
        [("P143", "image http://example.invalid/a.png")],
    ),
    "a template elsewhere": (
        _external("attachedTemplate", "file:///C:/a.dotm"),
        [("P143", "attachedTemplate file:///C:/a.dotm")],
    ),
    "a link to a program": (
        _external("hyperlink", "file:///C:/a.exe"),
        [("P143", "hyperlink file:///C:/a.exe")],
    ),
    "a field that runs": (_field("DDEAUTO c:\\\\cmd.exe"), [("P143", "DDEAUTO c:\\\\cmd.exe")]),
    "a field that fetches": (_field('INCLUDETEXT "a"'.replace('"', "&quot;")), [("P143", "")]),
    "an unknown placeholder": (
        by_hand("{{ isuer }} {{ tittle }}", "{{p body }}"),
        [("P142", "{{ isuer }}"), ("P142", "{{ tittle }}")],
    ),
    "no place for the text": (by_hand("{{ issuer }}"), [("P144", "")]),
    "an open brace": (by_hand("{{ issuer", "{{p body }}"), [("P142", "")]),
    "an open condition": (by_hand("{% if issuer %}", "{{p body }}"), [("P142", "")]),
    "python": (
        by_hand("{{ issuer.__class__.__mro__ }}", "{{p body }}"),
        [("P142", "{{ issuer.__class__.__mro__ }}")],
    ),
    "arithmetic": (by_hand("{{ 9 ** 9 ** 9 }}", "{{p body }}"), [("P142", "{{ 9 ** 9 ** 9 }}")]),
    "a call": (by_hand("{{ range(9) }}", "{{p body }}"), [("P142", "{{ range(9) }}")]),
    "a filter": (by_hand("{{ issuer|upper }}", "{{p body }}"), [("P142", "")]),
    "a loop in a loop": (
        by_hand(
            "{% for a in recipients %}{% for b in recipients %}x{% endfor %}{% endfor %}",
            "{{p body }}",
        ),
        [("P142", "")],
    ),
    "another file": (by_hand("{% include 'a' %}", "{{p body }}"), [("P142", "")]),
}


def in_paragraph(xml: str) -> Callable[[str], str]:
    """Puts XML into a paragraph of its own before the first one."""
    return lambda text: text.replace("<w:body>", f"<w:body><w:p>{xml}</w:p>", 1)


TEXT = "{{ nobody_knows }} {% for"
UNSEEN = {
    "deleted": f'<w:del w:id="1" w:author="A"><w:r><w:delText>{TEXT}</w:delText></w:r></w:del>',
    "deleted in pieces": (
        '<w:del w:id="1" w:author="A"><w:r><w:delText>{{ nobody</w:delText></w:r></w:del>'
        '<w:del w:id="2" w:author="B"><w:r><w:delText>_knows }}</w:delText></w:r></w:del>'
    ),
    "moved away": f'<w:moveFrom w:id="1" w:author="A"><w:r><w:t>{TEXT}</w:t></w:r></w:moveFrom>',
    "hidden": f"<w:r><w:rPr><w:vanish/></w:rPr><w:t>{TEXT}</w:t></w:r>",
}


class TestUnseen:
    """What is no part of the document asks for nothing, and stays as it was."""

    @pytest.mark.parametrize("what", UNSEEN)
    def test_in_the_text(self, what: str, tmp_path: Path) -> None:
        template = changed(by_hand("{{ issuer }}", "{{p body }}"), in_paragraph(UNSEEN[what]))
        made = rendered(template, tmp_path)
        assert [text for text in paragraphs(made) if text][-2:] == ["SỞ VÍ DỤ", "Một."]
        assert "nobody" in parts(made)[DOCUMENT].decode()
        assert "{{ nobody" in parts(made)[DOCUMENT].decode()

    def test_in_a_header(self, tmp_path: Path) -> None:
        import docx

        document = docx.Document(BytesIO(by_hand("{{p body }}")))
        document.sections[0].header.paragraphs[0].text = "{{ issuer }}"
        stream = BytesIO()
        document.save(stream)
        name = next(each for each in parts(stream.getvalue()) if each.startswith("word/header"))
        deleted = f"<w:p>{UNSEEN['deleted']}</w:p>"
        template = changed(
            stream.getvalue(), lambda xml: xml.replace("<w:p>", f"{deleted}<w:p>", 1), name
        )
        header = parts(rendered(template, tmp_path))[name].decode()
        assert "SỞ VÍ DỤ" in header
        assert TEXT in header

    def test_what_was_put_in_or_is_shown_asks(self, tmp_path: Path) -> None:
        for xml in (
            '<w:ins w:id="1" w:author="A"><w:r><w:t>{{ nobody }}</w:t></w:r></w:ins>',
            '<w:moveTo w:id="1" w:author="A"><w:r><w:t>{{ nobody }}</w:t></w:r></w:moveTo>',
            '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>{{ nobody }}</w:t></w:r>',
        ):
            template = changed(by_hand("{{p body }}"), in_paragraph(xml))
            assert told(template, tmp_path) == [("P142", "{{ nobody }}")]

    def test_in_a_comment(self, tmp_path: Path) -> None:
        """The part of comments is written by hand: not every python-docx can."""
        held = parts(by_hand("{{ issuer }}", "{{p body }}"))
        name, kind = "word/comments.xml", "wordprocessingml.comments+xml"
        words = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        inside = (
            f'<w:comment w:id="0" w:author="A"><w:p><w:r><w:t>{TEXT}</w:t></w:r></w:p></w:comment>'
        )
        held[name] = f'<w:comments xmlns:w="{words}">{inside}</w:comments>'.encode()
        relations = "word/_rels/document.xml.rels"
        of_comments = f'<Relationship Id="rIdC" Type="{OFFICE}/comments" Target="comments.xml"/>'
        put_before(held, relations, "</Relationships>", of_comments)
        full = f"application/vnd.openxmlformats-officedocument.{kind}"
        put_before(held, TYPES, "</Types>", f'<Override PartName="/{name}" ContentType="{full}"/>')
        assert paragraphs(rendered(packed(held), tmp_path)) == ["SỞ VÍ DỤ", "Một."]


def put_before(held: dict[str, bytes], part: str, end: str, text: str) -> None:
    """Put a text before the end of a part."""
    held[part] = held[part].decode().replace(end, text + end).encode()


class TestRefused:
    """What is no template, is broken or would act is refused by what is wrong with it."""

    @pytest.mark.parametrize("name", REFUSED)
    def test_refused(self, name: str, tmp_path: Path) -> None:
        data, expected = REFUSED[name]
        found = told(data, tmp_path)
        assert [code for code, _ in found][: len(expected)] == [code for code, _ in expected]
        for (_, text), (_, wanted) in zip(found, expected, strict=False):
            assert text.endswith(wanted)

    def test_the_text_in_a_table(self, tmp_path: Path) -> None:
        """Sections cannot be opened in a table, so the text cannot stand there."""
        import docx

        document = docx.Document()
        document.add_table(1, 1).cell(0, 0).text = "{{p body }}"
        stream = BytesIO()
        document.save(stream)
        assert told(stream.getvalue(), tmp_path) == [("P144", "")]

    def test_two_parts_of_one_name(self, tmp_path: Path) -> None:
        """What was looked at must be what is opened."""
        stream = BytesIO(OWN)
        with zipfile.ZipFile(stream, "a") as package:
            package.writestr("word/DOCUMENT.xml", "<a/>")
        assert told(stream.getvalue(), tmp_path)[0][0] == "P107"

    def test_there_is_none(self, tmp_path: Path) -> None:
        with pytest.raises(InputError, match="P101"):
            render_docx(PLAIN, tmp_path / "none.docx")

    def test_a_fault_of_our_own_is_no_fault_of_a_template(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        def fail(*_: object) -> None:
            raise KeyError("x")

        monkeypatch.setattr("parindex.office.documents.docx.filled_in", fail)
        with pytest.raises(KeyError):
            render_docx(PLAIN)
        assert told(OWN, tmp_path) == [("P141", "KeyError")]
