"""Web pages: their text without what surrounds it, with its structure; nothing in a page makes reading fail."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.readers import SourceReader
from ingest.readers.html import read
from ingest.readers.port import Limits
from kg.errors import UnreadableSourceError
from kg.records import Source
from kg.settings import Settings
from tests.ingest.readers.pages import BLOG, MINISTRY, OLD, PAGES

LIMITS = Limits.of(Settings.model_construct())
REGULATION = Path(__file__).resolve().parents[4] / "shared" / "documents" / "EU_32013R1301.html"


def page(html: str | bytes, limits: Limits = LIMITS) -> Source:
    return read(html.encode() if isinstance(html, str) else html, "page.html", limits)


def blocks(source: Source) -> list[tuple[str, int, str]]:
    return [(block.kind, block.level, source.text[block.start : block.end]) for block in source.blocks]


@pytest.mark.parametrize("name", sorted(PAGES))
def test_all_of_the_text_is_kept_and_nothing_else(name: str) -> None:
    text = page(PAGES[name]).text
    assert "NOISE" not in text
    visible = re.sub(r"(?s)<(script|style)\b.*?</\1>", "", PAGES[name])
    assert text.count("MAIN") == visible.count("MAIN")


def test_structure_of_a_page_becomes_blocks() -> None:
    assert [(kind, level, text.removeprefix("MAIN ")) for kind, level, text in blocks(page(MINISTRY))] == [
        ("heading", 1, "Rural schools programme"),
        ("paragraph", 0, "The ministry will build forty schools in villages.[1]"),
        ("heading", 2, "Measures"),
        ("item", 0, "Pay a bonus to teachers;"),
        ("item", 0, "Open boarding houses."),
        ("paragraph", 0, "MAIN They are free.".removeprefix("MAIN ")),
        ("heading", 3, "Costs"),
        ("caption", 0, "Table of costs"),
        ("table", 0, "Year | Sum"),
        ("table", 0, "2025 | 4m"),
        ("item", 0, "Third step"),
        ("item", 0, "Fourth step"),
    ]
    assert "3. MAIN Third step" in page(MINISTRY).text


def test_breaks_and_missing_end_tags_part_paragraphs_as_a_browser_shows_them() -> None:
    assert [text for _, _, text in blocks(page(OLD))][1:4] == [
        "MAIN Each district must meter water.",
        "MAIN Leaks are mended within a week.",
        "MAIN Fines are paid\nMAIN to the fund.",
    ]


def test_facts_come_from_meta_elements_and_linked_data() -> None:
    assert dict(page(MINISTRY).facts) == {
        "title": "Rural schools programme",
        "authors": "Ministry of Learning",
        "year": "2024",
        "language": "en-GB",
    }
    assert dict(page(BLOG).facts) == {
        "title": "Buses for the valley",
        "authors": "Ana Lima; Bo Chen",
        "year": "2023",
        "licence": "https://example.org/by",
    }


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ('<meta charset="gb2312"><p>教师短缺。'.encode("gbk"), ""),
        ("<?xml version='1.0' encoding='ISO-8859-1'?><html><p>Pará</p>".encode("cp1252"), ""),
        ("\ufeff<p>Pará</p>".encode("utf-16-le"), ""),
        ("<p>Pará</p>".encode(), ""),
        ('<meta charset="nonsense"><p>Pará</p>'.encode(), ""),
        ('<meta charset="utf-8"><p>Pará'.encode("cp1252"), "damaged"),
        ("<p>Pará".encode("cp1252"), "WINDOWS-1252"),
    ],
)
def test_characters_are_decoded_as_declared_or_as_they_fit(data: bytes, said: str) -> None:
    source = page(data)
    assert source.text in {"教师短缺。", "Pará", "Par\ufffd"}
    assert said in " ".join(source.notes)
    assert bool(said) == bool(source.notes)


@pytest.mark.parametrize(
    "html",
    [
        "plain words without any tag",
        "<p>one<p>two</b></i><table><p>three",
        "<html xmlns='http://www.w3.org/1999/xhtml'><body><p>x<br/>y</p></body></html>",
        "<p>a</p>\x00<p>b</p>",
        "<p>&#xD800; &#0; &bogus; &amp;</p>",
        "<svg><p>in a picture</p></svg><p>text</p>",
        "<li>alone<td>cell<dd>term",
    ],
)
def test_damaged_pages_are_read(html: str) -> None:
    source = page(html)
    assert source.blocks
    assert all(0 <= block.start < block.end <= len(source.text) for block in source.blocks)


@pytest.mark.parametrize("html", ["", " ", "<html></html>", "<script>only()</script>", "<!-- nothing -->"])
def test_pages_without_text_are_refused(html: str) -> None:
    with pytest.raises(UnreadableSourceError, match="holds no text"):
        page(html)


LAW = """<html><body><table><tr><td><p class="oj-hd-date">3.4.2021</p></td><td><p class="oj-hd-ti">Journal</p></td></tr>
</table><div class="eli-container"><div class="eli-main-title"><p class="oj-doc-ti">REGULATION (EU) 2021/7</p>
<p class="oj-doc-ti">on wells</p></div><p class="oj-normal">Whereas:</p>
<table><tr><td><p class="oj-normal">(1)</p></td><td><p class="oj-normal">Wells run dry
<a href="#n1">(<span>1</span>)</a>,
which harms farms.</p></td></tr></table>
<div id="cpt_I"><p class="oj-ti-section-1">CHAPTER I</p><div><p class="oj-ti-section-2">General</p></div>
<div id="sct_1"><p class="oj-ti-section-1">Section 1</p><p class="oj-ti-section-2">Depth</p>
<div id="art_1"><p class="oj-ti-art">Article 1</p><div><p class="oj-sti-art">Metering</p></div>
<p class="oj-normal">1.   Member States shall meter:</p>
<table><tr><td><p>(a)</p></td><td><p>wells;</p>
<table><tr><td><p>(i)</p></td><td><p>old ones;</p></td></tr></table></td></tr>
</table></div></div></div><div class="oj-signatory"><p class="oj-signatory">The President</p></div></div>
<div class="eli-container"><p class="oj-doc-ti">ANNEX I</p><p class="oj-ti-tbl">Depths</p>
<table class="oj-table"><tr><td>Well</td><td>Depth</td></tr></table></div>
<p class="oj-note"><a href="#b1">(<span>1</span>)</a> Journal C 1.</p></body></html>"""


def test_legal_pages_keep_divisions_articles_recitals_and_points() -> None:
    source = page(LAW)
    assert blocks(source) == [
        ("meta", 0, "3.4.2021"),
        ("meta", 0, "Journal"),
        ("heading", 1, "REGULATION (EU) 2021/7\non wells"),
        ("paragraph", 0, "Whereas:"),
        ("item", 0, "Wells run dry [1], which harms farms."),
        ("heading", 2, "CHAPTER I\nGeneral"),
        ("heading", 3, "Section 1\nDepth"),
        ("heading", 4, "Article 1\nMetering"),
        ("item", 0, "Member States shall meter:"),
        ("item", 0, "wells;"),
        ("item", 0, "old ones;"),
        ("meta", 0, "The President"),
        ("heading", 2, "ANNEX I\nDepths"),
        ("table", 0, "Well | Depth"),
        ("footnote", 0, "Journal C 1."),
    ]
    assert "\n\n(i) old ones;" in source.text
    assert dict(source.facts) == {"title": "REGULATION (EU) 2021/7 on wells", "year": "2021"}


def test_pages_made_to_break_their_reader_are_read_or_stopped(tmp_path: Path) -> None:
    bombs = {
        "deep.html": "<div>" * 200_000 + "deep",
        "inline.html": "<b><i>" * 100_000 + "deep",
        "laughs.xhtml": '<!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><html><body><p>&b;</p></body></html>',
        "links.html": "<ul>" + "<li><a>x</a><ul>" * 5_000,
        "attributes.html": "<p " + "a='b' " * 100_000 + ">words</p>",
    }
    good = tmp_path / "good.html"
    good.write_text("<p>Fine.</p>")
    with SourceReader(replace(LIMITS, seconds=30.0)) as reader:
        for name, html in bombs.items():
            (tmp_path / name).write_text(html)
            with suppress(UnreadableSourceError):
                assert reader.read(tmp_path / name).text
            assert reader.read(good).text == "Fine."


def test_a_page_is_read_whole_or_not_at_all() -> None:
    deep = "<p>first</p>" + "<div>" * 300 + "<p>deep</p>" + "</div>" * 300 + "<p>last</p>"
    with pytest.raises(UnreadableSourceError, match="255 levels"):
        page(deep)
    assert page(deep.replace("<div>" * 300, "<div>" * 200)).text.endswith("last")


def test_too_much_text_is_refused() -> None:
    with pytest.raises(UnreadableSourceError, match="MAX_CHARACTERS"):
        page("<p>word</p>" * 1000, replace(LIMITS, characters=100))


@pytest.mark.skipif(not REGULATION.is_file(), reason="the folder ../shared/documents is not there")
def test_a_regulation_of_the_official_journal_is_taken_apart() -> None:
    source = read(REGULATION.read_bytes(), REGULATION.name, LIMITS)
    kinds = blocks(source)
    articles = [text for kind, _, text in kinds if kind == "heading" and text.startswith("Article ")]
    assert [text.split("\n")[0] for text in articles] == [f"Article {number}" for number in range(1, 18)]
    assert sum(kind == "footnote" for kind, _, _ in kinds) == 11
    recitals = re.findall(r"(?m)^\((\d+)\) \S", source.text.split("CHAPTER I\n")[0])
    assert recitals == [str(number) for number in range(1, 29)]
