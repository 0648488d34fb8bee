"""Evidence names the rectangles of the pages that it stands on, as fragments of a PDF file's address."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pyoxigraph import Literal

from kg.graph.evidence import evidence, page_fragments
from kg.graph.shapes import check
from kg.graph.terms import RDF
from kg.records import DocumentRecords, TextBox

LINES = (
    TextBox(0, 10, 2, 70, 700.4, 300, 712),
    TextBox(11, 20, 2, 72, 714, 290, 726),
    TextBox(21, 30, 3, 70, 80, 200, 92),
)


def test_one_rectangle_a_page(make_document: Callable[..., DocumentRecords]) -> None:
    records = replace(make_document(), boxes=LINES, sentences=())
    assert page_fragments(records, 0, 30) == ["page=2&viewrect=70,700,230,26", "page=3&viewrect=70,80,130,12"]
    assert page_fragments(replace(records, boxes=()), 0, 30) == []


def test_they_are_selectors_that_keep_the_shapes(make_document: Callable[..., DocumentRecords]) -> None:
    records = replace(make_document(), boxes=LINES, sentences=())
    found = list(evidence("https://example.org/", records, 0, 30))
    assert Literal("page=3&viewrect=70,80,130,12") in [
        triple.object for triple in found if triple.predicate == RDF("value")
    ]
    areas = [triple for triple in found if "viewrect" in str(triple.subject)]
    assert len(areas) == 6
    check(areas)
