"""A paper as it is read: its own characters, what was found in them marked, the cited ones lit."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from kg.records import DocumentRecords, Page, TextBox
from search_api.service import Service
from search_api.web.address import Links
from search_api.web.annotating import span_of
from search_api.web.quoting import stretches
from search_api.web.reading import PART, Layout
from search_api.web.sketching import sketches


@pytest.fixture(scope="module")
def record(corpus_service: Service) -> DocumentRecords:
    documents = corpus_service.world().catalog.documents.values()
    return next(r for r in documents if r.document.source.startswith("001"))


def _text(page: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", page))


def _cited(page: str) -> str:
    return "".join(_text(part) for part in re.findall(r'<mark class="cited"[^>]*>(.*?)</mark>', page, re.DOTALL))


def test_every_sentence_stands_on_the_page_in_its_own_words(people: TestClient, record: DocumentRecords) -> None:
    page = people.get(f"/documents/{record.document.id}").text
    shown = dict(part.split('">', 1) for part in page.split('<span class="sentence" id="char=')[1:])
    assert len(shown) == len(record.sentences)
    for sentence in record.sentences:
        bare = re.sub(r'<a class="k-sign[^>]*>.</a>', "", shown[f"{sentence.start},{sentence.end}"])
        assert _text(bare).startswith(record.text[sentence.start : sentence.end])


def test_statements_figures_and_names_are_marked_and_lead_on(people: TestClient, record: DocumentRecords) -> None:
    page = people.get(f"/documents/{record.document.id}").text
    assert page.count('class="k-sign k-measure" href="/measures/') > 20
    assert page.count('class="k-sign k-challenge" href="/challenges/') > 10
    assert page.count('class="k-sign k-statistic" href="/statistics/') > 5
    assert 'class="entity" href="/regions/330521"' in page


def test_a_citation_lights_exactly_its_characters(people: TestClient, record: DocumentRecords) -> None:
    document = record.document.id
    for start, end in [
        (record.sentences[20].start, record.sentences[20].end),
        (record.sentences[9].start + 3, record.sentences[11].end - 2),
    ]:
        page = people.get(f"/documents/{document}?cite={start}-{end}").text
        assert page.count('id="cited"') == 1
        inside = [s for s in record.sentences if s.start < end and start < s.end]
        wanted = "".join(record.text[max(s.start, start) : min(s.end, end)] for s in inside)
        assert re.sub(r"[◆▲#]", "", _cited(page)) == re.sub("#", "", wanted)


@pytest.mark.parametrize("given", ["x", "9-5", "5", "-1-5", "1-2-3", "999999999999-9999999999999", ""])
def test_a_citation_that_is_none_lights_nothing(people: TestClient, record: DocumentRecords, given: str) -> None:
    assert span_of(given) is None
    page = people.get(f"/documents/{record.document.id}", params={"cite": given})
    assert page.status_code == 200
    assert 'id="cited"' not in page.text


def test_answers_lead_to_their_sentence(people: TestClient) -> None:
    page = people.get("/ask?q=Which+measures+address+talent+drain+in+counties%3F").text
    href = re.search(r'<cite><a href="(/documents/[^"#]+)#cited"', page)
    quote = re.search(r"<mark>(.*?)</mark>", page)
    assert href
    assert quote
    cited = _cited(people.get(href[1]).text)
    assert re.sub(r"[◆▲#]", "", cited) == html.unescape(quote[1])


def test_a_passage_has_the_places_that_addresses_of_citations_name(people: TestClient, corpus_service: Service) -> None:
    citation = corpus_service.ask("talent drain").passages[0]
    path, _, fragment = citation.url.removeprefix(corpus_service.settings.public_url).partition("#")
    assert f'id="{fragment}"' in people.get(path).text


def test_a_long_paper_comes_in_parts_and_a_citation_opens_its_own(
    corpus_service: Service, record: DocumentRecords
) -> None:
    catalog = corpus_service.world().catalog
    layout = Layout(catalog, Links("", corpus_service.settings.base_iri), record, None)
    order = layout.order()
    assert layout.part_of(order[0].start) == 1
    many = [replace(s, start=s.start + 10_000 * n, end=s.end + 10_000 * n) for n in range(8) for s in record.sentences]
    long = Layout(catalog, layout.links, replace(record, sentences=tuple(many)), None)
    assert long.parts == -(-len(many) // PART) > 1
    last = long.order()[-1]
    assert long.part_of(last.start) == long.parts
    assert last in long.held(long.parts)


def test_a_sentence_inside_another_is_not_shown_twice(corpus_service: Service, record: DocumentRecords) -> None:
    outer = next(s for s in record.sentences if s.kind == "prose" and s.end - s.start > 60)
    inner = replace(outer, id="inner", kind="caption", start=outer.start + 10, end=outer.start + 30)
    layout = Layout(corpus_service.world().catalog, Links("", ""), record, None)
    made = [each for block in layout.blocks([outer, inner]) for each in block.sentences]
    assert [(each.start, each.end) for each in made] == [(outer.start, outer.end)]


def test_marks_that_overlap_keep_all_characters() -> None:
    text = "abcdefgh"
    found = stretches(text, [(0, 5, "a"), (3, 8, "b"), (4, 4, "empty"), (-3, 2, "early")])
    assert "".join(each.text for each in found) == text
    assert [each.marks for each in found] == [("a", "early"), ("a",), ("a", "b"), ("b",)]


def test_a_cited_sentence_is_shown_on_its_pages(record: DocumentRecords) -> None:
    first, second = record.sentences[5], record.sentences[6]
    pages = (
        Page(1, None, 0, first.end, 600.0, 800.0),
        Page(2, "ii", second.start, len(record.text), 600.0, 800.0),
    )
    boxes = (
        TextBox(0, first.start, 1, 50.0, 40.0, 550.0, 52.0),
        TextBox(first.start, first.end, 1, 50.0, 700.0, 550.0, 712.0),
        TextBox(second.start, second.end, 2, 50.0, 60.0, 300.0, 72.0),
    )
    paged = replace(record, pages=pages, boxes=boxes)
    (only,) = sketches(paged, (first.start, first.end))
    assert (only.name, only.cited, len(only.lines)) == ("1", (boxes[1],), 2)
    both = list(sketches(paged, (first.start, second.end)))
    assert [(each.name, len(each.cited)) for each in both] == [("1", 1), ("ii", 1)]
    assert list(sketches(paged, None)) == list(sketches(record, (first.start, first.end))) == []
