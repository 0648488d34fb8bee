"""Where characters stand as displayed: pages, and boxes cut to a quote without what interrupts it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kg.places import boxes_of, page_at, page_of
from kg.records import DocumentRecords, Page, TextBox

PAGES = (Page(1, "iv", 0, 10, 595, 842), Page(2, None, 12, 12, 595, 842), Page(3, "1", 12, 40, 595, 842))


def test_a_character_stands_on_the_page_that_holds_it() -> None:
    assert [page_at(PAGES, place) for place in (0, 10, 12, 39)] == [1, 1, 3, 3]
    found = page_of(PAGES, 3)
    assert found is not None
    assert found.label == "iv"
    assert page_at((), 3) is None


def test_boxes_are_cut_where_the_quote_begins_and_ends(make_document: Callable[..., DocumentRecords]) -> None:
    lines = (
        TextBox(0, 10, 1, 100, 10, 200, 20),
        TextBox(11, 21, 1, 100, 25, 200, 35),
        TextBox(22, 32, 2, 100, 10, 200, 20),
    )
    records = replace(make_document(), boxes=lines, sentences=())
    cut = boxes_of(records, 5, 26)
    assert [(box.page, box.left, box.right) for box in cut] == [(1, 150, 200), (1, 100, 200), (2, 100, 140)]
    assert [(box.start, box.end) for box in cut] == [(5, 10), (11, 21), (22, 26)]
    assert boxes_of(records, 10, 11) == ()


def test_what_interrupts_a_sentence_is_no_part_of_its_boxes(make_document: Callable[..., DocumentRecords]) -> None:
    document = make_document()
    whole = replace(document.sentences[0], kind="prose", start=0, end=32)
    lines = (TextBox(0, 10, 1, 1, 1, 9, 2), TextBox(11, 21, 1, 1, 3, 9, 4), TextBox(22, 32, 2, 1, 1, 9, 2))
    for kind in ("note", "table", "meta"):
        between = replace(document.sentences[0], id="between", kind=kind, start=11, end=21)
        records = replace(document, boxes=lines, sentences=(whole, between))
        assert [box.start for box in boxes_of(records, 0, 32)] == [0, 22]
        assert [box.start for box in boxes_of(records, 3, 30)] == [3, 22]
        assert [box.start for box in boxes_of(records, 11, 21)] == [11]


def test_rows_of_a_table_are_all_of_its_passage(make_document: Callable[..., DocumentRecords]) -> None:
    document = make_document()
    rows = tuple(replace(document.sentences[0], id=f"r{at}", kind="table", start=at, end=at + 9) for at in (0, 10, 20))
    lines = tuple(TextBox(at, at + 9, 1, 1, at, 9, at + 9) for at in (0, 10, 20))
    assert len(boxes_of(replace(document, boxes=lines, sentences=rows), 0, 29)) == 3
