"""Word documents: what Word shows becomes text, what it marks becomes blocks, and files made to do harm are stopped."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from ingest.readers import SourceReader, discover
from ingest.readers.docx import read
from ingest.readers.port import Limits
from kg.errors import UnreadableSourceError
from kg.records import Source
from kg.settings import Settings
from tests.ingest.readers.documents import p, packed, r, word

LIMITS = Limits.of(Settings.model_construct())
STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="Standard"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Kapitel"><w:name w:val="Kapitel"/><w:basedOn w:val="berschrift1"/></w:style>
<w:style w:type="paragraph" w:styleId="Unter"><w:name w:val="Unter"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="a3"><w:name w:val="标题 3"/></w:style>
<w:style w:type="paragraph" w:styleId="Loop"><w:name w:val="Loop"/><w:basedOn w:val="Loop"/></w:style>
<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="Verzeichnis1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Bild"><w:name w:val="caption"/></w:style>
<w:style w:type="paragraph" w:styleId="Punkt"><w:name w:val="List Bullet"/>
  <w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>
"""
NUMBERING = """
<w:abstractNum w:abstractNumId="7">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/></w:lvl>
  <w:lvl w:ilvl="2"><w:start w:val="3"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1.%2.%3"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#61623;"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="7"/>
  <w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
"""


