"""PDF files: reading order, what each stretch is, where it stands, and what cannot be read."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from ingest.readers.pdf import read
from ingest.readers.port import Limits
from kg.errors import UnreadableSourceError
from kg.records import Source
from kg.settings import Settings
from tests.ingest.readers.pdfs import Pdf, Sheet, Text, column

LIMITS = Limits.of(Settings())
FERRIES = (
    "The harbour board runs nine ferries between the outer islands. Crews are short since the old school closed, and "
    "two boats stay in port on most days of the winter. The board should reopen the school and pay apprentices. "
)
MILLS = (
    "Paper mills along the river take more water than the valley can spare in a dry year. A meter at each intake "
    "would show what they use. The county plans to charge for every cubic metre from next spring on. "
)


def source(pdf: Pdf, limits: Limits = LIMITS) -> Source:
    return read(pdf.bytes(), "notice.pdf", limits)


def refusal(data: bytes, limits: Limits = LIMITS) -> str:
    with pytest.raises(UnreadableSourceError) as caught:
        read(data, "notice.pdf", limits)
    assert "notice.pdf" in str(caught.value)
    return str(caught.value)


def blocks(found: Source, kind: str) -> list[str]:
    return [" ".join(found.text[b.start : b.end].split()) for b in found.blocks if b.kind == kind]


def page(*texts: Text, number: int = 0, head: str = "Island Transport Report") -> Sheet:
    """A page with a running head and a page number around its texts."""
    furniture = [Text(head, 120, 570, 8)] if head else []
    foot = [Text(str(number), 196, 24, 9)] if number else []
    return Sheet([*furniture, *texts, *foot])


def test_every_line_of_the_text_is_where_its_box_says() -> None:
    data = Pdf([Sheet(column(FERRIES, 60, 500))]).bytes()
    found = read(data, "notice.pdf", LIMITS)
    assert len(found.boxes) > 4
    with pdfium.PdfDocument(data) as document:
        text = document[0].get_textpage()
        for box in found.boxes:
            inside = text.get_text_bounded(box.left, 600 - box.bottom + 3, box.right, 600 - box.top - 3)
            assert inside.strip() == found.text[box.start : box.end]


def test_boxes_are_as_displayed_when_a_page_is_turned_and_cropped() -> None:
    upright = source(Pdf([Sheet([Text("A quay", 100, 500)])])).boxes[0]
    assert upright.left == pytest.approx(100, abs=2)
    assert upright.bottom == pytest.approx(102, abs=4)
    cropped = source(Pdf([Sheet([Text("A quay", 100, 500)], crop=(50, 100, 350, 550))]))
    assert cropped.boxes[0].left == pytest.approx(upright.left - 50, abs=0.1)
    assert cropped.boxes[0].top == pytest.approx(upright.top - 50, abs=0.1)
    assert (cropped.pages[0].width, cropped.pages[0].height) == (300, 450)
    # Turned clockwise by a quarter, the text runs down at the right: it is read as it stands there.
    turned = source(Pdf([Sheet([Text("A quay", 100, 500)], rotate=90)]))
    assert (turned.pages[0].width, turned.pages[0].height) == (600, 400)
    assert turned.boxes[0].top == pytest.approx(upright.left, abs=0.1)
    assert turned.boxes[0].right == pytest.approx(600 - upright.top, abs=0.1)
    assert turned.text == "A quay"


def test_what_lies_outside_the_page_is_not_read() -> None:
    found = source(Pdf([Sheet([Text("Seen", 100, 500), Text("Unseen", 10, 500)], crop=(60, 0, 400, 600))]))
    assert found.text == "Seen"


def test_columns_are_read_one_after_the_other_below_a_title() -> None:
    left, right = column(FERRIES * 2, 40, 500, 30), column(MILLS * 2, 220, 500, 30)
    mixed = [text for pair in zip(left, right, strict=False) for text in pair]
    found = source(Pdf([Sheet([Text("Water and Boats of the Outer Valley", 60, 540, 16, 1), *mixed])]))
    words = " ".join(found.text.split())
    said = (FERRIES * 2).split()[: sum(len(text.text.split()) for text in left[: len(mixed) // 2])]
    assert words.startswith("Water and Boats of the Outer Valley " + " ".join(said))
    assert words.index("Paper mills") > words.index("two boats")
    assert blocks(found, "heading") == ["Water and Boats of the Outer Valley"]


def test_three_columns() -> None:
    parts = [column(text * 2, x, 500, 27, size=8) for text, x in ((FERRIES, 20), (MILLS, 150), (FERRIES, 280))]
    found = source(Pdf([Sheet([text for row in zip(*parts, strict=False) for text in row])]))
    shown = [" ".join(text.text for text in part[: min(map(len, parts))]) for part in parts]
    assert " ".join(found.text.split()) == " ".join(shown)


def test_a_table_over_both_columns_is_not_cut() -> None:
    cells = [
        Text(word, x, 500 - 14 * row, 9)
        for row, words in enumerate(
            (("Port", "Boats", "Crew", "Days"), ("Anholt", "12", "40", "9"), ("Brede", "7", "22", "4"))
        )
        for x, word in zip((40, 140, 240, 330), words, strict=True)
    ]
    found = source(Pdf([Sheet([*cells, *column(FERRIES * 2, 40, 440, 30), *column(MILLS * 2, 220, 440, 30)])]))
    assert blocks(found, "table") == ["Port | Boats | Crew | Days", "Anholt | 12 | 40 | 9", "Brede | 7 | 22 | 4"]


def test_running_heads_and_page_numbers_are_set_apart_and_name_the_pages() -> None:
    sheets = [page(*column(text, 60, 500), number=number) for number, text in ((7, FERRIES), (8, MILLS), (9, FERRIES))]
    found = source(Pdf([page(Text("Cover", 60, 300, 20), head=""), *sheets]))
    assert blocks(found, "meta") == [
        "Island Transport Report",
        "7",
        "Island Transport Report",
        "8",
        "Island Transport Report",
        "9",
    ]
    assert [each.label for each in found.pages] == [None, "7", "8", "9"]
    assert [each.number for each in found.pages] == [1, 2, 3, 4]


def test_chapter_titles_at_the_top_are_no_running_heads() -> None:
    titles = ["Chapter 1", "Chapter 2", "Chapter 3", "Chapter 4"]
    sheets = [Sheet([Text(title, 60, 560, 16, 1), *column(FERRIES, 60, 500)]) for title in titles for _ in range(2)]
    assert blocks(source(Pdf(sheets)), "heading") == [title for title in titles for _ in range(2)]


def test_page_labels_of_the_file_win() -> None:
    found = source(Pdf([page(*column(FERRIES, 60, 500), number=n) for n in (5, 6, 7)], roman_pages=2))
    assert [each.label for each in found.pages] == ["i", "ii", "1"]


def test_pages_follow_each_other_and_hold_their_lines() -> None:
    found = source(Pdf([Sheet(column(FERRIES, 60, 500)), Sheet(), Sheet(column(MILLS, 60, 500))]))
    assert [each.number for each in found.pages] == [1, 2, 3]
    assert all(a.end <= b.start for a, b in zip(found.pages, found.pages[1:], strict=False))
    holds = {each.number: (each.start, each.end) for each in found.pages}
    assert all(holds[box.page][0] <= box.start < box.end <= holds[box.page][1] for box in found.boxes)
    assert all(found.text[a.end : b.start].isspace() for a, b in zip(found.boxes, found.boxes[1:], strict=False))


def test_headings_get_levels_by_size_and_weight() -> None:
    sheet = Sheet(
        [
            Text("Boats and Water", 60, 560, 18, 1),
            *column(FERRIES, 60, 530),
            Text("Crews", 60, 440, 14, 1),
            *column(FERRIES, 60, 420),
            Text("Wages of crews", 60, 330, 10, 1),
            *column(MILLS, 60, 315),
        ]
    )
    found = source(Pdf([sheet]))
    levels = [(found.text[b.start : b.end], b.level) for b in found.blocks if b.kind == "heading"]
    assert levels == [("Boats and Water", 1), ("Crews", 2), ("Wages of crews", 3)]


def test_bookmarks_make_headings_that_look_like_text() -> None:
    sheet = Sheet([*column(FERRIES, 60, 560), Text("Water meters", 60, 460), *column(MILLS, 60, 440)])
    assert blocks(source(Pdf([sheet])), "heading") == []
    assert blocks(source(Pdf([sheet], outline=[("Water  Meters", 0)])), "heading") == ["Water meters"]


def test_paragraphs_and_items() -> None:
    items = [
        Text("\u2022 Train new crews in the", 60, 420),
        Text("outer ports;", 72, 408),
        Text("\u2022 mend the quay.", 60, 396),
    ]
    found = source(Pdf([Sheet([*column(FERRIES, 60, 560), *column(MILLS, 60, 490), *items])]))
    assert blocks(found, "paragraph") == [FERRIES.strip(), MILLS.strip()]
    assert blocks(found, "item") == ["Train new crews in the outer ports;", "mend the quay."]
    assert "\u2022 Train" in found.text


def test_a_paragraph_that_begins_in_bold_stays_whole() -> None:
    lines = [
        Text("Pay for apprentices in all the nine ports of", 60, 500, 10, 1),
        Text("the outer isles: The board pays them from spring.", 60, 488),
    ]
    found = source(Pdf([Sheet([*lines, *column(FERRIES, 60, 440), *column(MILLS, 60, 300)])]))
    assert blocks(found, "paragraph")[0].startswith("Pay for apprentices in all the nine ports of the outer isles:")


def test_footnotes_follow_the_text_of_their_page_with_raised_marks() -> None:
    body = [*column(FERRIES, 60, 560), Text("1", 300, 513, 6)]
    notes = [Text("1", 60, 103, 5), Text("Harbour board, minutes of May.", 64, 100, 8)]
    found = source(Pdf([Sheet([*body, *column(MILLS * 3, 60, 480), *notes])]))
    assert blocks(found, "footnote") == ["\u00b9 Harbour board, minutes of May."] or blocks(found, "footnote") == [
        "\u00b9Harbour board, minutes of May."
    ]
    assert found.blocks[-1].kind == "footnote"


def test_lists_of_contents_are_no_prose() -> None:
    entries = [("Boats", 1), ("Crews of the outer isles", 4), ("Water", 9), ("Meters", 12)]
    lines = [Text(title, 60, 500 - 14 * i) for i, (title, _) in enumerate(entries)]
    lines += [Text(str(number), 330, 500 - 14 * i) for i, (_, number) in enumerate(entries)]
    found = source(Pdf([Sheet([Text("Contents", 60, 540, 16, 1), *lines]), Sheet(column(FERRIES, 60, 500))]))
    assert len(blocks(found, "meta")) == 4
    assert blocks(found, "table") == []


def test_text_in_other_directions_comes_last_and_is_no_prose() -> None:
    found = source(Pdf([Sheet([Text("Draft of 3 May", 20, 200, 14, upwards=True), *column(FERRIES, 60, 500)])]))
    assert blocks(found, "meta") == ["Draft of 3 May"]
    assert found.text.endswith("Draft of 3 May")
    stamp = found.boxes[-1]
    assert stamp.bottom - stamp.top > stamp.right - stamp.left


def test_a_page_that_is_printed_sideways_is_read_as_it_runs() -> None:
    lines = [replace(text, x=100 + 12 * i, y=60, upwards=True) for i, text in enumerate(column(FERRIES, 0, 0))]
    found = source(Pdf([Sheet(lines)]))
    assert blocks(found, "paragraph") == [FERRIES.strip()]
    assert all(
        box.bottom - box.top > box.right - box.left for box in found.boxes if len(found.text[box.start : box.end]) > 9
    )


def test_recognised_text_under_a_scan_is_read_and_said_to_be_such() -> None:
    lines = [replace(text, invisible=True) for text in column(FERRIES, 60, 500)]
    found = source(Pdf([Sheet([*lines, Text("Archive of the board", 60, 30, 8)], drawn="0.9 g 20 20 360 560 re f")]))
    assert "nine ferries" in found.text
    assert found.notes == ("scanned: the text of page 1 was put there by an OCR program and may hold errors",)


def test_invisible_text_that_says_again_what_is_seen_is_left_out() -> None:
    shown = column(FERRIES, 60, 500)
    found = source(Pdf([Sheet([*shown, *(replace(text, invisible=True) for text in shown)])]))
    assert found.text.count("nine ferries") == 1
    assert found.notes == ()


def test_scans_among_pages_are_named() -> None:
    scan = Sheet(drawn="0 g 50 50 300 400 re f")
    found = source(Pdf([Sheet(column(FERRIES, 60, 500)), scan, scan, Sheet(), Sheet(column(MILLS, 60, 500)), scan]))
    assert len(found.notes) == 1
    assert found.notes[0].startswith("needs OCR: pages 2-3, 6 without text")


def test_a_file_of_scans_says_how_many_pages_need_ocr() -> None:
    said = refusal(Pdf([Sheet(drawn="0 g 50 50 300 400 re f")] * 3).bytes())
    assert "needs OCR: 3 pages" in said
    assert "POLICYWEAVE_OCR=auto" in said
    assert "empty" in refusal(Pdf([Sheet()]).bytes())


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")
def test_scans_are_read_where_asked_for() -> None:
    wording = column("The county pays for nine ferries. Crews are trained at the harbour school.", 40, 500, 30, 24, 16)
    with pdfium.PdfDocument(Pdf([Sheet(wording)]).bytes()) as document:
        picture = document[0].render(scale=3, grayscale=True)
        pixels, width, height = bytes(picture.buffer), picture.stride, picture.height
    scan = Sheet(drawn=f"q 400 0 0 600 0 0 cm BI /W {width} /H {height} /BPC 8 /CS /G /F /AHx ID {pixels.hex()}> EI Q")
    limits = replace(LIMITS, ocr="auto")
    found = source(Pdf([scan]), limits)
    assert "nine ferries" in " ".join(found.text.split())
    assert found.notes == ("read by OCR here: page 1; its text may hold errors",)
    line = next(box for box in found.boxes if "county" in found.text[box.start : box.end])
    assert line.left == pytest.approx(40, abs=4)
    assert line.bottom == pytest.approx(100, abs=8)
    assert source(Pdf([scan]), limits) == found
    assert "languages" in refusal(Pdf([scan]).bytes(), replace(limits, ocr_languages="nonsense"))


def test_facts_are_those_that_the_first_page_shows() -> None:
    sheet = Sheet(
        [
            Text("Boats and Water of the Outer Isles", 60, 560, 18, 1),
            Text("Ada Quill", 60, 530),
            *column(FERRIES, 60, 500),
        ]
    )
    told = {"Title": "Boats and Water of the Outer Isles", "Author": "Ada Quill"}
    assert dict(source(Pdf([sheet], info=told)).facts) == {"authors": "Ada Quill", "title": told["Title"]}
    assert source(Pdf([sheet], info={"Title": "Microsoft Word - boats and water.docx", "Author": "user"})).facts == ()
    assert source(Pdf([sheet], info={"Title": "A form of another office", "Author": "Bo Typist"})).facts == ()


def test_damaged_files_say_what_to_do() -> None:
    data = Pdf([Sheet(column(FERRIES, 60, 500))]).bytes()
    for broken in (b"", b"%PDF-1.4\n", data[:200], b"no PDF at all", data[:-900]):
        said = refusal(broken)
        assert "damaged" in said
        assert "save it anew" in said


def test_locked_files_ask_for_a_copy_without_a_password() -> None:
    said = refusal(Pdf([Sheet(column(FERRIES, 60, 500))], password="secret").bytes())
    assert "password" in said
    assert "save a copy without one" in said


def test_files_that_forbid_copying_are_refused_unless_a_setting_says_otherwise() -> None:
    forbidden = Pdf([Sheet(column(FERRIES, 60, 500))], password="", permissions=-4 - 16)
    assert "POLICYWEAVE_PROTECTED_PDF=read" in refusal(forbidden.bytes())
    found = source(forbidden, replace(LIMITS, protected_pdf="read"))
    assert "nine ferries" in found.text
    assert "protected" in found.notes[0]
    assert source(Pdf(forbidden.sheets, password="")).notes == ()


def test_limits_name_the_setting_to_raise() -> None:
    data = Pdf([Sheet(column(FERRIES, 60, 500))] * 3).bytes()
    assert "POLICYWEAVE_MAX_PAGES" in refusal(data, replace(LIMITS, pages=2))
    assert "POLICYWEAVE_MAX_CHARACTERS" in refusal(data, replace(LIMITS, characters=300))


def test_the_same_bytes_give_the_same_source() -> None:
    data = Pdf([page(*column(FERRIES, 60, 500), number=n) for n in (1, 2, 3)]).bytes()
    assert read(data, "notice.pdf", LIMITS) == read(data, "notice.pdf", LIMITS)


DOCUMENTS = Path(__file__).parents[3].parent / "shared" / "documents"


@pytest.mark.skipif(not DOCUMENTS.is_dir(), reason="../shared/documents is not there")
def test_documents_that_nobody_here_wrote() -> None:
    def taken(name: str, limits: Limits = LIMITS) -> Source:
        file = next(DOCUMENTS.glob(name))
        return read(file.read_bytes(), file.name, limits)

    policy = taken("malawi*.pdf")
    assert [each.label for each in policy.pages][5:8] == ["v", "1", "2"]
    assert sum(block.kind == "table" for block in policy.blocks) == 16
    assert any("\u4e00" <= char <= "\u9fff" for char in taken("chinese.pdf").text)
    assert taken("table.pdf").text.splitlines() == ["Column 1 | Column 2", "Data 1A | Data 1B", "Data 2A | Data 2B"]
    assert taken("pdf-with-ocr*.pdf").notes[0].startswith("scanned")
    assert "needs OCR: 1 page" in refusal((DOCUMENTS / "image.pdf").read_bytes())
    assert "protected" in refusal((DOCUMENTS / "copy-protected.pdf").read_bytes())
