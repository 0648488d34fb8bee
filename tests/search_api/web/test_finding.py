"""The search page: facets whose counts hold, pages one after another, and names while they are written."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from search_api.browse.browser import Browser
from search_api.service import Service


def _total(page: str) -> int:
    found = re.search(r'role="status">(\d+) finds?</p>', page)
    assert found
    return int(found[1])


def _quotes(page: str) -> list[str]:
    return [re.sub(r"</?mark>", "", quote) for quote in re.findall(r"<blockquote>\n<p>(.*?)</p>", page, re.DOTALL)]


def test_choosing_a_facet_gives_its_count(people: TestClient) -> None:
    page = people.get("/search?q=talent").text
    choices = re.findall(
        r'href="(/search\?[^"]+)" rel="nofollow"><span class="name">[^<]+</span><span class="count">(\d+)', page
    )
    assert len(choices) > 20
    for href, count in choices[::7]:
        narrowed = people.get(href.replace("&amp;", "&")).text
        assert _total(narrowed) == int(count)
        assert 'aria-current="true"' in narrowed


def test_a_filter_given_by_name_can_be_taken_away(people: TestClient) -> None:
    page = people.get("/search?q=talent&region=deqing+county&theme=talent").text
    assert 'href="/search?q=talent&amp;theme=talent"' in page
    assert 'href="/search?q=talent&amp;region=deqing+county"' in page


def test_pages_follow_one_another(people: TestClient, corpus_service: Service) -> None:
    wanted = [hit.citation.quote for hit in corpus_service.search("talent", 30).hits]
    shown = [quote for page in (1, 2, 3) for quote in _quotes(people.get(f"/search?q=talent&page={page}").text)]
    assert [quote.replace("&#39;", "'").replace("&#34;", '"').replace("&amp;", "&") for quote in shown] == wanted
    first = people.get("/search?q=talent&page=0").text
    assert _quotes(first) == _quotes(people.get("/search?q=talent&page=one").text)
    assert 'rel="next"' in first
    assert 'rel="prev"' not in first


@pytest.mark.parametrize("kind", ["sentence", "passage", "statement", "concept"])
def test_each_kind_of_record_can_be_searched(people: TestClient, kind: str) -> None:
    page = people.get(f"/search?q=talent&type={kind}").text
    assert _total(page) > 0
    assert "<mark>" in page


def test_a_search_that_finds_nothing_says_what_to_leave_out(people: TestClient) -> None:
    page = people.get("/search?q=talent&region=Deqing+County&theme=finance&status=planned").text
    assert "Search without “finance”" in page


def test_names_are_suggested_as_they_are_written(people: TestClient, corpus: Browser) -> None:
    found = corpus.suggest("deq", 5)
    assert (found[0].kind, found[0].thing.label) == ("region", "Deqing County")
    assert len({each.thing.iri for each in found}) == len(found)
    assert "/regions/330521" in people.get("/suggest?q=deq").text
    chinese = corpus.suggest("德清", 5)
    assert chinese[0].thing.label == "Deqing County"
    assert chinese[0].name
    assert "Nothing is called so" in people.get("/suggest?q=qqqq").text