def listed(number: int, level: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def blocks(source: Source) -> list[tuple[str, int, str]]:
    return [(block.kind, block.level, source.text[block.start : block.end]) for block in source.blocks]


def read_word(body: str, **parts: str) -> Source:
    return read(word(body, {"styles": STYLES, "numbering": NUMBERING, **parts}), "plan.docx", LIMITS)


def test_headings_are_told_by_style_through_what_it_is_based_on_and_by_outline_level() -> None:
    body = "".join(
        (
            p("Rural Plan", "Titel"),
            p("Schools", "Kapitel"),
            p("Teachers", "Unter"),
            p("教师", "a3"),
            p("They are few.", "Loop"),
            p("Roads", properties='<w:outlineLvl w:val="3"/>'),
            p("Roads are poor.", "berschrift1", '<w:outlineLvl w:val="9"/>'),
        )
    )
    source = read_word(body)
    assert [(kind, level) for kind, level, _ in blocks(source)] == [
        ("heading", 1),
        ("heading", 1),
        ("heading", 2),
        ("heading", 3),
        ("paragraph", 0),
        ("heading", 4),
        ("paragraph", 0),
    ]
    assert dict(source.facts)["title"] == "Rural Plan"


def test_numbers_of_lists_are_counted_and_stand_before_the_block() -> None:
    body = "".join(
        (
            p("Build schools.", properties=listed(1)),
            p("In villages.", properties=listed(1, 1)),
            p("In towns.", properties=listed(1, 1)),
            p("Deeper.", properties=listed(1, 2)),
            p("Pay teachers.", properties=listed(1)),
            p("In towns too.", properties=listed(1, 1)),
            p("Anew.", properties=listed(3)),
            p("A point.", "Punkt"),
            p("Unlisted.", "Punkt", listed(0)),
        )
    )
    source = read_word(body)
    expected = ["1. B", "(a) ", "(b) ", "1.b.III D", "2. P", "(a) ", "1. A", "• A", "Unl"]
    lines = source.text.split("\n\n")
    assert [line[: len(start)] for line, start in zip(lines, expected, strict=True)] == expected
    assert [kind for kind, _, _ in blocks(source)] == ["item"] * 8 + ["paragraph"]
    assert blocks(source)[3][2] == "Deeper."


def test_changes_are_accepted_and_comments_and_hidden_words_left_out() -> None:
    inserted = f'<w:ins w:id="1">{r("build ")}</w:ins>'
    deleted = '<w:del w:id="2"><w:r><w:delText>close </w:delText></w:r></w:del>'
    moved = f"<w:moveFrom>{r('gone ')}</w:moveFrom><w:moveTo>{r('new ')}</w:moveTo>"
    hidden = r("secret ", "<w:vanish/>")
    comment = '<w:r><w:commentReference w:id="0"/></w:r>'
    link = f"<w:hyperlink>{r('schools')}</w:hyperlink>"
    source = read_word(p(r("We ") + inserted + deleted + moved + hidden + comment + link + r(".")))
    assert source.text == "We build new schools."


def test_a_paragraph_whose_end_is_deleted_goes_on_in_the_next() -> None:
    first = p("The state pays ", properties='<w:rPr><w:del w:id="1"/></w:rPr>')
    assert read_word(first + p("for schools.")).text == "The state pays for schools."
    assert read_word(p("First.") + first).text == "First.\n\nThe state pays"


def test_tables_are_written_row_by_row_and_frames_are_no_tables() -> None:
    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"

    merged = '<w:vMerge w:val="restart"/>'
    table = (
        f"<w:tbl><w:tr>{cell('Goal')}{cell('Year')}</w:tr>"
        f"<w:tr>{cell('Roads', merged)}{cell('2030')}</w:tr>"
        f"<w:tr>{cell('', '<w:vMerge/>')}{cell('2031')}</w:tr></w:tbl>"
    )
    frame = f"<w:tbl><w:tr>{cell('A box says more.')}</w:tr></w:tbl>"
    source = read_word(table + frame)
    assert source.text == "Goal | Year\nRoads | 2030\n2031\n\nA box says more."
    assert [kind for kind, _, _ in blocks(source)] == ["table", "table", "table", "paragraph"]


def test_notes_stand_at_the_end_and_text_boxes_after_their_paragraph() -> None:
    note = f'<w:footnote w:id="2">{p("See the budget.")}</w:footnote><w:footnote w:id="0" w:type="separator"/>'
    refer = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    box = f"<w:r><w:pict><w:txbxContent>{p('In brief.')}</w:txbxContent></w:pict></w:r>"
    source = read_word(p(r("Costs rise") + refer + r(".") + box) + p("End."), footnotes=note)
    assert source.text == "Costs rise[1].\n\nIn brief.\n\nEnd.\n\n[1] See the budget."
    assert blocks(source)[-1] == ("footnote", 0, "See the budget.")


def test_tables_of_contents_are_no_prose() -> None:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    code = '<w:r><w:instrText> TOC \\o "1-3" </w:instrText></w:r>'
    body = (
        p(mark("begin") + code + mark("separate") + r("Schools 3"))
        + p("Roads 9")
        + p(mark("end") + r(""))
        + p("Bridges 12", "Verzeichnis1")
        + p("Contents")
        + p("Rivers and lakes 14")
        + p("Schools", "berschrift1")
        + p(mark("begin") + "<w:r><w:instrText> PAGE </w:instrText></w:r>" + mark("separate") + r("They are poor."))
    )
    kinds = [(kind, text) for kind, _, text in blocks(read_word(body))]
    assert kinds[:5] == [("meta", text) for text in ("Schools 3", "Roads 9", "Bridges 12", "Contents", kinds[4][1])]
    assert kinds[5:] == [("heading", "Schools"), ("paragraph", "They are poor.")]


def test_properties_are_facts_where_a_person_entered_them() -> None:
    core = (
        "<dc:title>Rural Plan</dc:title><dc:creator>Ana Lima</dc:creator><dc:language>pt-BR</dc:language>"
        "<dcterms:created>2021-03-04T00:00:00Z</dcterms:created>"
    )
    assert dict(read(word(p("x"), core=core), "a.docx", LIMITS).facts) == {
        "title": "Rural Plan",
        "authors": "Ana Lima",
        "language": "pt-BR",
        "year": "2021",
    }
    machine = "<dc:title>Microsoft Word - a.doc</dc:title><dc:creator>Windows User</dc:creator>"
    assert read(word(p("x"), core=machine), "a.docx", LIMITS).facts == ()


def test_the_largest_words_before_the_first_heading_are_the_title_where_no_style_says_it() -> None:
    large, small = '<w:sz w:val="56"/>', '<w:sz w:val="34"/>'
    cover = p(r("Ministry of Roads", small)) + p(r("Roads for", large)) + p(r("Villages", large))
    body = cover + p("Chapter", "berschrift1") + p(r("HUGE", '<w:sz w:val="90"/>'))
    assert dict(read_word(body).facts)["title"] == "Roads for Villages"
    assert read_word(p("Plain words.") + p("Chapter", "berschrift1")).facts == ()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
LAUGHS = '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "' + "&a;" * 40 + '"><!ENTITY c "' + "&b;" * 40 + '">]>'


def with_main(document: str) -> bytes:
    return packed({"word/document.xml": document})


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"no zip at all", "no Word document"),
        (packed({"xl/workbook.xml": "<x/>"}), "has no part 'word/document.xml'"),
        (OLE, "Word 97 to 2003"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        (with_main("<document><body><p>"), "damaged"),
        (with_main("<document><body>" + "<p>" * 3000), "damaged or made to break its reader"),
        (word(p(" ")), "holds no text"),
        (word(p("words"))[:-400], "no Word document, or is damaged"),
    ],
)
def test_what_is_no_readable_document_is_refused_with_advice(data: bytes, said: str) -> None:
    with pytest.raises(UnreadableSourceError, match=said):
        read(data, "plan.docx", LIMITS)


