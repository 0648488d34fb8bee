"""What a format says of its blocks stands: headings and their levels are those marked, and no paragraph becomes one."""

from __future__ import annotations

from spacy.language import Language

from ingest.text.layout import Layout, lay_out
from kg.identifiers import sha256
from kg.records import Source, TextBlock, TextBlockKind

Marked = list[tuple[TextBlockKind, int, str]]


def lay(parts: Marked, nlp: Language) -> Layout:
    text, blocks = "", []
    for kind, level, content in parts:
        start = len(text) + 2 if text else 0
        text = f"{text}\n\n{content}" if text else content
        blocks.append(TextBlock(kind, start, len(text), level))
    return lay_out(Source("a.docx", "x/y", sha256(text.encode()), text, tuple(blocks)), nlp)


def test_levels_are_those_that_the_format_says(nlp: Language) -> None:
    parts: Marked = [
        ("heading", 1, "Rural plan"),
        ("meta", 0, "Ministry of Schools"),
        ("heading", 2, "CHAPTER I\nSchools"),
        ("heading", 3, "A. Teachers"),
        ("heading", 4, "1. Pay"),
        ("paragraph", 0, "Teachers should be paid more."),
        ("heading", 3, "B. Books"),
        ("paragraph", 0, "Books are few."),
    ]
    layout = lay(parts, nlp)
    assert [(one.level, one.number, one.title) for one in layout.sections] == [
        (1, None, "Rural plan"),
        (1, "CHAPTER I", "Schools"),
        (2, "A", "Teachers"),
        (3, "1", "Pay"),
        (2, "B", "Books"),
    ]


def test_what_looks_like_a_heading_is_none_beside_marked_ones(nlp: Language) -> None:
    parts: Marked = [
        ("heading", 1, "Rural plan"),
        ("heading", 2, "Schools"),
        ("paragraph", 0, "2. Roads And Bridges"),
        ("paragraph", 0, "Teachers should be paid more."),
        ("paragraph", 0, "Related Provisions"),
        ("paragraph", 0, "Related Provisions"),
        ("paragraph", 0, "Related Provisions"),
    ]
    layout = lay(parts, nlp)
    assert [one.title for one in layout.sections] == ["Rural plan", "Schools"]
    assert sum(sentence.kind == "prose" for sentence in layout.sentences) == 5


def test_headings_are_told_from_the_words_where_none_is_marked(nlp: Language) -> None:
    parts: Marked = [
        ("paragraph", 0, "Rural plan"),
        ("paragraph", 0, "1. Schools"),
        ("paragraph", 0, "Teachers should be paid more by every county in the land."),
        ("paragraph", 0, "2. Roads"),
        ("paragraph", 0, "Roads should be mended by every county in the land."),
    ]
    assert [one.title for one in lay(parts, nlp).sections] == ["Rural plan", "Schools", "Roads"]
