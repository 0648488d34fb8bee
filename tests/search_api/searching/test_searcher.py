"""The search over records: filters come first, all that meets them is ranked, and the reason of each hit is told."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import MisuseError
from kg.records import Sentence
from search_api.searching.schemas import RecordType, SearchFilters
from search_api.searching.searcher import Searcher
from search_api.service import Service

TYPES = get_args(RecordType)
QUERIES = (
    "skilled fishermen leave",
    "drying kilns for timber",
    "cold stores",
    "pilots in Peru",
    "school",
    "kidney stones",
)


@pytest.fixture(scope="module")
def searcher(service: Service) -> Searcher:
    return service.searcher(service.world())


# What a filter asks of a sentence, said once more without the rows that the search keeps.
Meets = Callable[[Service, Sentence], bool]


def _mentions(service: Service, sentence: Sentence) -> set[str]:
    catalog, lexicon = service.world().catalog, service.lexicon
    headings = [
        s.id
        for s in catalog.documents[sentence.document].sentences
        if s.kind == "heading" and (s.section == sentence.section or s.start <= len(sentence.document) // 50)
    ]
    named = {m.entity.iri for place in (sentence.id, *headings) for m in catalog.mentions_in.get(place, ())}
    return named.union(*(lexicon.ancestors(iri) for iri in named))


def _stated(service: Service, sentence: Sentence) -> list[tuple[str, str | None, tuple[str, ...]]]:
    found = service.world().catalog.statements_in.get(sentence.id, ())
    return [(s.type, s.status, s.region_types) for s in found]


def _iri(service: Service, name: str) -> str:
    return next(m.concept.iri for m in service.lexicon.find(name, kinds=("region",)))


FILTERS: dict[tuple[str, str], Meets] = {
    ("region", "Peru"): lambda service, s: _iri(service, "Peru") in _mentions(service, s),
    ("region", "Finland"): lambda service, s: _iri(service, "Finland") in _mentions(service, s),
    ("document", "fishing.txt"): lambda service, s: service.document(s.document).source == "fishing.txt",
    ("year", "2021"): lambda service, s: service.document(s.document).year == 2021,
    ("year", "1999"): lambda service, s: service.document(s.document).year == 1999,
    ("role", "measure"): lambda service, s: service.world().catalog.roles[s.id].get("measure", 0) >= 0.5,
    ("role", "statistic"): lambda service, s: service.world().catalog.roles[s.id].get("statistic", 0) >= 0.5,
    ("status", "proposed"): lambda service, s: any(x[1] == "proposed" for x in _stated(service, s)),
    ("status", "implemented"): lambda service, s: any(x[1] == "implemented" for x in _stated(service, s)),
    ("region_type", "village"): lambda service, s: any("village" in x[2] for x in _stated(service, s)),
}


@settings(max_examples=80, deadline=None)
@given(
    text=st.sampled_from(QUERIES),
    chosen=st.lists(st.sampled_from(sorted(FILTERS)), max_size=3, unique=True),
    k=st.integers(1, 12),
)
def test_filtering_first_and_ranking_then_gives_the_same(
    service: Service, searcher: Searcher, text: str, chosen: list[tuple[str, str]], k: int
) -> None:
    given_: dict[str, list[str]] = {}
    for name, value in chosen:
        given_.setdefault(name, []).append(value)
    filters = SearchFilters.model_validate(given_)
    found = searcher.search(text, "sentence", filters)
    everything = searcher.search(text, "sentence").ranked
    sentences = service.world().catalog.sentences
    admitted = {
        match.id
        for match in everything
        if all(any(FILTERS[name, v](service, sentences[match.id]) for v in values) for name, values in given_.items())
    }
    assert found.ranked == [match for match in everything if match.id in admitted]
    assert found.total == sum(match.matches for match in everything if match.id in admitted)
    nearest = searcher.nearest(text, k, "sentence", filters)
    assert nearest == list(islice(found.ranked, k))
    assert len(nearest) == min(k, len(admitted))


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("text", QUERIES)
def test_the_nearest_are_the_first_that_a_search_finds(searcher: Searcher, kind: RecordType, text: str) -> None:
    ranked = searcher.search(text, kind).ranked
    for k in (1, 3, 100):
        assert searcher.nearest(text, k, kind) == list(ranked[:k])
    some = {match.id for match in ranked[::2]}
    assert searcher.nearest(text, 3, kind, allowed=some) == [match for match in ranked if match.id in some][:3]


def test_a_matching_word_or_meaning_is_a_match_and_the_rest_fills_up(searcher: Searcher) -> None:
    reasons = {match.reason for match in searcher.search("drying kilns").ranked}
    assert "words and meaning" in reasons
    assert "nearest" in reasons
    strange = searcher.search("kidney stones")
    assert strange.total == 0
    assert len(strange.ranked) == len(strange.fields.of)
    ranked = searcher.search("refrigeration is missing, seafood rots").ranked
    assert "meaning" in {match.reason for match in ranked}
    assert [match.matches for match in ranked] == sorted((match.matches for match in ranked), reverse=True)


def test_typing_errors_are_mended(searcher: Searcher) -> None:
    wrong, right = searcher.search("skiled fishermen"), searcher.search("skilled fishermen")
    assert wrong.text == right.text == "skilled fishermen"
    assert wrong.ranked == right.ranked


def test_repeated_sentences_come_once(service: Service, searcher: Searcher) -> None:
    sentences = service.world().catalog.sentences
    texts = [sentences[match.id].text for match in searcher.search("a school for fishermen").ranked]
    assert len(texts) == len(set(texts))


def test_quoted_words_must_follow_each_other(service: Service, searcher: Searcher) -> None:
    sentences = service.world().catalog.sentences

    def found(text: str) -> list[str]:
        return [sentences[match.id].text for match in searcher.search(text).ranked]

    assert all("cold stor" in text for text in found('"cold store"'))
    assert len(found('"cold store"')) == 1
    assert found('"store cold"') == []
    assert found("“two cold stores” in “its harbours”") == found('"cold store"')
    assert found("“two cold stores” in “her harbours” for “dry timber”") == []
    assert len(found('"the" fish')) == len(found("fish"))
    assert len(searcher.search('"cold store"', "passage").ranked) == 1


def test_filters_hold_for_one_statement_as_a_whole(searcher: Searcher) -> None:
    met = SearchFilters(role="measure", status="implemented", region="Peru")
    assert len(searcher.search("catch", "sentence", met).ranked) == 1
    assert len(searcher.search("catch", "passage", met).ranked) == 1
    assert searcher.search("catch", "passage", SearchFilters(status="implemented", region_type="village")).ranked == []


def test_what_is_counted_has_a_bound_and_filters_still_find_all(
    searcher: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bound on what is counted must not become a cut before the filter."""
    filters = SearchFilters(document="timber.txt")
    whole, among = searcher.search("fishermen"), searcher.search("fishermen", "sentence", filters)
    assert whole.exact
    monkeypatch.setattr("search_api.searching.searcher.LIMIT", 3)
    bounded = searcher.search("fishermen", "sentence", filters)
    assert bounded.ranked == list(among.ranked[:3])
    assert not bounded.exact
    assert searcher.search("fishermen").ranked == list(whole.ranked[:3])
    assert [match.id for match in bounded.counted] == [match.id for match in searcher.search("fishermen").counted]


@pytest.mark.parametrize(
    "filters",
    [
        {"role": "villain"},
        {"challenge": "no such challenge"},
        {"region": "Atlantis"},
        {"theme": "cheese"},
        {"document": "no.txt"},
    ],
)
def test_values_that_nothing_can_meet_are_refused(searcher: Searcher, filters: dict[str, str]) -> None:
    with pytest.raises(MisuseError, match=next(iter(filters.values()))):
        searcher.search("fish", "sentence", SearchFilters.model_validate(filters))