def test_entities_stand_for_nothing(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the password")
    outside = f'<!DOCTYPE d [<!ENTITY out SYSTEM "{secret.as_uri()}">]>'
    for prolog, entity in ((LAUGHS, "&c;"), (outside, "&out;")):
        inside = f"<document><body><p><r><t>Fine.</t><t>{entity}</t></r></p></body></document>"
        assert read(with_main(prolog + inside), "a.docx", LIMITS).text == "Fine."


def test_a_bomb_is_defused_by_its_size_before_it_is_unpacked(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.docx"
    bomb.write_bytes(with_main("<document><body>" + " " * 60_000_000 + "</body></document>"))
    assert bomb.stat().st_size < 100_000
    with (
        SourceReader(replace(LIMITS, unpacked_bytes=50_000_000)) as reader,
        pytest.raises(UnreadableSourceError, match=r"60,000,0.*POLICYWEAVE_MAX_UNPACKED_BYTES"),
    ):
        reader.read(bomb)


def test_a_bomb_that_lies_about_its_size_is_no_larger_than_it_says() -> None:
    honest = with_main("<document><body>" + "<p><r><t>words</t></r></p>" * 50_000 + "</body></document>")
    size = zipfile.ZipFile(BytesIO(honest)).getinfo("word/document.xml").file_size
    lying = honest.replace(size.to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    with pytest.raises(UnreadableSourceError, match="damaged"):
        read(lying, "a.docx", LIMITS)


def test_endless_text_and_one_endless_paragraph_are_stopped(tmp_path: Path) -> None:
    many = tmp_path / "many.docx"
    many.write_bytes(word(p("word " * 200) * 2000))
    with (
        SourceReader(replace(LIMITS, characters=100_000)) as reader,
        pytest.raises(UnreadableSourceError, match=r"more than 100,000 characters.*MAX_CHARACTERS"),
    ):
        reader.read(many)
    endless = tmp_path / "one.docx"
    endless.write_bytes(word("<w:p>" + r("words") * 2_000_000 + "</w:p>"))
    good = tmp_path / "good.docx"
    good.write_bytes(word(p("A short text.")))
    with SourceReader(replace(LIMITS, memory=300_000_000, seconds=60.0)) as reader:
        with pytest.raises(UnreadableSourceError, match=r"300,000,000 bytes of memory.*READ_MEMORY"):
            reader.read(endless)
        assert reader.read(good).text == "A short text."


def test_documents_that_can_be_converted_are_found_and_reported(tmp_path: Path) -> None:
    old = tmp_path / "old.doc"
    old.write_bytes(OLE)
    assert discover([tmp_path]) == [old]
    with SourceReader(LIMITS) as reader, pytest.raises(UnreadableSourceError, match="soffice --headless"):
        reader.read(old)
