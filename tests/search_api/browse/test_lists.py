"""Lists: what each filter means, what is counted, and how a wrong one is told."""

from __future__ import annotations

import pytest

from kg.errors import MisuseError
from search_api.browse.browser import Browser
from search_api.browse.ids import Kind

SCHOOL = "The ministry should found a school that keeps skilled fishermen in the villages"


def labels(browser: Browser, kind: Kind, *filters: tuple[str, str]) -> list[str]:
    return [item.label for item in browser.listing(kind, filters).items]


def test_a_repeated_paragraph_is_counted_once(browser: Browser) -> None:
    school = next(item for item in browser.listing("measure", [("q", "school")]).items)
    assert (school.label, school.statements, school.papers) == (SCHOOL, 1, 1)


def test_a_region_includes_what_lies_in_it(browser: Browser) -> None:
    assert labels(browser, "measure", ("region", "South America")) == labels(browser, "measure", ("region", "Peru"))
    assert labels(browser, "measure", ("region", "Europe")) == [
        "Municipalities in Finland should lend drying kilns to small sawmills"
    ]
    assert browser.listing("region", [("region", "Europe")]).items[0].label == "Finland"


def test_a_region_by_name_id_and_iri_is_the_same(browser: Browser) -> None:
    found = browser.listing("region", [("q", "fin")]).items[0]
    for name in (found.label, found.id, found.iri, "FINLAND".title()):
        assert labels(browser, "challenge", ("region", name)) == ["Sawmills in Finland lack dry timber in most winters"]


def test_filters_of_a_list_must_hold_for_one_statement(browser: Browser) -> None:
    assert len(labels(browser, "measure", ("status", "implemented"))) == 1
    assert labels(browser, "measure", ("status", "implemented"), ("region", "Finland")) == []


def test_several_values_of_one_filter_mean_any_of_them(browser: Browser) -> None:
    both = browser.listing("measure", [("document", "fishing.txt"), ("document", "timber.txt")])
    assert both.total == browser.listing("measure").total
    assert both.filters == {"document": ["fishing.txt", "timber.txt"]}


def test_measures_of_a_challenge_and_back(browser: Browser) -> None:
    challenge = browser.listing("challenge", [("q", "sawmills")]).items[0]
    measures = browser.listing("measure", [("challenge", challenge.label)]).items
    assert [m.label for m in measures] == ["Municipalities in Finland should lend drying kilns to small sawmills"]
    assert challenge.measures == len(measures)
    assert labels(browser, "challenge", ("measure", measures[0].id)) == [challenge.label]


def test_words_begin_words_of_any_name(browser: Browser) -> None:
    assert labels(browser, "measure", ("q", "HARBOUR tide")) == [
        "Harbour authorities should share their tide data with every boat"
    ]
    assert labels(browser, "measure", ("q", "arbour")) == []
    assert labels(browser, "region", ("q", "芬兰")) == labels(browser, "region", ("q", "finland"))


def test_figures_by_year_unit_and_indicator(browser: Browser) -> None:
    assert labels(browser, "statistic", ("year_from", "2020")) == ["fall of timber exports"]
    assert labels(browser, "statistic", ("year_to", "2019")) == ["pilots employed"]
    assert labels(browser, "statistic", ("unit", "PERSONS")) == ["pilots employed"]
    assert labels(browser, "statistic", ("indicator", "timber")) == ["fall of timber exports"]
    assert labels(browser, "statistic", ("conflict", "true")) == []


def test_mentions_are_not_counted_where_statements_are_filtered(browser: Browser) -> None:
    peru = browser.listing("region", [("q", "peru")]).items[0]
    assert peru.mentions == 3
    implemented = browser.listing("region", [("q", "peru"), ("status", "implemented")]).items[0]
    assert (implemented.mentions, implemented.measures, implemented.challenges) == (None, 1, 0)


def test_the_best_citation_is_the_sentence(browser: Browser) -> None:
    for item in browser.listing("measure").items:
        assert item.citation is not None
        assert item.citation.quote.rstrip(".") == item.label
        assert item.citation.quote_status == "verbatim"


@pytest.mark.parametrize(
    ("kind", "filters", "told"),
    [
        ("measure", [("colour", "red")], "unknown filter 'colour' for measures: use region"),
        ("challenge", [("status", "planned")], "unknown filter 'status' for challenges"),
        ("statistic", [("theme", "talent")], "unknown filter 'theme' for statistics"),
        ("measure", [("region", "Atlantis")], "unknown region 'Atlantis'"),
        ("measure", [("region", " ")], "'region' is empty"),
        ("measure", [("theme", "magic")], "use one of talent"),
        ("measure", [("year", "soon")], "give a year such as"),
        ("measure", [("year", "2021"), ("year", "2020")], "given twice"),
        ("measure", [("instrument", "magic")], "no measure uses the instrument 'magic'"),
        ("measure", [("challenge", "hunger")], "no challenge 'hunger': /challenges"),
        ("measure", [("challenge", "sawmills")], "did you mean 'Sawmills in Finland"),
        ("measure", [("document", "none.txt")], "no document 'none.txt'"),
        ("measure", [("sort", "size")], "cannot sort measures by 'size': use label"),
        ("challenge", [("addressed", "perhaps")], "give true or false"),
    ],
)
def test_what_cannot_be_is_told(browser: Browser, kind: Kind, filters: list[tuple[str, str]], told: str) -> None:
    with pytest.raises(MisuseError, match=told):
        browser.listing(kind, filters)


@pytest.mark.parametrize("k", [0, -1, 1001])
def test_a_size_out_of_bounds_is_told(browser: Browser, k: int) -> None:
    with pytest.raises(MisuseError, match="from 1 to 1,000"):
        browser.listing("measure", k=k)


def test_a_name_that_only_the_documents_know_means_itself(corpus: Browser) -> None:
    own = [actor for actor in corpus.listing("actor", k=100).items if actor.id.startswith("x-")]
    assert own
    for actor in own:
        for name in (actor.label, actor.id, actor.iri):
            found = corpus.listing("actor", [("actor", name)]).items
            assert [item.iri for item in found] == [actor.iri]
